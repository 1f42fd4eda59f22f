/**
 * Where a node stands: a document and a JSON pointer into it. Lines and columns are looked up only when somebody
 * has to be told, because a 13 MB document is served without one problem on most days.
 */
import { joinPointer } from './json/pointer.ts';
import type { Json } from './json/value.ts';

/** A file as it was read, before anything in it was understood. */
export interface SourceDocument {
  /** What people call it: the path as given, `<stdin>` or a URL. */
  readonly name: string;
  /** Absolute and unique: a `file:` or `https:` URL, or `memory:…`. Relative `$ref`s start here. */
  readonly uri: string;
  readonly value: Json;
  /** The text as it was read. */
  text(): string;
  /** The place of the value at `pointer`; where there is none, of its nearest ancestor. */
  locate(pointer: string): Place;
}

/** A node's address. */
export interface Source {
  readonly document: SourceDocument;
  readonly pointer: string;
}

/** A place in a text. Lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** The first column after the value or key, when it ends on the same line. */
  readonly endColumn?: number;
}

/** `specs/pets.yaml:12:7 (/paths/~1pets/get)`: the form in which every message names a place. */
export function describeSource(source: Source): string {
  const { line, column } = source.document.locate(source.pointer);
  return `${source.document.name}:${line}:${column} (${source.pointer === '' ? '/' : source.pointer})`;
}

/** The source of what stands under keys of a node. */
export function below(source: Source, ...keys: readonly (string | number)[]): Source {
  return { document: source.document, pointer: joinPointer(source.pointer, ...keys) };
}
