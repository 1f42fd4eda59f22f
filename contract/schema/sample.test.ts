import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromText } from '../read.ts';
import { type SampleOptions, sample } from './sample.ts';
import { isValid } from './validate.ts';

/** The schemas of a 3.1 document, by name. */
function schemas(text: string, version = '3.1.1'): ReadonlyMap<string, Schema> {
  const { contract } = contractFromText(
    `openapi: ${version}\ninfo: { title: T, version: "1" }\npaths: {}\ncomponents:\n  schemas:\n${text
      .split('\n')
      .map(line => `    ${line}`)
      .join('\n')}\n`,
  );
  if (contract === undefined) throw new Error('the document could not be read');
  return contract.schemas;
}

function named(all: ReadonlyMap<string, Schema>, name: string): Schema {
  const schema = all.get(name);
  if (schema === undefined) throw new Error(`no schema ${name}`);
  return schema;
}

function made(schema: Schema, options: SampleOptions = {}): Json {
  const result = sample(schema, options);
  if ('problem' in result) throw new Error(`${result.problem.message} ${result.problem.source.pointer}`);
  expect(isValid(schema, result.value, options.direction)).toBe(true);
  return result.value;
}

/** The sample of one inline schema. */
function of(yaml: string, options: SampleOptions = {}): Json {
  return made(named(schemas(`S: ${yaml}`), 'S'), options);
}

function problemOf(yaml: string, name = 'S'): { pointer: string; message: string } {
  const result = sample(named(schemas(yaml), name));
  if ('value' in result) throw new Error('a value was found');
  return { pointer: result.problem.source.pointer, message: result.problem.message };
}

describe('realistic values', () => {
  const user = named(
    schemas(`User:
  type: object
  required: [id, email]
  properties:
    id: { type: string, format: uuid, readOnly: true }
    email: { type: string, format: email }
    firstName: { type: string }
    lastName: { type: string }
    city: { type: string }
    countryCode: { type: string, minLength: 2, maxLength: 2 }
    currency: { type: string }
    price: { type: number, multipleOf: 0.01 }
    phone: { type: string }
    homepage: { type: string, format: uri }
    slug: { type: string, pattern: '^[a-z0-9-]+$' }
    createdAt: { type: string, format: date-time }
    updatedAt: { type: string, format: date-time }
    expiresAt: { type: string, format: date-time }
    status: { type: string, enum: [active, closed] }
    description: { type: string }
    password: { type: string, format: password, writeOnly: true }`),
    'User',
  );

  test('look like what they are called', () => {
    expect(made(user, { direction: 'response' })).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      city: 'Amsterdam',
      countryCode: 'NL',
      currency: 'EUR',
      price: 9.99,
      phone: '+442079460000',
      homepage: 'https://example.com',
      slug: 'a-first-look',
      createdAt: '2024-01-15T09:30:00Z',
      updatedAt: '2024-02-15T10:15:00Z',
      expiresAt: '2025-01-14T11:00:00Z',
      status: 'active',
      description: 'A short description of this item.',
    });
  });

  test('a request leaves out what is read-only, a response what is write-only', () => {
    expect(Object.keys(made(user, { direction: 'request' }) as object)).not.toContain('id');
    expect(Object.keys(made(user, { direction: 'request' }) as object)).toContain('password');
    expect(made(user, { direction: 'request', parts: 'required' })).toEqual({ email: 'ada@example.com' });
  });

  test('another seed gives another value, the same seed the same', () => {
    expect(made(user, { seed: 1 })).toMatchObject({
      firstName: 'Grace',
      lastName: 'Hopper',
      status: 'closed',
    });
    expect(made(user, { seed: 12_345 })).toEqual(made(user, { seed: 12_345 }));
    expect(made(user, { seed: -1.5 })).toEqual(made(user, { seed: 1 }));
  });

  test("the name of a parameter counts as a property's does", () => {
    expect(of('{ type: string }', { name: 'customer_email' })).toBe('ada@example.com');
    expect(of('{ type: integer }', { name: 'pageSize' })).toBe(10);
  });

  test('a list has two different items near the root', () => {
    expect(
      of(
        '{ type: array, items: { type: object, properties: { id: { type: integer }, name: { type: string } } } }',
      ),
    ).toEqual([
      { id: 1, name: 'Ada Lovelace' },
      { id: 2, name: 'Grace Hopper' },
    ]);
  });
});

describe('given values', () => {
  test.each([
    ['{ const: 7 }', 7],
    ['{ type: integer, examples: [5, 6], default: 3 }', 5],
    ['{ type: integer, default: 3, enum: [1, 3] }', 3],
    ['{ enum: [b, a] }', 'b'],
    ['{ type: integer, example: nope, default: neither }', 1],
    ['{ enum: [1, 2, 3], minimum: 3 }', 3],
    ['{ type: string, enum: [1, two] }', 'two'],
    ['{ type: [string, "null"], enum: [null, x] }', 'x'],
    ['{ allOf: [{ enum: [a, b, c] }, { enum: [c, b] }] }', 'b'],
  ])('%s gives %j', (yaml, value) => {
    expect(of(yaml)).toEqual(value);
  });

  const account = named(
    schemas(`Account:
  type: object
  required: [name]
  properties:
    id: { type: integer, readOnly: true }
    name: { type: string }
    note: { type: string }
    secret: { type: string, writeOnly: true }
  example: { id: 9, name: Example, secret: hush }`),
    'Account',
  );

  test('an example travels as the direction allows', () => {
    expect(made(account)).toEqual({ id: 9, name: 'Example', secret: 'hush' });
    expect(made(account, { direction: 'response' })).toEqual({ id: 9, name: 'Example' });
    expect(made(account, { direction: 'request' })).toEqual({ name: 'Example', secret: 'hush' });
  });

  test('of an example, only the parts that were asked for', () => {
    expect(made(account, { parts: 'required' })).toEqual({ name: 'Example' });
    expect(made(account, { parts: 'all' })).toMatchObject({
      id: 9,
      name: 'Example',
      note: expect.any(String),
      secret: 'hush',
    });
  });
});

describe('keywords together', () => {
  test.each([
    ['{ type: number, multipleOf: 0.1, exclusiveMinimum: 0.3, maximum: 0.45 }', 0.4],
    ['{ type: integer, exclusiveMinimum: 9007199254740992 }', 9_007_199_254_740_993n],
    ['{ type: integer, format: int64, minimum: 9223372036854775807 }', 9_223_372_036_854_775_807n],
    ['{ allOf: [{ type: integer, multipleOf: 4 }, { multipleOf: 6 }, { minimum: 13 }] }', 24],
    ['{ type: string, minLength: 3, maxLength: 3, pattern: "^[A-Z]+$" }', 'SAM'],
    [
      '{ type: array, prefixItems: [{ type: integer }, { type: string }], items: false, minItems: 2 }',
      [1, 'sample-2'],
    ],
    ['{ type: array, items: { enum: [a, b, c] }, uniqueItems: true, minItems: 3 }', ['a', 'b', 'c']],
    [
      '{ type: array, items: { type: integer }, contains: { minimum: 100 }, maxContains: 1, minItems: 3 }',
      [100, 2, 3],
    ],
    [
      '{ type: object, patternProperties: { "^x-[a-z]+$": { type: integer } }, additionalProperties: false, minProperties: 1 }',
      { 'x-sample': 1 },
    ],
    [
      '{ type: object, required: [a], dependentRequired: { a: [b] }, dependentSchemas: { b: { required: [c], properties: { c: { const: 1 } } } }, properties: { a: true, b: { const: 2 } } }',
      { a: 'sample-a', b: 2, c: 1 },
    ],
    ['{ not: { type: string } }', 1],
    [
      '{ type: object, required: [a, b], properties: { b: { type: integer } }, allOf: [{ properties: { a: { type: boolean } } }], unevaluatedProperties: false }',
      { a: true, b: 1 },
    ],
    [
      '{ type: object, required: [__proto__], properties: { __proto__: { type: integer } } }',
      JSON.parse('{"__proto__":1}'),
    ],
  ])('%s', (yaml, value) => {
    expect(of(yaml)).toEqual(value);
  });

  test.each([
    ['{ type: string, allOf: [{ pattern: "[A-Z]" }, { pattern: "[0-9]" }], minLength: 4, maxLength: 6 }'],
    ['{ type: string, pattern: "^n", allOf: [{ pattern: na, maxLength: 3 }] }'],
    ['{ type: string, format: email, minLength: 100, maxLength: 120 }'],
    ['{ type: string, format: uri, maxLength: 9 }'],
    ['{ type: string, format: date, pattern: "^20" }'],
    ['{ type: object, propertyNames: { pattern: "^[A-Z]{3}$" }, minProperties: 3 }'],
    [
      '{ oneOf: [{ properties: { a: { type: string } } }, { properties: { b: { type: string } } }], type: object }',
    ],
    [
      '{ oneOf: [{ type: number, multipleOf: 3 }, { type: number, multipleOf: 5 }], minimum: 15, maximum: 18 }',
    ],
    ['{ type: object, properties: { a: true, b: true }, not: { required: [a, b] } }'],
    [
      '{ type: object, properties: { kind: { enum: [x, y] } }, if: { properties: { kind: { const: x } } }, then: { required: [n] }, else: { required: [m] }, required: [kind] }',
    ],
    [
      '{ type: array, minItems: 4, uniqueItems: true, contains: { const: null }, allOf: [{ contains: { type: "null" } }] }',
    ],
    ['{ type: array, items: { type: boolean }, uniqueItems: true, minItems: 2 }'],
    ['{ type: array, items: { type: integer }, uniqueItems: true, minItems: 100000 }'],
    ['{ type: string, minLength: 1000000 }'],
  ])('%s has a valid sample in every variant', yaml => {
    for (const seed of [0, 1, 5]) of(yaml, { seed });
  });

  test('members of a oneOf that overlap, as error bodies do, are told apart', () => {
    expect(
      of(`
  oneOf:
    - { type: object, properties: { message: { type: string }, status: { type: string } } }
    - { type: object, properties: { message: { type: string }, metadata: { type: object } } }`),
    ).toEqual({ message: expect.any(String), status: 'active', metadata: expect.any(String) });
    // One member takes every object: then no other member may hold.
    expect(
      of(
        '{ type: object, oneOf: [{ required: [ref], properties: { ref: { type: string } } }, { required: [action] }, {}] }',
      ),
    ).toEqual({});
  });

  test('a listed value is found however many before it do not fit', () => {
    const listed = Array.from({ length: 2_000 }, (_, index) => `v${index}`).join(', ');
    expect(of(`{ type: string, minLength: 5, enum: [${listed}] }`)).toBe('v1000');
  });

  test("a discriminator's tag is the one that selects", () => {
    const all = schemas(`Pet:
  oneOf: [{ $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' }]
  discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog' } }
Dog: { type: object, required: [kind], properties: { kind: { type: string }, barks: { type: boolean } } }
Cat: { type: object, required: [kind], properties: { kind: { type: string }, purrs: { type: boolean } } }
Base:
  type: object
  required: [kind]
  properties: { kind: { type: string } }
  discriminator: { propertyName: kind, mapping: { sub: '#/components/schemas/Sub' } }
Sub: { allOf: [{ $ref: '#/components/schemas/Base' }, { required: [x], properties: { x: { type: integer } } }] }`);
    expect(made(named(all, 'Pet'))).toEqual({ kind: 'dog', barks: true });
    expect(made(named(all, 'Pet'), { seed: 1 })).toEqual({ kind: 'Cat', purrs: false });
    expect(made(named(all, 'Base'))).toEqual({ kind: 'sub', x: 1 });
    expect(made(named(all, 'Sub'))).toEqual({ kind: 'sub', x: 1 });
  });
});

describe('recursion', () => {
  const all =
    schemas(`Tree: { type: object, properties: { name: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } }, parent: { $ref: '#/components/schemas/Tree' } } }
Node: { type: object, required: [next], properties: { next: { anyOf: [{ $ref: '#/components/schemas/Node' }, { type: 'null' }] } } }
Deep: { type: object, required: [wrap], properties: { wrap: { oneOf: [{ type: object, required: [deep], properties: { deep: { $ref: '#/components/schemas/Deep' } } }, { type: integer }] } } }
Endless: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Endless' } } }
Self: { allOf: [{ $ref: '#/components/schemas/Self' }, { type: integer }] }`);

  test('is left as soon as it may be', () => {
    expect(made(named(all, 'Tree'))).toEqual({ name: 'Tree 1', children: [] });
    expect(made(named(all, 'Node'))).toEqual({ next: null });
    expect(made(named(all, 'Deep'))).toEqual({ wrap: { deep: { wrap: 1 } } });
    expect(made(named(all, 'Self'))).toBe(1);
  });

  test('that never ends is a problem', () => {
    const result = sample(named(all, 'Endless'));
    expect('problem' in result && result.problem.source.pointer).toBe('/components/schemas/Endless');
  });

  test('a choice that holds itself, where it must not hold, ends', () => {
    const all = schemas(
      `Circle: { anyOf: [{ $ref: '#/components/schemas/Circle' }] }
Choice: { oneOf: [{ oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Circle' }] }, { type: object }] }
Both: { allOf: [{ $ref: '#/components/schemas/Choice' }, { type: number }] }`,
    );
    for (const name of all.keys()) expect(() => sample(named(all, name))).not.toThrow();
  });

  test('a shared base is not taken for recursion', () => {
    const shared = schemas(`Base: { type: object, properties: { id: { type: integer } } }
Child: { allOf: [{ $ref: '#/components/schemas/Base' }] }
Parent: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { child: { $ref: '#/components/schemas/Child' } } }`);
    expect(made(named(shared, 'Parent'))).toEqual({ child: { id: 1 }, id: 1 });
  });

  test('nothing explodes: twelve levels of allOf, each twice, and of anyOf', () => {
    const levels = Array.from({ length: 12 }, (_, level) => level);
    const ref = (name: string): string => `{ $ref: '#/components/schemas/${name}' }`;
    const lines = levels.map(
      level =>
        `A${level}: { allOf: [${ref(`A${level + 1}`)}, ${ref(`A${level + 1}`)}], properties: { p${level}: { type: integer } } }`,
    );
    const choices = levels.map(
      level =>
        `C${level}: { anyOf: [${ref(`C${level + 1}`)}, ${ref(`C${level + 1}`)}], required: [p${level}] }`,
    );
    const objects = levels.map(
      level =>
        `O${level}: { type: object, properties: { a: ${ref(`O${level + 1}`)}, b: ${ref(`O${level + 1}`)}, c: ${ref(`O${level + 1}`)} } }`,
    );
    const deep = schemas(
      [
        ...lines,
        'A12: { type: object }',
        ...choices,
        'C12: { type: object }',
        ...objects,
        'O12: { type: object }',
      ].join('\n'),
    );
    expect(Object.keys(made(named(deep, 'A0')) as object)).toHaveLength(12);
    expect(Object.keys(made(named(deep, 'C0')) as object)).toHaveLength(12);
    expect(JSON.stringify(made(named(deep, 'O0'))).length).toBeLessThan(20_000);
  });
});

describe('problems name the place at fault', () => {
  test.each([
    [
      'S: { type: object, required: [a], properties: { a: { type: string, minLength: 5, maxLength: 3 } } }',
      '/properties/a/minLength',
    ],
    ['S: { type: integer, minimum: 5, maximum: 3 }', '/minimum'],
    ['S: { allOf: [{ type: string }, { type: integer }] }', '/allOf/1/type'],
    ['S: { type: string, enum: [1, 2] }', '/enum'],
    ['S: false', ''],
    ['S: { type: array, items: { type: integer }, minItems: 1000000 }', '/minItems'],
    ['S: { type: string, minLength: 1000000000 }', '/minLength'],
    ['S: { type: array, prefixItems: [true], items: false, minItems: 2 }', '/minItems'],
    ['S: { type: object, required: [a], properties: { a: false } }', '/required'],
    ['S: { type: string, pattern: "^a$", minLength: 2 }', '/pattern'],
  ])('%s', (yaml, pointer) => {
    expect(problemOf(yaml).pointer).toBe(`/components/schemas/S${pointer}`);
  });

  test("and the dialect is the document's", () => {
    const all = schemas(
      'S: { type: string, nullable: true, enum: [a, null] }\nT: { type: integer, minimum: 3, exclusiveMinimum: true }',
      '3.0.3',
    );
    expect(made(named(all, 'S'))).toBe('a');
    expect(made(named(all, 'T'))).toBe(4);
  });
});
