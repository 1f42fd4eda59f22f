import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lintContract } from '../contract/lint/lint.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';

const root = join(import.meta.dirname, '..');

/** What is wrong with real documents: each line was looked at and is true. The others have no problems. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // `nullable` in a 3.1 document.
  'adyen-checkout-v71.json': { 'warning schema-nullable': 2 },
  'apigw-console-petstore.json': { 'warning info-incomplete': 1 },
  'apigw-export-peststore.json': { 'warning responses-missing': 1 },
  // Headers with `type` instead of a schema, and 2.0's `securityDefinitions` in a 3.0 document.
  'apigw-url-shortener.yaml': {
    'error document-structure': 10,
    'warning path-parameter-undeclared': 1,
    'warning parameter-ignored': 1,
  },
  // Array parameters whose default is a text.
  'genome-nexus.json': { 'error default-invalid': 6 },
  'spotify.yaml': { 'warning request-body-ignored': 7 },
  // An empty text where the schema wants a URI, "/example" too, and a text for a boolean.
  'twilio-taskrouter-v1.json': { 'error example-invalid': 7 },
};

const documents = globSync(['specs/*.{yaml,json}', 'specs/next/*.{yaml,json}', 'test/corpus/*.{yaml,json}'], {
  cwd: root,
});

it.each(documents.toSorted())('%s', async path => {
  const [loaded] = await loadContracts([path], { cwd: root });
  const counts: Record<string, number> = {};
  for (const { severity, rule, message } of await lintContract(loaded?.contract, loaded?.problems ?? [])) {
    expect(message).toMatch(/^\S.*\.$/s);
    const key = `${severity} ${rule}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  expect(counts).toEqual(KNOWN[path.split('/').at(-1) ?? ''] ?? {});
});
