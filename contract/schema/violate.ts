/**
 * Invalid values, each broken in one named place: what a contract test sends to see whether it is refused. A value
 * that turns out to be valid after all is never handed out; what could not be broken is told by {@link unviolated}.
 */
import { joinPointer } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';
import type { Direction, Violation } from './run.ts';
import { sample } from './sample.ts';
import { validate } from './validate.ts';
import { arrayFaults } from './violate/array-faults.ts';
import { memberFaults } from './violate/member-faults.ts';
import { objectFaults } from './violate/object-faults.ts';
import { spotsOf } from './violate/parts.ts';
import { scalarFaults } from './violate/scalar-faults.ts';
import { type Fault, replaced, type Spot } from './violate/spot.ts';

/** One way in which a value breaks its schema. */
export interface Breach {
  /** The keyword that is broken: `minLength`. */
  readonly keyword: string;
  /** JSON pointer into the value, to where it is broken. */
  readonly instance: string;
  /** The keyword's place in the document. */
  readonly schema: Source;
  /** The whole invalid value. */
  readonly value: Json;
  /** What is wrong, for a reader: `name must have at least 3 characters, has 2`. */
  readonly description: string;
}

/** A keyword that no value was found to break, and why. */
export interface Unviolated {
  readonly keyword: string;
  readonly instance: string;
  readonly schema: Source;
  readonly reason: string;
}

export interface ViolateOptions {
  readonly direction?: Direction;
  /** A valid value to break; a sample unless given. */
  readonly base?: Json;
  /** The most breaches to find; all unless given. */
  readonly limit?: number;
  /** Hears of each keyword that is passed over, while the breaches are taken. */
  readonly onUnviolated?: (missed: Unviolated) => void;
}

/** Spots looked at: a value with thousands of parts is not broken in each. */
const MOST_SPOTS = 2_000;
/** Candidates held against the schema for one fault. */
const MOST_TRIED = 40;

/**
 * Invalid values, one named violation at a time, lazily and always in the same order: the outermost first. Each
 * breaks one keyword; where that cannot be had alone, whatever breaks with it stands at the same place.
 *
 * Nothing is given when the schema has no valid value to start from.
 *
 * @example
 * ```ts
 * import type { Schema } from './contract/model.ts';
 * import { violate } from './contract/schema/violate.ts';
 *
 * export function* bodies(schema: Schema): Generator<string> {
 *   for (const breach of violate(schema, { direction: 'request', limit: 100 })) {
 *     yield `${breach.description}: ${JSON.stringify(breach.value)}`;
 *   }
 * }
 * ```
 */
export function* violate(schema: Schema, options: ViolateOptions = {}): Generator<Breach> {
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for (const found of walk(schema, options)) {
    if (found.kind === 'missed') {
      options.onUnviolated?.(found.missed);
      continue;
    }
    yield found.breach;
    if ((left -= 1) <= 0) return;
  }
}

/** What {@link violate} does not break: limits too large to cross, formats that are not asserted, and the rest. */
export function unviolated(schema: Schema, options: ViolateOptions = {}): readonly Unviolated[] {
  const missed: Unviolated[] = [];
  for (const found of walk(schema, options)) if (found.kind === 'missed') missed.push(found.missed);
  return missed;
}

type Found =
  | { readonly kind: 'breach'; readonly breach: Breach }
  | { readonly kind: 'missed'; readonly missed: Unviolated };

function* walk(schema: Schema, options: ViolateOptions): Generator<Found> {
  const { direction } = options;
  const base = options.base ?? baseOf(schema, direction);
  if (base === undefined) return;
  const seen = new Set<string>();
  for (const spot of spotsOf(schema, base, direction, MOST_SPOTS)) {
    const at = joinPointer('', ...spot.tokens);
    for (const one of spot.active) {
      if (one.always !== undefined) continue;
      for (const fault of faultsOf(spot, one)) {
        const key = `${fault.keyword} ${fault.detail} ${at} ${one.source.document.uri}#${one.source.pointer}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield attempt(schema, spot, fault, at);
      }
    }
  }
}

function baseOf(schema: Schema, direction: Direction | undefined): Json | undefined {
  const result = sample(schema, direction === undefined ? {} : { direction });
  return 'value' in result ? result.value : undefined;
}

function* faultsOf(spot: Spot, schema: Schema): Generator<Fault> {
  yield* scalarFaults(spot, schema);
  yield* objectFaults(spot, schema);
  yield* arrayFaults(spot, schema);
  yield* memberFaults(spot, schema);
}

/** Keywords that report what breaks inside them. */
const WRAPPERS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'not', 'contains', 'propertyNames']);

/** Tries the candidates of a fault; one that breaks nothing else is best, one that breaks more will do. */
function attempt(root: Schema, spot: Spot, fault: Fault, at: string): Found {
  const source = sourceOf(fault);
  const missed = (reason: string): Found => ({
    kind: 'missed',
    missed: { keyword: fault.keyword, instance: at, schema: source, reason },
  });
  if (fault.skipped !== undefined) return missed(fault.skipped);
  let second: { readonly value: Json; readonly violation: Violation } | undefined;
  let tried = 0;
  for (const candidate of fault.candidates) {
    if ((tried += 1) > MOST_TRIED) break;
    const value = replaced(spot.base, spot.tokens, candidate);
    const violations = validate(root, value, {
      ...(spot.direction === undefined ? {} : { direction: spot.direction }),
      maxViolations: 12,
    });
    if (violations.length === 0) continue;
    const meant = violations.find(violation => isMeant(violation, fault, source));
    const others = violations.filter(
      violation => !isMeant(violation, fault, source) && !WRAPPERS.has(violation.keyword),
    );
    // A union that fails may explain itself by another member than the one that was broken.
    const inUnion = meant === undefined && violations.some(violation => WRAPPERS.has(violation.keyword));
    if (meant !== undefined && others.length === 0) return breach(fault, source, value, meant, at);
    const first = meant ?? (inUnion ? violations[0] : undefined);
    if (first !== undefined) second ??= { value, violation: first };
  }
  return second === undefined
    ? missed(
        'No value was found that breaks it: the rest of the schema allows none, or allows it all the same.',
      )
    : breach(fault, source, second.value, second.violation, at);
}

/** The validator reports a schema `false` as itself. */
function isMeant({ keyword, schema }: Violation, fault: Fault, source: Source): boolean {
  return schema.pointer === source.pointer && (keyword === fault.keyword || keyword === 'false');
}

function sourceOf({ schema, keyword }: Fault): Source {
  return keyword === 'false'
    ? schema.source
    : { document: schema.source.document, pointer: joinPointer(schema.source.pointer, keyword) };
}

function breach(fault: Fault, source: Source, value: Json, violation: Violation, at: string): Found {
  const meant = isMeant(violation, fault, source);
  const instance = meant ? violation.instance : at;
  const place = instance === '' ? 'the value' : instance.slice(1).replaceAll('/', '.');
  return {
    kind: 'breach',
    breach: {
      keyword: fault.keyword,
      instance,
      schema: source,
      value,
      description: `${place} ${violation.message}`,
    },
  };
}
