import { expect, test } from 'vitest';
import { isArray, isObject, type Json, type JsonObject, own } from '../contract/json/value.ts';
import { contractFromText } from '../contract/read.ts';
import { type Collection, collectionOf } from './collection.ts';

function collection(members: string): Collection {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: Pets, version: "1" }\nservers: [{ url: https://pets.example/v1 }]\n${members}`,
  );
  if (contract === undefined) throw new Error('no contract');
  return collectionOf(contract, { key: 'pets', depth: 'examples', madeBy: 'Made.' });
}

function items(node: Json | undefined): readonly JsonObject[] {
  if (!isArray(node)) return [];
  return node
    .filter(isObject)
    .flatMap(one => (own(one, 'request') === undefined ? items(own(one, 'item')) : [one]));
}

function requestOf(made: Collection, start: string): Json | undefined {
  const item = items(made.collection['item']).find(one => String(own(one, 'name')).startsWith(start));
  return own(item, 'request');
}

const SECURED = `
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    session: { type: apiKey, in: cookie, name: sid }
    staff: { type: http, scheme: basic }
security: [{ key: [] }]
paths:
  /a: { get: { responses: { "200": {} } } }
  /b: { get: { responses: { "200": {} } } }
  /open: { get: { security: [], responses: { "200": {} } } }
  /cookie: { get: { security: [{ session: [] }], responses: { "200": {} } } }
  /both: { get: { security: [{ staff: [], key: [] }], responses: { "200": {} } } }
`;

test('the most used scheme is the collection’s, and nothing else takes it along', () => {
  const made = collection(SECURED);
  expect(own(made.collection, 'auth')).toMatchObject({ type: 'apikey' });
  expect(own(requestOf(made, 'GET /a'), 'auth')).toBeUndefined();
  expect(own(requestOf(made, 'GET /open'), 'auth')).toEqual({ type: 'noauth' });
  expect(requestOf(made, 'GET /cookie')).toMatchObject({
    auth: { type: 'noauth' },
    header: [{ key: 'Cookie', value: 'sid={{session}}' }],
  });
  expect(requestOf(made, 'GET /both')).toMatchObject({
    auth: { type: 'basic' },
    header: [{ key: 'X-Key', value: '{{key}}' }],
  });
});

test('webhooks, and what Postman would replace or cannot hold, are left out by name', () => {
  const { losses } = collection(`
webhooks: { ping: { post: { responses: { "200": {} } } } }
paths:
  /a:
    post:
      requestBody: { required: true, content: { text/plain: { example: "Dear {{name}}" } } }
      responses: { "200": {} }
`);
  expect(losses.map(({ effectName, message }) => `${effectName}: ${message}`)).toEqual([
    'left out: The webhook "ping" is a request that the API sends, so there is no item for it.',
    expect.stringMatching(
      /^not sendable: POST \/a positive .*: it holds what Postman takes for a variable\.$/,
    ),
    expect.stringContaining('left out: POST /a: no request can be made'),
  ]);
});

test('ANY is every method that is not declared beside it', () => {
  const made = collection(`
paths:
  /a:
    get: { responses: { "200": {} } }
    x-amazon-apigateway-any-method: { responses: { "200": {} } }
`);
  const methods = items(made.collection['item']).map(item => own(own(item, 'request'), 'method'));
  expect(methods.toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
});

test('bodies stand in the mode that says them', () => {
  const made = collection(`
paths:
  /form: { post: { requestBody: { required: true, content: { application/x-www-form-urlencoded: { example: { a: "x y", b: "&" } } } }, responses: { "200": {} } } }
  /parts: { post: { requestBody: { required: true, content: { multipart/form-data: { example: { a: x, o: { n: 1 } } } } }, responses: { "200": {} } } }
`);
  expect(own(requestOf(made, 'POST /form'), 'body')).toEqual({
    mode: 'urlencoded',
    urlencoded: [
      { key: 'a', value: 'x y' },
      { key: 'b', value: '&' },
    ],
  });
  expect(own(requestOf(made, 'POST /parts'), 'body')).toMatchObject({
    mode: 'formdata',
    formdata: [
      { key: 'a', value: 'x' },
      { key: 'o', value: '{"n":1}', contentType: 'application/json' },
    ],
  });
});
