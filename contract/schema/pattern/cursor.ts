/**
 * Where the reading of a pattern stands, and how it ends early. Knows no syntax.
 */
import { type CharSet, closeOverCase } from './char-set.ts';

/** Thrown while a pattern is read and caught where reading began: a recursive descent has no shorter way out. */
export class Fault extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

export interface Cursor {
  readonly source: string;
  at: number;
  groups: number;
  depth: number;
  flags: Flags;
  /** True when the engine takes the source with the `u` flag: then nothing needs tolerance. */
  readonly strict: boolean;
  readonly names: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The set, widened to every case of its letters where the `i` flag holds. */
export function cased(cursor: Cursor, set: CharSet): CharSet {
  return cursor.flags.i ? closeOverCase(set) : set;
}

/** The code point here; the cursor goes past it. */
export function codePoint(cursor: Cursor): number {
  const code = cursor.source.codePointAt(cursor.at);
  if (code === undefined) throw new Fault('the pattern ends too early', cursor.at);
  cursor.at += code > 0xffff ? 2 : 1;
  return code;
}
