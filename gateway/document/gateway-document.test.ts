import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { type GatewayDocumentOptions, gatewayDocument } from './gateway-document.ts';

type Made = {
  readonly paths: Record<string, Record<string, Record<string, Json>>>;
  readonly losses: readonly string[];
  readonly [name: string]: unknown;
};

function made(root: Record<string, Json>, options?: GatewayDocumentOptions): Made {
  const { contract } = contractFromValue({ openapi: '3.1.1', info: { title: 'T', version: '1' }, ...root });
  if (contract === undefined) throw new Error('no contract');
  const { document, losses } = gatewayDocument(contract, options);
  return {
    ...(document as unknown as Made),
    losses: losses.map(({ rule, effect, source }) => `${effect} ${rule} ${source.pointer}`),
  };
}

const OK = { responses: { '200': { description: 'fine', content: { 'application/json': { example: 1 } } } } };

describe('paths', () => {
  test('are called as they are where they can be', () => {
    const { paths, losses } = made({
      paths: { '/a.b/{id}': { get: OK }, '/': { get: OK }, '/files/{rest+}': { get: OK } },
    });
    expect(Object.keys(paths)).toEqual(['/a.b/{id}', '/', '/files/{rest+}']);
    expect(losses).toEqual([]);
  });

  test.each([
    ['one variable below one parent', ['/p/{id}', '/p/{name}/x'], ['/p/{id}', '/p/{id}/x'], 'changed'],
    ['a variable is a whole segment', ['/p/{id}.json'], ['/p/{id.json}'], 'changed'],
    ['a slash at the end', ['/p/'], ['/p'], 'changed'],
    ['a variable with letters of its own', ['/{größe}'], ['/{gre}'], 'changed'],
    ['one name once', ['/p/{id}', '/p/{pid}/q/{id}'], ['/p/{id}', '/p/{id}/q/{id2}'], 'changed'],
    ['a greedy variable beside another', ['/p/{id}', '/p/{rest+}'], ['/p/{id}'], 'missing'],
    ['a greedy variable that is not the last', ['/{rest+}/p'], [], 'missing'],
    ['a segment that cannot be', ['/a~b'], [], 'missing'],
    ['what is there already', ['/p/{a}', '/p/{b}'], ['/p/{a}'], 'missing'],
  ])('%s', (_name, from, to, effect) => {
    const { paths, losses } = made({ paths: Object.fromEntries(from.map(path => [path, { get: OK }])) });
    expect(Object.keys(paths)).toEqual(to);
    expect(losses.map(loss => loss.split(' ')[0])).toContain(effect);
  });

  test('methods that the service lacks are told as missing', () => {
    const { paths, losses } = made({ paths: { '/a': { trace: OK, get: OK } } }, { cors: false });
    expect(Object.keys(paths['/a'] ?? {})).toEqual(['get']);
    expect(losses).toEqual(['missing apigateway-operation /paths/~1a/trace']);
  });
});

describe('parameters', () => {
  const parametersOf = (parameters: Json): readonly [Json, readonly string[]] => {
    const { paths, losses } = made({ paths: { '/p/{id}': { get: { parameters, ...OK } } } });
    return [paths['/p/{id}']?.['get']?.['parameters'] ?? null, losses];
  };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

  test('of the path are declared whatever the document says', () => {
    expect(parametersOf([])).toEqual([[id], []]);
  });

  test('are a name, and whether it is required', () => {
    const query = { name: 'q', in: 'query', required: true, schema: { type: 'integer' } };
    const [list, losses] = parametersOf([id, query]);
    expect(list).toEqual([id, { name: 'q', in: 'query', required: true, schema: { type: 'string' } }]);
    expect(losses).toEqual(['unvalidated apigateway-parameter /paths/~1p~1{id}/get/parameters/1']);
  });

  test.each([
    ['cookies', { name: 'c', in: 'cookie', required: true }, 'unvalidated'],
    ['names that no mapping can say', { name: 'a[b]', in: 'query' }, 'dropped'],
    ['names that are taken', { name: 'id', in: 'query' }, 'dropped'],
  ])('%s are left out and told', (_name, parameter, effect) => {
    const [list, losses] = parametersOf([id, { schema: { type: 'string' }, ...parameter }]);
    expect(list).toEqual([id]);
    expect(losses).toEqual([`${effect} apigateway-parameter /paths/~1p~1{id}/get/parameters/1`]);
  });
});

describe('bodies', () => {
  const bodyOf = (requestBody: Json): Record<string, Json | readonly string[]> => {
    const { paths, losses } = made({
      paths: { '/p': { post: { operationId: 'makePet', requestBody, ...OK } } },
    });
    const post = paths['/p']?.['post'] ?? {};
    const validator = post['x-amazon-apigateway-request-validator'] ?? null;
    return { body: post['requestBody'] ?? null, validator, losses };
  };

  test('in JSON are held against a model', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { type: 'string' } } };
    expect(bodyOf({ required: true, content: { 'application/json': { schema } } })).toEqual({
      body: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/makePetRequest' } } },
      },
      validator: 'all',
      losses: [],
    });
  });

  test('of other types are not, and that is told', () => {
    const content = { 'text/plain': { schema: { type: 'string', minLength: 9 } } };
    const { validator, losses } = bodyOf({ content });
    expect(validator).toBe('parameters');
    expect(losses).toEqual(['unvalidated apigateway-body /paths/~1p/post/requestBody']);
  });

  test('that need not be sent are not, where none is taken for {}', () => {
    const schema = { type: 'object', required: ['a'] };
    const { validator, losses } = bodyOf({ content: { 'application/json': { schema } } });
    expect(validator).toBe('parameters');
    expect(losses).toEqual(['unvalidated apigateway-body /paths/~1p/post/requestBody']);
  });
});

describe('the document as a whole', () => {
  test('has preflights and marks, and neither without them', () => {
    const paths = { '/p': { get: OK, put: OK } };
    const full = made({ paths });
    expect(JSON.stringify(full.paths['/p']?.['options'])).toContain("'GET,PUT,OPTIONS'");
    expect(JSON.stringify(full)).toContain('context.deploymentId');
    const bare = made({ paths }, { cors: false, attribution: false });
    expect(Object.keys(bare.paths['/p'] ?? {})).toEqual(['get', 'put']);
    expect(JSON.stringify(bare)).not.toMatch(/context\.|Access-Control/);
    expect(bare['x-amazon-apigateway-gateway-responses']).toEqual({});
  });

  test('answers no preflight where the document does', () => {
    const { paths } = made({
      paths: { '/p': { options: OK }, '/q': { 'x-amazon-apigateway-any-method': OK } },
    });
    expect(JSON.stringify(paths)).not.toContain('Access-Control-Allow-Methods');
  });

  test('refuses in the words that most operations have for that', () => {
    const refusal = (example: Json): Json => ({
      responses: {
        '200': { description: 'x' },
        '400': { description: 'x', content: { 'application/json': { example } } },
      },
    });
    const paths = {
      '/a': { get: refusal({ no: 1 }) },
      '/b': { get: refusal({ no: 2 }) },
      '/c': { get: refusal({ no: 2 }) },
    };
    const responses = made({ paths }, { cors: false, attribution: false })[
      'x-amazon-apigateway-gateway-responses'
    ];
    const expected = { statusCode: '400', responseTemplates: { 'application/json': '{"no":2}' } };
    expect(responses).toEqual({ BAD_REQUEST_BODY: expected, BAD_REQUEST_PARAMETERS: expected });
  });

  test('keeps an integration that the document has, unless everything is to be mocked', () => {
    const own = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com' };
    const paths = { '/p': { get: { ...OK, 'x-amazon-apigateway-integration': own } } };
    const of = ({ paths: all }: Made): Json =>
      all['/p']?.['get']?.['x-amazon-apigateway-integration'] ?? null;
    expect(of(made({ paths }))).toEqual(own);
    expect(of(made({ paths }, { mockAll: true }))).toMatchObject({ type: 'mock' });
  });

  test('carries over what means the same, and nothing else of the root', () => {
    const { openapi, ...rest } = made({
      'x-amazon-apigateway-minimum-compression-size': 10,
      'x-other': 1,
      servers: [{ url: 'https://example.com' }],
      paths: {},
    });
    expect(openapi).toBe('3.0.1');
    expect(rest).toHaveProperty('x-amazon-apigateway-minimum-compression-size', 10);
    expect(rest).not.toHaveProperty('x-other');
    expect(rest).not.toHaveProperty('servers');
  });

  test('tells of credentials that nothing asks for', () => {
    const { losses } = made({
      paths: { '/p': { get: { ...OK, security: [{ key: [] }] } } },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    });
    expect(losses).toEqual(['unvalidated apigateway-security /paths/~1p/get']);
  });
});

test('what an integration of the document answers is declared for it, its headers too', () => {
  const integration = {
    type: 'http',
    httpMethod: 'GET',
    uri: 'http://back.example/pets',
    responses: {
      default: {
        statusCode: '200',
        responseParameters: { 'method.response.header.Content-Type': "'text/html'" },
      },
      '404': { statusCode: 404 },
    },
  };
  const operation = { ...OK, 'x-amazon-apigateway-integration': integration };
  const { paths } = made({ paths: { '/pets': { get: operation } } }, { attribution: false, cors: false });
  expect(paths['/pets']?.['get']).toMatchObject({
    responses: {
      '200': { description: 'fine', headers: { 'Content-Type': { schema: { type: 'string' } } } },
      '404': { description: '404 response' },
    },
    'x-amazon-apigateway-integration': integration,
  });
});
