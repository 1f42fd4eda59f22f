import { createServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import {
  AUTHORITY,
  CLIENT,
  EXPIRED,
  LOCKED_KEY,
  OTHER,
  type Pair,
  SELF_SIGNED,
  SERVER,
} from '../certificates.fixture.ts';
import { GET, open, portOf } from '../loopback.fixture.ts';
import { createTransport, type Sent } from '../transport.ts';
import type { TlsOptions } from './tls.ts';
import { unreachable } from './trouble.ts';

async function serve(pair: Pair, options: ServerOptions = {}): Promise<string> {
  const server = createServer({ ...pair, ...options }, (request, response) => {
    const socket = request.socket as TLSSocket;
    response.end(
      `${String(socket.servername)} ${String((socket.getPeerCertificate().subject ?? { CN: '-' }).CN)}`,
    );
  });
  return `https://localhost:${await portOf(server)}`;
}

function send(url: string, tls?: TlsOptions): Promise<Sent> {
  const transport = createTransport(tls === undefined ? {} : { tls });
  open.push(transport);
  return transport.send(url, GET);
}

const said = (sent: Sent): string =>
  sent.kind === 'answered' ? new TextDecoder().decode(sent.response.body) : sent.trouble.message;

describe('a certificate that is trusted', () => {
  test('by the authority given, with the name that was asked for', async () => {
    expect(said(await send(await serve(SERVER), { ca: AUTHORITY }))).toBe('localhost -');
  });

  test('because it was given itself', async () => {
    expect(said(await send(await serve(SELF_SIGNED), { ca: SELF_SIGNED.cert }))).toBe('localhost -');
  });

  test('whatever it is, when that was asked for', async () => {
    expect(said(await send(await serve(EXPIRED), { insecure: true }))).toBe('localhost -');
  });

  test('by the server, of the client', async () => {
    const url = await serve(SERVER, { ca: AUTHORITY, requestCert: true, rejectUnauthorized: true });
    expect(said(await send(url, { ca: AUTHORITY, ...CLIENT }))).toBe('localhost tester');
    const locked = { ca: AUTHORITY, cert: CLIENT.cert, key: LOCKED_KEY, passphrase: 'open-sesame' };
    expect(said(await send(url, locked))).toBe('localhost tester');
  });
});

describe('what is wrong with a certificate is told with what to do', () => {
  test.each<[string, Pair, TlsOptions | undefined, string, RegExp]>([
    ['self-signed', SELF_SIGNED, undefined, 'the certificate of localhost is signed by itself', /--ca FILE/],
    [
      'of an unknown authority',
      SERVER,
      undefined,
      'the authority behind the certificate of localhost is not known here',
      /--ca FILE/,
    ],
    ['expired', EXPIRED, { ca: AUTHORITY }, 'the certificate of localhost has expired', /renewed/],
    [
      'for another host',
      OTHER,
      { ca: AUTHORITY },
      'the certificate is not for localhost but for other.example',
      /name/,
    ],
  ])('%s', async (_name, pair, tls, message, advice) => {
    const url = await serve(pair);
    const sent = await send(url, tls);
    expect(sent).toMatchObject({ kind: 'unanswered', trouble: { kind: 'unreachable', message } });
    if (sent.kind === 'answered') return;
    expect(sent.trouble.advice).toMatch(advice);
    expect(unreachable(url, sent.trouble)).toMatchObject({ code: 'STAGE_CONNECTION', exitCode: 3 });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate is missing, in %s', async version => {
    const asks = { ca: AUTHORITY, requestCert: true, rejectUnauthorized: true };
    const url = await serve(SERVER, { ...asks, minVersion: version, maxVersion: version });
    const sent = await send(url, { ca: AUTHORITY });
    expect(said(sent)).toBe(
      'localhost refused the connection, most likely for want of a client certificate that it trusts',
    );
    expect(sent).toMatchObject({
      trouble: { kind: 'unreachable', advice: 'Give one with --cert FILE and --key FILE.' },
    });
  });

  test('there is no TLS at all', async () => {
    const { createServer: createPlain } = await import('node:http');
    const server = createPlain((_request, response) => response.end());
    const sent = await send(`https://localhost:${await portOf(server)}`);
    expect(said(sent)).toBe('localhost does not speak TLS');
  });
});
