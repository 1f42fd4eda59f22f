import { request as httpRequest, STATUS_CODES } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from './server.ts';

const PETS = `
openapi: 3.1.1
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example/v1 }]
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
        - { name: tags, in: query, style: pipeDelimited, explode: false, schema: { type: array, maxItems: 2 } }
      responses:
        '200':
          description: pets
          headers: { X-Total: { schema: { type: integer }, example: 2 } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
              examples:
                some: { value: [{ id: 1, name: Rex }] }
                none: { value: [] }
            text/csv: { schema: { type: string }, example: "id,name\\n1,Rex\\n" }
        '404': { description: no, content: { application/json: { examples: { gone: { value: gone } } } } }
        default: { description: else, content: { application/problem+json: { example: { title: else } } } }
    post:
      security: [{ key: [] }, { token: [] }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201': { description: made }
        '422': { description: invalid, content: { application/json: { example: { error: invalid } } } }
        '401':
          description: who
          headers: { WWW-Authenticate: { schema: { type: string }, example: Bearer realm="ours" } }
          content: { application/json: { example: { error: who } } }
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: pet, content: { image/png: {} } } }
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      security: [{ key: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: done } }
  /cors:
    options:
      responses:
        '200': { description: ours, headers: { Access-Control-Allow-Origin: { schema: { type: string }, example: 'https://a.example' } } }
    get: { responses: { '204': { description: none } } }
  /ranges:
    get:
      parameters: [{ name: n, in: query, required: true, schema: { type: integer } }]
      responses:
        2XX: { description: fine, content: { text/plain: { example: fine } } }
        4XX: { description: bad, content: { text/plain: { example: bad } } }
  /broken:
    get:
      responses:
        '200': { description: fine, content: { application/json: { schema: { type: integer }, example: x } } }
  /headers:
    get:
      parameters: [{ name: constructor, in: header, required: true, schema: { type: string } }]
      responses:
        '200': { description: fine, headers: { Set-Cookie: { schema: { type: string }, example: a=1 }, set-cookie: { schema: { type: string }, example: b=2 } } }
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties: { id: { type: integer }, name: { type: string } }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
`;

function contractOf(text: string): Contract {
  const { contract } = contractFromText(text);
  if (contract === undefined) throw new Error('not a contract');
  return contract;
}

const PET = { id: 1, name: 'Rex' };
const KEY = { 'x-key': 'secret' };

const server = createMockServer([contractOf(PETS)]);

describe('answers', () => {
  test('the first example, with its headers', async () => {
    const answer = await server.inject('/v1/pets');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-total': '2',
      'access-control-allow-origin': '*',
    });
    expect(answer.headers).not.toHaveProperty('x-rehearsal-refusal');
    expect(answer.json()).toEqual([PET]);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const answer = await server.inject({ method: 'HEAD', url: '/v1/pets' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '23' });
    expect(answer.body).toBe('');
  });

  test.each([
    ['text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['*/*', 'application/json'],
    ['nonsense', 'application/json'],
  ])('Accept: %s gives %s', async (accept, type) => {
    expect((await server.inject({ url: '/v1/pets', headers: { accept } })).headers['content-type']).toBe(
      type,
    );
  });

  test('Accept that refuses all there is: 406 by the default response of the document', async () => {
    const answer = await server.inject({ url: '/v1/pets', headers: { accept: 'image/png' } });
    expect(answer.statusCode).toBe(406);
    expect(answer.headers).toMatchObject({
      'x-rehearsal-refusal': 'not-acceptable',
      'content-type': 'application/problem+json',
    });
    expect(answer.json()).toEqual({ title: 'else' });
  });

  test('a body of bytes', async () => {
    const answer = await server.inject('/v1/pets/7');
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.rawPayload.subarray(1, 4).toString()).toBe('PNG');
  });

  test('no body: 204 without length or type', async () => {
    const answer = await server.inject({ method: 'PUT', url: '/v1/pets/7', headers: KEY });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).not.toHaveProperty('content-length');
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('two headers of one name are both sent', async () => {
    const answer = await server.inject({ url: '/v1/headers', headers: { constructor: 'x' } });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });
});

describe('Prefer', () => {
  test.each([
    ['code=404', 404, '"gone"', 'code=404'],
    ['example=none', 200, '[]', 'example=none'],
    ['code=200, example=none', 200, '[]', 'code=200, example=none'],
    ['example=gone', 404, '"gone"', 'example=gone'],
    ['code=503', 503, '{"title":"else"}', 'code=503'],
    ['wait=10', 200, '[{"id":1,"name":"Rex"}]', undefined],
  ])('%s', async (prefer, status, body, applied) => {
    const answer = await server.inject({ url: '/v1/pets', headers: { prefer } });
    expect([answer.statusCode, answer.body, answer.headers['preference-applied']]).toEqual([
      status,
      body,
      applied,
    ]);
  });

  test('a status without a body, asked of a range', async () => {
    const answer = await server.inject({ url: '/v1/ranges?n=1', headers: { prefer: 'code=204' } });
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([204, '', undefined]);
    const other = await server.inject({ url: '/v1/pets', headers: { prefer: 'code=304' } });
    expect([other.statusCode, other.body, other.headers['content-type']]).toEqual([304, '', undefined]);
  });

  test.each([
    [
      '/v1/ranges?n=1',
      'code=500',
      'unknown-status',
      'GET /ranges declares no response for 500. It declares 2XX, 4XX.',
    ],
    [
      '/v1/pets',
      'example=other',
      'unknown-example',
      'GET /pets has no example "other" there. It has some, none, gone.',
    ],
    [
      '/v1/pets',
      'code=404, example=some',
      'unknown-example',
      'GET /pets has no example "some" there. It has gone.',
    ],
  ])('%s %s', async (url, prefer, refusal, detail) => {
    const answer = await server.inject({ url, headers: { prefer } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['x-rehearsal-refusal']).toBe(refusal);
    expect(answer.json()).toMatchObject({ status: 404, detail });
  });
});

describe('refusals', () => {
  test.each([
    ['limit=0', 'query parameter "limit": must be at least 1, is 0'],
    ['limit=x&tags=a|b|c', /^query parameter "limit": .* \(and 1 more\)$/],
  ])('a wrong parameter %s: the default response answers, the header tells why', async (query, reason) => {
    const answer = await server.inject(`/v1/pets?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['x-rehearsal-refusal']).toBe('invalid-request');
    expect(answer.headers['x-rehearsal-reason']).toEqual(
      typeof reason === 'string' ? reason : expect.stringMatching(reason),
    );
    expect(answer.json()).toEqual({ title: 'else' });
  });

  test('a range answers with the status of the refusal', async () => {
    const answer = await server.inject('/v1/ranges');
    expect([answer.statusCode, answer.body]).toEqual([400, 'bad']);
  });

  test('without a documented error: problem details with every violation', async () => {
    const answer = await server.inject({
      method: 'PUT',
      url: '/v1/pets/x',
      headers: KEY,
      payload: { id: 'a' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({
      type: 'urn:rehearsal:refusal:invalid-request',
      status: 400,
      violations: [
        { in: 'path', name: 'id', pointer: '', keyword: 'type' },
        { in: 'body', pointer: '', keyword: 'required' },
        { in: 'body', pointer: '/id', keyword: 'type' },
      ],
    });
  });

  test('credentials come before the content type, the content type before the rest', async () => {
    const send = async (headers: Record<string, string>): Promise<readonly unknown[]> => {
      const answer = await server.inject({ method: 'PUT', url: '/v1/pets/x', headers, payload: 'id=1' });
      return [answer.statusCode, answer.headers['x-rehearsal-refusal']];
    };
    expect(await send({ 'content-type': 'text/plain' })).toEqual([401, 'unauthenticated']);
    expect(await send({ ...KEY, 'content-type': 'text/plain' })).toEqual([415, 'unsupported-media-type']);
    expect(await send({ ...KEY, 'content-type': 'application/json' })).toEqual([400, 'invalid-request']);
  });

  test('401 carries a challenge: the document has the word, else its schemes are named', async () => {
    const own = await server.inject({ method: 'POST', url: '/v1/pets', payload: PET });
    expect([own.statusCode, own.headers['www-authenticate'], own.json()]).toEqual([
      401,
      'Bearer realm="ours"',
      { error: 'who' },
    ]);
    const ours = await server.inject({ method: 'PUT', url: '/v1/pets/1' });
    expect([ours.statusCode, ours.headers['www-authenticate']]).toEqual([
      401,
      'ApiKey realm="Pets", in="header", name="X-Key"',
    ]);
  });

  test('either of two schemes is enough', async () => {
    for (const headers of [KEY, { authorization: 'Bearer t' }]) {
      expect(
        (await server.inject({ method: 'POST', url: '/v1/pets', headers, payload: PET })).statusCode,
      ).toBe(201);
    }
  });

  test('422 where the document has that and no 400', async () => {
    const answer = await server.inject({ method: 'POST', url: '/v1/pets', headers: KEY, payload: { id: 1 } });
    expect([answer.statusCode, answer.json()]).toEqual([422, { error: 'invalid' }]);
  });

  test('a body in a content coding: 415, whatever is in it', async () => {
    const headers = { ...KEY, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await server.inject({ method: 'POST', url: '/v1/pets', headers, payload: 'x' });
    expect([answer.statusCode, answer.headers['accept-encoding']]).toEqual([415, 'identity']);
    expect(answer.headers['x-rehearsal-refusal']).toBe('unsupported-media-type');
    expect(answer.body + String(answer.headers['x-rehearsal-reason'])).toContain(
      'Content-Encoding: must be identity, is',
    );
  });

  test('a Content-Type that is none', async () => {
    const answer = await server.inject({
      method: 'PUT',
      url: '/v1/pets/1',
      headers: { ...KEY, 'content-type': 'nonsense' },
      payload: 'x',
    });
    expect([answer.statusCode, answer.headers['x-rehearsal-refusal']]).toEqual([
      415,
      'unsupported-media-type',
    ]);
  });

  test('unknown paths name the nearest, unknown methods what there is', async () => {
    const path = await server.inject('/pets');
    expect([path.statusCode, path.json().detail]).toEqual([
      404,
      'Nothing stands at /pets. Did you mean /v1/pets?',
    ]);
    const method = await server.inject({ method: 'DELETE', url: '/v1/pets' });
    expect([method.statusCode, method.headers['allow']]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
  });

  test('a body over the limit', async () => {
    const small = createMockServer([contractOf(PETS)], { bodyLimit: 10 });
    const answer = await small.inject({ method: 'POST', url: '/v1/pets', headers: KEY, payload: PET });
    expect([answer.statusCode, answer.headers['x-rehearsal-refusal']]).toEqual([413, 'too-large']);
  });

  test.each(['/v1/pets/%', '/v1/pets/%00', '/v1/%E0%A4%A', '/%'])('%s cannot be read', async url => {
    const answer = await server.inject(url);
    expect([answer.statusCode, answer.headers['x-rehearsal-refusal']]).toEqual([400, 'malformed-request']);
  });
});

describe('cross-origin requests', () => {
  const preflight = { origin: 'https://app.example', 'access-control-request-method': 'POST' };

  test('a preflight is granted what the path has', async () => {
    const headers = { ...preflight, 'access-control-request-headers': 'x-key, content-type' };
    const answer = await server.inject({ method: 'OPTIONS', url: '/v1/pets', headers });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, HEAD, OPTIONS',
      'access-control-allow-headers': 'x-key, content-type',
    });
  });

  test('a document that answers OPTIONS itself has the word', async () => {
    const answer = await server.inject({ method: 'OPTIONS', url: '/v1/cors', headers: preflight });
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([
      200,
      'https://a.example',
    ]);
  });

  test('OPTIONS without an origin tells what there is', async () => {
    const answer = await server.inject({ method: 'OPTIONS', url: '/v1/pets' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
  });

  test('can be switched off', async () => {
    const closed = createMockServer([contractOf(PETS)], { cors: false });
    expect((await closed.inject('/v1/pets')).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await closed.inject({ method: 'OPTIONS', url: '/v1/pets', headers: preflight });
    expect(answer.headers).not.toHaveProperty('access-control-allow-methods');
  });
});

test('problems are heard once, when their operation is first used', async () => {
  const heard: Problem[] = [];
  const listening = createMockServer([contractOf(PETS)], { onProblem: problem => heard.push(problem) });
  expect(heard).toEqual([]);
  await listening.inject('/v1/broken');
  await listening.inject('/v1/broken');
  expect(heard.map(({ rule }) => rule)).toEqual(['example-invalid']);
});

test('several contracts in one process, each under its base path', async () => {
  const other = contractOf(PETS.replace('/v1', '/v2').replace('name: Rex', 'name: Tom'));
  const both = createMockServer([contractOf(PETS), other]);
  expect((await both.inject('/v1/pets')).json()).toEqual([PET]);
  expect((await both.inject('/v2/pets')).json()).toEqual([{ id: 1, name: 'Tom' }]);
});

describe('on a real socket', () => {
  let listening: FastifyInstance;
  let port = 0;
  beforeAll(async () => {
    listening = createMockServer([contractOf(PETS)]);
    await listening.listen({ host: '127.0.0.1', port: 0 });
    port = (listening.server.address() as AddressInfo).port;
  });
  afterAll(() => listening.close());

  /** Sends bytes as they are and gives all that comes back. */
  function exchange(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text, 'latin1'));
      let received = '';
      socket.setEncoding('latin1');
      socket.on('data', chunk => (received += chunk));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });
  }

  test('answers and keeps the connection', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/pets`);
    expect([answer.status, await answer.json()]).toEqual([200, [PET]]);
  });

  test.each([
    ['a NUL in the request line', 'GET /v1/\0 HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed-request'],
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed-request'],
    ['a bad header', 'GET /v1/pets HTTP/1.1\r\nHost: a\r\nA\0: b\r\n\r\n', 400, 'malformed-request'],
    ['an unknown method', 'BREW /v1/pets HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed-request'],
    [
      'headers without end',
      `GET /v1/pets HTTP/1.1\r\nHost: a\r\nA: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a bad length',
      'POST /v1/pets HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
      400,
      'malformed-request',
    ],
    ['no Host', 'GET /v1/pets HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
  ])('%s', async (_title, text, status, refusal) => {
    const answer = await exchange(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} ${STATUS_CODES[status]}\r\n`));
    expect(answer).toContain(`x-rehearsal-refusal: ${refusal}\r\n`);
    expect(answer).toContain('application/problem+json');
    expect((await fetch(`http://127.0.0.1:${port}/v1/pets`)).status).toBe(200);
  });

  test('the absolute form of a target, and one that is no path', async () => {
    const head = (target: string, method = 'GET'): string =>
      `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
    expect(await exchange(head('http://a/v1/pets'))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await exchange(head('*', 'OPTIONS'))).toMatch(/^HTTP\/1\.1 (204|404) /);
  });

  test('HTTP/1.0 needs no Host, and an expectation that nobody knows is passed over', async () => {
    expect(await exchange('GET /v1/pets HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    expect(
      await exchange('GET /v1/pets HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('methods that few servers know', async () => {
    const status = (method: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const request = httpRequest({ port, method, path: '/v1/pets' }, answer => {
          answer.resume();
          resolve(answer.statusCode);
        });
        request.on('error', reject);
        request.end();
      });
    expect(await Promise.all(['PROPFIND', 'QUERY', 'TRACE', 'PURGE'].map(status))).toEqual([
      405, 405, 405, 405,
    ]);
  });

  test('a client that leaves in the middle of its body', async () => {
    await new Promise<void>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /v1/pets HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
        socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(`http://127.0.0.1:${port}/v1/pets`)).status).toBe(200);
  });
});
