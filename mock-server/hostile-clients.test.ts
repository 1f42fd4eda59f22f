import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from './server.ts';

const ECHOING = `
openapi: 3.1.1
info: { title: T, version: '1' }
paths:
  /things/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: __proto__, in: query, schema: { type: string } }
        - { name: constructor, in: query, schema: { type: string } }
      responses:
        '200':
          description: thing
          headers: { X-Id: { schema: { type: string }, example: one } }
          content:
            application/json:
              schema: { type: object, properties: { id: { type: string } } }
              examples: { one: { value: { id: one, "__proto__": kept } } }
    post:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: done } }
`;

const { contract } = contractFromText(ECHOING);
if (contract === undefined) throw new Error('no contract');
const echoing = createMockServer(contract, { echo: true, validate: 'warn' });

describe('echoed values', () => {
  test.each([
    ['line breaks', '%0d%0aSet-Cookie:%20a=b', '\r\nSet-Cookie: a=b'],
    ['quotes and a script', '%22%3C%2Fscript%3E', '"</script>'],
    ['a lone surrogate, which no client can write', '%ED%A0%80', undefined],
    ['very much', 'x'.repeat(8000), 'x'.repeat(8000)],
  ])('%s', async (_what, written, value) => {
    const answer = await echoing.inject(`/things/${written}`);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    if (value === undefined) return expect(answer.statusCode).toBe(400);
    expect(answer.headers['x-id']).toBe('one');
    expect(answer.json()).toMatchObject({ id: value });
  });

  test('names that every object has', async () => {
    const answer = await echoing.inject('/things/a?__proto__=polluted&constructor=polluted');
    expect(answer.body).toBe('{"id":"a","__proto__":"polluted"}');
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(({} as { id?: unknown }).id).toBeUndefined();
  });

  test('warnings are header values whatever they quote', async () => {
    const answer = await echoing.inject({
      method: 'POST',
      url: '/things/a',
      headers: { 'content-type': 'application/json' },
      payload: Buffer.from('"\u2028\r\n\u00e9"'),
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['x-rehearsal-warning']).toMatch(/^body: [\x20-\x7e]+$/);
  });
});

test.each([
  `dynamic=true, seed=${'9'.repeat(400)}`,
  'delay=-1, delay=0x10, delay=Infinity',
  `example="${'\\'.repeat(4000)}`,
  '"=;",;=,dynamic==true',
  'code=0404, code=4e2, code= 404',
  'dynamic, dynamic=false, seed',
])('Prefer: %s', async prefer => {
  const answer = await echoing.inject({ url: '/things/a', headers: { prefer } });
  expect([200, 404]).toContain(answer.statusCode);
  expect(answer.headers['preference-applied'] ?? '').toMatch(/^[\x20-\x7e]*$/);
  expect(answer.headers['x-rehearsal-refusal']).not.toBe('mock-failed');
});

test.each(['__code=%ff&__example=%', '__seed&__dynamic&__delay', `__example=${'%00'.repeat(99)}`])(
  '?%s',
  async query => {
    const answer = await echoing.inject(`/things/a?${query}`);
    expect([200, 404]).toContain(answer.statusCode);
  },
);

describe('connections', () => {
  let server: FastifyInstance;
  let port: number;
  let sockets: Socket[] = [];
  beforeEach(async () => {
    server = createMockServer(contract);
    await server.listen({ port: 0 });
    ({ port } = server.server.address() as AddressInfo);
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets = [];
    await server.close();
  });
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const answers = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/things/a`)).status;

  test('1,000 that say nothing keep nobody else from being answered', async () => {
    await Promise.all(Array.from({ length: 1000 }, open));
    expect(await answers()).toBe(200);
  });

  test('a body that breaks off, and a head that does', async () => {
    const head = 'POST /things/a HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    for (const text of [
      `${head}Content-Length: 1000000\r\n\r\n{"a":`,
      `${head}Transfer-Encoding: chunked\r\n\r\nff\r\n{`,
      head,
    ]) {
      const socket = await open();
      const closed = once(socket, 'close');
      socket.write(text, () => socket.destroy());
      await closed;
      expect(await answers()).toBe(200);
    }
  });

  test('one that drips its request keeps nobody waiting, and is let go in the end', async () => {
    const accepted = once(server.server, 'connection') as Promise<[Socket]>;
    const socket = await open();
    const [accepting] = await accepted;
    for (const character of 'GET /things/a HT') {
      socket.write(character);
      expect(await answers()).toBe(200);
    }
    expect(server.server.requestTimeout).toBe(120_000);
    // Nobody waits two minutes here: this is what Node says when they have passed.
    const late = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    server.server.emit('clientError', late, accepting);
    let heard = '';
    for await (const chunk of socket) heard += String(chunk);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toMatch(/^x-rehearsal-refusal: too-slow\r$/m);
  });

  test('a hundred that leave while they wait', async () => {
    const waiting = await Promise.all(Array.from({ length: 100 }, open));
    let asked = 0;
    const all = new Promise<void>(resolve => {
      server.server.on('request', () => {
        asked += 1;
        if (asked === 100) setImmediate(resolve);
      });
    });
    for (const socket of waiting)
      socket.write('GET /things/a HTTP/1.1\r\nHost: x\r\nPrefer: delay=60000\r\n\r\n');
    await all;
    for (const socket of waiting) socket.destroy();
    expect(await answers()).toBe(200);
  });
});
