/** Chance that is the same on every machine. */

/** A whole number below `choices`. */
export type Draw = (choices: number) => number;

export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return choices => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % choices;
  };
}

export function pick(draw: Draw, from: readonly string[]): string {
  return from[draw(from.length)] ?? '';
}
