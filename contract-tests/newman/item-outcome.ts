/**
 * What became of a case that newman sent. Failures are found once more with the same checks, since newman hands on no
 * more than a message; where the two do not agree, the worse is told.
 */
import type { Check, CheckOptions, Failure } from '../../contract/checks/check.ts';
import type { Exchange, ReceivedResponse } from '../../contract/exchange.ts';
import { type Judgement, judge } from '../../contract/judge.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import type { StageKind } from '../../contract/stage-kind.ts';
import type { CaseOutcome } from '../events.ts';
import { type Trouble, troubleOf } from '../transport/trouble.ts';
import type { ItemResult } from './item-results.ts';
import type { NewmanError, NewmanResponse } from './newman-types.ts';

export interface ItemJudge {
  readonly checks: readonly Check[];
  readonly checkOptions: CheckOptions | undefined;
  readonly stage: StageKind;
  readonly baseUrl: string;
}

/**
 * The outcome of an item, as `rehearsal test` would tell it.
 *
 * @param isOurs - false for an item whose tests are all somebody else's
 */
export function outcomeOfItem(
  result: ItemResult,
  planned: Case,
  asked: ItemJudge,
  isOurs = true,
): CaseOutcome {
  const { response, error } = result;
  if (response === undefined) return { kind: 'unanswered', trouble: newmanTrouble(error, asked.baseUrl) };
  const { checks, checkOptions, stage, baseUrl } = asked;
  const exchange: Exchange = { case: planned, response: receivedOf(response), baseUrl, stage };
  const judgement: Judgement = isOurs ? judge(exchange, checks, checkOptions) : { kind: 'passed', exchange };
  const odd = oddities(result, planned, isOurs ? stateOf(judgement) : undefined);
  if (odd.length === 0) return judgement;
  const known = judgement.kind === 'failed' ? judgement.failures : [];
  return { kind: 'failed', exchange, failures: [...known, ...odd] };
}

/** Scripts that broke, tests that are not ours, and a test of ours that says something else than is found here. */
function oddities(
  { assertions, broken }: ItemResult,
  planned: Case,
  expected: 'passed' | 'failed' | 'skipped' | undefined,
): readonly Failure[] {
  const isOwn = (name: string): boolean => name === planned.id || name.startsWith(`${planned.id}: `);
  const others = assertions.filter(({ name, state }) => state === 'failed' && !isOwn(name));
  const own = assertions.find(({ name }) => isOwn(name));
  const found = own?.state ?? 'not asked';
  return [
    ...broken.map(message => scriptFailure(planned, message, 'a script that ends well')),
    ...others.map(({ name, message = name }) => scriptFailure(planned, message, name)),
    ...(expected === undefined || found === expected || broken.length > 0
      ? []
      : [scriptFailure(planned, own?.message ?? `newman says: ${found}`, `the same as here: ${expected}`)]),
  ];
}

/** Warnings fail no test. */
function stateOf(judgement: Judgement): 'passed' | 'failed' | 'skipped' {
  if (judgement.kind === 'not-judged') return 'skipped';
  if (judgement.kind === 'passed') return 'passed';
  return judgement.failures.some(({ severity }) => severity === 'error') ? 'failed' : 'passed';
}

function scriptFailure({ operation }: Case, received: string, documented: string): Failure {
  return { check: 'script', severity: 'error', received, documented, source: operation.source };
}

function receivedOf({ code, headers, stream, responseTime }: NewmanResponse): ReceivedResponse {
  return {
    status: code,
    headers: headers.members.map(({ key, value }) => [key, String(value)]),
    body: Uint8Array.from(stream ?? []),
    ms: responseTime,
  };
}

/** Newman hands on what Node says, and names of its own for answers that take too long. */
function newmanTrouble(error: NewmanError | undefined, baseUrl: string): Trouble {
  if (error === undefined) return { kind: 'broken', message: 'a script kept newman from sending it' };
  const late = error.code === 'ESOCKETTIMEDOUT' || (error.code === 'ETIMEDOUT' && error.connect !== true);
  if (late) return { kind: 'timeout', message: 'no complete answer in time' };
  const authority = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
  return troubleOf(error, { proxy: undefined, authority });
}
