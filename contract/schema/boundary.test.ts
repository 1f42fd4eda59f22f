import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromText } from '../read.ts';
import { unusualValues } from './boundary/format-values.ts';
import { type Boundary, type BoundaryOptions, boundaries, type Unreached } from './boundary.ts';
import { FORMATS, formatHolds } from './format.ts';
import { isValid } from './validate.ts';

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

function found(yaml: string, options: BoundaryOptions = {}): readonly Boundary[] {
  const schema = schemaOf(yaml);
  const all = [...boundaries(schema, options)];
  for (const { value, description } of all) {
    expect(isValid(schema, value, options.direction), description).toBe(true);
  }
  return all;
}

function values(yaml: string, keyword: string, options: BoundaryOptions = {}): readonly Json[] {
  return found(yaml, options)
    .filter(boundary => boundary.keyword === keyword)
    .map(boundary => boundary.value);
}

const details = (yaml: string, options: BoundaryOptions = {}): readonly string[] =>
  found(yaml, options).map(({ keyword, detail }) => `${keyword} ${detail}`.trimEnd());

describe('nothing in a list or a map', () => {
  const empties = (yaml: string, options: BoundaryOptions = {}): readonly Json[] =>
    found(yaml, options)
      .filter(({ detail }) => detail === 'empty')
      .map(({ value }) => value);
  const list = '{ type: array, items: { type: integer } }';
  const map = '{ type: object, additionalProperties: { type: integer } }';

  test('is an edge where the property may be left out', () => {
    expect(empties(`{ type: object, properties: { a: ${list}, b: ${map} } }`)).toEqual([
      { a: [] },
      { b: {} },
    ]);
  });

  test('is left to the server where it is asked for, and as a whole', () => {
    const asked = `{ type: object, required: [a, b], properties: { a: ${list}, b: ${map} } }`;
    expect(empties(asked)).toEqual([]);
    expect(empties(list)).toEqual([]);
    expect(empties(asked, { far: true })).toEqual([{ a: [], b: expect.anything() }]);
  });

  test('is none of an object with names', () => {
    expect(empties('{ type: object, properties: { a: { properties: { b: {} } } } }')).toEqual([]);
  });
});

test('days lie ahead where the value that they vary does', () => {
  const date = (given: string): readonly Json[] =>
    values(`{ type: string, format: date, default: ${given} }`, 'format');
  expect(date('"2033-04-01"')).toEqual(['2048-02-29', '2048-12-31']);
  expect(date('"2024-04-01"')).toEqual(['2024-02-29', '2024-12-31']);
});

test('a pattern is asked only for texts that it lets through', () => {
  expect(details('{ type: string, pattern: "^\\\\S" }', { far: true })).toContain('type astral');
  expect(details('{ type: string, pattern: "^[a-z]+$" }', { far: true })).not.toContain('type astral');
  expect(details('{ type: string, pattern: "^\\\\S" }')).not.toContain('type astral');
});

describe('each keyword, on the edge', () => {
  test.each<[string, string, readonly Json[]]>([
    ['{ type: integer, minimum: 3 }', 'minimum', [3]],
    ['{ type: integer, maximum: 3 }', 'maximum', [3]],
    ['{ type: integer, exclusiveMinimum: 3, exclusiveMaximum: 9 }', 'exclusiveMinimum', [4]],
    ['{ type: integer, exclusiveMinimum: 3, exclusiveMaximum: 9 }', 'exclusiveMaximum', [8]],
    ['{ type: integer, minimum: 2.5 }', 'minimum', [3]],
    ['{ type: number, exclusiveMaximum: 2.5 }', 'exclusiveMaximum', [2.499]],
    ['{ type: number, minimum: 0.1 }', 'minimum', [0.1]],
    ['{ type: integer, maximum: 9223372036854775807 }', 'maximum', [9_223_372_036_854_775_807n]],
    ['{ type: integer, minimum: 7, multipleOf: 5 }', 'minimum', [10]],
    ['{ type: integer, multipleOf: 5, default: 10 }', 'multipleOf', [25]],
    ['{ type: integer, multipleOf: 5, maximum: 10, default: 10 }', 'multipleOf', [-5]],
    ['{ type: number }', 'type', [1.5]],
    ['{ type: string, maxLength: 12 }', 'maxLength', ['abcdefghijab']],
    ['{ type: string, maxLength: 0 }', 'maxLength', ['']],
    ['{ type: string, pattern: "^[a-c]{2,4}$" }', 'pattern', ['aa', 'aaaa']],
    ['{ type: string, enum: [a, b] }', 'enum', ['a', 'b']],
    ['{ const: 7 }', 'const', [7]],
    ['{ type: boolean }', 'type', [true, false]],
    ['{ type: [string, "null"], maxLength: 1 }', 'type', [null]],
    ['{ type: array, items: { type: integer }, minItems: 1 }', 'minItems', [[1]]],
    ['{ type: array, items: { type: integer }, maxItems: 3 }', 'maxItems', [[1, 2, 3]]],
    ['{ type: array, items: { const: 1 }, maxItems: 3 }', 'maxItems', [[1, 1, 1]]],
    ['{ type: array, items: { type: integer }, uniqueItems: true, maxItems: 3 }', 'maxItems', [[1, 2, 3]]],
    ['{ type: object, minProperties: 1, properties: { a: { const: 1 } } }', 'minProperties', [{ a: 1 }]],
    [
      '{ type: object, maxProperties: 2, required: [a], properties: { a: { const: 1 }, b: { const: 2 } } }',
      'maxProperties',
      [{ a: 1, b: 2 }],
    ],
    ['{ type: object, additionalProperties: { type: integer } }', 'additionalProperties', [{ rehearsal: 1 }]],
    ['{ type: string, examples: [one, two] }', 'examples', ['two']],
    ['{ type: integer, example: 5, default: 3 }', 'default', [3]],
  ])('%s, %s', (yaml, keyword, expected) => {
    expect(values(yaml, keyword)).toEqual(expected);
  });

  test('lengths are counted in characters, not in units of UTF-16', () => {
    const [shortest] = values('{ type: string, minLength: 2, pattern: "^\u{1f600}*$" }', 'minLength');
    expect(shortest).toBe('\u{1f600}\u{1f600}');
  });

  test('formats are drawn out to their lengths', () => {
    const [longest] = values('{ type: string, format: email, maxLength: 40 }', 'maxLength');
    expect(String(longest)).toHaveLength(40);
    expect(formatHolds('email', longest ?? null)).toBe(true);
  });

  test('the place, the keyword and the words', () => {
    const [boundary] = found('{ type: object, properties: { a: { type: integer, maximum: 5 } } }').filter(
      ({ keyword }) => keyword === 'maximum',
    );
    expect(boundary).toMatchObject({
      instance: '/a',
      value: { a: 5 },
      description: 'a is 5, the most allowed',
      reach: 'declared',
    });
    expect(boundary?.schema.pointer).toBe('/components/schemas/S/properties/a/maximum');
  });
});

describe('parts of a value', () => {
  test('an optional part is added only where it is at its edge', () => {
    const object =
      '{ type: object, required: [id], properties: { id: { const: 1 }, a: { type: boolean }, b: { enum: [x] } } }';
    expect(found(object).map(({ value }) => value)).toEqual([
      { id: 1, a: true },
      { id: 1, a: false },
      { id: 1, b: 'x' },
      { id: 1 },
    ]);
  });

  test('each member of a union, with its tag', () => {
    const union = `{ oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }], discriminator: { propertyName: kind } }
Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { const: 9 } } }
Dog: { type: object, required: [kind, tricks], properties: { kind: { type: string }, tricks: { const: 2 } } }`;
    const members = found(union).filter(({ keyword }) => keyword === 'oneOf');
    expect(members.map(({ detail }) => detail)).toContain('Dog');
    expect(members.find(({ detail }) => detail === 'Dog')?.value).toEqual({ kind: 'Dog', tricks: 2 });
    // What only the other member has is looked at too.
    expect(found(union).some(({ instance }) => instance === '/tricks')).toBe(true);
  });

  test('readOnly parts are not sent', () => {
    const object = '{ type: object, properties: { id: { type: integer, readOnly: true, minimum: 1 } } }';
    expect(values(object, 'minimum', { direction: 'request' })).toEqual([]);
    expect(values(object, 'minimum')).toEqual([{ id: 1 }]);
  });

  test('a schema that leads back to itself ends', () => {
    const tree =
      '{ type: object, properties: { name: { type: string, maxLength: 2 }, child: { $ref: "#/components/schemas/S" } } }';
    expect(values(tree, 'maxLength')).toEqual([{ name: 'ab' }]);
  });
});

describe('how far it goes', () => {
  test('what the document does not name is left for whoever asks for it', () => {
    for (const yaml of ['{ type: string }', '{ type: integer }', '{ type: integer, format: int64 }']) {
      expect(found(yaml)).toEqual([]);
    }
    expect(details('{ type: string }', { far: true })).toEqual([
      'type empty',
      'type astral',
      'type combining',
      'type right-to-left',
      'type quotes',
      'type long',
      'type null-character',
    ]);
    expect(details('{ type: integer }', { far: true })).toEqual([
      'type zero',
      'type negative',
      'type beyond-2-53',
    ]);
    expect(values('{ type: integer, format: int64, minimum: 0 }', 'format', { far: true })).toEqual([
      9_223_372_036_854_775_807n,
    ]);
    expect(values('{ type: array }', 'type', { far: true })).toEqual([[]]);
  });

  test('only a null character may be refused', () => {
    const extreme = found('{ type: string }', { far: true }).filter(({ reach }) => reach === 'extreme');
    expect(extreme.map(({ detail }) => detail)).toEqual(['null-character']);
  });

  test('long lists of values are cut', () => {
    const listed = `{ enum: [${Array.from({ length: 30 }, (_, index) => `v${index}`).join(', ')}] }`;
    expect(values(listed, 'enum')).toHaveLength(20);
    expect(values(listed, 'enum', { far: true })).toHaveLength(30);
  });

  test('what cannot be reached is told', () => {
    const missed: Unreached[] = [];
    const schema = schemaOf('{ type: string, maxLength: 900000, minLength: 3, not: { maxLength: 3 } }');
    expect([...boundaries(schema, { far: true, onUnreached: one => missed.push(one) })]).not.toEqual([]);
    expect(missed.map(({ keyword }) => keyword)).toEqual(expect.arrayContaining(['minLength', 'maxLength']));
  });

  test('a schema without any value has no edges', () => {
    expect(found('{ type: string, minLength: 5, maxLength: 2 }')).toEqual([]);
  });
});

test('unusual values have their format', () => {
  const names = FORMATS.map(({ name }) => name).filter(name => unusualValues(name).length > 0);
  expect(names.length).toBeGreaterThan(12);
  for (const format of names) {
    for (const { name, value } of unusualValues(format)) {
      expect(formatHolds(format, value), `${format} ${name}`).toBe(true);
    }
  }
});
