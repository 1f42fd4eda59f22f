/** Counts what passed by, tells listeners of each exchange as a run would, and comes to a verdict in the end. */
import { isAccepted } from '../../contract/exchange.ts';
import type { Operation } from '../../contract/model.ts';
import type {
  CaseOutcome,
  Listener,
  NotJudged,
  RunSummary,
  TestedContract,
} from '../../contract-tests/events.ts';
import { plural } from '../../contract-tests/summary-text.ts';
import type { Counts } from '../../contract-tests/verdict.ts';
import { exchangeOf, type PassedRequest } from './traffic-exchange.ts';

/** What becomes of traffic beside being judged; each is a count of the last line. */
export type Aside =
  /** The request broke the document. */
  | 'invalid'
  /** No operation of the document. */
  | 'undocumented'
  /** Answered by the mock in the server's place. */
  | 'mocked'
  /** Passed on without a look: too large, or endless. */
  | 'unchecked'
  /** Kept from passing on, because it broke the document. */
  | 'refused';

export interface Tally {
  readonly aside: (aside: Aside) => void;
  readonly finished: (operation: Operation, outcome: CaseOutcome) => void;
  readonly unanswered: (passed: PassedRequest, message: string) => void;
  /** Tells the listeners that it is over. */
  readonly end: () => RunSummary;
  /** What the summary of a run has no word for: `2 invalid requests; 1 answered by the mock`; empty for nothing. */
  readonly asides: () => string;
  readonly counts: () => Readonly<Record<Aside, number>>;
}

export function newTally(
  contracts: readonly TestedContract[],
  baseUrl: string,
  listeners: readonly Listener[],
): Tally {
  const started = performance.now();
  const asides: Record<Aside, number> = { invalid: 0, undocumented: 0, mocked: 0, unchecked: 0, refused: 0 };
  const operations = new Set<Operation>();
  const notJudged = new Map<NotJudged, number>();
  const count = {
    cases: 0,
    passed: 0,
    failed: 0,
    unanswered: 0,
    accepted: 0,
    positive: 0,
    failures: 0,
    warnings: 0,
  };
  const tell: Listener = event => {
    for (const listener of listeners) listener(event);
  };
  tell({
    kind: 'run-started',
    baseUrl,
    contracts,
    operations: contracts.reduce((sum, { contract }) => sum + contract.operations.length, 0),
    seed: 0,
    depth: 'traffic',
  });

  const finished: Tally['finished'] = (operation, outcome) => {
    operations.add(operation);
    count.cases += 1;
    const tested = outcome.kind === 'unanswered' ? undefined : outcome.exchange.case;
    if (tested?.intent === 'positive') {
      count.positive += 1;
      if (outcome.kind !== 'unanswered' && isAccepted(outcome.exchange)) count.accepted += 1;
    }
    switch (outcome.kind) {
      case 'passed':
        count.passed += 1;
        break;
      case 'failed': {
        const errors = outcome.failures.filter(({ severity }) => severity === 'error').length;
        count.failures += errors;
        count.warnings += outcome.failures.length - errors;
        if (errors > 0) count.failed += 1;
        else count.passed += 1;
        break;
      }
      case 'not-judged':
        notJudged.set(outcome.reason, (notJudged.get(outcome.reason) ?? 0) + 1);
        break;
      case 'unanswered':
        count.unanswered += 1;
        break;
      default:
        outcome satisfies never;
    }
    if (tested !== undefined) tell({ kind: 'case-finished', case: tested, outcome });
  };

  return {
    aside: aside => {
      asides[aside] += 1;
    },
    finished,
    unanswered: (passed, message) => {
      const nothing = { status: 0, headers: [], body: new Uint8Array(), ms: 0 };
      operations.add(passed.operation);
      count.cases += 1;
      count.unanswered += 1;
      const outcome = { kind: 'unanswered', trouble: { kind: 'unreachable', message } } as const;
      tell({ kind: 'case-finished', case: exchangeOf(passed, nothing).case, outcome });
    },
    end: () => {
      const counts: Counts = {
        ...count,
        operations: operations.size,
        notJudged,
        leftOut: 0,
        unreadable: 0,
        flaky: 0,
        known: 0,
        skipped: [],
        cleanUp: undefined,
        stopped: undefined,
        ms: performance.now() - started,
      };
      const summary: RunSummary = { ...counts, ...verdictOfTraffic(counts) };
      tell({ kind: 'run-finished', summary });
      return summary;
    },
    asides: () =>
      [
        ...(asides.invalid > 0 ? [plural(asides.invalid, 'invalid request')] : []),
        ...(asides.undocumented > 0 ? [plural(asides.undocumented, 'undocumented request')] : []),
        ...(asides.refused > 0 ? [`${asides.refused} not passed on`] : []),
        ...(asides.mocked > 0 ? [`${asides.mocked} answered by the mock`] : []),
        ...(asides.unchecked > 0 ? [`${asides.unchecked} passed on unchecked`] : []),
      ].join('; '),
    counts: () => asides,
  };
}

/**
 * Traffic keeps the contract unless something broke it. Nobody says that a request should have succeeded, so that none
 * did proves nothing.
 */
function verdictOfTraffic({
  failures,
  cases,
  unanswered,
  notJudged,
}: Counts): Pick<RunSummary, 'verdict' | 'reason'> {
  if (failures > 0) return { verdict: 'broken', reason: undefined };
  const unjudged = unanswered + [...notJudged.values()].reduce((sum, one) => sum + one, 0);
  if (cases === 0) return { verdict: 'inconclusive', reason: 'Nothing passed by that could be judged.' };
  if (unjudged === cases) return { verdict: 'inconclusive', reason: 'No answer could be judged.' };
  return { verdict: 'kept', reason: undefined };
}
