/** `rehearsal diff`: what differs between two documents of an API, and whether clients of the first can live with the second. */
import { type Command, Option } from 'commander';
import { diffContracts } from '../../contract/diff/diff.ts';
import { driftBetween, isExport } from '../../contract/diff/drift.ts';
import { CHANGE_SEVERITIES, type Change, type ChangeSeverity } from '../../contract/diff/rule.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { contractFromText } from '../../contract/read.ts';
import { CHANGE_FORMATS, type ChangeFormat, printChanges } from '../changes/print-changes.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  type OptionValues,
  takesColour,
  textOption,
} from '../command.ts';
import { loweredSchema } from '../lowered-schema.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { exportInPlaceOfFile, namesStage } from '../stage-export.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const diffCommand: CommandModule = { define, run };

const FAIL_ON = ['breaking', 'risky', 'safe', 'none'] as const;

function define(command: Command): void {
  command
    .addOption(
      new Option('--format <name>', `how changes are printed: ${CHANGE_FORMATS.join(', ')} (default: text)`)
        .choices([...CHANGE_FORMATS])
        .default('text'),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        `the least severity that makes the exit code 1: ${FAIL_ON.join(', ')} (default: breaking)`,
      )
        .choices([...FAIL_ON])
        .default('breaking'),
    )
    .option(
      '--drift',
      'the second document is an export of a stage of API Gateway: what the service loses by nature is no change (default: when it is named as a stage, or its server is one)',
    )
    .option('--no-drift', 'compare an export as any other document')
    .addHelpText(
      'after',
      `
Exit code: 0 nothing as grave as --fail-on, 1 something is, 2 a document that cannot be used.
Rules: docs/reference/diff.md

Examples:
  $ rehearsal diff released.yaml specs/petstore.yaml
  $ git show main:specs/petstore.yaml | rehearsal diff - specs/petstore.yaml --format github
  $ rehearsal diff v1.yaml v2.yaml --fail-on risky
  $ rehearsal diff specs/petstore.yaml export-of-prod.json --fail-on safe
  $ rehearsal diff specs/petstore.yaml prod --drift`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const [before, after, ...others] = args;
  if (before === undefined || after === undefined || others.length > 0)
    throw misuse('Name two documents, the one that clients keep to first.');
  if (before === '-' && after === '-') throw misuse('Standard input holds one document; name the other.');
  const old = await readOne(before, options, context);
  const isStage = await namesStage(after, context);
  const now = isStage
    ? await exportOf(after, before, options, context)
    : await readOne(after, options, context);
  const drift =
    options['drift'] === undefined
      ? isStage || (isExport(now.contract) && !isExport(old.contract))
      : options['drift'] === true;
  const changes = drift
    ? driftBetween(old.contract, now.contract, { lowered: loweredSchema })
    : diffContracts(old.contract, now.contract);
  context.stdout.write(
    printChanges(changes, {
      format: (textOption(options, 'format') ?? 'text') as ChangeFormat,
      colour: takesColour(context.stdout, context.env),
      before: old.name,
      after: now.name,
      drift,
    }),
  );
  return exitCode(changes, textOption(options, 'failOn') ?? 'breaking');
}

function exitCode(changes: readonly Change[], failOn: string): number {
  // Nothing is as grave as `none`, which is not among them.
  const least = CHANGE_SEVERITIES.indexOf(failOn as ChangeSeverity);
  return changes.some(({ severity }) => CHANGE_SEVERITIES.indexOf(severity) <= least) ? 1 : 0;
}

/** The one document of a name; a folder or glob may hold more, and then nobody can tell which is meant. */
async function readOne(name: string, options: OptionValues, context: CommandContext): Promise<NamedContract> {
  const contracts = wholeContracts(await readSpecs([name], options, context, 'diff'), context);
  const [only] = contracts;
  if (only !== undefined && contracts.length === 1) return only;
  throw misuse(`${JSON.stringify(name)} holds ${contracts.length} documents; name one of them.`);
}

/** What a stage serves of the first document. */
async function exportOf(
  stage: string,
  document: string,
  options: OptionValues,
  context: CommandContext,
): Promise<NamedContract> {
  const text = await exportInPlaceOfFile(stage, [document], 'diff', options, context);
  const { contract } = contractFromText(text, { name: stage });
  if (contract !== undefined) return { name: stage, contract };
  throw misuse(`The export of the stage ${stage} is no document that can be read.`);
}

function misuse(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'diff' });
}
