/**
 * Schemas to checks. A schema is compiled by its first use and its subschemas by theirs, so one operation of a large
 * document pays for itself only. The list of keywords stands here; what each means stands in `keywords/`.
 */
import type { Schema } from '../model.ts';
import { always, constant, enumeration, type } from './keywords/any.ts';
import { contains, items, maxItems, minItems, prefixItems, uniqueItems } from './keywords/array.ts';
import { allOf, condition, dependentSchemas, dynamicReference, not, reference } from './keywords/combine.ts';
import { relaxedNames } from './keywords/direction.ts';
import { exclusiveMaximum, exclusiveMinimum, maximum, minimum, multipleOf } from './keywords/number.ts';
import {
  dependentRequired,
  maxProperties,
  minProperties,
  properties,
  propertyNames,
  required,
} from './keywords/object.ts';
import { format, maxLength, minLength, pattern } from './keywords/string.ts';
import { unevaluatedItems, unevaluatedProperties } from './keywords/unevaluated.ts';
import { anyOf, oneOf } from './keywords/union.ts';
import {
  type Check,
  type Compiler,
  type Direction,
  giveUp,
  type Keyword,
  MAX_FRAMES,
  mayStop,
  mergeMarks,
  newMarks,
  type Slot,
  TOO_MANY_FRAMES,
} from './run.ts';
import { childSubschemas, inPlaceSubschemas, reachesItselfInPlace } from './subschemas.ts';

/** Cheap questions first: on the fast path the first "no" ends it. */
const KEYWORDS: readonly Keyword[] = [
  always,
  type,
  constant,
  enumeration,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
  minLength,
  maxLength,
  format,
  pattern,
  minItems,
  maxItems,
  minProperties,
  maxProperties,
  required,
  dependentRequired,
  properties,
  prefixItems,
  items,
  propertyNames,
  contains,
  uniqueItems,
];

const IN_PLACE: readonly Keyword[] = [
  reference,
  dynamicReference,
  allOf,
  oneOf,
  anyOf,
  not,
  condition,
  dependentSchemas,
];

const UNEVALUATED: readonly Keyword[] = [unevaluatedProperties, unevaluatedItems];

const slots: Readonly<Record<Direction | 'none', WeakMap<Schema, Slot>>> = {
  none: new WeakMap(),
  request: new WeakMap(),
  response: new WeakMap(),
};

const compilers: Readonly<Record<Direction | 'none', Compiler>> = {
  none: { direction: undefined, slot: schema => slotFor(schema, undefined) },
  request: { direction: 'request', slot: schema => slotFor(schema, 'request') },
  response: { direction: 'response', slot: schema => slotFor(schema, 'response') },
};

/** The one slot of a schema in a direction. Its first check compiles it and takes its own place. */
export function slotFor(schema: Schema, direction: Direction | undefined): Slot {
  const known = slots[direction ?? 'none'];
  let slot = known.get(schema);
  if (slot === undefined) {
    const made: Slot = {
      schema,
      leaf: false,
      check: (value, run) => {
        made.check = compile(schema, compilers[direction ?? 'none']);
        made.leaf = isLeaf(schema);
        return made.check(value, run);
      },
    };
    slot = made;
    known.set(schema, slot);
  }
  return slot;
}

/** True when a check needs nothing of the run: it leads nowhere, and asks for no property that may be waived. */
function isLeaf(schema: Schema): boolean {
  return (
    schema.required.length === 0 &&
    schema.dependentRequired.size === 0 &&
    childSubschemas(schema).length === 0 &&
    inPlaceSubschemas(schema).length === 0
  );
}

function compile(schema: Schema, compiler: Compiler): Check {
  const compiled = (keywords: readonly Keyword[]): Check[] =>
    keywords.map(keyword => keyword(schema, compiler)).filter(check => check !== undefined);
  const own = compiled(KEYWORDS);
  const inPlace = relaxing(compiled(IN_PLACE), relaxedNames(schema, compiler.direction));
  const unevaluated = compiled(UNEVALUATED);
  const all = every([...own, ...inPlace]);
  const whole = unevaluated.length === 0 ? all : withMarks(every(own), every(inPlace), every(unevaluated));
  if (childSubschemas(schema).length === 0 && inPlace.length === 0) return whole;
  return framed(schema, inPlace.length > 0 && reachesItselfInPlace(schema) ? once(schema, whole) : whole);
}

/** One part of a combination may declare the property that another requires. */
function relaxing(checks: Check[], names: ReadonlySet<string>): Check[] {
  if (names.size === 0 || checks.length === 0) return checks;
  const check = every(checks);
  return [
    (value, run) => {
      const outer = run.relaxed;
      run.relaxed = outer === undefined ? names : outer.union(names);
      const holds = check(value, run);
      run.relaxed = outer;
      return holds;
    },
  ];
}

/** All checks in turn; reporting runs hear every one of them. */
function every(checks: readonly Check[]): Check {
  const [first, second, third] = checks;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) {
    return (value, run) => {
      if (first(value, run)) return second(value, run);
      if (!mayStop(run)) second(value, run);
      return false;
    };
  }
  return (value, run) => {
    let holds = true;
    for (let index = 0; index < checks.length; index++) {
      if ((checks[index] as Check)(value, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    return holds;
  };
}

/**
 * Deeper than this in the value, or in schemas within schemas, answers are kept: what forks at every level would ask
 * 2^depth times. Shallower ones are asked again for less than keeping them costs.
 */
const KEEP_ANSWERS_BELOW = 6;
const KEEP_ANSWERS_WITHIN = 16;

/**
 * Keeps the dynamic scope, a lid on how many schemas may stand inside one another, and deep down the answers that
 * were given before.
 */
function framed(schema: Schema, check: Check): Check {
  return (value, run) => {
    if (run.frames.length >= MAX_FRAMES) return giveUp(run, TOO_MANY_FRAMES);
    // What is marked, or required, depends on where the question comes from; then no answer is kept.
    const keep =
      (run.depth > KEEP_ANSWERS_BELOW || run.frames.length > KEEP_ANSWERS_WITHIN) &&
      run.marks === undefined &&
      run.relaxed === undefined;
    const known = keep ? run.answers?.get(schema)?.get(value) : undefined;
    if (known === true || (known === false && run.report === undefined)) return known;
    const { assumptions } = run;
    run.frames.push(schema);
    const holds = check(value, run);
    run.frames.pop();
    if (keep && run.assumptions === assumptions && run.exhausted === undefined) {
      run.answers ??= new Map();
      const answers = run.answers.get(schema);
      if (answers === undefined) run.answers.set(schema, new Map([[value, holds]]));
      else answers.set(value, holds);
    }
    return holds;
  };
}

/** A schema met again on the same value has nothing to add: `A: { allOf: [A] }` allows what the rest allows. */
function once(schema: Schema, check: Check): Check {
  return (value, run) => {
    const entered = (run.entered ??= new Map());
    const before = entered.get(schema);
    if (before === run.depth) {
      run.assumptions++;
      return true;
    }
    entered.set(schema, run.depth);
    const holds = check(value, run);
    if (before === undefined) entered.delete(schema);
    else entered.set(schema, before);
    return holds;
  };
}

/** Watches what the other keywords look at, for the `unevaluated…` keywords to see. */
function withMarks(own: Check, inPlace: Check, unevaluated: Check): Check {
  return (value, run) => {
    const outer = run.marks;
    const marks = newMarks();
    run.marks = marks;
    let holds = own(value, run);
    // After a failed combination nobody can tell what it would have evaluated.
    if ((holds || !mayStop(run)) && inPlace(value, run)) holds = unevaluated(value, run) && holds;
    else holds = false;
    run.marks = outer;
    if (outer !== undefined) mergeMarks(outer, marks);
    return holds;
  };
}
