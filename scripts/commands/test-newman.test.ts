import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../../contract-tests/pets.fixture.ts';
import { main } from '../cli.ts';
import type { Config } from '../config/config.ts';

let folder: string;
let good: PetsServer;
let bad: PetsServer;
const keys = new Set<string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-newman-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  good = await startPets(({ headers }) => {
    keys.add(String(headers['x-key'] ?? '-'));
    return undefined;
  });
  bad = await startPets((_request, reply) => (reply.status === 201 ? { status: 500 } : undefined));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([good.close(), bad.close()]);
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rehearse(url: string, words: readonly string[], config: Config = {}): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(['test', url, '--spec', 'pets.yaml', ...words], {
    cwd: folder,
    env: { PET_KEY: 'a-secret-key' },
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const NEWMAN = ['--runner', 'newman'];
const KEYED: Config = { credentials: { key: { env: 'PET_KEY' } } };

test('a server that keeps its document is kept, with the credentials of the configuration', async () => {
  const { exitCode, stdout } = await rehearse(good.url, NEWMAN, KEYED);
  expect(stdout).toMatch(/^kept: 0 failures in \d+ cases of 5 operations/m);
  expect(stdout).toMatch(/not made: .*\d+ impossible to send with newman/);
  expect(exitCode).toBe(0);
  expect(keys).toContain('a-secret-key');
});

test('a broken one is broken in the same places, in every report, and no report shows a secret', async () => {
  const reports = ['--reporter', 'junit=report.xml', '--reporter', 'json=report.json'];
  const words = ['--no-sequences', '--operation', 'createPet', ...reports];
  const shown = async (more: readonly string[]): Promise<readonly unknown[]> => {
    const { exitCode } = await rehearse(bad.url, [...words, ...more], KEYED);
    expect(exitCode).toBe(1);
    const report = readFileSync(join(folder, 'report.json'), 'utf8');
    expect(report).not.toContain('a-secret-key');
    return [...report.matchAll(/"case":\s*"([^"]+)"/g)].map(([, id]) => id).toSorted();
  };
  const byNewman = await shown(NEWMAN);
  expect(byNewman.length).toBeGreaterThan(0);
  expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toContain('server-error');
  expect(await shown(['--concurrency', '1'])).toEqual(byNewman);
});

test('nobody there cannot be judged', async () => {
  const gone = await startPets();
  await gone.close();
  const { exitCode, stderr } = await rehearse(gone.url, NEWMAN, KEYED);
  expect(stderr).toContain('does not answer');
  expect(exitCode).toBe(3);
});

test.each([
  [['--retries', '2'], 'sends each case once'],
  [['--concurrency', '4'], 'one request at a time'],
  [['--sequences-only'], 'sends no sequences'],
])('%s is refused', async (words, reason) => {
  const { exitCode, stderr } = await rehearse(good.url, [...NEWMAN, ...words]);
  expect(stderr).toContain(reason);
  expect(exitCode).toBe(2);
});

test('a hook that changes requests and one that hears of cases are called', async () => {
  const heard: string[] = [];
  const { exitCode } = await rehearse(good.url, [...NEWMAN, '--operation', 'listPets'], {
    hooks: {
      beforeCase: request => ({ ...request, headers: [...request.headers, ['X-Key', 'from-a-hook']] }),
      afterCase: (outcome, planned) => void heard.push(`${outcome.kind} ${planned.id}`),
    },
  });
  expect(exitCode).toBe(0);
  expect(keys).toContain('from-a-hook');
  expect(heard.length).toBeGreaterThan(3);
});
