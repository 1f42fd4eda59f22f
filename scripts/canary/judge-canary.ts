/** One look at a canary: the cases of `rehearsal test`, sent to a stage with two sides, until the judge has decided. */

import type { RehearsalError } from '../../contract/errors.ts';
import { requestIdOf } from '../../contract-tests/canary/attribution.ts';
import type { CanaryCheck } from '../../contract-tests/canary/canary-events.ts';
import { checkCanary } from '../../contract-tests/canary/check-canary.ts';
import type { Decision } from '../../contract-tests/canary/decision.ts';
import { CANARY_REPORTERS } from '../../contract-tests/canary/report/canary-reporters.ts';
import { canaryTerminal } from '../../contract-tests/canary/report/canary-terminal.ts';
import { readRelease } from '../../gateway/stages/canary/operations.ts';
import type { Judgement } from '../../gateway/stages/canary/ramp.ts';
import { differences, type Release } from '../../gateway/stages/canary/release.ts';
import { type CommandContext, listOption, type OptionValues } from '../command.ts';
import { openReportsOf } from '../open-reports.ts';
import { prepareRun } from '../prepared-run.ts';
import { acceptedBreaks, breakKey } from './confirm-promotion.ts';
import { judgeOptions, limitsOf } from './judge-options.ts';
import type { OpenCanary } from './open-canaries.ts';
import { openStageLog } from './open-stage-log.ts';

export interface LookOptions {
  readonly release: Release;
  /** Looks that share the error rate. */
  readonly looks: number;
  readonly signal: AbortSignal;
}

/**
 * Judges the canary as it is and changes nothing.
 *
 * @throws RehearsalError those of `prepareRun`, of the run, LOG_UNREADABLE
 */
export async function lookAtCanary(
  canary: OpenCanary,
  { release, looks, signal }: LookOptions,
  options: OptionValues,
  context: CommandContext,
): Promise<CanaryCheck> {
  const { percentTraffic = 0, deploymentId = '' } = release.canary ?? {};
  const deployments = { baseline: release.deploymentId, canary: deploymentId };
  const prepared = await prepareRun(canary.stage.name, [canary.tested], options, context);
  const reports = openReportsOf(
    { all: CANARY_REPORTERS, terminal: canaryTerminal },
    reporterOptions(options, percentTraffic),
    { mask: prepared.run.mask },
    context,
  );
  const stop = (): void => prepared.close();
  signal.addEventListener('abort', stop);
  const { log, close } = await openStageLog(canary, deployments, options, context);
  try {
    const { transport, tellWaits } = await prepared.open(signal, sent => {
      const id = sent.kind === 'answered' ? requestIdOf(sent.response) : undefined;
      if (id !== undefined) log?.ours(id);
    });
    const check = await checkCanary({
      ...prepared.run,
      withoutCases: options['cases'] === false,
      ...(log === undefined ? {} : { sidesOf: log.sidesOf, traffic: log.traffic }),
      ...(await acceptedBreaks(options, context)),
      ...limitsOf(options, canary.config),
      judge: judgeOptions(options, canary.config, looks),
      percentTraffic,
      deployments,
      unchanged: () => isUnchanged(canary, release),
      transport,
      signal,
      listeners: reports.listeners,
    });
    tellWaits(context.stderr);
    for (const note of log?.notes() ?? []) context.stderr.write(`${canary.prefix}note: ${note}\n`);
    return check;
  } finally {
    close();
    reports.write();
    signal.removeEventListener('abort', stop);
    prepared.close();
  }
}

/** Each step of a ramp has its own report where the name of the file says which: `canary-{percent}.json`. */
function reporterOptions(options: OptionValues, percent: number): OptionValues {
  const named = listOption(options, 'reporter').map(text => text.replaceAll('{percent}', String(percent)));
  return { ...options, reporter: named };
}

/** A control plane that is busy says nothing about the stage; that is found out before the next change. */
async function isUnchanged({ address }: OpenCanary, release: Release): Promise<boolean> {
  try {
    return differences(release, await readRelease(address)).length === 0;
  } catch (error) {
    const { code } = error as Partial<RehearsalError>;
    if (code === 'PLANE_THROTTLED' || code === 'PLANE_UNREACHABLE') return true;
    throw error;
  }
}

/** What a decision means for the ramp. */
export function judgementOf({ decision, findings }: CanaryCheck): Judgement {
  const known = findings
    .filter(({ failed }) => failed.baseline > 0)
    .map(({ operation, check, place }) => breakKey(operation, check, place));
  if (decision.kind === 'promote') return { kind: 'good', reason: decision.reason, known };
  if (decision.kind === 'rollback') return { kind: 'bad', reason: decision.reason };
  return decision.because === 'interrupted'
    ? { kind: 'interrupted' }
    : { kind: 'unsure', reason: reasonOf(decision) };
}

function reasonOf(decision: Extract<Decision, { kind: 'inconclusive' }>): string {
  const [first] = decision.takes?.lacks ?? [];
  return first === undefined ? decision.reason : `${decision.reason} ${first}`;
}
