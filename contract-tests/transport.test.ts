import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { GET, listen, open } from './loopback.fixture.ts';
import { createTransport, type Sent, type Transport, type TransportOptions } from './transport.ts';

const PETS: CaseRequest = { ...GET, path: '/pets' };

function transport(options?: TransportOptions): Transport {
  const made = createTransport(options);
  open.push(made);
  return made;
}

const http = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));

/** A server that answers each request with the same bytes, whatever HTTP thinks of them. */
const raw = (answer: (socket: Socket) => void): Promise<string> =>
  listen(
    createSocketServer(socket => {
      open.push({ close: () => socket.destroy() });
      socket.on('error', () => {});
      socket.on('data', () => answer(socket));
    }),
  );

function answered(sent: Sent): Extract<Sent, { kind: 'answered' }>['response'] {
  if (sent.kind === 'unanswered') throw new Error(sent.trouble.message);
  return sent.response;
}

function trouble(sent: Sent): string {
  return sent.kind === 'unanswered' ? sent.trouble.kind : `status ${sent.response.status}`;
}

describe('what is sent', () => {
  test('path, query and header lines as they are given', async () => {
    let seen: unknown;
    const url = await http((request, response) => {
      seen = [request.method, request.url, request.rawHeaders];
      response.end();
    });
    await transport().send(`${url}/v1/`, {
      ...PETS,
      path: '/pets/%2e%2E/a%2Fb',
      query: 'q=[1]&q=%20',
      headers: [
        ['X-Trace', 'A'],
        ['x-trace', 'b'],
      ],
    });
    expect(seen).toEqual([
      'GET',
      '/v1/pets/%2e%2E/a%2Fb?q=[1]&q=%20',
      [
        'Host',
        new URL(url).host,
        'Connection',
        'keep-alive',
        'X-Trace',
        'A',
        'x-trace',
        'b',
        'Accept',
        '*/*',
      ],
    ]);
  });

  test('bodies with their length, on GET too', async () => {
    const bodies: string[] = [];
    const url = await http((request, response) => {
      request.on('data', (chunk: Buffer) =>
        bodies.push(`${request.method} ${request.headers['content-length']} ${chunk}`),
      );
      request.on('end', () => response.end());
    });
    const body = new TextEncoder().encode('{"é":1}');
    const sender = transport();
    await sender.send(url, { ...PETS, body, contentType: 'application/json' });
    await sender.send(url, { ...PETS, method: 'DELETE', body, contentType: 'application/json' });
    expect(bodies).toEqual(['GET 8 {"é":1}', 'DELETE 8 {"é":1}']);
  });

  test('one connection for one request after another', async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => response.end('x')).on(
      'connection',
      () => (connections += 1),
    );
    const url = await listen(server);
    const sender = transport();
    for (let count = 0; count < 5; count += 1) await sender.send(url, PETS);
    expect(connections).toBe(1);
  });
});

test('a Host that is given stands in the place of the address', async () => {
  let seen: readonly string[] = [];
  const url = await http((request, response) => {
    seen = request.rawHeaders;
    response.end();
  });
  await transport().send(url, { ...PETS, headers: [['HOST', 'api.example.com']] });
  expect(seen.slice(0, 2)).toEqual(['Host', 'api.example.com']);
  expect(seen.filter(name => name.toLowerCase() === 'host')).toHaveLength(1);
});

describe('what comes back', () => {
  test('header lines with their case, also doubled', async () => {
    const url = await http((_request, response) => {
      response.writeHead(202, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Odd-Case', 'v']);
      response.end('body');
    });
    const { status, headers, body } = answered(await transport().send(url, PETS));
    expect(status).toBe(202);
    expect(headers.slice(0, 3)).toEqual([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Odd-Case', 'v'],
    ]);
    expect(new TextDecoder().decode(body)).toBe('body');
  });

  test('redirections are not followed', async () => {
    const url = await http((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(answered(await transport().send(url, PETS)).status).toBe(302);
  });

  test('a 204 that goes on with a body is still an answer, and the next one is read right', async () => {
    let count = 0;
    const url = await raw(socket => {
      count += 1;
      socket.write(
        count === 1
          ? 'HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nxyz'
          : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      );
    });
    const sender = transport();
    const first = answered(await sender.send(url, PETS));
    expect([first.status, first.headers, new TextDecoder().decode(first.body)]).toEqual([
      204,
      [['Content-Length', '3']],
      'xyz',
    ]);
    expect(answered(await sender.send(url, PETS)).status).toBe(200);
  });
});

describe('what goes wrong', () => {
  test('nobody listens', async () => {
    const server = createHttpServer();
    const url = await listen(server);
    await new Promise(resolve => server.close(resolve));
    const sent = await transport().send(url, PETS);
    expect(trouble(sent)).toBe('unreachable');
    expect(sent.kind === 'unanswered' && sent.trouble.message).toContain('ECONNREFUSED');
  });

  test('the name is not known', async () => {
    expect(trouble(await transport().send('http://nobody.invalid', PETS))).toBe('unreachable');
  });

  test('TLS spoken to a server that has none', async () => {
    const url = await http((_request, response) => response.end());
    expect(trouble(await transport().send(url.replace('http:', 'https:'), PETS))).toBe('unreachable');
  });

  test.each([
    ['reset at once', (socket: Socket) => socket.resetAndDestroy()],
    ['not HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ])('%s', async (_name, answer) => {
    expect(trouble(await transport().send(await raw(answer), PETS))).toBe('broken');
  });

  test.each([
    ['silence', () => {}],
    [
      'an answer that never ends',
      (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
    ],
  ])('%s', async (_name, answer) => {
    expect(trouble(await transport({ timeoutMs: 50 }).send(await raw(answer), PETS))).toBe('timeout');
  });

  test('too much', async () => {
    const url = await http((_request, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    expect(trouble(await transport({ maxBodyBytes: 200_000 }).send(url, PETS))).toBe('too-large');
  });

  test('a kept connection that has died meanwhile is opened anew', async () => {
    const sockets: Socket[] = [];
    let fresh = true;
    const url = await listen(
      createSocketServer(socket => {
        sockets.push(socket);
        socket.on('error', () => {});
        socket.on('data', () => {
          // The first connection answers once and resets on the second request, as an idle one does.
          if (sockets.length === 1 && !fresh) socket.resetAndDestroy();
          else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
          fresh = false;
        });
      }),
    );
    const sender = transport();
    await sender.send(url, PETS);
    expect(answered(await sender.send(url, PETS)).status).toBe(200);
    expect(sockets).toHaveLength(2);
  });
});
