/** The counts of a run while it goes on, and what the listeners are told of each case and operation. */
import { isAccepted } from '../contract/exchange.ts';
import type { Case, Skipped, SkipReason } from '../contract/plan/cases/case.ts';
import type { Progress } from './case-queue.ts';
import type { CaseOutcome, Listener, NotJudged, RunSummary } from './events.ts';
import { type Counts, verdictOf } from './verdict.ts';

export interface Tally {
  readonly tell: Listener;
  readonly finished: (planned: Case, outcome: CaseOutcome, progress: Progress) => void;
  readonly planEnded: (progress: Progress) => void;
  /** A case that was not made, beside those that an operation's plan tells itself. */
  readonly skip: (reason: SkipReason, what: string, progress: Progress | undefined) => void;
  /** Nothing more will come of an operation that was held open. */
  readonly release: (progress: Progress) => void;
  readonly end: (
    rest: Pick<Counts, 'operations' | 'leftOut' | 'stopped' | 'unreadable' | 'cleanUp' | 'ms'>,
    /** A base path of the documents' that the address does not have. */
    lacking: string | undefined,
  ) => RunSummary;
}

/** Counts from nothing. */
export function newTally(listeners: readonly Listener[]): Tally {
  let cases = 0;
  let passed = 0;
  let failed = 0;
  let unanswered = 0;
  let accepted = 0;
  let positive = 0;
  let failures = 0;
  let warnings = 0;
  let flaky = 0;
  let known = 0;
  const notJudged = new Map<NotJudged, number>();
  const skipped = new Map<SkipReason, Skipped>();
  const tell: Listener = event => {
    for (const listener of listeners) listener(event);
  };

  const endOperation = (progress: Progress): void => {
    if (!progress.ended || progress.open > 0) return;
    tell({
      kind: 'operation-finished',
      operation: progress.operation,
      cases: progress.cases,
      failed: progress.failed,
      skipped: progress.skipped,
    });
  };

  return {
    tell,
    finished: (planned, outcome, progress) => {
      cases += 1;
      progress.open -= 1;
      if (planned.expectation === 'accepted') {
        positive += 1;
        if (outcome.kind !== 'unanswered' && isAccepted(outcome.exchange)) accepted += 1;
      }
      switch (outcome.kind) {
        case 'passed':
          passed += 1;
          break;
        case 'failed': {
          const errors = outcome.failures.filter(({ severity }) => severity === 'error').length;
          const excused = outcome.failures.filter(failure => failure.known?.expired === false).length;
          failures += errors;
          known += excused;
          warnings += outcome.failures.length - errors - excused;
          if (outcome.flaky === true) flaky += 1;
          if (errors > 0) {
            failed += 1;
            progress.failed += 1;
          } else passed += 1;
          break;
        }
        case 'not-judged':
          notJudged.set(outcome.reason, (notJudged.get(outcome.reason) ?? 0) + 1);
          break;
        case 'unanswered':
          unanswered += 1;
          break;
      }
      tell({ kind: 'case-finished', case: planned, outcome });
      endOperation(progress);
    },
    planEnded: progress => {
      progress.ended = true;
      for (const one of progress.skipped) skipped.set(one.reason, together(skipped.get(one.reason), one));
      endOperation(progress);
    },
    skip: (reason, what, progress) => {
      const one: Skipped = { reason, count: 1, examples: [what] };
      skipped.set(reason, together(skipped.get(reason), one));
      if (progress === undefined) return;
      const others = progress.skipped.filter(known => known.reason !== reason);
      const known = progress.skipped.find(candidate => candidate.reason === reason);
      progress.skipped = [...others, together(known, one)];
    },
    release: progress => {
      progress.open -= 1;
      endOperation(progress);
    },
    end: (rest, lacking) => {
      const counts: Counts = {
        ...rest,
        cases,
        passed,
        failed,
        notJudged,
        unanswered,
        accepted,
        positive,
        failures,
        warnings,
        flaky,
        known,
        skipped: [...skipped.values()],
      };
      const summary: RunSummary = { ...counts, ...verdictOf(counts, lacking) };
      tell({ kind: 'run-finished', summary });
      return summary;
    },
  };
}

/** Words kept of each reason. */
const EXAMPLES_KEPT = 3;

function together(known: Skipped | undefined, more: Skipped): Skipped {
  if (known === undefined) return more;
  const examples = [...known.examples, ...more.examples].slice(0, EXAMPLES_KEPT);
  return { reason: more.reason, count: known.count + more.count, examples };
}
