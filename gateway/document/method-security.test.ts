import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import type { AuthorizerChoices } from './authorizer-choice.ts';
import { gatewayDocument } from './gateway-document.ts';

const TOKEN = { type: 'token', authorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/f' };
const SCHEMES: Record<string, Json> = {
  key: { type: 'apiKey', name: 'X-Api-Key', in: 'header' },
  token: { type: 'http', scheme: 'bearer', 'x-amazon-apigateway-authorizer': TOKEN },
  iam: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  pool: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: { read: 'x' } } },
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn:aws:cognito-idp'] },
  },
  basic: { type: 'http', scheme: 'basic' },
};

function secured(
  security: Json,
  more: Record<string, Json> = {},
  authorizers: AuthorizerChoices | undefined = undefined,
): readonly [Json, Json, readonly string[]] {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/p': { get: { security, responses: { '204': { description: 'x' } }, ...more } } },
    components: { securitySchemes: SCHEMES },
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract, authorizers === undefined ? {} : { authorizers });
  const made = document as unknown as {
    readonly paths: Record<string, Record<string, Record<string, Json>>>;
    readonly components: Record<string, Json>;
  };
  return [
    made.paths['/p']?.['get']?.['security'] ?? null,
    made.components['securitySchemes'] ?? null,
    losses.map(({ effect, message }) => `${effect}: ${message}`),
  ];
}

describe('what the service can ask for', () => {
  test.each<[string, Json, Json, Json]>([
    ['its own API keys', [{ key: [] }], [{ key: [] }], { key: SCHEMES['key'] ?? null }],
    ['IAM', [{ iam: [] }], [{ iam: [] }], { iam: SCHEMES['iam'] ?? null }],
    [
      'an authorizer, whatever the scheme is',
      [{ token: [] }],
      [{ token: [] }],
      {
        token: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authorizer': TOKEN,
        },
      },
    ],
  ])('%s', (_name, from, to, schemes) => {
    expect(secured(from)).toEqual([to, schemes, []]);
  });

  test('scopes of a user pool', () => {
    expect(secured([{ pool: ['read'] }])[0]).toEqual([{ pool: ['read'] }]);
  });

  test('a key beside an authorizer', () => {
    expect(secured([{ token: [], key: [] }])[0]).toEqual([{ token: [] }, { key: [] }]);
  });

  test('nothing where no credentials will do', () => {
    expect(secured([{ token: [] }, {}])).toEqual([null, null, []]);
  });
});

describe('what it cannot ask for is told', () => {
  test.each<[string, Json, Json, readonly string[]]>([
    ['a scheme of nobody here', [{ basic: [] }], null, ['unvalidated: Nothing asks']],
    ['one beside one that can', [{ basic: [], key: [] }], [{ key: [] }], ['unvalidated: Nothing asks']],
    ['a second authorizer', [{ token: [], iam: [] }], [{ token: [] }], ['unvalidated: A method of']],
    ['an alternative', [{ basic: [] }, { iam: [] }], [{ iam: [] }], ['changed: API Gateway knows no']],
  ])('%s', (_name, from, to, words) => {
    const [security, , losses] = secured(from);
    expect(security).toEqual(to);
    expect(losses.map(loss => words.find(word => loss.startsWith(word)))).toEqual(words);
  });

  test('not where the operation says itself who may call', () => {
    const auth = { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } };
    expect(secured([{ basic: [] }], auth)[2]).toEqual([]);
  });
});

describe('who is chosen for a stage stands over what the document says', () => {
  const FUNCTION =
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:who/invocations';
  const header = (name: string, more: Record<string, Json>): Json => ({
    type: 'apiKey',
    name,
    in: 'header',
    ...more,
  });
  const POOL = 'arn:aws:cognito-idp:eu-west-1:1:userpool/p';

  test.each<[string, AuthorizerChoices, Json]>([
    [
      'a function for tokens',
      { basic: { type: 'token', function: 'who', pattern: '^Basic .+$', ttl: 0 } },
      header('Authorization', {
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri: FUNCTION,
          identityValidationExpression: '^Basic .+$',
          authorizerResultTtlInSeconds: 0,
        },
      }),
    ],
    [
      'a function for requests',
      { basic: { type: 'request', function: 'who', credentials: 'arn:aws:iam::1:role/r' } },
      header('Authorization', {
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: FUNCTION,
          authorizerCredentials: 'arn:aws:iam::1:role/r',
          identitySource: 'method.request.header.Authorization',
        },
      }),
    ],
    [
      'a user pool',
      { basic: { type: 'cognito_user_pools', userPools: [POOL] } },
      header('Authorization', {
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [POOL] },
      }),
    ],
    ['IAM', { basic: 'iam' }, header('Authorization', { 'x-amazon-apigateway-authtype': 'awsSigv4' })],
    ['keys of the service', { basic: 'api_key' }, header('x-api-key', {})],
  ])('%s', (_about, authorizers, scheme) => {
    expect(secured([{ basic: [] }], {}, authorizers)).toEqual([[{ basic: [] }], { basic: scheme }, []]);
  });

  test('the back end, and then the gateway asks nobody and loses nothing', () => {
    expect(secured([{ token: [] }], {}, { token: 'back_end' })).toEqual([null, null, []]);
    expect(secured([{ token: [], key: [] }], {}, { token: 'back_end' })[0]).toEqual([{ key: [] }]);
    // Whoever has the one need not have the other.
    expect(secured([{ token: [] }, { key: [] }], {}, { token: 'back_end' })[0]).toBeNull();
  });

  test('JWTs, into which a REST API does not look', () => {
    const authorizers = { basic: { type: 'jwt', issuer: 'https://a.example', audience: ['pets'] } } as const;
    const [required, , losses] = secured([{ basic: [] }], {}, authorizers);
    expect(required).toBeNull();
    expect(losses).toHaveLength(1);
  });

  test('the authorizer of the document goes where another is chosen', () => {
    expect(secured([{ token: [] }], {}, { token: 'iam' })[1]).toEqual({
      token: header('Authorization', { 'x-amazon-apigateway-authtype': 'awsSigv4' }),
    });
  });
});
