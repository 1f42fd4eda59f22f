/**
 * Documents for API Gateway from whatever a contract may be: they are valid in the eyes of swagger-parser, they import
 * without a warning and deploy, and texts that mean something to templates come through as they are.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import fc from 'fast-check';
import type { OpenAPI } from 'openapi-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Json } from '../contract/json/value.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';
import { contractFromValue } from '../contract/read.ts';
import { shown, witnessedSchemas } from '../contract/schema/witnessed-schema.fixture.ts';
import { type GatewayDocumentOptions, gatewayDocument } from '../gateway/document/gateway-document.ts';
import { yamlText } from '../gateway/document/yaml-text.ts';
import { type OpenedGateway, openGateway } from './import-document.ts';
import { hostileContract } from './velocity/mock-templates.ts';

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

const FORMATS: readonly GatewayDocumentOptions[] = [{ format: 'openapi' }, { format: 'swagger' }];

/** A copy, since swagger-parser writes into what it is given. */
async function validated(document: Json): Promise<void> {
  await SwaggerParser.validate(JSON.parse(stringifyJson(document)) as OpenAPI.Document);
}

function contractOf(value: Json): Contract {
  const { contract, problems } = contractFromValue(value);
  if (contract === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return contract;
}

describe.each(FORMATS)('as $format', options => {
  test.each(DOCUMENTS)('%s is valid, imports and is deployed', { timeout: 60_000 }, async name => {
    const [loaded] = await loadContracts([name], { cwd: root });
    if (loaded?.contract === undefined) throw new Error(`${name} is not a contract`);
    const { document } = gatewayDocument(loaded.contract, options);
    await validated(document);
    expect(await gateway.deploy(stringifyJson(document))).toContain('/dev/');
  });

  test('whatever a schema is, its document imports', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(witnessedSchemas, async ({ raw }) => {
        const contract = contractOf({
          openapi: '3.1.1',
          info: { title: 'Any', version: '1' },
          paths: {
            '/any/{id}': {
              post: {
                requestBody: { required: true, content: { 'application/json': { schema: raw as Json } } },
                responses: {
                  '200': { description: 'x', content: { 'application/json': { schema: raw as Json } } },
                },
              },
            },
          },
        });
        const text = stringifyJson(gatewayDocument(contract, options).document);
        expect(await gateway.deploy(text), shown(raw)).toContain('/dev/');
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('what is hard to say comes through', async () => {
    const { document } = gatewayDocument(hardContract(), options);
    await validated(document);
    await gateway.deploy(stringifyJson(document));
    const models = JSON.stringify(document);
    // Two names that are one without their signs.
    expect(models).toMatch(/myModel"/);
    expect(models).toMatch(/myModel2"/);
  });
});

/** Recursive models, names that clash, an empty schema, and 12 storeys of allOf. */
function hardContract(): Contract {
  const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
  const storeys = Object.fromEntries(
    Array.from({ length: 12 }, (_, level) => [
      `Storey${level}`,
      {
        allOf: [
          ...(level === 0 ? [] : [reference(`Storey${level - 1}`)]),
          { type: 'object', properties: { [`p${level}`]: { type: 'integer' } } },
        ],
      },
    ]),
  );
  const body = (name: string): Json => ({
    post: {
      requestBody: { required: true, content: { 'application/json': { schema: reference(name) } } },
      responses: { '204': { description: 'done' } },
    },
  });
  const schemas: Record<string, Json> = {
    ...storeys,
    my_model: { type: 'object', required: ['a'] },
    'my-model': { type: 'object', required: ['b'] },
    Empty: {},
    Tree: { type: 'object', properties: { children: { type: 'array', items: reference('Tree') } } },
    Ping: { type: 'object', properties: { pong: reference('Pong') } },
    Pong: { type: 'object', properties: { ping: reference('Ping') } },
  };
  const names = ['Storey11', 'my_model', 'my-model', 'Empty', 'Tree', 'Ping'];
  return contractOf({
    openapi: '3.1.1',
    info: { title: 'Hard', version: '1' },
    paths: Object.fromEntries(names.map((name, index) => [`/p${index}`, body(name)])),
    components: { schemas },
  });
}

test.each([
  ['OpenAPI 3.0 in JSON', (contract: Contract) => stringifyJson(gatewayDocument(contract).document)],
  [
    'Swagger 2.0 in YAML',
    (contract: Contract) => yamlText(gatewayDocument(contract, { format: 'swagger' }).document),
  ],
])('hostile texts come out of a stage of %s to the byte', async (_name, textOf) => {
  const contract = hostileContract();
  const stage = await gateway.deploy(textOf(contract));
  const [operation] = contract.operations;
  const answers = operation === undefined ? [] : mockPlan(operation).answers;
  expect(answers.length).toBeGreaterThan(20);
  for (const { status, name, mediaType = '*/*', body } of answers) {
    const prefer = `code=${status}${name === undefined ? '' : `, example=${JSON.stringify(name)}`}`;
    const answer = await fetch(`${stage}/hostile`, { headers: { prefer, accept: mediaType } });
    expect([prefer, answer.status]).toEqual([prefer, status]);
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(Buffer.from(body ?? []).toString());
  }
});

test('models from other files come along, one for all who use it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-gateway-files-'));
  const schema = (name: string): string => `{ schema: { $ref: './pets.yaml#/${name}' } }`;
  const operation = (name: string): string =>
    `post: { requestBody: { required: true, content: { application/json: ${schema(name)} } }, responses: { '204': { description: x } } }`;
  writeFileSync(
    join(folder, 'api.yaml'),
    `openapi: 3.1.1\ninfo: { title: Files, version: '1' }\npaths:\n  /a: { ${operation('Pet')} }\n  /b: { ${operation('Pet')} }\n  /c: { ${operation('Owner')} }\n`,
  );
  writeFileSync(
    join(folder, 'pets.yaml'),
    `Pet: { type: object, required: [name], properties: { name: { type: string }, owner: { $ref: '#/Owner' } } }\nOwner: { type: object, required: [id], properties: { id: { type: string }, pets: { type: array, items: { $ref: '#/Pet' } } } }\n`,
  );
  const [loaded] = await loadContracts(['api.yaml'], { cwd: folder });
  rmSync(folder, { recursive: true });
  if (loaded?.contract === undefined) throw new Error('no contract');
  const { document } = gatewayDocument(loaded.contract);
  await validated(document);
  await gateway.deploy(stringifyJson(document));
  const text = stringifyJson(document);
  expect(text).not.toContain('.yaml');
  expect(text.match(/"required":\["name"\]/g)).toHaveLength(1);
});
