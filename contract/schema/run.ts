/**
 * One validation under way: where it is in the value, what it has found, what it has to remember. Knows no keyword.
 */
import { joinPointer } from '../json/pointer.ts';
import { isArray, type Json, type jsonType } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';

/** Which way a value travels: it decides what `readOnly` and `writeOnly` mean. */
export type Direction = 'request' | 'response';

/** One way in which a value breaks its schema. */
export interface Violation {
  /** The keyword that is broken: `minLength`; `false` for the schema that allows nothing. */
  readonly keyword: string;
  /** JSON pointer into the value. */
  readonly instance: string;
  /** The keyword's place in the document. */
  readonly schema: Source;
  /** What the value must be, and what it is: `must have at least 3 characters, has 2`. */
  readonly message: string;
}

/** Says whether a value holds; on the way it reports, when the run has a report. */
export type Check = (value: Json, run: Run) => boolean;

/** A subschema, compiled by its first use. */
export interface Slot {
  readonly schema: Schema;
  check: Check;
  /** True once compiled and found to apply no other schema. */
  leaf: boolean;
}

/** What keywords are handed when a schema is compiled. */
export interface Compiler {
  readonly direction: Direction | undefined;
  readonly slot: (schema: Schema) => Slot;
}

/** Compiles one keyword, or several that must act as one; undefined when the schema does not have it. */
export type Keyword = (schema: Schema, compiler: Compiler) => Check | undefined;

/** What `unevaluatedProperties` and `unevaluatedItems` ask: which parts of the instance some schema has looked at. */
export interface Marks {
  allProperties: boolean;
  readonly properties: Set<string>;
  allItems: boolean;
  /** Items before this index. */
  firstItems: number;
  readonly items: Set<number>;
}

export interface Report {
  readonly violations: Violation[];
  readonly limit: number;
  /** The tokens that lead from the root of the value to where the run is. */
  readonly path: (string | number)[];
  /** How many unions deep this report explains; deep ones are counted and not explained. */
  readonly unions: number;
}

export interface Run {
  /** Levels of the value above this one. */
  depth: number;
  /** The schemas being applied, outermost first: the dynamic scope. */
  readonly frames: Schema[];
  /** Undefined on the fast path, which answers yes or no. */
  report: Report | undefined;
  /** Undefined unless an `unevaluated…` keyword waits for the answer. */
  marks: Marks | undefined;
  /** Property names that this direction does not require of the current instance. */
  relaxed: ReadonlySet<string> | undefined;
  /** For schemas that reach themselves without going down: the depth at which each is being applied. */
  entered: Map<Schema, number> | undefined;
  /** Answers for parts that lie deep, where schemas that fork would ask the same again and again. */
  answers: Map<Schema, Map<Json, boolean>> | undefined;
  /** Counts what makes an answer hold only where it was given: re-entries and dynamic references. */
  assumptions: number;
  /** The limit that was met; then there is no answer, and the value counts as invalid. */
  exhausted: string | undefined;
}

/** Values nested deeper are not followed: every level costs stack. */
export const MAX_VALUE_DEPTH = 500;
/** Schemas applied inside one another, for chains of references that never go down. */
export const MAX_FRAMES = 1500;

export function newRun(report: Report | undefined): Run {
  return {
    depth: 0,
    frames: [],
    report,
    marks: undefined,
    relaxed: undefined,
    entered: undefined,
    answers: undefined,
    assumptions: 0,
    exhausted: undefined,
  };
}

/** Applies a schema to a part of the current value. */
export function descend(slot: Slot, value: Json, token: string | number, run: Run): boolean {
  const { report, marks, relaxed } = run;
  if (slot.leaf) {
    if (report === undefined) return slot.check(value, run);
    report.path.push(token);
    const holds = slot.check(value, run);
    report.path.pop();
    return holds;
  }
  if (run.depth >= MAX_VALUE_DEPTH) return giveUp(run, TOO_DEEP);
  run.depth++;
  run.marks = undefined;
  run.relaxed = undefined;
  report?.path.push(token);
  const holds = slot.check(value, run);
  report?.path.pop();
  run.depth--;
  run.marks = marks;
  run.relaxed = relaxed;
  return holds;
}

/** The value or the schema is nested too deep to go on. No `not` may turn this into a yes. */
export function giveUp(run: Run, message: string): false {
  run.exhausted = message;
  return false;
}

export const TOO_DEEP: string = `is nested deeper than ${MAX_VALUE_DEPTH} levels, the limit for checking`;
export const TOO_MANY_FRAMES: string = `leads through more than ${MAX_FRAMES} schemas inside one another, the limit for checking`;

/** Adds a violation, when anybody listens, and answers false. */
export function fail(run: Run, schema: Schema, keyword: string, message: () => string): false {
  const { report } = run;
  if (report === undefined || report.violations.length >= report.limit) return false;
  report.violations.push({
    keyword,
    instance: joinPointer('', ...report.path),
    schema: keywordSource(schema, keyword),
    message: message(),
  });
  return false;
}

/** Made once for each keyword that is ever broken. */
function keywordSource(schema: Schema, keyword: string): Source {
  const { source, always } = schema;
  if (always !== undefined) return source;
  let known = keywordSources.get(schema);
  if (known === undefined) keywordSources.set(schema, (known = new Map()));
  let found = known.get(keyword);
  if (found === undefined) {
    found = { document: source.document, pointer: joinPointer(source.pointer, keyword) };
    known.set(keyword, found);
  }
  return found;
}

const keywordSources = new WeakMap<Schema, Map<string, Source>>();

/** True when a keyword that has failed may stop: nobody listens, or enough has been heard. */
export function mayStop(run: Run): boolean {
  return run.report === undefined || run.report.violations.length >= run.report.limit;
}

/** A keyword that looks at the value alone. */
export function assertion(
  schema: Schema,
  keyword: string,
  holds: (value: Json) => boolean,
  message: (value: Json) => string,
): Check {
  return (value, run) => holds(value) || fail(run, schema, keyword, () => message(value));
}

export function newMarks(): Marks {
  return { allProperties: false, properties: new Set(), allItems: false, firstItems: 0, items: new Set() };
}

export function mergeMarks(into: Marks, from: Marks): void {
  into.allProperties ||= from.allProperties;
  into.allItems ||= from.allItems;
  into.firstItems = Math.max(into.firstItems, from.firstItems);
  for (const name of from.properties) into.properties.add(name);
  for (const index of from.items) into.items.add(index);
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it: JSON, cut short. */
export function show(value: Json): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  return isArray(value) ? `an array of ${value.length}` : 'an object';
}

/** A list of values as a message shows it. */
export function showList(values: readonly Json[]): string {
  const shown = values.slice(0, 10).map(show).join(', ');
  return values.length > 10 ? `${shown} and ${values.length - 10} more` : shown;
}

const TYPE_NAMES: Readonly<Record<ReturnType<typeof jsonType>, string>> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
};

/** `a string`, `null`, `an object`. */
export function typeName(type: ReturnType<typeof jsonType>): string {
  return TYPE_NAMES[type];
}

/** `1 item`, `2 items`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
