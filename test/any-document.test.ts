/**
 * Law: whatever a valid document is, of any version, the document that is made of it for API Gateway is the same each
 * time, valid in the eyes of swagger-parser and of our own lint, imports without a warning, is deployed, answers there as
 * the mock server does, and brings nothing home when it is exported again.
 */
import SwaggerParser from '@apidevtools/swagger-parser';
import fc from 'fast-check';
import type { OpenAPI } from 'openapi-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Json } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';
import { placeOperations } from '../gateway/document/resource-paths.ts';
import { bringHome } from '../gateway/home/bring-home.ts';
import { ALL, exported } from '../gateway/home/export.fixture.ts';
import { lintForGateway } from '../gateway/lint/gateway-lint.ts';
import { imported } from '../gateway/local/import/import.fixture.ts';
import { createMockServer } from '../mock-server/server.ts';
import { compareAnswers } from './compare-answers.ts';
import { type OpenedGateway, openGateway } from './import-document.ts';
import { openApiDocuments } from './openapi-documents.ts';

let gateway: OpenedGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

function contractOf(value: Json): Contract {
  const { contract, problems } = contractFromText(stringifyJson(value), { name: 'any.json' });
  if (contract === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return contract;
}

const RUNS = 25;

/** Patterns that meet, and statuses that are there twice, are only warned of. */
const GRAVE = ['apigateway-selection-pattern', 'apigateway-status-twice'];

/** What our own lint says of a document that was made. */
function faultsOf(text: string): readonly string[] {
  const { contract } = contractFromText(text, { name: 'made.json' });
  if (contract === undefined) return ['no contract'];
  return lintForGateway(contract)
    .filter(({ severity, rule }) => severity === 'error' || GRAVE.includes(rule))
    .map(({ message }) => message);
}

describe.each(['openapi', 'swagger'] as const)('any document as %s', format => {
  const property = (holds: (contract: Contract, text: string) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(openApiDocuments(), async value => {
        const contract = contractOf(value);
        await holds(contract, stringifyJson(gatewayDocument(contract, { format }).document));
      }),
      { numRuns: RUNS },
    );

  test('is the same each time', { timeout: 120_000 }, () =>
    property(async (contract, text) => {
      const again = contractOf(JSON.parse(contract.source.document.text()) as Json);
      expect(stringifyJson(gatewayDocument(again, { format }).document)).toBe(text);
    }),
  );

  test('is valid', { timeout: 120_000 }, () =>
    property(async (_contract, text) => {
      await SwaggerParser.validate(JSON.parse(text) as OpenAPI.Document);
      expect(faultsOf(text)).toEqual([]);
    }),
  );

  test('imports without a warning and is deployed', { timeout: 120_000 }, () =>
    property(async (contract, text) => {
      if (Object.keys((JSON.parse(text) as { paths: object }).paths).length === 0) return;
      expect(await gateway.deploy(text)).toContain('/dev/');
      expect(contract.operations.length).toBeGreaterThan(0);
    }),
  );

  test.each(['http', 'http_proxy', 'aws', 'aws_proxy'] as const)(
    'imports with back ends of %s',
    { timeout: 120_000 },
    type =>
      property(async contract => {
        const { document } = gatewayDocument(contract, { format, integrations: { all: type }, echo: true });
        const text = stringifyJson(document);
        await SwaggerParser.validate(JSON.parse(text) as OpenAPI.Document);
        expect(imported(text, { failOnWarnings: true }).warnings).toEqual([]);
        expect(faultsOf(text)).toEqual([]);
      }),
  );

  test('answers as the mock server does', { timeout: 240_000 }, () =>
    property(async (contract, text) => {
      if (Object.keys((JSON.parse(text) as { paths: object }).paths).length === 0) return;
      const open = stringifyJson(gatewayDocument(contract, { format, mockAll: true }).document);
      const stage = await gateway.deploy(open);
      const server = createMockServer(contract);
      const origin = await server.listen({ host: '127.0.0.1', port: 0 });
      const found: string[] = [];
      for (const { operation } of placeOperations(contract.operations, () => {}))
        found.push(...(await compareAnswers(operation, origin, stage)));
      await server.close();
      expect(found).toEqual([]);
    }),
  );

  test('brings nothing home', { timeout: 120_000 }, () =>
    property(async (contract, text) => {
      const { snapshot } = imported(text);
      for (const type of ['swagger', 'oas30'] as const) {
        for (const extensions of [[], ALL]) {
          const { drafts, arrivals, conflicts, remarks } = bringHome(
            contract,
            exported(snapshot, type, extensions),
          );
          expect({
            drafts: drafts.length,
            arrivals: arrivals.map(({ what }) => what),
            conflicts: conflicts.map(({ message }) => message),
            remarks: remarks.map(({ message }) => message),
          }).toEqual({ drafts: 0, arrivals: [], conflicts: [], remarks: [] });
        }
      }
    }),
  );
});
