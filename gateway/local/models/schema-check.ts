/**
 * The words of model validation, types only: a schema that has been read, a check that one of its keywords asks for,
 * and one validation under way.
 */
import type { Meter } from '../../vtl/meter.ts';
import type { Value, ValueMap } from '../../vtl/values.ts';

/** One validation under way. */
export interface Run {
  readonly meter: Meter;
  /** Collects what is wrong; undefined while it is only asked whether something is. */
  readonly errors: ErrorList | undefined;
  /** Schemas that are being applied within each other. */
  depth: number;
}

export interface ErrorList {
  add(message: string): void;
}

/** Whether a value holds; says why not where somebody listens. */
export type Check = (value: Value, run: Run) => boolean;

/** A schema, shared by all that refer to it. */
export interface SchemaNode {
  readonly check: Check;
}

/** The types of JSON as draft 4 tells them apart: `1.0` is a number and no integer. */
export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/** What a keyword is compiled with. */
export interface KeywordContext {
  /** The schema that holds the keyword. */
  readonly schema: ValueMap;
  /** The node of a schema below; it is compiled in its turn, so that schemas may be deep and circular. */
  readonly nodeOf: (schema: Value | undefined, ...path: readonly (string | number)[]) => SchemaNode;
  /** Something in the schema is not used, and why: a sentence without its full stop. */
  readonly problem: (message: string, ...path: readonly (string | number)[]) => void;
}

/** What a keyword asks of values of some types; undefined when its own value is of no use. */
export interface Keyword {
  readonly name: string;
  readonly appliesTo: readonly JsonType[];
  readonly compile: (value: Value, context: KeywordContext) => Check | undefined;
}

/** Says why, where somebody listens; the value does not hold either way. */
export function fail(run: Run, message: () => string): false {
  run.errors?.add(message());
  return false;
}
