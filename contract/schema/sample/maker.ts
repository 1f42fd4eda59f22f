/** What the makers of strings, arrays and objects ask of each other, so that none has to import another. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Direction } from '../run.ts';
import type { Conjunction } from './conjunction.ts';
import type { Conflict } from './facts.ts';

export type Parts = 'typical' | 'required' | 'all';

/** Where a value is being made. */
export interface Place {
  readonly depth: number;
  /** 0 is plain; each other number stands for another value, as different as the schema allows. */
  readonly variant: number;
  /** The property's or parameter's name; empty when there is none. */
  readonly name: string;
  /** What the surrounding schema is called, for a property that is only called `name`. */
  readonly owner: string;
  /** The schemas that a value is being made of round about this one. */
  readonly within: Within | undefined;
  /** The smallest value is wanted, because a schema has led back to itself. */
  readonly minimal: boolean;
  /** A value given for this place, to be kept as far as it is valid. */
  readonly given: Json | undefined;
}

export interface Within {
  readonly schemas: ReadonlySet<Schema>;
  readonly outer: Within | undefined;
}

export interface Maker {
  readonly direction: Direction | undefined;
  readonly parts: Parts;
  /** Every value is checked where it is made; off in the first, hopeful pass. */
  readonly careful: boolean;
  /** One value in which all of these hold; undefined when none was found. */
  make(from: Conjunction, place: Place): Json | undefined;
  /** Values in order of preference, lazily; they are likely, not certain. */
  candidates(from: Conjunction, place: Place): Iterable<Json>;
  /** The value is what the conjunction asks, nothing that it excludes. */
  accepts(from: Conjunction, value: Json): boolean;
  /** True while there is still room for optional parts. */
  roomy(): boolean;
  /** Notes why nothing was found; the first note is the one that is told. */
  blame(conflict: Conflict): void;
}

/** True when one of the schemas is already being made a value of: the way down would lead here again. */
export function reenters(all: readonly Schema[], within: Within | undefined): boolean {
  for (let outer = within; outer !== undefined; outer = outer.outer) {
    for (const schema of all) if (outer.schemas.has(schema)) return true;
  }
  return false;
}
