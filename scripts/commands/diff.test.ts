import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-diff-'));
  write('released.yaml', pets('required: false'));
  write('next.yaml', pets('required: true'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pets = (required: string): string => `openapi: 3.1.1
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, schema: { type: integer }, ${required} }
      responses:
        '200': { description: Pets }
`;

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

async function diff(
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
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
  const exitCode = await main(['diff', ...args], context);
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

describe('formats', () => {
  test('the page shows what is printed', async () => {
    const { exitCode, stdout, stderr } = await diff('released.yaml', 'next.yaml');
    expect([exitCode, stderr]).toEqual([1, '']);
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/diff.md'), 'utf8');
    expect(page).toContain(`$ rehearsal diff released.yaml next.yaml\n${stdout}\`\`\``);
  });

  test('json holds both places and the counts', async () => {
    const { stdout } = await diff('released.yaml', 'next.yaml', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      before: 'released.yaml',
      after: 'next.yaml',
      changes: [
        {
          rule: 'parameter-became-required',
          severity: 'breaking',
          operation: 'GET /pets',
          operations: ['GET /pets'],
          before: { file: 'released.yaml', line: 8, pointer: '/paths/~1pets/get/parameters/0' },
          after: { file: 'next.yaml', line: 8 },
        },
      ],
      counts: { breaking: 1, risky: 0, safe: 0 },
    });
  });

  test('markdown is a table, and nothing that a document writes is markup', async () => {
    write('next.yaml', pets('required: true').replace('listPets', '"[x](http://evil.example)|<b>"'));
    const { stdout } = await diff('released.yaml', 'next.yaml', '--format', 'markdown');
    expect(stdout).toContain('### breaking\n\n| where | what | rule | before | after |\n');
    expect(stdout).toContain('\\[x\\](http://evil.example)\\|\\<b\\>');
  });

  test('github annotates the second document', async () => {
    const { stdout } = await diff('released.yaml', 'next.yaml', '--format', 'github');
    expect(stdout).toMatch(
      /^::error file=next\.yaml,line=8,col=\d+.*,title=parameter-became-required::GET \/pets: /,
    );
    expect(stdout.split('\n')).toHaveLength(2);
  });
});

describe('exit codes', () => {
  test('0 where nothing changed, or nothing as grave as asked for', async () => {
    expect(await diff('next.yaml', 'next.yaml')).toEqual({
      exitCode: 0,
      stdout: 'no changes from next.yaml to next.yaml\n',
      stderr: '',
    });
    expect((await diff('next.yaml', 'released.yaml', '--fail-on', 'risky')).exitCode).toBe(0);
    expect((await diff('next.yaml', 'released.yaml', '--fail-on', 'safe')).exitCode).toBe(1);
    expect((await diff('released.yaml', 'next.yaml', '--fail-on', 'none')).exitCode).toBe(0);
    write('renamed.yaml', pets('required: true').replace('listPets', 'getPets'));
    expect((await diff('next.yaml', 'renamed.yaml')).exitCode).toBe(0);
    expect((await diff('next.yaml', 'renamed.yaml', '--fail-on', 'risky')).exitCode).toBe(1);
  });

  test('2 for what cannot be compared, with a reason and no stack', async () => {
    write('none.yaml', 'openapi: 4.0.0\n');
    expect(await diff('released.yaml', 'none.yaml')).toMatchObject({ exitCode: 2, stdout: '' });
    const both = await diff('released.yaml', '.');
    expect(both.exitCode).toBe(2);
    const missing = await diff('released.yaml', 'nowhere.yaml');
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('nowhere.yaml');
    expect(missing.stderr).not.toMatch(/^\s+at /m);
    expect(await diff('-', '-')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('name the other'),
    });
    write('none.yaml', pets(''));
    expect((await diff('released.yaml', '*.yaml')).stderr).toContain('holds 3 documents; name one of them.');
  });
});

describe('drift', () => {
  const exported = (required: boolean): string =>
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'Pets', version: '2026-01-01T00:00:00Z' },
      servers: [
        {
          url: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/{basePath}',
          variables: { basePath: { default: 'prod' } },
        },
      ],
      paths: {
        '/pets': {
          get: {
            operationId: 'listPets',
            parameters: [
              { name: 'limit', in: 'query', ...(required && { required }), schema: { type: 'string' } },
            ],
            responses: { 200: { description: '200 response', content: {} } },
          },
          options: { responses: { 200: { description: '200 response', content: {} } } },
        },
      },
      components: {},
    });

  test('the page shows what is printed', async () => {
    write('source.yaml', pets('required: false'));
    write('export.json', exported(true));
    const { exitCode, stdout } = await diff('source.yaml', 'export.json');
    expect(exitCode).toBe(1);
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/diff.md'), 'utf8');
    expect(page).toContain(`$ rehearsal diff source.yaml export.json\n${stdout}\`\`\``);
  });

  test('an export is known by its server, unless it is said otherwise', async () => {
    write('export.json', exported(false));
    const { exitCode, stdout } = await diff('released.yaml', 'export.json');
    expect([exitCode, stdout]).toEqual([0, 'no drift from released.yaml to export.json\n']);
    expect((await diff('released.yaml', 'export.json', '--no-drift')).stdout).toContain('operation-added');
    expect((await diff('released.yaml', 'next.yaml', '--drift')).stdout).toMatch(
      /^drift, 1 breaking change /m,
    );
    expect((await diff('export.json', 'export.json')).stdout).toBe(
      'no changes from export.json to export.json\n',
    );
  });
});
