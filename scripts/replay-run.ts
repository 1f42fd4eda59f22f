/** Sends the cases of a report again as the configuration has it: its checks and what they weigh, its hooks, its hints. */
import type { Check } from '../contract/checks/check.ts';
import { CHECKS } from '../contract/checks/index.ts';
import { newProgress } from '../contract-tests/case-queue.ts';
import { newPresence } from '../contract-tests/dropped.ts';
import type { RunSummary } from '../contract-tests/events.ts';
import { calling, hookedPlan } from '../contract-tests/hooks.ts';
import type { Mask } from '../contract-tests/mask.ts';
import { type Replayed, replay } from '../contract-tests/replay.ts';
import type { MadeWith, ReplayCase } from '../contract-tests/replay-record.ts';
import { cleanUpOf } from '../contract-tests/run.ts';
import type { CaseSender } from '../contract-tests/send-case.ts';
import { newTally } from '../contract-tests/tally.ts';
import type { Transport } from '../contract-tests/transport.ts';
import type { NamedContract } from './command.ts';
import type { Config } from './config/config.ts';
import type { RunCredentials } from './credentials.ts';
import { checkOptionsOf, selectChecks } from './select-checks.ts';
import { sequenceHints } from './sequence-hints.ts';
import type { Stage } from './stage.ts';

export interface ReplayRun {
  readonly cases: readonly ReplayCase[];
  readonly made: MadeWith | undefined;
  readonly contracts: readonly NamedContract[];
  readonly stage: Stage;
  /** The stage is another one than that of the report. */
  readonly elsewhere: boolean;
  readonly config: Config;
  readonly credentials: RunCredentials;
  readonly mask: Mask;
  /** The stage's connections, with its pace and its credentials. */
  readonly transport: Transport;
  readonly signal: AbortSignal;
  readonly told: (replayed: Replayed, recorded: ReplayCase) => void;
}

/** How long it takes to remove what cases have made. */
const LAST_WAIT_MS = 30_000;

/**
 * What became of the things that single cases made.
 *
 * @throws RehearsalError HOOK_FAILED, USAGE
 */
export async function replayRun(run: ReplayRun): Promise<RunSummary['cleanUp']> {
  const { cases, made, contracts, stage, config, credentials, mask, transport, signal } = run;
  const { hooks = {}, test } = config;
  const started = performance.now();
  const operations = contracts.flatMap(({ contract }) => contract.operations);
  const baseUrl = run.elsewhere ? stage.url : (made?.baseUrl ?? stage.url);
  const now = {
    headers: stage.headers,
    credentials: credentials.planned,
    lesserCredentials: credentials.lesser,
  };
  const plan = await hookedPlan(hooks, { baseUrl, contracts }, now, mask);
  const hints = contracts.length === 0 ? {} : sequenceHints(test, operations);
  const off = test?.cleanUp === false;
  const cleanUp = cleanUpOf({ baseUrl, cleanUp: { off }, sequences: { hints } }, plan);
  const sender: CaseSender = {
    transport,
    checks: checksFor(cases, config),
    checkOptions: checkOptionsOf({}, test),
    stage: stage.kind,
    hooks,
    mask,
    settle: undefined,
    presence: newPresence(transport, signal),
    ...(cleanUp === undefined ? {} : { noted: cleanUp.note }),
  };
  const tally = newTally([]);
  await replay({
    cases,
    contracts: new Map(contracts.map(({ contract }) => [contract.source.document.name, contract])),
    ...(run.elsewhere ? { baseUrl: stage.url } : {}),
    made,
    plan,
    hints,
    sender,
    signal,
    told: run.told,
    judged: (outcome, tested) => tally.finished(tested, outcome, newProgress(tested.operation, baseUrl)),
  });
  const cleaned = await cleanUp?.end(sender, { reachable: true, forMs: LAST_WAIT_MS, concurrency: 1 });
  const { afterRun } = hooks;
  const summary = tally.end(
    {
      operations: operations.length,
      leftOut: 0,
      unreadable: 0,
      cleanUp: cleaned,
      stopped: signal.aborted ? 'interrupted' : undefined,
      ms: performance.now() - started,
    },
    undefined,
  );
  if (afterRun !== undefined) await calling('afterRun', () => afterRun(summary));
  return cleaned;
}

/** Those of the configuration, and optional ones that somebody had asked for when they failed. */
function checksFor(cases: readonly ReplayCase[], { test }: Config): readonly Check[] {
  const failed = new Set(cases.flatMap(({ checks }) => checks));
  const wanted = CHECKS.filter(
    ({ name, optional }) => optional === true && failed.has(name) && test?.checks?.[name] === undefined,
  );
  return [...selectChecks({}, test), ...wanted];
}
