import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Fault, petsContract, startPets } from '../contract-tests/pets.fixture.ts';
import { collectionFor } from './newman-run.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-reporter-'));
  writeFileSync(join(folder, 'pets.json'), JSON.stringify(collectionFor(petsContract(), 'standard')));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: string;
}

/** As a person types it: newman, and where the reporter is. */
async function newmanRun(fault: Fault, words: readonly string[] = [], file = 'pets.json'): Promise<Ended> {
  const pets = await startPets(fault);
  const report = join(folder, 'report.xml');
  rmSync(report, { force: true });
  const args = ['run', join(folder, file), '-r', 'rehearsal', '--reporter-rehearsal-export', report];
  const variables = ['--env-var', `baseUrl=${pets.url}`, '--env-var', 'key=a-secret-key'];
  try {
    const child = spawn(
      process.execPath,
      ['--no-deprecation', join(root, 'node_modules/newman/bin/newman.js'), ...args, ...variables, ...words],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', NODE_PATH: join(root, 'scripts/newman') },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    return { code, stdout, stderr, report: textOf(report) };
  } finally {
    await pets.close();
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

describe('newman run -r rehearsal', () => {
  test('tells what newman found as our reports do', async () => {
    const { code, stdout, stderr, report } = await newmanRun((_request, reply) =>
      reply.status === 201 ? { status: 500 } : undefined,
    );
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^broken: \d+ failures in \d+ cases of 5 operations/m);
    expect(report).toContain('type="server-error"');
    expect(report).toContain('name="positive example-rex"');
    expect(report + stdout).not.toContain('a-secret-key');
  });

  test('keeps quiet beside the reporter cli, and ends with 0', async () => {
    const { code, stdout, report } = await newmanRun(() => undefined, ['-r', 'cli,rehearsal']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('kept:');
    expect(report).toContain('failures="0"');
  });

  test('a run that could not look ends with 3', async () => {
    const { code, stdout } = await newmanRun(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    expect(stdout).toContain('inconclusive: ');
    expect(code).toBe(3);
  });

  test('items of somebody’s own pass and fail by their tests', async () => {
    const made = collectionFor(petsContract(), 'examples');
    const own = (name: string, path: string, exec: readonly string[]): object => ({
      name,
      event: [{ listen: 'test', script: { exec } }],
      request: {
        method: 'GET',
        url: { raw: `{{baseUrl}}${path}`, host: ['{{baseUrl}}'], path: [path.slice(1)] },
      },
    });
    const item = [
      ...(made['item'] as readonly object[]),
      own('all pets', '/pets', ["pm.test('is teapot', () => pm.response.to.have.status(418));"]),
      own('elsewhere', '/nowhere', ["pm.test('any', () => {});"]),
    ];
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...made, item }));
    const { code, stderr, report } = await newmanRun(() => undefined, [], 'own.json');
    expect(code).toBe(1);
    expect(report).toContain('is teapot');
    expect(stderr).toContain('no report tells of elsewhere, which asks no operation of the document');
  });

  test('a collection that was not generated is refused before anything is sent', async () => {
    writeFileSync(
      join(folder, 'other.json'),
      JSON.stringify({ info: { name: 'other' }, item: [{ name: 'a', request: 'http://127.0.0.1:9/' }] }),
    );
    const { code, stderr } = await newmanRun(() => undefined, [], 'other.json');
    expect(stderr).toContain('collections that rehearsal generate postman made');
    expect(code).toBe(2);
  });
});
