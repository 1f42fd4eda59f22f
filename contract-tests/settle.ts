/**
 * What becomes of a failed case before it is told: it is held against the breaks that are known, and sent again, since
 * a failure that does not come twice is another kind of trouble. Knows nothing of plans and of reporters.
 */
import type { Failure } from '../contract/checks/check.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { CaseOutcome, FailedOutcome, KnownBreak, ToldFailure } from './events.ts';

export interface SettleOptions {
  /** How often a failed case is sent again before its failures count. Default: 0. */
  readonly retries?: number;
  /** What a failure that did not come again is: `warn` tells it, `fail` breaks the contract. Default: `warn`. */
  readonly flaky?: 'warn' | 'fail';
  /** Also repeat requests that may change something. Default: false. */
  readonly repeatWrites?: boolean;
  /** Says whether a failure is known and accepted for now. */
  readonly known?: (tested: Case, failure: Failure) => KnownBreak | undefined;
}

/**
 * A second DELETE asks another question than the first, and so may a second PUT: only what reads is the same case
 * when it is sent again.
 */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * The outcome as it is told.
 *
 * @param again - sends the case once more; undefined when nothing came back
 */
export async function settle(
  first: FailedOutcome,
  again: () => Promise<CaseOutcome | undefined>,
  options: SettleOptions,
): Promise<CaseOutcome> {
  const outcome = acceptKnown(first, options.known);
  const { retries = 0, flaky = 'warn', repeatWrites = false } = options;
  if (!outcome.failures.some(({ severity }) => severity === 'error')) return outcome;
  if (!isRepeatable(outcome, repeatWrites)) return outcome;
  for (let left = retries; left > 0; left -= 1) {
    const next = await again();
    if (next === undefined || !isClean(next)) continue;
    // Whatever it is called, it is told: an answer did break the document.
    const failures =
      flaky === 'fail'
        ? outcome.failures
        : outcome.failures.map((failure): ToldFailure => ({ ...failure, severity: 'warning' }));
    return { ...outcome, failures, flaky: true };
  }
  return outcome;
}

/** What the kind of stage cannot be asked is no failure either; a refusal of ours says nothing about the answer before. */
function isClean(outcome: CaseOutcome): boolean {
  if (outcome.kind === 'passed') return true;
  if (outcome.kind !== 'not-judged') return false;
  return outcome.reason === 'stage-cannot-refuse' || outcome.reason === 'stage-cannot-accept';
}

/** What a step of a sequence writes, the next steps stand on, so it is written once. */
function isRepeatable({ exchange }: FailedOutcome, repeatWrites: boolean): boolean {
  if (REPEATABLE.has(exchange.case.request.method)) return true;
  return repeatWrites && exchange.case.step === undefined;
}

function acceptKnown(outcome: FailedOutcome, known: SettleOptions['known']): FailedOutcome {
  if (known === undefined) return outcome;
  const failures = outcome.failures.map((failure): ToldFailure => {
    const entry = known(outcome.exchange.case, failure);
    if (entry === undefined) return failure;
    return entry.expired ? { ...failure, known: entry } : { ...failure, severity: 'warning', known: entry };
  });
  return { ...outcome, failures };
}
