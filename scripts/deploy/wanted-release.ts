/** What a document and a stage of the configuration come to at the service: the definition, its hash, variables, settings. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { RehearsalError } from '../../contract/errors.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Contract } from '../../contract/model.ts';
import type { TargetStage } from '../../contract/target.ts';
import { ACCESS_LOG_FORMAT } from '../../contract-tests/canary/access-lines.ts';
import { placeOperations } from '../../gateway/document/resource-paths.ts';
import { isId } from '../../gateway/stages/find-api.ts';
import type { WantedSettings } from '../../gateway/stages/method-settings.ts';
import type { WantedRelease } from '../../gateway/stages/plan-deployment.ts';
import type { StageWishes } from '../../gateway/stages/stage-changes.ts';
import { refusedVariable } from '../../gateway/stages/stage-variables.ts';
import { gatewayTarget } from '../../gateway/target.ts';
import type { CommandContext, NamedContract } from '../command.ts';
import type { GatewayStageConfig } from '../config/config.ts';
import { requireKnown } from '../select-cases.ts';

export interface ReleaseChoices {
  /** The document, by its name. */
  readonly document: string;
  readonly stageName: string;
  readonly config: GatewayStageConfig;
  /** What the stage says of the document that is made for it. */
  readonly target: TargetStage | undefined;
  readonly percent: number | undefined;
  /** Makes a deployment also where there is one. */
  readonly again: boolean;
}

/**
 * @throws RehearsalError TARGET_REQUIREMENT for a document that the service would not import, VARIABLE_REFUSED
 */
export function wantedRelease(
  { name, contract }: NamedContract,
  { document, stageName, config, target, percent, again }: ReleaseChoices,
  context: CommandContext,
): WantedRelease {
  const named =
    config.apis !== undefined && Object.hasOwn(config.apis, document) ? config.apis[document] : undefined;
  // An import gives an API the title of its document; one that is found by its name has to keep it.
  const title = named !== undefined && !isId(named) ? named : contract.title || document;
  const definition = definitionOf(document, contract, title, target);
  return {
    document,
    title,
    definition,
    hash: createHash('sha256').update(definition).digest('hex').slice(0, 12),
    commit: commitOf(resolve(context.cwd, name)),
    stageName,
    wishes: wishesOf(contract, config, context),
    percent,
    again,
  };
}

/** The same as `rehearsal generate gateway --stage` makes. */
function definitionOf(
  name: string,
  contract: Contract,
  title: string,
  stage: TargetStage | undefined,
): string {
  const [file] = gatewayTarget.emit({
    name,
    contract,
    spec: undefined,
    language: 'ts',
    ...(stage === undefined ? {} : { stage }),
  });
  const text = file?.text ?? '';
  if (title === contract.title) return text;
  const document = JSON.parse(text) as { readonly info: object };
  return `${stringifyJson({ ...document, info: { ...document.info, title } }, 2)}\n`;
}

/** Undefined outside of git, and for what differs from the commit. */
function commitOf(path: string): string | undefined {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: dirname(path),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    if (git('status', '--porcelain', '--', path) !== '') return undefined;
    return git('rev-parse', '--short=7', 'HEAD');
  } catch {
    return undefined;
  }
}

function wishesOf(contract: Contract, config: GatewayStageConfig, context: CommandContext): StageWishes {
  const { variables, settings, cacheClusterSize, tracingEnabled, accessLogSettings } = config;
  const values =
    variables === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(variables).map(([name, value]) => [name, variableValue(name, value, context)]),
        );
  return {
    variables: values,
    secret: new Set(
      Object.entries(variables ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [] : [name])),
    ),
    settings: settings === undefined ? undefined : settingsOf(contract, settings),
    cacheClusterSize,
    tracing: tracingEnabled,
    accessLog: accessLogSettings ?? (config.provider === 'local' ? LOCAL_ACCESS_LOG : undefined),
  };
}

const LOCAL_ACCESS_LOG = {
  destinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:rehearsal',
  format: ACCESS_LOG_FORMAT,
};

/** Values of the environment are seen only now, so only now can they be refused. */
function variableValue(
  name: string,
  value: string | { readonly env: string },
  { env }: CommandContext,
): string {
  if (typeof value === 'string') return value;
  const found = env[value.env] ?? '';
  const reason = found === '' ? `${value.env} is not set` : refusedVariable(name, found);
  if (reason === undefined) return found;
  throw new RehearsalError('VARIABLE_REFUSED', { name, variable: value.env, reason });
}

/** By operation of this document; those of other documents are theirs. */
function settingsOf(
  contract: Contract,
  settings: NonNullable<GatewayStageConfig['settings']>,
): readonly WantedSettings[] {
  const placed = placeOperations(contract.operations, () => {});
  return Object.entries(settings)
    .toSorted(([a], [b]) => Number(b === '*') - Number(a === '*'))
    .flatMap(([key, wanted]): readonly WantedSettings[] => {
      if (key === '*') return [{ place: { path: '*', verb: '*' }, settings: { ...wanted } }];
      const found = placed.find(({ operation }) => operation.key === key || operation.id === key);
      if (found === undefined) return [];
      return [{ place: { path: found.path, verb: found.operation.method }, settings: { ...wanted } }];
    });
}

/**
 * Holds the names in a stage's configuration against the documents there are.
 *
 * @param documents - all that a command was told of
 * @throws RehearsalError USAGE, with the nearest of the known names
 */
export function requireKnownNames(
  stage: string,
  config: GatewayStageConfig,
  documents: readonly { readonly name: string; readonly contract: Contract }[],
): void {
  const names = documents.map(({ name }) => name);
  for (const name of Object.keys(config.apis ?? {}))
    requireKnown(`document (stages.${stage}.apis)`, name, names, 'deploy');
  const operations = documents.flatMap(({ contract }) =>
    contract.operations.flatMap(({ key, id }) => (id === undefined ? [key] : [key, id])),
  );
  for (const key of Object.keys(config.settings ?? {}))
    if (key !== '*') requireKnown(`operation (stages.${stage}.settings)`, key, operations, 'deploy');
}
