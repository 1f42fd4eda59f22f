/**
 * Rule B: whether the canary fails more often than the baseline, over all operations and at each of them. Most of
 * the capital is on the whole, the rest divided evenly among the operations, so that one broken operation of many is found
 * and named. Pure.
 */
import type { Answer, AnswerCounts, KnownSide } from './answer.ts';
import { newStrata, type Strata } from './strata.ts';
import { ALIKE, logSum, type Rate, type Stratum, type TwoRates, twoRates, WORSE } from './two-rates.ts';

export interface FailureRates {
  readonly observe: (answer: Answer, share: number) => void;
  readonly observeCounts: (counts: AnswerCounts, share: number) => void;
  /** `ln E` against "the canary fails no more often, whatever the operation". */
  readonly logWorse: () => number;
  /** The same of one operation alone. */
  readonly logWorseAt: (operation: string) => number;
  /** `ln E` against "the canary fails more often by the margin or more": enough of it allows a promotion. */
  readonly logAlike: () => number;
  /** The least difference of rates that is excluded at this level, whenever one looks; 1 when none is. */
  readonly upperBound: (alpha: number) => number;
  /** What a promotion stands on, by share. */
  readonly strata: () => readonly Stratum[];
  readonly total: (side: KnownSide) => Rate;
  readonly at: (operation: string, side: KnownSide) => Rate;
  /** Operations that are worse at this false discovery rate (e-BH), the worst first. */
  readonly blamed: (alpha: number) => readonly string[];
}

/** Of the capital; the rest is on the operations, each alike. */
export const ON_THE_WHOLE = 0.7;

/**
 * @param operations - all that are tested: capital is on each of them from the beginning
 * @param margin - how much more often a canary may fail and still be promoted
 */
export function newFailureRates(operations: readonly string[], margin: number): FailureRates {
  const worse = twoRates(WORSE, 0);
  const alike = twoRates(ALIKE, margin);
  const whole = newStrata();
  /** What a promotion stands on: traffic of others is only held against 5xx, so it may not speak for the contract. */
  const asked = newStrata();
  const traffic = newStrata();
  const byOperation = new Map(operations.map(operation => [operation, newStrata()]));
  const logs = new Map<string, number>();
  const add = (operation: string | undefined, share: number, side: KnownSide, rate: Rate): void => {
    whole.add(share, side, rate.answers, rate.failed);
    if (operation === undefined) return;
    byOperation.get(operation)?.add(share, side, rate.answers, rate.failed);
    logs.delete(operation);
  };
  const logWorseAt = (operation: string): number => {
    let log = logs.get(operation);
    if (log === undefined) {
      log = worse.logEvidence(byOperation.get(operation)?.all() ?? []);
      logs.set(operation, log);
    }
    return log;
  };
  const forPromotion = (): Strata => (asked.all().length > 0 ? asked : traffic);
  return {
    observe: ({ source, side, operation, failed }, share) => {
      if (side === 'unknown' || source === 'sequences') return;
      const rate = { answers: 1, failed: failed ? 1 : 0 };
      (source === 'cases' ? asked : traffic).add(share, side, rate.answers, rate.failed);
      add(operation, share, side, rate);
    },
    observeCounts: ({ side, operation, answers, failed }, share) => {
      traffic.add(share, side, answers, failed);
      add(operation, share, side, { answers, failed });
    },
    logWorse: () => {
      const overall = worse.logEvidence(whole.all());
      if (operations.length === 0) return overall;
      const each = Math.log((1 - ON_THE_WHOLE) / operations.length);
      return logSum([
        overall + Math.log(ON_THE_WHOLE),
        ...operations.map(operation => each + logWorseAt(operation)),
      ]);
    },
    logWorseAt,
    logAlike: () => alike.logEvidence(forPromotion().all()),
    upperBound: alpha => upperBound(forPromotion().all(), alpha),
    strata: () => forPromotion().all(),
    total: side => whole.total(side),
    at: (operation, side) => byOperation.get(operation)?.total(side) ?? NONE,
    blamed: alpha => discoveries(new Map(operations.map(one => [one, logWorseAt(one)])), alpha),
  };
}

const NONE: Rate = { answers: 0, failed: 0 };

/** Differences closer than this are told alike. */
const FINE = 1e-4;

/**
 * The anytime upper bound on `canary - baseline`: every difference from there on is excluded by its own test.
 *
 * @see https://arxiv.org/abs/2203.09785
 */
export function upperBound(strata: readonly Stratum[], alpha: number): number {
  const excluded = (difference: number): boolean => excludes(twoRates(ALIKE, difference), strata, alpha);
  let low = 0;
  let high = 1 - FINE;
  if (!excluded(high)) return 1;
  while (high - low > FINE) {
    const middle = (low + high) / 2;
    if (excluded(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function excludes(test: TwoRates, strata: readonly Stratum[], alpha: number): boolean {
  return test.logEvidence(strata) >= -Math.log(alpha);
}

/**
 * The e-BH procedure: the k largest e-values, for the largest k whose k-th is at least `n / (k alpha)`.
 *
 * @see https://arxiv.org/abs/2009.02824
 */
export function discoveries(logs: ReadonlyMap<string, number>, alpha: number): readonly string[] {
  const sorted = [...logs].toSorted(([, a], [, b]) => b - a);
  const enough = sorted.findLastIndex(([, log], index) => log >= Math.log(logs.size / ((index + 1) * alpha)));
  return sorted.slice(0, enough + 1).map(([name]) => name);
}
