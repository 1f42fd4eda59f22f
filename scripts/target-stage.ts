/** The stage that outputs are made for: its settings, and whether all they name is there. */

import { RehearsalError } from '../contract/errors.ts';
import type { Contract } from '../contract/model.ts';
import type { TargetStage } from '../contract/target.ts';
import type { GatewayStageSettings } from '../gateway/stage-settings.ts';
import { type CommandContext, type NamedContract, type OptionValues, textOption } from './command.ts';
import { suggestion } from './select-cases.ts';

/**
 * @returns undefined where no stage is named
 * @throws RehearsalError USAGE for a stage that the configuration does not have, and for settings about tags, operations
 * or security schemes that no document has
 */
export async function readTargetStage(
  options: OptionValues,
  contracts: readonly NamedContract[],
  context: CommandContext,
): Promise<TargetStage | undefined> {
  const word = textOption(options, 'stage');
  if (word === undefined) return undefined;
  const { stages = {}, specs } = await context.config();
  const settings = Object.hasOwn(stages, word) ? stages[word] : undefined;
  if (settings === undefined)
    throw usage(
      `--stage takes a stage of the configuration, not ${JSON.stringify(word)}${suggestion(word, Object.keys(stages))}`,
    );
  if (settings.provider === 'url')
    throw usage(`--stage takes a stage of API Gateway, and ${word} is an address.`);
  // Of several documents those that are left out may have what is named.
  const isAll = specs === undefined || contracts.length >= Object.keys(specs).length;
  const unknown = unknownNames(
    settings,
    contracts.map(({ contract }) => contract),
  );
  const [first] = unknown;
  if (first !== undefined && isAll) throw usage(`The stage ${word} is configured for ${first}`);
  for (const what of isAll ? [] : unknown)
    context.stderr.write(`note: the stage ${word} is configured for ${what}\n`);
  return { name: word.replace(/[^\w-]+/g, '-'), provider: settings.provider, settings };
}

/**
 * The stages that share the output of the first.
 *
 * @throws RehearsalError USAGE as for that one, and where there is none
 */
export async function readOtherStages(
  options: OptionValues,
  contracts: readonly NamedContract[],
  context: CommandContext,
): Promise<readonly TargetStage[]> {
  const words = (textOption(options, 'andStages') ?? '').split(',').map(word => word.trim());
  const names = words.filter(word => word !== '');
  const first = textOption(options, 'stage');
  if (names.length === 0) return [];
  if (first === undefined)
    throw usage('--and-stages names stages beside that of --stage, and there is none.');
  const stages: TargetStage[] = [];
  for (const stage of new Set(names)) {
    if (stage === first) throw usage(`--and-stages names ${stage}, which --stage has already.`);
    const read = await readTargetStage({ ...options, stage }, contracts, context);
    if (read !== undefined) stages.push(read);
  }
  return stages;
}

/** What settings are about that no document has, each as the end of a sentence. */
function unknownNames(
  { integrations = {}, authorizers = {} }: GatewayStageSettings,
  contracts: readonly Contract[],
): readonly string[] {
  const operations = contracts.flatMap(contract => contract.operations);
  const known: readonly (readonly [string, object | undefined, readonly string[]])[] = [
    [
      'the operation',
      integrations.operations,
      operations.flatMap(({ key, id }) => (id === undefined ? [key] : [key, id])),
    ],
    ['the tag', integrations.tags, operations.flatMap(({ tags }) => tags)],
    [
      'the security scheme',
      authorizers,
      contracts.flatMap(({ securitySchemes }) => [...securitySchemes.keys()]),
    ],
  ];
  return known.flatMap(([what, settings = {}, names]) =>
    Object.keys(settings)
      .filter(name => !names.includes(name))
      .map(name => `${what} ${JSON.stringify(name)}, which no document has${suggestion(name, names)}`),
  );
}

function usage(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'generate' });
}
