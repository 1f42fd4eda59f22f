/** Things made of a parameter once for each place in the document: many operations share a parameter by reference. */
import type { Parameter } from '../../model.ts';
import type { SourceDocument } from '../../source.ts';
import type { Depth } from './options.ts';

/** The function that makes them, with a memory. */
export function onceForEachPlace<T>(
  make: (parameter: Parameter, depth: Depth) => Iterable<T>,
): (parameter: Parameter, depth: Depth) => readonly T[] {
  const known = new WeakMap<SourceDocument, Map<string, readonly T[]>>();
  return (parameter, depth) => {
    const { document, pointer } = parameter.source;
    let ofDocument = known.get(document);
    if (ofDocument === undefined) known.set(document, (ofDocument = new Map()));
    const key = `${depth} ${pointer}`;
    let made = ofDocument.get(key);
    if (made === undefined) ofDocument.set(key, (made = [...make(parameter, depth)]));
    return made;
  };
}
