import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../contract-tests/pets.fixture.ts';
import { main } from './cli.ts';
import type { Config } from './config/config.ts';

let folder: string;
let bad: PetsServer;
let shaky: PetsServer;
let served = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-settle-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  bad = await startPets((_request, reply) => (reply.status === 201 ? { status: 500 } : undefined));
  shaky = await startPets(({ method, path }, reply) =>
    method === 'GET' && path === '/pets' && reply.status === 200 && (served += 1) === 1
      ? { status: 500 }
      : undefined,
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([bad.close(), shaky.close()]);
});
beforeEach(() => {
  served = 0;
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rehearse(url: string, args: readonly string[], config: Config = {}): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(['test', url, '--spec', 'pets.yaml', ...args], {
    cwd: folder,
    env: {},
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

describe('flaky cases', () => {
  test('are told and break nothing', async () => {
    const { exitCode, stdout } = await rehearse(shaky.url, []);
    expect(stdout).toMatch(/flaky: server-error[\s\S]*kept: .*1 flaky case/);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['--flaky fail', ['--flaky', 'fail'], {}],
    ['--retries 0', ['--retries', '0'], {}],
    ['the configuration', [], { test: { flaky: 'fail' } } as Config],
  ])('break with %s', async (_name, args, config) => {
    expect((await rehearse(shaky.url, args, config)).exitCode).toBe(1);
  });

  test('a word that is none is refused', async () => {
    const { exitCode, stderr } = await rehearse(shaky.url, ['--flaky', 'ignore']);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('--flaky takes warn or fail, not "ignore".'),
    ]);
  });
});

describe('a baseline', () => {
  test('is written from a run, accepts it, and tells what it fitted no more', async () => {
    const first = await rehearse(bad.url, ['--write-baseline', 'known.yaml']);
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toMatch(/^note: known\.yaml lists \d+ known breaks?; say why in each reason\.\n$/);
    const text = readFileSync(join(folder, 'known.yaml'), 'utf8');
    expect(text).toMatch(
      /^# Breaks .*\nbreaks:\n {2}- document: "pets\.yaml"\n {4}operation: "POST \/pets"\n {4}check: "server-error"\n/,
    );
    const second = await rehearse(bad.url, ['--baseline', 'known.yaml']);
    expect(second.stdout).toMatch(/known: server-error[\s\S]*kept: .*known failures/);
    expect([second.exitCode, second.stderr]).toEqual([0, '']);
    const mended = await rehearse(shaky.url, [], { test: { baseline: 'known.yaml' } });
    expect(mended.stderr).toMatch(
      /^note: (An entry|\d entries) of known\.yaml fitted no failure of this run:\n {2}POST \/pets server-error \//,
    );
  });

  test('that has expired breaks again and says so', async () => {
    const entry = { operation: 'createPet', check: 'server-error', reason: 'soon', expires: '2020-01-01' };
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ breaks: [entry] }));
    const { exitCode, stdout } = await rehearse(bad.url, ['--baseline', 'old.json']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Known       only until 2020-01-01: soon');
  });

  test.each([
    [
      'breaks: [{ operation: GET /pets, reason: x, expires: 2026-01-01 }]',
      ':1:10 the entry names neither a case',
    ],
    ['breaks:\n  - case: a\n    reason: ""\n    expires: soon', ':3:13 reason must'],
    ['breaks:\n  - case: a\n    reason: ""\n    expires: soon', ':4:14 expires must'],
    ['breaks:\n  - cse: a', ':2:10 cse'],
    ['breaks: [', ':1:'],
    ['[]', ':1:1 the file must be an object'],
  ])('that is wrong is refused with the place: %j', async (text, message) => {
    writeFileSync(join(folder, 'wrong.yaml'), text);
    const { exitCode, stderr } = await rehearse(bad.url, ['--baseline', 'wrong.yaml']);
    expect(stderr).toContain(`wrong.yaml${message}`);
    expect(exitCode).toBe(2);
  });

  test('that is not there is refused', async () => {
    const { exitCode, stderr } = await rehearse(bad.url, ['--baseline', 'none.yaml']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('There is no such file')]);
    expect(existsSync(join(folder, 'none.yaml'))).toBe(false);
  });
});

describe('--case', () => {
  test('sends one case, as the replay command says', async () => {
    const { stdout } = await rehearse(bad.url, ['-H', 'X-Note: secret-note', '--seed', '3']);
    const [, words = ''] = /^ {4}rehearsal test (.*)$/m.exec(stdout) ?? [];
    expect(words).toMatch(
      /^http\S+ --spec pets\.yaml --seed 3 --header 'X-Note: \*\*\*' --case 'POST \/pets positive .*'$/,
    );
    const [, id = ''] = /--case '(.*)'$/.exec(words) ?? [];
    const { exitCode, stdout: one } = await rehearse(bad.url, ['--case', id, '--seed', '3']);
    expect(exitCode).toBe(1);
    expect(one).toMatch(/^broken: \d+ failures? in 1 case of 1 operation/m);
  });

  test('with an asterisk sends all that begin so', async () => {
    const { stdout } = await rehearse(bad.url, ['--case', 'HEAD /pets*', '--case', 'GET /pets positive*']);
    expect(stdout).toMatch(/in \d+ cases of 2 operations/);
  });

  test('that names none is refused', async () => {
    const { exitCode, stderr } = await rehearse(bad.url, ['--case', 'GET /pets positive nothing']);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('No case is called GET /pets positive nothing;'),
    ]);
  });
});
