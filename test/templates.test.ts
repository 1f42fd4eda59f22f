/**
 * Templates of CloudFormation and SAM from whatever a document may be: every name leads somewhere, every resource is what
 * its type allows, what is imported in the end is the document itself, and cfn-lint agrees where it is installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPI } from 'openapi-types';
import { afterAll, describe, expect, test } from 'vitest';
import { parseDocument } from '../contract/document/parse-document.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import { isObject, type Json, type JsonObject, own } from '../contract/json/value.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { TargetChoices } from '../contract/target.ts';
import { gatewayTarget } from '../gateway/target.ts';
import { evaluateTemplate } from './cloudformation/evaluate-template.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Templates for cfn-lint, which takes long over long ones. */
const written: string[] = [];
const LINTED = 45_000;

async function emitted(name: string, choices: TargetChoices): Promise<ReadonlyMap<string, Json>> {
  const [loaded] = await loadContracts([name], { cwd: root });
  if (loaded?.contract === undefined) throw new Error(`${name} is not a contract`);
  const { contract } = loaded;
  const files = gatewayTarget.emit({ name: 'api', contract, spec: name, language: 'ts', choices });
  return new Map(
    files.map(({ path, text }) => {
      if (!/openapi/.test(path) && text.length < LINTED) {
        written.push(join(folder, `${written.length}.${path}`));
        writeFileSync(written.at(-1) ?? '', text);
      }
      const parsed = parseDocument(text, { uri: path, name: path });
      if (parsed.document === undefined) throw new Error(`${path} is broken`);
      return [path.replace(/\.(json|yaml)$/, ''), parsed.document.value];
    }),
  );
}

/** What the import puts in by itself, as CloudFormation would have. */
function asImported(document: Json): unknown {
  const text = stringifyJson(document)
    .replaceAll('${AWS::AccountId}', '123456789012')
    .replaceAll('${AWS::Partition}', 'aws')
    .replaceAll('${AWS::Region}', 'eu-west-1');
  return JSON.parse(text);
}

const FUNCTIONS = /Fn::|!Sub|!GetAtt|"uri": "\$\{/;

/** As SAM's transform leaves it. */
function transformed(body: JsonObject): JsonObject {
  for (const item of Object.values(own(body, 'paths') ?? {})) {
    const headers = own(own(own(own(item, 'options'), 'responses'), '200'), 'headers');
    for (const [name, header] of Object.entries(headers ?? {}))
      (headers as Record<string, Json>)[name] = { schema: header as Json };
  }
  return body;
}

describe.each([
  { format: 'cloudformation' },
  { format: 'cloudformation', integration: 'aws_proxy', accountRole: true, yaml: true },
  { format: 'sam', yaml: true },
  { format: 'sam', integration: 'http_proxy', attribution: false },
  { format: 'cloudformation', kind: 'http', integration: 'aws_proxy' },
  { format: 'sam', kind: 'http', integration: 'http_proxy', cors: false },
] as readonly TargetChoices[])('%o', choices => {
  test.each(DOCUMENTS)('%s', { timeout: 60_000 }, async name => {
    const { format } = choices;
    const documents = await emitted(name, { ...choices, format: 'openapi', yaml: false });
    const prefix = choices['kind'] === 'http' ? 'api.http' : 'api';
    const plain = documents.get(`${prefix}.openapi`);
    // A copy, since swagger-parser writes into what it is given.
    if (prefix !== 'api')
      await SwaggerParser.validate(JSON.parse(stringifyJson(plain ?? null)) as OpenAPI.Document);
    // Outside of a template functions are filled in, or what they and placeholders stand in is left to a mock.
    const functions = FUNCTIONS.test(readFileSync(join(root, name), 'utf8'));
    const large = stringifyJson(plain ?? null, 2).length > 900_000;
    const template = (await emitted(name, { ...choices, ...(large ? { body: 's3' } : {}) })).get(
      `${prefix}.${String(format)}`,
    );
    const { resources, faults } = evaluateTemplate(template ?? null);
    expect(faults).toEqual([]);
    const { Body, DefinitionBody } = resources['Api']?.properties ?? {};
    // What functions of the document make is no text of it.
    if (functions || large) return;
    const { 'x-rehearsal': _made, ...document } = isObject(plain) ? plain : {};
    const isRest = prefix === 'api';
    const body =
      Body ??
      (isRest ? transformed : (same: JsonObject) => same)(isObject(DefinitionBody) ? DefinitionBody : {});
    expect(JSON.parse(stringifyJson(body))).toEqual(asImported(document));
  });
});

const isInstalled = spawnSync('cfn-lint', ['--version']).status === 0;

test.skipIf(!isInstalled)('cfn-lint has nothing to say', { timeout: 300_000 }, () => {
  expect(written.length).toBeGreaterThan(10);
  const { stdout, status } = spawnSync('cfn-lint', ['-t', ...written], { encoding: 'utf8', cwd: folder });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});
