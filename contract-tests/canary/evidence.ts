/** What the judge may be told and what it knows at one moment; decisions and reports are made of it. Types only. */
import type { AlphaSplit } from './alpha-split.ts';
import type { Side } from './answer.ts';
import type { Breaks } from './breaks.ts';
import type { CaseCoverage } from './case-coverage.ts';
import type { FailureRates } from './failure-rates.ts';
import type { Latency } from './latency.ts';
import type { BudgetRule, LatencyBudget } from './latency-budget.ts';

export interface JudgeOptions {
  /** The cases to be sent, by operation. An operation without any is judged by traffic alone. */
  readonly cases: ReadonlyMap<string, readonly string[]>;
  /** The part of the traffic that the canary is to get, above 0 and below 1. */
  readonly share: number;
  /** Sequences are sent too, and a promotion waits for three answers of the canary to each of their steps. Default: false. */
  readonly sequences?: boolean;
  /** Healthy canaries rolled back at the most, whichever rule does it and however often one looks. Default: 0.05. */
  readonly alpha?: number;
  /** Canaries worse than the margin that are promoted at the most. Default: as `alpha`. */
  readonly promoteAlpha?: number;
  /** How much more often a canary may fail and still be promoted. Default: 0.01. */
  readonly margin?: number;
  /** How often a break must come again on the canary. Default: 3. */
  readonly repeats?: number;
  /** Judged answers that each operation must have from each side before a promotion. Default: 5. */
  readonly minimumAnswers?: number;
  /** A promotion waits until the canary has answered every case. Default: true. */
  readonly everyCase?: boolean;
  readonly latency?: LatencyOptions | false;
  /** The part of all answers that may be unknown in a promotion. Default: 0.05. */
  readonly unknownLimit?: number;
}

export interface LatencyOptions {
  /** 0.1: a tenth more is not slower. Default: 0.1. */
  readonly tolerance?: number;
  /** Answers of each side to a case before it is compared. Default: 1. */
  readonly warmUp?: number;
  /** Compared answers of the canary before a promotion. Default: 100, or none where a case is sent too rarely. */
  readonly minimumAnswers?: number;
  readonly budget?: LatencyBudget;
}

export type JudgeSettings = Required<
  Omit<JudgeOptions, 'cases' | 'share' | 'sequences' | 'alpha' | 'promoteAlpha' | 'latency'>
> & {
  readonly alpha: AlphaSplit;
  readonly latency: (Required<Omit<LatencyOptions, 'budget'>> & Pick<LatencyOptions, 'budget'>) | undefined;
};

/** What is known at one moment; what decisions and reports are made of. */
export interface Evidence {
  readonly settings: JudgeSettings;
  readonly share: number;
  readonly operations: readonly string[];
  readonly rates: FailureRates;
  readonly latency: Latency | undefined;
  readonly budget: BudgetRule | undefined;
  readonly breaks: Breaks;
  readonly coverage: CaseCoverage;
  /** Rounds of sequences, and how many a promotion waits for. */
  readonly sequences: { readonly sent: number; readonly wanted: number };
  /** All answers by side, those to repeated cases included. */
  readonly bySide: Readonly<Record<Side, number>>;
  /** `ln E` against "the sides get what the stage is set to". */
  readonly logOtherShare: () => number;
}
