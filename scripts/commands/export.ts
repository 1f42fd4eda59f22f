/** `rehearsal export`: what a stage serves, as GetExport of API Gateway says it, with everything that it can say. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type OptionValues,
  textOption,
} from '../command.ts';
import { documentName } from '../document-name.ts';
import { openPlane } from '../gateway-stage.ts';
import { applyChanges } from '../generated-files.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { usage } from '../select-cases.ts';
import { EXPORT_TYPES, exportStage } from '../stage-export.ts';
import { usableContracts } from '../usable-contracts.ts';

export const exportCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--spec <document...>', 'the documents (default: all of the configuration)')
    .addOption(
      new Option('--type <name>', 'OpenAPI 3.0 or Swagger 2.0 (default: oas30)').choices([...EXPORT_TYPES]),
    )
    .option('--yaml', 'YAML instead of JSON')
    .option('-o, --out <file>', 'a file; with several documents, a folder (default: standard output)')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal export prod --spec specs/petstore.yaml --out petstore.json
  $ rehearsal export prod --out exports/ --yaml

rehearsal import takes a stage too, and rehearsal diff one in the place of its second document.
Exit codes: 0 written, 2 wrong usage or what the service cannot export, 3 it does not answer or does not allow it.`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const opened = await openPlane(args[0] ?? '', 'deploy', 'export', context);
  const loaded = await readSpecs(listOption(options, 'spec'), options, context, 'export');
  const contracts = usableContracts(loaded, context);
  const out = textOption(options, 'out');
  if (contracts.length > 1 && out === undefined)
    throw usage('There are several documents: name one with --spec, or a folder with --out.', 'export');
  const yaml = options['yaml'] === true;
  const type = textOption(options, 'type') === 'swagger' ? 'swagger' : 'oas30';
  for (const { name } of contracts) {
    const document = await documentName(name, context);
    const text = await exportStage(opened, document, { type, yaml });
    if (out === undefined) {
      context.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      continue;
    }
    const folder = contracts.length > 1 || /[/\\]$/.test(out);
    const file = folder ? `${out.replace(/[/\\]+$/, '')}/${document}.${type}.${yaml ? 'yaml' : 'json'}` : out;
    const path = resolve(context.cwd, file);
    applyChanges([{ target: 'export', path, text: text.endsWith('\n') ? text : `${text}\n` }], []);
    context.stdout.write(`wrote ${file}\n`);
  }
  return 0;
}
