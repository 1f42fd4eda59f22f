/** The first violations of a schema, as many as the depth allows; between them what cannot be broken, and the word that there are more. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Breach, type Unviolated, violate } from '../../schema/violate.ts';
import type { Depth } from './options.ts';

const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 100, deep: 1000 };

export type Found =
  | { readonly kind: 'breach'; readonly breach: Breach }
  | { readonly kind: 'unviolated'; readonly missed: Unviolated }
  | { readonly kind: 'more' };

/** @param base - a valid value to break; a sample where there is none */
export function* breaches(schema: Schema, base: Json | undefined, depth: Depth): Generator<Found> {
  let left = MOST[depth];
  const missed: Unviolated[] = [];
  const options = {
    direction: 'request',
    onUnviolated: (one: Unviolated) => void missed.push(one),
    ...(base === undefined ? {} : { base }),
  } as const;
  for (const breach of violate(schema, options)) {
    for (const one of missed.splice(0)) yield { kind: 'unviolated', missed: one };
    if ((left -= 1) < 0) {
      yield { kind: 'more' };
      return;
    }
    yield { kind: 'breach', breach };
  }
  for (const one of missed) yield { kind: 'unviolated', missed: one };
}
