/** `rehearsal stages`: what is on each stage of the configuration, its canary, how old it is, and the last verdict. */
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { describedRelease } from '../../gateway/stages/deployment-description.ts';
import type { StageState } from '../../gateway/stages/stage.ts';
import { deploymentState, stageState } from '../../gateway/stages/stage-state.ts';
import { type CommandContext, type CommandModule, listOption, type OptionValues } from '../command.ts';
import type { GatewayStageConfig, StageConfig } from '../config/config.ts';
import { documentName } from '../document-name.ts';
import { apiOf, type OpenPlane, openPlaneOf } from '../gateway-stage.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { requireKnown, usage } from '../select-cases.ts';
import { lastEvents, stageHistory } from '../stage-history.ts';
import { tableText } from '../table-text.ts';
import { usableContracts } from '../usable-contracts.ts';

export const stagesCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--spec <document...>', 'the documents (default: all of the configuration)')
    .option('--json', 'print one line of JSON for each stage and document')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal stages
  $ rehearsal stages prod --json

Exit codes: 0 told, 2 wrong usage, 3 a control plane does not answer or does not allow it.`,
    );
  defineSpecOptions(command);
}

/** One document on one stage, as machines read it. */
interface StageRecord {
  readonly stage: string;
  readonly provider: string;
  readonly production: boolean;
  readonly document: string | null;
  readonly api: string | null;
  readonly url: string | null;
  readonly deployment: DeploymentRecord | null;
  readonly canary: CanaryRecord | null;
  /** By name; those that the configuration takes from the environment are `***`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of `rehearsal test`, from this folder. */
  readonly tested: Said | null;
  /** What became of its last canary, by `rehearsal canary` from this folder. */
  readonly judged: Said | null;
  /** Why nothing is known. */
  readonly trouble: string | null;
}

interface Said {
  readonly verdict: string;
  readonly at: string;
}

interface DeploymentRecord {
  readonly id: string;
  readonly hash: string | null;
  readonly commit: string | null;
  /** ISO 8601; null where somebody deleted it. */
  readonly created: string | null;
}

interface CanaryRecord extends DeploymentRecord {
  readonly percentTraffic: number;
  readonly variables: Readonly<Record<string, string>>;
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const { stages = {} } = await context.config();
  const names = args.length > 0 ? args : Object.keys(stages);
  if (names.length === 0) throw usage('The configuration names no stages.', 'stages');
  for (const name of names) requireKnown('stage', name, Object.keys(stages), 'stages');
  const loaded = await readSpecs(listOption(options, 'spec'), options, context, 'stages');
  const documents = await Promise.all(
    usableContracts(loaded, context).map(({ name }) => documentName(name, context)),
  );
  const records: StageRecord[] = [];
  let exitCode = 0;
  for (const name of names) {
    const stage = stages[name];
    if (stage === undefined) continue;
    try {
      records.push(...(await recordsOf(name, stage, documents, context)));
    } catch (error) {
      if (!(error instanceof RehearsalError)) throw error;
      exitCode = Math.max(exitCode, error.exitCode);
      context.stderr.write(`error: ${name}: ${error.message}\n`);
      records.push({ ...emptyRecord(name, stage, null), trouble: error.code });
    }
  }
  if (options['json'] === true) {
    for (const record of records) context.stdout.write(`${JSON.stringify(record)}\n`);
  } else context.stdout.write(tableText(rowsOf(records, Date.now())));
  return exitCode;
}

function emptyRecord(stage: string, config: StageConfig, document: string | null): StageRecord {
  return {
    stage,
    provider: config.provider,
    production: config.production === true,
    document,
    api: null,
    url: config.provider === 'url' ? config.url : null,
    deployment: null,
    canary: null,
    variables: {},
    tested: null,
    judged: null,
    trouble: null,
  };
}

async function recordsOf(
  name: string,
  config: StageConfig,
  documents: readonly string[],
  context: CommandContext,
): Promise<readonly StageRecord[]> {
  if (config.provider === 'url') return [emptyRecord(name, config, null)];
  const opened = await openPlaneOf(name, config, context);
  const history = stageHistory(await context.configFolder(), name);
  const records: StageRecord[] = [];
  for (const document of documents) {
    const { tested, canary } = lastEvents(history, document);
    records.push({
      ...emptyRecord(name, config, document),
      ...(await stateRecord(opened, document)),
      tested: tested === undefined ? null : { verdict: tested.verdict, at: tested.at },
      judged: canary === undefined ? null : { verdict: canary.outcome, at: canary.at },
    });
  }
  return records;
}

async function stateRecord(opened: OpenPlane, document: string): Promise<Partial<StageRecord>> {
  const { plane, stageName, config } = opened;
  const api = await apiOf(opened, document);
  if (api === undefined) return {};
  const { url } = opened.stageOf(document, api.id);
  const state = await stageState(plane, { apiId: api.id, stageName });
  if (state === undefined) return { api: api.id };
  const { canary } = state;
  return {
    api: api.id,
    url,
    deployment: await deploymentRecord(opened, api.id, state.deploymentId),
    canary:
      canary === undefined
        ? null
        : {
            ...(await deploymentRecord(opened, api.id, canary.deploymentId)),
            percentTraffic: canary.percentTraffic,
            variables: hidden(canary.variables, config),
          },
    variables: hidden(state.variables, config),
  };
}

async function deploymentRecord({ plane }: OpenPlane, apiId: string, id: string): Promise<DeploymentRecord> {
  const deployment = await deploymentState(plane, apiId, id);
  const release = describedRelease(deployment?.description);
  return {
    id,
    hash: release?.hash ?? null,
    commit: release?.commit ?? null,
    created: deployment === undefined ? null : new Date(deployment.created).toISOString(),
  };
}

function hidden(
  variables: StageState['variables'],
  { variables: configured = {} }: GatewayStageConfig,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      Object.hasOwn(configured, name) && typeof configured[name] === 'object' ? '***' : value,
    ]),
  );
}

function rowsOf(records: readonly StageRecord[], now: number): readonly (readonly string[])[] {
  return [
    ['stage', 'provider', 'document', 'API', 'deployment', 'age', 'canary', 'variables', 'last verdict'],
    ...records.map(record => [
      record.production ? `${record.stage} (production)` : record.stage,
      record.provider,
      record.document ?? '-',
      record.api ?? record.url ?? '-',
      record.trouble ?? (record.deployment === null ? '-' : deploymentText(record.deployment)),
      record.deployment === null ? '-' : ageText(record.deployment.created, now),
      record.canary === null
        ? '-'
        : `${deploymentText(record.canary)}, ${record.canary.percentTraffic} %${variablesText(record.canary.variables, ', ')}`,
      variablesText(record.variables) || '-',
      verdictText(record, now),
    ]),
  ];
}

/** Of tests and canaries the later one. */
function verdictText({ tested, judged }: StageRecord, now: number): string {
  const last = judged !== null && (tested === null || judged.at > tested.at) ? judged : tested;
  if (last === null) return '-';
  return `${last === judged ? 'canary ' : ''}${last.verdict}, ${ageText(last.at, now)} ago`;
}

function deploymentText({ id, hash, commit, created }: DeploymentRecord): string {
  const what = commit ?? hash ?? (created === null ? 'deleted' : 'made by somebody else');
  return `${id} (${what})`;
}

function variablesText(variables: Readonly<Record<string, string>>, before = ''): string {
  const text = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  return text === '' ? '' : before + text;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** In the largest unit that fits: `3 h`. */
function ageText(since: string | null, now: number): string {
  if (since === null) return '-';
  const ms = Math.max(0, now - Date.parse(since));
  const [length, unit] = UNITS.find(([size]) => ms >= size) ?? [1000, 's'];
  return `${Math.floor(ms / length)} ${unit}`;
}
