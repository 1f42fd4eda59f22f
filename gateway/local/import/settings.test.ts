import { expect, test } from 'vitest';
import { imported, oas30, refusal, swagger } from './import.fixture.ts';

function restApi(more: object): unknown {
  return imported(swagger({}, more)).snapshot.restApi;
}

test('1.1 media types, key source, compression and the two newest names', () => {
  expect(
    restApi({
      'x-amazon-apigateway-binary-media-types': ['image/png', '*/*'],
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-minimum-compression-size': 0,
      'x-amazon-apigateway-security-policy': 'SecurityPolicy_TLS13_1_3_2025_09',
      'x-amazon-apigateway-endpoint-access-mode': 'STRICT',
    }),
  ).toMatchObject({
    binaryMediaTypes: ['image/png', '*/*'],
    apiKeySource: 'AUTHORIZER',
    minimumCompressionSize: 0,
    securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
    endpointAccessMode: 'STRICT',
  });
});

test('13.4 a compression size out of its range is refused', () => {
  for (const size of [-1, 10_485_761, 1.5, 'x', true])
    expect(refusal(swagger({}, { 'x-amazon-apigateway-minimum-compression-size': size }))).toContain(
      'Invalid minimum compression size, must be between 0 and 10485760',
    );
});

test('1.1 a resource of a policy that begins with execute-api means this API', () => {
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: ['execute-api:/*', 'execute-api:/prod/GET/x'],
  };
  const { restApi } = imported(
    swagger({}, { 'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [statement] } }),
  ).snapshot;
  const arn = `arn:aws:execute-api:eu-west-1:123456789012:${restApi.id}`;
  expect(JSON.parse(restApi.policy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [{ ...statement, Resource: [`${arn}/*`, `${arn}/prod/GET/x`] }],
  });
});

test('1.1 the endpoint configuration stands at the root of Swagger 2.0 and in a server of OpenAPI 3', () => {
  const configuration = { disableExecuteApiEndpoint: true, vpcEndpointIds: ['vpce-1'] };
  const key = 'x-amazon-apigateway-endpoint-configuration';
  for (const document of [
    swagger({}, { [key]: configuration }),
    oas30({}, { servers: [{ url: '/', [key]: configuration }] }),
  ]) {
    expect(imported(document).snapshot.restApi).toMatchObject({
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    });
    expect(imported(document, { endpointType: 'PRIVATE' }).snapshot.restApi.endpointConfiguration).toEqual({
      types: ['PRIVATE'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: ['vpce-1'],
    });
  }
});

test('5.2 gateway responses are as if they had been put', () => {
  const { gatewayResponses } = imported(
    swagger(
      {},
      {
        'x-amazon-apigateway-gateway-responses': {
          THROTTLED: { statusCode: 503 },
          DEFAULT_4XX: {
            responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
            responseTemplates: { 'application/json': '{"m":$context.error.messageString}' },
          },
        },
      },
    ),
  ).snapshot;
  expect(gatewayResponses).toEqual([
    {
      responseType: 'THROTTLED',
      statusCode: '503',
      responseParameters: {},
      responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      defaultResponse: false,
    },
    {
      responseType: 'DEFAULT_4XX',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
      responseTemplates: { 'application/json': '{"m":$context.error.messageString}' },
      defaultResponse: false,
    },
  ]);
  const refused = (responses: object): string =>
    refusal(swagger({}, { 'x-amazon-apigateway-gateway-responses': responses }));
  expect(refused({ NO_SUCH: {} })).toContain('NO_SUCH');
  expect(refused({ THROTTLED: { responseParameters: { 'gatewayresponse.header.X': 'plain' } } })).toContain(
    "Unable to put gateway response 'THROTTLED': Invalid mapping expression specified: ",
  );
});

test('1.1 documentation parts come from the extension and from descriptions where they stand', () => {
  const document = oas30(
    {
      '/pets': {
        get: {
          summary: 'List',
          tags: ['pets'],
          parameters: [{ name: 'page', in: 'query', description: 'Which page' }],
          responses: { 200: { description: 'fine', headers: { 'X-A': { description: 'A' } } } },
        },
      },
    },
    {
      'x-amazon-apigateway-documentation': {
        version: 'v1',
        documentationParts: [
          { location: { type: 'METHOD', path: '/pets', method: 'GET' }, properties: { summary: 'List all' } },
          { location: { type: 'MODEL', name: 'Pet' }, properties: { description: 'A pet' } },
        ],
      },
    },
  );
  const { snapshot } = imported(document);
  expect(
    snapshot.documentationParts.map(({ location, properties }) => [location, JSON.parse(properties)]),
  ).toEqual([
    [
      { type: 'METHOD', path: '/pets', method: 'GET' },
      { tags: ['pets'], summary: 'List all' },
    ],
    [{ type: 'QUERY_PARAMETER', path: '/pets', method: 'GET', name: 'page' }, { description: 'Which page' }],
    [{ type: 'RESPONSE', path: '/pets', method: 'GET', statusCode: '200' }, { description: 'fine' }],
    [
      { type: 'RESPONSE_HEADER', path: '/pets', method: 'GET', statusCode: '200', name: 'X-A' },
      { description: 'A' },
    ],
    [{ type: 'MODEL', name: 'Pet' }, { description: 'A pet' }],
  ]);
  expect(imported(document, { ignoreDocumentation: true }).snapshot.documentationParts).toEqual([]);
  // Words of one part are merged, not the part.
  const more = oas30({ '/pets': { get: { description: 'More', responses: {} } } });
  const merged = imported(more, { existing: snapshot, mode: 'merge' }).snapshot.documentationParts;
  expect(merged).toHaveLength(5);
  expect(JSON.parse(merged[0]?.properties ?? '')).toEqual({
    tags: ['pets'],
    summary: 'List all',
    description: 'More',
  });
});
