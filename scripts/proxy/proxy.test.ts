import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, request as send } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type Between, type BetweenOptions, between, json } from './proxy.fixture.ts';

let open: Between[] = [];
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
});

async function start(...[answer, options]: Parameters<typeof between>): Promise<Between> {
  const started = await between(answer, options);
  open.push(started);
  return started;
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function post(url: string, value: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
}

describe('what passes through', () => {
  test('the request as it is, below the address of the server', async () => {
    const bodies: string[] = [];
    const { url, seen, summary } = await start(async (request, response) => {
      bodies.push(await bodyOf(request));
      json({ name: 'Rex' }, 201)(request, response as never);
    });
    const body = '{"name": "Rëx" }';
    const answer = await fetch(`${url}/pets?a=%2F&b`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-trace': 'é',
        connection: 'x-hop',
        'x-hop': '1',
      } as never,
      body,
    });
    expect([answer.status, await answer.json()]).toEqual([201, { name: 'Rex' }]);
    const [request] = seen;
    expect([request?.method, request?.url, bodies]).toEqual(['POST', '/api/pets?a=%2F&b', [body]]);
    expect(request?.headers).toMatchObject({ 'x-trace': 'é', via: '1.1 rehearsal' });
    expect(request?.headers['host']).not.toBe(new URL(url).host);
    expect(summary()).toMatchObject({ verdict: 'kept', cases: 1, failures: 0 });
  });

  test('hop-by-hop headers end here, those named by Connection too', async () => {
    const { url, seen } = await start((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        connection: 'x-own',
        'x-own': '1',
        'x-end': '2',
      });
      response.end('{"name":"Rex"}');
    });
    const { port } = new URL(url);
    const headers = {
      connection: 'x-hop',
      'x-hop': '1',
      te: 'trailers',
      'proxy-authorization': 'Basic eDp5',
      'x-end': '1',
    };
    const [answer] = (await once(send({ port, path: '/v1/pets/7', headers }).end(), 'response')) as [
      IncomingMessage,
    ];
    answer.resume();
    expect(answer.headers['x-end']).toBe('2');
    expect(answer.headers).not.toHaveProperty('x-own');
    expect(seen[0]?.headers['x-end']).toBe('1');
    for (const name of ['x-hop', 'te', 'proxy-authorization'])
      expect(seen[0]?.headers).not.toHaveProperty(name);
  });

  test('the answer as it is: coded, repeated headers, without a date of ours', async () => {
    const coded = gzipSync('{"name":"Rex"}');
    const { url, summary } = await start((_request, response) => {
      response.sendDate = false;
      response.writeHead(200, 'Fine', [
        'Content-Type',
        'application/json',
        'Content-Encoding',
        'gzip',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
      ]);
      response.end(coded);
    });
    const [answer] = (await once(send(`${url}/pets/7`).end(), 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(coded);
    expect(answer.statusMessage).toBe('Fine');
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(answer.headers).not.toHaveProperty('date');
    expect(summary().verdict).toBe('kept');
  });

  test.each([
    ['/api/pets/7', '/v1/pets/7'],
    ['SERVER/api/pets/7?a=b', 'OWN/v1/pets/7?a=b'],
    ['SERVER/login', 'OWN/login'],
    ['https://elsewhere.example/api/pets', 'https://elsewhere.example/api/pets'],
    ['pets/8', 'pets/8'],
    ['//elsewhere.example/x', '//elsewhere.example/x'],
  ])('Location: %s comes as %s', async (location, expected) => {
    const { url } = await start((request, response) => {
      response
        .writeHead(204, { location: location.replace('SERVER', `http://${request.headers.host}`) })
        .end();
    });
    const answer = await fetch(`${url}/pets/7`, { method: 'DELETE', headers: { 'x-key': 'k' } });
    expect(answer.headers.get('location')).toBe(expected.replace('OWN', new URL(url).origin));
  });

  test('a path outside of the base path keeps it', async () => {
    const { url, seen } = await start(json('well'));
    await fetch(`${new URL(url).origin}/health`);
    expect(seen[0]?.url).toBe('/health');
  });

  test('HEAD, and answers without a body', async () => {
    const { url, summary, told } = await start((request, response) => {
      if (request.method === 'HEAD')
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '14' }).end();
      else response.writeHead(204).end();
    });
    const head = await fetch(`${url}/pets/7`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '14']);
    expect((await fetch(`${url}/pets/7`, { method: 'DELETE', headers: { 'x-key': 'k' } })).status).toBe(204);
    expect([summary().verdict, told()]).toEqual(['kept', '']);
  });

  test('an event stream, event by event', async () => {
    let more = (): void => {};
    const { url } = await start(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: 1\n\n');
        more = () => response.end('data: 2\n\n');
      },
      { refuses: 'all' },
    );
    const reader = (await fetch(`${url}/events`)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    more();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 2\n\n');
  });

  test('a connection that changes to another protocol, or is refused it', async () => {
    const { url, tally } = await start(json({}), {
      headers: [['X-Key', 'ours']],
      onUpgrade: (request, socket) => {
        if (request.headers['x-key'] !== 'ours') return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        if (request.url !== '/api/chat?a=b') return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: shout\r\nConnection: Upgrade\r\n\r\nhello ',
        );
        socket.on('data', data => socket.write(String(data).toUpperCase()));
      },
    });
    const headers = { connection: 'upgrade', upgrade: 'shout', 'x-key': 'theirs' };
    const [answer, socket, head] = (await once(send(`${url}/chat?a=b`, { headers }).end(), 'upgrade')) as [
      IncomingMessage,
      Duplex,
      Buffer,
    ];
    socket.write('you');
    let heard = head.toString();
    while (!heard.endsWith('YOU')) heard += String((await once(socket, 'data'))[0]);
    expect([answer.headers['upgrade'], heard]).toEqual(['shout', 'hello YOU']);
    socket.destroy();
    const [refused] = (await once(send(`${url}/other`, { headers }).end(), 'response')) as [IncomingMessage];
    expect(refused.statusCode).toBe(403);
    expect(tally.counts().unchecked).toBe(2);
  });

  test('bodies beyond the limit, unchecked, and it is said', async () => {
    const { url, told, summary, tally } = await start(
      async (request, response) => {
        const { length } = await bodyOf(request);
        json({ name: 'x'.repeat(length) }, 201)(request, response as never);
      },
      { limit: 1000 },
    );
    const answer = await post(`${url}/pets`, { name: 'y'.repeat(50_000), more: 7 });
    expect([answer.status, (await answer.text()).length]).toEqual([201, 50_031]);
    expect(told()).toMatch(/POST \/pets {2}not checked: an answer of more than/);
    expect(tally.counts().unchecked).toBe(1);
    expect(summary()).toMatchObject({ verdict: 'inconclusive', cases: 0 });
  });

  test("the server's own credentials in the place of the client's", async () => {
    const { url, seen } = await start(json({ name: 'Rex' }), { headers: [['X-Key', 'ours']] });
    await fetch(`${url}/pets/7`, { headers: { 'x-key': 'theirs' } });
    expect(seen[0]?.headers['x-key']).toBe('ours');
  });
});

describe('what breaks the document', () => {
  test('an answer: told once with its place and a curl line, and passed on', async () => {
    const { url, told, summary, events } = await start(json({ name: 7 }));
    for (let time = 0; time < 3; time += 1) {
      expect(await (await fetch(`${url}/pets/7`)).json()).toEqual({ name: 7 });
    }
    expect(told().match(/response-body/g)).toHaveLength(1);
    expect(told()).toMatch(/^✗ GET \/pets\/\{id\} {2}response-body {2}/);
    expect(told()).toMatch(
      / {4}Received .* at \/name\n {4}Documented .*string.*\n.*pets\.yaml:\d+:\d+.*\n {4}curl -gi .*\/api\/pets\/7\n/,
    );
    expect(summary()).toMatchObject({ verdict: 'broken', cases: 3, failures: 3 });
    expect(events.map(({ kind }) => kind)).toEqual([
      'run-started',
      ...Array(3).fill('case-finished'),
      'run-finished',
    ]);
  });

  test('many forms of one break are not all told', async () => {
    let name = 0;
    const { url, told, summary } = await start((request, response) => {
      name += 1;
      json({ name })(request, response as never);
    });
    for (let time = 0; time < 10; time += 1) await (await fetch(`${url}/pets/7`)).text();
    expect(told().match(/response-body/g)?.length).toBeLessThanOrEqual(3);
    expect(summary().failures).toBe(10);
  });

  test('an undocumented status, and an answer that breaks off', async () => {
    const { url, told, summary } = await start((request, response) => {
      if (request.url === '/api/pets/1') return void response.writeHead(418).end();
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"name":', () => response.destroy());
    });
    expect((await fetch(`${url}/pets/1`)).status).toBe(418);
    await expect(fetch(`${url}/pets/2`).then(answer => answer.text())).rejects.toThrow();
    expect(told()).toMatch(/undocumented-status[\s\S]*framing/);
    expect(summary().verdict).toBe('broken');
  });

  test('a request: told as such, and no failure of a server that refuses it', async () => {
    const { url, told, summary, tally } = await start(json({}, 422));
    await post(`${url}/pets`, { name: 7 });
    await post(`${url}/pets`, { name: 8 });
    expect(told().match(/invalid request/g)).toHaveLength(1);
    expect(told()).toMatch(
      /^\? POST \/pets {2}invalid request {2}body at \/name: .*\n {4}.*pets\.yaml:\d+:\d+/,
    );
    expect(tally.asides()).toBe('2 invalid requests');
    expect(summary()).toMatchObject({ verdict: 'kept', failures: 0 });
  });

  test('one that the server takes all the same is its failure, and so is taking nobody for somebody', async () => {
    const { url, told } = await start((request, response) => {
      if (request.method === 'DELETE') response.writeHead(204).end();
      else json({ name: 'Rex' }, 201)(request, response as never);
    });
    await post(`${url}/pets`, { name: 7 });
    await fetch(`${url}/pets/7`, { method: 'DELETE' });
    expect(told()).toContain('invalid-accepted');
    expect(told()).toContain('auth-not-enforced');
  });

  test('a refusal that the document names is the right of the server', async () => {
    const { url, summary } = await start(json({}, 422));
    await post(`${url}/pets`, { name: 'taken already' });
    expect(summary().verdict).toBe('kept');
  });

  test('undocumented requests are passed on and counted, preflights are not', async () => {
    const { url, told, tally, seen } = await start(json({}));
    await fetch(`${url}/nothing`);
    await fetch(`${url}/nothing`);
    await fetch(`${url}/pets/7`, { method: 'PUT' });
    await fetch(`${url}/pets/7`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' },
    });
    expect(
      told()
        .split('\n')
        .filter(line => line !== ''),
    ).toEqual([
      '? GET /v1/nothing  undocumented request: no document has the path',
      expect.stringMatching(/^\? PUT \/v1\/pets\/7 {2}undocumented request: \/v1\/pets\/\{id\} has GET/),
    ]);
    expect(tally.asides()).toBe('3 undocumented requests');
    expect(seen).toHaveLength(4);
  });
});

describe('--proxy-errors', () => {
  const wrong = json({ name: 7 });

  test.each<[BetweenOptions['refuses'], number, number]>([
    ['requests', 400, 200],
    ['responses', 200, 502],
    ['all', 400, 502],
  ])('%s', async (refuses, forRequest, forResponse) => {
    const { url, seen } = await start(
      (request, response) => {
        const isRight = request.url?.startsWith('/api/pets/x') === true;
        (isRight ? json({ name: 'Rex' }) : wrong)(request, response as never);
      },
      refuses === undefined ? {} : { refuses },
    );
    expect((await fetch(`${url}/pets/x`)).status).toBe(forRequest);
    expect(seen).toHaveLength(forRequest === 200 ? 1 : 0);
    expect((await fetch(`${url}/pets/7`)).status).toBe(forResponse);
  });

  test('says what was wrong in the body, and no list in any header', async () => {
    const { url, tally, summary } = await start(wrong, { refuses: 'responses' });
    const answer = await fetch(`${url}/pets/7`, { headers: { origin: 'http://localhost:5173' } });
    expect(answer.headers.get('x-rehearsal-refusal')).toBe('broken-answer');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({
      status: 502,
      failures: [{ check: 'response-body', pointer: '/name' }],
    });
    for (const [, value] of answer.headers) expect(value.length).toBeLessThan(500);
    expect(tally.asides()).toBe('1 not passed on');
    expect(summary().verdict).toBe('broken');
  });

  test('an answer that breaks off is no answer', async () => {
    const { url } = await start(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{', () => response.destroy());
      },
      { refuses: 'responses' },
    );
    expect((await fetch(`${url}/pets/7`)).status).toBe(502);
  });

  test('a right answer beyond the limit arrives whole', async () => {
    const { url } = await start(json({ name: 'x'.repeat(500_000) }), { refuses: 'responses', limit: 1000 });
    expect((await (await fetch(`${url}/pets/7`)).text()).length).toBe(500_011);
  });
});

describe('the mock in the place of the server', () => {
  const NOWHERE = 'http://127.0.0.1:1/api';

  test.each<[string, number, string, number, string | null]>([
    ['501', 501, '/pets/7', 200, 'unimplemented'],
    ['an undocumented 404', 404, '/pets/7', 200, 'unimplemented'],
    ['an undocumented 405', 405, '/pets/7', 200, 'unimplemented'],
    ['500 is a fault and no gap', 500, '/pets/7', 500, null],
  ])('unimplemented: %s', async (_what, status, path, expected, fallback) => {
    const { url, summary } = await start(json({}, status), { fallback: ['unimplemented'] });
    const answer = await fetch(url + path);
    expect([answer.status, answer.headers.get('x-rehearsal-fallback')]).toEqual([expected, fallback]);
    if (fallback === null) return;
    expect(await answer.json()).toEqual({ name: 'Mock' });
    expect(summary()).toMatchObject({ cases: 0, failures: 0 });
  });

  test('a documented 404 is an answer', async () => {
    const { url } = await start(json({}, 404), { fallback: ['unimplemented'] });
    const answer = await post(`${url}/pets`, { name: 'Rex' });
    expect([answer.status, answer.headers.get('x-rehearsal-fallback')]).toEqual([404, null]);
  });

  test('undocumented: the server is not asked', async () => {
    const { url, seen, tally } = await start(json({}), { fallback: ['undocumented'] });
    const answer = await fetch(`${url}/pet/7`);
    expect([answer.status, answer.headers.get('x-rehearsal-refusal')]).toEqual([404, 'unknown-path']);
    expect(answer.headers.get('x-rehearsal-fallback')).toBe('undocumented');
    expect(seen).toHaveLength(0);
    expect(tally.asides()).toBe('1 undocumented request; 1 answered by the mock');
  });

  test('unreachable: with all that the mock can do', async () => {
    const { url, told } = await start(json({}), { url: NOWHERE, fallback: ['unreachable'] });
    expect(await (await fetch(`${url}/pets/7`)).json()).toEqual({ name: 'Mock' });
    expect((await fetch(`${url}/pets/x`)).status).toBe(400);
    expect((await post(`${url}/pets`, { name: 'Rex' })).status).toBe(201);
    expect(told()).not.toContain('ECONNREFUSED');
  });

  test('without it: 502, told once, and no verdict', async () => {
    const { url, told, summary } = await start(json({}), { url: NOWHERE });
    for (let time = 0; time < 2; time += 1) {
      const answer = await fetch(`${url}/pets/7`);
      expect([answer.status, answer.headers.get('x-rehearsal-refusal')]).toEqual([502, 'server-unreachable']);
      expect(await answer.text()).toContain('127.0.0.1:1');
    }
    expect(told().match(/does not answer/g)).toHaveLength(1);
    expect(summary()).toMatchObject({ verdict: 'inconclusive', unanswered: 2 });
  });

  test('the documents that are served now', async () => {
    const { url, proxy } = await start(json({}, 501), { fallback: ['unimplemented'] });
    proxy.replace([]);
    expect((await fetch(`${url}/pets/7`)).status).toBe(501);
  });
});

describe('hostile sides', () => {
  test('a server that says nothing: 504', async () => {
    const { url } = await start(() => {}, { timeoutMs: 50 });
    const answer = await fetch(`${url}/pets/7`);
    expect([answer.status, answer.headers.get('x-rehearsal-refusal')]).toEqual([504, 'server-too-slow']);
  });

  test('one that speaks no HTTP: 502', async () => {
    const babbler = createTcpServer(socket => socket.end('SSH-2.0-nothing\r\n'));
    babbler.listen(0, '127.0.0.1');
    await once(babbler, 'listening');
    const { port } = babbler.address() as AddressInfo;
    const { url } = await start(json({}), { url: `http://127.0.0.1:${port}` });
    expect((await fetch(`${url}/pets/7`)).status).toBe(502);
    babbler.close();
  });

  test('a client that leaves ends the request to the server, and the next is answered', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const asked = new Promise<void>(resolve => {
      void start((request, response) => {
        if (request.url === '/api/pets/2') return json({ name: 'Rex' })(request, response as never);
        closed = once(response, 'close');
        resolve();
      }).then(({ url }) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        socket.write('GET /v1/pets/1 HTTP/1.1\r\nHost: x\r\n\r\n');
        void asked.then(() => socket.destroy());
      });
    });
    await asked;
    await closed;
    expect((await fetch(`${open[0]?.url}/pets/2`)).status).toBe(200);
  });

  test('a client that sends half a body', async () => {
    const { url, seen } = await start(json({ name: 'Rex' }));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const gone = once(socket, 'close');
    socket.write('POST /v1/pets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{', () => socket.destroy());
    await gone;
    expect((await fetch(`${url}/pets/2`)).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test.each<[string, RequestListener, number]>([
    ['does not answer in time', () => {}, 504],
    ['drops the connection', request => void request.socket.resetAndDestroy(), 502],
  ])('a POST over a kept connection that the server %s is not sent again', async (_what, fault, status) => {
    const { url, seen } = await start(
      (request, response) =>
        (request.method === 'POST' ? fault : json({ name: 'Rex' }))(request, response as never),
      { timeoutMs: 500 },
    );
    await (await fetch(`${url}/pets/7`)).text();
    expect((await post(`${url}/pets`, { name: 'Rex' })).status).toBe(status);
    await (await fetch(`${url}/pets/7`)).text();
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  test('a GET over a kept connection that the server drops is', async () => {
    let times = 0;
    const { url } = await start((request, response) => {
      times += 1;
      if (times === 2) request.socket.resetAndDestroy();
      else json({ name: 'Rex' })(request, response as never);
    });
    for (let time = 0; time < 2; time += 1) {
      const answer = await fetch(`${url}/pets/7`);
      expect([answer.status, await answer.json()]).toEqual([200, { name: 'Rex' }]);
    }
    expect(times).toBe(3);
  });

  test('an answer that is reset half-way is not asked for again', async () => {
    let times = 0;
    const { url, told } = await start((request, response) => {
      times += 1;
      if (times === 1) return json({ name: 'Rex' })(request, response as never);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"name":', () => request.socket.resetAndDestroy());
    });
    await (await fetch(`${url}/pets/7`)).text();
    await (await fetch(`${url}/pets/7`)).text().catch(() => undefined);
    expect(told()).toContain('8 of 100 bytes');
    expect(times).toBe(2);
  });

  test('control characters from either side do not reach the terminal', async () => {
    const { url, told } = await start(json({ name: ['\u001b[2J'] }));
    await (await fetch(`${url}/pets/7`)).text();
    await (await fetch(`${url}/pets/%1b%5b2J`)).text();
    expect(told()).toContain('response-body');
    expect(told().replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f]/);
  });
});
