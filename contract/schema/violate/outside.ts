/**
 * Values just outside one keyword and inside all the others: the schemas are taken apart, the one keyword is turned
 * into its opposite, and the sampler does the rest.
 */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { blank } from '../sample/blank.ts';
import { choose, conjunction } from '../sample/conjunction.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { negation } from '../sample/negate.ts';
import { bare } from './bare.ts';
import type { Spot } from './spot.ts';

/** Values looked at for each way of breaking the keyword. */
const MOST_HERE = 8;

/** Values that meet everything at the spot but one keyword of one schema. */
export function* outside(spot: Spot, schema: Schema, keyword: keyof Schema): Generator<Json> {
  const choice = negation(blank(schema.source, { [keyword]: schema[keyword] }));
  const rest = conjunction(spot.active.map(one => bare(one, one === schema ? keyword : undefined)));
  const search = newSearch({ direction: spot.direction, parts: 'typical', careful: true });
  const last = spot.tokens.at(-1);
  const name = typeof last === 'string' ? last : '';
  for (const alternative of choice.alternatives) {
    const given = isObject(spot.value) || isArray(spot.value) ? spot.value : undefined;
    let count = 0;
    for (const value of search.candidates(choose(rest, choice, alternative), {
      ...rootPlace(name, 0),
      depth: 2,
      given,
    })) {
      yield value;
      if ((count += 1) >= MOST_HERE) break;
    }
  }
}
