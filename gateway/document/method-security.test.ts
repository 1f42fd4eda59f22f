import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
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

function secured(security: Json, more: Record<string, Json> = {}): readonly [Json, Json, readonly string[]] {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/p': { get: { security, responses: { '204': { description: 'x' } }, ...more } } },
    components: { securitySchemes: SCHEMES },
  });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract);
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
