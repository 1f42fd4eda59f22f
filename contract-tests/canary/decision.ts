/** What is decided about a canary, and on what. Types and the words for them. */
import type { Trial } from './breaks.ts';

export type Decision = Promote | RollBack | Inconclusive;

/** As good as the baseline, up to the margin, and everything was asked often enough. */
export interface Promote {
  readonly kind: 'promote';
  readonly reason: string;
}

export interface RollBack {
  readonly kind: 'rollback';
  readonly because: RollBackReason;
  readonly reason: string;
  /** Operations that are worse by themselves; none when only the whole is. */
  readonly operations: readonly string[];
  /** Of a break: how it was found. */
  readonly trial?: Trial;
}

/**
 * - `break`: a clause fails each time on the canary and never on the baseline
 * - `failure-rate`: the canary fails more often
 * - `latency`: it takes longer than is tolerated
 * - `latency-budget`: more of its answers are over the limit than the budget allows, and not of the baseline's
 */
export type RollBackReason = 'break' | 'failure-rate' | 'latency' | 'latency-budget';

/** Neither: the canary stays as it is. */
export interface Inconclusive {
  readonly kind: 'inconclusive';
  readonly because: InconclusiveReason;
  readonly reason: string;
  /** What it would still take; undefined where more of the same would not help. */
  readonly takes?: Outlook;
}

/**
 * - `time`, `requests`: the limit was reached before there was enough evidence for either
 * - `no-canary`, `no-baseline`: the stage sends all of its traffic to the other side
 * - `share`: the answers by side do not fit the share that the stage is set to, as when a canary gets no traffic
 * - `attribution`: too many answers do not say which side gave them
 * - `unreachable`: the stage no longer answers
 * - `credentials`: the stage refuses credentials that it took before
 * - `stage-changed`: somebody changed the stage meanwhile
 * - `interrupted`: the person did not want to wait
 * - `nothing-to-send`: no case was chosen, and there is no traffic
 */
export type InconclusiveReason =
  | 'time'
  | 'requests'
  | 'no-canary'
  | 'no-baseline'
  | 'share'
  | 'attribution'
  | 'unreachable'
  | 'credentials'
  | 'stage-changed'
  | 'interrupted'
  | 'nothing-to-send';

/** What is still missing for a promotion, if the sides go on as they did. */
export interface Outlook {
  /** What lacks, a sentence each. */
  readonly lacks: readonly string[];
  /** Answers of the canary; undefined when the sides differ so that no number of them would do. */
  readonly canaryAnswers: number | undefined;
  /** Requests that it takes until the canary has given so many. */
  readonly requests: number | undefined;
  /** At the rate at which requests were sent so far. */
  readonly minutes?: number;
}
