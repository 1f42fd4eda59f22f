/**
 * Law: the ids of an operation's cases stay the same while the document means the same. Each document is written anew
 * with its keys in another order, and has the same ids.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json, setOwn } from '../../json/value.ts';
import { contractFromText, contractFromValue } from '../../read.ts';
import { random } from '../../schema/random.ts';
import { casePlan } from '../case-plan.ts';

const root = join(import.meta.dirname, '../../..');
const files = ['test/corpus', 'specs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(name => `${folder}/${name}`),
);

/** Where a schema leaves a choice, a sample takes what comes first, and a case that it already makes is not made twice. */
const CHOOSING: Readonly<Record<string, string>> = {
  'POST /donations': 'one of many kinds of payment',
  'POST /payments': 'one of many kinds of payment',
  'POST /validateShopperId': 'one of several kinds of payment',
  'PATCH /bookings/{bookingId}': 'any one of the properties',
};

function idsOf(value: Json): ReadonlyMap<string, readonly string[]> {
  const { contract } = contractFromValue(value);
  return new Map(
    (contract?.operations ?? []).map(operation => [
      operation.key,
      [...casePlan(operation)].map(({ id }) => id).sort(),
    ]),
  );
}

/** The same value with the keys of every object in an order of chance. */
function shuffled(value: Json, seed: number): Json {
  const chance = random(seed, 'keys');
  const walk = (one: Json): Json => {
    if (isArray(one)) return one.map(walk);
    if (!isObject(one)) return one;
    const keys = Object.keys(one);
    const copy: Record<string, Json> = {};
    while (keys.length > 0) {
      const [key] = keys.splice(chance.integer(0, keys.length - 1), 1);
      if (key !== undefined) setOwn(copy, key, walk(one[key] as Json));
    }
    return copy;
  };
  return walk(value);
}

describe.each(files)('%s', file => {
  const { contract } = contractFromText(readFileSync(join(root, file), 'utf8'), { name: file });
  const raw = contract?.source.document.value as Json;

  test('keys in another order', () => {
    const before = idsOf(raw);
    const seeds = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(seeds, seed => {
        for (const [key, ids] of idsOf(shuffled(raw, seed))) {
          if (!Object.hasOwn(CHOOSING, key)) expect(ids).toEqual(before.get(key));
        }
      }),
      { numRuns: 2 },
    );
  });
});
