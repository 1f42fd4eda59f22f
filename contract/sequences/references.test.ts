import { expect, test } from 'vitest';
import { contractFromText } from '../read.ts';
import { sequencePlan } from './sequence-plan.ts';
import { withValue } from './values.ts';

const HOTEL = `openapi: 3.1.1
info: { title: Hotel, version: '1' }
paths:
  /rooms:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { number: { type: string }, favouriteBookingId: { type: string }, bookingId: { type: string } } } } } }
      responses: { '201': { description: Made } }
  /rooms/{roomId}: { get: { responses: { '200': { description: It } } } }
  /bookings:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [room_id], properties: { room_id: { type: string }, guestId: { type: string } } } } } }
      responses: { '201': { description: Made } }
  /bookings/{id}: { get: { responses: { '200': { description: It } } }, delete: { responses: { '204': { description: Gone } } } }
`;

const stepsOf = (id: string): readonly string[] => {
  const { contract } = contractFromText(HOTEL);
  if (contract === undefined) throw new Error('no contract');
  const sequence = [...sequencePlan(contract)].find(candidate => candidate.id === id);
  return (sequence?.steps ?? []).map(({ operation, inputs }) => {
    const slots = inputs.flatMap(({ into }) => (into.kind === 'body' ? [into.pointer] : []));
    return [operation.key, ...slots].join(' ');
  });
};

test('what a body refers to is made first, and its id put in', () => {
  expect(stepsOf('/bookings deleted')).toEqual([
    'POST /rooms',
    'POST /bookings /room_id',
    'POST /bookings /room_id',
    'GET /bookings/{id}',
    'DELETE /bookings/{id}',
    'GET /bookings/{id}',
    'GET /bookings/{id}',
    'DELETE /bookings/{id}',
  ]);
});

test('two things that refer to each other are made once each', () => {
  expect(stepsOf('/rooms created')).toEqual([
    'POST /bookings',
    'POST /rooms /bookingId',
    'GET /rooms/{roomId}',
  ]);
});

const SHOP = `openapi: 3.1.1
info: { title: Shop, version: '1' }
paths:
  /brands:
    get:
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: All, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { id: { type: integer } } } } } } } } } }
  /brands/{brandId}: { get: { responses: { '200': { description: It } } } }
  /articles:
    post:
      security: [{ key: [] }]
      requestBody: { content: { application/json: { schema: { type: object, required: [brand_id, price], properties: { brand_id: { type: integer, minimum: 1 }, price: { type: integer, maximum: 9 } } } } } }
      responses: { '201': { description: Made }, '422': { description: Wrong } }
  /articles/{id}: { get: { responses: { '200': { description: It } } }, delete: { responses: { '204': { description: Gone } } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;

test('what nobody can make is taken from its list', () => {
  const { contract } = contractFromText(SHOP);
  if (contract === undefined) throw new Error('no contract');
  const sequence = [...sequencePlan(contract)].find(({ id }) => id === '/articles created');
  const list = sequence?.steps.find(({ operation }) => operation.key === 'GET /brands');
  const make = sequence?.steps.find(({ operation }) => operation.key === 'POST /articles');
  expect(make?.inputs).toMatchObject([
    {
      into: { kind: 'body', pointer: '/brand_id' },
      from: [{ kind: 'response-body', step: list?.index, pointer: '/data/0/id' }],
    },
  ]);
});

test('what names others is asked with one thing wrong or at its boundary, but for the ids', () => {
  const { contract } = contractFromText(SHOP);
  if (contract === undefined) throw new Error('no contract');
  const sequence = [...sequencePlan(contract)].find(({ id }) => id === '/articles referring');
  const steps = (sequence?.steps ?? []).map(({ name, expectation }) => `${name}: ${expectation}`);
  expect(steps).toContain('create it: credentials missing: unauthenticated');
  expect(steps).toContainEqual(expect.stringMatching(/^create it: price .*: refused$/));
  expect(steps).toContain('create it: price is 9, the most allowed: accepted');
  expect(steps).toContain('create it after: price is 9, the most allowed: accepted');
  expect(steps.filter(name => name.includes('brand_id'))).toEqual([]);
});

const ORDERS = `openapi: 3.1.1
info: { title: Orders, version: '1' }
paths:
  /products: { post: { responses: { '201': { description: Made, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } } } } }
  /products/{productId}: { get: { responses: { '200': { description: It } } } }
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [lines], properties: { lines: { type: array, minItems: 1, maxItems: 1, items: { type: object, required: [product_id], properties: { product_id: { type: string }, count: { type: integer } } } }, giftIds: { type: array, items: { type: string } }, productIds: { type: array, uniqueItems: true, items: { type: string } }, by: { type: object, properties: { productId: { type: string } } } } } } } }
      responses: { '201': { description: Made } }
  /orders/{id}: { get: { responses: { '200': { description: It } } } }
`;

test('ids inside of objects and lists are those of what was made', () => {
  const { contract } = contractFromText(ORDERS);
  if (contract === undefined) throw new Error('no contract');
  const sequence = [...sequencePlan(contract)].find(({ id }) => id === '/orders created');
  const make = sequence?.steps.find(({ operation }) => operation.key === 'POST /orders');
  expect(make?.inputs.map(({ into }) => (into.kind === 'body' ? into.pointer : into.kind))).toEqual([
    '/lines/0/product_id',
    '/lines/1/product_id',
    '/productIds/0',
    '/by/productId',
  ]);
});

test('nothing is put into what is not there', () => {
  expect(withValue({ a: 1 }, '/lines/0/id', 7)).toEqual({ a: 1 });
  expect(withValue({ lines: [{}] }, '/lines/1/id', 7)).toEqual({ lines: [{}] });
  expect(withValue({ lines: [{}] }, '/lines/0/id', 7)).toEqual({ lines: [{ id: 7 }] });
  expect(withValue({ a: 1 }, '/id', 7)).toEqual({ a: 1, id: 7 });
});
