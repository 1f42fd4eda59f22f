/** The first violations of a schema, as many as the depth allows. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Breach, type Unviolated, violate } from '../../schema/violate.ts';
import { type Found, firstOf } from './first-of.ts';
import type { Depth } from './options.ts';

const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 100, deep: 1000 };

/** @param base - a valid value to break; a sample where there is none */
export function breaches(
  schema: Schema,
  base: Json | undefined,
  depth: Depth,
): Generator<Found<Breach, Unviolated>> {
  return firstOf(MOST[depth], onUnviolated =>
    violate(schema, { direction: 'request', onUnviolated, ...(base === undefined ? {} : { base }) }),
  );
}
