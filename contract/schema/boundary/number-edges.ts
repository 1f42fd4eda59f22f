/** The least and the most that numbers may be, fractions where they are allowed, and integers beyond what a double holds. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { below } from '../../source.ts';
import { decimal, toJsonNumber } from '../sample/decimal.ts';
import type { Facts } from '../sample/facts.ts';
import { rangeOf } from '../sample/number.ts';
import type { Spot } from '../violate/spot.ts';
import { type Edge, keywordOf } from './edge.ts';

export function* numberEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  const integer = facts.types !== undefined && !facts.types.includes('number');
  const { lower, upper } = facts;
  yield* boundEdges(facts, integer);
  yield* stepEdges(spot, schema, facts, integer);
  if (!integer && facts.steps.length === 0) yield fraction(spot, schema);
  if (lower === undefined || upper === undefined) yield* openEdges(schema, facts, integer);
}

/** Exact: of an exclusive bound the nearest number inside, two digits finer than the bound is written. */
function* boundEdges(facts: Facts, integer: boolean): Generator<Edge> {
  // The formats' own limits are nobody's choice, so they are edges of another kind.
  const { scale, first, last } = rangeOf({ ...facts, formats: [] }, integer);
  const { lower, upper } = facts;
  if (lower !== undefined && first !== undefined) {
    const value = toJsonNumber(first, scale);
    yield {
      keyword: keywordOf(lower.source),
      source: lower.source,
      detail: '',
      words: `is ${value}, the least allowed`,
      reach: 'declared',
      candidates: [value],
    };
  }
  if (upper !== undefined && last !== undefined) {
    const value = toJsonNumber(last, scale);
    yield {
      keyword: keywordOf(upper.source),
      source: upper.source,
      detail: '',
      words: `is ${value}, the most allowed`,
      reach: 'declared',
      candidates: [value],
    };
  }
}

/** A multiple that is not the one in use: the next but one, so that it is seldom a power of ten. */
function* stepEdges({ value }: Spot, schema: Schema, facts: Facts, integer: boolean): Generator<Edge> {
  if (facts.steps.length === 0) return;
  const holder = [schema, ...facts.schemas].find(({ multipleOf }) => multipleOf !== undefined) ?? schema;
  const { scale, size, first, last } = rangeOf({ ...facts, formats: [] }, integer);
  const now = typeof value === 'number' || typeof value === 'bigint' ? decimal(value) : undefined;
  const from = now !== undefined && now.scale <= scale ? now.units * 10n ** BigInt(scale - now.scale) : 0n;
  const candidates = [from + 3n * size, from - 3n * size, from + size, from - size]
    .filter(units => (first === undefined || units >= first) && (last === undefined || units <= last))
    .map(units => toJsonNumber(units, scale));
  yield {
    keyword: 'multipleOf',
    source: below(holder.source, 'multipleOf'),
    detail: '',
    words: `is another multiple of ${facts.steps.join(' and ')}`,
    reach: 'declared',
    candidates,
  };
}

/** Whoever writes `number` and not `integer` promises to take fractions. */
function fraction({ value }: Spot, schema: Schema): Edge {
  const near = typeof value === 'number' ? Math.trunc(value) : 0;
  return {
    keyword: 'type',
    source: below(schema.source, 'type'),
    detail: 'fraction',
    words: 'is a fraction',
    reach: 'declared',
    candidates: [near + 0.5, near - 0.5, near + 0.25, near - 0.25],
  };
}

const INT32 = 2_147_483_647;
const INT64 = 9_223_372_036_854_775_807n;
/** The first whole number that a double does not hold. */
const ODD_ABOVE_2_53 = 9_007_199_254_740_993n;

/**
 * What is allowed only because nothing forbids it. Negative zero is left out, for JSON readers may tell it from zero or
 * not (RFC 8259, 6), and so is `1.0` for an integer, which many take for a fraction.
 */
function* openEdges(schema: Schema, facts: Facts, integer: boolean): Generator<Edge> {
  const { source } = schema;
  const type = below(source, 'type');
  const edge = (detail: string, value: Json, words: string, keyword = 'type'): Edge => ({
    keyword,
    source: keyword === 'type' ? type : below(source, keyword),
    detail,
    words,
    reach: 'undeclared',
    candidates: [value],
  });
  if (facts.lower === undefined) {
    yield edge('zero', 0, 'is zero');
    yield edge('negative', -1, 'is negative');
  }
  if (!integer || facts.steps.length > 0) return;
  const format = facts.formats.find(({ value }) => value === 'int32' || value === 'int64')?.value;
  if (format === 'int32') {
    if (facts.upper === undefined) yield edge('most', INT32, `is ${INT32}, the most of int32`, 'format');
    if (facts.lower === undefined)
      yield edge('least', -INT32 - 1, `is ${-INT32 - 1}, the least of int32`, 'format');
    return;
  }
  if (facts.upper === undefined)
    yield edge('beyond-2-53', ODD_ABOVE_2_53, `is ${ODD_ABOVE_2_53}, which a double does not hold`);
  if (format === undefined) return;
  if (facts.upper === undefined) yield edge('most', INT64, `is ${INT64}, the most of int64`, 'format');
  if (facts.lower === undefined)
    yield edge('least', -INT64 - 1n, `is ${-INT64 - 1n}, the least of int64`, 'format');
}
