/** Ids as API Gateway makes them: letters and digits, ten for APIs and their root resources, six for the rest. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Chance as the gateway uses it, from 0 up to but not 1. A seed makes it repeatable. */
export type Chance = () => number;

/** True for an id that something has, and nothing else may get. */
export type IsTaken = (id: string) => boolean;

/** An id of a REST API or of its root resource. */
export function apiId(chance: Chance, isTaken: IsTaken): string {
  return idOf(10, chance, isTaken);
}

/** An id of a resource, deployment, model, validator or authorizer. */
export function partId(chance: Chance, isTaken: IsTaken): string {
  return idOf(6, chance, isTaken);
}

/** A seed begins anew with each process, and what was made with it before is still there. */
function idOf(length: number, chance: Chance, isTaken: IsTaken): string {
  for (;;) {
    const id = Array.from({ length }, () => LETTERS[Math.floor(chance() * LETTERS.length)]).join('');
    if (!isTaken(id)) return id;
  }
}

/**
 * The same numbers for the same seed (mulberry32, which has 32 bits of state: enough to split traffic, not to keep a
 * secret). Without a seed, the system's own chance.
 */
export function chanceFrom(seed: number | undefined): Chance {
  if (seed === undefined) return Math.random;
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
