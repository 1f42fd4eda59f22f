/** What a suite of vitest takes from the configuration, and what it leaves on the server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SHELTER, type ShelterServer, startShelter } from '../contract-tests/shelter.fixture.ts';

const root = join(import.meta.dirname, '..');
let folder: string;
let server: ShelterServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-suite-'));
  writeFileSync(join(folder, 'shelter.yaml'), SHELTER);
  writeFileSync(
    join(folder, 'rehearsal.config.mjs'),
    `import { appendFileSync } from 'node:fs';
const say = text => appendFileSync('said.txt', text + '\\n');
export default {
  hooks: {
    beforeRun: ({ baseUrl }) => (say('beforeRun of the configuration'), { credentials: { key: 'of-the-hook' } }),
    afterRun: () => say('afterRun of the configuration'),
  },
};
`,
  );
  server = await startShelter();
});
beforeEach(() => {
  rmSync(join(folder, 'said.txt'), { force: true });
  const { animals, keepers, keys } = server.state;
  for (const kept of [animals, keepers, keys]) kept.clear();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** Runs one suite with these options, in TypeScript, and tells its exit code and what it said on standard error. */
async function suite(options: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  writeFileSync(
    join(folder, 'shelter.contract.test.ts'),
    `import { appendFileSync } from 'node:fs';
import { contractTests } from '${pathToFileURL(join(root, 'scripts/vitest.ts')).href}';
await contractTests({ spec: 'shelter.yaml', stage: '${server.url}', sequences: { off: true }, ${options} });
`,
  );
  const bin = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [bin, 'run', '--reporter=dot'], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

const said = (): readonly string[] => readFileSync(join(folder, 'said.txt'), 'utf8').trim().split('\n');

test('hooks of the configuration are called, and what cases made is removed', async () => {
  const { code, stderr } = await suite('');
  expect([code, stderr]).toEqual([0, '']);
  expect(said()).toEqual(['beforeRun of the configuration', 'afterRun of the configuration']);
  expect(server.log.some(line => /^POST \/animals 201$/.test(line))).toBe(true);
  expect([server.state.animals.size, server.state.keepers.size]).toEqual([0, 0]);
});

test('a suite has hooks in their places, and may leave what was made', async () => {
  const hook = "afterRun: () => appendFileSync('said.txt', 'afterRun of the suite\\n')";
  const { code } = await suite(`cleanUp: false, hooks: { ${hook} }`);
  expect(code).toBe(0);
  expect(said()).toEqual(['beforeRun of the configuration', 'afterRun of the suite']);
  expect(server.state.animals.size).toBeGreaterThan(0);
});
