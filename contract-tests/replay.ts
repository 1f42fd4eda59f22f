/**
 * Sends failed cases again, exactly as they were recorded. Where the document is at hand the checks judge the answer;
 * where it is not, the answer can only be compared with the one before.
 */
import type { Contract } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { baseUrlOf } from './base-url.ts';
import type { NotJudged, ToldFailure } from './events.ts';
import { textOf } from './records.ts';
import { type Refill, type ReplayCase, refill } from './replay-record.ts';
import { type CaseSender, sendCase } from './send-case.ts';

export type Replayed =
  | { readonly kind: 'fails'; readonly failures: readonly ToldFailure[] }
  | { readonly kind: 'same-answer'; readonly status: number }
  | { readonly kind: 'other-answer'; readonly was: number | undefined; readonly status: number }
  | { readonly kind: 'passes' }
  | { readonly kind: 'not-judged'; readonly reason: NotJudged }
  | { readonly kind: 'unanswered'; readonly message: string }
  | { readonly kind: 'not-sent'; readonly why: string };

export interface ReplayOptions {
  readonly cases: readonly ReplayCase[];
  /** The contracts at hand, by the names of their documents. */
  readonly contracts: ReadonlyMap<string, Contract>;
  /** Another address than the recorded one. */
  readonly baseUrl?: string;
  readonly refill: Refill;
  readonly sender: CaseSender;
  readonly signal?: AbortSignal;
  /** Told of each case in turn. */
  readonly told: (replayed: Replayed, recorded: ReplayCase) => void;
}

/** One after the other, because what is looked for may be how they stand in each other's way. */
export async function replay(options: ReplayOptions): Promise<void> {
  const interrupted = (): boolean => options.signal?.aborted === true;
  for (const recorded of options.cases) {
    if (interrupted()) return;
    const replayed = await replayOne(recorded, options);
    // What was cut off by the interruption itself is nobody's fault.
    if (!interrupted()) options.told(replayed, recorded);
  }
}

async function replayOne(recorded: ReplayCase, options: ReplayOptions): Promise<Replayed> {
  if (recorded.sequence)
    return {
      kind: 'not-sent',
      why: 'it is a step of a sequence; rehearsal test --sequences-only sends them',
    };
  const filled = refill(recorded.request, options.refill);
  if (filled.kind === 'missing') {
    const parts = filled.missing.join(' and ');
    return { kind: 'not-sent', why: `${parts} was masked in the report and is not given again` };
  }
  const { sender, contracts } = options;
  const contract = contracts.get(recorded.document);
  const operation = contract?.operations.find(({ key }) => key === recorded.operation);
  if (contract === undefined || operation === undefined) {
    const sent = await sender.transport.send(options.baseUrl ?? recorded.baseUrl, filled.request);
    return sent.kind === 'unanswered'
      ? { kind: 'unanswered', message: sent.trouble.message }
      : compared(recorded, sent.response);
  }
  const { document } = contract.source;
  const pointer = recorded.why.document === document.name ? recorded.why.pointer : '';
  const planned: Case = {
    id: recorded.case,
    operation,
    intent: recorded.intent,
    breaks: recorded.breaks,
    name: recorded.name,
    why: { document, pointer },
    request: filled.request,
    expectation: recorded.expectation,
  };
  const base = options.baseUrl === undefined ? recorded.baseUrl : baseUrlOf(operation, options.baseUrl);
  const { outcome } = await sendCase(planned, base, sender);
  switch (outcome.kind) {
    case 'passed':
      return { kind: 'passes' };
    case 'failed':
      return outcome.failures.some(({ severity }) => severity === 'error') || recorded.checks.length === 0
        ? { kind: 'fails', failures: outcome.failures }
        : warned(outcome.failures, recorded);
    case 'not-judged':
      return { kind: 'not-judged', reason: outcome.reason };
    case 'unanswered':
      return { kind: 'unanswered', message: outcome.trouble.message };
  }
}

/** A warning that was in the report is what is replayed; one that was not is none of its business. */
function warned(failures: readonly ToldFailure[], { checks }: ReplayCase): Replayed {
  const same = failures.filter(({ check }) => checks.includes(check));
  return same.length > 0 ? { kind: 'fails', failures: same } : { kind: 'passes' };
}

function compared(
  { response: before }: ReplayCase,
  { status, body }: { readonly status: number; readonly body: Uint8Array },
): Replayed {
  if (before?.status !== status) return { kind: 'other-answer', was: before?.status, status };
  const whole = textOf(body);
  const now = whole ?? Buffer.from(body).toString('base64');
  const then = (whole === undefined ? before.bodyBase64 : before.body) ?? '';
  // Of a long body the report holds only the beginning.
  const same = before.bodyBytes === undefined ? now === then : now.startsWith(then);
  return same ? { kind: 'same-answer', status } : { kind: 'other-answer', was: before.status, status };
}
