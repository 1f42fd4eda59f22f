/**
 * Sends failed cases again, exactly as they were recorded. Where the document is at hand the checks judge the answer;
 * where it is not, the answer can only be compared with the one before.
 */
import type { Contract, Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { scopedName } from '../contract/plan/cases/credentials.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import type { ConfiguredHints } from '../contract/sequences/hints.ts';
import { baseUrlOf } from './base-url.ts';
import type { CaseOutcome, NotJudged, ToldFailure } from './events.ts';
import { textOf } from './records.ts';
import { type MadeWith, type Refilled, type ReplayCase, refill } from './replay-record.ts';
import { replaySequence, type StepOutcome } from './replay-sequences.ts';
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
  /** How the run was made; of a report that does not say so, its sequences cannot be sent. */
  readonly made: MadeWith | undefined;
  /** Credentials and headers of now, for what was masked. */
  readonly plan: CasePlanOptions;
  /** What the configuration says of sequences. */
  readonly hints?: ConfiguredHints;
  readonly sender: CaseSender;
  readonly signal?: AbortSignal;
  /** Told of each case in turn. */
  readonly told: (replayed: Replayed, recorded: ReplayCase) => void;
  /** Told of each case that was judged. */
  readonly judged?: (outcome: CaseOutcome, tested: Case) => void;
}

/** One after the other, because what is looked for may be how they stand in each other's way. */
export async function replay(options: ReplayOptions): Promise<void> {
  const interrupted = (): boolean => options.signal?.aborted === true;
  const sequences = new Map<string, Promise<(step: ReplayCase) => StepOutcome>>();
  for (const recorded of options.cases) {
    if (interrupted()) return;
    const replayed =
      recorded.step === undefined
        ? await replayOne(recorded, options)
        : await replayStep(recorded, recorded.step.sequence, sequences, options);
    // What was cut off by the interruption itself is nobody's fault.
    if (!interrupted()) options.told(replayed, recorded);
  }
}

/** A sequence is sent once for all of its steps that failed. */
async function replayStep(
  recorded: ReplayCase,
  id: string,
  sequences: Map<string, Promise<(step: ReplayCase) => StepOutcome>>,
  options: ReplayOptions,
): Promise<Replayed> {
  const { contracts, made, cases, sender, plan, hints = {}, judged } = options;
  const contract = contracts.get(recorded.document);
  if (contract === undefined || made === undefined)
    return { kind: 'not-sent', why: 'it is a step of a sequence, and its document is not at hand' };
  const key = `${recorded.document}\n${id}`;
  let sending = sequences.get(key);
  if (sending === undefined) {
    const steps = cases.filter(one => one.document === recorded.document && one.step?.sequence === id);
    const baseUrl = options.baseUrl ?? made.baseUrl;
    const ended = (): boolean => options.signal?.aborted === true;
    const again = {
      baseUrl,
      plan: planAgain(plan, made),
      hints,
      sender,
      ended,
      ...(judged === undefined ? {} : { judged }),
    };
    sequences.set(key, (sending = replaySequence(id, steps, contract, again)));
  }
  const outcome = (await sending)(recorded);
  return outcome.kind === 'not-sent' ? outcome : replayedAs(outcome, recorded);
}

async function replayOne(recorded: ReplayCase, options: ReplayOptions): Promise<Replayed> {
  if (recorded.sequence)
    return {
      kind: 'not-sent',
      why: 'it is a step of a sequence; rehearsal test --sequences-only sends them',
    };
  const { sender, contracts } = options;
  const contract = contracts.get(recorded.document);
  const operation = contract?.operations.find(({ key }) => key === recorded.operation);
  const filled = filledAgain(recorded, operation, options);
  if (filled.kind === 'missing') {
    const parts = filled.missing.join(' and ');
    return { kind: 'not-sent', why: `${parts} was masked in the report and is not given again` };
  }
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
  const { sent, outcome } = await sendCase(planned, base, sender);
  options.judged?.(outcome, sent);
  return replayedAs(outcome, recorded);
}

/**
 * The request once more. What a case says about who is asking, right or wrong, was masked as a whole: then only the plan
 * knows what stood there.
 */
function filledAgain(
  recorded: ReplayCase,
  operation: Operation | undefined,
  { plan, made }: ReplayOptions,
): Refilled {
  const { headers = [], credentials = new Map<string, string>() } = plan;
  const { masked = [] } = recorded.request;
  if (operation !== undefined && masked.length > 0 && isAboutCredentials(recorded)) {
    for (const { id, request } of casePlan(operation, planAgain(plan, made)))
      if (id === recorded.case) return { kind: 'request', request };
    return { kind: 'missing', missing: ['who is asking'] };
  }
  const secrets = new Map(credentials);
  for (const required of operation?.security.flat() ?? []) {
    const secret = credentials.get(scopedName(required));
    if (secret !== undefined && !credentials.has(required.name)) secrets.set(required.name, secret);
  }
  return refill(recorded.request, { headers, secrets });
}

function isAboutCredentials({ breaks, name }: ReplayCase): boolean {
  return breaks === 'credentials' || name.startsWith('credentials ');
}

function planAgain(plan: CasePlanOptions, made: MadeWith | undefined): CasePlanOptions {
  return made === undefined ? plan : { ...plan, depth: made.depth, seed: made.seed };
}

function replayedAs(outcome: CaseOutcome, recorded: ReplayCase): Replayed {
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
