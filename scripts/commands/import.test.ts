import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';
import { replaceFiles } from '../replace-files.ts';

const PETS = `# ours
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:   # lists
      operationId: list
      responses: { '204': { description: None. } }
`;
const HTTP = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com/owners' };
const EXPORT = {
  openapi: '3.0.1',
  info: { title: 'Pets', version: '2026-01-01T00:00:00Z' },
  servers: [
    {
      url: 'https://abc.execute-api.eu-west-1.amazonaws.com/{basePath}',
      variables: { basePath: { default: 'prod' } },
    },
  ],
  paths: {
    '/pets': {
      get: { operationId: 'list', responses: { 204: { description: '204 response', content: {} } } },
    },
    '/owners': {
      get: {
        responses: { 200: { description: '200 response', content: {} } },
        'x-amazon-apigateway-integration': HTTP,
      },
    },
  },
  components: {},
};
const HOME = `${PETS}  /owners:
    get:
      responses:
        "200":
          description: 200 response
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://example.com/owners
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-import-'));
  mkdirSync(join(folder, 'specs'));
  write('specs/pets.yaml', PETS);
  write('export.json', JSON.stringify(EXPORT, null, 2));
});
afterEach(() => {
  chmodSync(join(folder, 'specs'), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

async function run(
  ...args: readonly string[]
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    cwd: folder,
    env: {},
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  };
  const exitCode = await main(['import', ...args], context);
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

/** What `patch` makes of a file. */
function patched(text: string): Promise<number | null> {
  return new Promise((done, failed) => {
    const patch = spawn('git', ['apply', '-'], { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
    patch.on('error', failed).on('exit', done);
    patch.stdin.end(text);
  });
}

describe('what an export brings', () => {
  test('is shown as a patch that git applies, and written with --write', async () => {
    const shown = await run('export.json');
    expect(shown.exitCode).toBe(0);
    expect(shown.stderr).toMatch(
      /^1 change, nothing is written yet: --write --expect [0-9a-f]{12} writes this\.\n$/,
    );
    expect(read('specs/pets.yaml')).toBe(PETS);
    expect(await patched(shown.stdout)).toBe(0);
    expect(read('specs/pets.yaml')).toBe(HOME);
    write('specs/pets.yaml', PETS);
    expect(await run('export.json', 'specs/pets.yaml', '--write')).toEqual({
      exitCode: 0,
      stdout: 'GET /owners\nwrote specs/pets.yaml\n',
      stderr: '',
    });
    expect(read('specs/pets.yaml')).toBe(HOME);
    expect(await run('export.json')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'specs/pets.yaml says all that the export says.\n',
    });
  });

  test('goes where a link leads, and the link stays one', async () => {
    symlinkSync(join(folder, 'specs/pets.yaml'), join(folder, 'link.yaml'));
    expect(await run('export.json', 'link.yaml', '--write')).toMatchObject({ exitCode: 0 });
    expect(read('specs/pets.yaml')).toBe(HOME);
    expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
  });

  test('leaves conflicts to a person, with both places', async () => {
    write(
      'specs/pets.yaml',
      PETS.replace(
        '/pets:',
        '/pets/{id}:\n    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]',
      ),
    );
    write(
      'export.json',
      JSON.stringify(
        {
          ...EXPORT,
          paths: { '/pets/{pet}': { get: EXPORT.paths['/pets'].get, put: EXPORT.paths['/owners'].get } },
        },
        null,
        2,
      ),
    );
    const { exitCode, stdout, stderr } = await run('export.json', '--write');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('conflict: PUT /pets/{pet} is new, and the document calls its path /pets/{id}.');
    expect(stderr).toContain('  here:  specs/pets.yaml:5:3 (/paths/~1pets~1{id})\n  there: export.json:');
  });

  test('becomes a document of its own, which is not written over', async () => {
    expect(await run('export.json', '--out', 'new.yaml')).toMatchObject({
      exitCode: 0,
      stdout: 'wrote new.yaml\n',
    });
    expect(read('new.yaml')).toMatch(/^openapi: 3\.1\.1\ninfo:\n {2}title: Pets\n/);
    expect((await run('export.json', '--out', 'new.yaml')).stderr).toContain('Move it away');
    expect((await run('export.json', 'new.yaml')).stderr).toBe('new.yaml says all that the export says.\n');
    rmSync(join(folder, 'specs/pets.yaml'));
    expect((await run('export.json')).stdout).toBe(read('new.yaml'));
  });
});

describe('what is refused, and then the document is whole', () => {
  test.each<[string, object | string, string]>([
    ['a document of no version', { a: 1 }, 'export.json:1:1 (/) It says no version of OpenAPI.'],
    ['another version', { openapi: '3.1.0', paths: {} }, 'It is of version 3.1.0'],
    ['a text that is broken', '{"openapi": ', 'export.json:1:'],
    ['no paths', { openapi: '3.0.1' }, 'It has no paths.'],
    [
      'an unknown type of integration',
      withOwners({ 'x-amazon-apigateway-integration': { type: 'magic' } }),
      'There is no integration of type "magic".',
    ],
    ['a status outside 100 to 599', withOwners({ responses: { 600: {} } }), '600 is no status of HTTP.'],
    [
      'a template over 300 KB',
      withOwners({
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': 'x'.repeat(307_201) },
        },
      }),
      'The mapping template is longer than the 300 KB that API Gateway takes.',
    ],
  ])('%s', async (_about, exported, reason) => {
    write('export.json', typeof exported === 'string' ? exported : JSON.stringify(exported));
    const { exitCode, stdout, stderr } = await run('export.json', '--write');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('error: export.json cannot be brought home:\n  export.json:');
    expect(stderr).toContain(reason);
    expect(read('specs/pets.yaml')).toBe(PETS);
  });

  test('an export of another API, but not with --force', async () => {
    write('export.json', JSON.stringify({ ...EXPORT, paths: { '/owners': EXPORT.paths['/owners'] } }));
    expect(await run('export.json', '--write')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('it has no operation in common with specs/pets.yaml'),
    });
    expect(read('specs/pets.yaml')).toBe(PETS);
    expect(await run('export.json', '--write', '--force')).toMatchObject({ exitCode: 0 });
    expect(read('specs/pets.yaml')).toBe(HOME);
  });

  test('a document that has changed since its patch was shown', async () => {
    const mark = /--expect (\w+)/.exec((await run('export.json')).stderr)?.[1] ?? '';
    const changed = PETS.replace('# lists', '# lists all');
    write('specs/pets.yaml', changed);
    expect(await run('export.json', '--write', '--expect', mark)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('has changed since the merge was shown'),
    });
    expect(read('specs/pets.yaml')).toBe(changed);
    write('specs/pets.yaml', PETS);
    expect(await run('export.json', '--write', '--expect', mark)).toMatchObject({ exitCode: 0 });
  });

  test('a change behind an alias', async () => {
    write(
      'specs/pets.yaml',
      'openapi: 3.1.0\ninfo: { title: Pets, version: "1" }\nx-paths: &paths\n  /pets: { get: { responses: { "204": { description: None. } } } }\npaths: *paths\n',
    );
    expect((await run('export.json')).stderr).toContain('specs/pets.yaml cannot be edited');
  });

  test.skipIf(process.getuid?.() === 0)('a folder that is not to be written to', async () => {
    chmodSync(join(folder, 'specs'), 0o555);
    expect(await run('export.json', '--write')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('cannot be written: EACCES'),
    });
    expect(read('specs/pets.yaml')).toBe(PETS);
  });

  test('of several files none is written when one has changed, and no draft is left', () => {
    write('specs/a.yaml', 'a');
    write('specs/b.yaml', 'changed');
    const path = (name: string): string => join(folder, 'specs', name);
    expect(() =>
      replaceFiles([
        { path: path('a.yaml'), before: 'a', after: 'A' },
        { path: path('b.yaml'), before: 'b', after: 'B' },
      ]),
    ).toThrow(expect.objectContaining({ code: 'SOURCE_CHANGED' }));
    expect(read('specs/a.yaml')).toBe('a');
    expect(readdirSync(join(folder, 'specs')).toSorted()).toEqual(['a.yaml', 'b.yaml', 'pets.yaml']);
  });
});

function withOwners(more: object): object {
  return { ...EXPORT, paths: { '/owners': { get: { ...EXPORT.paths['/owners'].get, ...more } } } };
}
