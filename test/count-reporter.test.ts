import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Runs vitest over the given files and gives the last line it wrote, and its exit code. */
function lastLine(files: Readonly<Record<string, string>>): readonly [string | undefined, number | null] {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-count-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const reporter = JSON.stringify(join(root, 'test/count-reporter.ts'));
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { CountReporter } from ${reporter};\nexport default { test: { globals: true, reporters: [new CountReporter()] } };`,
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const run = spawnSync(process.execPath, [vitest, 'run', '--root', folder], { encoding: 'utf8' });
    return [run.stdout.trimEnd().split('\n').at(-1), run.status];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const good = "test('a', () => {}); test('b', () => {}); test.skip('c', () => {});";

test('a run in which all is well counts what passed and what was skipped', () => {
  expect(lastLine({ 'good.test.ts': good })).toEqual(['2 passed, 0 failed, 1 skipped', 0]);
});

test('failures in tests, in hooks, while loading and outside of any test all count', () => {
  const files = {
    'good.test.ts': good,
    'bad.test.ts': "test('a', () => { throw new Error('no'); });",
    'hook.test.ts': "beforeAll(() => { throw new Error('no'); }); test('a', () => {});",
    'load.test.ts': "throw new Error('no');",
    'stray.test.ts': `test('a', async () => {
      setImmediate(() => { throw new Error('no'); });
      await new Promise(setImmediate);
    });`,
  };
  const [line, status] = lastLine(files);
  expect(line).toBe('3 passed, 4 failed, 2 skipped');
  expect(status).toBe(1);
});
