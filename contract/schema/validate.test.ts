// biome-ignore-all lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromText, contractFromValue } from '../read.ts';
import { type Direction, isValid, uncheckedKeywords, validate } from './validate.ts';

function schemaOf(
  schema: unknown,
  others: Readonly<Record<string, unknown>> = {},
  openapi = '3.1.1',
): Schema {
  const { contract } = contractFromValue({
    openapi,
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: { X: schema, ...others } },
  });
  const found = contract?.schemas.get('X');
  if (found === undefined) throw new Error('no schema');
  return found;
}

/** Both paths must say the same. */
function holds(schema: Schema, value: Json, direction?: Direction): boolean {
  const fast = isValid(schema, value, direction);
  const slow = validate(schema, value, direction === undefined ? {} : { direction }).length === 0;
  expect([fast, slow]).toEqual([fast, fast]);
  return fast;
}

function told(schema: Schema, value: Json): string[] {
  return validate(schema, value).map(
    ({ keyword, instance, message }) => `${keyword} ${instance}: ${message}`,
  );
}

function named(value: Json): string {
  return (
    JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner))?.slice(0, 90) ??
    ''
  );
}

type Row = readonly [schema: unknown, good: readonly Json[], bad: readonly Json[]];

const KEYWORDS: Readonly<Record<string, readonly Row[]>> = {
  'true and false': [
    [true, [null, 1, 'a', [], {}], []],
    [false, [], [null, 1, 'a', [], {}]],
    [{}, [null, 1, 'a', [], {}], []],
    [{ properties: { a: false } }, [{}, { b: 1 }], [{ a: 1 }]],
  ],
  type: [
    [{ type: 'integer' }, [1, 1.0, -0, 2n ** 70n, 1e300], [1.5, '1', null, true]],
    [{ type: 'number' }, [1, 1.5, 2n ** 70n], ['1', null]],
    [{ type: 'string' }, ['', 'a'], [1, null, ['a']]],
    [{ type: 'null' }, [null], [0, '', false, {}, []]],
    [{ type: 'boolean' }, [true, false], [0, 'true', null]],
    [{ type: 'array' }, [[], [1]], [{}, null, 'a']],
    [{ type: 'object' }, [{}, { a: 1 }], [[], null, 'a']],
    [{ type: ['string', 'null'] }, ['a', null], [1, {}]],
  ],
  enum: [
    [
      { enum: [1, 'a', null, { b: [1, 2] }] },
      [1, 1.0, 'a', null, { b: [1, 2] }],
      [2, 'A', false, { b: [2, 1] }, {}],
    ],
    [{ enum: [[0]] }, [[0]], [[false], 0, [[0]]]],
    [{ enum: [9007199254740993n] }, [9007199254740993n], [9007199254740992, 9007199254740992n]],
    [{ enum: [] }, [], [1, null]],
    [{ enum: ['__proto__'] }, ['__proto__'], ['constructor']],
  ],
  const: [
    [{ const: 2 }, [2, 2.0, 2n], [3, '2', [2]]],
    [{ const: false }, [false], [0, '', null]],
    [{ const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }, { a: 1, b: 2, c: 3 }]],
    [{ const: null }, [null], [0, false]],
  ],
  'numeric bounds': [
    [{ minimum: 1.1 }, [1.1, 2, 'x'], [1, -5]],
    [{ maximum: 3 }, [3, -1], [3.0001, 2n ** 64n]],
    [{ exclusiveMinimum: 1 }, [1.01], [1, 0]],
    [{ exclusiveMaximum: 1 }, [0.99], [1, 2]],
    [{ maximum: 9223372036854775807n }, [9223372036854775807n, 1], [9223372036854775808n, 2 ** 63]],
    [{ minimum: -9223372036854775808n }, [-9223372036854775808n, -(2 ** 63)], [-9223372036854775809n]],
  ],
  multipleOf: [
    [{ multipleOf: 2 }, [0, 4, -6, 2n ** 80n, 'x'], [3, 2.5, 2n ** 80n + 1n]],
    [{ multipleOf: 0.01 }, [19.99, 0.07, 4.35, 1e20, -0.29, 1.1], [19.995, 0.001]],
    [{ multipleOf: 0.0001 }, [0.0075], [0.00751]],
    [{ multipleOf: 1.5 }, [0, 4.5, 3n], [35, 4n]],
    [{ multipleOf: 1e-8 }, [12391239123, 1e-8, 3e-7], [1e-9]],
    [{ multipleOf: 0.123456789 }, [0.123456789], [1e308]],
    [{ multipleOf: 2n ** 60n }, [2n ** 61n, 0], [2n ** 61n + 1n, 1]],
  ],
  'string length': [
    [{ minLength: 2 }, ['ab', '\u{1F600}\u{1F600}', 7], ['a', '\u{1F600}', '']],
    [{ maxLength: 2 }, ['ab', '\u{1F600}\u{1F600}', ''], ['abc', '\u{1F600}\u{1F600}a']],
    [{ minLength: 3, maxLength: 3 }, ['a\u{1F600}b', '\uD83Dab'], ['\u{1F600}b']],
    [{ minLength: 2.0 }, ['ab'], ['a']],
  ],
  pattern: [
    [{ pattern: '^a*$' }, ['', 'aaa', 1], ['ab']],
    [{ pattern: 'a+' }, ['xxaayy'], ['xx']],
    [{ pattern: '^(a+)+$' }, ['a'.repeat(40_000)], [`${'a'.repeat(40_000)}!`]],
    [{ pattern: '^\\p{Letter}+$' }, ['Größe'], ['a1']],
  ],
  format: [
    [{ format: 'date' }, ['2026-11-23', 5], ['2026-11-31']],
    [{ type: 'integer', format: 'int64' }, [9223372036854775807n], [9223372036854775808n]],
    [{ format: 'no-such-format' }, ['x', 1], []],
  ],
  'items and prefixItems': [
    [{ items: { type: 'integer' } }, [[], [1, 2], { a: 'x' }, 'x'], [[1, 'x']]],
    [{ items: false }, [[]], [[1]]],
    [
      { prefixItems: [{ type: 'integer' }, { type: 'string' }] },
      [[], [1], [1, 'a'], [1, 'a', null]],
      [['a'], [1, 2]],
    ],
    [{ prefixItems: [{}], items: { type: 'integer' } }, [['x', 1], ['x']], [['x', 'y']]],
    [{ prefixItems: [{}, {}], items: false }, [[1, 2], []], [[1, 2, 3]]],
    [{ minItems: 1, maxItems: 2 }, [[1], [1, 2], 'x'], [[], [1, 2, 3]]],
  ],
  contains: [
    [{ contains: { minimum: 5 } }, [[1, 6], [5], {}], [[], [1, 2]]],
    [
      { contains: { const: 1 }, minContains: 2 },
      [
        [1, 1],
        [1, 2, 1],
      ],
      [[1], []],
    ],
    [{ contains: { const: 1 }, maxContains: 1 }, [[1], [1, 2]], [[1, 1], [2]]],
    [{ contains: { const: 1 }, minContains: 0 }, [[], [2]], []],
    [{ contains: { const: 1 }, minContains: 0, maxContains: 1 }, [[], [1]], [[1, 1]]],
    [{ contains: { const: 1 }, minContains: 2, maxContains: 1 }, [], [[1], [1, 1], [1, 1, 1], []]],
    [{ maxContains: 1 }, [[1, 1]], []],
    [{ contains: false }, ['x'], [[], [1]]],
  ],
  uniqueItems: [
    [
      { uniqueItems: true },
      [
        [1, 2],
        [1, true],
        [0, false],
        ['1', 1],
        [[1], [true]],
        [{ a: 1 }, { a: 2 }],
        [{ a: { b: 0 } }, { a: { b: false } }],
        [null, 0, ''],
        [9007199254740993n, 9007199254740992],
      ],
      [
        [1, 1.0],
        [1, 1n],
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        [
          [1, [2]],
          [1, [2]],
        ],
        ['a', 'b', 'a'],
        [null, null],
        [2 ** 60, 2n ** 60n],
        [-0, 0],
        [{}, {}],
      ],
    ],
    [{ uniqueItems: false }, [[1, 1]], []],
  ],
  'properties and their kin': [
    [{ properties: { a: { type: 'integer' } } }, [{}, { a: 1 }, { b: 'x' }, [], 'x'], [{ a: 'x' }]],
    [{ additionalProperties: false, properties: { a: {} } }, [{}, { a: 1 }], [{ b: 1 }, { a: 1, b: 2 }]],
    [{ additionalProperties: { type: 'integer' }, properties: { a: {} } }, [{ a: 'x', b: 1 }], [{ b: 'x' }]],
    [
      { patternProperties: { '^f.*o$': { type: 'integer' } } },
      [{ foo: 1, bar: 'x' }, {}],
      [{ foo: 'x' }, { foo: 1, foooo: 'y' }],
    ],
    [
      {
        properties: { foo: { type: 'array' } },
        patternProperties: { 'f.o': { minItems: 2 } },
        additionalProperties: { type: 'integer' },
      },
      [{ foo: [1, 2] }, { fxo: [1, 2] }, { x: 1 }],
      [{ foo: [1] }, { fxo: [] }, { x: 'a' }],
    ],
    [
      { patternProperties: { '^v': {} }, additionalProperties: false },
      [{ vroom: 1 }],
      [{ x: 1 }, { élmény: 2 }],
    ],
    [{ propertyNames: { maxLength: 3 } }, [{}, { abc: 1 }, []], [{ abcd: 1 }]],
    [{ propertyNames: false }, [{}], [{ a: 1 }]],
    [{ required: ['a', 'b'] }, [{ a: null, b: 1 }, [], 'x'], [{ a: 1 }, {}]],
    [{ minProperties: 1, maxProperties: 2 }, [{ a: 1 }, { a: 1, b: 2 }, []], [{}, { a: 1, b: 2, c: 3 }]],
    [
      { dependentRequired: { a: ['b', 'c'] } },
      [{}, { b: 1 }, { a: 1, b: 1, c: 1 }, 'x'],
      [{ a: 1 }, { a: 1, b: 1 }],
    ],
    [{ dependentSchemas: { a: { minProperties: 2 } } }, [{ b: 1 }, { a: 1, b: 1 }, 'x'], [{ a: 1 }]],
    [{ dependentSchemas: { a: false } }, [{}], [{ a: 1 }]],
  ],
  'names that every object inherits': [
    [{ required: ['constructor', 'toString'] }, [{ constructor: 1, toString: 2 }], [{}, { constructor: 1 }]],
    [{ required: ['__proto__'] }, [JSON.parse('{"__proto__":1}')], [{}]],
    [{ properties: { constructor: { type: 'integer' } } }, [{}, { constructor: 1 }], [{ constructor: 'x' }]],
    [
      JSON.parse('{"properties":{"__proto__":{"type":"integer"}},"additionalProperties":false}'),
      [{}, JSON.parse('{"__proto__":1}')],
      [JSON.parse('{"__proto__":"x"}'), { toString: 1 }],
    ],
    [{ dependentRequired: { toString: ['a'] } }, [{}], [{ toString: 1 }]],
    [
      { additionalProperties: { type: 'integer' } },
      [{}],
      [JSON.parse('{"__proto__":"x"}'), { hasOwnProperty: 'x' }],
    ],
    [
      { unevaluatedProperties: false, properties: { a: {} } },
      [{ a: 1 }],
      [JSON.parse('{"__proto__":"x"}'), { valueOf: 'x' }],
    ],
  ],
  combinations: [
    [{ allOf: [{ minimum: 1 }, { maximum: 3 }], multipleOf: 2 }, [2, 'x'], [1, 4, 3]],
    [{ anyOf: [{ type: 'integer' }, { minimum: 2 }] }, [1, 2.5, 'x'], [1.5]],
    [{ oneOf: [{ type: 'integer' }, { minimum: 2 }] }, [1, 2.5], [3, 1.5]],
    [{ oneOf: [true, true] }, [], [1]],
    [{ oneOf: [true, false] }, [1], []],
    [{ anyOf: [false, false] }, [], [1]],
    [{ not: { type: 'integer' } }, ['x', 1.5], [1]],
    [{ not: { not: { type: 'integer' } } }, [1], ['x']],
    [{ if: { maximum: 0 }, then: { multipleOf: 2 }, else: { minimum: 10 } }, [-2, 10, 'x'], [-1, 5]],
    [{ if: { maximum: 0 }, then: false }, [1], [0]],
    [{ then: false, else: false }, [1], []],
    [{ if: false, then: false }, [1], []],
    [{ if: true, else: false }, [1], []],
  ],
  unevaluatedProperties: [
    [{ properties: { a: {} }, unevaluatedProperties: false }, [{ a: 1 }, {}, 'x'], [{ b: 1 }]],
    [{ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }, [{ a: 1 }], [{ b: 1 }]],
    [
      {
        anyOf: [
          { properties: { a: {} }, required: ['a'] },
          { properties: { b: {} }, required: ['b'] },
        ],
        unevaluatedProperties: false,
      },
      [{ a: 1 }, { b: 1 }, { a: 1, b: 2 }],
      [{ a: 1, c: 2 }],
    ],
    [
      {
        oneOf: [
          { properties: { a: { const: 1 } }, required: ['a'] },
          { properties: { b: {} }, required: ['b'] },
        ],
        unevaluatedProperties: false,
      },
      [{ a: 1 }, { b: 1 }],
      [{ a: 2, b: 1 }],
    ],
    [
      {
        if: { properties: { a: { const: 1 } }, required: ['a'] },
        then: { properties: { b: {} } },
        else: { properties: { c: {} } },
        unevaluatedProperties: false,
      },
      [{ a: 1, b: 2 }, { c: 1 }],
      [{ a: 1, c: 2 }, { a: 2 }, { b: 1 }],
    ],
    [{ if: { properties: { a: {} } }, unevaluatedProperties: false }, [{ a: 1 }], [{ b: 1 }]],
    [{ not: { not: { properties: { a: {} } } }, unevaluatedProperties: false }, [{}], [{ a: 1 }]],
    [
      {
        dependentSchemas: { a: { properties: { b: {} } } },
        properties: { a: {} },
        unevaluatedProperties: false,
      },
      [{ a: 1, b: 2 }, { a: 1 }],
      [{ b: 1 }],
    ],
    [{ allOf: [{ additionalProperties: true }], unevaluatedProperties: false }, [{ a: 1 }], []],
    [{ allOf: [{ unevaluatedProperties: true }], unevaluatedProperties: false }, [{ a: 1 }], []],
    [{ allOf: [{ properties: { a: {} } }, { unevaluatedProperties: false }] }, [{}], [{ a: 1 }]],
    [
      { patternProperties: { '^x': {} }, unevaluatedProperties: { type: 'integer' } },
      [{ xa: 'y', b: 1 }],
      [{ b: 'y' }],
    ],
    [
      { properties: { a: { properties: { b: {} } } }, unevaluatedProperties: false },
      [{ a: { b: 1, c: 2 } }],
      [{ b: 1 }, { a: { b: 1 }, b: 1 }],
    ],
    [{ propertyNames: { maxLength: 1 }, unevaluatedProperties: false }, [{}], [{ a: 1 }]],
  ],
  unevaluatedItems: [
    [{ prefixItems: [{}], unevaluatedItems: false }, [[1], []], [[1, 2]]],
    [{ items: {}, unevaluatedItems: false }, [[1, 2]], []],
    [{ contains: { const: 1 }, unevaluatedItems: false }, [[1, 1]], [[1, 2]]],
    [{ contains: { const: 1 }, unevaluatedItems: { type: 'string' } }, [[1, 'a', 1]], [[1, 2]]],
    [
      { allOf: [{ prefixItems: [{}, {}] }], prefixItems: [{}], unevaluatedItems: false },
      [[1, 2]],
      [[1, 2, 3]],
    ],
    [
      { anyOf: [{ prefixItems: [{}, { const: 2 }] }, { prefixItems: [{}] }], unevaluatedItems: false },
      [[1, 2], [1]],
      [[1, 3]],
    ],
    [
      {
        allOf: [{ contains: { multipleOf: 2 } }, { contains: { multipleOf: 3 } }],
        unevaluatedItems: { multipleOf: 5 },
      },
      [[2, 3, 4, 5, 6]],
      [[2, 3, 4, 7, 8]],
    ],
    [
      {
        if: { contains: { const: 'a' } },
        then: { if: { contains: { const: 'b' } } },
        unevaluatedItems: false,
      },
      [['a'], ['a', 'b']],
      [['b'], ['a', 'c']],
    ],
    [{ unevaluatedItems: false }, [[], {}], [[1]]],
  ],
};

for (const [keyword, rows] of Object.entries(KEYWORDS)) {
  describe(keyword, () => {
    for (const [schema, good, bad] of rows) {
      const compiled = schemaOf(schema);
      for (const value of good)
        test(`${named(schema as Json)} allows ${named(value)}`, () =>
          expect(holds(compiled, value)).toBe(true));
      for (const value of bad)
        test(`${named(schema as Json)} refuses ${named(value)}`, () =>
          expect(holds(compiled, value)).toBe(false));
    }
  });
}

describe('references', () => {
  test('what stands beside a $ref holds as well from 3.1 on, and not before', () => {
    const beside = { $ref: '#/components/schemas/Y', maxLength: 2 };
    const others = { Y: { type: 'string' }, Z: { allOf: [beside] } };
    const modern = schemaOf({ properties: { a: beside } }, others);
    const old = schemaOf({ properties: { a: beside } }, others, '3.0.4');
    expect(holds(modern, { a: 'abc' })).toBe(false);
    expect(holds(modern, { a: 7 })).toBe(false);
    expect(holds(old, { a: 'abc' })).toBe(true);
    expect(holds(old, { a: 7 })).toBe(false);
  });

  test('a recursive schema follows the value down', () => {
    const tree = schemaOf({
      type: 'object',
      properties: {
        value: { type: 'integer' },
        nodes: { type: 'array', items: { $ref: '#/components/schemas/X' } },
      },
      required: ['value'],
    });
    expect(holds(tree, { value: 1, nodes: [{ value: 2, nodes: [{ value: 3 }] }] })).toBe(true);
    expect(told(tree, { value: 1, nodes: [{ value: 2, nodes: [{ value: 'x' }] }] })).toEqual([
      'type /nodes/0/nodes/0/value: must be an integer, is a string',
    ]);
  });

  test.each([
    [{ allOf: [{ $ref: '#/components/schemas/X' }], type: 'string' }, 'a', 1],
    [{ $ref: '#/components/schemas/X', type: 'string' }, 'a', 1],
    [{ anyOf: [{ $ref: '#/components/schemas/X' }, { type: 'integer' }], minimum: 3 }, 4, 2],
    [{ allOf: [{ $ref: '#/components/schemas/Y' }], type: 'string' }, 'a', 1],
    [{ if: { $ref: '#/components/schemas/X' }, type: 'string' }, 'a', 1],
  ])('a schema that leads to itself on the same value ends: %j', (schema, good, bad) => {
    const compiled = schemaOf(schema, { Y: { oneOf: [{ $ref: '#/components/schemas/X' }] } });
    expect(holds(compiled, good)).toBe(true);
    expect(holds(compiled, bad)).toBe(false);
  });

  test('a self-reference on the way down is not a re-entry', () => {
    const chain = schemaOf({
      allOf: [{ properties: { next: { $ref: '#/components/schemas/X' } } }, { type: 'object' }],
    });
    expect(holds(chain, { next: { next: {} } })).toBe(true);
    expect(holds(chain, { next: { next: 1 } })).toBe(false);
  });

  test('so it is when the schema also leads to itself in place', () => {
    const both = schemaOf({
      allOf: [{ $ref: '#/components/schemas/X' }],
      type: 'object',
      properties: { next: { $ref: '#/components/schemas/X' } },
    });
    expect(holds(both, { next: { next: {} } })).toBe(true);
    expect(holds(both, { next: { next: 1 } })).toBe(false);
  });

  test('an answer that rests on a re-entry is not kept for later', () => {
    const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });
    const schema = schemaOf(
      { properties: { n: ref('X') }, anyOf: [{ required: ['n'] }, ref('A'), ref('B')] },
      // Asked inside A, B holds because A is being asked; asked by itself it holds only if A does.
      { A: { allOf: [ref('B'), { required: ['z'] }] }, B: { anyOf: [ref('A')] } },
    );
    const deep = (inner: Json): Json => ({ n: { n: { n: { n: { n: { n: { n: { n: inner } } } } } } } });
    expect(holds(schema, deep({ z: 1 }))).toBe(true);
    expect(holds(schema, deep({}))).toBe(false);
  });

  test('$dynamicRef finds the outermost anchor of its name', () => {
    const others = {
      Tree: {
        $id: 'tree',
        $dynamicAnchor: 'node',
        type: 'object',
        properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
      },
    };
    const strict = schemaOf(
      {
        $id: 'strict',
        $dynamicAnchor: 'node',
        $ref: '#/components/schemas/Tree',
        unevaluatedProperties: false,
      },
      others,
    );
    // A `$ref` inside a resource with an `$id` is relative to it; the anchor is what is tested here.
    const plain = schemaOf({ $ref: '#/components/schemas/Tree' }, others);
    expect(holds(plain, { children: [{ daat: 1 }] })).toBe(true);
    expect(holds(strict, { children: [{ data: 1 }] })).toBe(true);
    expect(holds(strict, { children: [{ daat: 1 }] })).toBe(false);
  });
});

describe('the dialects before 3.1', () => {
  const old = (schema: unknown): Schema => schemaOf(schema, {}, '3.0.4');
  test('nullable widens the type it stands beside', () => {
    expect(holds(old({ type: 'string', nullable: true }), null)).toBe(true);
    expect(holds(old({ type: 'string' }), null)).toBe(false);
    expect(holds(old({ type: 'string', nullable: true, enum: ['a'] }), null)).toBe(false);
    expect(holds(old({ type: 'string', nullable: true, enum: ['a', null] }), null)).toBe(true);
  });
  test('boolean exclusive bounds', () => {
    const schema = old({
      type: 'number',
      minimum: 1,
      exclusiveMinimum: true,
      maximum: 3,
      exclusiveMaximum: false,
    });
    expect([1, 1.1, 3, 3.1].map(value => holds(schema, value))).toEqual([false, true, true, false]);
    expect(told(schema, 1)).toEqual(['exclusiveMinimum : must be greater than 1, is 1']);
  });
  test('keywords of 2020-12 mean nothing', () => {
    expect(
      holds(old({ const: 1, if: true, then: false, propertyNames: false, contains: false }), { a: 1 }),
    ).toBe(true);
  });
});

describe('readOnly and writeOnly', () => {
  const user = {
    type: 'object',
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string' },
      password: { type: 'string', writeOnly: true },
    },
    required: ['id', 'name', 'password'],
  };

  test.each([
    [{ name: 'a', password: 'b' }, [false, true, false]],
    [{ id: 1, name: 'a' }, [false, false, true]],
    [{ id: 1, name: 'a', password: 'b' }, [true, true, true]],
    [{ id: 'x', name: 'a', password: 'b' }, [false, false, false]],
    [{ name: 'a' }, [false, false, false]],
  ])('%j: without direction, request, response %j', (value, expected) => {
    const schema = schemaOf(user);
    expect([holds(schema, value), holds(schema, value, 'request'), holds(schema, value, 'response')]).toEqual(
      expected,
    );
  });

  test('the property may be declared in one part and required in another', () => {
    const schema = schemaOf(
      { allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['id', 'name'] }] },
      {
        Base: { properties: { id: { $ref: '#/components/schemas/Id' } } },
        Id: { type: 'integer', readOnly: true },
      },
    );
    expect(holds(schema, { name: 'a' }, 'request')).toBe(true);
    expect(holds(schema, { id: 1 }, 'request')).toBe(false);
    expect(holds(schema, { name: 'a' }, 'response')).toBe(false);
    for (const part of [
      { oneOf: [{ required: ['id', 'name'] }] },
      { anyOf: [{ required: ['id', 'name'] }] },
      { if: true, then: { required: ['id', 'name'] } },
      { $ref: '#/components/schemas/Named' },
      { dependentRequired: { name: ['id'] } },
    ]) {
      const split = schemaOf(
        { properties: { id: { readOnly: true } }, ...part },
        { Named: { required: ['id', 'name'] } },
      );
      expect([part, holds(split, { name: 'a' }, 'request')]).toEqual([part, true]);
      expect([part, holds(split, { name: 'a' }, 'response')]).toEqual([part, false]);
    }
    // The indulgence is for this object and not for what lies below.
    const nested = schemaOf({
      allOf: [
        { properties: { id: { readOnly: true }, child: { type: 'object', required: ['id'] } } },
        { required: ['id'] },
      ],
    });
    expect(holds(nested, { child: {} }, 'request')).toBe(false);
    expect(holds(nested, { child: { id: 1 } }, 'request')).toBe(true);
  });
});

describe('discriminator', () => {
  const pets = {
    Cat: {
      type: 'object',
      properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
      required: ['kind', 'lives'],
    },
    Dog: {
      type: 'object',
      properties: { kind: { type: 'string' }, tricks: { type: 'integer' } },
      required: ['kind'],
    },
  };
  const refs = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];

  test('the tag selects one member, whose violations are told', () => {
    const schema = schemaOf({ oneOf: refs, discriminator: { propertyName: 'kind' } }, pets);
    // By oneOf alone this value would be valid against both.
    expect(holds(schema, { kind: 'Dog', lives: 9 })).toBe(true);
    expect(holds(schema, { kind: 'Cat', lives: 9 })).toBe(true);
    expect(told(schema, { kind: 'Cat', lives: 'x' })).toEqual([
      'type /lives: must be an integer, is a string',
    ]);
    expect(told(schema, { kind: 'Cow' })).toEqual([
      'discriminator : must have one of "Cat", "Dog" as "kind", has "Cow"',
    ]);
    expect(told(schema, { lives: 9 })).toEqual([
      'discriminator : must have property "kind", which says what it is',
    ]);
    expect(told(schema, { kind: 5 })).toEqual([
      'discriminator : must have one of "Cat", "Dog" as "kind", has 5',
    ]);
    expect(holds(schema, 'Cat')).toBe(false);
  });

  test('a mapping names tags; unmapped members keep their names', () => {
    const schema = schemaOf(
      {
        anyOf: refs,
        discriminator: { propertyName: 'kind', mapping: { c: '#/components/schemas/Cat', d: 'Dog' } },
      },
      pets,
    );
    expect(holds(schema, { kind: 'c', lives: 9 })).toBe(true);
    expect(holds(schema, { kind: 'c' })).toBe(false);
    expect(holds(schema, { kind: 'd' })).toBe(true);
    expect(holds(schema, { kind: 'Cat', lives: 9 })).toBe(false);
  });

  test('members behind a $ref with a description are found', () => {
    const schema = schemaOf(
      {
        oneOf: refs.map(ref => ({ ...ref, description: 'd' })),
        discriminator: { propertyName: 'kind', mapping: { c: 'Cat' } },
      },
      pets,
    );
    expect(told(schema, { kind: 'c' })).toEqual(['required : must have property "lives"']);
    expect(holds(schema, { kind: 'Dog' })).toBe(true);
  });

  test('tags may be spelled by the members themselves', () => {
    const member = (kind: string): unknown => ({
      type: 'object',
      properties: { kind: { enum: [kind] } },
      required: ['kind'],
    });
    const schema = schemaOf(
      { oneOf: refs, discriminator: { propertyName: 'kind' } },
      { Cat: member('cat'), Dog: member('dog') },
    );
    expect(holds(schema, { kind: 'cat' })).toBe(true);
    expect(holds(schema, { kind: 'cow' })).toBe(false);
  });

  test('a missing tag that nobody requires leaves the plain union', () => {
    const schema = schemaOf({ oneOf: refs, discriminator: { propertyName: 'type' } }, pets);
    expect(holds(schema, { kind: 'x' })).toBe(true);
    expect(holds(schema, { kind: 'x', lives: 1 })).toBe(false);
  });

  test('defaultMapping takes what nothing else names', () => {
    const schema = schemaOf(
      { oneOf: refs, discriminator: { propertyName: 'kind', defaultMapping: 'Dog' } },
      pets,
      '3.2.0',
    );
    expect(holds(schema, { kind: 'Cow', tricks: 1 })).toBe(true);
    expect(told(schema, { kind: 'Cow', tricks: 'x' })).toEqual([
      'type /tricks: must be an integer, is a string',
    ]);
    expect(told(schema, {})).toEqual(['required : must have property "kind"']);
  });

  test('inline members have no names: a plain union', () => {
    const schema = schemaOf({
      oneOf: [{ type: 'string' }, { type: 'object' }],
      discriminator: { propertyName: 'kind' },
    });
    expect(holds(schema, { kind: 'x' })).toBe(true);
    expect(holds(schema, 'x')).toBe(true);
  });

  test('members that extend the schema with the union do not go round in circles', () => {
    const schema = schemaOf(
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string' } },
        oneOf: refs,
        discriminator: { propertyName: 'kind' },
      },
      {
        Cat: { allOf: [{ $ref: '#/components/schemas/X' }, { properties: { lives: { type: 'integer' } } }] },
        Dog: { allOf: [{ $ref: '#/components/schemas/X' }] },
      },
    );
    expect(holds(schema, { kind: 'Cat', lives: 9 })).toBe(true);
    expect(holds(schema, { kind: 'Cat', lives: 'x' })).toBe(false);
    expect(holds(schema, { kind: 'Cow' })).toBe(false);
  });
});

describe('violations', () => {
  test('all are told, with keyword, place in the value and place in the document', () => {
    const text = `openapi: 3.1.1
info: { title: T, version: '1' }
components:
  schemas:
    X:
      type: object
      required: [id, 'a/b']
      properties:
        id: { type: integer, minimum: 1 }
        tags:
          type: array
          maxItems: 1
          items: { type: string, minLength: 3 }
      additionalProperties: false
`;
    const schema = contractFromText(text).contract?.schemas.get('X') as Schema;
    const violations = validate(schema, { id: 0, tags: ['ab', 7], 'x/y': 1 });
    expect(
      violations.map(({ keyword, instance, message, schema: { document, pointer } }) => [
        keyword,
        instance,
        message,
        document.locate(pointer).line,
      ]),
    ).toEqual([
      ['required', '', 'must have property "a/b"', 7],
      ['minimum', '/id', 'must be at least 1, is 0', 9],
      ['maxItems', '/tags', 'must have at most 1 item, has 2', 12],
      ['minLength', '/tags/0', 'must have at least 3 characters, has 2', 13],
      ['type', '/tags/1', 'must be a string, is an integer', 13],
      ['additionalProperties', '/x~1y', 'must not be there: no property "x/y" is allowed', 14],
    ]);
  });

  test.each<[schema: unknown, value: Json, expected: string[]]>([
    [false, 1, ['false : must not be there: its schema allows nothing']],
    [{ type: ['string', 'null'] }, 1.5, ['type : must be a string or null, is a number']],
    [{ enum: ['a', 1] }, 'b', ['enum : must be one of "a", 1; is "b"']],
    [{ const: { a: 1 } }, [1, 2], ['const : must be an object, is an array of 2']],
    [{ pattern: '^a' }, 'b', ['pattern : must match ^a, is "b"']],
    [{ format: 'date' }, 'x', ['format : must be a date, as 2026-11-23, is "x"']],
    [{ multipleOf: 0.5 }, 0.3, ['multipleOf : must be a multiple of 0.5, is 0.3']],
    [{ uniqueItems: true }, [1, 2, 1], ['uniqueItems : must not repeat an item; items 0 and 2 are equal']],
    [
      { propertyNames: { pattern: '^a' } },
      { b: 1 },
      ['propertyNames /b: has a name that is not allowed: "b" must match ^a, is "b"'],
    ],
    [
      { dependentRequired: { a: ['b'] } },
      { a: 1 },
      ['dependentRequired : must have property "b", because it has "a"'],
    ],
    [
      { contains: { const: 1 } },
      [2],
      ['contains : must contain an item that "contains" describes, has none'],
    ],
    [
      { contains: { const: 1 }, minContains: 2 },
      [1],
      ['minContains : must contain at least 2 of the items that "contains" describes, has 1'],
    ],
    [{ prefixItems: [{}], items: false }, [1, 2], ['items : must have at most 1 item, has 2']],
    [{ not: {} }, 1, ['not : must not be what "not" describes, and is']],
    [
      { unevaluatedProperties: false },
      { a: 1 },
      ['unevaluatedProperties /a: must not be there: no schema here knows property "a"'],
    ],
    [
      { unevaluatedItems: false },
      [1],
      ['unevaluatedItems /0: must not be there: no schema here knows this item'],
    ],
    [
      { oneOf: [{ type: 'integer' }, { minimum: 2 }, { type: 'string' }] },
      3,
      ['oneOf : must match exactly one of 3 schemas, matches 2: number 1, number 2'],
    ],
    [
      {
        oneOf: [
          { type: 'string' },
          { properties: { kind: { const: 'a' }, n: { type: 'integer' } }, required: ['kind'] },
          { properties: { kind: { const: 'b' } }, required: ['kind', 'm'] },
        ],
      },
      { kind: 'a', n: 'x' },
      [
        'oneOf : must match exactly one of 3 schemas, matches none',
        'type /n: must be an integer, is a string',
      ],
    ],
    [
      { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'integer' } }] },
      [1, 'x'],
      [
        'anyOf : must match at least one of 2 schemas, matches none',
        'type /1: must be an integer, is a string',
      ],
    ],
    [{ minimum: 1 }, 'a long '.repeat(50), []],
    [{ maxLength: 1 }, '\u{1F600}\u{1F600}', ['maxLength : must have at most 1 character, has 2']],
    [{ pattern: 'b' }, 'a'.repeat(500), [`pattern : must match b, is "${'a'.repeat(60)}…"`]],
  ])('%j on %j', (schema, value, expected) => expect(told(schemaOf(schema), value)).toEqual(expected));

  test('collecting stops at the limit', () => {
    const schema = schemaOf({ items: { type: 'string', minLength: 2 } });
    const value = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? index : 'a'));
    expect(validate(schema, value)).toHaveLength(20);
    expect(validate(schema, value, { maxViolations: 3 })).toHaveLength(3);
    expect(validate(schema, value, { maxViolations: 1000 })).toHaveLength(100);
  });
});

describe('hostile values and schemas', () => {
  const nested = (depth: number): Json => {
    let value: Json = {};
    for (let level = 0; level < depth; level++) value = { n: value };
    return value;
  };

  test.each([
    [{ type: 'object', properties: { n: { $ref: '#/components/schemas/X' } } }],
    [{ additionalProperties: { $ref: '#/components/schemas/X' } }],
    [{ anyOf: [{ type: 'null' }, { properties: { n: { $ref: '#/components/schemas/X' } } }] }],
    [{ not: { not: { properties: { n: { $ref: '#/components/schemas/X' } } } } }],
    [
      {
        allOf: [{ allOf: [{ allOf: [{ properties: { n: { $ref: '#/components/schemas/X' } } }] }] }],
        unevaluatedProperties: false,
      },
    ],
    [
      {
        propertyNames: { const: 'n' },
        patternProperties: { n: { if: { $ref: '#/components/schemas/X' }, then: {}, else: false } },
      },
    ],
  ])('a value nested 10,000 deep is a violation, not a stack overflow: %j', schema => {
    const compiled = schemaOf(schema);
    expect(isValid(compiled, nested(100))).toBe(true);
    expect(isValid(compiled, nested(10_000))).toBe(false);
    const violations = validate(compiled, nested(10_000));
    expect(violations.map(({ keyword }) => keyword)).toContain('depth');
  });

  test('so it is where values are compared', () => {
    expect(told(schemaOf({ uniqueItems: true }), [nested(10_000), nested(10_000)])).toEqual([
      'depth : is nested deeper than 500 levels, the limit for checking',
    ]);
    expect(holds(schemaOf({ enum: [{ n: { n: {} } }] }), nested(10_000))).toBe(false);
    expect(holds(schemaOf({}), nested(10_000))).toBe(true);
  });

  test('a chain of ten thousand references is a violation, not a stack overflow', () => {
    const others: Record<string, unknown> = {};
    for (let link = 0; link < 10_000; link++) {
      others[`L${link}`] = { allOf: [{ $ref: `#/components/schemas/L${link + 1}` }] };
    }
    others['L10000'] = { type: 'string' };
    const schema = schemaOf({ allOf: [{ $ref: '#/components/schemas/L0' }] }, others);
    expect(told(schema, 'a')).toEqual([
      'depth : leads through more than 1500 schemas inside one another, the limit for checking',
    ]);
  });

  test.each([
    [
      {
        allOf: [
          { properties: { n: { $ref: '#/components/schemas/X' } } },
          { properties: { n: { $ref: '#/components/schemas/X' } } },
        ],
      },
    ],
    [
      {
        oneOf: [
          { properties: { n: { $ref: '#/components/schemas/X' }, a: false } },
          { properties: { n: { $ref: '#/components/schemas/X' } }, required: ['a'] },
        ],
      },
    ],
    [
      {
        anyOf: [
          { properties: { n: { $ref: '#/components/schemas/X' } }, required: ['z'] },
          { properties: { n: { $ref: '#/components/schemas/X' } } },
        ],
      },
    ],
  ])(
    'schemas that fork at every level do not multiply: %j',
    schema => {
      const compiled = schemaOf({ type: 'object', ...schema });
      expect(isValid(compiled, nested(300))).toBe(true);
      let broken: Json = 1;
      for (let level = 0; level < 300; level++) broken = { n: broken };
      expect(isValid(compiled, broken)).toBe(false);
      expect(validate(compiled, broken).length).toBeGreaterThan(0);
    },
    10_000,
  );

  test('a hundred thousand items are told apart in one pass', () => {
    const schema = schemaOf({ uniqueItems: true });
    const items = Array.from({ length: 100_000 }, (_, index) => index);
    expect(isValid(schema, items)).toBe(true);
    expect(isValid(schema, items.map(String))).toBe(true);
    expect(
      isValid(
        schema,
        items.map(id => ({ id })),
      ),
    ).toBe(true);
    expect(isValid(schema, [...items, 77])).toBe(false);
  }, 10_000);
});

describe('unions that fork at every level on one value', () => {
  /** `E0` asks for `E1` in two ways, that for `E2` in two ways, and so on: 2^60 ways in all. */
  const levels = 60;
  const others = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => {
      const next = { $ref: `#/components/schemas/E${level + 1}` };
      return [`E${level}`, level === levels - 1 ? { type: 'integer' } : { anyOf: [next, { allOf: [next] }] }];
    }),
  );
  const schema = schemaOf({ $ref: '#/components/schemas/E0' }, others);

  test.each([
    [7, true],
    ['seven', false],
    [{ seven: 7 }, false],
    [[7], false],
  ] as const)(
    '%j',
    (value, valid) => {
      expect(holds(schema, value)).toBe(valid);
    },
    10_000,
  );
});

describe('what cannot be checked', () => {
  test('is told, wherever the schema leads, and holds', () => {
    const schema = schemaOf(
      {
        properties: { a: { pattern: '(a' }, b: { $ref: '#/components/schemas/Y' } },
        patternProperties: { '^(x)\\1': { type: 'integer' } },
        additionalProperties: false,
      },
      { Y: { items: { $ref: '#/components/schemas/X' }, not: { pattern: 'a++' } } },
    );
    const problems = uncheckedKeywords(schema);
    expect(problems.map(({ rule, severity, source }) => [rule, severity, source.pointer]).sort()).toEqual([
      ['pattern-invalid', 'error', '/components/schemas/X/properties/a/pattern'],
      ['pattern-invalid', 'error', '/components/schemas/Y/not/pattern'],
      ['pattern-unsupported', 'warning', '/components/schemas/X/patternProperties/^(x)\\1'],
    ]);
    expect(problems[0]?.message).toMatch(/^The pattern ".*" is not checked: .*\.$/);
    expect(isValid(schema, { a: 'x' })).toBe(true);
    // Nobody can say which names the pattern takes, so none is refused.
    expect(isValid(schema, { xx: 'y' })).toBe(true);
  });

  test('nothing is told of schemas that can be checked whole', () => {
    expect(
      uncheckedKeywords(schemaOf({ pattern: '^(a+)+$', items: { $ref: '#/components/schemas/X' } })),
    ).toEqual([]);
  });
});
