import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { main } from './cli.ts';
import type { CommandContext } from './command.ts';
import type { CredentialConfig } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-credentials-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close().closeAllConnections() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An API of two operations, under a security scheme, that tells who asked. */
const document = (scheme: string, [first, second] = ['[]', '[]']): string => `openapi: 3.1.1
info: { title: T, version: "1" }
paths:
  /a: { get: { security: [{ who: ${first} }], responses: { "200": { description: ok }, "401": { description: who? } } } }
  /b: { get: { security: [{ who: ${second} }], responses: { "200": { description: ok }, "401": { description: who? } } } }
components: { securitySchemes: { who: ${scheme} } }
`;

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  /** `GET /a value`, each once, of those that were let in. */
  readonly seen: readonly string[];
}

async function rehearse(
  scheme: string,
  credential: CredentialConfig | undefined,
  env: CommandContext['env'],
  look: (request: IncomingMessage) => string | undefined,
  scopes?: [string, string],
): Promise<Ended> {
  const seen = new Set<string>();
  const url = await serve((request, response) => {
    if (request.method !== 'GET') {
      response.writeHead(405, { Allow: 'GET' }).end();
      return;
    }
    const who = look(request);
    if (who !== undefined) seen.add(`${request.url?.split('?')[0]} ${who}`);
    response.writeHead(who === undefined ? 401 : 200).end();
  });
  writeFileSync(join(folder, 'api.yaml'), document(scheme, scopes));
  let output = '';
  const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
  const context: CommandContext = {
    cwd: folder,
    env,
    stdout: sink,
    stderr: sink,
    config: () => Promise.resolve(credential === undefined ? {} : { credentials: { who: credential } }),
    configFolder: () => Promise.resolve(folder),
  };
  const exitCode = await main(
    [
      'test',
      url,
      '--depth',
      'examples',
      '--spec',
      'api.yaml',
      '--reporter',
      'json=report.json',
      '--reporter',
      'ndjson=all.ndjson',
    ],
    context,
  );
  output += ['report.json', 'all.ndjson'].map(file => readFileSync(join(folder, file), 'utf8')).join('');
  return { exitCode, output, seen: [...seen].toSorted() };
}

const authorization = ({ headers }: IncomingMessage): string | undefined =>
  /^(Bearer|Basic|AWS4)/.test(headers.authorization ?? '') ? headers.authorization : undefined;

describe('secrets of the environment', () => {
  const env = { SECRET: 'open-sesame', USER: 'alice' };

  test.each<[string, string, CredentialConfig, (request: IncomingMessage) => string | undefined, string]>([
    ['Bearer', '{ type: http, scheme: bearer }', { env: 'SECRET' }, authorization, 'Bearer open-sesame'],
    [
      'a user and a password',
      '{ type: http, scheme: basic }',
      { username: { env: 'USER' }, password: { env: 'SECRET' } },
      authorization,
      `Basic ${btoa('alice:open-sesame')}`,
    ],
    [
      'a key in a header',
      '{ type: apiKey, in: header, name: X-Key }',
      { env: 'SECRET' },
      ({ headers }) => headers['x-key'] as string | undefined,
      'open-sesame',
    ],
    [
      'a key in the query',
      '{ type: apiKey, in: query, name: key }',
      { env: 'SECRET' },
      ({ url }) => new URL(url ?? '', 'http://x').searchParams.get('key') ?? undefined,
      'open-sesame',
    ],
    [
      'a cookie',
      '{ type: apiKey, in: cookie, name: sid }',
      { env: 'SECRET' },
      ({ headers }) => /sid=(.*)/.exec(headers.cookie ?? '')?.[1],
      'open-sesame',
    ],
  ])('%s', async (_name, scheme, credential, look, value) => {
    const { exitCode, output, seen } = await rehearse(scheme, credential, env, look);
    expect([exitCode, seen]).toEqual([0, [`/a ${value}`, `/b ${value}`]]);
    expect(output).not.toContain('open-sesame');
  });
});

/** A token endpoint that keeps the rules of RFC 6749 and counts what it is asked. */
async function issuer(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const url = await serve((request, response, body) => {
    if (request.url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ token_endpoint: `http://${request.headers.host}/token` }));
      return;
    }
    const fields = new URLSearchParams(body);
    const [, basic = ''] = (request.headers.authorization ?? '').split(' ');
    const pair = basic === '' ? `${fields.get('client_id')}:${fields.get('client_secret')}` : atob(basic);
    asked.push(`${request.method} ${request.headers['content-type']} ${fields}`);
    const say = (status: number, value: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (pair !== 'me:my%26secret' && pair !== 'me:my&secret')
      say(401, { error: 'invalid_client', error_description: 'Nobody knows you.' });
    else if (fields.get('scope')?.includes('admin') === true) say(400, { error: 'invalid_scope' });
    else
      say(200, {
        access_token: `token-for-${fields.get('scope') ?? 'all'}`.replaceAll(' ', '+'),
        token_type: 'Bearer',
        expires_in: 3600,
      });
  });
  return { url, asked };
}

const CLIENT = { clientId: { env: 'ID' }, clientSecret: { env: 'CLIENT_SECRET' } } as const;
const CLIENT_ENV = { ID: 'me', CLIENT_SECRET: 'my&secret' };
const oauth = (url: string): string =>
  `{ type: oauth2, flows: { clientCredentials: { tokenUrl: "${url}/token", scopes: { read: r, write: w, admin: a } } } }`;
const fields = (more: string): string =>
  `POST application/x-www-form-urlencoded grant_type=client_credentials${more}`;

describe('OAuth 2.0 client credentials', () => {
  test('a token for the scopes of each operation', async () => {
    const { url, asked } = await issuer();
    const ended = await rehearse(oauth(url), CLIENT, CLIENT_ENV, authorization, ['[read]', '[write, read]']);
    expect([ended.exitCode, ended.seen]).toEqual([
      0,
      ['/a Bearer token-for-read', '/b Bearer token-for-read+write'],
    ]);
    expect(asked.toSorted()).toEqual([fields('&scope=read'), fields('&scope=read+write')]);
    for (const secret of ['token-for', 'my&secret', 'rehearsal-credential'])
      expect(ended.output).not.toContain(secret);
  });

  test('one token for everything, in the words of the configuration', async () => {
    const { url, asked } = await issuer();
    const credential: CredentialConfig = {
      ...CLIENT,
      tokenUrl: `${url}/token`,
      scopes: ['x/.default'],
      parameters: { audience: 'https://api' },
      authentication: 'body',
    };
    const ended = await rehearse('{ type: http, scheme: bearer }', credential, CLIENT_ENV, authorization);
    expect([ended.exitCode, ended.seen.length]).toEqual([0, 2]);
    expect(asked).toEqual([
      fields('&audience=https%3A%2F%2Fapi&scope=x%2F.default&client_id=me&client_secret=my%26secret'),
    ]);
  });

  test('by way of OpenID Connect', async () => {
    const { url } = await issuer();
    const scheme = `{ type: openIdConnect, openIdConnectUrl: "${url}/.well-known/openid-configuration" }`;
    const ended = await rehearse(scheme, CLIENT, CLIENT_ENV, authorization);
    expect([ended.exitCode, ended.seen]).toEqual([0, ['/a Bearer token-for-all', '/b Bearer token-for-all']]);
  });

  test.each<[string, CommandContext['env'], [string, string], string]>([
    [
      'an unknown client',
      { ...CLIENT_ENV, ID: 'you' },
      ['[]', '[]'],
      '/token answers 401 invalid_client (Nobody knows you.).',
    ],
    [
      'a scope that is not granted',
      CLIENT_ENV,
      ['[]', '[admin]'],
      '/token answers 400 invalid_scope for admin.',
    ],
  ])('%s ends with 3 before anything is sent', async (_name, env, scopes, message) => {
    const { url } = await issuer();
    const { exitCode, output, seen } = await rehearse(oauth(url), CLIENT, env, authorization, scopes);
    expect([exitCode, seen]).toEqual([3, []]);
    expect(output).toContain('error: The credentials of who cannot be had: http://127.0.0.1:');
    expect(output).toContain(message);
    expect(output).not.toContain('my&secret');
  });

  test('no endpoint, or one that is not safe', async () => {
    const gone = await rehearse(oauth('http://127.0.0.1:1'), CLIENT, CLIENT_ENV, authorization);
    expect(gone.exitCode).toBe(3);
    expect(gone.output).toContain('http://127.0.0.1:1/token does not answer: connect ECONNREFUSED');
    const plain = await rehearse(oauth('http://auth.example.com'), CLIENT, CLIENT_ENV, authorization);
    expect(plain.exitCode).toBe(2);
    expect(plain.output).toContain(
      'a secret is not sent to http://auth.example.com/token, which is not https',
    );
  });

  test('a variable that is not set', async () => {
    const { exitCode, output } = await rehearse(oauth('http://127.0.0.1:1'), CLIENT, {}, authorization);
    expect(exitCode).toBe(2);
    expect(output).toContain('GET /a needs them, and ID and CLIENT_SECRET are not set.');
  });
});

describe('signatures of AWS', () => {
  const scheme = '{ type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }';

  test('each request is signed', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 'very-secret',
      AWS_SESSION_TOKEN: 'the-session',
    };
    const look = ({ headers }: IncomingMessage): string | undefined => {
      const signed =
        /^AWS4-HMAC-SHA256 (Credential=AKID\/\d{8}\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=[\w;-]+)/;
      const [, known] = signed.exec(headers.authorization ?? '') ?? [];
      return known === undefined
        ? undefined
        : `${/SignedHeaders=(.*)/.exec(known)?.[1]} ${headers['x-amz-security-token']}`;
    };
    const { exitCode, output, seen } = await rehearse(scheme, { region: 'eu-west-1' }, env, look);
    const signed = 'host;x-amz-date;x-amz-security-token the-session';
    expect([exitCode, seen]).toEqual([0, [`/a ${signed}`, `/b ${signed}`]]);
    expect(output).not.toMatch(/very-secret|the-session/);
  });

  test('keys that are not set', async () => {
    const { exitCode, output } = await rehearse(scheme, { region: 'eu-west-1' }, {}, authorization);
    expect(exitCode).toBe(2);
    expect(output).toContain('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  });
});

describe('a hook', () => {
  test('gives a secret, for scopes', async () => {
    const hook = ({
      scopes,
      env,
    }: {
      scopes: readonly string[];
      env: CommandContext['env'];
    }): Promise<string> => Promise.resolve(`${env['PART']}-${scopes.join('-')}`);
    const bearer = '{ type: oauth2, flows: {} }';
    const { exitCode, output, seen } = await rehearse(bearer, { hook }, { PART: 'hooked' }, authorization, [
      '[read]',
      '[]',
    ]);
    expect([exitCode, seen]).toEqual([0, ['/a Bearer hooked-read', '/b Bearer hooked-']]);
    expect(output).not.toContain('hooked-');
  });

  test('gives a pair for Basic', async () => {
    const { seen } = await rehearse(
      '{ type: http, scheme: basic }',
      { hook: () => 'a:b' },
      {},
      authorization,
    );
    expect(seen).toEqual([`/a Basic ${btoa('a:b')}`, `/b Basic ${btoa('a:b')}`]);
  });

  test('gives headers of its own', async () => {
    const hook = (): { headers: Record<string, string> } => ({ headers: { 'X-Signed': 'by-hand' } });
    const scheme = '{ type: apiKey, in: header, name: X-Key }';
    const { exitCode, seen } = await rehearse(scheme, { hook }, {}, ({ headers }) =>
      headers['x-key'] === undefined ? (headers['x-signed'] as string | undefined) : undefined,
    );
    expect([exitCode, seen]).toEqual([0, ['/a by-hand', '/b by-hand']]);
  });

  test.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new Error('no vault here');
      },
    ],
    ['gives nothing', () => undefined as never],
  ])('that %s ends with 3', async (_name, hook) => {
    const { exitCode, output, seen } = await rehearse(
      '{ type: oauth2, flows: {} }',
      { hook },
      {},
      authorization,
    );
    expect([exitCode, seen]).toEqual([3, []]);
    expect(output).toMatch(/The hook credentials\.who failed: (no vault here|it gives neither)/);
  });

  test('may stand in a configuration that is a module, and only there', async () => {
    const file = join(folder, 'rehearsal.config.mjs');
    writeFileSync(file, 'export default { credentials: { who: { hook: () => "x" } } };');
    expect((await loadConfig(folder)).config.credentials?.['who']).toHaveProperty('hook');
    rmSync(file);
    const text = { hook: 'x' } as unknown as CredentialConfig;
    const { exitCode, output } = await rehearse('{ type: oauth2, flows: {} }', text, {}, authorization);
    expect([exitCode, output]).toEqual([2, expect.stringContaining('a hook is a function')]);
  });
});

describe('an entry that does not fit', () => {
  test.each<[string, string, object, string]>([
    [
      'a pair for a key',
      '{ type: apiKey, in: header, name: X }',
      { username: { env: 'A' }, password: { env: 'B' } },
      'are for a scheme of Basic',
    ],
    [
      'half a client',
      '{ type: oauth2, flows: {} }',
      { clientId: { env: 'A' } },
      'clientId and clientSecret go together',
    ],
    ['no endpoint', '{ type: oauth2, flows: {} }', CLIENT, 'the document names no tokenUrl'],
    ['nothing', '{ type: oauth2, flows: {} }', {}, 'give env, or'],
  ])('%s', async (_name, scheme, credential, message) => {
    const { exitCode, output } = await rehearse(
      scheme,
      credential as CredentialConfig,
      { A: 'a', B: 'b' },
      authorization,
    );
    expect([exitCode, output]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a name that is nearly one', async () => {
    const scheme = '{ type: http, scheme: bearer }';
    writeFileSync(join(folder, 'api.yaml'), document(scheme));
    let said = '';
    const sink = { write: (text: string) => void (said += text), isTTY: false, columns: 80 };
    const context: CommandContext = {
      cwd: folder,
      env: {},
      stdout: sink,
      stderr: sink,
      config: () => Promise.resolve({ credentials: { hwo: { env: 'A' } } }),
      configFolder: () => Promise.resolve(folder),
    };
    await main(['test', 'http://127.0.0.1:1', '--spec', 'api.yaml'], context);
    expect(said).toContain(
      'note: credentials.hwo is no security scheme of the document: did you mean "who"?',
    );
  });
});
