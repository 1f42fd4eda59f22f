/** Numbers that meet bounds, steps and formats exactly, the likeliest first. */

import {
  ceilTo,
  type Decimal,
  decimal,
  floorTo,
  leastCommonMultiple,
  rescale,
  toJsonNumber,
} from './decimal.ts';
import type { Facts } from './facts.ts';
import type { Maker, Place } from './maker.ts';
import { numberFor, words } from './names.ts';

/** 2^63: what `int64` leaves out. */
const INT64 = 9_223_372_036_854_775_808n;
const FORMATS: ReadonlyMap<string, readonly [least: bigint, most: bigint]> = new Map([
  ['int8', [-128n, 127n]],
  ['uint8', [0n, 255n]],
  ['int16', [-32_768n, 32_767n]],
  ['uint16', [0n, 65_535n]],
  ['int32', [-2_147_483_648n, 2_147_483_647n]],
  ['uint32', [0n, 4_294_967_295n]],
  ['int64', [-INT64, INT64 - 1n]],
  ['uint64', [0n, 2n * INT64 - 1n]],
  ['unix-time', [0n, 253_402_300_799n]],
]);

/** The multiples of `size` from `first` to `last`, all in units of 10^-scale; undefined where nothing bounds them. */
export interface NumberRange {
  readonly scale: number;
  readonly size: bigint;
  readonly first: bigint | undefined;
  readonly last: bigint | undefined;
}

/** What bounds, steps and formats leave, exactly. Beyond the last it may be empty: then `first` is above `last`. */
export function rangeOf(
  { lower, upper, steps: written, formats }: Facts,
  integer: boolean,
  liked?: Decimal | undefined,
): NumberRange {
  const low = lower === undefined ? undefined : decimal(lower.value);
  const high = upper === undefined ? undefined : decimal(upper.value);
  const steps = written.map(decimal).filter(step => step !== undefined);
  const range = formats.map(({ value }) => FORMATS.get(value)).find(found => found !== undefined);
  const known: readonly Decimal[] = [low, high, ...steps, liked].filter(part => part !== undefined);
  // Two digits more than anything written, so that there is room beside an exclusive bound.
  const scale = Math.max(0, ...known.map(part => part.scale)) + (integer ? 0 : 2);

  let unit = integer ? 10n ** BigInt(scale) : steps.length === 0 ? 1n : undefined;
  for (const step of steps) {
    const scaled = rescale(step, scale);
    if (scaled > 0n) unit = unit === undefined ? scaled : leastCommonMultiple(unit, scaled);
  }
  const size = unit ?? 1n;

  let first: bigint | undefined;
  let last: bigint | undefined;
  if (low !== undefined) {
    const at = rescale(low, scale);
    first = lower?.exclusive ? floorTo(at, size) + size : ceilTo(at, size);
  }
  if (high !== undefined) {
    const at = rescale(high, scale);
    last = upper?.exclusive ? ceilTo(at, size) - size : floorTo(at, size);
  }
  if (range !== undefined) {
    const least = ceilTo(rescale({ units: range[0], scale: 0 }, scale), size);
    const most = floorTo(rescale({ units: range[1], scale: 0 }, scale), size);
    if (first === undefined || least > first) first = least;
    if (last === undefined || most < last) last = most;
  }
  return { scale, size, first, last };
}

/** Candidates in order of preference; none when no number lies between the bounds. */
export function* numbers(
  facts: Facts,
  place: Place,
  integer: boolean,
  maker: Maker,
): Generator<number | bigint> {
  const { lower, upper } = facts;
  const name = words(place.name);
  const guess = numberFor(name, place.variant);
  const fraction = !integer && facts.formats.some(({ value }) => value === 'float' || value === 'double');
  const liked =
    guess === undefined || (integer && !Number.isInteger(guess))
      ? 1 + place.variant + (fraction ? 0.5 : 0)
      : guess;
  if (lower === undefined && upper === undefined && facts.steps.length === 0 && facts.formats.length === 0) {
    yield liked;
    yield* [1, 0, 2, -1, 10, 100].map(value => value + place.variant);
    if (!integer) yield* [0.5, 1.5, -0.5];
    return;
  }

  const { scale, size, first, last } = rangeOf(facts, integer, decimal(liked));
  if (first !== undefined && last !== undefined && first > last) {
    const at = lower ?? upper;
    if (at !== undefined) {
      maker.blame({
        source: at.source,
        message: `No ${integer ? 'integer' : 'number'} lies between ${lower?.value ?? 'the least of the format'} and ${upper?.value ?? 'the most of the format'}${facts.steps.length === 0 ? '' : ` that is a multiple of ${facts.steps.join(' and ')}`}.`,
        fix: 'Widen the bounds so that at least one value fits.',
      });
    }
    return;
  }

  const seen = new Set<bigint>();
  for (const candidate of likely(decimal(liked), scale, size, first, last, BigInt(place.variant))) {
    if (seen.has(candidate)) continue;
    seen.add(candidate);
    if ((first === undefined || candidate >= first) && (last === undefined || candidate <= last)) {
      yield toJsonNumber(candidate, scale);
    }
  }
}

/** All multiples of `size`: the liked one, then from the bounds inwards, then a few round about. */
function* likely(
  liked: Decimal | undefined,
  scale: number,
  size: bigint,
  first: bigint | undefined,
  last: bigint | undefined,
  variant: bigint,
): Generator<bigint> {
  if (liked !== undefined) {
    const at = rescale(liked, scale);
    if (at % size === 0n) yield at;
    if (size > 1n) yield ceilTo(at, size) + variant * size;
  }
  const one = 10n ** BigInt(scale);
  // Whole numbers look better than a bound's last decimal place.
  if (first !== undefined)
    yield ceilTo(ceilTo(first, one), size) + variant * (one % size === 0n ? one : size);
  if (first !== undefined) yield first + variant * size;
  if (last !== undefined) yield last - variant * size;
  if (first !== undefined && last !== undefined) yield floorTo((first + last) / 2n, size);
  yield 0n;
  const start = first ?? last ?? 0n;
  const step = first === undefined && last !== undefined ? -size : size;
  for (let index = 0n; index < 24n; index += 1n) yield start + index * step;
}
