import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AUTHORITY,
  CLIENT,
  EXPIRED,
  LOCKED_KEY,
  type Pair,
  SELF_SIGNED,
  SERVER,
} from '../contract-tests/certificates.fixture.ts';
import { main } from './cli.ts';
import type { CommandContext } from './command.ts';
import type { Config, StageConfig } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-stage-'));
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  put(
    'api.yaml',
    'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /: { get: { responses: { "200": { description: ok } } } } }\n',
  );
  put('ca.pem', AUTHORITY);
  put('client.pem', CLIENT.cert);
  put('client.key', CLIENT.key);
  put('locked.key', LOCKED_KEY);
  put('server.key', SERVER.key);
  put('no.pem', 'nothing');
});
afterAll(() => rmSync(folder, { recursive: true }));

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const fine: RequestListener = ({ method }, response) =>
  void response.writeHead(method === 'GET' ? 200 : 405, { Allow: 'GET' }).end();

async function serve(pair: Pair, options: ServerOptions = {}, listener = fine): Promise<number> {
  const server = createServer({ ...pair, ...options }, listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close().closeAllConnections() });
  return (server.address() as AddressInfo).port;
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

async function rehearse(
  args: readonly string[],
  stages: Readonly<Record<string, StageConfig>> = {},
  env: CommandContext['env'] = {},
): Promise<Ended> {
  const said: string[] = [];
  const sink = { write: (text: string) => void said.push(text), isTTY: false, columns: 80 };
  const config: Config = { stages };
  const context: CommandContext = {
    cwd: folder,
    env,
    stdout: sink,
    stderr: sink,
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
  return {
    exitCode: await main(
      ['test', ...args, ...(args.includes('--spec') ? [] : ['--spec', 'api.yaml'])],
      context,
    ),
    output: said.join(''),
  };
}

describe('TLS', () => {
  test('what is wrong ends with 3 and says how to mend it', async () => {
    const port = await serve(SELF_SIGNED);
    expect(await rehearse([`https://localhost:${port}`])).toEqual({
      exitCode: 3,
      output: expect.stringMatching(
        new RegExp(
          `error: No connection to https://localhost:${port}: the certificate of localhost is signed by itself\\. If you know it, trust it: --ca FILE`,
        ),
      ),
    });
    const expired = await rehearse([`https://localhost:${await serve(EXPIRED)}`, '--ca', 'ca.pem']);
    expect(expired).toMatchObject({ exitCode: 3, output: expect.stringContaining('has expired') });
  });

  test('an authority and a client certificate, by flags', async () => {
    const port = await serve(SERVER, { ca: AUTHORITY, requestCert: true, rejectUnauthorized: true });
    const url = `https://localhost:${port}`;
    expect((await rehearse([url, '--ca', 'ca.pem'])).output).toContain('client certificate');
    const own = ['--ca', 'ca.pem', '--cert', 'client.pem', '--key'];
    expect((await rehearse([url, ...own, 'client.key'])).exitCode).toBe(0);
    const unlocked = { REHEARSAL_KEY_PASSPHRASE: 'open-sesame' };
    expect((await rehearse([url, ...own, 'locked.key'], {}, unlocked)).exitCode).toBe(0);
  });

  test('operations that ask for a client certificate are tested once there is one', async () => {
    writeFileSync(
      join(folder, 'mutual.yaml'),
      'openapi: 3.1.1\ninfo: { title: T, version: "1" }\nsecurity: [{ ours: [] }]\npaths: { /: { get: { responses: { "200": { description: ok } } } } }\ncomponents: { securitySchemes: { ours: { type: mutualTLS } } }\n',
    );
    const port = await serve(SERVER, { ca: AUTHORITY, requestCert: true, rejectUnauthorized: true });
    const args = [`https://localhost:${port}`, '--spec', 'mutual.yaml', '--ca', 'ca.pem'];
    expect(await rehearse(args)).toMatchObject({ exitCode: 3, output: expect.stringContaining('no case') });
    const own = ['--cert', 'client.pem', '--key', 'client.key'];
    expect((await rehearse([...args, ...own])).exitCode).toBe(0);
  });

  test('the same, by the configuration', async () => {
    const port = await serve(SERVER, { ca: AUTHORITY, requestCert: true, rejectUnauthorized: true });
    const tls = { ca: 'ca.pem', cert: 'client.pem', key: 'locked.key', passphrase: { env: 'UNLOCK' } };
    const stages: Record<string, StageConfig> = {
      mine: { provider: 'url', url: `https://localhost:${port}`, tls },
    };
    expect((await rehearse(['mine'], stages, { UNLOCK: 'open-sesame' })).exitCode).toBe(0);
    const locked = await rehearse(['mine'], stages);
    expect(locked).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('The key locked.key is locked: set UNLOCK to its passphrase.'),
    });
  });

  test.each<[string, readonly string[], string]>([
    ['a file that is not there', ['--ca', 'gone.pem'], '--ca cannot be read: ENOENT'],
    ['a file that is none', ['--ca', 'no.pem'], '--ca: no.pem is not in PEM'],
    ['half a pair', ['--cert', 'client.pem'], '--cert needs the other of --cert and --key'],
    ['no pair', ['--cert', 'client.pem', '--key', 'server.key'], '--cert and --key cannot be used'],
  ])('%s is refused before anything is sent', async (_name, args, message) => {
    const { exitCode, output } = await rehearse(['https://127.0.0.1:1', ...args]);
    expect([exitCode, output]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a wrong passphrase', async () => {
    const args = ['https://127.0.0.1:1', '--cert', 'client.pem', '--key', 'locked.key'];
    const { exitCode, output } = await rehearse(args, {}, { REHEARSAL_KEY_PASSPHRASE: 'wrong-word' });
    expect([exitCode, output]).toEqual([
      2,
      expect.stringContaining('the passphrase does not unlock the key'),
    ]);
    expect(output).not.toContain('wrong-word');
  });

  test('nothing is checked when that was asked for, which is said aloud, and never in production', async () => {
    const url = `https://localhost:${await serve(EXPIRED)}`;
    const { exitCode, output } = await rehearse([url, '--insecure']);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/^WARNING: certificates are not checked/)]);
    const live: StageConfig = { provider: 'url', url, production: true };
    expect((await rehearse(['live', '--insecure'], { live })).exitCode).toBe(2);
  });
});

describe('the rest of a stage', () => {
  test('headers of the configuration, and those of the command line over them', async () => {
    const seen: (readonly (string | undefined)[])[] = [];
    const port = await serve(SERVER, {}, (request, response) => {
      seen.push(
        request.rawHeaders.filter((_value, index) =>
          /^x-/i.test(request.rawHeaders[index - (index % 2)] ?? ''),
        ),
      );
      response.end();
    });
    const mine: StageConfig = {
      provider: 'url',
      url: `https://localhost:${port}`,
      tls: { ca: 'ca.pem' },
      headers: { 'X-Tenant': 'acme', 'X-Trace': 'on' },
    };
    await rehearse(['mine', '-H', 'x-trace: off'], { mine });
    expect(seen[0]).toEqual(['X-Tenant', 'acme', 'x-trace', 'off']);
  });

  test('a proxy of the environment, whose password no report shows', async () => {
    const port = await serve(SERVER);
    const proxy = createHttpServer().on('connect', (request, socket) => {
      socket.on('error', () => {});
      if (request.headers['proxy-authorization'] !== `Basic ${btoa('alice:open-sesame')}`) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const through = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      through.on('error', () => socket.destroy());
      open.push({ close: () => through.destroy() });
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => proxy.close().closeAllConnections() });
    const at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const args = ['https://api.example.test', '--ca', 'ca.pem'];
    expect((await rehearse(args, {}, { HTTPS_PROXY: `http://alice:open-sesame@${at}` })).exitCode).toBe(0);
    const refused = await rehearse(args, {}, { HTTPS_PROXY: `http://alice:open-secret@${at}` });
    expect(refused).toMatchObject({ exitCode: 3, output: expect.stringContaining(`the proxy http://${at}`) });
    expect(refused.output).not.toContain('secret');
    // The stage knows better.
    const direct: StageConfig = { provider: 'url', url: `https://localhost:${port}`, proxy: false };
    const everything = { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '' };
    expect((await rehearse(['direct', '--ca', 'ca.pem'], { direct }, everything)).exitCode).toBe(0);
  });

  test('a proxy that is none', async () => {
    const { exitCode, output } = await rehearse(
      ['http://a.test'],
      {},
      { ALL_PROXY: 'socks5://u:secret@p:1' },
    );
    expect([exitCode, output]).toEqual([2, expect.stringContaining('The proxy in ALL_PROXY cannot be used')]);
    expect(output).not.toContain('secret');
  });

  test('the time to wait', async () => {
    const port = await serve(SERVER, {}, () => {});
    const mine: StageConfig = {
      provider: 'url',
      url: `https://localhost:${port}`,
      tls: { ca: 'ca.pem' },
      timeout: 0.05,
    };
    const { exitCode, output } = await rehearse(['mine', '--max-cases', '1'], { mine });
    expect([exitCode, output]).toEqual([
      3,
      expect.stringContaining('no complete answer within 0.05 seconds'),
    ]);
  });
});

describe('secrets in clear are refused, with what to write instead', () => {
  test.each([
    [
      'stages: { a: { provider: url, url: "http://x", headers: { Authorization: S3CRET } } }',
      'stages.a.headers.Authorization is a credential; name its variable under credentials',
    ],
    [
      'stages: { a: { provider: url, url: "http://x", headers: { X-Api-Key: S3CRET } } }',
      'stages.a.headers.X-Api-Key is a credential',
    ],
    [
      'stages: { a: { provider: url, url: "http://u:S3CRET@x" } }',
      'stages.a.url holds a user and a password; name their variables',
    ],
    [
      'stages: { a: { provider: url, url: "http://x", proxy: "http://u:S3CRET@p" } }',
      'stages.a.proxy holds a user and a password; leave it to HTTPS_PROXY',
    ],
    [
      'stages: { a: { provider: url, url: "http://x", tls: { passphrase: S3CRET } } }',
      "stages.a.tls.passphrase holds a secret in clear; write { env: 'NAME' }",
    ],
    ['credentials: { key: S3CRET }', "credentials.key holds a secret in clear; write { env: 'NAME' }"],
  ])('%s', async (text, message) => {
    const file = join(folder, 'rehearsal.config.yaml');
    writeFileSync(file, text);
    const refused = await loadConfig(folder).then(
      () => undefined,
      (error: Error) => error,
    );
    rmSync(file);
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2 });
    expect(refused?.message).toContain(message);
    expect(refused?.message).not.toContain('S3CRET');
  });
});
