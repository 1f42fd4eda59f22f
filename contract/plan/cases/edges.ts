/** The first boundaries of a schema, as many as the depth allows. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Boundary, boundaries, type Unreached } from '../../schema/boundary.ts';
import { type Found, firstOf } from './first-of.ts';
import type { Depth } from './options.ts';

const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 60, deep: 600 };

/** @param base - a valid value to start from; a sample of the required parts where there is none */
export function edges(
  schema: Schema,
  base: Json | undefined,
  depth: Depth,
): Generator<Found<Boundary, Unreached>> {
  return firstOf(MOST[depth], onUnreached =>
    boundaries(schema, {
      direction: 'request',
      far: depth === 'deep',
      onUnreached,
      ...(base === undefined ? {} : { base }),
    }),
  );
}
