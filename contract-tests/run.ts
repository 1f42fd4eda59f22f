/**
 * One pass of cases over a server: plans lazily, sends concurrently, judges each answer as it comes and tells the
 * listeners. Knows no reporter and writes nothing.
 */
import type { Check, CheckOptions } from '../contract/checks/check.ts';
import { DEFAULT_CHECKS } from '../contract/checks/index.ts';
import type { Operation } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import { type SequencePlan, sequencePlan } from '../contract/sequences/sequence-plan.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import { missingBasePath } from './base-url.ts';
import { newCaseQueue, newProgress, type Progress } from './case-queue.ts';
import { type CleanUp, type CleanUpOptions, newCleanUp } from './clean-up.ts';
import { newPresence } from './dropped.ts';
import type { CaseOutcome, Listener, RunSummary, TestedContract } from './events.ts';
import { calling, type Hooks, hookedPlan } from './hooks.ts';
import type { Mask } from './mask.ts';
import { runSequences, type SequenceOptions } from './run-sequences.ts';
import { type CaseSender, sendCase } from './send-case.ts';
import type { SettleOptions } from './settle.ts';
import { newTally } from './tally.ts';
import { type Trouble, unreachable } from './transport/trouble.ts';
import { createTransport, type Transport } from './transport.ts';

export interface RunOptions {
  readonly contracts: readonly TestedContract[];
  /** Stands in the place of the documents' first server, base path included. */
  readonly baseUrl: string;
  /** The operations to test. Default: all. */
  readonly select?: (operation: Operation) => boolean;
  /** The cases to send. Default: all. */
  readonly selectCase?: (planned: Case) => boolean;
  /** How cases are made: depth, seed, credentials. */
  readonly plan?: CasePlanOptions;
  /** Sequences of requests that build on each other. Default: sent after the single cases, at every depth but `examples`. */
  readonly sequences?: SequenceOptions;
  /** What becomes of the things that single cases make. Default: they are removed at the end, as far as the documents say how. */
  readonly cleanUp?: CleanUpOptions;
  /** Default: all that are not optional. */
  readonly checks?: readonly Check[];
  readonly checkOptions?: CheckOptions;
  /** What kind of server answers, which decides what can be asked of it. Default: `server`. */
  readonly stage?: StageKind;
  /** Requests under way at once. Default: 16. */
  readonly concurrency?: number;
  /** Default: over `node:http`. A transport given here is not closed. */
  readonly transport?: Transport;
  readonly listeners?: readonly Listener[];
  /** What becomes of failed cases: whether they are sent again, and which are known. Default: they stand. */
  readonly settle?: SettleOptions;
  /** What to do before, during and after the run. */
  readonly hooks?: Hooks;
  /** Learns what hooks put into requests, so that those who report with it hide it. */
  readonly mask?: Mask;
  /** No case is begun after so long; what was found so far is told. Default: however long it takes. */
  readonly maxMs?: number;
  /** Ends the run early; what was found so far is told. */
  readonly signal?: AbortSignal;
}

/** Requests in a row without an answer after which there is no server; once it was there, for each request under way. */
const GONE_AFTER = 3;
/** How long an interrupted run takes to remove what it made. */
const LAST_WAIT_MS = 5000;

/**
 * Sends every case and gives the verdict.
 *
 * @throws RehearsalError STAGE_UNREACHABLE, STAGE_CONNECTION when the first requests find no server, after the listeners were told;
 *   HOOK_FAILED when a hook throws
 * @example
 * ```ts
 * import { run } from './contract-tests/run.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "200": {} } } } }\n');
 * if (contract !== undefined) {
 *   const { verdict } = await run({ contracts: [{ name: 'pets', contract }], baseUrl: 'http://localhost:3000' });
 *   console.log(verdict);
 * }
 * ```
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const { contracts, baseUrl, concurrency = 16, checks = DEFAULT_CHECKS, signal, hooks = {}, mask } = options;
  const { afterRun } = hooks;
  const plan = await hookedPlan(hooks, { baseUrl, contracts }, options.plan ?? {}, mask);
  const transport = options.transport ?? createTransport({ connections: concurrency });
  const { checkOptions, stage, settle } = options;
  const cleanUp = cleanUpOf(options, plan);
  const noted = cleanUp === undefined ? {} : { noted: cleanUp.note };
  const presence = newPresence(transport, signal);
  const sender: CaseSender = {
    transport,
    checks,
    checkOptions,
    stage,
    hooks,
    mask,
    settle,
    presence,
    ...noted,
  };
  const tally = newTally(options.listeners ?? []);
  const operations = contracts.flatMap(({ contract }) =>
    contract.operations.filter(options.select ?? (() => true)),
  );
  tally.tell({
    kind: 'run-started',
    baseUrl,
    contracts,
    operations: operations.length,
    seed: plan.seed ?? 0,
    depth: plan.depth ?? 'standard',
  });

  const started = performance.now();
  const until = started + (options.maxMs ?? Number.POSITIVE_INFINITY);
  const { sequences = {} } = options;
  const plans = newSequencePlans(options, plan);
  /** Operations whose single cases are through, but not their sequences. */
  const held = new Map<Operation, Progress>();
  const queue = newCaseQueue(
    sequences.only === true ? [] : operations,
    baseUrl,
    plan,
    progress => {
      if (plans.some(({ operations: used }) => used.has(progress.operation))) {
        progress.open += 1;
        held.set(progress.operation, progress);
      }
      tally.planEnded(progress);
    },
    options.selectCase,
  );
  const interrupted = (): boolean => signal?.aborted === true;
  let stopped: RunSummary['stopped'];
  let everReached = false;
  let silentInARow = 0;
  let hookError: unknown;
  let cleaned: RunSummary['cleanUp'];
  /** Cases that found no server before any found one. */
  const early: { readonly planned: Case; readonly progress: Progress; readonly trouble: Trouble }[] = [];

  /** Tells what became of a case, unless there may be no server at all or nobody waits for it any more. */
  const told = (sent: Case, outcome: CaseOutcome, progress: Progress): void => {
    if (outcome.kind !== 'unanswered') {
      everReached = true;
      silentInARow = 0;
      tally.finished(sent, outcome, progress);
      return;
    }
    // What was cut off by the interruption itself is nobody's fault.
    if (interrupted()) return;
    silentInARow += 1;
    if (outcome.trouble.kind === 'unreachable' && !everReached) {
      // Then nothing has been tested that could be told.
      early.push({ planned: sent, progress, trouble: outcome.trouble });
      if (silentInARow >= GONE_AFTER) stopped = 'unreachable';
      return;
    }
    if (silentInARow >= GONE_AFTER * concurrency) stopped = 'unreachable';
    if (outcome.trouble.kind === 'credentials') stopped = 'credentials';
    tally.finished(sent, outcome, progress);
  };
  const outOfTime = (): boolean => {
    if (stopped === undefined && performance.now() >= until) stopped = 'time';
    return stopped === 'time';
  };
  const work = async (): Promise<void> => {
    while (stopped === undefined) {
      if (interrupted()) {
        stopped = 'interrupted';
        return;
      }
      if (outOfTime()) return;
      const next = queue.next();
      if (next === undefined) return;
      const { planned, progress } = next;
      const { sent, outcome } = await sendCase(planned, progress.baseUrl, sender);
      told(sent, outcome, progress);
    }
  };
  const workOnSequences = (): Promise<void> =>
    runSequences({
      plans,
      options: sequences,
      sender,
      concurrency,
      ended: () => stopped !== undefined || interrupted() || outOfTime(),
      begin: operation => {
        const progress = held.get(operation) ?? newProgress(operation, baseUrl);
        if (!held.has(operation)) {
          progress.open += 1;
          progress.ended = true;
          held.set(operation, progress);
        }
        return progress;
      },
      told,
      skip: tally.skip,
      forgetful: forgotten => {
        const tested = contracts[plans.indexOf(forgotten)];
        if (tested !== undefined) cleanUp?.forget(tested.contract);
      },
    });
  const untilHookFails = (what: () => Promise<void>): Promise<void> =>
    what().catch((error: unknown) => {
      hookError ??= error;
      stopped = 'hook-failed';
    });

  try {
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, () => untilHookFails(work)));
    await untilHookFails(workOnSequences);
    const reachable = everReached && stopped !== 'unreachable' && stopped !== 'credentials';
    const last = interrupted() ? { forMs: LAST_WAIT_MS } : {};
    cleaned = await cleanUp?.end(sender, { reachable, concurrency, ...last });
  } finally {
    if (options.transport === undefined) transport.close();
  }
  const [first] = early;
  const nobody = !everReached && !interrupted() && hookError === undefined ? first : undefined;
  if (hookError !== undefined) stopped = 'hook-failed';
  else if (interrupted()) stopped = 'interrupted';
  else if (nobody !== undefined) stopped = 'unreachable';
  else
    for (const { planned, progress, trouble } of early)
      tally.finished(planned, { kind: 'unanswered', trouble }, progress);
  for (const progress of held.values()) tally.release(progress);
  const unreadable = contracts
    .flatMap(({ contract }) => contract.problems)
    .filter(({ severity }) => severity === 'fatal').length;
  const ms = performance.now() - started;
  const leftOut = contracts.flatMap(({ contract }) => contract.operations).length - operations.length;
  const lacking = missingBasePath(
    contracts.map(({ contract }) => contract),
    baseUrl,
  );
  const summary = tally.end(
    { operations: operations.length, leftOut, stopped, unreadable, cleanUp: cleaned, ms },
    lacking,
  );
  if (afterRun !== undefined) {
    await calling('afterRun', () => afterRun(summary)).catch((error: unknown) => {
      hookError ??= error;
    });
  }
  if (nobody !== undefined) throw unreachable(baseUrl, nobody.trouble);
  if (hookError !== undefined) throw hookError;
  return summary;
}

/** Undefined when nothing is to be removed: nothing is made where only safe methods are sent or nothing is kept. */
export function cleanUpOf(
  { baseUrl, cleanUp = {}, sequences = {} }: Pick<RunOptions, 'baseUrl' | 'cleanUp' | 'sequences'>,
  plan: CasePlanOptions,
): CleanUp | undefined {
  if (cleanUp.off === true || plan.safe === true || sequences.stateless === true) return undefined;
  return newCleanUp(baseUrl, plan, cleanUp, sequences.hints ?? {});
}

/** At depth `examples` a person wants what the document gives, and no more. */
export function newSequencePlans(
  { contracts, select, sequences = {} }: Pick<RunOptions, 'contracts' | 'select' | 'sequences'>,
  plan: CasePlanOptions,
): readonly SequencePlan[] {
  if (sequences.off === true || (plan.depth === 'examples' && sequences.only !== true)) return [];
  const { safe = false, hints = {} } = sequences;
  const options = { ...plan, ...(select === undefined ? {} : { select }), safe, hints };
  return contracts.map(({ contract }) => sequencePlan(contract, options));
}
