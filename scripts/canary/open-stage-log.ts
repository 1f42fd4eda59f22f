/** The access log by which a canary is judged: of the gateway on this machine, or of CloudWatch at AWS. */
import { RehearsalError } from '../../contract/errors.ts';
import type { KnownSide } from '../../contract-tests/canary/answer.ts';
import { cloudWatchAccessLog } from '../../gateway/stages/cloudwatch-access-log.ts';
import { localAccessLog } from '../../gateway/stages/local-access-log.ts';
import type { AccessLogReader } from '../../gateway/stages/stage.ts';
import { stageState } from '../../gateway/stages/stage-state.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import type { OpenCanary } from './open-canaries.ts';
import { newStageLog, type StageLog } from './stage-log.ts';

export interface OpenLog {
  /** Undefined where the stage keeps none that could be asked. */
  readonly log: StageLog | undefined;
  readonly close: () => void;
}

/** How often it is read. CloudWatch takes five requests a second of a whole account. */
const EVERY_MS = { local: 250, aws: 5000 } as const;

const NONE: OpenLog = { log: undefined, close: () => {} };

/** A log that cannot be read is said, and done without: most answers tell their side by themselves. */
export async function openStageLog(
  canary: OpenCanary,
  deployments: Readonly<Record<KnownSide, string>>,
  options: OptionValues,
  context: CommandContext,
): Promise<OpenLog> {
  if (options['log'] === false) return NONE;
  const opened = await openReader(canary, context);
  if (opened === undefined) return NONE;
  const { read, close } = opened;
  try {
    // What was logged before belongs to nobody here.
    await read();
  } catch (error) {
    close();
    if (!(error instanceof RehearsalError)) throw error;
    context.stderr.write(`${canary.prefix}note: ${error.message} Sides are told by headers alone.\n`);
    return NONE;
  }
  return { log: newStageLog(read, deployments, EVERY_MS[canary.stage.provider]), close };
}

async function openReader(
  { stage, address, endpoint, config, now, prefix }: OpenCanary,
  context: CommandContext,
): Promise<{ readonly read: AccessLogReader; readonly close: () => void } | undefined> {
  if (stage.provider === 'local') {
    return endpoint === undefined ? undefined : { read: localAccessLog(endpoint, address), close: () => {} };
  }
  const { accessLog } = (await stageState(address.plane, address)) ?? {};
  if (accessLog === undefined) return undefined;
  const { destinationArn } = accessLog;
  const { region } = stage;
  try {
    return await cloudWatchAccessLog({ destinationArn, region, profile: config.profile, endpoint }, now);
  } catch (error) {
    if (!(error instanceof RehearsalError) || error.code !== 'LOG_CLIENT_MISSING') throw error;
    context.stderr.write(`${prefix}note: ${error.message}\n`);
    return undefined;
  }
}
