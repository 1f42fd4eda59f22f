import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'scripts/rehearsal.js');
const BOX_OFFICE = join(root, 'specs/box-office.yaml');
const PETS = `openapi: 3.1.1
info: { title: Pets, version: 1.0.0 }
servers: [{ url: 'https://pets.example/v1' }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1 } }]
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { type: string } }, example: [Rex] } } }
        '400': { description: no }
`;

let folder: string;
const children: ChildProcess[] = [];
const servers: Server[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-cli-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  args: readonly string[],
  cwd: string = folder,
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; done: Promise<Run> } {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const done = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, done };
}

function rehearsal(
  args: readonly string[],
  cwd?: string,
  env?: Readonly<Record<string, string>>,
): Promise<Run> {
  return start(args, cwd, env).done;
}

/** The first line a process prints. */
async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function listening(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler as never);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A folder with a configuration and the pets in `specs/`. */
function project(name: string, configFile: string, config: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'specs'), { recursive: true });
  writeFileSync(join(path, 'specs/pets.yaml'), PETS);
  writeFileSync(join(path, configFile), config);
  return path;
}

describe('rehearsal start', () => {
  test('--once tells the verdict of every document and ends with it', async () => {
    const run = await rehearsal(['start', '--once'], root);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const lines = run.stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^document +operations +cases +failures +dev +next version +prod$/);
    const cells = lines.slice(1).map(line => line.split(/ {2,}/));
    expect(cells.map(([document, , , failures, ...rest]) => [document, failures, ...rest])).toEqual([
      ['specs/box-office.yaml', '0', 'kept', '2 safe changes', 'promoted'],
      ['specs/props-export.json', '0', 'kept', 'the same again', 'promoted'],
      ['specs/stagehand.yaml', '0', 'kept', 'the same again', 'promoted'],
    ]);
  });

  test('leaves the folder as it was when documents are named', async () => {
    const path = project(
      'start-named',
      'rehearsal.config.json',
      '{ "stages": { "prod": { "provider": "aws" } } }',
    );
    expect((await rehearsal(['start', 'specs/pets.yaml', '--once'], path)).code).toBe(0);
    expect(readdirSync(path).toSorted()).toEqual(['rehearsal.config.json', 'specs']);
    expect((await rehearsal(['start', '--once'], path)).stderr).toContain(
      'wrote gateway/generated/pets.openapi.json',
    );
  });

  test('stops a next version that breaks clients', async () => {
    const path = project('start-breaking', 'rehearsal.config.json', '{}');
    mkdirSync(join(path, 'specs/next'));
    writeFileSync(join(path, 'specs/next/pets.yaml'), PETS.replaceAll('/pets', '/animals'));
    const { code, stdout } = await rehearsal(['start', 'specs/pets.yaml', '--once'], path);
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing was deployed: 1 change breaks clients of prod.');
    expect(stdout).toMatch(/kept +1 breaking, 1 risky, 2 safe changes +stopped\n$/);
  });

  test('mocks a document that API Gateway cannot have', async () => {
    const path = project('start-large', 'rehearsal.config.json', '{}');
    const paths = Array.from(
      { length: 310 },
      (_, index) => `  /pets${index}: { get: { responses: { '204': { description: None. } } } }\n`,
    ).join('');
    writeFileSync(
      join(path, 'specs/large.yaml'),
      `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n${paths}`,
    );
    const { code, stdout } = await rehearsal(['start', 'specs/large.yaml', '--once'], path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^note: The target gateway cannot be made of .*large/);
    expect(stdout).toMatch(/kept \(mock\) +- +-\n$/);
  });

  test('goes on serving until it is interrupted', async () => {
    const { child, done } = start(['start', 'pets.yaml', '--port', '0']);
    let text = '';
    for await (const chunk of child.stdout ?? []) {
      text += String(chunk);
      if (text.includes('Ctrl-C')) break;
    }
    const url = /http:\S+/.exec(text)?.[0] ?? '';
    expect(await (await fetch(`${url}/pets`)).json()).toEqual(['Rex']);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
  });
});

describe('rehearsal mock', () => {
  test('--json prints one line when it answers, with the base path in the address', async () => {
    const { child } = start(['mock', 'pets.yaml', '--port', '0', '--json']);
    const event = JSON.parse(await firstLine(child)) as {
      event: string;
      url: string;
      documents: { name: string; url: string }[];
    };
    expect(event).toMatchObject({ event: 'listening', documents: [{ name: 'pets.yaml', url: event.url }] });
    expect(event.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect((await fetch(`${event.url}/pets`)).status).toBe(200);
    expect((await fetch(`${event.url}/pets?limit=0`)).status).toBe(400);
  });

  test('serves several documents in one process', async () => {
    const { child } = start(['mock', 'pets.yaml', BOX_OFFICE, '--port', '0', '--json']);
    const { documents } = JSON.parse(await firstLine(child)) as { documents: { url: string }[] };
    expect(documents).toHaveLength(2);
    for (const { url } of documents) expect((await fetch(`${url}/no-such-path`)).status).toBe(404);
  });

  test('names a busy port', async () => {
    const url = await listening((_request, response) => response.end());
    const run = await rehearsal(['mock', 'pets.yaml', '--port', new URL(url).port]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`Port ${new URL(url).port} on 127.0.0.1 is taken`);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test('ends gracefully when it is terminated', async () => {
    const { child, done } = start(['mock', 'pets.yaml', '--port', '0', '--json']);
    await firstLine(child);
    child.kill('SIGTERM');
    expect((await done).code).toBe(0);
  });

  test.each(['-1', '65536', 'http', '1.5', ''])('refuses the port %j', async port => {
    const run = await rehearsal(['mock', 'pets.yaml', `--port=${port}`]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('--port takes a number from 0 to 65535');
  });

  test('takes its port from the environment', async () => {
    const url = await listening(() => {});
    const { port } = new URL(url);
    const run = await rehearsal(['mock', 'pets.yaml', '--json'], folder, { REHEARSAL_PORT: port });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  });

  test.each([['no.such.host.invalid'], ['192.0.2.1']])('refuses the address %s', async host => {
    const run = await rehearsal(['mock', 'pets.yaml', '--port', '0', '--host', host]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(new RegExp(`^error: Nothing can listen on ${host}: .*--host.*\n$`));
  });
});

describe('options from the environment', () => {
  const lint = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> =>
    rehearsal(['lint', 'pets.yaml', ...args], folder, env);

  test('stand for those of the command line', async () => {
    expect((await lint({ REHEARSAL_FORMAT: 'json' })).stdout).toMatch(/^[[{]/);
    expect(await lint({ REHEARSAL_MAX_PROBLEMS: 'many' })).toMatchObject({ code: 2 });
    expect(await lint({ REHEARSAL_FORMAT: 'json' }, '--format', 'text')).toMatchObject({
      stdout: 'no problems in pets.yaml\n',
    });
  });

  test('are off when empty, and switches also when they say so', async () => {
    expect(await lint({ REHEARSAL_FORMAT: '', REHEARSAL_MAX_PROBLEMS: '' })).toMatchObject({ code: 0 });
    for (const [off, code] of [
      ['0', 2],
      ['false', 2],
      ['', 2],
      ['1', 3],
    ] as const) {
      writeFileSync(join(folder, 'outside.yaml'), 'type: string\n');
      mkdirSync(join(folder, 'inside'), { recursive: true });
      const document = PETS.replace(
        '{ type: array, items: { type: string } }',
        "{ $ref: '../outside.yaml' }",
      );
      writeFileSync(join(folder, 'inside/pets.yaml'), document);
      const run = await rehearsal(['test', 'http://127.0.0.1:1', '--spec', 'inside/pets.yaml'], folder, {
        REHEARSAL_ALLOW_OUTSIDE: off,
      });
      expect([off, run.code]).toEqual([off, code]);
    }
  });
});

describe('rehearsal test', () => {
  test('ends with 0 when the contract is kept', async () => {
    const { child } = start(['mock', 'pets.yaml', '--port', '0', '--json']);
    const { url } = JSON.parse(await firstLine(child)) as { url: string };
    const run = await rehearsal(['test', url, '--spec', 'pets.yaml']);
    expect(run.stdout).toMatch(/^kept: 0 failures in \d+ cases? of 1 operation/);
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  test('ends with 1 when it is broken, and says what, where and how to see it', async () => {
    const url = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('[1]');
    });
    const run = await rehearsal(['test', url, '--spec', 'pets.yaml']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/✗ GET \/pets/);
    expect(run.stdout).toMatch(/Received .*\n +Documented .*\n +pets\.yaml:11:\d+ \(.*\)\n +curl /);
    expect(run.stdout).toContain('broken: ');
  });

  test('ends with 3 when nothing answers', async () => {
    const run = await rehearsal(['test', 'http://127.0.0.1:1', '--spec', 'pets.yaml']);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('does not answer');
  });

  test.each([
    [['--operation', 'listPet'], 'did you mean "listPets"?'],
    [['--tag', 'pet'], 'did you mean "pets"?'],
    [['--check', 'server-eror'], 'did you mean "server-error"?'],
    [['--depth', 'deeep'], '--depth takes examples, standard, deep'],
    [['--header', 'nonsense'], "--header takes a line such as 'Name: value'"],
    [['--reporter', 'json=no/such/folder/x.json'], 'cannot be written'],
    [['--reporter', 'json=.'], 'cannot be written: it is a folder'],
    [['--header', 'Content-Length: 5'], 'Content-Length cannot be given'],
    [['--header', 'transfer-encoding: chunked'], 'transfer-encoding cannot be given'],
    [['--seed', ''], '--seed takes a whole number'],
    [['--spec', 'x'.repeat(5000)], 'ENAMETOOLONG'],
    [['--seedling', '1'], "unknown option '--seedling'"],
  ])('refuses %j', async (args, message) => {
    const run = await rehearsal(['test', 'http://127.0.0.1:1', '--spec', 'pets.yaml', ...args]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });
});

test('the address of a stage may hold any password', async () => {
  const run = await rehearsal(['test', 'http://me:100%@127.0.0.1:1', '--spec', 'pets.yaml']);
  expect(run.code).toBe(3);
  expect(run.stdout + run.stderr).not.toContain('100%');
});

describe('the configuration', () => {
  test.each([
    ['throws nothing at all', 'throw null;', 'cannot be read: null'],
    ['never ends', 'await new Promise(() => {});', 'ended before its work did'],
    [
      'cannot be looked at',
      'export default { get specs() { throw new Error("no"); } };',
      'cannot be read: no',
    ],
  ])('%s', async (_what, text, message) => {
    const path = project('odd', 'rehearsal.config.mjs', text);
    const run = await rehearsal(['test', 'http://127.0.0.1:1'], path);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code: 2, stdout: '' });
  });

  test('names documents and stages', async () => {
    const url = await listening((_request, response) => {
      response.writeHead(500).end();
    });
    const cwd = project(
      'stages',
      'rehearsal.config.yaml',
      `specs: { pets: specs/pets.yaml }\nstages: { mine: { provider: url, url: '${url}' } }\n`,
    );
    const run = await rehearsal(['test', 'mine'], cwd);
    expect(run.stdout).toContain('server-error');
    expect(run.code).toBe(1);
  });

  test('may be TypeScript', async () => {
    const config = `import { defineConfig } from '${join(root, 'scripts/config/config.ts')}';\nexport default defineConfig({ mock: { port: 0 } });\n`;
    const { child } = start(['mock', '--json'], project('typescript', 'rehearsal.config.ts', config));
    expect(await firstLine(child)).toContain('"listening"');
  });

  test('refuses unknown keys with the nearest, and their place', async () => {
    const cwd = project(
      'slips',
      'rehearsal.config.yaml',
      'mokc: { port: 0 }\ntest:\n  dpeth: deep\n  concurrency: 0\n',
    );
    const run = await rehearsal(['mock'], cwd);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('rehearsal.config.yaml:1:1 mokc is not a known key; did you mean "mock"?');
    expect(run.stderr).toContain(
      'rehearsal.config.yaml:3:10 test.dpeth is not a known key; did you mean "depth"?',
    );
    expect(run.stderr).toMatch(/rehearsal\.config\.yaml:4:16 test\.concurrency must be .*1/);
  });

  test.each([
    ['rehearsal.config.json', '{ "mock": ', /rehearsal\.config\.json cannot be read: 1:\d+/],
    ['rehearsal.config.ts', 'export const nothing = 1;\n', /it has no default export/],
    ['rehearsal.config.ts', 'export default {', /cannot be read/],
    ['rehearsal.config.yaml', 'mock: { port: "80" }', /mock\.port must be/],
  ])('%s that cannot be used is refused: %s', async (file, text, message) => {
    const run = await rehearsal(['mock'], project(`bad-${file}-${text.length}`, file, text));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test('that was named must exist', async () => {
    const run = await rehearsal(['mock', '--config', 'nowhere.yaml']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('There is no configuration file nowhere.yaml.');
  });
});

describe('help', () => {
  test.each(['start', 'lint', 'mock', 'test'])('of %s shows examples', async command => {
    const run = await rehearsal([command, '--help']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(new RegExp(`Examples:\\n +\\$ rehearsal ${command}\\b`));
  });

  test('suggests the command that was probably meant', async () => {
    const run = await rehearsal(['mokc']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('Did you mean mock?');
  });

  test('ends without a word when nobody reads on', async () => {
    const { child, done } = start(['lint', '--help']);
    child.stdout?.destroy();
    expect(await done).toMatchObject({ code: 141, stderr: '' });
  });

  test('is shown when nothing was asked', async () => {
    const run = await rehearsal([]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Commands:');
  });
});
