import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, open } from '../contract-tests/loopback.fixture.ts';
import { main } from '../scripts/cli.ts';
import type { CommandContext } from '../scripts/command.ts';
import type { Config } from '../scripts/config/config.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-hostile-'));
  const operation =
    'security: [{ key: [] }], parameters: [{ name: n, in: query, schema: { type: integer, enum: [1, 2, 3, 4, 5, 6] } }], responses: { "200": { description: ok }, 4XX: { description: no } }';
  writeFileSync(
    join(folder, 'api.yaml'),
    `openapi: 3.1.1
info: { title: T, version: "1" }
paths:
${['a', 'b', 'c', 'd', 'e', 'f'].map(name => `  /${name}: { get: { ${operation} } }\n`).join('')}components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const serve = (answer: Answer): Promise<string> => listen(createServer(answer));

const raw = (answer: (socket: Socket) => void): Promise<string> =>
  listen(
    createSocketServer(socket => {
      open.push({ close: () => socket.destroy() });
      socket.on('error', () => {});
      socket.on('data', () => answer(socket));
    }),
  );

/** A server that does as documented. */
const fine: Answer = ({ method, headers, url = '' }, response) => {
  if (method !== 'GET') {
    response.writeHead(405, { Allow: 'GET' }).end();
    return;
  }
  const n = new URL(url, 'http://x').searchParams.get('n');
  const status = headers['x-key'] !== 'a-good-key' ? 401 : n === null || /^[1-6]$/.test(n) ? 200 : 400;
  response.writeHead(status).end();
};

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

async function rehearse(url: string, ...args: readonly string[]): Promise<Ended> {
  let output = '';
  const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
  const config: Config = { credentials: { key: { env: 'KEY' } } };
  const context: CommandContext = {
    cwd: folder,
    env: { KEY: 'a-good-key' },
    stdout: sink,
    stderr: sink,
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
  const exitCode = await main(['test', url, '--spec', 'api.yaml', ...args], context);
  return { exitCode, output };
}

const quietly = ({ output }: Ended): void => {
  expect(output).not.toMatch(/^\s+at .*[:(]/m);
  expect(output).not.toContain('fault in rehearsal');
};

test('a server that does as documented is kept', async () => {
  expect(await rehearse(await serve(fine))).toMatchObject({ exitCode: 0 });
});

const OK = 'HTTP/1.1 200 OK\r\n';

describe('what cannot be judged ends with 3 and says why', () => {
  test.each<[string, () => Promise<string>, string, readonly string[]]>([
    ['nobody listens', () => Promise.resolve('http://127.0.0.1:1'), 'does not answer', []],
    [
      'TLS where there is none',
      () => serve(fine).then(url => url.replace('http:', 'https:')),
      'does not speak TLS',
      [],
    ],
    ['silence', () => raw(() => {}), 'no complete answer within 0.05 seconds', ['--timeout', '0.05']],
    [
      'a byte now and then',
      () =>
        raw(socket => {
          socket.write(`${OK}Content-Length: 1000\r\n\r\n`);
          const timer = setInterval(() => socket.write('x'), 5);
          open.push({ close: () => clearInterval(timer) });
        }),
      'no complete answer within 0.1 seconds',
      ['--timeout', '0.1'],
    ],
    [
      'a reset half-way',
      () => raw(socket => socket.write(`${OK}Content-Length: 9\r\n\r\nx`, () => socket.resetAndDestroy())),
      'ECONNRESET',
      [],
    ],
    [
      'something that is not HTTP',
      () => raw(socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
      'the answer is not HTTP',
      [],
    ],
    [
      'the page of a gateway',
      () =>
        serve((_request, response) =>
          response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
        ),
      'a gateway answers for a server that does not: 502',
      [],
    ],
    [
      'another address',
      () =>
        serve(({ url }, response) =>
          response.writeHead(308, { location: `https://api.example.com${url}` }).end(),
        ),
      'test https://api.example.com itself',
      [],
    ],
    [
      'a closed door',
      () => serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end()),
      'rate limited',
      [],
    ],
  ])('%s', async (_name, start, message, args) => {
    const ended = await rehearse(await start(), ...args);
    expect([ended.exitCode, ended.output]).toEqual([3, expect.stringContaining(message)]);
    quietly(ended);
  });
});

describe('what breaks the document ends with 1', () => {
  test.each<[string, () => Promise<string>, string]>([
    [
      'a length that is too long',
      () => raw(socket => socket.end(`${OK}Content-Length: 9\r\n\r\nx`)),
      '1 of 9 bytes',
    ],
    [
      'a length beside chunks',
      () =>
        raw(socket => socket.end(`${OK}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)),
      'beside Transfer-Encoding: chunked',
    ],
    [
      'a circle of redirections',
      () => serve(({ url }, response) => response.writeHead(302, { location: url }).end()),
      'status 302',
    ],
  ])('%s', async (_name, start, message) => {
    const ended = await rehearse(await start());
    expect([ended.exitCode, ended.output]).toEqual([1, expect.stringContaining(message)]);
    quietly(ended);
  });
});

describe('during a run', () => {
  test('credentials expire: one sentence, and no failures', async () => {
    let left = 12;
    const url = await serve((request, response) => {
      left -= 1;
      if (left < 0) response.writeHead(401).end();
      else fine(request, response);
    });
    const ended = await rehearse(url, '--concurrency', '2');
    expect(ended.exitCode).toBe(3);
    expect(ended.output).toContain(
      'The server came to refuse what it had answered before: credentials expired',
    );
    expect(ended.output).toMatch(/^inconclusive: 0 failures/m);
    expect(left).toBeGreaterThan(-10);
  });

  test('a stage that limits requests is waited for, which is told', async () => {
    let limits = 3;
    const url = await serve((request, response) => {
      if (limits-- > 0) response.writeHead(429, { 'retry-after': '0' }).end();
      else fine(request, response);
    });
    const { exitCode, output } = await rehearse(url, '--concurrency', '1');
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining(
        'note: the stage limits requests: 3 requests were sent again, after waits of 0.0 s in all.',
      ),
    ]);
  });

  test('the time is up', async () => {
    const url = await serve((request, response) => void setTimeout(() => fine(request, response), 400));
    const { exitCode, output } = await rehearse(url, '--concurrency', '1', '--max-duration', '1');
    expect([exitCode, output]).toEqual([
      3,
      expect.stringContaining('The run was ended when its time was up'),
    ]);
  });

  test.each([
    ['--rate', '0', '--rate takes a number of requests a second'],
    ['--rate', 'fast', '--rate takes a number of requests a second'],
    ['--max-duration', '0', '--max-duration takes a whole number'],
    ['--timeout', '-1', '--timeout takes seconds'],
  ])('%s %s is refused', async (flag, value, message) => {
    const { exitCode, output } = await rehearse('http://127.0.0.1:1', flag, value);
    expect([exitCode, output]).toEqual([2, expect.stringContaining(message)]);
  });

  test.skipIf(process.platform === 'win32')('an interruption while a token is fetched', async () => {
    let told: () => void = () => {};
    const asked = new Promise<void>(resolve => (told = resolve));
    const tokenUrl = await serve(() => told());
    const cwd = mkdtempSync(join(folder, 'token-'));
    const scheme = `{ type: oauth2, flows: { clientCredentials: { tokenUrl: "${tokenUrl}", scopes: {} } } }`;
    writeFileSync(
      join(cwd, 'api.yaml'),
      `openapi: 3.1.1\ninfo: { title: T, version: "1" }\nsecurity: [{ who: [] }]\npaths: { /: { get: { responses: { "200": { description: ok } } } } }\ncomponents: { securitySchemes: { who: ${scheme} } }\n`,
    );
    writeFileSync(
      join(cwd, 'rehearsal.config.yaml'),
      'credentials: { who: { clientId: { env: CLIENT }, clientSecret: { env: CLIENT_SECRET } } }\n',
    );
    const env = { ...process.env, CLIENT: 'me', CLIENT_SECRET: 'mine' };
    const args = [bin, 'test', 'http://127.0.0.1:1', '--spec', 'api.yaml'];
    const child = spawn(process.execPath, args, { cwd, env, stdio: 'ignore' });
    const ended = new Promise<number | null>(resolve => child.on('exit', resolve));
    await asked;
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });

  test.skipIf(process.platform === 'win32')('an interruption deletes what cases have made', async () => {
    const cwd = mkdtempSync(join(folder, 'made-'));
    writeFileSync(
      join(cwd, 'api.yaml'),
      `openapi: 3.1.1
info: { title: T, version: "1" }
paths:
  /things: { post: { responses: { "201": { description: made } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    delete: { responses: { "204": { description: gone } } }
`,
    );
    const deleted: string[] = [];
    let told: () => void = () => {};
    const hangs = new Promise<void>(resolve => (told = resolve));
    const url = await serve((request, response) => {
      if (request.method === 'POST') response.writeHead(201, { Location: '/things/7' }).end();
      else if (request.method !== 'DELETE') told();
      else {
        deleted.push(request.url ?? '');
        response.writeHead(204).end();
      }
    });
    const args = ['test', url, '--spec', 'api.yaml', '--concurrency', '1'];
    const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: 'ignore' });
    const ended = new Promise<number | null>(resolve => child.on('exit', resolve));
    await hangs;
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(deleted).toEqual(['/things/7']);
  });

  test.skipIf(process.platform === 'win32')('an interruption leaves a report of what was found', async () => {
    const report = join(folder, 'partial.json');
    const hanging: ServerResponse[] = [];
    let told: () => void = () => {};
    const hangs = new Promise<void>(resolve => (told = resolve));
    let answered = 0;
    const url = await serve((_request, response) => {
      answered += 1;
      if (answered <= 4) response.writeHead(500).end();
      else {
        hanging.push(response);
        told();
      }
    });
    const args = [
      'test',
      url,
      '--spec',
      'api.yaml',
      '--concurrency',
      '1',
      '--retries',
      '0',
      '--reporter',
      `json=${report}`,
    ];
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise<number | null>(resolve => child.on('exit', resolve));
    await hangs;
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      stopped: 'interrupted',
      counts: { cases: 4 },
    });
  });
});
