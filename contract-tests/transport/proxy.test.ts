import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import { AUTHORITY, SERVER } from '../certificates.fixture.ts';
import { GET, open, portOf } from '../loopback.fixture.ts';
import { createTransport, type Sent } from '../transport.ts';
import { noProxy, type ProxyChoice, proxyFromEnvironment } from './proxy.ts';

const ASKED: CaseRequest = { ...GET, path: '/a%2Fb', query: 'q=1' };

const origin = (secure: boolean): Promise<number> => {
  const answer: RequestListener = (request, response) =>
    void response.end(
      `${request.url} ${request.rawHeaders.filter(line => /host|proxy|example/i.test(line)).join(' ')}`,
    );
  return portOf(secure ? createSecureServer(SERVER, answer) : createServer(answer));
};

/** A forward proxy that takes every name for this machine; one that asks for credentials when it has some. */
async function forward(
  port: number,
  secret?: string,
  secure = false,
): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const denied = (headers: IncomingHttpHeaders): boolean =>
    secret !== undefined && headers['proxy-authorization'] !== `Basic ${btoa(secret)}`;
  const server = secure ? createSecureServer(SERVER) : createServer();
  server.on('request', (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (denied(request.headers)) {
      response.writeHead(407).end('<html>who are you?</html>');
      return;
    }
    const { pathname, search, host } = new URL(request.url ?? '');
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    httpRequest(
      { port, host: '127.0.0.1', path: pathname + search, headers: { ...headers, host } },
      incoming => {
        response.writeHead(incoming.statusCode ?? 0);
        incoming.pipe(response);
      },
    ).end();
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.on('error', () => {});
    if (denied(request.headers)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\nwho?');
      return;
    }
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    through.on('error', () => socket.destroy());
    open.push({ close: () => through.destroy() });
  });
  return { port: await portOf(server), seen };
}

function transport(env: Readonly<Record<string, string>>): { send: (url: string) => Promise<Sent> } {
  const made = createTransport({
    proxy: proxyFromEnvironment(env),
    tls: { ca: AUTHORITY },
    timeoutMs: 5000,
  });
  open.push(made);
  return { send: url => made.send(url, ASKED) };
}

const said = (sent: Sent): string =>
  sent.kind === 'answered'
    ? `${sent.response.status} ${new TextDecoder().decode(sent.response.body)}`
    : sent.trouble.message;

describe('by way of a proxy', () => {
  test('http: it is told the whole address', async () => {
    const proxy = await forward(await origin(false));
    const { send } = transport({ http_proxy: `http://127.0.0.1:${proxy.port}` });
    expect(said(await send('http://api.example.test/v1'))).toBe('200 /v1/a%2Fb?q=1 host api.example.test');
    expect(proxy.seen).toEqual(['GET http://api.example.test/v1/a%2Fb?q=1']);
  });

  test('https: a tunnel, made once and kept, with TLS to the server itself', async () => {
    const proxy = await forward(await origin(true));
    const { send } = transport({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
    for (let times = 0; times < 3; times += 1)
      expect(said(await send('https://api.example.test/v1'))).toBe('200 /v1/a%2Fb?q=1 Host api.example.test');
    expect(proxy.seen).toEqual(['CONNECT api.example.test:443']);
  });

  test('a proxy that speaks TLS itself', async () => {
    const proxy = await forward(await origin(true), undefined, true);
    const proxied: ProxyChoice = () => new URL(`https://localhost:${proxy.port}`);
    const made = createTransport({ proxy: proxied, tls: { ca: AUTHORITY } });
    open.push(made);
    expect(said(await made.send('https://api.example.test', ASKED))).toMatch(/^200 /);
  });

  test.each(['http', 'https'])('%s: with user and password, and without', async scheme => {
    const proxy = await forward(await origin(scheme === 'https'), 'alice:s@sam');
    const to = (user: string): Promise<Sent> =>
      transport({ all_proxy: `http://${user}127.0.0.1:${proxy.port}` }).send(`${scheme}://api.example.test`);
    expect(said(await to('alice:s%40sam@'))).toMatch(/^200 /);
    expect(said(await to('alice:s%40sam@'))).not.toMatch(/authorization/i);
    const refused = await to('alice:wrong@');
    expect(refused).toMatchObject({ kind: 'unanswered', trouble: { kind: 'unreachable' } });
    expect(said(refused)).toBe(
      `the proxy http://127.0.0.1:${proxy.port} does not help: it refuses to connect: 407 Proxy Authentication Required`,
    );
  });

  test.each(['http', 'https'])('%s: nobody listens where the proxy should be', async scheme => {
    const sent = await transport({ all_proxy: 'http://alice:secret@127.0.0.1:1' }).send(
      `${scheme}://api.example.test`,
    );
    expect(said(sent)).toBe('the proxy http://127.0.0.1:1 does not help: connect ECONNREFUSED 127.0.0.1:1');
    expect(sent).toMatchObject({ trouble: { kind: 'unreachable', advice: /NO_PROXY/ } });
  });

  test('the certificate is that of the server, whoever is between', async () => {
    const proxy = await forward(await origin(true));
    const { send } = transport({ https_proxy: `http://127.0.0.1:${proxy.port}` });
    expect(said(await send('https://elsewhere.test'))).toMatch(/the certificate is not for elsewhere.test/);
  });
});

describe('the environment', () => {
  const chosen = (env: Readonly<Record<string, string>>, url: string): string | undefined =>
    proxyFromEnvironment(env)(new URL(url))?.origin;

  test.each<[Record<string, string>, string, string | undefined]>([
    [{}, 'http://a.test', undefined],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://a.test', 'http://p:1'],
    [{ HTTP_PROXY: 'http://p:1' }, 'https://a.test', undefined],
    [{ HTTP_PROXY: 'http://p:1', http_proxy: 'http://q:1' }, 'http://a.test', 'http://q:1'],
    [{ ALL_PROXY: 'http://p:1', HTTPS_PROXY: 'https://q' }, 'https://a.test', 'https://q'],
    [{ https_proxy: '' }, 'https://a.test', undefined],
  ])('%j for %s', (env, url, proxy) => {
    expect(chosen(env, url)).toBe(proxy);
  });

  test.each([
    ['socks5://p:1', 'socks5:// is not supported'],
    ['http://', 'it is no address'],
  ])('%s cannot be used', (written, reason) => {
    expect(() => proxyFromEnvironment({ https_proxy: written })).toThrow(
      `The proxy in HTTPS_PROXY cannot be used: ${reason}.`,
    );
  });

  test.each<[string, string, boolean]>([
    ['', 'http://a.test', false],
    ['', 'http://localhost:3000', true],
    ['', 'http://127.0.0.8', true],
    ['', 'http://[::1]:80', true],
    ['*', 'http://a.test', true],
    ['a.test', 'http://a.test', true],
    ['A.Test', 'http://a.test.', true],
    ['a.test', 'http://b.a.test', true],
    ['.a.test', 'http://b.a.test', true],
    ['*.a.test', 'http://b.a.test', true],
    ['a.test', 'http://ba.test', false],
    ['b.test, a.test', 'http://a.test', true],
    ['a.test:8080', 'http://a.test:8080', true],
    ['a.test:8080', 'http://a.test', false],
    ['a.test:443', 'https://a.test', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://11.1.2.3', false],
    ['fd00::/8', 'http://[fd12::1]', true],
    ['10.1.2.3', 'http://10.1.2.3', true],
    ['fd12::1', 'http://[fd12::1]', true],
    ['[fd12::1]:81', 'http://[fd12::1]:81', true],
    ['10.0.0.0/99', 'http://10.1.2.3', false],
    [',', 'http://a.test', false],
  ])('NO_PROXY=%s leaves out %s: %s', (list, url, left) => {
    expect(noProxy(list)(new URL(url))).toBe(left);
  });
});
