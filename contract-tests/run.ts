/**
 * One pass of cases over a server: plans lazily, sends concurrently, judges each answer as it comes and tells the
 * listeners. Knows no reporter and writes nothing.
 */
import type { Check, CheckOptions } from '../contract/checks/check.ts';
import { DEFAULT_CHECKS } from '../contract/checks/index.ts';
import { isAccepted } from '../contract/exchange.ts';
import type { Operation } from '../contract/model.ts';
import type { Case, Skipped, SkipReason } from '../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import { newCaseQueue, type Progress } from './case-queue.ts';
import type { CaseOutcome, Listener, NotJudged, RunSummary, TestedContract } from './events.ts';
import { calling, type Hooks, hookedPlan } from './hooks.ts';
import type { Mask } from './mask.ts';
import { type CaseSender, sendCase } from './send-case.ts';
import type { SettleOptions } from './settle.ts';
import { type Trouble, unreachable } from './transport/trouble.ts';
import { createTransport, type Transport } from './transport.ts';
import { type Counts, verdictOf } from './verdict.ts';

export interface RunOptions {
  readonly contracts: readonly TestedContract[];
  /** Stands in the place of the documents' first server, base path included. */
  readonly baseUrl: string;
  /** The operations to test. Default: all. */
  readonly select?: (operation: Operation) => boolean;
  /** How cases are made: depth, seed, credentials. */
  readonly plan?: CasePlanOptions;
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
  const sender: CaseSender = { transport, checks, checkOptions, stage, hooks, mask, settle };
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
  const queue = newCaseQueue(operations, baseUrl, plan, tally.planEnded);
  const until = started + (options.maxMs ?? Number.POSITIVE_INFINITY);
  const interrupted = (): boolean => signal?.aborted === true;
  let stopped: RunSummary['stopped'];
  let everReached = false;
  let silentInARow = 0;
  let hookError: unknown;
  /** Cases that found no server before any found one. */
  const early: { readonly planned: Case; readonly progress: Progress; readonly trouble: Trouble }[] = [];

  const work = async (): Promise<void> => {
    while (stopped === undefined) {
      if (interrupted()) {
        stopped = 'interrupted';
        return;
      }
      if (performance.now() >= until) {
        stopped = 'time';
        return;
      }
      const next = queue.next();
      if (next === undefined) return;
      const { planned, progress } = next;
      const { sent, outcome } = await sendCase(planned, progress.baseUrl, sender);
      if (outcome.kind !== 'unanswered') {
        everReached = true;
        silentInARow = 0;
        tally.finished(sent, outcome, progress);
        continue;
      }
      // What was cut off by the interruption itself is nobody's fault.
      if (interrupted()) continue;
      silentInARow += 1;
      if (outcome.trouble.kind === 'unreachable' && !everReached) {
        // There may be no server at all; then nothing has been tested that could be told.
        early.push({ planned: sent, progress, trouble: outcome.trouble });
        if (silentInARow >= GONE_AFTER) stopped = 'unreachable';
        continue;
      }
      if (silentInARow >= GONE_AFTER * concurrency) stopped = 'unreachable';
      if (outcome.trouble.kind === 'credentials') stopped = 'credentials';
      tally.finished(sent, outcome, progress);
    }
  };
  const workUntilHookFails = (): Promise<void> =>
    work().catch((error: unknown) => {
      hookError ??= error;
      stopped = 'hook-failed';
    });

  try {
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, workUntilHookFails));
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
  const unreadable = contracts
    .flatMap(({ contract }) => contract.problems)
    .filter(({ severity }) => severity === 'fatal').length;
  const ms = performance.now() - started;
  const summary = tally.end({ operations: operations.length, stopped, unreadable, ms });
  if (afterRun !== undefined) {
    await calling('afterRun', () => afterRun(summary)).catch((error: unknown) => {
      hookError ??= error;
    });
  }
  if (nobody !== undefined) throw unreachable(baseUrl, nobody.trouble);
  if (hookError !== undefined) throw hookError;
  return summary;
}

interface Tally {
  readonly tell: Listener;
  readonly finished: (planned: Case, outcome: CaseOutcome, progress: Progress) => void;
  readonly planEnded: (progress: Progress) => void;
  readonly end: (rest: Pick<Counts, 'operations' | 'stopped' | 'unreadable' | 'ms'>) => RunSummary;
}

function newTally(listeners: readonly Listener[]): Tally {
  let cases = 0;
  let passed = 0;
  let failed = 0;
  let unanswered = 0;
  let accepted = 0;
  let positive = 0;
  let failures = 0;
  let warnings = 0;
  let flaky = 0;
  let known = 0;
  const notJudged = new Map<NotJudged, number>();
  const skipped = new Map<SkipReason, Skipped>();
  const tell: Listener = event => {
    for (const listener of listeners) listener(event);
  };

  const endOperation = (progress: Progress): void => {
    if (!progress.ended || progress.open > 0) return;
    tell({
      kind: 'operation-finished',
      operation: progress.operation,
      cases: progress.cases,
      failed: progress.failed,
      skipped: progress.skipped,
    });
  };

  return {
    tell,
    finished: (planned, outcome, progress) => {
      cases += 1;
      progress.open -= 1;
      if (planned.expectation === 'accepted') {
        positive += 1;
        if (outcome.kind !== 'unanswered' && isAccepted(outcome.exchange)) accepted += 1;
      }
      switch (outcome.kind) {
        case 'passed':
          passed += 1;
          break;
        case 'failed': {
          const errors = outcome.failures.filter(({ severity }) => severity === 'error').length;
          const excused = outcome.failures.filter(failure => failure.known?.expired === false).length;
          failures += errors;
          known += excused;
          warnings += outcome.failures.length - errors - excused;
          if (outcome.flaky === true) flaky += 1;
          if (errors > 0) {
            failed += 1;
            progress.failed += 1;
          } else passed += 1;
          break;
        }
        case 'not-judged':
          notJudged.set(outcome.reason, (notJudged.get(outcome.reason) ?? 0) + 1);
          break;
        case 'unanswered':
          unanswered += 1;
          break;
      }
      tell({ kind: 'case-finished', case: planned, outcome });
      endOperation(progress);
    },
    planEnded: progress => {
      progress.ended = true;
      for (const { reason, count, examples } of progress.skipped) {
        const known = skipped.get(reason);
        skipped.set(reason, {
          reason,
          count: count + (known?.count ?? 0),
          examples: known === undefined ? examples : [...known.examples, ...examples].slice(0, 3),
        });
      }
      endOperation(progress);
    },
    end: rest => {
      const counts: Counts = {
        ...rest,
        cases,
        passed,
        failed,
        notJudged,
        unanswered,
        accepted,
        positive,
        failures,
        warnings,
        flaky,
        known,
        skipped: [...skipped.values()],
      };
      const summary: RunSummary = { ...counts, ...verdictOf(counts) };
      tell({ kind: 'run-finished', summary });
      return summary;
    },
  };
}
