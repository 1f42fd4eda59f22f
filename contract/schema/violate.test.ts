import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromText } from '../read.ts';
import { isValid, validate } from './validate.ts';
import { type Breach, unviolated, type ViolateOptions, violate } from './violate.ts';

/** The schema S of a 3.1 document; other schemas may stand beside it. */
function schemaOf(yaml: string): Schema {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: {}\ncomponents:\n  schemas:\n${`S: ${yaml}`
      .split('\n')
      .map(line => `    ${line}`)
      .join('\n')}\n`,
  );
  const schema = contract?.schemas.get('S');
  if (schema === undefined) throw new Error('the document could not be read');
  return schema;
}

function breaches(yaml: string, options: ViolateOptions = {}): readonly Breach[] {
  const schema = schemaOf(yaml);
  const found = [...violate(schema, options)];
  for (const { value, keyword } of found) {
    expect(isValid(schema, value, options.direction), `${keyword} ${String(value)}`).toBe(false);
  }
  return found;
}

/** The values that break one keyword. */
function values(yaml: string, keyword: string, options: ViolateOptions = {}): readonly Json[] {
  return breaches(yaml, options)
    .filter(breach => breach.keyword === keyword)
    .map(breach => breach.value);
}

describe('each keyword, just outside', () => {
  test.each<[string, string, readonly Json[]]>([
    ['{ type: integer, minimum: 3 }', 'minimum', [2]],
    ['{ type: integer, exclusiveMinimum: 3 }', 'exclusiveMinimum', [3]],
    ['{ type: integer, maximum: 3 }', 'maximum', [4]],
    ['{ type: number, maximum: 2.5 }', 'maximum', [3]],
    ['{ type: integer, maximum: 9223372036854775807 }', 'maximum', [9_223_372_036_854_775_808n]],
    ['{ type: integer, multipleOf: 5, minimum: 10 }', 'minimum', [5]],
    ['{ type: integer, multipleOf: 5, default: 10 }', 'multipleOf', [11]],
    ['{ type: number, multipleOf: 0.01, default: 1 }', 'multipleOf', [1.005]],
    ['{ type: string, minLength: 3, default: abcd }', 'minLength', ['ab']],
    ['{ type: string, maxLength: 5, default: abcd }', 'maxLength', ['abcddd']],
    [
      '{ type: string, maxLength: 30, format: email }',
      'maxLength',
      ['aaaaaaaaaaaaaaaada@example.com'.padStart(31, 'a')],
    ],
    ['{ type: string, pattern: "^[a-z]{3}$", default: abc }', 'pattern', ['!bc']],
    ['{ type: string, format: date }', 'format', ['2024-13-01']],
    ['{ type: string, enum: [a, b] }', 'enum', ['not-one-of-these']],
    ['{ type: string, enum: [a, b], maxLength: 1 }', 'enum', ['!']],
    ['{ const: 7 }', 'const', [8]],
    ['{ type: array, items: { type: integer }, minItems: 2, default: [1, 2] }', 'minItems', [[1]]],
    ['{ type: array, items: { type: integer }, maxItems: 2, default: [1, 2] }', 'maxItems', [[1, 2, 2]]],
    [
      '{ type: array, items: { type: integer }, uniqueItems: true, default: [1, 2, 3] }',
      'uniqueItems',
      [[1, 1, 3]],
    ],
    ['{ type: array, contains: { const: 1 }, default: [1, 2] }', 'contains', [[2]]],
    [
      '{ type: array, contains: { const: 1 }, minContains: 0, maxContains: 1, default: [1, 2] }',
      'maxContains',
      [[1, 2, 1]],
    ],
    [
      '{ type: array, prefixItems: [{ type: integer }], items: false, default: [1] }',
      'items',
      [[1, 'one too many']],
    ],
    [
      '{ required: [a, b], default: { a: 1, b: 2, c: 3 } }',
      'required',
      [
        { b: 2, c: 3 },
        { a: 1, c: 3 },
      ],
    ],
    [
      '{ properties: { a: true }, additionalProperties: false, default: { a: 1 } }',
      'additionalProperties',
      [{ a: 1, unknownProperty: 'unknown' }],
    ],
    [
      '{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false, default: { a: 1 } }',
      'unevaluatedProperties',
      [{ a: 1, unknownProperty: 'unknown' }],
    ],
    [
      '{ propertyNames: { pattern: "^[a-z]+$" }, default: { a: 1 } }',
      'propertyNames',
      [{ a: 1, 'not an allowed name': 1 }],
    ],
    ['{ minProperties: 2, required: [a], default: { a: 1, b: 2 } }', 'minProperties', [{ a: 1 }]],
    ['{ maxProperties: 1, default: { a: 1 } }', 'maxProperties', [{ a: 1, unknownProperty1: 'unknown' }]],
    ['{ dependentRequired: { a: [b] }, default: { a: 1, b: 2 } }', 'dependentRequired', [{ a: 1 }]],
    ['{ properties: { a: false }, default: {} }', 'false', [{ a: 'not allowed' }]],
    ['{ type: object, not: { required: [a] }, default: { b: 1 } }', 'not', [{ b: 1, a: 'sample-a' }]],
    ['{ anyOf: [{ type: string }, { type: integer }] }', 'anyOf', [null]],
    ['{ oneOf: [{ type: integer }, { minimum: 5 }], default: 1 }', 'oneOf', [0.5, 5]],
  ])('%s: %s', (yaml, keyword, expected) => {
    expect(values(yaml, keyword)).toEqual(expected);
  });

  test('several wrong types, null among them', () => {
    expect(values('{ type: integer, default: 1 }', 'type')).toEqual([null, 1.5, 'not-a-number']);
    expect(values('{ type: [string, "null"], default: x }', 'type')).toEqual([12_345, [], {}]);
    expect(values('{ type: object }', 'type')).toEqual([null, 'not-an-object', []]);
  });

  test('an unknown tag', () => {
    const yaml = `{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: kind } }
A: { type: object, required: [kind], properties: { kind: { type: string }, a: { type: integer } } }
B: { type: object, required: [kind], properties: { kind: { type: string }, b: { type: integer, maximum: 3 } } }`;
    expect(values(yaml, 'discriminator')).toEqual([{ kind: 'unknown-tag', a: 1 }]);
    // The other member has its turn as well.
    expect(values(yaml, 'maximum')).toEqual([{ kind: 'B', b: 4 }]);
  });
});

describe('nested parts', () => {
  const order = `
  type: object
  required: [lines]
  properties:
    lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string, pattern: '^[A-Z]{3}$' } } } }
    note: { type: string, maxLength: 10 }
    address: { type: object, properties: { city: { type: string, minLength: 2 } } }
    next: { $ref: '#/components/schemas/S' }`;

  test('are broken one at a time, the outermost first', () => {
    const found = breaches(order, { base: { lines: [{ sku: 'ABC' }] } });
    expect(
      found
        .filter(breach => breach.keyword !== 'type')
        .map(({ keyword, instance, value }) => [keyword, instance, value]),
    ).toEqual([
      ['required', '', {}],
      ['maxLength', '/note', { lines: [{ sku: 'ABC' }], note: expect.stringMatching(/^.{11}$/) }],
      ['minLength', '/address/city', { lines: [{ sku: 'ABC' }], address: { city: 'A' } }],
      ['required', '/lines/0', { lines: [{}] }],
      ['pattern', '/lines/0/sku', { lines: [{ sku: '!BC' }] }],
    ]);
  });

  test('one fault only: every violation stands where the breach says', () => {
    const schema = schemaOf(order);
    for (const breach of violate(schema, { base: { lines: [{ sku: 'ABC' }], note: 'hello' } })) {
      const told = validate(schema, breach.value);
      expect(told.map(violation => [violation.keyword, violation.instance])).toEqual([
        [breach.keyword, breach.instance],
      ]);
      expect(breach.schema.pointer).toBe(told[0]?.schema.pointer);
      expect(breach.description).toContain(told[0]?.message);
    }
  });

  test('a description reads as a sentence about the part', () => {
    const [found] = breaches('{ type: object, properties: { name: { type: string, minLength: 3 } } }', {
      base: { name: 'Ada' },
    }).filter(breach => breach.keyword === 'minLength');
    expect(found?.description).toBe('name must have at least 3 characters, has 2');
  });

  test('stop at the limit, and are the same every time', () => {
    expect(breaches(order, { limit: 3 })).toHaveLength(3);
    expect(JSON.stringify(breaches(order).map(({ value }) => value))).toBe(
      JSON.stringify(breaches(order).map(({ value }) => value)),
    );
    expect(breaches(order, { limit: 0 })).toHaveLength(0);
  });
});

describe('direction and base', () => {
  const account =
    '{ type: object, required: [id, name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }';

  test('what a request need not have is not missed there', () => {
    expect(values(account, 'required', { direction: 'request' })).toEqual([{}]);
    expect(values(account, 'required', { direction: 'response' })).toHaveLength(2);
  });

  test('a base that is not valid, or a schema without values, gives nothing', () => {
    expect(breaches(account, { base: { name: 7 } })).toEqual([]);
    expect(breaches('{ type: string, minLength: 3, maxLength: 2 }')).toEqual([]);
    expect(breaches('true')).toEqual([]);
  });
});

describe('unviolated', () => {
  test.each([
    ['{ type: string, maxLength: 1000000 }', 'maxLength', /too long to be sent/],
    ['{ type: string, format: something-new }', 'format', /not asserted/],
    ['{ type: array, maxItems: 50000 }', 'maxItems', /too long to be sent/],
    ['{ enum: [true, false], type: boolean }', 'enum', undefined],
    ['{ anyOf: [{ type: string }, true] }', 'anyOf', /No value was found/],
  ])('%s: %s', (yaml, keyword, reason) => {
    const missed = unviolated(schemaOf(yaml)).filter(one => one.keyword === keyword);
    expect(missed.map(one => one.reason)).toEqual(
      reason === undefined ? [] : [expect.stringMatching(reason)],
    );
  });
});

test('keys from strangers do no harm', () => {
  const found = breaches(
    '{ type: object, required: [__proto__, constructor], properties: { __proto__: { type: integer, maximum: 5 }, constructor: { type: string } } }',
  );
  expect(found.map(({ keyword, instance }) => `${keyword} ${instance}`)).toContain('maximum /__proto__');
  expect(({} as Record<string, unknown>)['maximum']).toBeUndefined();
});
