/** What was found at one operation, with the same failure of many cases told once. */
import type { Exchange } from '../contract/exchange.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { FailedOutcome, ToldFailure } from './events.ts';

/** A failure, the first case that had it and how many had. */
export interface Group<Kept> {
  readonly failure: ToldFailure;
  readonly first: Case;
  readonly flaky: boolean;
  count: number;
  /** The names of the first of the other cases. */
  readonly others: string[];
  /** What the reporter keeps of the exchange, which may be too large to be kept whole. */
  readonly kept: Kept;
}

export interface Findings<Kept = undefined> {
  readonly groups: Map<string, Group<Kept>>;
  readonly unanswered: { readonly case: Case; readonly message: string }[];
}

/** Names kept of each group. */
const MOST_NAMED = 20;

export function newFindings<Kept = undefined>(): Findings<Kept> {
  return { groups: new Map(), unanswered: [] };
}

/** Adds the failures of a case. */
export function addFailures<Kept>(
  { groups }: Findings<Kept>,
  outcome: FailedOutcome,
  keep: (exchange: Exchange) => Kept,
): void {
  const { exchange, failures } = outcome;
  const { case: tested } = exchange;
  const flaky = outcome.flaky === true;
  for (const failure of failures) {
    // Every one of these is another rule that is not enforced, although the answer is the same.
    const what = failure.check === 'invalid-accepted' ? tested.id : failure.received;
    const excused = `${flaky} ${failure.known?.reason ?? ''}`;
    const key = `${failure.check}\n${what}\n${failure.source.pointer}\n${excused}`;
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, { failure, first: tested, flaky, count: 1, others: [], kept: keep(exchange) });
      continue;
    }
    known.count += 1;
    if (known.others.length < MOST_NAMED) known.others.push(tested.name);
  }
}

/** Errors before warnings, and one of each check first: nobody should see one check five times and another never. */
export function oneOfEachFirst<Kept>({ groups }: Findings<Kept>): readonly Group<Kept>[] {
  const seen = new Set<string>();
  const firsts = [...groups.values()].filter(({ failure: { check } }) => !seen.has(check) && seen.add(check));
  const rest = [...groups.values()].filter(group => !firsts.includes(group));
  return [...firsts, ...rest].toSorted((a, b) => rank(a.failure) - rank(b.failure));
}

function rank({ severity, known }: ToldFailure): number {
  if (severity === 'error') return 0;
  return known === undefined ? 1 : 2;
}
