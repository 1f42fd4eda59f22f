/** One exchange held against the checks. Knows nothing of the network or of other exchanges. */
import type { Check, Failure } from '../contract/checks/check.ts';
import type { Exchange } from '../contract/exchange.ts';
import type { CaseOutcome } from './events.ts';

/** What the checks say about an exchange. */
export function judge(exchange: Exchange, checks: readonly Check[]): CaseOutcome {
  let failures: Failure[] | undefined;
  for (const { name, severity, check } of checks) {
    for (const finding of check(exchange)) (failures ??= []).push({ check: name, severity, ...finding });
  }
  if (failures !== undefined) return { kind: 'failed', exchange, failures };
  const { status } = exchange.response;
  const { expectation, operation } = exchange.case;
  if (status === 429) return { kind: 'not-judged', reason: 'rate-limited', exchange };
  if (
    (status === 401 || status === 403) &&
    expectation !== 'unauthenticated' &&
    operation.security.length > 0
  ) {
    return { kind: 'not-judged', reason: 'credentials-refused', exchange };
  }
  return { kind: 'passed', exchange };
}
