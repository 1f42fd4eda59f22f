/** The losses that making the document tells, as rules: their words and samples. A test holds the list against the code. */
import type { GatewayRule } from './gateway-rule.ts';

const KNOWN = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html';

function body(schema: string): string {
  return `paths:
  /pets:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: done } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: ${schema} } }
`;
}

function operation(text: string, path: string = '/pets'): string {
  return `paths:\n  ${path}: { ${text} }\n`;
}

const DONE = `responses: { '204': { description: done } }`;

export const LOSS_RULES: readonly GatewayRule[] = [
  {
    name: 'apigateway-operation',
    severity: 'error',
    title:
      'An operation cannot be had: its method, or a segment of its path, is none that the service takes.',
    fix: 'Use another method, or other characters in the path.',
    see: KNOWN,
    failing: operation(`trace: { ${DONE} }`),
    passing: operation(`get: { ${DONE} }`),
  },
  {
    name: 'apigateway-path',
    severity: 'note',
    title: 'A path is called otherwise: a variable is a whole segment, and one parent has one variable.',
    fix: 'Call it so in the document too.',
    see: KNOWN,
    failing: operation(
      `parameters: [{ name: id, in: path, required: true, schema: { type: string } }], get: { ${DONE} }`,
      `'/pets/{id}.json'`,
    ),
    passing: operation(
      `parameters: [{ name: id, in: path, required: true, schema: { type: string } }], get: { ${DONE} }`,
      `'/pets/{id}'`,
    ),
  },
  {
    name: 'apigateway-parameter',
    severity: 'warning',
    title:
      'Of a parameter only its name and whether it is required are checked; those in cookies not even that.',
    fix: 'Validate it behind the gateway.',
    see: KNOWN,
    failing: operation(
      `get: { parameters: [{ name: size, in: query, schema: { type: integer } }], ${DONE} }`,
    ),
    passing: operation(`get: { parameters: [{ name: size, in: query, schema: { type: string } }], ${DONE} }`),
  },
  {
    name: 'apigateway-body',
    severity: 'warning',
    title: 'A body is not checked: it is no JSON, or none was sent, which is taken for `{}`.',
    fix: 'Validate it behind the gateway, or require a body and a property of it.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html',
    failing: operation(
      `post: { requestBody: { content: { text/plain: { schema: { type: string, minLength: 3 } } } }, ${DONE} }`,
    ),
    passing: body('{ type: string }'),
  },
  {
    name: 'apigateway-security',
    severity: 'warning',
    title: 'Nothing asks for credentials that the document demands.',
    fix: 'Give the security scheme `x-amazon-apigateway-authorizer`, or let the back end ask.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html',
    failing: `${operation(`get: { security: [{ user: [] }], ${DONE} }`)}components: { securitySchemes: { user: { type: http, scheme: basic } } }
`,
    passing: `${operation(`get: { security: [{ key: [] }], ${DONE} }`)}components: { securitySchemes: { key: { type: apiKey, name: X-Api-Key, in: header } } }
`,
  },
  {
    name: 'apigateway-answer',
    severity: 'note',
    title:
      'A mock integration answers otherwise: the service keeps some headers for itself, and templates cannot echo every value.',
    fix: 'Name the header otherwise, or let a back end answer.',
    see: KNOWN,
    failing: operation(
      `get: { responses: { '204': { description: done, headers: { Server: { schema: { type: string }, example: pets } } } } }`,
    ),
    passing: operation(
      `get: { responses: { '204': { description: done, headers: { X-Server: { schema: { type: string }, example: pets } } } } }`,
    ),
  },
  {
    name: 'apigateway-extension',
    severity: 'note',
    title:
      "An extension of API Gateway at the document's root says something that the service does not take.",
    fix: 'Write it as the page on this extension has it.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html',
    failing: `paths: {}\nx-amazon-apigateway-gateway-responses: { TEAPOT: { statusCode: '418' } }\n`,
    passing: `paths: {}\nx-amazon-apigateway-gateway-responses: { THROTTLED: { statusCode: '503' } }\n`,
  },
  {
    name: 'apigateway-left-out',
    severity: 'note',
    title:
      'A callback, a webhook, a link, or what describes operations is left out: API Gateway has no place for it.',
    fix: 'Nothing has to be done; the document keeps it.',
    see: KNOWN,
    failing: operation(
      `get: { operationId: pets, responses: { '200': { description: all, links: { again: { operationId: pets } } } } }`,
    ),
    passing: operation(`get: { operationId: pets, responses: { '200': { description: all } } }`),
  },
  {
    name: 'apigateway-template-only',
    severity: 'warning',
    title:
      'An integration or authorizer has functions of CloudFormation that only a template can fill in; without one it is left out.',
    fix: 'Write a template with `--format cloudformation` or `sam`, or name the back end and the authorizer of the stage in the configuration.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html',
    failing: operation(
      `get: { ${DONE}, x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: { 'Fn::Sub': 'https://\${Host}/pets' } } }`,
    ),
    passing: operation(
      `get: { ${DONE}, x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: { 'Fn::Sub': 'https://pets.\${AWS::Region}.example.com' } } }`,
    ),
  },
  {
    name: 'apigateway-schema-unvalidated',
    severity: 'warning',
    title: 'A keyword has no like in draft 4 of JSON Schema, so nothing checks it.',
    fix: 'Validate it behind the gateway, or describe it with keywords of draft 4.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html',
    failing: body('{ type: string, format: uuid }'),
    passing: body(`{ type: string, pattern: '^[0-9a-f-]{36}$' }`),
  },
  {
    name: 'apigateway-schema-weaker',
    severity: 'warning',
    title: 'A schema is checked in part: draft 4 cannot say it whole.',
    fix: 'Validate it behind the gateway, or describe it with keywords of draft 4.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html',
    failing: body('{ type: number, exclusiveMinimum: 0 }'),
    passing: body('{ type: number, minimum: 1 }'),
  },
  {
    name: 'apigateway-schema-note',
    severity: 'note',
    title: 'A part of a schema that validates nothing is left out.',
    fix: 'Nothing has to be done; the document keeps it.',
    see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html',
    failing: body('{ type: string, xml: { attribute: true } }'),
    passing: body('{ type: string }'),
  },
];
