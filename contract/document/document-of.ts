/** Values to documents: what a program built, or imported as a JSON module, in the place of a text. Knows no YAML. */
import type { Json } from '../json/value.ts';
import type { Place, SourceDocument } from '../source.ts';
import { jsonPlaces } from './json-place.ts';

export interface DocumentAddress {
  /** What people call it: a path as given, `<stdin>`, a URL. */
  readonly name: string;
  /** Absolute URI. */
  readonly uri: string;
}

/** A document made of a value instead of a text, such as one that a program built. Its places are those of its JSON. */
export function documentOf(value: Json, address: DocumentAddress): SourceDocument {
  let text: string | undefined;
  let places: ((pointer: string) => Place) | undefined;
  const write = (): string =>
    (text ??= JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? Number(item) : item), 2));
  return {
    ...address,
    value,
    text: write,
    locate: pointer => {
      places ??= jsonPlaces(write());
      return places(pointer);
    },
  };
}
