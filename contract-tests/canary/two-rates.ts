/**
 * Evidence that one side of a stage fails more often than the other, valid however often one looks. The stage picks the
 * side of each request by chance, so under the null hypothesis a failure says nothing about the side; evidence is the
 * capital of somebody who bets on the side after seeing whether the answer failed. Formulas and sources stand in
 * docs/reference/canary.md. Pure.
 */
import type { KnownSide } from './answer.ts';

/** Answers of one side and how many of them failed. */
export interface Rate {
  readonly answers: number;
  readonly failed: number;
}

/** What was seen while the canary got one share of the traffic. */
export interface Stratum extends Readonly<Record<KnownSide, Rate>> {
  /** The probability that a request goes to the canary, above 0 and below 1. */
  readonly share: number;
}

/** A point of the alternative: the two failure rates that somebody bets on, and the part of the capital that does. */
export interface Alternative {
  readonly baseline: number;
  readonly canary: number;
  readonly weight: number;
}

export interface TwoRates {
  /** The natural logarithm of the e-value: `ln E`; reject when it reaches `ln(1 / alpha)`. */
  readonly logEvidence: (strata: readonly Stratum[]) => number;
}

/**
 * A test of `canary = baseline + margin` against alternatives that all lie on one side of that line; then it is valid
 * for everything on the other side too, for each request a different pair of rates if need be.
 *
 * Each answer multiplies an alternative's capital by `f(y; alternative) / f(y; projection)`, where the projection is the
 * point of the line that is nearest in information. The set of distributions of (side, failed) on the far side of the
 * line is convex, so the expected factor is at most 1 there (Grünwald, de Heide, Koolen 2024, Theorem 1).
 *
 * @example
 * ```ts
 * import { twoRates, WORSE } from './contract-tests/canary/two-rates.ts';
 *
 * const seen = { share: 0.1, baseline: { answers: 900, failed: 9 }, canary: { answers: 100, failed: 8 } };
 * console.log(Math.exp(twoRates(WORSE, 0).logEvidence([seen])) >= 20);
 * ```
 * @see https://arxiv.org/abs/2106.02693
 */
export function twoRates(alternatives: readonly Alternative[], margin: number): TwoRates {
  const known = new Map<number, readonly Factors[]>();
  const factorsAt = (share: number): readonly Factors[] => {
    let factors = known.get(share);
    if (factors === undefined)
      known.set(share, (factors = alternatives.map(point => factorsOf(point, share, margin))));
    return factors;
  };
  const logWeights = alternatives.map(({ weight }) => Math.log(weight));
  /** Written anew each time: the question is asked after every answer. */
  const logs: number[] = new Array<number>(alternatives.length).fill(0);
  return {
    logEvidence: strata => {
      for (const [index, logWeight] of logWeights.entries()) logs[index] = logWeight;
      for (const { share, baseline, canary } of strata) {
        const factors = factorsAt(share);
        for (let index = 0; index < factors.length; index += 1) {
          const factor = factors[index];
          if (factor === undefined) continue;
          logs[index] =
            (logs[index] ?? 0) + gained(baseline, factor.baseline) + gained(canary, factor.canary);
        }
      }
      return logSum(logs);
    },
  };
}

/** By how much one answer multiplies the capital, as logarithms. */
interface Factor {
  readonly failed: number;
  readonly passed: number;
}

type Factors = Readonly<Record<KnownSide, Factor>>;

function gained({ answers, failed }: Rate, factor: Factor): number {
  const passed = answers - failed;
  // Nothing times the logarithm of nothing is nothing.
  return (failed === 0 ? 0 : failed * factor.failed) + (passed === 0 ? 0 : passed * factor.passed);
}

function factorsOf(point: Alternative, share: number, margin: number): Factors {
  const base = projection(point, share, margin);
  const far = base + margin;
  return {
    baseline: {
      failed: logRatio(point.baseline, base),
      passed: logRatio(1 - point.baseline, 1 - base),
    },
    canary: { failed: logRatio(point.canary, far), passed: logRatio(1 - point.canary, 1 - far) },
  };
}

/** Where the alternative has no mass there is no capital left, whatever the projection says. */
function logRatio(alternative: number, projected: number): number {
  return alternative <= 0 ? Number.NEGATIVE_INFINITY : Math.log(alternative / projected);
}

/**
 * The baseline rate `q` of the point `(q, q + margin)` that minimises
 * `(1 - share) KL(baseline, q) + share KL(canary, q + margin)`. Without a margin it is the mean of both.
 */
export function projection({ baseline, canary }: Alternative, share: number, margin: number): number {
  if (margin === 0) return (1 - share) * baseline + share * canary;
  const least = Math.max(0, -margin);
  let low = least;
  let high = Math.min(1, 1 - margin);
  // The derivative grows with q, and is infinite where one of the rates would become impossible.
  for (let step = 0; step < HALVINGS; step += 1) {
    const q = (low + high) / 2;
    if ((1 - share) * slope(baseline, q) + share * slope(canary, q + margin) > 0) high = q;
    else low = q;
  }
  // Where the least rate was never too low, it is the nearest: an alternative without failures has its baseline there.
  return low === least ? least : (low + high) / 2;
}

/** After so many the halves of an interval of reals are no longer told apart. */
const HALVINGS = 60;

/** The derivative of `KL(rate, q)` by `q`. */
function slope(rate: number, q: number): number {
  return (1 - rate) / (1 - q) - (rate === 0 ? 0 : rate / q);
}

/** `ln(sum of exp)` without overflow. */
export function logSum(logs: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > most) most = log;
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  return most + Math.log(sum);
}

/** The rate whose odds are so many times those of the other. */
function timesOdds(rate: number, times: number): number {
  return (rate * times) / (1 - rate + rate * times);
}

function worseAt(rates: readonly number[], odds: readonly number[]): readonly Alternative[] {
  const weight = 1 / (rates.length * odds.length);
  return rates.flatMap(baseline =>
    odds.map(times => ({ baseline, canary: timesOdds(baseline, times), weight })),
  );
}

/** Canaries that fail more often: from rare failures to common ones, twice the odds to 32 times. */
export const WORSE: readonly Alternative[] = worseAt([0.001, 0.003, 0.01, 0.03, 0.1, 0.3], [2, 4, 8, 32]);

/** The same where about as much is seen on one side of a threshold as on the other. */
export const SLOWER: readonly Alternative[] = worseAt([0.03, 0.1, 0.25, 0.5], [2, 5, 20]);

/** Half of the capital is on two sides that never fail, since that is what most releases are. */
export const ALIKE: readonly Alternative[] = [
  { baseline: 0, canary: 0, weight: 0.5 },
  ...[0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4].flatMap(rate => [
    { baseline: rate, canary: rate, weight: 0.05 },
    { baseline: rate, canary: rate / 4, weight: 0.15 / 7 },
  ]),
];
