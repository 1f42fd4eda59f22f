/**
 * Law: a stage of the local API Gateway answers as the mock server does, from the document that `rehearsal generate
 * gateway` makes. For every operation, status, media type and named example: status, media type, declared headers and
 * body. What may differ stands in the list, each row with its reason.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringifyJson } from '../contract/json/stringify.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';
import { placeOperations } from '../gateway/document/resource-paths.ts';
import { yamlText } from '../gateway/document/yaml-text.ts';
import { createMockServer } from '../mock-server/server.ts';
import { compareAnswers } from './compare-answers.ts';
import { type OpenedGateway, openGateway } from './import-document.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

let gateway: OpenedGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

/** The forms of the document; each has to give the same answers. */
const FORMS: readonly (readonly [name: string, text: (contract: Contract) => string])[] = [
  ['OpenAPI 3.0', contract => stringifyJson(gatewayDocument(contract, { mockAll: true }).document)],
  [
    'Swagger 2.0 in YAML',
    contract => yamlText(gatewayDocument(contract, { mockAll: true, format: 'swagger' }).document),
  ],
];

describe.each(FORMS)('a stage of %s answers as the mock server does', (_form, textOf) => {
  for (const name of DOCUMENTS) {
    test(name, { timeout: 120_000 }, async () => {
      const [loaded] = await loadContracts([name], { cwd: root });
      const contract = loaded?.contract;
      if (contract === undefined) throw new Error(`${name} is not a contract`);
      const stage = await gateway.deploy(textOf(contract));
      const mock = createMockServer(contract);
      const origin = await mock.listen({ host: '127.0.0.1', port: 0 });
      const found: string[] = [];
      for (const { operation } of placeOperations(contract.operations, () => {})) {
        found.push(...(await compareAnswers(operation, origin, stage)));
      }
      await mock.close();
      expect(found).toEqual([]);
    });
  }
});
