import { describe, expect, test } from 'vitest';
import { DEFAULT_CHECKS } from './checks/index.ts';
import type { Exchange } from './exchange.ts';
import { type Judgement, judge } from './judge.ts';
import type { Operation } from './model.ts';
import { contractFromText } from './read.ts';
import { below, type Source } from './source.ts';

const DOCUMENT = `openapi: 3.0.4
info: { title: Pets, version: "1" }
x-amazon-apigateway-request-validators:
  all: { validateRequestBody: true, validateRequestParameters: true }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: x-api-key }
    token: { type: http, scheme: bearer }
    authorized: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authorizer: { type: token } }
paths:
  /plain:
    post: &plain
      parameters: [{ name: q, in: query, required: true, schema: { type: integer } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string, pattern: x, format: date } } } } } }
      responses: { "200": { description: Done, content: { application/json: { schema: { type: array } } } } }
  /validated:
    post: { <<: *plain, x-amazon-apigateway-request-validator: all }
  /behind:
    post: { <<: *plain, x-amazon-apigateway-integration: { type: http_proxy, uri: "https://example.com" } }
  /mocked:
    post: { <<: *plain, x-amazon-apigateway-integration: { type: MOCK } }
  /key:
    get: { security: [{ key: [] }], responses: { "200": { description: Done } } }
  /token:
    get: { security: [{ token: [] }], responses: { "200": { description: Done } } }
  /authorized:
    get: { security: [{ authorized: [] }], responses: { "200": { description: Done } } }
`;

const { contract } = contractFromText(DOCUMENT);
const operationAt = (path: string): Operation => {
  const operation = contract?.operations.find(candidate => candidate.path === path);
  if (operation === undefined) throw new Error(path);
  return operation;
};

interface Asked {
  readonly breaks?: Exchange['case']['breaks'];
  readonly expectation?: Exchange['case']['expectation'];
  readonly why?: Source;
  readonly stage?: Exchange['stage'];
  readonly status?: number;
  readonly headers?: Exchange['response']['headers'];
  readonly body?: string;
}

function judged(path: string, asked: Asked): string {
  const operation = operationAt(path);
  const { breaks, expectation = 'refused', why = operation.source, status = 200, headers = [] } = asked;
  const exchange: Exchange = {
    case: {
      id: 'case',
      operation,
      intent: 'negative',
      breaks,
      name: 'case',
      why,
      request: {
        method: operation.method,
        path,
        query: '',
        headers: [],
        contentType: breaks === 'body' ? 'application/json' : undefined,
        body: undefined,
      },
      expectation,
    },
    response: { status, headers, body: new TextEncoder().encode(asked.body ?? ''), ms: 1 },
    stage: asked.stage ?? 'apigateway',
  };
  const outcome: Judgement = judge(exchange, DEFAULT_CHECKS);
  switch (outcome.kind) {
    case 'passed':
      return 'passed';
    case 'not-judged':
      return outcome.reason;
    case 'failed':
      return outcome.failures.map(({ check }) => check).join(', ');
  }
}

const JSON_ARRAY = { headers: [['Content-Type', 'application/json']], body: '[]' } as const;
const missing = below(operationAt('/validated').source, 'parameters', 0, 'required');
const keyword = (name: string): Source => ({ ...missing, pointer: `/x/${name}` });
const parameterWhy = operationAt('/validated').parameters[0]?.source ?? missing;

describe('a wrong request that an API Gateway stage takes', () => {
  test.each<[string, string, Asked, string]>([
    ['is a failure of a server', '/plain', { breaks: 'parameter', stage: 'server' }, 'invalid-accepted'],
    ['is not judged without a validator', '/plain', { breaks: 'parameter' }, 'stage-cannot-refuse'],
    ['is not judged behind a mock integration', '/mocked', { breaks: 'body' }, 'stage-cannot-refuse'],
    ['is a failure where a backend sees it', '/behind', { breaks: 'parameter' }, 'invalid-accepted'],
    [
      'is a failure where a parameter is missing',
      '/validated',
      { breaks: 'parameter', why: below(parameterWhy, 'required') },
      'invalid-accepted',
    ],
    [
      'is not judged where a parameter is there',
      '/validated',
      { breaks: 'parameter', why: below(parameterWhy, 'schema', 'type') },
      'stage-cannot-refuse',
    ],
    [
      'is a failure where a model forbids it',
      '/validated',
      { breaks: 'body', why: keyword('pattern') },
      'invalid-accepted',
    ],
    [
      'is not judged where draft 4 does not know the word',
      '/validated',
      { breaks: 'body', why: keyword('format') },
      'stage-cannot-refuse',
    ],
    ['is a failure of an unknown method', '/plain', { breaks: 'method' }, 'method-not-refused'],
    ['is not judged of a content type', '/validated', { breaks: 'content-type' }, 'stage-cannot-refuse'],
  ])('%s', (_name, path, asked, expected) => {
    expect(judged(path, { ...JSON_ARRAY, ...asked })).toBe(expected);
  });

  test.each([
    ['/key', 'auth-not-enforced'],
    ['/authorized', 'auth-not-enforced'],
    ['/token', 'stage-cannot-refuse'],
  ])('without credentials at %s: %s', (path, expected) => {
    expect(judged(path, { breaks: 'credentials', expectation: 'unauthenticated' })).toBe(expected);
  });

  test('is still held against everything else', () => {
    expect(judged('/plain', { ...JSON_ARRAY, breaks: 'parameter', body: '{}' })).toBe('response-body');
  });
});

describe('a refusal of the gateway itself', () => {
  const own = [
    ['x-amzn-ErrorType', 'MissingAuthenticationTokenException'],
    ['Content-Type', 'application/json'],
  ] as const;
  const body = '{"message":"Missing Authentication Token"}';

  test('is a refusal, and no answer that an operation documents', () => {
    expect(judged('/plain', { breaks: 'method', status: 403, headers: own, body })).toBe('passed');
  });

  test('refuses no valid request', () => {
    const asked = { expectation: 'accepted', status: 403, headers: own, body } as const;
    expect(judged('/plain', asked)).toBe('undocumented-status, valid-refused');
  });
});

test.each<[string, Asked, string]>([
  ['/key', { expectation: 'accepted', status: 403 }, 'credentials-refused'],
  ['/key', { expectation: 'unauthenticated', breaks: 'credentials', status: 403 }, 'passed'],
  ['/plain', { expectation: 'accepted', status: 429 }, 'rate-limited'],
])('what says nothing about the request is not judged: %s %j', (path, asked, expected) => {
  expect(judged(path, { stage: 'server', ...asked })).toBe(expected);
});
