/** The first values of a lazy source, as many as are wanted; between them what it missed, and the word that there are more. */

export type Found<Value, Missed> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'missed'; readonly missed: Missed }
  | { readonly kind: 'more' };

/** @param source - gives the values, and tells on the way what it passes over */
export function* firstOf<Value, Missed>(
  most: number,
  source: (tell: (missed: Missed) => void) => Iterable<Value>,
): Generator<Found<Value, Missed>> {
  let left = most;
  const missed: Missed[] = [];
  for (const value of source(one => void missed.push(one))) {
    for (const one of missed.splice(0)) yield { kind: 'missed', missed: one };
    if ((left -= 1) < 0) {
      yield { kind: 'more' };
      return;
    }
    yield { kind: 'found', value };
  }
  for (const one of missed) yield { kind: 'missed', missed: one };
}
