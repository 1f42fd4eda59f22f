/** What a stage of API Gateway serves, as the service exports it: what `export`, `import` and `diff` take for a document. */
import { RehearsalError } from '../contract/errors.ts';
import { type ExportForm, exportText } from '../gateway/stages/stage-export.ts';
import type { CommandContext, OptionValues } from './command.ts';
import { documentName } from './document-name.ts';
import { deployedStage, type OpenPlane, openPlane } from './gateway-stage.ts';
import { readSpecs } from './read-specs.ts';

export const EXPORT_TYPES: readonly ExportForm['type'][] = ['oas30', 'swagger'];

/** True for a word that is a stage and no file: paths have a dot or a slash. */
export async function namesStage(word: string, context: CommandContext): Promise<boolean> {
  const { stages = {} } = await context.config();
  return !/[./\\]/.test(word) && Object.hasOwn(stages, word);
}

/**
 * @param document - by its name
 * @throws RehearsalError STAGE_NOT_DEPLOYED, and those of `openPlane` and `askPlane`
 */
export async function exportStage(opened: OpenPlane, document: string, form: ExportForm): Promise<string> {
  return exportText(opened.plane, await deployedStage(opened, document), form);
}

/**
 * The export of a stage in the place of a file.
 *
 * @param specs - the documents that somebody named; without any, the one that the configuration has
 * @throws RehearsalError USAGE where it could be several, and those of `exportStage`
 */
export async function exportInPlaceOfFile(
  word: string,
  specs: readonly string[],
  command: string,
  options: OptionValues,
  context: CommandContext,
): Promise<string> {
  const opened = await openPlane(word, 'deploy', command, context);
  const paths =
    specs.length > 0 ? specs : (await readSpecs([], options, context, command)).map(({ name }) => name);
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) {
    const reason = `Each document has an export of its own on the stage ${word}: name one of ${paths.join(', ')}.`;
    throw new RehearsalError('USAGE', { reason, command });
  }
  return exportStage(opened, await documentName(path, context), { type: 'oas30', yaml: false });
}
