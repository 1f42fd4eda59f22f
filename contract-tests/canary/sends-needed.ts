/**
 * How many requests it takes until enough of them were answered by the canary, since nobody can address a side: each one
 * goes there with the probability of its share. Pure.
 */

/**
 * The least `n` so that each of `things` gets its `wanted` answers from the canary with probability `1 - miss` in all:
 * `P(Binomial(n, share) < wanted) <= miss / things`. For one wanted answer that is `n >= ln(miss / things) / ln(1 - share)`.
 *
 * @example
 * ```ts
 * import { sendsNeeded } from './contract-tests/canary/sends-needed.ts';
 *
 * console.log(sendsNeeded(0.1, 1)); // 44
 * console.log(sendsNeeded(0.1, 1, { things: 11 })); // 67
 * ```
 */
export function sendsNeeded(
  share: number,
  wanted: number,
  { miss = 0.01, things = 1 }: { readonly miss?: number; readonly things?: number } = {},
): number {
  if (share <= 0) return Number.POSITIVE_INFINITY;
  if (share >= 1) return wanted;
  const allowed = miss / things;
  let low = wanted - 1;
  let high = wanted;
  while (atMost(wanted - 1, high, share) > allowed) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (atMost(wanted - 1, middle, share) > allowed) low = middle;
    else high = middle;
  }
  return high;
}

/** `P(Binomial(n, p) <= most)`, for `p` above 0 and below 1. */
export function atMost(most: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= Math.min(most, n); k += 1) {
    logTerm += Math.log((n - k + 1) / k) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Requests that a trial may take: until both sides have answered often enough, with a probability of 99 in 100. */
export function repeatsNeeded(logNeeded: number, share: number, repeats: number): number {
  const perAnswer = -(share * Math.log(share) + (1 - share) * Math.log(1 - share));
  return Math.max(
    sendsNeeded(share, repeats + 1),
    sendsNeeded(1 - share, 1),
    Math.ceil((2 * logNeeded) / perAnswer),
  );
}
