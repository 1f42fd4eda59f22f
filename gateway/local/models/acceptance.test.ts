import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRefusal, modelNameFault, modelSchemaFault, validationRefusal } from './acceptance.ts';
import { compileModels } from './compile-models.ts';

test.each([
  ['Pet1', undefined],
  ['', 'Model name must be non-empty'],
  ['my_model', 'Model name must be alphanumeric: my_model'],
  ['my-model', 'Model name must be alphanumeric: my-model'],
  ['my.model', 'Model name must be alphanumeric: my.model'],
  ['Größe', 'Model name must be alphanumeric: Größe'],
])('13.4 and 6.5: the name %j', (name, fault) => {
  expect(modelNameFault(name)).toBe(fault);
});

test.each(['', ' \n', '{}', ' { } '])('4.1 [R]: %j has no substance', schema => {
  const fault = modelSchemaFault(schema);
  expect(fault?.kind).toBe('empty');
  const words = 'Model schema must have at least 1 property or array items defined';
  expect(fault && createRefusal(fault)).toBe(words);
  expect(fault && validationRefusal(fault)).toBe(words);
  expect(modelSchemaFault(schema, 'text/plain')?.kind).toBe('empty');
});

const refusal = (schema: unknown): string | undefined => {
  const fault = modelSchemaFault(typeof schema === 'string' ? schema : JSON.stringify(schema));
  return fault === undefined ? undefined : `${createRefusal(fault)} | ${fault.detail}`;
};
const wrapped = (reason: string, detail: string): string =>
  `Invalid model specified: Validation Result: warnings : [], errors : [${reason}] | ${detail}`;

describe('6.5 [C]: what draft 4 does not know', () => {
  test.each<readonly [schema: object, keywords: readonly string[]]>([
    [{ type: 'object', properties: { a: { type: 'string', example: 'x' } } }, ['example']],
    [{ type: 'object', xml: { name: 'x' }, items: { nullable: true } }, ['xml', 'nullable']],
    [
      { allOf: [{ discriminator: 'x' }], not: { readOnly: true }, dependencies: { a: { const: 1 } } },
      ['discriminator', 'readOnly', 'const'],
    ],
    [{ definitions: { a: { if: {} } }, additionalItems: { $id: 'x' }, 'x-own': 1 }, ['x-own', 'if', '$id']],
    [{ type: 'object', dependentRequired: {} }, ['dependentRequired']],
  ])('%j', (schema, keywords) => {
    const shown = JSON.stringify(keywords);
    expect(refusal(schema)).toBe(
      wrapped(
        `Invalid model schema specified. Unsupported keyword(s): ${shown}`,
        `draft 4 does not know ${shown}`,
      ),
    );
  });

  test('names of properties, values, and what stands beside a reference are not keywords', () => {
    const schema = {
      properties: { example: { type: 'string' }, nullable: {}, $ref: { type: 'string' } },
      default: { example: 1 },
      enum: [{ xml: {} }],
      required: ['example'],
      not: { $ref: '#', example: 1, nullable: true },
    };
    expect(refusal(schema)).toBeUndefined();
  });
});

describe('4.1 [C]: values that a keyword of draft 4 cannot have', () => {
  test.each<readonly [schema: unknown, detail: string]>([
    [
      '{"a":',
      'the schema is no JSON: the text ends inside the object that begins on line 1 (line 1, column 6)',
    ],
    ['[]', 'the schema is no object'],
    ['true', 'the schema is no object'],
    // Seen at AWS.
    [
      { type: 'object', required: [] },
      'required must be a list of different texts with at least one, at /required',
    ],
    [
      { properties: { a: { required: true } } },
      'required must be a list of different texts with at least one, at /properties/a/required',
    ],
    [{ type: 'file' }, 'type must be a type of draft 4, or a list of different ones, at /type'],
    [{ type: ['string', 'string'] }, 'type must be a type of draft 4, or a list of different ones, at /type'],
    [{ minimum: '1' }, 'minimum must be a number, at /minimum'],
    [{ exclusiveMinimum: 1, minimum: 0 }, 'exclusiveMinimum must be true or false, at /exclusiveMinimum'],
    [{ exclusiveMaximum: true }, 'exclusiveMaximum must be beside maximum, at /exclusiveMaximum'],
    [{ maxLength: 1.5 }, 'maxLength must be a whole number from 0 on, at /maxLength'],
    [{ minItems: -1 }, 'minItems must be a whole number from 0 on, at /minItems'],
    [{ multipleOf: 0 }, 'multipleOf must be a number above 0, at /multipleOf'],
    [{ pattern: '(' }, 'pattern must be a pattern of ECMA-262, at /pattern'],
    [
      { patternProperties: { '(': {} } },
      'patternProperties must be schemas by pattern, at /patternProperties',
    ],
    [{ items: [] }, 'items must be a schema or a list of them, at /items'],
    [{ items: true }, 'items must be a schema or a list of them, at /items'],
    [{ properties: { a: 1 } }, 'properties must be schemas by name, at /properties'],
    [
      { additionalProperties: 'no' },
      'additionalProperties must be true, false or a schema, at /additionalProperties',
    ],
    [
      { dependencies: { a: 'b' } },
      'dependencies must be schemas or lists of names, by name, at /dependencies',
    ],
    [{ allOf: [] }, 'allOf must be a list of schemas with at least one, at /allOf'],
    [{ anyOf: [{ oneOf: [true] }] }, 'oneOf must be a list of schemas with at least one, at /anyOf/0/oneOf'],
    [{ enum: [] }, 'enum must be a list with at least one value, at /enum'],
    [{ $ref: 1 }, '$ref must be a text, at /$ref'],
  ])('%j: %s', (schema, detail) => {
    expect(refusal(schema)).toBe(wrapped('Invalid model schema specified', detail));
  });
});

test('15: a schema of more than 400 KB is refused', () => {
  const schema = (bytes: number): string => `{"title":"${'x'.repeat(bytes - 12)}"}`;
  expect(refusal(schema(400 * 1024))).toBeUndefined();
  expect(refusal(schema(400 * 1024 + 1))).toBe(
    wrapped('Invalid model schema specified', 'the schema is longer than 409600 bytes'),
  );
});

test('4.1: what is a schema of draft 4 is taken, and of other media types everything', () => {
  for (const schema of [
    { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Empty Schema', type: 'object' },
    {
      type: ['object', 'null'],
      required: ['a'],
      properties: { a: { $ref: '#/definitions/b' } },
      definitions: { b: {} },
    },
    { pattern: '(a)\\1', format: 'anything', minimum: 0, exclusiveMinimum: true },
    { items: [{}, {}], additionalItems: false, dependencies: { a: ['b'], c: {} }, default: null, id: 'x' },
  ]) {
    expect(refusal(schema)).toBeUndefined();
  }
  expect(modelSchemaFault('<xsd/>', 'application/xml')).toBeUndefined();
  expect(modelSchemaFault('nothing', 'application/vnd.api+json')?.kind).toBe('invalid');
});

test('6.5 [C]: an import says it as the result of a validation', () => {
  const fault = modelSchemaFault('{"example":1}');
  expect(fault && validationRefusal(fault)).toBe(
    'Validation Result: warnings : [], errors : [Invalid model schema specified. Unsupported keyword(s): ["example"]]',
  );
});

test('whatever is taken compiles without a problem but patterns and references', () => {
  const keyword = fc.constantFrom(
    'type',
    'enum',
    'items',
    'properties',
    'required',
    'allOf',
    'not',
    'maxLength',
    'multipleOf',
    'pattern',
    'dependencies',
    'patternProperties',
    'additionalItems',
  );
  const schema = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(1, 0, -1, true, 'a', 'string', '^a'),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(keyword, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(schema, value => {
      const text = JSON.stringify(value);
      if (modelSchemaFault(text) !== undefined) return;
      expect(compileModels(new Map([['M', text]]), 'api').problems).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
