import AjvDraft04 from 'ajv-draft-04';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { contractFromValue } from '../../contract/read.ts';
import { boundaries } from '../../contract/schema/boundary.ts';
import { isValid } from '../../contract/schema/validate.ts';
import { violate } from '../../contract/schema/violate.ts';
import { built, shown, witnessedSchemas } from '../../contract/schema/witnessed-schema.fixture.ts';
import { type Loss, losesValidation } from './loss.ts';
import { schemaLowering } from './lower-schema.ts';
import { legalName, modelNames } from './model-names.ts';

function lowered(schema: Schema): { readonly json: Json; readonly models: Json; readonly losses: Loss[] } {
  const losses: Loss[] = [];
  const lowering = schemaLowering(modelNames(), '#/definitions/', loss => losses.push(loss));
  const json = lowering.use(schema, 'Inline');
  const models = Object.fromEntries(lowering.models().map(({ name, json: body }) => [name, body]));
  return { json, models, losses };
}

function schemas(raw: Record<string, Json>, version = '3.1.1'): ReadonlyMap<string, Schema> {
  const { contract } = contractFromValue({
    openapi: version,
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: raw },
  });
  return contract?.schemas ?? new Map();
}

function only(raw: Record<string, Json>, version?: string): ReturnType<typeof lowered> {
  const schema = schemas({ Only: raw }, version).get('Only');
  if (schema === undefined) throw new Error('no schema');
  const found = lowered(schema);
  return { ...found, json: (found.models as Record<string, Json>)['Only'] ?? null };
}

/** A validator of draft 4 over the models and the schema that uses them. */
function draft4({ json, models }: { readonly json: Json; readonly models: Json }): (value: Json) => boolean {
  const ajv = new AjvDraft04.default({ strict: false, validateFormats: false, ownProperties: true });
  const check = ajv.compile({ ...(json as object), definitions: models });
  return value => check(value) === true;
}

describe('a schema as a model', () => {
  test.each<[string, Record<string, Json>, Json]>([
    [
      'null beside a type',
      { type: ['string', 'null'], minLength: 2 },
      { oneOf: [{ type: 'string', minLength: 2 }, { enum: [null] }] },
    ],
    [
      'several types',
      { type: ['string', 'integer'] },
      { allOf: [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }] },
    ],
    ['a constant', { const: 'a' }, { enum: ['a'] }],
    [
      'an exclusive bound of whole numbers',
      { type: 'integer', exclusiveMinimum: 0 },
      { type: 'integer', minimum: 1 },
    ],
    [
      'an exclusive bound of numbers',
      { type: 'number', exclusiveMaximum: 1.5 },
      { type: 'number', maximum: 1.5, exclusiveMaximum: true },
    ],
    [
      'int32',
      { type: 'integer', format: 'int32', minimum: 0 },
      { type: 'integer', minimum: 0, maximum: 2147483647 },
    ],
    [
      'contains',
      { type: 'array', contains: { type: 'string' } },
      { type: 'array', items: {}, allOf: [{ not: { type: 'array', items: { not: { type: 'string' } } } }] },
    ],
    [
      'a condition',
      // biome-ignore lint/suspicious/noThenProperty: the keyword is called so
      { if: { required: ['a'] }, then: { required: ['b'] } },
      { allOf: [{ anyOf: [{ not: { required: ['a'] } }, { required: ['b'] }] }] },
    ],
    [
      'a dependency',
      { dependentRequired: { a: ['b'] } },
      { allOf: [{ anyOf: [{ not: { type: 'object', required: ['a'] } }, { required: ['b'] }] }] },
    ],
    [
      'true',
      { properties: { a: true }, additionalProperties: false },
      { properties: { a: {} }, additionalProperties: false },
    ],
    [
      'what a request never carries',
      { required: ['id', 'name'], properties: { id: { readOnly: true } } },
      { properties: { id: {} }, required: ['name'] },
    ],
    ['nothing but notes', { examples: [1], default: 2, deprecated: true, 'x-a': 1 }, {}],
  ])('%s', (_what, raw, expected) => {
    expect(only(raw).json).toEqual(expected);
  });

  test('nullable of 3.0 and a list of values with null', () => {
    expect(only({ type: 'string', nullable: true, enum: ['a', null] }, '3.0.3').json).toEqual({
      oneOf: [{ type: 'string', enum: ['a'] }, { enum: [null] }],
    });
  });

  test('schemas with a name are models of their own, and those that come back to themselves become ones', () => {
    const all = schemas({
      my_node: {
        type: 'object',
        properties: {
          next: { $ref: '#/components/schemas/my_node' },
          other: { $ref: '#/components/schemas/myNode' },
        },
      },
      myNode: { type: 'string' },
      loop: {
        type: 'object',
        properties: {
          in: { type: 'object', properties: { again: { $ref: '#/components/schemas/loop/properties/in' } } },
        },
      },
    });
    const losses: Loss[] = [];
    const lowering = schemaLowering(modelNames(), '#/x/', loss => losses.push(loss));
    for (const [name, schema] of all) lowering.refer(schema, name);
    const models = Object.fromEntries(lowering.models().map(({ name, json }) => [name, json]));
    expect(Object.keys(models)).toEqual(['myNode', 'myNode2', 'loop', 'loopSchema']);
    expect(models['myNode']).toEqual({
      type: 'object',
      properties: { next: { $ref: '#/x/myNode' }, other: { $ref: '#/x/myNode2' } },
    });
    expect(JSON.stringify(models['loop'])).toContain('#/x/loopSchema');
    expect(losses).toEqual([]);
  });

  test.each<[string, Record<string, Json>, Loss['effect']]>([
    ['patternProperties', { patternProperties: { '^a': { type: 'string' } } }, 'unvalidated'],
    ['propertyNames', { propertyNames: { maxLength: 3 } }, 'unvalidated'],
    ['maxContains', { contains: {}, maxContains: 3 }, 'unvalidated'],
    ['prefixItems', { prefixItems: [{ type: 'string' }] }, 'weaker'],
    ['unevaluatedProperties', { anyOf: [{}], unevaluatedProperties: false }, 'unvalidated'],
    ['format', { type: 'string', format: 'uuid' }, 'unvalidated'],
    ['xml', { type: 'string', xml: { name: 'a' } }, 'dropped'],
  ])('%s is told as a loss, with its place', (keyword, raw, effect) => {
    expect(only(raw).losses).toMatchObject([
      { effect, source: { pointer: `/components/schemas/Only/${keyword}` } },
    ]);
  });
});

/** What ajv cannot be asked: integers beyond 2^53, decimal multiples, and properties called nothing or `__proto__`. */
function isBeyondAjv(value: Json): boolean {
  if (typeof value === 'bigint') return true;
  if (isArray(value)) return value.some(isBeyondAjv);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, sub]) =>
      name === '' || name === '__proto__' || name === 'multipleOf' || name === 'pattern' || isBeyondAjv(sub),
  );
}

test('a model never refuses what its schema allows, and without a loss of validation refuses the rest', () => {
  let compared = 0;
  fc.assert(
    fc.property(witnessedSchemas, ({ witness, raw }) => {
      const schema = built(raw);
      const model = lowered(schema);
      fc.pre(!isBeyondAjv([raw as Json, witness]));
      const holds = draft4(model);
      const values = [witness, ...boundaries(schema).map(({ value }) => value)];
      for (const value of values) {
        if (isBeyondAjv(value) || !isValid(schema, value, 'request')) continue;
        expect(holds(value), shown({ raw, value, model: model.json })).toBe(true);
      }
      if (model.losses.some(losesValidation)) return;
      compared += 1;
      for (const { value } of violate(schema)) {
        if (isBeyondAjv(value) || isValid(schema, value, 'request')) continue;
        expect(holds(value), shown({ raw, value, model: model.json })).toBe(false);
      }
    }),
    { seed: 1, numRuns: 800 },
  );
  expect(compared).toBeGreaterThan(150);
});

test('names of models are letters and digits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), wish => {
      expect(legalName(wish)).toMatch(/^[A-Za-z0-9]+$/);
    }),
  );
  expect(['Pet', 'my_model', 'a.b-c', '日本', 'x  Y'].map(legalName)).toEqual([
    'Pet',
    'myModel',
    'aBC',
    'Model',
    'xY',
  ]);
});
