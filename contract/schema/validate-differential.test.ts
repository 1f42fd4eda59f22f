// biome-ignore-all lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
/**
 * The validator against two others, on random schemas and values. Neither of them is a dependency of what we ship.
 * Where they are known to be wrong or to mean something else, the generator stays away and says so here.
 */
import {
  validate as hyperjump,
  registerSchema,
  unregisterSchema,
} from '@hyperjump/json-schema/draft-2020-12';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import { contractFromValue } from '../read.ts';
import { isValid, validate } from './validate.ts';

const NAMES = ['a', 'b', 'c', 'constructor'];
const name = fc.constantFrom(...NAMES);
const small = fc.integer({ min: 0, max: 3 });
const number = fc.constantFrom(-2, -1, 0, 0.5, 1, 1.5, 2, 3, 4);
const text = fc.constantFrom('', 'a', 'b', 'ab', 'abc', '\u{1F600}', '1');

const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false),
    number,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }).map(entries => ({ ...entries })),
  ),
})).value;

interface Options {
  /** ajv counts what a failed `if` has looked at, and every item where `contains` stands; 2020-12 says otherwise. */
  readonly unevaluated: boolean;
}

type Keywords = Record<string, unknown>;

function schemas({ unevaluated }: Options): fc.Arbitrary<Keywords> {
  const names = fc.uniqueArray(name, { maxLength: 3 });
  return fc
    .letrec<{ schema: unknown }>(tie => {
      const schema = tie('schema');
      const list = fc.array(schema, { minLength: 1, maxLength: 3 });
      const leaf: fc.Arbitrary<Keywords>[] = [
        fc.record({
          type: fc.oneof(
            fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object'),
            fc.uniqueArray(fc.constantFrom('null', 'integer', 'string', 'array', 'object'), {
              minLength: 1,
              maxLength: 3,
            }),
          ),
        }),
        fc.record({ enum: fc.uniqueArray(value, { minLength: 1, maxLength: 4, comparator: () => false }) }),
        fc.record({ const: value }),
        fc.record({ minimum: number, maximum: number }, { requiredKeys: [] }),
        fc.record({ exclusiveMinimum: number, exclusiveMaximum: number }, { requiredKeys: [] }),
        fc.record({ multipleOf: fc.constantFrom(0.5, 1, 1.5, 2, 3) }),
        fc.record({ minLength: small, maxLength: small }, { requiredKeys: [] }),
        fc.record({ pattern: fc.constantFrom('^a', 'b$', '^[ab]+$', '^.$', '\\d') }),
        fc.record({ minItems: small, maxItems: small, uniqueItems: fc.boolean() }, { requiredKeys: [] }),
        fc.record({ minProperties: small, maxProperties: small }, { requiredKeys: [] }),
        fc.record({ required: names }),
        fc.record({ dependentRequired: fc.dictionary(name, names, { maxKeys: 2 }) }),
      ];
      const nested: fc.Arbitrary<Keywords>[] = [
        fc.record(
          { properties: fc.dictionary(name, schema, { maxKeys: 3 }), additionalProperties: schema },
          { requiredKeys: ['properties'] },
        ),
        fc.record(
          {
            patternProperties: fc.dictionary(fc.constantFrom('^a', 'b', '^c', '^(a|b)$'), schema, {
              maxKeys: 2,
            }),
            additionalProperties: schema,
          },
          { requiredKeys: [] },
        ),
        fc.record({ propertyNames: fc.record({ pattern: fc.constantFrom('^[ab]$', 'c') }) }),
        fc.record({ items: schema, prefixItems: list }, { requiredKeys: [] }),
        fc.record(
          { contains: schema, minContains: small, maxContains: small },
          { requiredKeys: ['contains'] },
        ),
        fc.record({ allOf: list }),
        fc.record({ anyOf: list }),
        fc.record({ oneOf: list }),
        fc.record({ not: schema }),
        fc.record({ if: schema, then: schema, else: schema }, { requiredKeys: ['if'] }),
        fc.record({ dependentSchemas: fc.dictionary(name, schema, { maxKeys: 2 }) }),
        fc.record({ unevaluatedProperties: schema }),
        fc.record({ properties: fc.record({ a: schema }), unevaluatedProperties: fc.constant(false) }),
        fc.record({ anyOf: list, unevaluatedProperties: fc.constant(false) }),
        fc.record({ prefixItems: list, unevaluatedItems: fc.constant(false) }),
        fc.record({ anyOf: list, unevaluatedItems: schema }),
        // References go down into the value or to Y and Z, which lead nowhere: a circle on one value is our own matter.
        fc.record({ properties: fc.record({ a: fc.constant({ $ref: '#/components/schemas/X' }) }) }),
        fc.record({ items: fc.constant({ $ref: '#/components/schemas/X' }) }),
        fc.record({ $ref: fc.constantFrom('#/components/schemas/Y', '#/components/schemas/Z') }),
      ];
      return {
        schema: fc.oneof(
          { maxDepth: 4, depthSize: 'small' },
          fc.oneof(
            { weight: 1, arbitrary: fc.boolean() },
            ...leaf.map(arbitrary => ({ weight: 2, arbitrary })),
          ),
          fc
            .array(fc.oneof(...nested, ...leaf), { minLength: 1, maxLength: 3 })
            .map(parts => Object.assign({}, ...parts)),
        ),
      };
    })
    .schema.filter(schema => typeof schema === 'object')
    .filter(
      schema => unevaluated || !JSON.stringify(schema).includes('unevaluated'),
    ) as fc.Arbitrary<Keywords>;
}

function documentOf(X: Keywords): { openapi: string; components: { schemas: Record<string, unknown> } } {
  return {
    openapi: '3.1.1',
    components: {
      schemas: {
        X,
        Y: { type: ['object', 'integer'], properties: { b: { type: 'integer' } } },
        Z: { anyOf: [{ required: ['a'] }, { prefixItems: [{ type: 'string' }] }] },
      },
    },
  };
}

function ours(X: Keywords): (instance: Json) => boolean {
  const { contract } = contractFromValue({ info: { title: 'T', version: '1' }, paths: {}, ...documentOf(X) });
  const schema = contract?.schemas.get('X');
  if (schema === undefined) throw new Error('no schema');
  return instance => {
    const fast = isValid(schema, instance);
    expect(validate(schema, instance).length === 0).toBe(fast);
    return fast;
  };
}

test('agrees with ajv', () => {
  fc.assert(
    fc.property(
      schemas({ unevaluated: false }),
      fc.array(value, { minLength: 5, maxLength: 20 }),
      (X, instances) => {
        const ajv = new Ajv2020({
          strict: false,
          validateFormats: false,
          ownProperties: true,
          logger: false,
        });
        ajv.addSchema(documentOf(X), 'https://example.com/document');
        const theirs = ajv.getSchema('https://example.com/document#/components/schemas/X');
        const mine = ours(X);
        for (const instance of instances) {
          let answer: unknown;
          try {
            answer = theirs?.(instance);
          } catch (error) {
            // Now and then the code that ajv writes does not run: "props0 is not defined".
            if (error instanceof ReferenceError) continue;
            throw error;
          }
          expect([instance, mine(instance)]).toEqual([instance, answer]);
        }
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);

let serial = 0;

test('agrees with hyperjump', async () => {
  await fc.assert(
    fc.asyncProperty(
      schemas({ unevaluated: true }),
      fc.array(value, { minLength: 5, maxLength: 20 }),
      async (X, instances) => {
        const uri = `https://example.com/${serial++}`;
        registerSchema(
          {
            $schema: 'https://json-schema.org/draft/2020-12/schema',
            $id: uri,
            $ref: '#/components/schemas/X',
            ...documentOf(X),
          } as never,
          uri,
        );
        try {
          const theirs = await hyperjump(uri);
          const mine = ours(X);
          for (const instance of instances) {
            expect([instance, mine(instance)]).toEqual([instance, theirs(instance as never).valid]);
          }
        } finally {
          unregisterSchema(uri);
        }
      },
    ),
    { numRuns: 1500 },
  );
}, 120_000);
