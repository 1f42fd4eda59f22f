import { expect, test } from 'vitest';
import { imported, methodAt, mockOperation, oas30, refusal, swagger } from './import.fixture.ts';

const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations';
const POOL = 'arn:aws:cognito-idp:eu-west-1:1:userpool/p';

const SCHEMES = {
  token: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'oauth2',
    'x-amazon-apigateway-authorizer': {
      type: 'token',
      authorizerUri: URI,
      authorizerCredentials: 'arn:aws:iam::1:role/r',
      identityValidationExpression: '^x-[a-z]+',
      authorizerResultTtlInSeconds: 60,
    },
  },
  request: {
    type: 'apiKey',
    name: 'X-Api-Key',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: URI,
      identitySource: 'method.request.header.Custom-Authorization',
      authorizerResultTtlInSeconds: 300,
    },
  },
  pool: {
    type: 'apiKey',
    name: 'TestHeaderAuth',
    in: 'header',
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [POOL] },
  },
  'x-key': { type: 'apiKey', name: 'x-api-key', in: 'header' },
  iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
};

function document(operation: object, more: object = {}): object {
  return oas30(
    { '/pets': { get: mockOperation(operation) } },
    { components: { securitySchemes: SCHEMES }, ...more },
  );
}

function method(operation: object, more: object = {}): unknown {
  const { authorizationType, authorizerId, authorizationScopes, apiKeyRequired } = methodAt(
    imported(document(operation, more)).snapshot,
    '/pets',
    'GET',
  );
  const names = new Map(
    imported(document(operation, more)).snapshot.authorizers.map(({ id, name }) => [id, name]),
  );
  return {
    authorizationType,
    apiKeyRequired,
    by: names.get(authorizerId ?? ''),
    scopes: authorizationScopes,
  };
}

test('1.3 schemes with the authorizer extension become authorizers', () => {
  const id = expect.stringMatching(/^[a-z0-9]{6}$/);
  expect(imported(document({})).snapshot.authorizers).toEqual([
    {
      id,
      name: 'token',
      type: 'TOKEN',
      authType: 'oauth2',
      authorizerUri: URI,
      authorizerCredentials: 'arn:aws:iam::1:role/r',
      identitySource: 'method.request.header.Authorization',
      identityValidationExpression: '^x-[a-z]+',
      authorizerResultTtlInSeconds: 60,
    },
    {
      id,
      name: 'request',
      type: 'REQUEST',
      authType: 'custom',
      authorizerUri: URI,
      identitySource: 'method.request.header.Custom-Authorization',
      authorizerResultTtlInSeconds: 300,
    },
    // 6.4: a pool's authorizer takes its source from the scheme, and has no time to live that nobody gave.
    {
      id,
      name: 'pool',
      type: 'COGNITO_USER_POOLS',
      authType: 'cognito_user_pools',
      providerARNs: [POOL],
      identitySource: 'method.request.header.TestHeaderAuth',
    },
  ]);
});

test('6.4 the security of an operation picks the authorizer, with scopes for a pool', () => {
  expect(method({ security: [{ token: ['x'] }] })).toEqual({
    authorizationType: 'CUSTOM',
    apiKeyRequired: false,
    by: 'token',
  });
  expect(method({ security: [{ pool: [] }] })).toEqual({
    authorizationType: 'COGNITO_USER_POOLS',
    apiKeyRequired: false,
    by: 'pool',
  });
  expect(method({ security: [{ pool: ['email', 'openid'] }] })).toEqual({
    authorizationType: 'COGNITO_USER_POOLS',
    apiKeyRequired: false,
    by: 'pool',
    scopes: ['email', 'openid'],
  });
  expect(method({})).toEqual({ authorizationType: 'NONE', apiKeyRequired: false });
});

test('6.4 security of the document holds for every operation without its own', () => {
  const root = { security: [{ pool: ['email'] }] };
  const pool = { authorizationType: 'COGNITO_USER_POOLS', apiKeyRequired: false, by: 'pool' };
  expect(method({}, root)).toEqual({ ...pool, scopes: ['email'] });
  expect(method({ security: [{ pool: ['openid'] }] }, root)).toEqual({ ...pool, scopes: ['openid'] });
  expect(method({ security: [] }, root)).toEqual({ authorizationType: 'NONE', apiKeyRequired: false });
  // Recorded: a scheme called X-Api-Key that has an authorizer is the authorizer, not a key.
  const { snapshot } = imported(
    oas30(
      { '/echo': { 'x-amazon-apigateway-any-method': mockOperation() } },
      { components: { securitySchemes: SCHEMES }, security: [{ request: [] }] },
    ),
  );
  expect(methodAt(snapshot, '/echo', 'ANY')).toMatchObject({
    authorizationType: 'CUSTOM',
    authorizerId: snapshot.authorizers[1]?.id,
    apiKeyRequired: false,
  });
});

test('1.3 a plain scheme named x-api-key asks for a key, beside an authorizer too', () => {
  expect(method({ security: [{ 'x-key': [] }] })).toEqual({
    authorizationType: 'NONE',
    apiKeyRequired: true,
  });
  expect(method({ security: [{ token: [], 'x-key': [] }] })).toEqual({
    authorizationType: 'CUSTOM',
    apiKeyRequired: true,
    by: 'token',
  });
});

test('1.3 the name of that header may be written in any case', () => {
  const key = { type: 'apiKey', name: 'X-API-Key', in: 'header' };
  const { snapshot } = imported(
    oas30(
      { '/pets': { get: mockOperation({ security: [{ key: [] }] }) } },
      { components: { securitySchemes: { key } } },
    ),
  );
  expect(methodAt(snapshot, '/pets', 'GET').apiKeyRequired).toBe(true);
});

test('1.1 awsSigv4 and x-amazon-apigateway-auth mean IAM, in any case', () => {
  const iam = { authorizationType: 'AWS_IAM', apiKeyRequired: false };
  expect(method({ security: [{ iam: [] }] })).toEqual(iam);
  expect(method({ 'x-amazon-apigateway-auth': { type: 'aws_iam' } })).toEqual(iam);
  expect(method({ security: [{ token: [] }], 'x-amazon-apigateway-auth': { type: 'none' } })).toEqual({
    authorizationType: 'NONE',
    apiKeyRequired: false,
  });
});

test('6.6 (5) other schemes are left out with a warning', () => {
  const { snapshot, warnings } = imported(
    swagger(
      { '/pets': { get: mockOperation({ security: [{ oauth: ['x'] }] }) } },
      { securityDefinitions: { oauth: { type: 'oauth2' } } },
    ),
  );
  expect(warnings).toEqual(["Unsupported security definition type 'oauth2' for 'oauth'. Ignoring."]);
  expect(methodAt(snapshot, '/pets', 'GET').authorizationType).toBe('NONE');
});

test('1.3 an authorizer of another type is refused', () => {
  const jwt = { type: 'apiKey', name: 'x', in: 'header', 'x-amazon-apigateway-authorizer': { type: 'jwt' } };
  expect(refusal(oas30({}, { components: { securitySchemes: { jwt } } }))).toContain(
    "Unable to create authorizer 'jwt'",
  );
});
