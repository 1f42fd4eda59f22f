/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine and in every browser. Not for
 * secrets, and not `Math.random`, because the same document must always give the same bytes.
 */

/** A stream of repeatable numbers. */
export interface Random {
  /** The next number, from 0 up to but not including 1. */
  next(): number;
  /** The next whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
}

/**
 * A stream for a seed; `salt` sets streams of one seed apart, so that two properties do not vary in step.
 *
 * @example
 * ```ts
 * import { random } from './contract/schema/random.ts';
 * random(7, 'name').integer(1, 6) === random(7, 'name').integer(1, 6); // true
 * ```
 */
export function random(seed: number, salt = ''): Random {
  let state = hash(`${seed}:${salt}`);
  // Mulberry32, a 32-bit generator small enough to be read at a glance.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, integer: (least, most) => least + Math.floor(next() * (most - least + 1)) };
}

/** A 32-bit hash of a text (FNV-1a with a final mix), for choices that hang on a name. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
