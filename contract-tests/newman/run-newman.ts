/**
 * One pass of cases over a server, sent and judged by newman: the collection of the cases that `run` would send, in their
 * order, told to the same listeners. What newman cannot send is counted as not made, each case by its id.
 */
import type { Contract, Operation } from '../../contract/model.ts';
import type { Case, CaseRequest } from '../../contract/plan/cases/case.ts';
import { type CaseCollection, caseCollection } from '../../postman/case-collection.ts';
import { baseUrlOf, missingBasePath } from '../base-url.ts';
import { newCaseQueue, type Progress } from '../case-queue.ts';
import type { CaseOutcome, RunSummary, TestedContract } from '../events.ts';
import { calling, hookedCase, hookedPlan } from '../hooks.ts';
import { cleanUpOf, newSequencePlans, type RunOptions } from '../run.ts';
import type { CaseSender } from '../send-case.ts';
import { settle } from '../settle.ts';
import { newTally, type Tally } from '../tally.ts';
import { nodeTlsOptions, type TlsOptions } from '../transport/tls.ts';
import { type Trouble, unreachable } from '../transport/trouble.ts';
import type { Transport } from '../transport.ts';
import { type ItemJudge, outcomeOfItem } from './item-outcome.ts';
import { gatherItems, type ItemResult } from './item-results.ts';
import type { Newman, NewmanEmitter, StartedRun } from './newman-types.ts';

export interface NewmanRunOptions
  extends Omit<RunOptions, 'transport' | 'concurrency' | 'checks'>,
    Required<Pick<RunOptions, 'checks'>> {
  readonly newman: Newman;
  /** Removes at the end what was made; newman sends everything else. */
  readonly transport: Transport;
  readonly connection: NewmanConnection;
  /** Puts credentials that are known only now into a request. */
  readonly filled: (baseUrl: string, request: CaseRequest) => Promise<CaseRequest>;
}

export interface NewmanConnection {
  readonly timeoutMs: number;
  /** Requests a second. */
  readonly rate: number | undefined;
  readonly tls: TlsOptions | undefined;
}

/** Requests in a row without an answer after which there is no server. */
const GONE_AFTER = 3;
/** As many as other runs remove things with. */
const CLEAN_UP_CONCURRENCY = 16;

/**
 * Sends every case with newman and gives the verdict.
 *
 * @throws RehearsalError STAGE_UNREACHABLE, STAGE_CONNECTION, HOOK_FAILED as `run` does
 */
export async function runWithNewman(options: NewmanRunOptions): Promise<RunSummary> {
  const { contracts, baseUrl, hooks = {}, mask, signal, select = () => true } = options;
  const plan = await hookedPlan(hooks, { baseUrl, contracts }, options.plan ?? {}, mask);
  const tally = newTally(options.listeners ?? []);
  const operations = contracts.flatMap(({ contract }) => contract.operations.filter(select));
  tally.tell({
    kind: 'run-started',
    baseUrl,
    contracts,
    operations: operations.length,
    seed: plan.seed ?? 0,
    depth: plan.depth ?? 'standard',
  });
  const started = performance.now();
  const cleanUp = cleanUpOf(options, plan);
  const pass: Pass = {
    options: { ...options, plan },
    tally,
    until: started + (options.maxMs ?? Number.POSITIVE_INFINITY),
    noted: outcome => {
      if (outcome.kind !== 'unanswered') cleanUp?.note(outcome.exchange);
    },
    early: [],
    everReached: false,
    silent: 0,
    stopped: undefined,
  };
  let hookError: unknown;
  try {
    if (options.sequences?.only !== true)
      for (const tested of contracts) if (pass.stopped === undefined) await testContract(tested, pass);
  } catch (error) {
    hookError = error;
    pass.stopped = 'hook-failed';
  }
  const [nobody] = pass.everReached || pass.stopped === 'interrupted' ? [] : pass.early;
  if (nobody === undefined)
    for (const { planned, progress, trouble } of pass.early)
      tally.finished(planned, { kind: 'unanswered', trouble }, progress);
  else if (hookError === undefined) pass.stopped = 'unreachable';
  for (const sequence of newSequencePlans(options, plan).flatMap(all => [...all]))
    tally.skip('not-sendable', sequence.id, undefined);
  const cleaned = await cleanUp?.end(removing(options), {
    reachable: pass.everReached && pass.stopped !== 'unreachable',
    concurrency: CLEAN_UP_CONCURRENCY,
    ...(signal?.aborted === true ? { forMs: 5000 } : {}),
  });
  const summary = tally.end(
    {
      operations: operations.length,
      leftOut: contracts.flatMap(({ contract }) => contract.operations).length - operations.length,
      stopped: pass.stopped,
      unreadable: contracts
        .flatMap(({ contract }) => contract.problems)
        .filter(({ severity }) => severity === 'fatal').length,
      cleanUp: cleaned,
      ms: performance.now() - started,
    },
    missingBasePath(
      contracts.map(({ contract }) => contract),
      baseUrl,
    ),
  );
  const { afterRun } = hooks;
  if (afterRun !== undefined) await calling('afterRun', () => afterRun(summary));
  if (nobody !== undefined) throw unreachable(baseUrl, nobody.trouble);
  if (hookError !== undefined) throw hookError;
  return summary;
}

/** What one run has come to so far. */
interface Pass {
  readonly options: NewmanRunOptions;
  readonly tally: Tally;
  readonly until: number;
  readonly noted: (outcome: CaseOutcome) => void;
  /** Cases that found no server before any found one. */
  readonly early: { readonly planned: Case; readonly progress: Progress; readonly trouble: Trouble }[];
  everReached: boolean;
  silent: number;
  stopped: RunSummary['stopped'];
}

/** A case as it goes into the collection, and what is known of it beside. */
interface Prepared {
  readonly sent: Case;
  readonly progress: Progress;
  /** A hook took away what it gets wrong, so that its answer says nothing about that. */
  readonly mended: boolean;
}

async function testContract(tested: TestedContract, pass: Pass): Promise<void> {
  const { options, tally } = pass;
  const prepared = await preparedCases(tested, options, tally);
  const byId = new Map(prepared.map(one => [one.sent.id, one]));
  const { checks, checkOptions, stage = 'server' } = options;
  const made = caseCollection(
    tested.contract,
    prepared.map(({ sent, mended }) => (mended ? { ...sent, expectation: 'any', breaks: undefined } : sent)),
    {
      checks: checks.map(({ name, severity }) => [name, severity] as const),
      ...(checkOptions === undefined ? {} : { options: checkOptions }),
      stage,
      notes: false,
    },
  );
  for (const { planned, reason } of made.unsendable) {
    const progress = byId.get(planned.id)?.progress;
    if (progress === undefined) continue;
    progress.cases -= 1;
    tally.skip('not-sendable', `${planned.id}: ${reason}`, progress);
    tally.release(progress);
  }
  let after: Promise<unknown> = Promise.resolve();
  await newmanRun(tested.contract, made, pass, result => {
    const planned = made.cases.get(result.item.id);
    const one = planned === undefined ? undefined : byId.get(planned.id);
    if (planned === undefined || one === undefined) return;
    const asked: ItemJudge = { checks, checkOptions, stage, baseUrl: one.progress.baseUrl };
    const outcome = outcomeOfItem(result, planned, asked);
    after = after.then(() => finish(one, outcome, pass));
  });
  await after;
}

async function preparedCases(
  { contract }: TestedContract,
  { baseUrl, plan = {}, select = () => true, selectCase, hooks = {}, mask, filled }: NewmanRunOptions,
  tally: Tally,
): Promise<readonly Prepared[]> {
  const queue = newCaseQueue(
    contract.operations.filter((operation: Operation) => select(operation)),
    baseUrl,
    plan,
    tally.planEnded,
    selectCase,
  );
  const { beforeCase } = hooks;
  const prepared: Prepared[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next()) {
    const { planned, progress } = next;
    const { sent, mended } =
      beforeCase === undefined
        ? { sent: planned, mended: false }
        : await hookedCase(beforeCase, planned, mask);
    const request = await filled(progress.baseUrl, sent.request);
    prepared.push({ sent: { ...sent, request }, progress, mended });
  }
  return prepared;
}

/** Settles what a failure is and tells it, unless there may be no server at all. */
async function finish({ sent, progress, mended }: Prepared, judged: CaseOutcome, pass: Pass): Promise<void> {
  const { options, tally } = pass;
  pass.noted(judged);
  const outcome = await settled(judged, mended, options);
  const { afterCase } = options.hooks ?? {};
  if (afterCase !== undefined) await calling('afterCase', () => afterCase(outcome, sent));
  if (outcome.kind === 'unanswered') {
    if (outcome.trouble.kind === 'unreachable' && !pass.everReached) {
      pass.early.push({ planned: sent, progress, trouble: outcome.trouble });
      return;
    }
  }
  tally.finished(sent, outcome, progress);
}

async function settled(
  outcome: CaseOutcome,
  mended: boolean,
  options: NewmanRunOptions,
): Promise<CaseOutcome> {
  if (mended && outcome.kind === 'passed')
    return { kind: 'not-judged', reason: 'changed-by-hook', exchange: outcome.exchange };
  if (outcome.kind !== 'failed' || options.settle === undefined) return outcome;
  return settle(outcome, () => Promise.resolve(undefined), { ...options.settle, retries: 0 });
}

function newmanRun(
  contract: Contract,
  { collection, variables }: CaseCollection,
  pass: Pass,
  told: (result: ItemResult) => void,
): Promise<void> {
  const { options } = pass;
  const { newman, baseUrl, connection, signal } = options;
  const addresses = variables.bases.map(({ name }) => {
    const own = contract.operations.find(operation => variables.baseUrlOf(operation) === name);
    return { key: name, value: own === undefined ? baseUrl : baseUrlOf(own, baseUrl) };
  });
  return new Promise((resolve, reject) => {
    let run: StartedRun | undefined;
    const stop = (why: RunSummary['stopped']): void => {
      pass.stopped ??= why;
      run?.abort();
    };
    const interrupt = (): void => stop('interrupted');
    const emitter = newman.run(
      { collection, envVar: addresses, reporters: [], ...connectionOptions(connection) },
      error => {
        signal?.removeEventListener('abort', interrupt);
        if (error) reject(error);
        else resolve();
      },
    );
    signal?.addEventListener('abort', interrupt);
    emitter.on('start', (_error, begun) => {
      run = begun.run;
      if (signal?.aborted === true) interrupt();
    });
    gatherItems(emitter, result => {
      forget(emitter);
      // What was cut off by the interruption itself is nobody's fault.
      if (signal?.aborted === true) return;
      if (result.response === undefined) pass.silent += 1;
      else {
        pass.silent = 0;
        pass.everReached = true;
      }
      told(result);
      if (pass.silent >= GONE_AFTER) stop('unreachable');
      if (performance.now() >= pass.until) stop('time');
    });
  });
}

/** Newman keeps every answer until its run has ended, and nobody here asks for them. */
function forget({ summary }: NewmanEmitter): void {
  summary?.run.executions.splice(0);
}

function connectionOptions({ timeoutMs, rate, tls }: NewmanConnection): Readonly<Record<string, unknown>> {
  const http = process.getBuiltinModule('node:http');
  const https = process.getBuiltinModule('node:https');
  return {
    timeoutRequest: timeoutMs,
    ...(rate === undefined ? {} : { delayRequest: Math.ceil(1000 / rate) }),
    ...(tls?.insecure === true ? { insecure: true } : {}),
    requestAgents: {
      http: new http.Agent({ keepAlive: true }),
      https: new https.Agent({ keepAlive: true, ...nodeTlsOptions(tls ?? {}) }),
    },
  };
}

function removing({ transport, checks, checkOptions, stage, mask }: NewmanRunOptions): CaseSender {
  return { transport, checks, checkOptions, stage, hooks: {}, mask, settle: undefined };
}
