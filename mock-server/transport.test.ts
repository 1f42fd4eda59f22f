import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { mockPlugin } from './plugin.ts';
import { logLine, type RequestEntry } from './request-log.ts';
import { createMockServer, replaceDocuments } from './server.ts';

const PETS = {
  openapi: '3.1.1',
  info: { title: 'Pets <b>', version: '1' },
  servers: [{ url: 'https://pets.example/v1' }],
  paths: {
    '/pets': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'pets',
            headers: { 'X-Total': { schema: { type: 'integer' }, example: 9007199254740993n } },
            content: { 'application/json': { example: ['Rex'] } },
          },
        },
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'made' } },
      },
    },
  },
};
const CARS = {
  swagger: '2.0',
  info: { title: 'Cars', version: '2' },
  host: 'cars.example',
  basePath: '/cars',
  paths: {
    '/all': {
      get: {
        produces: ['text/plain'],
        responses: { 200: { description: 'c', examples: { 'text/plain': 'cars' } } },
      },
    },
  },
};

describe('cross-origin', () => {
  const HERE = 'http://localhost:5173';
  const exact = createMockServer(PETS, { cors: [HERE] });

  test('any origin: readable, headers too', async () => {
    const answer = await createMockServer(PETS).inject({ url: '/v1/pets', headers: { origin: HERE } });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
    });
    expect(answer.headers).not.toHaveProperty('vary');
  });

  test('a named origin: itself, with credentials, and every header by its name', async () => {
    const answer = await exact.inject({ url: '/v1/pets', headers: { origin: HERE } });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': HERE,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'content-type, x-total',
      vary: 'Origin',
    });
  });

  test.each(['http://localhost:5174', 'http://localhost:5173.evil.example', 'null'])(
    'a stranger such as %s reads nothing and may send nothing',
    async origin => {
      const answer = await exact.inject({ url: '/v1/pets', headers: { origin } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers['vary']).toBe('Origin');
      const asked = { origin, 'access-control-request-method': 'POST' };
      const preflight = await exact.inject({ method: 'OPTIONS', url: '/v1/pets', headers: asked });
      expect(preflight.statusCode).toBe(204);
      expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
      expect(preflight.headers).not.toHaveProperty('access-control-allow-methods');
    },
  );

  test('a preflight of a named origin; refusals are readable as well', async () => {
    const asked = {
      origin: HERE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-a',
    };
    const preflight = await exact.inject({ method: 'OPTIONS', url: '/v1/pets', headers: asked });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': HERE,
      'access-control-allow-methods': 'GET, POST, HEAD, OPTIONS',
      'access-control-allow-headers': 'x-a',
      'access-control-allow-credentials': 'true',
    });
    const refused = await exact.inject({ url: '/v1/pets?limit=x', headers: { origin: HERE } });
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([400, HERE]);
  });

  test('none at all', async () => {
    const closed = createMockServer(PETS, { cors: false, bodyLimit: 10 });
    for (const ask of [
      { url: '/v1/pets', headers: { origin: HERE } },
      { method: 'POST' as const, url: '/v1/pets', headers: { origin: HERE }, payload: { long: 'enough' } },
    ]) {
      expect((await closed.inject(ask)).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});

describe('delay', () => {
  test('a closing server ends the waits it has been asked for, and the answers go out', async () => {
    const server = createMockServer(PETS);
    const url = await server.listen({ port: 0 });
    const waiting = fetch(`${url}/v1/pets`, { headers: { prefer: 'delay=60000' } });
    await new Promise<void>(resolve => {
      server.server.once('request', () => setImmediate(resolve));
    });
    await server.close();
    const answer = await waiting;
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, 'delay=60000']);
  });

  test('a client that leaves is not waited for', async () => {
    const entry = Promise.withResolvers<RequestEntry>();
    const server = createMockServer(PETS, { onRequest: entry.resolve });
    await server.listen({ port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /v1/pets HTTP/1.1\r\nHost: x\r\nPrefer: delay=60000\r\n\r\n');
    });
    server.server.once('request', () => setImmediate(() => socket.destroy()));
    expect(await entry.promise).toMatchObject({ path: '/v1/pets', aborted: true });
    await server.close();
  });

  test('delay=0 and a short one are answered', async () => {
    for (const delay of [0, 1]) {
      const answer = await createMockServer(PETS).inject({
        url: '/v1/pets',
        headers: { prefer: `delay=${delay}` },
      });
      expect([answer.statusCode, answer.headers['preference-applied']]).toEqual([200, `delay=${delay}`]);
    }
  });
});

describe('the log', () => {
  test('says how long a request took, waits included', async () => {
    const entry = Promise.withResolvers<RequestEntry>();
    const server = createMockServer(PETS, { onRequest: entry.resolve });
    await server.inject({ url: '/v1/pets', headers: { prefer: 'delay=50' } });
    // A timer may be a little early, and never much.
    expect((await entry.promise).milliseconds).toBeGreaterThan(40);
  });

  const linesOf = async (...asks: readonly (string | object)[]): Promise<readonly string[]> => {
    const lines: string[] = [];
    const server = createMockServer([PETS, CARS], {
      bodyLimit: 100,
      validate: 'on',
      onRequest: entry => lines.push(logLine(entry).replace(/\d+(\.\d)? ms/, 'N ms')),
    });
    for (const ask of asks) await server.inject(ask);
    return lines;
  };

  test('a line each, with the reason of a refusal and without the query', async () => {
    expect(
      await linesOf(
        '/v1/pets?key=secret',
        '/v1/pets?limit=x',
        '/pet',
        {
          method: 'POST',
          url: '/v1/pets',
          payload: 'x'.repeat(200),
          headers: { 'content-type': 'text/plain' },
        },
        { method: 'HEAD', url: '/cars/all' },
        '/v1/%00',
        '/v1/pets%',
      ),
    ).toEqual([
      'GET /v1/pets 200 N ms',
      'GET /v1/pets 400 N ms  invalid-request: query parameter "limit": must be an integer, is a string',
      'GET /pet 404 N ms  unknown-path: Nothing stands at /pet.',
      'POST /v1/pets 413 N ms  too-large: A body may have 100 bytes.',
      'HEAD /cars/all 200 N ms',
      expect.stringMatching(/^GET \/v1\/%00 400 N ms {2}malformed-request: /),
      expect.stringMatching(/^GET \/v1\/pets% 400 N ms {2}malformed-request: /),
    ]);
  });

  test('nothing in it ends the line or steers a terminal', () => {
    const entry = {
      method: 'GET',
      path: '/\u001b[31m\n\u2028',
      status: 200,
      milliseconds: 12.4,
      refusal: undefined,
    };
    expect(logLine({ ...entry, warning: 'w\r', aborted: false })).toBe('GET /?[31m?? 200 12 ms  warning: w?');
    expect(logLine({ ...entry, path: 'x'.repeat(9999), warning: undefined, aborted: true }).length).toBe(500);
  });
});

describe('documents', () => {
  test('contracts, what was read, and values; broken ones are refused', async () => {
    const read = contractFromText('openapi: 3.1.1\npaths: { /a: { get: { responses: { "204": {} } } } }\n');
    for (const given of [read, read.contract ?? {}]) {
      expect((await createMockServer(given).inject('/a')).statusCode).toBe(204);
    }
    expect(() => createMockServer([PETS, { nothing: 1 }])).toThrow('document 2');
  });

  test('replaced ones are answered for from the next request on', async () => {
    const server = createMockServer(PETS);
    expect((await server.inject('/v1/pets')).statusCode).toBe(200);
    replaceDocuments(server, CARS);
    expect((await server.inject('/v1/pets')).statusCode).toBe(404);
    expect((await server.inject('/cars/all')).body).toBe('cars');
    expect(() => replaceDocuments(server, {})).toThrow('document 1');
    expect((await server.inject('/cars/all')).body).toBe('cars');
  });
});

describe('pages of the documents', () => {
  test('one: the page, its parts, and the document with the mock as its server', async () => {
    const server = createMockServer(PETS, { docs: true });
    const page = await server.inject('/__docs/');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      expect(address).not.toMatch(/^(https?:)?\/\//);
      expect((await server.inject(new URL(address, 'http://x/__docs/').pathname)).statusCode).toBe(200);
    }
    const document = (await server.inject('/__docs/json')).json();
    expect(document).toMatchObject({ ...PETS, servers: [{ url: '/v1' }], paths: expect.anything() });
    expect((await server.inject('/__docs')).statusCode).toBe(200);
    expect((await server.inject('/v1/pets')).json()).toEqual(['Rex']);
  });

  test('several: a list of them, each with its own', async () => {
    const server = createMockServer([PETS, CARS], { docs: true });
    const list = (await server.inject('/__docs')).body;
    expect(list).toContain('<a href="/__docs/1/">Pets &#60;b&#62;</a>');
    expect((await server.inject('/__docs/2/')).statusCode).toBe(200);
    const cars = (await server.inject('/__docs/2/json')).json();
    expect(cars).toMatchObject({ swagger: '2.0', basePath: '/cars', info: { title: 'Cars' } });
    expect(cars).not.toHaveProperty('host');
  });

  test('nothing of it comes from elsewhere, and plain HTTP from another machine is enough', async () => {
    const server = createMockServer(PETS, { docs: true });
    const policy = (await server.inject('/__docs/')).headers['content-security-policy'];
    expect(policy).toMatch(/^default-src 'self';.*script-src 'self'/);
    expect(policy).not.toMatch(/upgrade|https:|validator/);
    const script = (await server.inject('/__docs/static/swagger-initializer.js')).body;
    expect(script).toContain('"validatorUrl":null');
  });

  test('shows what is served now', async () => {
    const server = createMockServer(PETS, { docs: true });
    expect((await server.inject('/__docs/json')).json().info.title).toBe('Pets <b>');
    replaceDocuments(server, CARS);
    expect((await server.inject('/__docs/json')).json().info.title).toBe('Cars');
    expect((await server.inject('/__docs/yaml')).body).toContain('title: Cars');
  });

  test('none unless asked for', async () => {
    expect((await createMockServer(PETS).inject('/__docs')).statusCode).toBe(404);
  });
});

describe("in a server of one's own", () => {
  test('answers below the prefix, and leaves the rest alone', async () => {
    const app = fastify();
    app.post('/own', request => ({ got: request.body }));
    await app.register(mockPlugin, { prefix: '/mock', documents: [PETS, CARS], docs: true });
    await app.register(mockPlugin, { prefix: '/strict', documents: CARS, cors: false });
    expect((await app.inject('/mock/v1/pets')).json()).toEqual(['Rex']);
    expect((await app.inject('/mock/v1/pets?limit=x')).headers['x-rehearsal-refusal']).toBe(
      'invalid-request',
    );
    expect((await app.inject('/mock')).headers['x-rehearsal-refusal']).toBe('unknown-path');
    expect((await app.inject({ method: 'HEAD', url: '/strict/cars/all' })).statusCode).toBe(200);
    expect((await app.inject('/strict/cars/all')).headers).not.toHaveProperty('access-control-allow-origin');
    expect((await app.inject('/mock/__docs/1/json')).json().servers).toMatchObject([{ url: '/mock/v1' }]);
    const own = await app.inject({ method: 'POST', url: '/own', payload: { a: 1 } });
    expect(own.json()).toEqual({ got: { a: 1 } });
    expect((await app.inject('/nothing')).headers).not.toHaveProperty('x-rehearsal-refusal');
    await app.close();
  });
});
