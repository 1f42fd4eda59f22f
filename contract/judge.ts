/**
 * One exchange held against the checks, with the word what could not be judged about it. Pure, and knows nothing of the
 * network or of other exchanges: runs, proxies and Postman's sandbox all judge with this.
 */
import type { Check, CheckOptions, Failure } from './checks/check.ts';
import type { Exchange } from './exchange.ts';
import { isGateway } from './stage-kind.ts';
import { cannotAccept, cannotRefuse, isGatewayAnswer } from './stage-limits.ts';

/** What the checks say. A case that was not judged may still have had its answer held against the document. */
export type Judgement =
  | { readonly kind: 'passed'; readonly exchange: Exchange }
  | { readonly kind: 'failed'; readonly exchange: Exchange; readonly failures: readonly Failure[] }
  | { readonly kind: 'not-judged'; readonly reason: Doubt; readonly exchange: Exchange };

/**
 * - `credentials-refused`: 401 or 403 where credentials were sent, so nobody knows what the server makes of the request
 * - `rate-limited`: 429
 * - `stage-cannot-refuse`: the stage took a wrong request, and its kind has nothing that could have refused it
 * - `stage-cannot-accept`: the stage refused a request that its kind takes for another, as API Gateway an empty value
 */
export type Doubt = 'credentials-refused' | 'rate-limited' | 'stage-cannot-refuse' | 'stage-cannot-accept';

/**
 * Holds an exchange against the checks. What the exchange's kind of stage cannot do is not asked of it: a wrong request
 * that nothing there could refuse is not judged, and an answer that a gateway gave by itself need not be the document's.
 *
 * @example
 * ```ts
 * import { DEFAULT_CHECKS } from './contract/checks/index.ts';
 * import type { Exchange } from './contract/exchange.ts';
 * import { judge } from './contract/judge.ts';
 *
 * export const isBroken = (exchange: Exchange): boolean => judge(exchange, DEFAULT_CHECKS).kind === 'failed';
 * ```
 */
export function judge(
  exchange: Exchange,
  checks: readonly Check[],
  options: CheckOptions = NO_OPTIONS,
): Judgement {
  const atGateway = isGateway(exchange.stage);
  if (atGateway && cannotAccept(exchange))
    return { kind: 'not-judged', reason: 'stage-cannot-accept', exchange };
  const powerless = atGateway && cannotRefuse(exchange);
  // What answers a method that the path does not have is no answer of the operation's, nor may `default` speak for it.
  const foreign = exchange.case.breaks === 'method' || (atGateway && isGatewayAnswer(exchange));
  let failures: Failure[] | undefined;
  const dropped = exchange.response.dropped !== undefined;
  for (const { name, severity, asks, check } of checks) {
    if (dropped && asks !== 'connection') continue;
    if ((powerless && asks === 'refusal') || (foreign && asks === 'answer')) continue;
    for (const finding of check(exchange, options))
      (failures ??= []).push({ check: name, severity, ...finding });
  }
  if (failures !== undefined) return { kind: 'failed', exchange, failures };
  const reason = doubt(exchange, powerless);
  return reason === undefined ? { kind: 'passed', exchange } : { kind: 'not-judged', reason, exchange };
}

const NO_OPTIONS: CheckOptions = {};

/** Why an answer without fault says nothing about what was asked. */
function doubt({ case: tested, response: { status } }: Exchange, powerless: boolean): Doubt | undefined {
  const { expectation, operation } = tested;
  if (status === 429) return 'rate-limited';
  if (powerless) return 'stage-cannot-refuse';
  if (status !== 401 && status !== 403) return undefined;
  return expectation !== 'unauthenticated' && operation.security.length > 0
    ? 'credentials-refused'
    : undefined;
}
