import { expect, test } from 'vitest';
import { imported, methodAt, mockOperation, oas30 } from './import.fixture.ts';

const AUTHORIZER = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authorizer': {
    type: 'cognito_user_pools',
    providerARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/p'],
  },
};

const FIRST = imported(
  oas30(
    {
      '/pets': { get: mockOperation({ operationId: 'old' }), post: mockOperation() },
      '/gone/deep': { get: mockOperation() },
    },
    {
      'x-amazon-apigateway-binary-media-types': ['image/heif'],
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: true },
      },
      'x-amazon-apigateway-gateway-responses': { THROTTLED: { statusCode: '503' } },
      components: {
        schemas: { Pet: { type: 'object' }, Gone: { type: 'object' } },
        securitySchemes: { pool: AUTHORIZER },
      },
    },
  ),
).snapshot;

const SECOND = {
  openapi: '3.0.1',
  info: { title: 'cats', version: '2.0' },
  paths: { '/pets': { get: mockOperation({ operationId: 'new' }) }, '/cats': { get: mockOperation() } },
  components: { schemas: { Pet: { type: 'object', title: 'new' } } },
  'x-amazon-apigateway-binary-media-types': ['image/png', 'image/jpg', 'image/heif'],
};

test('6.2 merge replaces methods that collide and keeps the rest; name, version and media types come from the file', () => {
  const { snapshot } = imported(SECOND, { existing: FIRST, mode: 'merge' });
  expect(snapshot.restApi).toEqual({
    ...FIRST.restApi,
    name: 'cats',
    version: '2.0',
    binaryMediaTypes: ['image/heif', 'image/png', 'image/jpg'],
  });
  expect(snapshot.resources.map(({ path }) => path)).toEqual(['/', '/pets', '/gone', '/gone/deep', '/cats']);
  expect(methodAt(snapshot, '/pets', 'GET').operationName).toBe('new');
  expect(methodAt(snapshot, '/pets', 'POST')).toEqual(methodAt(FIRST, '/pets', 'POST'));
  expect(snapshot.models.map(({ name, schema }) => [name, schema])).toEqual([
    ['Pet', '{"type":"object","title":"new"}'],
    ['Gone', '{"type":"object"}'],
  ]);
  expect(snapshot.requestValidators).toEqual(FIRST.requestValidators);
  expect(snapshot.authorizers).toEqual(FIRST.authorizers);
  expect(snapshot.gatewayResponses).toEqual(FIRST.gatewayResponses);
});

test('6.2 overwrite removes what the file does not name, and keeps the ids of the API, its root and its paths', () => {
  const { snapshot } = imported(SECOND, { existing: FIRST, mode: 'overwrite' });
  expect(snapshot.restApi).toEqual({
    ...FIRST.restApi,
    name: 'cats',
    version: '2.0',
    apiKeySource: 'HEADER',
    binaryMediaTypes: ['image/png', 'image/jpg', 'image/heif'],
  });
  expect(snapshot.resources.map(({ path }) => path)).toEqual(['/', '/pets', '/cats']);
  expect(snapshot.resources.slice(0, 2).map(({ id }) => id)).toEqual(
    FIRST.resources.slice(0, 2).map(({ id }) => id),
  );
  expect(Object.keys(snapshot.resources[1]?.resourceMethods ?? {})).toEqual(['GET']);
  expect(snapshot.models.map(({ id, name }) => [id, name])).toEqual([[FIRST.models[0]?.id, 'Pet']]);
  expect(snapshot.requestValidators).toEqual([]);
  expect(snapshot.authorizers).toEqual([]);
  expect(snapshot.gatewayResponses).toEqual([]);
});

test('6.1 putting is idempotent', () => {
  for (const mode of ['merge', 'overwrite'] as const) {
    const once = imported(SECOND, { existing: FIRST, mode }).snapshot;
    expect(imported(SECOND, { existing: once, mode }).snapshot).toEqual(once);
  }
});

test('6.1 putting leaves the endpoint alone, and tags', () => {
  const existing = {
    ...FIRST,
    restApi: {
      ...FIRST.restApi,
      tags: { team: 'pets' },
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    },
  };
  for (const mode of ['merge', 'overwrite'] as const) {
    const { restApi } = imported(SECOND, { existing, mode, endpointType: 'EDGE' }).snapshot;
    expect(restApi).toMatchObject({
      tags: { team: 'pets' },
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    });
  }
});

test('6.1 a new API gets the endpoint it asks for, and only one', () => {
  const endpoint = (endpointType: string) =>
    imported(oas30({}), { endpointType }).snapshot.restApi.endpointConfiguration;
  expect(endpoint('REGIONAL')).toEqual({ types: ['REGIONAL'], ipAddressType: 'ipv4' });
  expect(endpoint('PRIVATE')).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
  expect(() => endpoint('EDGE,REGIONAL')).toThrow('Cannot create an api with multiple Endpoint Types.');
});

test('6.2 what is merged may name what stays', () => {
  const more = oas30({
    '/dogs': {
      post: mockOperation({
        'x-amazon-apigateway-request-validator': 'all',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Gone' } } } },
      }),
    },
  });
  const { snapshot, warnings } = imported(more, { existing: FIRST, mode: 'merge' });
  expect(warnings).toEqual([]);
  expect(methodAt(snapshot, '/dogs', 'POST')).toMatchObject({
    requestModels: { 'application/json': 'Gone' },
    requestValidatorId: FIRST.requestValidators[0]?.id,
  });
});

test('6.2 of two validators with one name, which calls can make, the methods that stay keep theirs', () => {
  const [first] = FIRST.requestValidators;
  if (first === undefined) throw new Error('there is no validator');
  const second = { ...first, id: 'second' };
  const existing = { ...FIRST, requestValidators: [first, second] };
  const named = { 'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true } } };
  for (const more of [{}, named]) {
    const { snapshot } = imported(oas30({ '/dogs': { get: mockOperation() } }, more), {
      existing,
      mode: 'merge',
    });
    expect(snapshot.requestValidators.map(({ id }) => id)).toEqual([first.id, 'second']);
  }
});

test('6.6 (14) what stays counts for the quotas too', () => {
  const securitySchemes = Object.fromEntries(
    Array.from({ length: 10 }, (_item, index) => [`s${index}`, AUTHORIZER]),
  );
  const more = oas30({}, { components: { securitySchemes } });
  expect(imported(more, { existing: FIRST, mode: 'overwrite' }).snapshot.authorizers).toHaveLength(10);
  expect(() => imported(more, { existing: FIRST, mode: 'merge' })).toThrow('Maximum number of Authorizers');
});
