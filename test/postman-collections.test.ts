/** Law: newman finds nothing wrong with the mock of any document, nor with the scripts of its collection. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import { parseJson } from '../contract/json/parse.ts';
import { isObject, type JsonObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from '../mock-server/server.ts';
import { postmanTarget } from '../postman/target.ts';
import { variablesOf } from '../postman/variables.ts';
import { runNewman } from './newman-run.ts';

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

function collectionFor(contract: Contract, depth: 'examples' | 'standard'): JsonObject {
  const [made] = postmanTarget.emit({ name: 'api', contract, spec: undefined, language: 'ts', depth });
  const parsed = parseJson(made?.text ?? '');
  if (!('value' in parsed) || !isObject(parsed.value)) throw new Error('no collection');
  return parsed.value;
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
        expect(outcome.skipped).toEqual([]);
        expect(outcome.passed).toBe(outcome.requests);
        expect(outcome.requests).toBeGreaterThan(0);
      } finally {
        await server.close();
      }
    },
  );
});
