/** Law: the mock of any document passes the contract tests of that document, with nothing found and nothing unanswered. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { describeSource } from '../contract/source.ts';
import { run } from '../contract-tests/run.ts';
import { createMockServer } from '../mock-server/server.ts';

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

async function failuresOf(
  contract: Contract,
  depth: 'examples' | 'standard' | 'deep',
  seed: number,
): Promise<readonly string[]> {
  const server = createMockServer([contract], {});
  await server.listen({ host: '127.0.0.1', port: 0 });
  const failures: string[] = [];
  try {
    const [address] = server.addresses();
    const port = typeof address === 'object' ? address.port : 0;
    const [first] = contract.servers;
    const summary = await run({
      contracts: [{ name: 'document', contract }],
      baseUrl: `http://127.0.0.1:${port}${first === undefined ? '' : basePathOf(first)}`,
      plan: { depth, seed },
      listeners: [
        event => {
          if (event.kind !== 'case-finished') return;
          const { outcome } = event;
          if (outcome.kind === 'unanswered') failures.push(`${event.case.id}: ${outcome.trouble.message}`);
          if (outcome.kind !== 'failed') return;
          for (const { check, received, documented, source } of outcome.failures) {
            failures.push(
              `${event.case.id}: ${check}: ${received}, documented: ${documented}, ${describeSource(source)}`,
            );
          }
        },
      ],
    });
    if (summary.verdict !== 'kept') failures.push(`${summary.verdict}: ${summary.reason}`);
  } finally {
    await server.close();
  }
  return failures;
}

/** Depth `deep` of a large document takes a quarter of a minute and finds nothing that a small one does not. */
const SMALL = 100_000;

describe.each(files)('%s', file => {
  test.each([
    ['examples', 0],
    ['standard', 0],
    ...(statSync(join(root, file)).size < SMALL ? ([['deep', 3]] as const) : []),
  ] as const)('at depth %s, seed %i', async (depth, seed) => {
    expect((await failuresOf(read(file), depth, seed)).slice(0, 10)).toEqual([]);
  });
});
