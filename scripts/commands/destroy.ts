/** `rehearsal destroy`: removes a stage that deploy made, and the REST API with its last one. Nothing else is touched. */
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { askPlane } from '../../gateway/stages/ask-plane.ts';
import { DOCUMENT_TAG, type FoundApi } from '../../gateway/stages/find-api.ts';
import { stageState } from '../../gateway/stages/stage-state.ts';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type OptionValues,
  textOption,
} from '../command.ts';
import { documentName } from '../document-name.ts';
import { apiOf, type OpenPlane, openPlane } from '../gateway-stage.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { usage } from '../select-cases.ts';
import { rememberEvent } from '../stage-history.ts';
import { usableContracts } from '../usable-contracts.ts';

export const destroyCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--spec <document...>', 'only of these documents (default: all of the configuration)')
    .option(
      '--confirm <stage>',
      'the name of the stage once more; without it nothing of production is removed',
    )
    .option('--dry-run', 'say what would be removed, and remove nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal destroy dev
  $ rehearsal destroy prod --confirm prod

Only what rehearsal deploy made is removed, which its tag ${DOCUMENT_TAG} says.
Exit codes: 0 removed, or nothing there, 2 wrong usage or a stage that somebody else made, 3 API Gateway does not answer or
does not allow it.`,
    );
  defineSpecOptions(command);
}

interface Doomed {
  readonly document: string;
  readonly api: FoundApi;
  /** The stage is the API's only one, and deploy made the API. */
  readonly whole: boolean;
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const name = args[0] ?? '';
  const opened = await openPlane(name, 'deploy', 'destroy', context);
  const confirmed = textOption(options, 'confirm');
  if (confirmed !== undefined && confirmed !== name)
    throw usage(`--confirm has to say ${name}, not ${JSON.stringify(confirmed)}.`, 'destroy');
  const isDry = options['dryRun'] === true;
  if (opened.config.production === true && confirmed === undefined && !isDry)
    throw usage(
      `${name} is production: to remove it, give its name once more with --confirm ${name}.`,
      'destroy',
    );
  const loaded = await readSpecs(listOption(options, 'spec'), options, context, 'destroy');
  // All are looked at before the first goes.
  const doomed: Doomed[] = [];
  for (const { name: path } of usableContracts(loaded, context)) {
    const document = await documentName(path, context);
    const found = await doomedOf(opened, document);
    if (found === undefined) context.stdout.write(`${document}: not on ${name}\n`);
    else doomed.push(found);
  }
  for (const one of doomed) {
    if (!isDry) await remove(opened, one, context);
    const what = one.whole
      ? `stage ${opened.stageName} and its REST API ${one.api.id}`
      : `stage ${opened.stageName} of the REST API ${one.api.id}`;
    context.stdout.write(`${one.document}: ${what} ${isDry ? 'would be removed' : 'removed'}\n`);
  }
  return 0;
}

async function doomedOf(opened: OpenPlane, document: string): Promise<Doomed | undefined> {
  const { plane, stageName, name } = opened;
  const api = await apiOf(opened, document);
  const state = api && (await stageState(plane, { apiId: api.id, stageName }));
  if (api === undefined || state === undefined) {
    const isEmpty = api?.tags[DOCUMENT_TAG] === document && (await stagesOf(opened, api.id)).length === 0;
    // What a run left that was cut off between the two.
    return api !== undefined && isEmpty ? { document, api, whole: true } : undefined;
  }
  if (state.tags[DOCUMENT_TAG] !== document) {
    throw new RehearsalError('STAGE_FOREIGN', { stage: name, document, api: api.id });
  }
  const others = (await stagesOf(opened, api.id)).filter(other => other !== stageName);
  return { document, api, whole: others.length === 0 && api.tags[DOCUMENT_TAG] === document };
}

async function stagesOf({ plane }: OpenPlane, restApiId: string): Promise<readonly string[]> {
  const { item = [] } = await askPlane('GetStages', () => plane.getStages({ restApiId }));
  return item.map(({ stageName = '' }) => stageName);
}

async function remove(
  { plane, stageName, name }: OpenPlane,
  { document, api, whole }: Doomed,
  context: CommandContext,
): Promise<void> {
  // Its stages go with an API.
  if (whole) await askPlane('DeleteRestApi', () => plane.deleteRestApi({ restApiId: api.id }));
  else await askPlane('DeleteStage', () => plane.deleteStage({ restApiId: api.id, stageName }));
  const at = new Date().toISOString();
  rememberEvent(await context.configFolder(), name, { at, document, event: 'destroyed', apiId: api.id });
}
