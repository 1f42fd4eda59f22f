/** An edge of what a schema allows at one place of a value, and values that may stand on it. */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Source } from '../../source.ts';
import { blank } from '../sample/blank.ts';
import { conjunction } from '../sample/conjunction.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { bare } from '../violate/bare.ts';
import type { Spot } from '../violate/spot.ts';

/**
 * How far out an edge lies.
 *
 * - `declared`: the document names it, by a bound, a listed value, a format; whoever wrote that must take it
 * - `undeclared`: allowed only because nothing forbids it, such as an empty text; many servers have limits of their own
 * - `extreme`: allowed too, yet so commonly impossible that a server may refuse it as long as it does not fail
 */
export type Reach = 'declared' | 'undeclared' | 'extreme';

export interface Edge {
  readonly keyword: string;
  /** The place of the keyword; of the schema where the edge comes from no keyword. */
  readonly source: Source;
  /** Tells several edges of one keyword apart, and stays the same as long as they mean the same. */
  readonly detail: string;
  /** What follows the name of the place: `has 3 characters, the fewest allowed`. */
  readonly words: string;
  readonly reach: Reach;
  readonly candidates: Iterable<Json>;
  /** Whether a candidate stands on the edge. Default: each does. */
  readonly fits?: (value: Json) => boolean;
  /** Said instead of trying, when a value there would be too large to be sent. */
  readonly skipped?: string;
}

/** Values looked at for one edge. */
const MOST_HERE = 6;

/** Values that meet everything at the spot and a little more. */
export function* inside(spot: Spot, schema: Schema, more: Partial<Schema>): Generator<Json> {
  const all = conjunction([...spot.active.map(one => bare(one)), blank(schema.source, more)]);
  const search = newSearch({ direction: spot.direction, parts: 'required', careful: true });
  const last = spot.tokens.at(-1);
  const place = {
    ...rootPlace(typeof last === 'string' ? last : '', 0),
    depth: 2,
    given: isObject(spot.value) || isArray(spot.value) ? spot.value : undefined,
  };
  let count = 0;
  for (const value of search.candidates(all, place)) {
    yield value;
    if ((count += 1) >= MOST_HERE) return;
  }
}

/** The last word of a source's pointer: `exclusiveMinimum`. */
export function keywordOf({ pointer }: Source): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
