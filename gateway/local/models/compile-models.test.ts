import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileModels } from './compile-models.ts';

const API = 'abcdefghij';
const address = (name: string): string => `https://apigateway.amazonaws.com/restapis/${API}/models/${name}`;

function errors(schema: unknown, body: unknown): readonly string[] | undefined {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const { validate, problems } = compileModels(new Map([['M', text]]), API);
  expect(problems).toEqual([]);
  return validate('M', typeof body === 'string' ? body : JSON.stringify(body));
}

describe('4.1 [C]: each keyword of draft 4 refuses in the words of the Java validator', () => {
  test.each<readonly [schema: unknown, body: string, message: string]>([
    [
      { type: 'string' },
      '1',
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    ],
    [
      { type: 'number' },
      '"a"',
      'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])',
    ],
    [
      { type: ['string', 'null'] },
      '[]',
      'instance type (array) does not match any allowed primitive type (allowed: ["null","string"])',
    ],
    // Draft 4 goes by how a number is written.
    [
      { type: 'integer' },
      '1.0',
      'instance type (number) does not match any allowed primitive type (allowed: ["integer"])',
    ],
    [
      { type: 'integer' },
      '1e2',
      'instance type (number) does not match any allowed primitive type (allowed: ["integer"])',
    ],
    [
      { enum: ['a', 1, { b: [] }] },
      '"c"',
      'instance value ("c") not found in enum (possible values: ["a",1,{"b":[]}])',
    ],
    [{ maximum: 5 }, '6', 'numeric instance is greater than the required maximum (maximum: 5, found: 6)'],
    [
      { maximum: 5, exclusiveMaximum: true },
      '5',
      'numeric instance is not strictly lower than the required maximum 5',
    ],
    [
      { minimum: 25.5 },
      '25',
      'numeric instance is lower than the required minimum (minimum: 25.5, found: 25)',
    ],
    [
      { minimum: 0, exclusiveMinimum: true },
      '0.0',
      'numeric instance is not strictly greater than the required minimum 0',
    ],
    [{ multipleOf: 0.01 }, '19.999', 'remainder of division is not zero (19.999 / 0.01)'],
    [{ maxLength: 2 }, '"abc"', 'string "abc" is too long (length: 3, maximum allowed: 2)'],
    [{ minLength: 2 }, '"\u{1F600}"', 'string "\u{1F600}" is too short (length: 1, required minimum: 2)'],
    [{ pattern: '^[a-z]+$' }, '"A1"', 'ECMA 262 regex "^[a-z]+$" does not match input string "A1"'],
    [{ maxItems: 1 }, '[1,2]', 'array is too long: must have at most 1 elements but instance has 2 elements'],
    [{ minItems: 1 }, '[]', 'array is too short: must have at least 1 elements but instance has 0 elements'],
    [{ uniqueItems: true }, '[{"a":1,"b":2},{"b":2.0,"a":1}]', 'array must not contain duplicate elements'],
    [
      { items: [{}], additionalItems: false },
      '[1,2]',
      'schema only allows 1 elements in array but instance has 2 elements',
    ],
    [{ required: ['b', 'a', 'c'] }, '{"c":1}', 'object has missing required properties (["a","b"])'],
    [
      { maxProperties: 1 },
      '{"a":1,"b":2}',
      'object has too many properties (found 2 but schema requires at most 1)',
    ],
    [{ minProperties: 1 }, '{}', 'object has too few properties (found 0 but schema requires at least 1)'],
    [
      { properties: { a: {} }, patternProperties: { '^x-': {} }, additionalProperties: false },
      '{"c":1,"x-1":1,"a":1,"b":1}',
      'object instance has properties which are not allowed by the schema: ["b","c"]',
    ],
    [
      { dependencies: { a: ['c', 'b'] } },
      '{"a":1,"c":1}',
      'property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b"])',
    ],
    [
      { dependencies: { a: { required: ['b'] } } },
      '{"a":1}',
      'object has missing required properties (["b"])',
    ],
    [
      { allOf: [{}, { minimum: 5 }] },
      '1',
      'instance failed to match all required schemas (matched only 1 out of 2)',
    ],
    [
      { anyOf: [{ minimum: 5 }, { type: 'string' }] },
      '1',
      'instance failed to match at least one required schema among 2',
    ],
    [
      { oneOf: [{}, { minimum: 0 }, { type: 'string' }] },
      '1',
      'instance failed to match exactly one schema (matched 2 out of 3)',
    ],
    [{ not: { type: 'integer' } }, '1', 'instance matched a schema which it should not have'],
    [
      { format: 'date-time' },
      '"today"',
      `string "today" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`,
    ],
    [{ format: 'email' }, '"me"', 'string "me" is not a valid email address'],
    [{ format: 'hostname' }, '"a_b"', 'string "a_b" is not a valid hostname'],
    [{ format: 'ipv4' }, '"1.2.3.256"', 'string "1.2.3.256" is not a valid IPv4 address'],
    [{ format: 'ipv6' }, '"1::2::3"', 'string "1::2::3" is not a valid IPv6 address'],
    [{ format: 'regex' }, '"("', 'string "(" is not a valid ECMA 262 regular expression'],
    [{ format: 'uri' }, '"a b"', 'string "a b" is not a valid URI'],
    [{ format: 'uuid' }, '"1234"', 'input string "1234" is not a valid UUID'],
  ])('%j and %s', (schema, body, message) => {
    expect(errors(schema, body)).toEqual([message]);
  });

  test.each<readonly [schema: unknown, body: string]>([
    [{ type: 'number' }, '1'],
    [{ type: 'integer' }, '-0'],
    [{ enum: [1] }, '1.0'],
    [{ enum: [null] }, 'null'],
    [{ maximum: 5 }, '5.0'],
    [{ maximum: 5 }, '"text"'],
    [{ multipleOf: 0.01 }, '19.99'],
    [{ multipleOf: 3 }, '9007199254740993'],
    [{ multipleOf: 1e-7 }, '1e300'],
    [{ minLength: 1, maxLength: 1 }, '"\u{1F600}"'],
    [{ pattern: 'b' }, '"abc"'],
    [{ uniqueItems: true }, '[1,"1",[1],{"a":1},{"a":"1"},null,"null",true]'],
    [{ items: [{ type: 'string' }] }, '["a",1]'],
    [{ required: ['__proto__'] }, '{"__proto__":null}'],
    [{ properties: { toString: { type: 'string' } } }, '{}'],
    [{ format: 'date-time' }, '"2026-11-25T14:00:00.123456Z"'],
    [{ format: 'date-time' }, '"2024-02-29T00:00:00+09:00"'],
    [{ format: 'ipv6' }, '"::ffff:1.2.3.4"'],
    [{ format: 'uri' }, '"https://example.com/a?b=%20#c"'],
    [{ format: 'int32' }, '"x"'],
    [{ format: 'email' }, '7'],
  ])('%j takes %s', (schema, body) => {
    expect(errors(schema, body)).toBeUndefined();
  });
});

test('large integers are exact', () => {
  const schema = '{"type":"integer","maximum":9223372036854775807,"minimum":-9223372036854775808}';
  expect(errors(schema, '9223372036854775807')).toBeUndefined();
  expect(errors(schema, '-9223372036854775808')).toBeUndefined();
  expect(errors(schema, '9223372036854775808')).toEqual([
    'numeric instance is greater than the required maximum (maximum: 9223372036854775807, found: 9223372036854775808)',
  ]);
  expect(errors('{"enum":[12345678901234567890]}', '12345678901234567891')).toHaveLength(1);
  expect(errors({ uniqueItems: true }, '[12345678901234567890,12345678901234567891]')).toBeUndefined();
});

test('all that is wrong is told: the outside first, members by their names', () => {
  const schema = {
    type: 'object',
    required: ['price'],
    additionalProperties: false,
    properties: {
      type: { enum: ['dog', 'cat'] },
      id: { type: 'number' },
      tags: { type: 'array', maxItems: 1, items: { type: 'string' } },
    },
  };
  expect(errors(schema, { type: 'bird', id: 'x', tags: [1, 'a', 2], other: 1 })).toEqual([
    'object instance has properties which are not allowed by the schema: ["other"]',
    'object has missing required properties (["price"])',
    'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])',
    'array is too long: must have at most 1 elements but instance has 3 elements',
    'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    'instance value ("bird") not found in enum (possible values: ["dog","cat"])',
  ]);
});

test('4 [L]: a body that is no JSON fails, whatever the model says', () => {
  const unreadable = ['Unknown error parsing request body'];
  expect(errors({ type: 'object' }, '{"a":')).toEqual(unreadable);
  expect(errors({ title: 'Empty Schema' }, 'x')).toEqual(unreadable);
});

test('4 [L]: an empty body is held as an empty object', () => {
  expect(errors({ type: 'object' }, '')).toBeUndefined();
  expect(errors({ required: ['a'] }, '')).toEqual(['Unknown error parsing request body']);
  expect(errors({ required: ['a'] }, '{}')).toEqual(['object has missing required properties (["a"])']);
});

describe('4.1 [R]: references between models', () => {
  test('lead to models of the API, in circles too', () => {
    const person = {
      type: 'object',
      properties: { name: { type: 'string' }, house: { $ref: address('House') } },
      required: ['name'],
    };
    const house = {
      type: 'object',
      properties: {
        randomProperty: { type: 'string' },
        contains: { type: 'array', items: { $ref: address('Person') }, minItems: 1 },
      },
      required: ['contains'],
    };
    const models = new Map([
      ['Person', JSON.stringify(person)],
      ['House', JSON.stringify(house)],
    ]);
    const { validate, problems } = compileModels(models, API);
    expect(problems).toEqual([]);
    expect(
      validate(
        'Person',
        '{"name":"a","house":{"contains":[{"name":"b","house":{"contains":[{"name":"c"}]}}]}}',
      ),
    ).toBeUndefined();
    expect(
      validate('Person', '{"name":"a","house":{"contains":[{"name":"b","house":{"contains":[{}]}}]}}'),
    ).toEqual(['object has missing required properties (["name"])']);
    expect(validate('House', '{"contains":[]}')).toEqual([
      'array is too short: must have at least 1 elements but instance has 0 elements',
    ]);
  });

  test('a type null beside a reference works', () => {
    const models = new Map([
      ['Pet', '{"type":"object","required":["a"]}'],
      [
        'Body',
        JSON.stringify({ properties: { pet: { oneOf: [{ type: 'null' }, { $ref: address('Pet') }] } } }),
      ],
    ]);
    const { validate } = compileModels(models, API);
    expect(validate('Body', '{"pet":null}')).toBeUndefined();
    expect(validate('Body', '{"pet":{"a":1}}')).toBeUndefined();
    expect(validate('Body', '{"pet":{}}')).toEqual([
      'instance failed to match exactly one schema (matched 0 out of 2)',
    ]);
  });

  test('may name places inside of a schema; what stands beside them counts for nothing', () => {
    const schema = {
      definitions: { 'a/b': { type: 'string' }, list: [{ type: 'integer' }] },
      properties: {
        a: { $ref: '#/definitions/a~1b', maxLength: 1 },
        b: { $ref: `${address('M')}#/definitions/list/0` },
        c: { $ref: '#/definitions/a%7E1b' },
        self: { $ref: '#' },
      },
      additionalProperties: false,
    };
    expect(errors(schema, { a: 'long', b: 1, c: 'x', self: { a: 'y' } })).toBeUndefined();
    expect(errors(schema, { a: 1, b: 'x', self: { d: 1 } })).toHaveLength(3);
  });

  test('that lead nowhere are named, and accept everything', () => {
    const schema = {
      properties: {
        a: { $ref: address('None') },
        b: { $ref: '#/definitions/none' },
        c: { $ref: 'https://apigateway.amazonaws.com/restapis/zzzzzzzzzz/models/M' },
        d: { $ref: 'other.json' },
        e: { $ref: '#%' },
        f: { $ref: '#name' },
      },
    };
    const { validate, problems } = compileModels(new Map([['M', JSON.stringify(schema)]]), API);
    expect(validate('M', '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}')).toBeUndefined();
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `/properties/${name}/$ref`),
    );
    expect(problems).toContainEqual({
      model: 'M',
      pointer: '/properties/a/$ref',
      message: `the reference ${address('None')} leads to no schema of this API`,
    });
  });
});

test('what cannot be used of a schema is named, and the rest holds', () => {
  const schema = {
    type: ['string', 'file'],
    pattern: '(a)\\1',
    minLength: -1,
    maxLength: 2,
    enum: 1,
    allOf: [],
    properties: { a: true },
    patternProperties: { '(': {} },
    multipleOf: 0,
  };
  const models = new Map([
    ['M', JSON.stringify(schema)],
    ['NoJson', '{'],
  ]);
  const { validate, problems } = compileModels(models, API);
  expect(problems.map(({ model, pointer, message }) => `${model} ${pointer} ${message}`).sort()).toEqual([
    'M /allOf allOf is no list of schemas',
    'M /enum enum is no list',
    'M /minLength minLength is no whole number from 0 on',
    'M /multipleOf multipleOf is no number above 0',
    'M /pattern the pattern (a)\\1 cannot be used: it refers back to a group, and that cannot be matched in bounded time',
    'M /patternProperties/( the pattern ( cannot be used: "(" is never closed',
    'M /properties/a a schema is an object in draft 4',
    'M /type "file" is no type of draft 4',
    'NoJson  the schema is no JSON: the text ends inside the object that begins on line 1',
  ]);
  expect(validate('M', '"abc"')).toEqual(['string "abc" is too long (length: 3, maximum allowed: 2)']);
  expect(validate('NoJson', '1')).toBeUndefined();
  expect(validate('constructor', '1')).toBeUndefined();
});

test('problems of a model are its own and those of the models it refers to', () => {
  const { problemsOf } = compileModels(
    new Map([
      ['A', JSON.stringify({ items: { $ref: address('B') } })],
      ['B', JSON.stringify({ pattern: '(', items: { $ref: address('C') } })],
      ['C', JSON.stringify({ pattern: ')', items: { $ref: address('B') } })],
      ['D', JSON.stringify({ enum: 1 })],
    ]),
    API,
  );
  const models = (name: string): readonly string[] =>
    problemsOf(name)
      .map(({ model }) => model)
      .sort();
  expect(models('A')).toEqual(['B', 'C']);
  expect(models('C')).toEqual(['B', 'C']);
  expect(models('D')).toEqual(['D']);
  expect(models('none')).toEqual([]);
});

describe('hostile models end', () => {
  test('references that go round for ever', () => {
    for (const schema of [
      { $ref: '#' },
      { allOf: [{ $ref: '#' }] },
      { not: { $ref: '#' } },
      { anyOf: [{ $ref: '#/anyOf/1' }, { $ref: '#/anyOf/0' }] },
    ]) {
      expect(errors(schema, '1')?.[0]).toContain('the body cannot be held against its model');
    }
  });

  test('ways that double at each level', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 60 }, (_, level) => {
        const next = { $ref: `#/definitions/d${level + 1}` };
        return [`d${level}`, { allOf: [next, next] }];
      }),
    );
    const schema = { definitions: { ...definitions, d60: {} }, $ref: '#/definitions/d0' };
    expect(errors(schema, '1')?.[0]).toContain('the body cannot be held against its model');
    const twice = {
      anyOf: [
        { properties: { a: { $ref: '#' } }, required: ['b'] },
        { properties: { a: { $ref: '#' } }, required: ['b'] },
      ],
    };
    expect(errors(twice, `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)?.[0]).toContain(
      'instance failed to match',
    );
    const deepest = {
      anyOf: [{ properties: { a: { $ref: '#' } } }, { required: ['b'] }],
      not: { properties: { a: { $ref: '#' } } },
    };
    expect(errors(deepest, `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)).toBeDefined();
  });

  test('deep schemas, deep bodies, wide bodies, long texts', () => {
    const deepSchema = `${'{"properties":{"a":'.repeat(490)}{"type":"string"}${'}}'.repeat(490)}`;
    expect(errors(deepSchema, `${'{"a":'.repeat(490)}1${'}'.repeat(490)}`)).toHaveLength(1);
    const tree = { properties: { a: { $ref: '#' } }, additionalProperties: false };
    expect(errors(tree, `${'{"a":'.repeat(900)}{"b":1}${'}'.repeat(900)}`)).toHaveLength(1);
    const wide = `[${'1,'.repeat(500_000)}1]`;
    expect(errors({ items: { type: 'string' } }, wide)).toHaveLength(1000);
    expect(
      errors(
        { uniqueItems: true, items: { type: 'integer' } },
        `[${Array.from({ length: 100_000 }, (_, at) => at).join()}]`,
      ),
    ).toBeUndefined();
    expect(errors({ pattern: '(a+)+$' }, JSON.stringify(`${'a'.repeat(100_000)}!`))).toHaveLength(1);
    expect(errors({ multipleOf: 7 }, '9'.repeat(1000))).toBeDefined();
    const nothing = compileModels(new Map([['Deep', `${'['.repeat(5000)}${']'.repeat(5000)}`]]), API);
    expect(nothing.problems).toHaveLength(1);
  });
});

test('a body that holds says nothing, one that does not says something, and asking twice changes neither', () => {
  const bodies = fc.jsonValue({ maxDepth: 3 });
  const { validate } = compileModels(
    new Map([
      [
        'M',
        '{"anyOf":[{"type":["object","array","string"]},{"minimum":0}],"not":{"required":["a"]},"maxItems":2}',
      ],
    ]),
    API,
  );
  fc.assert(
    fc.property(bodies, body => {
      const text = JSON.stringify(body);
      const first = validate('M', text);
      expect(validate('M', text)).toEqual(first);
      expect(first).not.toEqual([]);
    }),
  );
});

test('no schema and no body makes anything but an answer', () => {
  const keyword = fc.constantFrom(
    ...[
      'type',
      'enum',
      'items',
      'properties',
      'required',
      'allOf',
      'anyOf',
      'oneOf',
      'not',
      'pattern',
      'format',
      'minimum',
    ],
    ...[
      'maxLength',
      'multipleOf',
      'dependencies',
      'patternProperties',
      'additionalItems',
      'additionalProperties',
      '$ref',
      'a',
    ],
  );
  const value = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        null,
        1,
        0,
        -1,
        0.5,
        true,
        'a',
        'string',
        'object',
        '^a',
        '(',
        '#',
        '#/properties/a',
        address('M'),
        'date-time',
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, value, fc.string(), (schema, body, text) => {
      const { validate } = compileModels(new Map([['M', JSON.stringify(schema)]]), API);
      for (const each of [JSON.stringify(body), text]) expect(validate('M', each)).not.toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
