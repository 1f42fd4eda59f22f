/**
 * One case from its request to its outcome. `run` and the vitest suites both send this way, so they cannot disagree
 * about an answer.
 */
import type { Check, CheckOptions } from '../contract/checks/check.ts';
import type { Exchange } from '../contract/exchange.ts';
import { judge } from '../contract/judge.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import type { CaseOutcome } from './events.ts';
import { calling, type Hooks, hookedCase } from './hooks.ts';
import type { Mask } from './mask.ts';
import { type SettleOptions, settle } from './settle.ts';
import type { Transport } from './transport.ts';

export interface CaseSender {
  readonly transport: Transport;
  readonly checks: readonly Check[];
  readonly checkOptions: CheckOptions | undefined;
  readonly stage: StageKind | undefined;
  readonly hooks: Hooks;
  readonly mask: Mask | undefined;
  readonly settle: SettleOptions | undefined;
}

export interface SentCase {
  /** The case with the request that was sent, which `beforeCase` may have changed. */
  readonly sent: Case;
  readonly outcome: CaseOutcome;
}

/**
 * Sends a case, judges the answer and settles what a failure is.
 *
 * @throws RehearsalError HOOK_FAILED
 */
export async function sendCase(planned: Case, baseUrl: string, sender: CaseSender): Promise<SentCase> {
  const { afterCase } = sender.hooks;
  const { sent, outcome: first } = await sendOnce(planned, baseUrl, sender);
  const again = (): Promise<CaseOutcome> => sendOnce(planned, baseUrl, sender).then(({ outcome }) => outcome);
  const outcome =
    first.kind === 'failed' && sender.settle !== undefined
      ? await settle(first, again, sender.settle)
      : first;
  if (afterCase !== undefined) await calling('afterCase', () => afterCase(outcome, sent));
  return { sent, outcome };
}

async function sendOnce(planned: Case, baseUrl: string, sender: CaseSender): Promise<SentCase> {
  const {
    transport,
    hooks: { beforeCase },
    mask,
  } = sender;
  const { sent, mended } =
    beforeCase === undefined ? { sent: planned, mended: false } : await hookedCase(beforeCase, planned, mask);
  const answer = await transport.send(baseUrl, sent.request);
  return { sent, outcome: outcomeOf(sent, answer, mended, sender) };
}

function outcomeOf(
  sent: Case,
  answer: Awaited<ReturnType<Transport['send']>>,
  mended: boolean,
  { checks, checkOptions, stage = 'server' }: CaseSender,
): CaseOutcome {
  if (answer.kind === 'unanswered') return { kind: 'unanswered', trouble: answer.trouble };
  const { response } = answer;
  if (!mended) return judge({ case: sent, response, stage }, checks, checkOptions);
  // Whether it should have been refused nobody knows any more; everything else about the answer still counts.
  const exchange: Exchange = { case: { ...sent, expectation: 'any', breaks: undefined }, response, stage };
  const outcome = judge(exchange, checks, checkOptions);
  return outcome.kind === 'passed'
    ? { kind: 'not-judged', reason: 'changed-by-hook', exchange: outcome.exchange }
    : outcome;
}
