/** What comparing two schemas finds, before anybody asks in which direction the values travel. Types only. */
import type { Schema } from '../../model.ts';
import type { Direction } from '../../schema/run.ts';
import type { Source } from '../../source.ts';

/** What became of the set of valid values. `changed`: some were lost and some won, or nobody can tell. */
export type Effect = 'narrowed' | 'widened' | 'changed';

/** One difference between two schemas at one place of the value. */
export interface Finding {
  /** The rule's name without its direction: `enum-value-removed`. */
  readonly what: string;
  readonly effect: Effect;
  /** Goes on from the place: `maxLength 10 became 5`. */
  readonly message: string;
  readonly before: Source;
  readonly after: Source;
}

/** Schemas that a value has to satisfy together; none: anything goes. */
export interface Conjunction {
  readonly schemas: readonly Schema[];
  /** Where the reader is sent when there is no schema. */
  readonly at: Source;
}

/** Both sides of a comparison, taken apart. */
export interface Pair {
  readonly direction: Direction;
  readonly before: Conjunction;
  readonly after: Conjunction;
  /** The schemas of each side with all that `$ref` and `allOf` add to them. */
  readonly beforeParts: readonly Schema[];
  readonly afterParts: readonly Schema[];
  /** Names that schemas around this one document for the same value. */
  readonly outer: ReadonlySet<string>;
}

/** A comparison that this one leads to. */
export interface Step {
  readonly before: Conjunction;
  readonly after: Conjunction;
  /** What is added to the name of the place: `.name`, `[]`; empty for the same value. */
  readonly path: string;
  /** Below `not` or `if`, where a narrower schema makes a wider one. */
  readonly twisted?: true;
  readonly outer?: ReadonlySet<string>;
}

/** The differences of a pair itself, and where to look further. */
export interface Compared {
  readonly findings: readonly Finding[];
  readonly steps: readonly Step[];
}
