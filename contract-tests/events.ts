/** What a run tells while it goes on. Reporters hear these and know nothing else of the run. Types only. */
import type { Failure } from '../contract/checks/check.ts';
import type { Exchange } from '../contract/exchange.ts';
import type { Doubt } from '../contract/judge.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Case, Skipped } from '../contract/plan/cases/case.ts';
import type { Unremovable } from '../contract/sequences/made.ts';
import type { Trouble } from './transport/trouble.ts';

export type RunEvent = RunStarted | CaseFinished | OperationFinished | RunFinished;

/** A listener. It must not throw, and nobody waits for it. */
export type Listener = (event: RunEvent) => void;

export interface TestedContract {
  /** What people call its document. */
  readonly name: string;
  readonly contract: Contract;
}

export interface RunStarted {
  readonly kind: 'run-started';
  readonly baseUrl: string;
  readonly contracts: readonly TestedContract[];
  /** Operations that will be tested, after selection. */
  readonly operations: number;
  readonly seed: number;
  readonly depth: string;
}

export interface CaseFinished {
  readonly kind: 'case-finished';
  readonly case: Case;
  readonly outcome: CaseOutcome;
}

/** Passed, failed or not judged. A case that was not judged may still have had its answer held against the document. */
export type CaseOutcome =
  | { readonly kind: 'passed'; readonly exchange: Exchange }
  | FailedOutcome
  | { readonly kind: 'not-judged'; readonly reason: NotJudged; readonly exchange: Exchange }
  | { readonly kind: 'unanswered'; readonly trouble: Trouble };

export interface FailedOutcome {
  readonly kind: 'failed';
  readonly exchange: Exchange;
  readonly failures: readonly ToldFailure[];
  /** Sent again, the case passed. */
  readonly flaky?: true;
}

export interface ToldFailure extends Failure {
  /** Set when somebody has accepted it: it is a warning then, until the day has passed. */
  readonly known?: KnownBreak;
}

/** Why a break is accepted, and until when. */
export interface KnownBreak {
  readonly reason: string;
  /** The last day on which it is, as `2026-12-31`. */
  readonly expires: string;
  /** That day has passed, so it counts again. */
  readonly expired: boolean;
}

/**
 * Beside what the answer itself leaves in doubt:
 *
 * - `changed-by-hook`: `beforeCase` took away what a negative case gets wrong
 * - `stateless`: the answer shows something only where the server keeps what it is told, which it has not shown to do
 */
export type NotJudged = Doubt | 'changed-by-hook' | 'stateless';

export interface OperationFinished {
  readonly kind: 'operation-finished';
  readonly operation: Operation;
  readonly cases: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}

export interface RunFinished {
  readonly kind: 'run-finished';
  readonly summary: RunSummary;
}

/**
 * Why something stays that a case made; beside what no request can be made for:
 *
 * - `refused`: DELETE was answered, but not with a success
 * - `unanswered`: DELETE was not answered, or there was nobody left to send it to, or no time
 */
export type LeftReason = Unremovable | 'refused' | 'unanswered';

export interface LeftBehind {
  readonly reason: LeftReason;
  readonly count: number;
  /** The first of them in words: the DELETE, or the case that made it where there is none. */
  readonly examples: readonly string[];
}

export interface CleanUpSummary {
  /** Things that single cases made and that are gone. */
  readonly removed: number;
  readonly left: readonly LeftBehind[];
}

export type Verdict = 'kept' | 'broken' | 'inconclusive';

/** The counts of a run and what they come to. */
export interface RunSummary {
  readonly verdict: Verdict;
  /** Why a run is inconclusive, one sentence. */
  readonly reason: string | undefined;
  readonly operations: number;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly notJudged: ReadonlyMap<NotJudged, number>;
  readonly unanswered: number;
  /** Operations of the documents that were not chosen, so that nothing was asked about them. */
  readonly leftOut: number;
  /** Parts of the documents that could not be read, so that nothing could be asked about them. */
  readonly unreadable: number;
  /** Positive cases that the server took. */
  readonly accepted: number;
  readonly positive: number;
  readonly failures: number;
  readonly warnings: number;
  /** Cases that failed and passed when they were sent again. */
  readonly flaky: number;
  /** Failures that are accepted for now; they are no warnings. */
  readonly known: number;
  readonly skipped: readonly Skipped[];
  /** What became of the things that single cases made; undefined where nothing was removed because nobody wanted it. */
  readonly cleanUp: CleanUpSummary | undefined;
  /** Set when the run ended before its cases did. */
  readonly stopped: 'interrupted' | 'unreachable' | 'credentials' | 'time' | 'hook-failed' | undefined;
  readonly ms: number;
}
