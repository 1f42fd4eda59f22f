/** What the rules of `diff` are handed: where they are, and somebody to tell. Types only. */
import type { Schema } from '../model.ts';
import type { Direction } from '../schema/run.ts';
import type { Source } from '../source.ts';
import type { Change, DiffRule } from './rule.ts';

/** Where a client meets a change. */
export interface Spot {
  /** `GET /pets`; empty for the whole API. */
  readonly operation: string;
  /** `request body application/json`; empty for the operation itself. */
  readonly part: string;
}

export interface Collector {
  readonly report: (rule: DiffRule, spot: Spot, message: string, before: Source, after: Source) => void;
  /** Everything that differs between two schemas at a spot. A schema that is not there allows anything. */
  readonly schemas: (
    direction: Direction,
    spot: Spot,
    before: Schema | undefined,
    after: Schema | undefined,
    at: { readonly before: Source; readonly after: Source },
  ) => void;
  /** All changes so far, the gravest first, then in the order in which they were met. */
  readonly changes: () => readonly Change[];
}
