/**
 * Sends the sequences of a run: the steps of each in order, those of one resource one after another, a few resources at
 * once. Takes patience with servers that show things late, and removes what was made, also when nothing else goes on.
 */
import type { Exchange } from '../contract/exchange.ts';
import {
  type ContractMemory,
  failsClaim,
  type GroupMemory,
  isTrusted,
  noteRefusal,
  PATIENCE_MS,
  PAUSES,
  reasonAgainst,
  WRONG_BODY,
  withoutClaims,
} from '../contract/judge-steps.ts';
import type { Operation } from '../contract/model.ts';
import type { Case, SkipReason } from '../contract/plan/cases/case.ts';
import type { ConfiguredHints } from '../contract/sequences/hints.ts';
import { resolveStep } from '../contract/sequences/resolve.ts';
import type { Sequence, Step } from '../contract/sequences/sequence.ts';
import type { SequencePlan } from '../contract/sequences/sequence-plan.ts';
import type { Progress } from './case-queue.ts';
import type { CaseOutcome } from './events.ts';
import { type CaseSender, sendCase } from './send-case.ts';

export interface SequenceOptions {
  /** Sends none. */
  readonly off?: boolean;
  /** Sends no single cases beside them. */
  readonly only?: boolean;
  /** Only those of safe methods. */
  readonly safe?: boolean;
  /** The server forgets what it is told, so nothing is asked about that. Default: it is found out. */
  readonly stateless?: boolean;
  /** How long a server may take to show what it was told. Default: 1000. */
  readonly patienceMs?: number;
  /** What to know of operations by their keys, such as `POST /pets`, where inference is not enough. */
  readonly hints?: ConfiguredHints;
}

export interface SequenceRun {
  readonly plans: readonly SequencePlan[];
  readonly options: SequenceOptions;
  readonly sender: CaseSender;
  readonly concurrency: number;
  /** No more steps are wanted. */
  readonly ended: () => boolean;
  /** The progress of an operation that a step belongs to. */
  readonly begin: (operation: Operation) => Progress;
  readonly told: (sent: Case, outcome: CaseOutcome, progress: Progress) => void;
  readonly skip: (reason: SkipReason, what: string, progress: Progress | undefined) => void;
  /** Groups of sequences of which an earlier run has shown that the server keeps them: if it forgets them now, it fails. */
  readonly kept?: Set<string>;
  /** Told of a plan whose sequences have shown that the server keeps nothing. */
  readonly forgetful?: (plan: SequencePlan) => void;
}

/** Resources worked on at once: many servers lock what they write to. */
const MOST_AT_ONCE = 4;
/** How long an interrupted run waits for a clean-up. */
const LAST_WAIT_MS = 5000;

/** Sends all sequences. */
export async function runSequences(run: SequenceRun): Promise<void> {
  for (const plan of run.plans) {
    const contract: ContractMemory = { kept: false, none: false };
    const groups = groupsOf(plan);
    const alone: { readonly group: GroupMemory; readonly sequences: Sequence[] }[] = [];
    let failed: { readonly error: unknown } | undefined;
    const work = async (): Promise<void> => {
      for (const sequences of groups) {
        if (failed !== undefined) return;
        const known = run.kept?.has(sequences[0]?.group ?? '') === true;
        const group: GroupMemory = { memory: known ? 'kept' : undefined, refused: false };
        const later: Sequence[] = [];
        for (const sequence of sequences) {
          if (sequence.alone) later.push(sequence);
          else await runOne(run, sequence, group, contract);
        }
        if (later.length > 0) alone.push({ group, sequences: later });
      }
    };
    // When a hook fails in one, the others end what they are at, or they would go on after the run has ended.
    const workToTheEnd = (): Promise<void> =>
      work().catch((error: unknown) => {
        failed ??= { error };
      });
    const workers = Math.max(1, Math.min(MOST_AT_ONCE, run.concurrency));
    await Promise.all(Array.from({ length: workers }, workToTheEnd));
    if (failed !== undefined) throw failed.error;
    for (const { group, sequences } of alone)
      for (const sequence of sequences) await runOne(run, sequence, group, contract);
    if (contract.none && !contract.kept) run.forgetful?.(plan);
    for (const { reason, what } of plan.unplanned) run.skip(reason, what, undefined);
  }
}

/** Sequences that belong together, taken as they are planned. */
function* groupsOf(plan: SequencePlan): Generator<readonly Sequence[], undefined> {
  let group: Sequence[] = [];
  for (const sequence of plan) {
    if (group.length > 0 && group[0]?.group !== sequence.group) {
      yield group;
      group = [];
    }
    group.push(sequence);
  }
  if (group.length > 0) yield group;
}

async function runOne(
  run: SequenceRun,
  sequence: Sequence,
  group: GroupMemory,
  contract: ContractMemory,
): Promise<void> {
  if (run.ended()) return;
  const { stateless = false } = run.options;
  const why = stateless && sequence.remembers ? 'stateless' : reasonAgainst(sequence, group, contract);
  if (why !== undefined) {
    run.skip(why, sequence.id, undefined);
    return;
  }
  const steps: Taken[] = [];
  const exchanges = (): readonly Exchange[] => steps.flatMap(({ outcome }) => exchangeIn(outcome) ?? []);
  const trusted = (): boolean => {
    const now = isTrusted(sequence, exchanges(), group, contract);
    if (group.memory === 'kept') run.kept?.add(sequence.group);
    if (run.kept?.has(sequence.group) !== true) return now;
    group.memory = 'kept';
    return true;
  };
  try {
    for (const step of sequence.steps) {
      if (run.ended()) break;
      // A walk through pages is one step of several requests.
      for (let pages = 0; pages <= (step.walk?.most ?? 0) && !run.ended(); pages += 1) {
        const taken = await takeStep(run, sequence, step, exchanges, trusted);
        steps.push(...taken);
        if (step.walk === undefined || taken.length === 0) break;
      }
    }
  } finally {
    const certain = trusted();
    noteRefusal(sequence, exchanges(), group);
    for (const { sent, outcome, progress } of steps)
      run.told(sent, certain ? outcome : claimless(outcome), progress);
    await cleanUp(run, sequence, exchanges());
  }
}

interface Taken {
  readonly sent: Case;
  readonly outcome: CaseOutcome;
  readonly progress: Progress;
}

/** Sends a step, with another body when one is refused, and again while its claims do not hold. */
async function takeStep(
  run: SequenceRun,
  sequence: Sequence,
  step: Step,
  exchanges: () => readonly Exchange[],
  trusted: () => boolean,
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  const before = exchanges();
  for (let body = 0; body < Math.max(1, step.bodies.length); body += 1) {
    const resolved = resolveStep(sequence, step, before, body);
    if (resolved.kind === 'ended') break;
    if (resolved.kind === 'not-made') {
      if (!step.optional) run.skip(resolved.reason, resolved.what, run.begin(step.operation));
      break;
    }
    const progress = run.begin(step.operation);
    const { sent, outcome } = await patiently(run, resolved.case, progress, before, step, trusted);
    taken.push({ sent, outcome, progress });
    progress.cases += 1;
    progress.open += 1;
    const status = exchangeIn(outcome)?.response.status;
    if (step.expectation !== 'accepted' || status === undefined || !WRONG_BODY.has(status)) break;
  }
  return taken;
}

async function patiently(
  { sender, options, ended }: SequenceRun,
  planned: Case,
  { baseUrl }: Progress,
  earlier: readonly Exchange[],
  step: Step,
  trusted: () => boolean,
): Promise<{ readonly sent: Case; readonly outcome: CaseOutcome }> {
  let result = await sendCase(planned, baseUrl, sender, { earlier });
  const { patienceMs = PATIENCE_MS } = options;
  for (const [index, share] of PAUSES.entries()) {
    if (!step.settles || patienceMs === 0 || ended() || !claimFails(result.outcome) || !trusted()) break;
    await new Promise(resolve => setTimeout(resolve, patienceMs * share));
    result = await sendCase(planned, baseUrl, sender, { earlier, attempts: index + 2 });
  }
  return result;
}

function claimFails(outcome: CaseOutcome): boolean {
  return outcome.kind === 'failed' && failsClaim(outcome.failures);
}

function exchangeIn(outcome: CaseOutcome): Exchange | undefined {
  return outcome.kind === 'unanswered' ? undefined : outcome.exchange;
}

/** The outcome of a step on a server of which nobody knows whether it has a memory. */
function claimless(outcome: CaseOutcome): CaseOutcome {
  if (outcome.kind === 'unanswered') return outcome;
  const { exchange } = outcome;
  const left = withoutClaims(outcome, exchange);
  switch (left.kind) {
    case 'as-it-is':
      return outcome;
    case 'stateless':
      return { kind: 'not-judged', reason: 'stateless', exchange };
    case 'failed':
      return { ...outcome, kind: 'failed', exchange, failures: left.failures };
    default:
      return left satisfies never;
  }
}

/** Removes what was made, the last first. Also after an interruption, but then not for long. */
async function cleanUp(run: SequenceRun, sequence: Sequence, exchanges: readonly Exchange[]): Promise<void> {
  for (const step of sequence.cleanUp) {
    const resolved = resolveStep(sequence, step, exchanges);
    if (resolved.kind !== 'case') continue;
    const progress = run.begin(step.operation);
    const sending = sendCase(resolved.case, progress.baseUrl, run.sender, { earlier: exchanges });
    const result = run.ended() ? await Promise.race([sending, lastWait()]) : await sending;
    if (result === undefined) return;
    progress.cases += 1;
    progress.open += 1;
    run.told(result.sent, result.outcome, progress);
  }
}

function lastWait(): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(() => resolve(undefined), LAST_WAIT_MS).unref();
  });
}
