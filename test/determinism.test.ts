import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** A process of its own, in a place and time zone of its own. */
function digests(surroundings: Readonly<Record<string, string>>): string {
  const run = spawnSync(process.execPath, ['test/plan-digest.ts', 'specs', 'test/corpus'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...surroundings },
  });
  expect(run.stderr).toBe('');
  return run.stdout;
}

test('two processes make the same answers and cases of every document, byte for byte, wherever they run', () => {
  const here = digests({ TZ: 'UTC', LANG: 'C' });
  const there = digests({ TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
  expect(here.split('\n').length).toBeGreaterThan(14);
  expect(there).toBe(here);
});
