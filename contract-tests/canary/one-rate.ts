/**
 * Evidence about one rate against a number, valid however often one looks: whether more answers are slow than a budget
 * allows, and whether the canary gets the share of the traffic that it should. Likelihood ratios mixed over a few points
 * (Robbins 1970). Pure.
 */
import { logSum, type Rate } from './two-rates.ts';

/** A rate that somebody bets on, and the part of the capital that does. */
export interface RatePoint {
  readonly rate: number;
  readonly weight: number;
}

/** `ln E` against the rate `limit`. When all points lie above it, everything below is covered too. */
export function logEvidenceOfRate(
  { answers, failed }: Rate,
  limit: number,
  points: readonly RatePoint[],
): number {
  const passed = answers - failed;
  return logSum(
    points.map(
      ({ rate, weight }) =>
        Math.log(weight) + times(failed, rate, limit) + times(passed, 1 - rate, 1 - limit),
    ),
  );
}

function times(count: number, rate: number, limit: number): number {
  return count === 0 ? 0 : count * Math.log(rate / limit);
}

/** Rates above the limit, at odds from half as much again to fifty times. */
export function above(limit: number): readonly RatePoint[] {
  const odds = [1.5, 2.5, 5, 15, 50];
  return odds.map(one => ({ rate: (limit * one) / (1 - limit + limit * one), weight: 1 / odds.length }));
}

/**
 * Whether the counts by side fit the share that the canary should get: `ln E` against "each answer comes from the canary
 * with probability `share`". A fifth of the capital is on a canary that gets nothing.
 */
export function logEvidenceOfOtherShare(canary: number, all: number, share: number): number {
  const odds = [0.02, 0.2, 0.5, 0.8, 1.25, 2, 5, 50];
  const points = odds.map(one => ({
    rate: (share * one) / (1 - share + share * one),
    weight: 0.8 / odds.length,
  }));
  return logEvidenceOfRate({ answers: all, failed: canary }, share, [{ rate: 0, weight: 0.2 }, ...points]);
}
