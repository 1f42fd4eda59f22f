/**
 * Model validation against ajv, which is no dependency of what we ship, on random schemas and bodies. The generator
 * stays away from where the two mean different things: ajv takes `1.0` for an integer, since JavaScript cannot tell.
 */
import type { Ajv as AjvCore } from 'ajv';
import * as draft4 from 'ajv-draft-04';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileModels } from './compile-models.ts';

const Ajv04 = draft4.default as unknown as new (options: object) => AjvCore;

const name = fc.constantFrom('a', 'b', 'c', 'constructor');
const small = fc.integer({ min: 0, max: 3 });
const number = fc.constantFrom(-2, -1, 0, 0.5, 1, 1.5, 2, 3, 4);
const text = fc.constantFrom('', 'a', 'b', 'ab', 'abc', '\u{1F600}', '1');

const body = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(null, true, false),
    number,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }).map(entries => ({ ...entries })),
  ),
})).value;

const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

/** References go down with the value, or to a definition that has none to itself: nothing goes round for ever. */
const schemas = (definitions: readonly string[]): fc.Arbitrary<object> =>
  fc.letrec<{ schema: object }>(tie => {
    const schemaOf = tie('schema');
    const list = fc.array(schemaOf, { minLength: 1, maxLength: 3 });
    const optional = { requiredKeys: [] };
    const keywords: fc.Arbitrary<object>[] = [
      fc.record({
        type: fc.oneof(
          fc.constantFrom(...types),
          fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }),
        ),
      }),
      fc.record({
        enum: fc.uniqueArray(body, { minLength: 1, maxLength: 4, selector: value => JSON.stringify(value) }),
      }),
      fc.record({ minimum: number, exclusiveMinimum: fc.boolean() }),
      fc.record({ maximum: number, exclusiveMaximum: fc.boolean() }),
      fc.record({ multipleOf: fc.constantFrom(0.5, 1, 2, 3) }),
      fc.record(
        { minLength: small, maxLength: small, pattern: fc.constantFrom('a', '^b', 'c$', '^$') },
        optional,
      ),
      fc.record({ minItems: small, maxItems: small, uniqueItems: fc.boolean() }, optional),
      fc.record({ minProperties: small, maxProperties: small, required: names }, optional),
      fc.record({ items: fc.oneof(schemaOf, list) }),
      fc.record({ items: list, additionalItems: fc.oneof(fc.boolean(), schemaOf) }),
      fc.record(
        {
          properties: fc.dictionary(name, schemaOf, { maxKeys: 3 }),
          patternProperties: fc.dictionary(fc.constantFrom('^a', 'b|c', 'o'), schemaOf, { maxKeys: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), schemaOf),
        },
        optional,
      ),
      fc.record({ dependencies: fc.dictionary(name, fc.oneof(names, schemaOf), { maxKeys: 2 }) }),
      fc.record({ allOf: list, anyOf: list, oneOf: list, not: schemaOf }, optional),
      fc.constant({ properties: { a: { $ref: '#' } } }),
    ];
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        fc.constant({}),
        ...keywords,
        // Alone: ajv does not forget all that stands beside one.
        ...definitions.map(name => fc.constant({ $ref: `#/definitions/${name}` })),
        fc
          .tuple(fc.oneof(...keywords), fc.oneof(...keywords))
          .map(([first, second]) => ({ ...first, ...second })),
      ),
    };
  }).schema;

test('a model takes what ajv takes under draft 4', () => {
  fc.assert(
    fc.property(
      schemas(['d']),
      schemas([]),
      fc.array(body, { minLength: 1, maxLength: 5 }),
      (root, definition, bodies) => {
        // Beside a reference nothing counts, so definitions would be lost to a root that is one.
        const whole = { definitions: { d: definition }, allOf: [root] };
        const ajv = new Ajv04({
          strict: false,
          unicodeRegExp: true,
          logger: false,
          ownProperties: true,
        }).compile(whole);
        const { validate, problems } = compileModels(new Map([['M', JSON.stringify(whole)]]), 'api');
        expect(problems).toEqual([]);
        for (const value of bodies) {
          expect(validate('M', JSON.stringify(value)) === undefined).toBe(ajv(value));
        }
      },
    ),
    { numRuns: 300 },
  );
});
