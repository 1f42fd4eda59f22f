import { afterAll, describe, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import { NO_MASK } from '../contract-tests/mask.ts';
import { terminalReporter } from '../contract-tests/reporters/terminal.ts';
import { run } from '../contract-tests/run.ts';
import { createMockServer } from '../mock-server/server.ts';

const root = new URL('..', import.meta.url).pathname;
const documents = await loadContracts(['specs', 'specs/next', 'test/corpus'], { cwd: root });
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing) await close();
});

describe.each(documents.map(document => [document.name, document] as const))('%s', (name, { contract }) => {
  test.each(['examples', 'standard', 'deep'] satisfies Depth[])(
    'its mock keeps the contract at depth %s',
    async depth => {
      expect(contract).toBeDefined();
      if (contract === undefined) return;
      const server = createMockServer([contract]);
      closing.push(async () => server.close());
      const origin = await server.listen({ port: 0, host: '127.0.0.1' });
      const [first] = contract.servers;
      let told = '';
      const write = (text: string): void => {
        told += text;
      };
      const summary = await run({
        contracts: [{ name, contract }],
        baseUrl: origin + (first === undefined ? '' : basePathOf(first)),
        plan: { depth },
        listeners: [
          terminalReporter.create({ write, isTTY: false, colour: false, columns: 100, mask: NO_MASK }),
        ],
      });
      expect(summary.verdict, told).toBe('kept');
      expect(summary.cases).toBeGreaterThanOrEqual(contract.operations.length);
      // Every operation has at least one valid request, and the mock took each of them.
      expect(summary.accepted, told).toBe(summary.positive);
    },
  );
});
