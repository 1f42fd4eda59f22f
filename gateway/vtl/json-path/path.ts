/**
 * A JSONPath as a list of steps, in the dialect of Jayway JsonPath 2.0.0, which API Gateway evaluates. Types only:
 * `parse-path.ts` makes them of text, `evaluate.ts` walks along them.
 */

/** Where a step stands in the path's text, in UTF-16 units from 0. */
interface Placed {
  readonly position: number;
}

export type Step = Placed &
  (
    | { readonly kind: 'self' }
    /** `.a`, `['a']`, `['a','b']`. */
    | { readonly kind: 'property'; readonly names: readonly string[] }
    | { readonly kind: 'wildcard' }
    /** `..`, which looks for places where the next step applies. */
    | { readonly kind: 'scan' }
    | { readonly kind: 'index'; readonly index: number }
    | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
    /** `[(@.length-1)]`; `offset` is added to the length. */
    | { readonly kind: 'fromLength'; readonly offset: number }
    | { readonly kind: 'sliceFrom'; readonly from: number }
    | { readonly kind: 'sliceTo'; readonly to: number }
    | { readonly kind: 'slice'; readonly from: number; readonly to: number }
    /** One group must hold; a group holds when all of its criteria do. Both are asked in this order. */
    | { readonly kind: 'filter'; readonly groups: readonly (readonly Criterion[])[] }
  );

export type Criterion =
  | { readonly kind: 'exists'; readonly path: JsonPath; readonly wanted: boolean }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly operator: Operator;
      readonly right: Operand;
      readonly position: number;
    };

export type Operator = '==' | '>=' | '<=' | '!=' | '<' | '>' | '=~';

export type Operand =
  /** Literals are text, whatever they look like; what they are compared with says how they are read. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly test: (text: string) => boolean }
  | { readonly kind: 'path'; readonly path: JsonPath };

export interface JsonPath {
  readonly kind: 'path';
  readonly source: string;
  readonly steps: readonly Step[];
  /** By step: whether a name that is missing there is passed over instead of ending the path. */
  readonly lenient: readonly boolean[];
  /** True for a path of single names and indexes, which nearly all are. */
  readonly straight: boolean;
  /** True for a path that names one place: its value is the result. Otherwise the result is a list. */
  readonly definite: boolean;
  /** False for a path of a filter that begins at `@`. */
  readonly fromRoot: boolean;
}

/** Why a text is no path. */
export interface PathRefusal {
  readonly kind: 'refused';
  /** One clause without a full stop. */
  readonly message: string;
  /** In UTF-16 units from 0. */
  readonly position: number;
}

/** A refusal on its way out of the parser. */
export class Refused extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** True for the steps that lead to one place at most. */
export function isDefinite({ kind }: Step): boolean {
  return kind === 'self' || kind === 'property' || kind === 'index' || kind === 'fromLength';
}

/** True for the steps that need nothing but a look into the value. */
export function isStraight(step: Step): boolean {
  return step.kind === 'index' || (step.kind === 'property' && step.names.length === 1);
}
