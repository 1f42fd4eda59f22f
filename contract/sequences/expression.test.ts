import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange.ts';
import type { Json } from '../json/value.ts';
import { casePlan } from '../plan/case-plan.ts';
import { contractFromText } from '../read.ts';
import { expressionSource, expressionsIn, stepsOf } from './expression.ts';
import { valueFrom } from './values.ts';

const { contract } = contractFromText(`openapi: 3.1.1
info: { title: T, version: "1" }
paths:
  /pets/{id}/toys:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: Made, content: { application/json: { schema: { type: object } } } } }
`);
const [operation] = contract?.operations ?? [];
const [planned] = operation === undefined ? [] : casePlan(operation);
if (planned === undefined) throw new Error('no case');
const bytes = (value: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const EXCHANGE: Exchange = {
  baseUrl: 'https://pets.example/v1',
  case: {
    ...planned,
    request: {
      method: 'POST',
      path: '/pets/a%20b/toys',
      query: 'kind=ball&kind=rope',
      headers: [['X-Trace', 't-1']],
      contentType: 'application/json',
      body: bytes({ name: 'Ball', tags: ['round'] }),
    },
  },
  response: {
    status: 201,
    headers: [
      ['Content-Type', 'application/json'],
      ['Location', '/v1/toys/9'],
    ],
    body: bytes({ toy: { id: 9, made: true, of: null } }),
    ms: 1,
  },
};

const read = (value: Json): Json | undefined => {
  const source = expressionSource(value, 0);
  return source === undefined ? 'not read' : valueFrom([source], () => EXCHANGE);
};

describe('an expression', () => {
  test.each<[Json, Json | undefined]>([
    ['plain', 'plain'],
    [7, 7],
    [null, null],
    ['$url', 'https://pets.example/v1/pets/a%20b/toys?kind=ball&kind=rope'],
    ['$method', 'POST'],
    ['$statusCode', 201],
    ['$response.body#/toy/id', 9],
    ['$response.body#/toy/none', undefined],
    ['$response.header.location', '/v1/toys/9'],
    ['$request.body#/tags/0', 'round'],
    ['$request.path.id', 'a b'],
    ['$request.query.kind', 'ball'],
    ['$request.header.x-trace', 't-1'],
    ['{$response.body#/toy/id}', 9],
    ['{$response.body#/toy/made}', true],
    ['toy-{$response.body#/toy/id}-of-{$request.path.id}', 'toy-9-of-a b'],
    ['{$method} {$url}', 'POST https://pets.example/v1/pets/a%20b/toys?kind=ball&kind=rope'],
    ['toy-{$response.body#/toy/none}', undefined],
    ['toy-{$response.body#/toy}', undefined],
    ['{not one}', '{not one}'],
    ['$response.query.x', 'not read'],
    ['$nothing', 'not read'],
    ['a {$nothing}', 'not read'],
  ])('%j', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  test('needs the steps that it reads', () => {
    const source = expressionSource('{$method}-{$statusCode}-x', 3);
    expect(source === undefined ? [] : stepsOf(source)).toEqual([3, 3]);
  });

  test('of an address that nobody knows has no value', () => {
    const { baseUrl: _baseUrl, ...unknown } = EXCHANGE;
    const source = expressionSource('$url', 0);
    expect(source === undefined ? source : valueFrom([source], () => unknown)).toBeUndefined();
  });
});

test('expressions in a body are found where they stand', () => {
  const body = { id: '$response.body#/toy/id', list: [1, 'x-{$method}'], 'a/b': { plain: 'text' } };
  expect(expressionsIn(body, 0)?.map(([pointer, { kind }]) => `${pointer} ${kind}`)).toEqual([
    '/id response-body',
    '/list/1 text',
  ]);
  expect(expressionsIn('$request.body', 0)?.map(([pointer, { kind }]) => [pointer, kind])).toEqual([
    ['', 'request-body'],
  ]);
  expect(expressionsIn({ id: '$nothing' }, 0)).toBeUndefined();
});
