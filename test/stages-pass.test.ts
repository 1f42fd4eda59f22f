/**
 * Law: a stage of the local API Gateway passes the contract tests of the document that it was made of. What a stage
 * cannot do is not judged, and never called a failure.
 */
import { readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringifyJson } from '../contract/json/stringify.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { describeSource } from '../contract/source.ts';
import { run } from '../contract-tests/run.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';
import { createGateway, type Gateway } from '../gateway/local/gateway.ts';

const root = join(import.meta.dirname, '..');
const files = ['test/corpus', 'specs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(name => `${folder}/${name}`),
);

let gateway: Gateway;
let endpoint = '';
beforeAll(async () => {
  gateway = createGateway({ seed: 1 });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
});
afterAll(() => gateway.close());

async function deployed(contract: Contract): Promise<string> {
  const { document } = gatewayDocument(contract, { mockAll: true });
  const imported = await fetch(`${endpoint}/restapis?mode=import&failonwarnings=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: stringifyJson(document),
  });
  const { id } = (await imported.json()) as { readonly id: string };
  const made = await fetch(`${endpoint}/restapis/${id}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stageName: 'dev' }),
  });
  expect(made.status).toBe(201);
  return `${endpoint}/restapis/${id}/dev/_user_request_`;
}

async function failuresOf(
  contract: Contract,
  depth: 'examples' | 'standard' | 'deep',
): Promise<readonly string[]> {
  const failures: string[] = [];
  const summary = await run({
    contracts: [{ name: 'document', contract }],
    baseUrl: await deployed(contract),
    stage: 'apigateway-mock',
    plan: { depth, seed: 0 },
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
  return failures;
}

const SMALL = 100_000;

describe.each(files)('%s', file => {
  test.each([
    'examples',
    'standard',
    ...(statSync(join(root, file)).size < SMALL ? (['deep'] as const) : []),
  ] as const)('at depth %s', { timeout: 180_000 }, async depth => {
    const [loaded] = await loadContracts([file], { cwd: root });
    if (loaded?.contract === undefined) throw new Error(file);
    expect((await failuresOf(loaded.contract, depth)).slice(0, 10)).toEqual([]);
  });
});
