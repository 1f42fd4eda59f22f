/** Law: newman finds nothing wrong with the mock of any document, nor with the scripts of its collection. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import type { JsonObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from '../mock-server/server.ts';
import { postmanTarget } from '../postman/target.ts';
import { variablesOf } from '../postman/variables.ts';
import { collectionFor, runNewman } from './newman-run.ts';

const root = join(import.meta.dirname, '..');
const files = ['test/corpus', 'specs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(name => `${folder}/${name}`),
);

function read(file: string): Contract {
  const { contract } = contractFromText(readFileSync(join(root, file), 'utf8'), { name: file });
  if (contract === undefined) throw new Error(file);
  return contract;
}

/** The base addresses of a contract on one origin. */
function addresses(contract: Contract, origin: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variablesOf(contract).bases.map(({ name, servers: [first] }) => [
      name,
      origin + (first === undefined ? '' : basePathOf(first)),
    ]),
  );
}

describe.each(files)('%s', file => {
  test.each(['examples', ...(file.startsWith('specs/') ? (['standard'] as const) : [])] as const)(
    'at depth %s',
    { timeout: 120_000 },
    async depth => {
      const contract = read(file);
      const collection = collectionFor(contract, depth);
      const server = createMockServer(contract);
      try {
        const origin = await server.listen({ host: '127.0.0.1', port: 0 });
        const outcome = await runNewman(collection, addresses(contract, origin));
        expect(outcome.failures.slice(0, 10)).toEqual([]);
        // Every single case is judged; what builds on earlier answers needs a server with a memory, and says so.
        const single = singleCases(collection);
        expect(single.filter(id => outcome.words[id] !== 'passed')).toEqual([]);
        expect(single.length).toBeGreaterThan(0);
        expect(
          Object.entries(outcome.words).filter(
            ([id, word]) =>
              !(word === 'passed' || (id.includes(' sequence ') && STATELESS.test(word))) &&
              !(id.endsWith(' with data') && word.startsWith('skipped: no-data')),
          ),
        ).toEqual([]);
      } finally {
        await server.close();
      }
    },
  );
});

const STATELESS = /^skipped: (stateless|step-failed|value-missing)/;

/** The ids of cases that stand for themselves. */
function singleCases(collection: JsonObject): readonly string[] {
  return [...JSON.stringify(collection).matchAll(/"rehearsal\(\{\\"id\\":\\"((?:[^"\\]|\\{2})*)\\"/g)].map(
    ([, id = '']) => id,
  );
}

test.each(files)('an item of %s takes less than 2 kB on average', file => {
  const [made] = postmanTarget.emit({ name: 'api', contract: read(file), spec: undefined, language: 'ts' });
  const text = made?.text ?? '';
  const collection = JSON.parse(text) as { readonly event: unknown };
  const items = text.split('"request": {').length - 1;
  // The checks and the document stand once in the collection.
  const once = JSON.stringify(collection.event).length;
  expect(items).toBeGreaterThan(10);
  expect((text.length - once) / items).toBeLessThan(2048);
});

/** Every file that a process of its own makes of `specs/`, in a place and time zone of its own. */
function madeIn(surroundings: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const out = mkdtempSync(join(tmpdir(), 'rehearsal-postman-'));
  try {
    const run = spawnSync(
      process.execPath,
      ['scripts/rehearsal.js', 'generate', 'postman', 'specs', '--out', out],
      { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...surroundings } },
    );
    expect(run.status).toBe(0);
    return readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.json'))
      .toSorted()
      .map(name => [name, readFileSync(join(out, name), 'utf8')]);
  } finally {
    rmSync(out, { recursive: true });
  }
}

test('two processes make the same bytes, wherever they run', { timeout: 60_000 }, () => {
  const here = madeIn({ TZ: 'UTC', LANG: 'C' });
  expect(here.length).toBeGreaterThan(6);
  expect(madeIn({ TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toEqual(here);
});

test('ids are unique, no secret has a value, and what asks for nothing has noauth', () => {
  const contract = read('specs/box-office.yaml');
  const ids = [
    ...JSON.stringify(collectionFor(contract, 'standard')).matchAll(/"id":"([0-9a-f-]{36})"/g),
  ].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const environments = postmanTarget
    .emit({ name: 'api', contract, spec: undefined, language: 'ts' })
    .filter(({ path }) => path.startsWith('environments/'))
    .map(({ text }) => JSON.parse(text) as { readonly values: readonly Record<string, unknown>[] });
  const secrets = environments.flatMap(({ values }) => values.filter(({ type }) => type === 'secret'));
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.filter(({ value }) => value !== '')).toEqual([]);
  const open = contract.operations.filter(({ security }) => security.length === 0);
  const text = JSON.stringify(collectionFor(contract, 'examples'));
  expect(open.length).toBeGreaterThan(0);
  expect(text.split('"type":"noauth"').length - 1).toBeGreaterThanOrEqual(open.length);
});
