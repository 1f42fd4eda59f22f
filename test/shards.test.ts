/** The walk through shards and merged reports in docs/reference/vitest.md, as it stands there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../contract-tests/pets.fixture.ts';

const root = join(import.meta.dirname, '..');
let folder: string;
let server: PetsServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-shards-'));
  server = await startPets(({ method, path }, reply) =>
    method === 'DELETE' && path.startsWith('/pets/') && reply.status === 204 ? { status: 500 } : undefined,
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

const page = readFileSync(join(root, 'docs/reference/vitest.md'), 'utf8');
const section = page.slice(page.indexOf('## Shards and merged reports'));

/** The blocks of the section in a language. */
function blocks(language: string): readonly string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text = '']) => text,
  );
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** `npx vitest …` in the folder. */
async function vitest(command: string): Promise<Ended> {
  const words = command.replace(/^npx vitest /, '').split(' ');
  const bin = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, REHEARSAL_STAGE: server.url, NO_COLOR: '1' };
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** `file: test`, of a report of junit. */
function testsIn(report: string): readonly string[] {
  return [
    ...readFileSync(join(folder, report), 'utf8').matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g),
  ]
    .map(([, file, name]) => `${file}: ${name}`)
    .toSorted();
}

test('each machine runs its share, and the merged report has all of it', async () => {
  mkdirSync(join(folder, 'specs'));
  mkdirSync(join(folder, 'contract-tests'));
  writeFileSync(join(folder, 'specs/petstore.yaml'), PETS);
  const files = blocks('ts');
  expect(files).toHaveLength(2);
  for (const text of files) {
    const [, name = ''] = /^\/\/ (\S+)\n/.exec(text) ?? [];
    const vitestModule = pathToFileURL(join(root, 'scripts/vitest.ts')).href;
    writeFileSync(join(folder, name), text.replace("'rehearsal/vitest'", JSON.stringify(vitestModule)));
  }
  const commands = blocks('console').flatMap(text =>
    text.split('\n').flatMap(line => (line.startsWith('$ ') ? [line.slice(2)] : [])),
  );
  const [first = '', second = '', merge = ''] = commands;
  expect(commands).toHaveLength(3);

  const whole = await vitest('npx vitest run contract-tests --reporter=junit --outputFile=whole.xml');
  const shares = [await vitest(first), await vitest(second)];
  for (const { output } of shares) expect(output).toContain('blob report written to ');
  expect(existsSync(join(folder, '.vitest/blob'))).toBe(true);
  expect([whole.code, ...shares.map(({ code }) => code).toSorted()]).toEqual([1, 0, 1]);

  const before = server.requests.length;
  const merged = await vitest(merge);
  expect(server.requests.length).toBe(before);
  expect(merged.code).toBe(1);
  const tests = testsIn('contract-tests.xml');
  expect(tests.filter(name => name.startsWith('contract-tests/reading')).length).toBeGreaterThan(20);
  expect(tests.filter(name => name.startsWith('contract-tests/writing')).length).toBeGreaterThan(20);
  expect(tests).toEqual(testsIn('whole.xml'));
  const report = readFileSync(join(folder, 'contract-tests.xml'), 'utf8');
  expect(report).toMatch(/<failure message="server-error: /);
});
