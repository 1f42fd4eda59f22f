/** What was found at one operation, with the same failure of many cases told once. */

import type { Exchange } from '../contract/exchange.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { FailedOutcome, ToldFailure } from './events.ts';

/** A failure, the first case that had it and how many had. */
export interface Group {
  readonly failure: ToldFailure;
  readonly exchange: Exchange;
  readonly flaky: boolean;
  count: number;
}

export interface Findings {
  readonly groups: Map<string, Group>;
  readonly unanswered: { readonly case: Case; readonly message: string }[];
}

export function newFindings(): Findings {
  return { groups: new Map(), unanswered: [] };
}

/** Adds the failures of a case. */
export function addFailures({ groups }: Findings, outcome: FailedOutcome): void {
  const { exchange, failures } = outcome;
  const flaky = outcome.flaky === true;
  for (const failure of failures) {
    // Every one of these is another rule that is not enforced, although the answer is the same.
    const what = failure.check === 'invalid-accepted' ? exchange.case.id : failure.received;
    const excused = `${flaky} ${failure.known?.reason ?? ''}`;
    const key = `${failure.check}\n${what}\n${failure.source.pointer}\n${excused}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { failure, exchange, flaky, count: 1 });
    else known.count += 1;
  }
}

/** Errors before warnings, and one of each check first: nobody should see one check five times and another never. */
export function oneOfEachFirst({ groups }: Findings): readonly Group[] {
  const ordered = [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
  const seen = new Set<string>();
  const firsts = ordered.filter(({ failure: { check } }) => !seen.has(check) && seen.add(check));
  const rest = ordered.filter(group => !firsts.includes(group));
  return [...firsts, ...rest].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ failure }: Group): number {
  if (failure.severity === 'error') return 0;
  return failure.known === undefined ? 1 : 2;
}
