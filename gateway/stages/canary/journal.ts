/**
 * What a ramp writes down before it does anything: how the stage was found, and what is about to be done to it. Whoever
 * comes after a run that was killed holds the last word against the stage and knows where to go on, since each change is
 * either made or not, and nothing else may have been.
 */
import type { Release } from './release.ts';

export interface Journal {
  readonly version: 1;
  /** Of the run that wrote it. */
  readonly run: string;
  readonly document: string;
  /** The stage's name in the configuration, and at the service. */
  readonly stage: string;
  readonly apiId: string;
  readonly stageName: string;
  /** As the first run found the stage, canary included: what a rollback and an undone promotion go back to. */
  readonly before: Release;
  /** Percentages, each judged before the next. */
  readonly steps: readonly number[];
  readonly ending: Ending;
  readonly phase: Phase;
  /** Breaks that production had as well as the canary, so that they are no news after a promotion. */
  readonly known: readonly string[];
  /** ISO 8601, of the first and of the last word. */
  readonly began: string;
  readonly changed: string;
}

/** What follows the last step. */
export type Ending = 'promote' | 'hold';

/**
 * What the run is about to do, or waits for:
 *
 * - `moving`: the canary is to get the percentage of a step; `judging`: it has it, and is looked at
 * - `promoting`, `confirming`: production is to be the canary, and then is asked once more; `ending`: what is left of it goes
 * - `rolling-back`: the canary is to go; `undoing`: production is to be again what it was
 * - `restoring`: nothing was decided, so the canary is to get the percentage that it was found with
 */
export type Phase =
  | { readonly kind: 'begun' | 'confirming' | 'ending' }
  | { readonly kind: 'moving' | 'judging'; readonly step: number }
  | { readonly kind: 'promoting' | 'rolling-back' | 'undoing' | 'restoring'; readonly reason: string }
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly reason: string };

/** How a ramp ended. `undone`: promoted, found broken there, and taken back. */
export type Outcome = 'promoted' | 'held' | 'rolled-back' | 'undone' | 'inconclusive';

/** Where journals are kept: written whole or not at all. */
export interface JournalStore {
  readonly read: () => Journal | undefined;
  readonly write: (journal: Journal) => void;
}
