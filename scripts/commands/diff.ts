/** `rehearsal diff`: what differs between two documents of an API, and whether clients of the first can live with the second. */
import { type Command, Option } from 'commander';
import { diffContracts } from '../../contract/diff/diff.ts';
import type { Change } from '../../contract/diff/rule.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { CHANGE_FORMATS, type ChangeFormat, printChanges } from '../changes/print-changes.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  type OptionValues,
  takesColour,
  textOption,
} from '../command.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const diffCommand: CommandModule = { define, run };

const FAIL_ON = ['breaking', 'risky', 'none'] as const;

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
    .addHelpText(
      'after',
      `
Exit code: 0 nothing as grave as --fail-on, 1 something is, 2 a document that cannot be used.
Rules: docs/reference/diff.md

Examples:
  $ rehearsal diff released.yaml specs/petstore.yaml
  $ git show main:specs/petstore.yaml | rehearsal diff - specs/petstore.yaml --format github
  $ rehearsal diff v1.yaml v2.yaml --fail-on risky`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const [before, after, ...others] = args;
  if (before === undefined || after === undefined || others.length > 0)
    throw misuse('Name two documents, the one that clients keep to first.');
  const old = await readOne(before, options, context);
  const now = await readOne(after, options, context);
  const changes = diffContracts(old.contract, now.contract);
  context.stdout.write(
    printChanges(changes, {
      format: (textOption(options, 'format') ?? 'text') as ChangeFormat,
      colour: takesColour(context.stdout, context.env),
      before: old.name,
      after: now.name,
    }),
  );
  return exitCode(changes, textOption(options, 'failOn') ?? 'breaking');
}

function exitCode(changes: readonly Change[], failOn: string): number {
  if (failOn === 'none') return 0;
  return changes.some(({ severity }) => severity === 'breaking' || severity === failOn) ? 1 : 0;
}

/** The one document of a name; a folder or glob may hold more, and then nobody can tell which is meant. */
async function readOne(name: string, options: OptionValues, context: CommandContext): Promise<NamedContract> {
  const contracts = wholeContracts(await readSpecs([name], options, context, 'diff'), context);
  const [only] = contracts;
  if (only !== undefined && contracts.length === 1) return only;
  throw misuse(`${JSON.stringify(name)} holds ${contracts.length} documents; name one of them.`);
}

function misuse(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'diff' });
}
