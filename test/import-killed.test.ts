/**
 * `rehearsal import --write` killed at every moment at which it changes something on the disk, and run by somebody who may
 * not write there: each document is the old one or the new one, never a part of either.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringifyJson } from '../contract/json/stringify.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');
const FILES = ['api.yaml', 'models.yaml'] as const;
const API = `openapi: 3.1.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    post: # keeps one
      requestBody: { required: true, content: { application/json: { schema: { $ref: './models.yaml#/Pet' } } } }
      responses: { '204': { description: kept } }
`;
const MODELS = `Pet: # ours
  type: object
  required: [name]
  properties: { name: { type: string } }
`;

/** Dies at the n-th change of the disk; in the midst of it, where that is a write. */
const DIES = `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let left = Number(process.env.DIES_AT);
for (const name of ['writeFileSync', 'renameSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    left -= 1;
    if (left === 0) {
      if (name === 'writeFileSync') real(args[0], String(args[1]).slice(0, 40));
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    }
    return real(...args);
  };
}
syncBuiltinESMExports();
`;

let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-import-killed-'));
  reset();
  writeFileSync(join(folder, 'dies.mjs'), DIES);
  const [loaded] = await loadContracts(['api.yaml'], { cwd: folder });
  if (loaded?.contract === undefined) throw new Error('no contract');
  // What was deployed, and then changed there: a model has a property more, and there is another path.
  const { document } = gatewayDocument(loaded.contract);
  const changed = JSON.parse(stringifyJson(document)) as {
    readonly components: {
      readonly schemas: Record<string, { readonly properties: Record<string, object> }>;
    };
    readonly paths: Record<string, object>;
  };
  for (const { properties } of Object.values(changed.components.schemas))
    properties['age'] = { type: 'integer' };
  changed.paths['/owners'] = { get: { responses: { '204': { description: '204 response' } } } };
  writeFileSync(join(folder, 'export.json'), JSON.stringify(changed));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function reset(): void {
  writeFileSync(join(folder, 'api.yaml'), API);
  writeFileSync(join(folder, 'models.yaml'), MODELS);
}

function texts(): readonly string[] {
  return FILES.map(name => readFileSync(join(folder, name), 'utf8'));
}

function run(diesAt: number): {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
} {
  const args = ['--import', join(folder, 'dies.mjs'), bin, 'import', 'export.json', 'api.yaml', '--write'];
  const { status, signal, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DIES_AT: String(diesAt) },
  });
  return { code: status, signal, stderr };
}

test('a run that is killed at any moment leaves whole documents', { timeout: 120_000 }, () => {
  const whole = run(0);
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  const after = texts();
  expect(after[0]).toContain('/owners:');
  expect(after[1]).toContain('age');
  let killed = 0;
  for (let moment = 1; ; moment += 1) {
    reset();
    const { code } = run(moment);
    const found = texts();
    for (const [index, before] of [API, MODELS].entries())
      expect([before, after[index]], `${FILES[index]} at ${moment}`).toContain(found[index]);
    if (code === 0) break;
    killed += 1;
    // What it left behind is in nobody's way.
    reset();
    expect(run(0)).toMatchObject({ code: 0 });
    expect(texts()).toEqual(after);
  }
  // Two drafts, two that take their places.
  expect(killed).toBeGreaterThanOrEqual(4);
});

test('where nothing may be written, nothing is, and the reason is told', () => {
  chmodSync(folder, 0o555);
  const isRoot = process.getuid?.() === 0;
  // Root may write everywhere.
  const { status, stderr } = spawnSync(
    process.execPath,
    [bin, 'import', 'export.json', 'api.yaml', '--write'],
    { cwd: folder, encoding: 'utf8', ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}) },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('cannot be written: EACCES'),
  });
  expect(texts()).toEqual([API, MODELS]);
  expect(readdirSync(folder).toSorted()).toEqual(['api.yaml', 'dies.mjs', 'export.json', 'models.yaml']);
});
