/** What a check of a canary tells while it goes on, and what it comes to. Types only. */
import type { KnownSide } from './answer.ts';
import type { Trial } from './breaks.ts';
import type { ClauseFindings } from './canary-findings.ts';
import type { Decision, Outlook } from './decision.ts';
import type { Evidence } from './evidence.ts';

export type CanaryEvent = CanaryStarted | CanaryProgress | TrialSettled | CanaryFinished;

/** A listener. It must not throw, and nobody waits for it. */
export type CanaryListener = (event: CanaryEvent) => void;

export interface CanaryStarted {
  readonly kind: 'canary-started';
  readonly baseUrl: string;
  readonly documents: readonly string[];
  readonly operations: number;
  readonly cases: number;
  readonly share: number;
  readonly needed: EvidenceNeeded;
  readonly deployments?: Readonly<Record<KnownSide, string>>;
}

/** After each handful of answers. */
export interface CanaryProgress {
  readonly kind: 'canary-progress';
  readonly point: EvidencePoint;
  /** Milliseconds since the start. */
  readonly ms: number;
}

/** A break of the canary was repeated until it was clear what it is. */
export interface TrialSettled {
  readonly kind: 'trial-settled';
  readonly trial: Trial;
}

export interface CanaryFinished {
  readonly kind: 'canary-finished';
  readonly check: CanaryCheck;
}

/** Evidence at one moment: natural logarithms of e-values beside what each must reach. */
export interface EvidencePoint {
  /** Answers so far, by side; repeats included. */
  readonly baseline: number;
  readonly canary: number;
  readonly unknown: number;
  /** Canary fails more often. */
  readonly worse: number;
  /** Canary is slower; undefined where latency is not judged. */
  readonly slower: number | undefined;
  /** Canary is no worse than the margin. */
  readonly alike: number;
}

/** Natural logarithms of what the e-values must reach. */
export interface EvidenceNeeded {
  readonly worse: number;
  readonly slower: number;
  readonly alike: number;
}

/** Everything a report is made of. */
export interface CanaryCheck {
  readonly decision: Decision;
  readonly baseUrl: string;
  readonly documents: readonly string[];
  readonly deployments: Readonly<Record<KnownSide, string>> | undefined;
  readonly evidence: Evidence;
  readonly needed: EvidenceNeeded;
  readonly curve: readonly EvidencePoint[];
  readonly findings: readonly ClauseFindings[];
  /** Requests that were sent by us, repeats included. */
  readonly requests: number;
  readonly repeats: number;
  readonly unanswered: number;
  /** Requests of others that logs or counters told of. */
  readonly traffic: number;
  /** What was not sent or not counted, and why, a sentence each. */
  readonly leftOut: readonly string[];
  readonly outlook: Outlook;
  /** What would have changed the decision, a sentence each. */
  readonly otherwise: readonly string[];
  readonly requestsPerMinute: number | undefined;
  readonly ms: number;
}
