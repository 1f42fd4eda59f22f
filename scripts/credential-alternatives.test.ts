import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { main } from './cli.ts';
import type { CommandContext } from './command.ts';
import type { Config } from './config/config.ts';

let folder: string;
const servers: Server[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-ways-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
afterAll(() => rmSync(folder, { recursive: true }));

const document = (security: string): string => `openapi: 3.1.1
info: { title: T, version: "1" }
paths:
  /a:
    get:
      security: ${security}
      responses: { "200": { description: ok }, "401": { description: who? }, "403": { description: not you } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://tokens.example/", scopes: { read: r, write: w } } } }
`;

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  /** `check case`, each once. */
  readonly failures: readonly string[];
}

/** @param statusFor - what the server answers to whoever asks so */
async function rehearse(
  security: string,
  credentials: Config['credentials'],
  env: CommandContext['env'],
  statusFor: (headers: IncomingHttpHeaders) => number,
): Promise<Ended> {
  const server = createServer(({ method, headers }, response) => {
    const status = method === 'GET' || method === 'HEAD' ? statusFor(headers) : 405;
    const more =
      status === 401 ? { 'WWW-Authenticate': 'Bearer' } : status === 405 ? { Allow: 'GET, HEAD' } : {};
    response.writeHead(status, more).end();
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(folder, 'api.yaml'), document(security));
  let output = '';
  const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
  const context: CommandContext = {
    cwd: folder,
    env,
    stdout: sink,
    stderr: sink,
    config: () => Promise.resolve(credentials === undefined ? {} : { credentials }),
    configFolder: () => Promise.resolve(folder),
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const exitCode = await main(['test', url, '--spec', 'api.yaml', '--reporter', 'json=report.json'], context);
  const text = readFileSync(join(folder, 'report.json'), 'utf8');
  const { failures } = JSON.parse(text) as {
    failures: readonly { readonly check: string; readonly name: string }[];
  };
  return {
    exitCode,
    output: output + text,
    failures: [...new Set(failures.map(({ check, name }) => `${check} ${name}`))],
  };
}

describe('every way in that somebody gave credentials for', () => {
  const ways = '[{ key: [] }, { token: [] }]';
  const config = { key: { env: 'KEY' }, token: { env: 'TOKEN' } };
  const env = { KEY: 'the-only-key', TOKEN: 'the-only-token' };
  const byKey = (headers: IncomingHttpHeaders): boolean => headers['x-key'] === env.KEY;
  const byToken = ({ authorization }: IncomingHttpHeaders): boolean =>
    authorization === `Bearer ${env.TOKEN}`;

  test('is held against a server that keeps to both', async () => {
    const ended = await rehearse(ways, config, env, who => (byKey(who) || byToken(who) ? 200 : 401));
    expect([ended.exitCode, ended.failures]).toEqual([0, []]);
    expect(ended.output).not.toMatch(/the-only/);
  });

  test('shows that one is not taken', async () => {
    const byToo = async (knows: (headers: IncomingHttpHeaders) => boolean): Promise<readonly string[]> => {
      const { exitCode, failures } = await rehearse(ways, config, env, who => (knows(who) ? 200 : 401));
      return [`exit ${exitCode}`, ...failures];
    };
    const refused = (name: string): string => `credentials-refused GET /a admitted: ask with ${name}`;
    expect(await byToo(byKey)).toEqual(['exit 1', refused('token')]);
    expect(await byToo(byToken)).toEqual(['exit 1', refused('key once more')]);
    expect(await byToo(() => false)).toEqual(['exit 3']);
  });

  test('shows that one is taken whatever it says', async () => {
    const { exitCode, failures } = await rehearse(ways, config, env, who =>
      byKey(who) || who.authorization?.startsWith('Bearer ') === true ? 200 : 401,
    );
    expect([exitCode, failures]).toEqual([1, ['auth-not-enforced credentials made up for token']]);
  });
});

describe('a credential of less scope', () => {
  const env = { TOKEN: 'for-everything', READ_ONLY: 'for-reading' };
  const scopeOf = ({ authorization }: IncomingHttpHeaders): string =>
    authorization === 'Bearer for-everything'
      ? 'read write'
      : authorization === 'Bearer for-reading'
        ? 'read'
        : '';
  const careful = (who: IncomingHttpHeaders): number =>
    scopeOf(who) === '' ? 401 : scopeOf(who).includes('write') ? 200 : 403;
  const careless = (who: IncomingHttpHeaders): number => (scopeOf(who) === '' ? 401 : 200);
  const config = { oauth: { env: 'TOKEN', lesser: { env: 'READ_ONLY', scopes: ['read'] } } };
  const writing = '[{ oauth: [write] }]';

  test('is refused by a server that asks for more', async () => {
    const ended = await rehearse(writing, config, env, careful);
    expect([ended.exitCode, ended.failures]).toEqual([0, []]);
    expect(ended.output).not.toMatch(/for-everything|for-reading/);
  });

  test('shows that a server does not look', async () => {
    const { exitCode, failures } = await rehearse(writing, config, env, careless);
    expect([exitCode, failures]).toEqual([
      1,
      ['auth-not-enforced credentials of too little scope for oauth'],
    ]);
  });

  test('may do what its scopes allow', async () => {
    const { exitCode, output } = await rehearse('[{ oauth: [read] }]', config, env, careless);
    expect([exitCode, output]).toEqual([0, expect.stringContaining('1 no credential of less scope given')]);
  });

  test('that nobody gave, or that is not set, is counted', async () => {
    const without = await rehearse(writing, { oauth: { env: 'TOKEN' } }, env, careless);
    expect([without.exitCode, without.output]).toEqual([
      0,
      expect.stringContaining('1 no credential of less scope given'),
    ]);
    const unset = await rehearse(writing, config, { TOKEN: env.TOKEN }, careless);
    expect(unset.output).toContain('note: credentials.oauth.lesser is left out: READ_ONLY is not set.\n');
    expect(unset.output).toContain('1 no credential of less scope given');
  });

  test('may come from a hook', async () => {
    const asked: (readonly string[])[] = [];
    const hook = ({ scopes }: { readonly scopes: readonly string[] }): string => {
      asked.push(scopes);
      return scopes.includes('write') ? env.TOKEN : env.READ_ONLY;
    };
    const hooked = { oauth: { hook, lesser: { hook, scopes: ['read'] } } };
    const good = await rehearse(writing, hooked, {}, careful);
    expect([good.exitCode, good.failures, asked.slice(0, 2)]).toEqual([0, [], [['write'], ['read']]]);
    const bad = await rehearse(writing, hooked, {}, careless);
    expect([bad.exitCode, bad.failures.length]).toEqual([1, 1]);
    expect(bad.output).not.toMatch(/for-everything|for-reading/);
  });
});
