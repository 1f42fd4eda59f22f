/**
 * Rule C with a budget: at most so large a part of the answers may take longer than a limit. It is held against each
 * side by itself; what the baseline exceeds too is known, and not the canary's doing. Pure.
 */
import type { Answer, KnownSide } from './answer.ts';
import { above, logEvidenceOfRate } from './one-rate.ts';
import type { Rate } from './two-rates.ts';

export interface LatencyBudget {
  /** Milliseconds. */
  readonly limitMs: number;
  /** The part of the answers that may take longer: 0.01 for a 99th percentile. */
  readonly share: number;
}

export interface BudgetRule {
  readonly observe: (answer: Answer) => void;
  /** `ln E` against "no larger part is over the limit". */
  readonly logExceeded: (side: KnownSide) => number;
  readonly over: (side: KnownSide) => Rate;
}

export function newBudgetRule({ limitMs, share }: LatencyBudget): BudgetRule {
  const points = above(share);
  const counts = { baseline: { answers: 0, failed: 0 }, canary: { answers: 0, failed: 0 } };
  return {
    observe: ({ side, ms }) => {
      if (side === 'unknown' || ms === undefined) return;
      counts[side].answers += 1;
      if (ms > limitMs) counts[side].failed += 1;
    },
    logExceeded: side => logEvidenceOfRate(counts[side], share, points),
    over: side => ({ ...counts[side] }),
  };
}
