/** Sources against exports of stages that were really made of them: no drift until one thing is changed. */
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { driftBetween, isExport } from '../contract/diff/drift.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Json } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';
import { filledCorpusText, PLAIN, TEMPLATES } from '../gateway/local/export/corpus.fixture.ts';
import { exportApi } from '../gateway/local/export/export-api.ts';
import type { ExportType, Extension } from '../gateway/local/export/export-view.ts';
import { ACCOUNT, imported } from '../gateway/local/import/import.fixture.ts';
import { loweredSchema } from '../scripts/lowered-schema.ts';

const root = join(import.meta.dirname, '..');
type Form = readonly [ExportType, readonly Extension[]];
const FORMS: readonly Form[] = [
  ['swagger', []],
  ['oas30', ['integrations', 'authorizers']],
];

function read(text: string): Contract {
  const { contract } = contractFromText(text);
  if (contract === undefined) throw new TypeError('no contract');
  return contract;
}

/** What GetExport gives of a stage that was made of the document. */
function exportOf(document: string, [type, extensions]: Form): Contract {
  const { snapshot } = imported(document);
  const exported = exportApi({
    type,
    extensions: new Set(extensions),
    snapshot,
    stageName: 'prod',
    deployedAt: 0,
    account: ACCOUNT,
  });
  return read(stringifyJson(exported.document));
}

function driftOf(source: Contract, exported: Contract): readonly string[] {
  return driftBetween(source, exported, { lowered: loweredSchema }).map(
    ({ rule, operation, message }) => `${rule} ${operation} ${message}`,
  );
}

const ours = [
  ...globSync('specs/*.{yaml,json}', { cwd: root }),
  ...globSync('test/corpus/[!a]*.{yaml,json}', { cwd: root }),
];

describe.each(FORMS)('%s with %j', (...form) => {
  test.each(ours.toSorted())('%s as we write it for API Gateway', path => {
    const source = read(filledCorpusText(relative('test/corpus', path)));
    const { document } = gatewayDocument(source, { mockAll: true, security: true });
    const exported = exportOf(stringifyJson(document), form);
    expect(isExport(exported)).toBe(true);
    expect(driftOf(source, exported)).toEqual([]);
  });

  test.each([...PLAIN, ...TEMPLATES].filter(name => name !== 'apigw-importer-uber.json'))(
    '%s as it was imported',
    name => {
      const text = filledCorpusText(name);
      expect(driftOf(read(text), exportOf(text, form))).toEqual([]);
    },
  );
});

const SOURCE = `openapi: 3.0.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: limit, in: query, description: How many, schema: { type: integer, maximum: 9 } }]
      responses:
        '200': { description: Pets, headers: { X-Total: { schema: { type: integer } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { description: Kept } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string, maxLength: 10, default: Rex } } }
`;

test('another integration than the source writes is named, with what of it is another', () => {
  const text = filledCorpusText('apigw-console-petstore.json');
  const changed = JSON.parse(text);
  changed.paths['/pets'].get['x-amazon-apigateway-integration'].uri = 'http://elsewhere.example/pets';
  const exported = exportOf(JSON.stringify(changed), ['oas30', ['integrations']]);
  expect(driftOf(read(text), exported)).toEqual([
    'integration-changed GET /pets Integration: the stage has another integration: uri.',
  ]);
});

describe('one thing that was changed on the stage is named', () => {
  // biome-ignore lint/suspicious/noExplicitAny: tests write into whatever was made
  const changes: readonly (readonly [string, (document: any) => void, string])[] = [
    ['nothing', () => {}, ''],
    ['an operation less', ({ paths }) => delete paths['/pets'].post, 'operation-removed POST /pets'],
    [
      'an operation more',
      ({ paths }) => (paths['/cats'] = { get: paths['/pets'].get }),
      'operation-added GET /cats',
    ],
    ['a parameter less', ({ paths }) => (paths['/pets'].get.parameters = []), 'parameter-removed GET /pets'],
    [
      'a parameter that is required',
      ({ paths }) => (paths['/pets'].get.parameters[0].required = true),
      'parameter-became-required GET /pets',
    ],
    [
      'another operationId',
      ({ paths }) => (paths['/pets'].get.operationId = 'all'),
      'operation-id-changed GET /pets',
    ],
    [
      'a longer name in a model',
      ({ components }) => (components.schemas.Pet.properties.name.maxLength = 20),
      'request-length-widened POST /pets',
    ],
    [
      'a property that is optional',
      ({ components }) => delete components.schemas.Pet.required,
      'request-property-became-optional POST /pets',
    ],
    [
      'another status',
      ({ paths }) => {
        const { post } = paths['/pets'];
        post.responses = { 202: { description: 'Later' } };
        for (const answer of Object.values(post['x-amazon-apigateway-integration'].responses)) {
          Object.assign(answer as object, { statusCode: '202', responseParameters: {} });
        }
      },
      'response-success-removed POST /pets, response-success-added POST /pets',
    ],
    [
      'a key',
      ({ paths, components }) => {
        components.securitySchemes = { api_key: { type: 'apiKey', in: 'header', name: 'x-api-key' } };
        paths['/pets'].get.security = [{ api_key: [] }];
      },
      'security-added GET /pets',
    ],
  ];
  test.each(changes)('%s', (_what, change, told) => {
    const source = read(SOURCE);
    const document = JSON.parse(stringifyJson(gatewayDocument(source).document)) as Json;
    change(document);
    for (const form of FORMS) {
      const drift = driftOf(source, exportOf(JSON.stringify(document), form));
      expect(drift.map(line => line.split(' ').slice(0, 3).join(' ')).join(', ')).toBe(told);
    }
  });
});
