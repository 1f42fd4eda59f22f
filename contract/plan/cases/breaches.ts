/** The first violations of a schema, as many as the depth allows, and the word that there are more. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Breach, violate } from '../../schema/violate.ts';
import type { Depth } from './options.ts';

const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 100, deep: 1000 };

/** @param base - a valid value to break; a sample where there is none */
export function* breaches(schema: Schema, base: Json | undefined, depth: Depth): Generator<Breach | 'more'> {
  let left = MOST[depth];
  for (const breach of violate(schema, { direction: 'request', ...(base === undefined ? {} : { base }) })) {
    if ((left -= 1) < 0) {
      yield 'more';
      return;
    }
    yield breach;
  }
}
