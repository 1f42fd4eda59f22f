/** For properties: documents that API Gateway takes, with all that an import reads somewhere in them. */
import fc from 'fast-check';

const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations';
const MODELS = ['Pet', 'Pets', 'Error7'] as const;
const HEADERS = ['X-A', 'Location'] as const;
const words = fc.string({ maxLength: 12, unit: 'grapheme' });

/** OpenAPI 3 documents. */
export function apiDocuments(): fc.Arbitrary<object> {
  return fc.record(
    {
      openapi: fc.constantFrom('3.0.0', '3.0.1', '3.0.3'),
      info: fc.record(
        { title: fc.string({ minLength: 1, maxLength: 12 }), version: words, description: words },
        { requiredKeys: ['title', 'version'] },
      ),
      paths: fc.dictionary(
        fc.constantFrom('/', '/pets', '/pets/{petId}', '/pets/{petId}/toys', '/{proxy+}', '/a.b-c'),
        pathItem(),
        {
          maxKeys: 4,
        },
      ),
      components: fc.record({ schemas: schemas(), securitySchemes: fc.constant(SCHEMES) }),
      security: fc.constantFrom([{ token: [] }], [{ pool: ['email'] }, { key: [] }], []),
      'x-amazon-apigateway-request-validators': fc.constant({
        all: { validateRequestBody: true, validateRequestParameters: true },
        none: { validateRequestBody: false, validateRequestParameters: false },
      }),
      'x-amazon-apigateway-request-validator': fc.constantFrom('all', 'none'),
      'x-amazon-apigateway-binary-media-types': fc.subarray(['image/png', '*/*']),
      'x-amazon-apigateway-api-key-source': fc.constantFrom('HEADER', 'AUTHORIZER'),
      'x-amazon-apigateway-minimum-compression-size': fc.integer({ min: 0, max: 10_485_760 }),
      'x-amazon-apigateway-policy': fc.constant({
        Version: '2012-10-17',
        Statement: [{ Resource: 'execute-api:/*' }],
      }),
      'x-amazon-apigateway-gateway-responses': fc.dictionary(
        fc.constantFrom('THROTTLED', 'DEFAULT_5XX', 'BAD_REQUEST_BODY'),
        fc.record(
          {
            statusCode: fc.constantFrom('400', '503'),
            responseParameters: fc.constant({ 'gatewayresponse.header.X-A': "'1'" }),
            responseTemplates: fc.dictionary(fc.constantFrom('application/json', 'text/plain'), words, {
              minKeys: 1,
            }),
          },
          { requiredKeys: [] },
        ),
        { maxKeys: 2 },
      ),
    },
    { requiredKeys: ['openapi', 'info', 'paths', 'components', 'x-amazon-apigateway-request-validators'] },
  );
}

const HEADER = { type: 'apiKey', in: 'header' };

const SCHEMES = {
  key: { ...HEADER, name: 'x-api-key' },
  iam: { ...HEADER, name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  token: {
    ...HEADER,
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'oauth2',
    'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: URI, authorizerResultTtlInSeconds: 0 },
  },
  request: {
    ...HEADER,
    name: 'Unused',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: URI,
      identitySource: 'method.request.header.A, method.request.querystring.b',
    },
  },
  pool: {
    ...HEADER,
    name: 'Authorization',
    'x-amazon-apigateway-authorizer': {
      type: 'cognito_user_pools',
      providerARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/p'],
    },
  },
};

function pathItem(): fc.Arbitrary<object> {
  return fc.dictionary(
    fc.constantFrom(
      'get',
      'put',
      'post',
      'delete',
      'options',
      'head',
      'patch',
      'x-amazon-apigateway-any-method',
    ),
    operation(),
    { maxKeys: 3 },
  );
}

function operation(): fc.Arbitrary<object> {
  return fc.record(
    {
      operationId: fc.string({ minLength: 1, maxLength: 8 }),
      summary: words,
      parameters: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom('a', 'b.c', 'd$-e'),
          in: fc.constantFrom('query', 'header', 'path'),
          required: fc.boolean(),
        }),
        { selector: ({ name }) => name, maxLength: 3 },
      ),
      requestBody: fc.record({ content: content() }),
      responses: responses(),
      security: fc.constantFrom(
        [],
        [{ token: [] }],
        [{ request: [] }],
        [{ pool: [] }],
        [{ pool: ['a', 'b'], key: [] }],
        [{ iam: [] }],
      ),
      'x-amazon-apigateway-request-validator': fc.constantFrom('all', 'none'),
      'x-amazon-apigateway-integration': integration(),
    },
    { requiredKeys: ['responses'] },
  );
}

/** JSON always: models for other types alone cannot be exported. */
function content(): fc.Arbitrary<object> {
  return fc.record(
    { 'application/json': mediaType(), 'application/xml': mediaType() },
    { requiredKeys: ['application/json'] },
  );
}

function mediaType(): fc.Arbitrary<object> {
  const reference = fc.constantFrom(...MODELS).map(name => ({ $ref: `#/components/schemas/${name}` }));
  return fc.record({ schema: fc.oneof(reference, inlineSchema()) });
}

function inlineSchema(): fc.Arbitrary<object> {
  return fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('id', 'example', '__proto__', '$ref', 'pet'), schemaNode(), {
      maxKeys: 3,
    }),
  });
}

function schemaNode(): fc.Arbitrary<object> {
  return fc.oneof(
    fc.constantFrom(...MODELS).map(name => ({ $ref: `#/components/schemas/${name}` })),
    fc.record({ type: fc.constantFrom('string', 'integer'), description: words }),
    fc.record({ type: fc.constant('array'), items: fc.constant({ type: 'number' }), minItems: fc.nat(3) }),
    fc.constant({ oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Pet' }] }),
  );
}

function schemas(): fc.Arbitrary<object> {
  return fc.record({ Pet: inlineSchema(), Pets: inlineSchema(), Error7: inlineSchema() });
}

function responses(): fc.Arbitrary<object> {
  const response = fc.record(
    {
      description: words,
      headers: fc.constant(Object.fromEntries(HEADERS.map(name => [name, { schema: { type: 'string' } }]))),
      content: content(),
    },
    { requiredKeys: ['description', 'headers'] },
  );
  return fc.record({ 200: response, 404: response }, { requiredKeys: ['200'] });
}

function integration(): fc.Arbitrary<object> {
  const common = {
    passthroughBehavior: fc.constantFrom('when_no_match', 'WHEN_NO_TEMPLATES', 'never'),
    contentHandling: fc.constantFrom('CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'),
    timeoutInMillis: fc.integer({ min: 50, max: 29_000 }),
    cacheNamespace: fc.constant('mine'),
    cacheKeyParameters: fc.subarray(['method.request.path.a']),
    requestTemplates: fc.dictionary(fc.constantFrom('application/json', 'text/xml', '$default'), words, {
      maxKeys: 2,
    }),
    requestParameters: fc.dictionary(
      fc.constantFrom('integration.request.header.X', 'integration.request.querystring.y'),
      fc.constantFrom("'fixed'", 'context.requestId', 'stageVariables.v'),
    ),
    responses: fc.dictionary(fc.constantFrom('default', '404', '5\\d{2}'), integrationResponse(), {
      maxKeys: 2,
    }),
  };
  return fc.oneof(
    fc.record({ type: fc.constantFrom('mock', 'MOCK'), ...common }, { requiredKeys: ['type'] }),
    fc.record(
      {
        type: fc.constantFrom('http', 'http_proxy'),
        httpMethod: fc.constantFrom('GET', 'ANY'),
        uri: fc.constant('http://pets.example/${stageVariables.p}'),
        ...common,
      },
      { requiredKeys: ['type', 'httpMethod', 'uri'] },
    ),
    fc.record(
      {
        type: fc.constantFrom('aws', 'aws_proxy'),
        httpMethod: fc.constant('POST'),
        uri: fc.constant(URI),
        ...common,
      },
      { requiredKeys: ['type', 'httpMethod', 'uri'] },
    ),
  );
}

function integrationResponse(): fc.Arbitrary<object> {
  return fc.record(
    {
      statusCode: fc.constantFrom('200', 200),
      responseParameters: fc.constant({ 'method.response.header.X-A': "'1'" }),
      responseTemplates: fc.dictionary(fc.constantFrom('application/json', 'text/html'), words, {
        maxKeys: 2,
      }),
      contentHandling: fc.constantFrom('CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'),
    },
    { requiredKeys: ['statusCode'] },
  );
}
