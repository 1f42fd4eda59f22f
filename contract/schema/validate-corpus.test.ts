/** Every schema of every document in the corpus and of our own compiles, and judges values in both ways alike. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Contract, MediaType, Schema } from '../model.ts';
import { contractFromText } from '../read.ts';
import { reachableSchemas } from './subschemas.ts';
import { isValid, uncheckedKeywords, validate } from './validate.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

function schemasOf(contract: Contract): Set<Schema> {
  const roots: (Schema | undefined)[] = [...contract.schemas.values()];
  const content = (media: readonly MediaType[]): void => {
    for (const { schema } of media) roots.push(schema);
  };
  for (const { parameters, requestBody, responses } of contract.operations) {
    for (const { schema, content: media } of parameters) roots.push(schema, media?.schema);
    content(requestBody?.content ?? []);
    for (const response of responses) {
      content(response.content);
      for (const { schema } of response.headers.values()) roots.push(schema);
    }
  }
  const all = new Set<Schema>();
  for (const root of roots) {
    if (root !== undefined && !all.has(root)) for (const schema of reachableSchemas(root)) all.add(schema);
  }
  return all;
}

const VALUES: readonly Json[] = [
  null,
  true,
  0,
  1.5,
  2n ** 63n,
  '',
  'text',
  [],
  [1, 'a', null],
  {},
  { id: 1, type: 'x' },
];

/**
 * Values that a document gives for a schema and that break it: mistakes of the document, each looked at. All six are
 * the parameter `fields` of 2.0, an array whose default is written as text.
 */
const MISTAKES: Readonly<Record<string, number>> = { 'test/corpus/genome-nexus.json': 6 };

describe.each(DOCUMENTS)('%s', file => {
  const { contract } = contractFromText(readFileSync(join(ROOT, file), 'utf8'), { name: file });
  const schemas = contract === undefined ? new Set<Schema>() : schemasOf(contract);

  test('every schema judges every value alike with and without reasons', () => {
    expect(schemas.size).toBeGreaterThan(0);
    for (const schema of schemas) {
      for (const value of VALUES) {
        for (const direction of [undefined, 'request', 'response'] as const) {
          const violations = validate(schema, value, direction === undefined ? {} : { direction });
          expect(violations.length === 0).toBe(isValid(schema, value, direction));
        }
      }
    }
  });

  test('every pattern can be checked', () => {
    expect([...schemas].flatMap(schema => uncheckedKeywords(schema))).toEqual([]);
  });

  test('examples and defaults hold, but for the mistakes we know', () => {
    const broken = [...schemas].flatMap(schema =>
      [...schema.examples, ...(schema.default === undefined ? [] : [schema.default.value])].filter(
        example => !isValid(schema, example),
      ),
    );
    expect(broken).toHaveLength(MISTAKES[file] ?? 0);
  });
});
