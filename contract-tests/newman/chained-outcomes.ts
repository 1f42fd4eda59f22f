/**
 * What newman says of an item of a sequence. Its checks need the answers before, so they are not asked again: what the
 * item's own tests say is taken at its word. A test may speak of an earlier step, which had to wait for this one.
 */
import type { Failure } from '../../contract/checks/check.ts';
import type { Exchange } from '../../contract/exchange.ts';
import type { Contract } from '../../contract/model.ts';
import type { Case, SkipReason } from '../../contract/plan/cases/case.ts';
import type { CaseOutcome, NotJudged } from '../events.ts';
import type { Assertion, ItemResult } from './item-results.ts';

export type ChainedOutcome =
  | { readonly kind: 'case'; readonly tested: Case; readonly outcome: CaseOutcome }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly what: string };

const SKIPPED: ReadonlySet<string> = new Set<SkipReason>([
  'step-failed',
  'asynchronous',
  'value-missing',
  'stateless',
]);

/**
 * @param sent - the item as a case, and its outcome but for its tests; undefined when it was not sent
 */
export function chainedOutcomes(
  { assertions, broken }: ItemResult,
  sent: { readonly tested: Case; readonly outcome: CaseOutcome } | undefined,
  { operations }: Contract,
): readonly ChainedOutcome[] {
  if (sent === undefined)
    return assertions.flatMap(assertion => {
      const { what, reason } = skipOf(assertion);
      return SKIPPED.has(reason) ? [{ kind: 'skipped', reason: reason as SkipReason, what }] : [];
    });
  const { tested, outcome } = sent;
  if (outcome.kind === 'unanswered') return [{ kind: 'case', ...sent }];
  const { exchange } = outcome;
  const told = assertions.map((assertion): ChainedOutcome => {
    const { what: id } = skipOf(assertion);
    const operation = operations.find(({ key }) => id.startsWith(`${key} sequence `)) ?? tested.operation;
    const one: Case = { ...tested, id, operation, name: id.slice(operation.key.length + 1) };
    return { kind: 'case', tested: one, outcome: outcomeOf(assertion, { ...exchange, case: one }) };
  });
  const scripts = broken.map(message => failure(tested, 'script', message, 'a script that ends well'));
  return scripts.length === 0
    ? told
    : [...told, { kind: 'case', tested, outcome: { kind: 'failed', exchange, failures: scripts } }];
}

function outcomeOf(assertion: Assertion, exchange: Exchange): CaseOutcome {
  switch (assertion.state) {
    case 'passed':
      return { kind: 'passed', exchange };
    case 'skipped':
      return { kind: 'not-judged', reason: skipOf(assertion).reason as NotJudged, exchange };
    case 'failed':
      return { kind: 'failed', exchange, failures: failuresIn(assertion, exchange.case) };
    default:
      return assertion.state satisfies never;
  }
}

/** `GET /pets sequence pets listed read-it: not judged, stateless: …` */
function skipOf({ name }: Assertion): { readonly what: string; readonly reason: string } {
  const [what = name, words = ''] = name.split(': not judged, ');
  return { what, reason: words.split(':')[0] ?? '' };
}

/** A line for each, as the sandbox words it. */
function failuresIn({ name, message = '' }: Assertion, tested: Case): readonly Failure[] {
  const lines = message.split('\n').flatMap(line => {
    const [, check, received, documented] =
      /^([a-z-]+): received (.*), documented (.*) \([^()]*#[^()]*\)$/.exec(line) ?? [];
    return check === undefined || received === undefined || documented === undefined
      ? []
      : [failure(tested, check, received, documented)];
  });
  return lines.length > 0 ? lines : [failure(tested, 'script', message, name)];
}

function failure({ operation }: Case, check: string, received: string, documented: string): Failure {
  return { check, severity: 'error', received, documented, source: operation.source };
}
