import { join } from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from './server.ts';

const HOSTILE = `
openapi: 3.1.1
info: { title: "Title \\"with\\" \\u2603 \\r\\n breaks", version: '1' }
paths:
  /deep:
    get:
      parameters:
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, additionalProperties: { type: string } } }
        - { name: id, in: query, schema: { type: integer } }
        - { name: __proto__, in: query, schema: { type: integer } }
        - { name: session, in: cookie, schema: { type: string, maxLength: 5 } }
      responses: { '200': { description: fine }, '400': { description: bad } }
  /json:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }
      responses: { '200': { description: fine } }
  /form:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data: { schema: { type: object, required: [a], properties: { a: { type: string } } } }
          application/x-www-form-urlencoded: { schema: { type: object, required: [a], properties: { a: { type: string } } } }
      responses: { '200': { description: fine } }
  /pattern:
    get:
      parameters: [{ name: p, in: query, schema: { type: string, pattern: '^(a+)+$' } }]
      responses: { '200': { description: fine } }
  /secret:
    get:
      security: [{ '__proto__': [] }, { basic: [] }]
      responses: { '200': { description: fine } }
components:
  securitySchemes:
    __proto__: { type: apiKey, in: header, name: constructor }
    basic: { type: http, scheme: basic }
  schemas:
    Tree:
      type: object
      additionalProperties: { $ref: '#/components/schemas/Tree' }
      properties: { n: { type: integer } }
`;

let server: FastifyInstance;
let boxOffice: FastifyInstance;
let contract: Contract;
beforeAll(async () => {
  const read = contractFromText(HOSTILE).contract;
  const [loaded] = await loadContracts(['specs/box-office.yaml'], { cwd: join(import.meta.dirname, '..') });
  if (read === undefined || loaded?.contract === undefined) throw new Error('not a contract');
  contract = loaded.contract;
  server = createMockServer([read]);
  boxOffice = createMockServer([contract]);
});

function post(url: string, type: string, payload: string | Buffer): Promise<LightMyRequestResponse> {
  return server.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
}

/** The status, and the kind of refusal if it is one. */
function outcome({ statusCode, headers }: LightMyRequestResponse): readonly unknown[] {
  return [statusCode, headers['x-rehearsal-refusal']];
}

const REFUSED = [400, 'invalid-request'];

describe('bodies', () => {
  test.each<[string, string | Buffer, string?]>([
    ['JSON that breaks off', '{"n": 1'],
    ['no JSON at all', 'n=1'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['another charset', '{"n":1}', 'application/json; charset=utf-16'],
    ['a list nested 100,000 times', '['.repeat(100_000)],
    ['an object nested 100,000 times', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a number without end', `{"n": 1${'0'.repeat(100_000)}.5}`],
    ['the wrong type under __proto__', '{"__proto__": 7}'],
    ['nothing but blanks', '   '],
  ])('%s', async (_title, payload, type = 'application/json') => {
    expect(outcome(await post('/json', type, payload))).toEqual(REFUSED);
  });

  test.each([
    ['keys from the prototype', '{"__proto__": {"n": 1}, "constructor": {}, "toString": {}}'],
    ['half a surrogate pair', '{"\\ud800": {}}'],
    ['a key twice', '{"n": 1, "n": 2}'],
    ['a byte order mark', '\ufeff{"n": 1}'],
  ])('%s: valid', async (_title, payload) => {
    expect(outcome(await post('/json', 'application/json', payload))).toEqual([200, undefined]);
  });

  test.each([
    ['no boundary', 'multipart/form-data', '--x\r\n\r\n'],
    ['a boundary that never comes', 'multipart/form-data; boundary=x', 'hello'],
    [
      'a part that breaks off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhel',
    ],
    ['a thousand parts too many', 'multipart/form-data; boundary=x', '--x\r\n\r\n\r\n'.repeat(3000)],
    ['broken percent-encoding', 'application/x-www-form-urlencoded', 'a=%E0%A4%A'],
    ['a form without the field', 'application/x-www-form-urlencoded', '__proto__=1&b=2'],
  ])('%s', async (_title, type, payload) => {
    expect(outcome(await post('/form', type, payload))).toEqual(REFUSED);
  });

  test('50 MB and no more', async () => {
    const over = Buffer.alloc(50 * 1024 * 1024 + 1, 0x20);
    expect(outcome(await post('/json', 'application/json', over))).toEqual([413, 'too-large']);
  });
});

describe('queries, headers and cookies', () => {
  test.each([
    ['10,000 parameters', `/deep?${'x=1&'.repeat(10_000)}`, [200, undefined]],
    ['10,000 of the same', `/deep?${'id=1&'.repeat(10_000)}`, [200, undefined]],
    [
      'a deepObject of 10,000 members',
      `/deep?${Array.from({ length: 10_000 }, (_, n) => `filter[a${n}]=1`).join('&')}`,
      [200, undefined],
    ],
    ['a deepObject within itself', `/deep?filter${'[a]'.repeat(10_000)}=1`, REFUSED],
    [
      'a deepObject with the prototype in it',
      '/deep?filter[__proto__]=x&filter[constructor][prototype]=x',
      REFUSED,
    ],
    ['__proto__ is a name like any other', '/deep?__proto__=x', REFUSED],
    ['broken percent-encoding', '/deep?id=%', REFUSED],
    ['NUL', '/deep?id=%00', REFUSED],
    ['line breaks', '/deep?id=%0d%0aset-cookie:a=1', REFUSED],
    ['only delimiters', '/deep?&&&===&&', [200, undefined]],
    ['a catastrophic pattern', `/pattern?p=${'a'.repeat(5000)}!`, REFUSED],
  ])('%s', async (_title, url, expected) => {
    const answer = await server.inject(url);
    expect(outcome(answer)).toEqual(expected);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  test('cookies', async () => {
    const cookie = `${'a=b; '.repeat(1000)}session=123456`;
    expect(outcome(await server.inject({ url: '/deep', headers: { cookie } }))).toEqual(REFUSED);
  });

  test('absurd wishes', async () => {
    for (const prefer of [
      'code=1e9',
      'code=200,'.repeat(400),
      `example=${'"'.repeat(4000)}`,
      ',;=,;='.repeat(600),
    ]) {
      expect((await server.inject({ url: '/deep', headers: { prefer } })).statusCode).toBeLessThan(500);
    }
    const accept = 'a/b;q=0.1,'.repeat(1500);
    expect((await server.inject({ url: '/deep', headers: { accept } })).statusCode).toBe(200);
  });

  test('a title with a line break in a challenge', async () => {
    const answer = await server.inject('/secret');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /^ApiKey realm="[\x20-\x7e]+", in="header", name="constructor", Basic realm="[\x20-\x7e]+"$/,
    );
  });

  test('headers that every object has are not there unless they were sent', async () => {
    const sent = await server.inject({ url: '/secret', headers: { constructor: 'key' } });
    expect(sent.statusCode).toBe(200);
  });
});

test('whatever is sent, the server refuses or answers and does not fail', async () => {
  const segment = fc.oneof(
    fc.constantFrom(...new Set(contract.operations.flatMap(({ path }) => path.split('/')))),
    fc.constantFrom('..', '.', '%2e%2e', '%00', '%', '%25', '{id}', '*', ':', '__proto__', 'a'.repeat(3000)),
    fc.webSegment(),
  );
  const name = fc.oneof(
    fc.constantFrom(
      ...new Set(contract.operations.flatMap(({ parameters }) => parameters.map(one => one.name))),
    ),
    fc.constantFrom('__proto__', 'constructor', 'a[b]', 'a[__proto__]', '%', ''),
    fc.webQueryParameters(),
  );
  const text = fc.oneof(
    fc.webQueryParameters(),
    fc.constantFrom('', '1', '-1', 'null', '%', 'a,b|c d', '[]', '{}', '%ff'),
  );
  const header = fc.string({ unit: fc.constantFrom(...'aZ09 ,;="/*+.-_:%(){}[]\\\t~\u00e9'), maxLength: 60 });
  const request = fc.record({
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'),
    path: fc.array(segment, { maxLength: 6 }),
    query: fc.array(fc.tuple(name, text), { maxLength: 6 }),
    headers: fc.dictionary(
      fc.constantFrom(
        'accept',
        'prefer',
        'content-type',
        'authorization',
        'cookie',
        'origin',
        'x-api-key',
        'if-none-match',
        'idempotency-key',
        'access-control-request-method',
      ),
      fc.oneof(
        header,
        fc.constantFrom(
          'application/json',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
          'Bearer t',
          'Basic YTpi',
          '*/*',
          'code=404',
        ),
      ),
    ),
    body: fc.option(
      fc.oneof(
        fc.uint8Array().map(bytes => Buffer.from(bytes)),
        fc.json().map(json => Buffer.from(json)),
      ),
      { nil: undefined },
    ),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, headers, body }) => {
      const answer = await boxOffice.inject({
        method: method as 'GET',
        url: `/v1/${path.join('/')}?${query.map(pair => pair.join('=')).join('&')}`,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      });
      expect(answer.headers['x-rehearsal-refusal']).not.toBe('mock-failed');
      expect(answer.statusCode).toBeGreaterThanOrEqual(200);
      if (answer.headers['content-type'] === 'application/json' && method !== 'HEAD') answer.json();
    }),
    { numRuns: 1000 },
  );
});
