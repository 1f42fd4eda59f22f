/** The first boundaries of a schema, as many as the depth allows; between them what was not reached, and the word that there are more. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Boundary, boundaries, type Unreached } from '../../schema/boundary.ts';
import type { Depth } from './options.ts';

const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 60, deep: 600 };

export type FoundEdge =
  | { readonly kind: 'edge'; readonly edge: Boundary }
  | { readonly kind: 'unreached'; readonly missed: Unreached }
  | { readonly kind: 'more' };

/** @param base - a valid value to start from; a sample of the required parts where there is none */
export function* edges(schema: Schema, base: Json | undefined, depth: Depth): Generator<FoundEdge> {
  let left = MOST[depth];
  const missed: Unreached[] = [];
  const options = {
    direction: 'request',
    far: depth === 'deep',
    onUnreached: (one: Unreached) => void missed.push(one),
    ...(base === undefined ? {} : { base }),
  } as const;
  for (const edge of boundaries(schema, options)) {
    for (const one of missed.splice(0)) yield { kind: 'unreached', missed: one };
    if ((left -= 1) < 0) {
      yield { kind: 'more' };
      return;
    }
    yield { kind: 'edge', edge };
  }
  for (const one of missed) yield { kind: 'unreached', missed: one };
}
