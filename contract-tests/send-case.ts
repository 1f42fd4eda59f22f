/**
 * One case from its request to its outcome. `run` and the vitest suites both send this way, so they cannot disagree
 * about an answer.
 */
import type { Exchange } from '../contract/exchange.ts';
import { judge } from '../contract/judge.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { afterSilence, type DropRules, isAskedFor } from './dropped.ts';
import type { CaseOutcome } from './events.ts';
import { calling, type Hooks, hookedCase } from './hooks.ts';
import type { Mask } from './mask.ts';
import { settle } from './settle.ts';
import type { Transport } from './transport.ts';

export interface CaseSender extends DropRules {
  readonly transport: Transport;
  readonly hooks: Hooks;
  readonly mask: Mask | undefined;
  /** Hears of every answer to a single case, also of those that a later one takes the place of. */
  readonly noted?: (exchange: Exchange) => void;
}

export interface SentCase {
  /** The case with the request that was sent, which `beforeCase` may have changed. */
  readonly sent: Case;
  readonly outcome: CaseOutcome;
}

/** Of a step of a sequence. */
export type SentBefore = Pick<Exchange, 'earlier' | 'attempts'>;

/**
 * Sends a case, judges the answer and settles what a failure is.
 *
 * @param before - what its exchange is to know of those before it
 * @throws RehearsalError HOOK_FAILED
 */
export async function sendCase(
  planned: Case,
  baseUrl: string,
  sender: CaseSender,
  before: SentBefore = {},
): Promise<SentCase> {
  const { afterCase } = sender.hooks;
  const once = await sendOnce(planned, baseUrl, sender, before);
  const { sent } = once;
  const again = (): Promise<CaseOutcome> =>
    sendOnce(planned, baseUrl, sender, before).then(({ outcome }) => outcome);
  const first =
    once.outcome.kind === 'unanswered' && isAskedFor(sender)
      ? await afterSilence({ sent, baseUrl, trouble: once.outcome.trouble }, again, before, sender)
      : once.outcome;
  const outcome =
    first.kind === 'failed' && first.flaky !== true && sender.settle !== undefined
      ? await settle(first, again, sender.settle)
      : first;
  if (afterCase !== undefined) await calling('afterCase', () => afterCase(outcome, sent));
  return { sent, outcome };
}

async function sendOnce(
  planned: Case,
  baseUrl: string,
  sender: CaseSender,
  before: SentBefore,
): Promise<SentCase> {
  const {
    transport,
    hooks: { beforeCase },
    mask,
  } = sender;
  const { sent, mended } =
    beforeCase === undefined ? { sent: planned, mended: false } : await hookedCase(beforeCase, planned, mask);
  const answer = await transport.send(baseUrl, sent.request);
  const outcome = outcomeOf(sent, baseUrl, answer, mended, sender, before);
  if (outcome.kind !== 'unanswered') {
    sender.presence?.seen();
    if (sent.step === undefined) sender.noted?.(outcome.exchange);
  }
  return { sent, outcome };
}

function outcomeOf(
  sent: Case,
  baseUrl: string,
  answer: Awaited<ReturnType<Transport['send']>>,
  mended: boolean,
  { checks, checkOptions, stage = 'server' }: CaseSender,
  before: SentBefore,
): CaseOutcome {
  if (answer.kind === 'unanswered') return { kind: 'unanswered', trouble: answer.trouble };
  const exchange: Exchange = { case: sent, response: answer.response, baseUrl, stage, ...before };
  if (!mended) return judge(exchange, checks, checkOptions);
  // Whether it should have been refused nobody knows any more; everything else about the answer still counts.
  const open: Exchange = { ...exchange, case: { ...sent, expectation: 'any', breaks: undefined } };
  const outcome = judge(open, checks, checkOptions);
  return outcome.kind === 'passed'
    ? { kind: 'not-judged', reason: 'changed-by-hook', exchange: outcome.exchange }
    : outcome;
}
