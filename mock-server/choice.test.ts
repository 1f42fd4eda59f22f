import { describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { isValid } from '../contract/schema/validate.ts';
import { createMockServer } from './server.ts';

const ORDERS = `
openapi: 3.1.1
info: { title: Orders, version: '1' }
paths:
  /orders/{id}:
    get:
      parameters:
        - name: id
          in: path
          required: true
          schema: { type: integer }
          examples: { small: { value: 1 }, large: { value: 1000 } }
        - name: currency
          in: query
          schema: { type: string }
          examples: { large: { value: KRW } }
        - { name: status, in: query, schema: { type: string } }
      responses:
        '200':
          description: order
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              examples:
                small: { value: { id: 1, status: open, total: 5 } }
                large: { value: { id: 1000, status: paid, total: 5000 } }
            text/plain: { schema: { type: string }, example: an order }
        '404':
          description: none
          content: { application/json: { schema: { type: object }, examples: { large: { value: { missing: true } } } } }
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '204': { description: gone } }
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [item] }
            examples:
              one: { value: { item: a, tags: [x, y] } }
              two: { value: { item: b } }
              three: { value: { item: c } }
          application/xml:
            schema: { type: object, required: [item], xml: { name: order }, properties: { item: { type: string }, tags: { type: array, items: { type: string } } } }
            examples:
              one: { value: { item: a } }
              two: { value: '<order><item>q</item><tags>x</tags></order>' }
      responses:
        '201':
          description: made
          content:
            application/json:
              schema: { type: object }
              examples: { one: { value: { made: one } }, two: { value: { made: two } } }
    get:
      parameters: [{ name: filter, in: query, style: form, explode: true, schema: { type: object, additionalProperties: { type: integer } } }]
      responses: { '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } } } }
  /__own:
    get:
      parameters: [{ name: __code, in: query, required: true, schema: { type: string } }]
      responses: { '200': { description: fine, content: { text/plain: { example: fine } } }, '404': { description: none } }
components:
  schemas:
    Order:
      type: object
      required: [id, status, total]
      properties:
        id: { type: integer, maximum: 5000 }
        status: { enum: [open, paid] }
        total: { type: number, minimum: 0 }
        note: { type: string }
`;

const { contract } = contractFromText(ORDERS);
if (contract === undefined) throw new Error('no contract');
const order = contract.schemas.get('Order');
const server = createMockServer(contract);

describe('dynamic answers', () => {
  test('keep to the schema, the same bytes for the same seed, other ones for another', async () => {
    const bodies = new Set<string>();
    for (let seed = 0; seed < 20; seed += 1) {
      const ask = { url: '/orders/1', headers: { prefer: `dynamic=true, seed=${seed}` } };
      const [first, second] = [await server.inject(ask), await server.inject(ask)];
      expect(first.headers['preference-applied']).toBe(`dynamic=true, seed=${seed}`);
      expect(second.body).toBe(first.body);
      expect(order !== undefined && isValid(order, first.json(), 'response')).toBe(true);
      bodies.add(first.body);
    }
    expect(bodies.size).toBeGreaterThan(5);
  });

  test('without a seed: the one of seed 1', async () => {
    const [plain, one] = await Promise.all(
      ['dynamic=true', 'dynamic=true, seed=1'].map(prefer =>
        server.inject({ url: '/orders/1', headers: { prefer } }),
      ),
    );
    expect(plain?.body).toBe(one?.body);
    expect(plain?.headers['preference-applied']).toBe('dynamic=true');
  });

  test.each([
    ['an example by name is what was asked for', '/orders/1', 'dynamic=true, example=large', 'example=large'],
    [
      'no body, nothing dynamic',
      '/orders/1',
      'code=404, dynamic=true, seed=3',
      'code=404, dynamic=true, seed=3',
    ],
    ['a seed alone does nothing', '/orders/1', 'seed=3', undefined],
    ['dynamic=false is what there is anyway', '/orders/1', 'dynamic=false', 'dynamic=false'],
    ['nonsense', '/orders/1', 'dynamic=perhaps, seed=-1, delay=soon, code=wrong', undefined],
  ])('%s', async (_title, url, prefer, applied) => {
    const answer = await server.inject({ url, headers: { prefer } });
    expect(answer.headers['preference-applied']).toBe(applied);
    expect(answer.headers).not.toHaveProperty('x-rehearsal-refusal');
  });

  test('an answer without a body cannot be dynamic', async () => {
    const answer = await server.inject({
      method: 'DELETE',
      url: '/orders/1',
      headers: { prefer: 'dynamic=true' },
    });
    expect([answer.statusCode, answer.headers['preference-applied']]).toEqual([204, undefined]);
  });
});

describe('wishes in the query', () => {
  test.each([
    ['/orders/1?__code=404', 404, '{"missing":true}'],
    ['/orders/1?__example=large', 200, '{"id":1000,"status":"paid","total":5000}'],
    ['/orders?__dynamic=false&a=1', 200, undefined],
  ])('%s', async (url, status, body) => {
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(status);
    if (body !== undefined) expect(answer.body).toBe(body);
  });

  test('are no parameters of the operation, and other undeclared ones are', async () => {
    expect((await server.inject('/orders?__seed=x&a=1')).statusCode).toBe(200);
    expect((await server.inject('/orders?__other=x')).statusCode).toBe(400);
  });

  test('a parameter that the document declares is no wish', async () => {
    expect((await server.inject('/__own?__code=404')).body).toBe('fine');
  });

  test('the header goes before the query', async () => {
    const answer = await server.inject({ url: '/orders/1?__code=404', headers: { prefer: 'code=200' } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('a request that the document shows by name', () => {
  test.each([
    ['/orders/1', {}, 'small'],
    ['/orders/1000?currency=KRW', {}, 'large'],
    ['/orders/1000', {}, 'small'],
    ['/orders/1000?currency=USD', {}, 'small'],
    ['/orders/1000?currency=KRW', { prefer: 'example=small' }, 'small'],
  ])('%s %o is answered with %s', async (url, headers, name) => {
    const answer = await server.inject({ url, headers });
    expect(answer.json()).toMatchObject({ id: name === 'small' ? 1 : 1000 });
  });

  test('another status has its own example of the name, another media type has none', async () => {
    const url = '/orders/1000?currency=KRW';
    expect((await server.inject({ url, headers: { prefer: 'code=404' } })).json()).toEqual({ missing: true });
    expect((await server.inject({ url, headers: { accept: 'text/plain' } })).body).toBe('an order');
  });

  test.each([
    [{ item: 'a', tags: ['x', 'y'] }, 'one'],
    [{ tags: ['x', 'y'], item: 'a' }, 'one'],
    [{ item: 'b' }, 'two'],
    [{ item: 'c' }, 'one'],
    [{ item: 'd' }, 'one'],
  ])('body %o is answered with %s', async (payload, made) => {
    expect((await server.inject({ method: 'POST', url: '/orders', payload })).json()).toEqual({ made });
  });
});

test.each([
  ['<order><item>q</item><tags>x</tags></order>', 'two'],
  ['<?xml version="1.0"?>\n<order>\n  <tags>x</tags>\n  <item>q</item>\n</order>', 'two'],
  ['<order><item>q</item></order>', 'one'],
])('a body in XML is compared by what it says: %j', async (payload, made) => {
  const headers = { 'content-type': 'application/xml' };
  const answer = await server.inject({ method: 'POST', url: '/orders', headers, payload });
  expect(answer.json()).toEqual({ made });
});

describe('echo', () => {
  const echoing = createMockServer(contract, { echo: true });

  test.each([
    ['/orders/7', { id: 7, status: 'open', total: 5 }],
    ['/orders/7?status=paid', { id: 7, status: 'paid', total: 5 }],
    ['/orders/7?status=lost', { id: 7, status: 'open', total: 5 }],
    ['/orders/6000', { id: 1, status: 'open', total: 5 }],
  ])('%s', async (url, body) => {
    const answer = await echoing.inject(url);
    expect([answer.statusCode, answer.json()]).toEqual([200, body]);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
  });

  test('leaves the next answer alone, and dynamic ones have it too', async () => {
    await echoing.inject('/orders/7');
    expect((await echoing.inject('/orders/1')).json()).toMatchObject({ id: 1 });
    const dynamic = await echoing.inject({ url: '/orders/77', headers: { prefer: 'dynamic=true' } });
    expect(dynamic.json()).toMatchObject({ id: 77 });
  });
});

describe('validation softened', () => {
  test('warn: answered, and told in a header', async () => {
    const warning = createMockServer(contract, { validate: 'warn' });
    const answer = await warning.inject('/orders/x?__dynamic=false');
    expect([answer.statusCode, answer.json()]).toEqual([200, { id: 1, status: 'open', total: 5 }]);
    expect(answer.headers['x-rehearsal-warning']).toMatch(/^path parameter "id": must be an integer/);
    expect(answer.headers).not.toHaveProperty('x-rehearsal-refusal');
    expect((await warning.inject('/orders/1')).headers).not.toHaveProperty('x-rehearsal-warning');
  });

  test('off: answered, and nothing said', async () => {
    const off = createMockServer(contract, { validate: 'off' });
    const answer = await off.inject({
      method: 'POST',
      url: '/orders',
      payload: '{',
      headers: { 'content-type': 'image/png' },
    });
    expect([answer.statusCode, answer.json()]).toEqual([201, { made: 'one' }]);
    expect(answer.headers).not.toHaveProperty('x-rehearsal-warning');
    const paired = await off.inject({ method: 'POST', url: '/orders', payload: { item: 'b' } });
    expect(paired.json()).toEqual({ made: 'two' });
  });
});
