/** Samples and violations of every schema that real documents have. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Contract, MediaType, Schema } from '../contract/model.ts';
import { contractFromText } from '../contract/read.ts';
import { sample } from '../contract/schema/sample.ts';
import { reachableSchemas } from '../contract/schema/subschemas.ts';
import { isValid } from '../contract/schema/validate.ts';
import { violate } from '../contract/schema/violate.ts';

const corpus = fileURLToPath(new URL('corpus/', import.meta.url));
const documents = readdirSync(corpus).filter(name => /\.(json|ya?ml)$/.test(name));

function* rootsOf(contract: Contract): Generator<Schema> {
  yield* contract.schemas.values();
  const content = function* (list: readonly MediaType[]): Generator<Schema> {
    for (const { schema } of list) if (schema !== undefined) yield schema;
  };
  for (const operation of contract.operations) {
    for (const { schema } of operation.parameters) if (schema !== undefined) yield schema;
    yield* content(operation.requestBody?.content ?? []);
    for (const response of operation.responses) {
      yield* content(response.content);
      for (const { schema } of response.headers.values()) if (schema !== undefined) yield schema;
    }
  }
}

function read(name: string): Contract {
  const { contract } = contractFromText(readFileSync(corpus + name, 'utf8'), { name });
  if (contract === undefined) throw new Error(`${name} could not be read`);
  return contract;
}

const VARIANTS = [
  {},
  { direction: 'response' },
  { direction: 'request', parts: 'required' },
  { direction: 'request', parts: 'all', seed: 5 },
] as const;

describe.each(documents)('%s', name => {
  test('every schema has a valid sample', () => {
    const all = new Set<Schema>();
    for (const root of rootsOf(read(name))) for (const schema of reachableSchemas(root)) all.add(schema);
    expect(all.size).toBeGreaterThan(0);
    const without: string[] = [];
    for (const schema of all) {
      // `additionalProperties: false` is a schema too, and has no values by design.
      if (schema.always === false) continue;
      for (const options of VARIANTS) {
        const result = sample(schema, options);
        if ('problem' in result) without.push(`${schema.source.pointer}: ${result.problem.message}`);
        else if (!isValid(schema, result.value, 'direction' in options ? options.direction : undefined)) {
          without.push(`${schema.source.pointer}: the sample is invalid`);
        }
      }
    }
    expect(without).toEqual([]);
  });

  test('every violation is invalid', () => {
    const valid: string[] = [];
    let count = 0;
    for (const schema of new Set(rootsOf(read(name)))) {
      for (const breach of violate(schema, { direction: 'request', limit: 150 })) {
        count += 1;
        if (isValid(schema, breach.value, 'request'))
          valid.push(`${breach.keyword} ${breach.schema.pointer}`);
      }
    }
    expect(valid).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });
});
