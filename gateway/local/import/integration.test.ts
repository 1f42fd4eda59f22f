import { expect, test } from 'vitest';
import { imported, methodAt, oas30, refusal } from './import.fixture.ts';

const RESPONSES = {
  200: { description: 'fine', headers: { 'X-A': { schema: { type: 'string' } } } },
  400: { description: 'bad' },
};

function document(integration: unknown): object {
  return oas30({
    '/pets/{petId}': {
      get: {
        parameters: [{ name: 'petId', in: 'path', required: true }],
        responses: RESPONSES,
        'x-amazon-apigateway-integration': integration,
      },
    },
  });
}

function integration(value: unknown): unknown {
  const { snapshot, warnings } = imported(document(value));
  expect(warnings).toEqual([]);
  return methodAt(snapshot, '/pets/{petId}', 'GET').methodIntegration;
}

function fault(value: unknown): string {
  return refusal(document(value));
}

const LAMBDA =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations';

test('2.5 and 1.2 a mock keeps nothing about a back end, and gets what is left open', () => {
  expect(
    integration({
      type: 'mock',
      httpMethod: 'POST',
      uri: 'http://never',
      connectionType: 'INTERNET',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: 200, responseTemplates: { 'application/json': '' } } },
    }),
  ).toEqual({
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29000,
    cacheNamespace: expect.stringMatching(/^[a-z0-9]{6}$/),
    cacheKeyParameters: [],
    integrationResponses: { 200: { statusCode: '200', responseTemplates: { 'application/json': null } } },
  });
});

test('1.2 keys of responses are selection patterns, `default` is none, and a status is a text', () => {
  expect(
    integration({
      type: 'HTTP',
      httpMethod: 'get',
      uri: 'http://pets.example/{petId}',
      passthroughBehavior: 'when_no_templates',
      contentHandling: 'CONVERT_TO_TEXT',
      timeoutInMillis: 50,
      cacheNamespace: 'mine',
      cacheKeyParameters: ['method.request.path.petId'],
      tlsConfig: { insecureSkipVerification: true },
      requestParameters: { 'integration.request.path.petId': 'method.request.path.petId' },
      responses: {
        '4\\d{2}': { statusCode: 400, contentHandling: 'CONVERT_TO_BINARY' },
        default: { statusCode: '200', responseParameters: { 'method.response.header.X-A': "'*'" } },
      },
    }),
  ).toEqual({
    type: 'HTTP',
    httpMethod: 'GET',
    uri: 'http://pets.example/{petId}',
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 50,
    cacheNamespace: 'mine',
    cacheKeyParameters: ['method.request.path.petId'],
    tlsConfig: { insecureSkipVerification: true },
    requestParameters: { 'integration.request.path.petId': 'method.request.path.petId' },
    integrationResponses: {
      200: { statusCode: '200', responseParameters: { 'method.response.header.X-A': "'*'" } },
      400: { statusCode: '400', selectionPattern: '4\\d{2}', contentHandling: 'CONVERT_TO_BINARY' },
    },
  });
});

test('1.2 a Lambda proxy keeps its responses, has no connection type, and no payload format', () => {
  expect(
    integration({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: LAMBDA,
      payloadFormatVersion: 1.0,
      responses: { default: { statusCode: '200' } },
    }),
  ).toMatchObject({
    type: 'AWS_PROXY',
    httpMethod: 'POST',
    uri: LAMBDA,
    integrationResponses: { 200: { statusCode: '200' } },
  });
  expect(integration({ type: 'aws_proxy', httpMethod: 'POST', uri: LAMBDA })).not.toHaveProperty(
    'connectionType',
  );
  expect(integration({ type: 'aws_proxy', httpMethod: 'POST', uri: LAMBDA })).not.toHaveProperty(
    'integrationResponses',
  );
});

test('1.2 of two patterns with one status the later one stays', () => {
  const { snapshot } = imported(
    document({ type: 'mock', responses: { 'a.*': { statusCode: '200' }, 'b.*': { statusCode: '200' } } }),
  );
  expect(methodAt(snapshot, '/pets/{petId}', 'GET').methodIntegration?.integrationResponses).toEqual({
    200: { statusCode: '200', selectionPattern: 'b.*' },
  });
});

test('6.5 what is no integration, and an intrinsic where a text belongs, ends the import on the spot', () => {
  const malformed =
    'Unable to parse API definition because of a malformed integration at path /pets/{petId}.';
  for (const value of [[], 'mock', 7, { type: 'aws_proxy', httpMethod: 'POST', uri: { 'Fn::Sub': LAMBDA } }])
    expect(fault(value)).toBe(malformed);
});

test('12 and 13.4 what PutIntegration refuses, an import refuses', () => {
  const because =
    "Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/pets/{petId}': ";
  const http = { type: 'http', httpMethod: 'GET', uri: 'http://pets.example' };
  const aws = { type: 'aws', httpMethod: 'POST', credentials: 'arn:aws:iam::1:role/r' };
  const cases: readonly (readonly [object, string])[] = [
    [{ type: 'http', uri: 'http://pets.example' }, 'Enumeration value for HttpMethod must be non-empty'],
    [{ ...http, uri: '${uri}' }, 'Invalid HTTP endpoint specified for URI'],
    [{ ...http, uri: 'ftp://pets.example' }, 'Invalid HTTP endpoint specified for URI'],
    [{ ...aws, uri: 'http://pets.example' }, 'Invalid ARN specified in the request'],
    [
      { ...aws, uri: 'arn:aws:apigateway:eu-west-1:dynamodb:PutItem' },
      'AWS ARN for integration must contain path or action',
    ],
    [
      { type: 'aws', httpMethod: 'POST', uri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem' },
      'Role ARN must be specified for AWS integrations',
    ],
    [
      { ...aws, type: 'aws_proxy', uri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem' },
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    ],
    [{ ...http, timeoutInMillis: 29001 }, 'Timeout should be between 50 ms and 29000 ms'],
    [{ ...http, timeoutInMillis: 'soon' }, 'Timeout should be between 50 ms and 29000 ms'],
    [{}, 'Enumeration value for integration type must be non-empty'],
    [
      { ...http, requestParameters: { 'integration.request.header.x': 'true' } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]',
    ],
    [
      { ...http, requestParameters: { 'integration.request.header.x': 'method.request.header.undeclared' } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.header.undeclared]',
    ],
    [
      { ...http, requestTemplates: { 123: 'x' } },
      'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
  ];
  for (const [value, reason] of cases) expect(fault(value)).toBe(`${because}${reason}`);
});

test('2.5 a template of more than 300 KB is refused', () => {
  const templates = { 'application/json': 'x'.repeat(300 * 1024 + 1) };
  expect(fault({ type: 'mock', requestTemplates: templates })).toContain('exceeds the limit of 300 KB');
  expect(
    fault({ type: 'mock', responses: { default: { statusCode: '200', responseTemplates: templates } } }),
  ).toContain('exceeds the limit of 300 KB');
});

test('1.2 what an integration response maps must be declared', () => {
  const mock = (responses: object): object => ({ type: 'mock', responses });
  expect(
    fault(
      mock({ default: { statusCode: '400', responseParameters: { 'method.response.header.X-A': "'1'" } } }),
    ),
  ).toContain(
    "Unable to put integration response on 'GET' for resource at path '/pets/{petId}': Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.X-A]",
  );
  expect(
    fault(
      mock({ default: { statusCode: '500', responseParameters: { 'method.response.header.X-A': "'1'" } } }),
    ),
  ).toContain('No method response exists for method.');
  expect(fault(mock({ default: {} }))).toContain('Invalid Response status code specified');
  // 2.4: a status without a method response is found out when it is needed.
  expect(imported(document(mock({ default: { statusCode: '500' } }))).warnings).toEqual([]);
});
