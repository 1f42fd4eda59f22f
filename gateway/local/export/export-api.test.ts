import { expect, test } from 'vitest';
import { isArray, isObject, type Json, type JsonObject } from '../../../contract/json/value.ts';
import { ACCOUNT, imported, mockOperation, oas30, swagger } from '../import/import.fixture.ts';
import type { Snapshot } from '../state/records.ts';
import { CONSOLE_PETSTORE, filledCorpusText } from './corpus.fixture.ts';
import { exportApi } from './export-api.ts';
import { exportText } from './export-text.ts';
import type { ExportType, Extension } from './export-view.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read into whatever was written
function exported(snapshot: Snapshot, type: ExportType, ...extensions: readonly Extension[]): any {
  return exportApi({
    type,
    extensions: new Set(extensions),
    snapshot,
    stageName: 'local',
    deployedAt: 1_473_695_870,
    account: ACCOUNT,
  }).document;
}

const PETSTORE = imported(filledCorpusText(CONSOLE_PETSTORE)).snapshot;

/** What AWS was recorded to send for the console's PetStore: the document, without what is lost on the way. */
function asRecorded(integrations: boolean): Json {
  const { 'x-amazon-apigateway-documentation': _words, ...document } = JSON.parse(
    filledCorpusText(CONSOLE_PETSTORE),
  ) as JsonObject;
  const lost = new Set([
    'tags',
    'summary',
    'description',
    ...(integrations ? [] : ['x-amazon-apigateway-integration']),
  ]);
  const visit = (node: Json, parent: string): Json => {
    if (isArray(node)) return node.map(item => visit(item, ''));
    if (!isObject(node)) return node;
    const kept = Object.entries(node).filter(([key]) => !lost.has(key) || parent === 'properties');
    const written = kept.map(([key, value]) => {
      const item = visit(value, key);
      return [
        key,
        parent === 'responses' && /^\d+$/.test(key) && isObject(item)
          ? { description: `${key} response`, ...item }
          : item,
      ];
    });
    return Object.fromEntries(written) as Json;
  };
  // A response of an integration has no description: its key is a pattern.
  const { paths, definitions } = visit(document, '') as JsonObject;
  return {
    swagger: '2.0',
    info: {
      title: 'PetStore',
      description: PETSTORE.restApi.description ?? '',
      version: '2016-09-12T15:57:50Z',
    },
    host: `${PETSTORE.restApi.id}.execute-api.eu-west-1.amazonaws.com`,
    basePath: '/local',
    schemes: ['https'],
    paths: paths ?? {},
    definitions: definitions ?? {},
  };
}

test("7 the console's PetStore as Swagger is what AWS was recorded to send, and nothing of API Gateway without extensions", () => {
  expect(exported(PETSTORE, 'swagger')).toEqual(asRecorded(false));
  expect(JSON.stringify(exported(PETSTORE, 'swagger'))).not.toContain('x-amazon');
});

test('7 the same with integrations, which `apigateway` is another name of', () => {
  expect(exported(PETSTORE, 'swagger', 'integrations')).toEqual(asRecorded(true));
  expect(exported(PETSTORE, 'swagger', 'apigateway')).toEqual(asRecorded(true));
});

test('7 OpenAPI 3 has one server with a variable, contents and components even where they are empty', () => {
  const document = exported(PETSTORE, 'oas30');
  expect(Object.keys(document)).toEqual(['openapi', 'info', 'servers', 'paths', 'components']);
  expect(document).toMatchObject({
    openapi: '3.0.1',
    servers: [
      {
        url: `https://${PETSTORE.restApi.id}.execute-api.eu-west-1.amazonaws.com/{basePath}`,
        variables: { basePath: { default: 'local' } },
      },
    ],
  });
  expect(document.paths['/'].get).toEqual({
    responses: {
      200: {
        description: '200 response',
        headers: { 'Content-Type': { schema: { type: 'string' } } },
        content: {},
      },
    },
  });
  expect(document.paths['/pets'].get.parameters).toEqual([
    { name: 'type', in: 'query', schema: { type: 'string' } },
    { name: 'page', in: 'query', schema: { type: 'string' } },
  ]);
  expect(document.paths['/pets'].post).toEqual({
    operationId: 'CreatePet',
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/NewPet' } } },
      required: true,
    },
    responses: {
      200: {
        description: '200 response',
        headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/NewPetResponse' } } },
      },
    },
  });
  expect(document.paths['/pets/{petId}'].get.parameters).toEqual([
    { name: 'petId', in: 'path', required: true, schema: { type: 'string' } },
  ]);
  expect(document.components.schemas.Pets).toEqual({
    type: 'array',
    items: { $ref: '#/components/schemas/Pet' },
  });
  expect(exported(imported(oas30({ '/x': { get: mockOperation() } })).snapshot, 'oas30').components).toEqual(
    {},
  );
});

test('7 the version is that of the API, or when it was deployed; a description is there only when the API has one', () => {
  expect(exported(imported(swagger({})).snapshot, 'swagger').info).toEqual({ title: 'pets', version: '1.0' });
  expect(exported(PETSTORE, 'oas30').info).toEqual({
    title: 'PetStore',
    version: '2016-09-12T15:57:50Z',
    description: PETSTORE.restApi.description,
  });
});

const WHOLE = imported(
  oas30(
    {
      '/pets': {
        'x-amazon-apigateway-any-method': mockOperation({ security: [{ token: [] }] }),
        post: mockOperation({
          security: [{ pool: ['email'] }, { key: [] }],
          'x-amazon-apigateway-request-validator': 'all',
          'x-amazon-apigateway-integration': {
            type: 'http',
            httpMethod: 'POST',
            uri: 'http://pets.example',
            passthroughBehavior: 'never',
            timeoutInMillis: 1000,
            cacheNamespace: 'mine',
            cacheKeyParameters: ['method.request.querystring.a'],
            connectionType: 'VPC_LINK',
            connectionId: 'abc',
            responses: { '5\\d{2}': { statusCode: '200', contentHandling: 'CONVERT_TO_TEXT' } },
          },
        }),
        get: mockOperation({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
      },
    },
    {
      components: {
        securitySchemes: {
          key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
          token: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'custom',
            'x-amazon-apigateway-authorizer': {
              type: 'token',
              authorizerUri:
                'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations',
              authorizerResultTtlInSeconds: 0,
            },
          },
          pool: {
            type: 'apiKey',
            name: 'Unused',
            in: 'header',
            'x-amazon-apigateway-authorizer': {
              type: 'cognito_user_pools',
              providerARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/p'],
              identitySource: 'method.request.header.A,method.request.header.B',
            },
          },
        },
      },
      'x-amazon-apigateway-binary-media-types': ['image/png'],
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-minimum-compression-size': 10,
      'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] },
      'x-amazon-apigateway-gateway-responses': { THROTTLED: { statusCode: '503' } },
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: false },
      },
    },
  ),
).snapshot;

test('7 integrations are written in lower case and without what is at its default', () => {
  const { post, get } = exported(WHOLE, 'swagger', 'integrations').paths['/pets'];
  expect(post['x-amazon-apigateway-integration']).toEqual({
    type: 'http',
    httpMethod: 'POST',
    uri: 'http://pets.example',
    connectionType: 'VPC_LINK',
    connectionId: 'abc',
    passthroughBehavior: 'never',
    timeoutInMillis: 1000,
    cacheNamespace: 'mine',
    cacheKeyParameters: ['method.request.querystring.a'],
    responses: { '5\\d{2}': { statusCode: '200', contentHandling: 'CONVERT_TO_TEXT' } },
  });
  expect(get['x-amazon-apigateway-integration']).toEqual({
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200' } },
    passthroughBehavior: 'when_no_match',
  });
});

test('7 ANY is the any-method', () => {
  expect(Object.keys(exported(WHOLE, 'oas30').paths['/pets'])).toEqual([
    'x-amazon-apigateway-any-method',
    'post',
    'get',
  ]);
});

test('7 with integrations the settings of the API stand at the root, media types last', () => {
  const document = exported(WHOLE, 'oas30', 'integrations');
  expect(Object.keys(document).filter(key => key.startsWith('x-'))).toEqual([
    'x-amazon-apigateway-request-validators',
    'x-amazon-apigateway-gateway-responses',
    'x-amazon-apigateway-policy',
    'x-amazon-apigateway-api-key-source',
    'x-amazon-apigateway-minimum-compression-size',
    'x-amazon-apigateway-binary-media-types',
  ]);
  expect(document['x-amazon-apigateway-binary-media-types']).toEqual(['image/png']);
  expect(document.paths['/pets'].post['x-amazon-apigateway-request-validator']).toBe('all');
});

test('7 `validators` writes them alone', () => {
  const document = exported(WHOLE, 'swagger', 'validators');
  expect(document['x-amazon-apigateway-request-validators']).toEqual({
    all: { validateRequestBody: true, validateRequestParameters: false },
  });
  expect(document.paths['/pets'].post['x-amazon-apigateway-request-validator']).toBe('all');
  expect(document.paths['/pets'].post).not.toHaveProperty('x-amazon-apigateway-integration');
  expect(document).not.toHaveProperty('x-amazon-apigateway-binary-media-types');
});

test('7 security schemes are plain, and `authorizers` adds what API Gateway does with them', () => {
  const plain = exported(WHOLE, 'oas30');
  const header = { type: 'apiKey', in: 'header' };
  expect(plain.components.securitySchemes).toEqual({
    token: { ...header, name: 'Authorization' },
    pool: { ...header, name: 'Unused' },
    api_key: { ...header, name: 'x-api-key' },
    sigv4: { ...header, name: 'Authorization' },
  });
  expect(plain.paths['/pets'].post.security).toEqual([{ pool: ['email'] }, { api_key: [] }]);
  expect(plain.paths['/pets'].get.security).toEqual([{ sigv4: [] }]);
  const { securityDefinitions } = exported(WHOLE, 'swagger', 'authorizers');
  expect(securityDefinitions.token).toEqual({
    ...header,
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'token',
      authorizerUri: WHOLE.authorizers[0]?.authorizerUri,
      authorizerResultTtlInSeconds: 0,
    },
  });
  expect(securityDefinitions.pool['x-amazon-apigateway-authorizer']).toEqual({
    type: 'cognito_user_pools',
    providerARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/p'],
    identitySource: 'method.request.header.A,method.request.header.B',
  });
  expect(securityDefinitions.sigv4['x-amazon-apigateway-authtype']).toBe('awsSigv4');
});

test('7 `postman` adds nothing that is known', () => {
  expect(exported(WHOLE, 'swagger', 'postman')).toEqual(exported(WHOLE, 'swagger'));
});

test('7 models for other types than JSON alone cannot be exported', () => {
  const { snapshot } = imported(
    oas30(
      {
        '/pets': {
          post: mockOperation({
            requestBody: { content: { 'text/xml': { schema: { $ref: '#/components/schemas/Pet' } } } },
          }),
        },
      },
      { components: { schemas: { Pet: { type: 'object' } } } },
    ),
  );
  for (const type of ['swagger', 'oas30'] as const)
    expect(() => exported(snapshot, type)).toThrow(
      expect.objectContaining({
        type: 'BadRequestException',
        message: expect.stringMatching(/^Only found non-JSON body models for /),
      }),
    );
});

test('7 documentation gives things their words back, the nearest part first', () => {
  const document = exported(PETSTORE, 'swagger', 'documentation');
  const original = JSON.parse(filledCorpusText(CONSOLE_PETSTORE));
  for (const path of ['/pets', '/pets/{petId}'])
    for (const key of ['tags', 'summary', 'description', 'parameters', 'responses'])
      expect(document.paths[path].get[key]).toEqual(original.paths[path].get[key]);
  expect(document.paths['/'].get.description).toBe('PetStore HTML web page containing API usage information');
  expect(document.paths['/pets'].options).not.toHaveProperty('tags');
  expect(document['x-amazon-apigateway-documentation'].documentationParts).toEqual(
    expect.arrayContaining(original['x-amazon-apigateway-documentation'].documentationParts),
  );
});

test('7 YAML is what JSON is, each text in double quotes', () => {
  const { document } = exportApi({
    type: 'swagger',
    extensions: new Set(['integrations']),
    snapshot: PETSTORE,
    stageName: 'local',
    deployedAt: 0,
    account: ACCOUNT,
  });
  const yaml = exportText(document, 'yaml');
  expect(yaml.split('\n').slice(0, 3)).toEqual(['---', 'swagger: "2.0"', 'info:']);
  expect(imported(yaml)).toEqual(imported(exportText(document, 'json')));
});
