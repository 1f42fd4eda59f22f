/** `rehearsal test`: the contract tests against stages or a URL, told by reporters, with the verdict as exit code. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { REPORTERS } from '../../contract-tests/reporters/index.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import { selectedCases } from '../case-words.ts';
import { defineCheckOptions } from '../check-options.ts';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type NamedContract,
  type OptionValues,
  textOption,
} from '../command.ts';
import type { Config } from '../config/config.ts';
import { documentName } from '../document-name.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { openReportFile } from '../report-file.ts';
import { selectOperations, usage } from '../select-cases.ts';
import { defineSettleOptions } from '../settle-options.ts';
import {
  type MatrixColumn,
  type MatrixRow,
  matrixListener,
  matrixMarkdown,
  matrixText,
} from '../stage-matrix.ts';
import { reportOfRun, type StageRun, testStage } from '../test-stage.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const testCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--spec <document...>', 'the documents to hold the server against')
    .option(
      '-H, --header <line>',
      "a header for every request, as 'Name: value'; give it again for more",
      collect,
    )
    .option(
      '--operation <name>',
      "only this operation, as 'GET /pets' or by operationId; give it again for more",
      collect,
    )
    .option('--tag <name>', 'only operations with this tag; give it again for more', collect)
    .option('--exclude <name>', 'leave out this operation, tag or check; give it again for more', collect)
    .option(
      '--stage-kind <kind>',
      'what answers: server, apigateway or apigateway-mock, of which less is asked (default: server)',
    )
    .option(
      '--depth <depth>',
      'examples: what the document gives; standard: also required fields, all fields, a value at each declared boundary, one violation of each constraint, methods, content types and media types; deep: also further samples, every violation, and what nothing forbids, such as empty and very long texts (default: standard)',
    )
    .option(
      '--case <id>',
      'only this case, by its id; with an asterisk at the end all that begin so; give it again for more',
      collect,
    )
    .option('--safe', 'send only GET, HEAD and OPTIONS')
    .option('--allow-writes', 'send everything to a stage marked as production too')
    .option('--no-sequences', 'send no sequences of requests that build on each other')
    .option('--sequences-only', 'send sequences and no single cases')
    .option('--stateless', 'the server keeps nothing it is told, as a mock; otherwise it is found out')
    .addOption(new Option('--clean-up', 'delete it, whatever the configuration says').hideHelp())
    .option('--no-clean-up', 'leave what single cases make on the server; otherwise it is deleted at the end')
    .option('--seed <number>', 'vary the sampled values (default: 0)')
    .option('--max-cases <number>', 'at most so many single cases for each operation')
    .option('--concurrency <number>', 'requests under way at once (default: 16)')
    .option('--timeout <seconds>', 'wait no longer for an answer (default: 30)')
    .option('--rate <number>', 'send at most so many requests a second')
    .option('--max-duration <seconds>', 'begin no case after so long; the run is then inconclusive')
    .option('--ca <file>', 'trust also the certificates in this file, PEM')
    .option('--cert <file>', "the client's own certificate, PEM")
    .option('--key <file>', 'its key, PEM; REHEARSAL_KEY_PASSPHRASE unlocks it')
    .option('--insecure', 'take any certificate of the server; not on stages of production')
    .addOption(
      new Option(
        '--runner <name>',
        'what sends and judges: rehearsal, or newman with the Postman collection of these cases, one at a time (default: rehearsal)',
      ).choices(['rehearsal', 'newman']),
    )
    .option(
      '--reporter <name=file>',
      `also tell it this way: ${REPORTERS.map(({ name }) => name).join(', ')}; the file - is standard output`,
      collect,
    )
    .option('--all-exchanges', 'har: also the exchanges that passed')
    .option('--all-stages', 'every stage of the configuration, each with its own report, and one summary')
    .option('--matrix <file>', 'write what each stage says of each operation as Markdown')
    .option('--verbose', 'also tell what was not judged and what was not made, case by case')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal test http://localhost:3000/v1 --spec specs/petstore.yaml
  $ rehearsal test mine --header 'Authorization: Bearer …' --reporter json=report.json
  $ rehearsal test https://api.example.com/v1 --safe --depth examples
  $ rehearsal test --all-stages --reporter junit=report.xml

A URL stands in the place of the document's first server, base path included. Other words are stages of the configuration.
On stages of API Gateway each document has an address and a report of its own: report.xml becomes report.dev.petstore.xml.
Exit codes: 0 kept, 1 broken, 2 wrong usage or a document that cannot be used, 3 could not judge.`,
    );
  defineCheckOptions(command);
  defineSettleOptions(command);
  defineSpecOptions(command);
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const all = options['allStages'] === true;
  const word = args[0] ?? '';
  if (all === (word !== '')) throw usage('Name a stage or a URL, or give --all-stages.');
  const contracts = wholeContracts(
    await readSpecs(listOption(options, 'spec'), options, context, 'test'),
    context,
  );
  const { stages = {} } = await context.config();
  const words = all ? Object.keys(stages) : [word];
  if (words.length === 0) throw usage('The configuration names no stages.');
  const wanted = withSelected(contracts, options, context);
  const runs = words.flatMap(name => runsOf(name, stages, wanted, contracts));
  const alone = runs.length === 1;
  if (!alone && textOption(options, 'writeBaseline') !== undefined)
    throw usage('--write-baseline takes one run: name a stage, and with --spec one document.');
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const columns: MatrixColumn[] = [];
  try {
    for (const one of runs) {
      if (interruption.signal.aborted) break;
      columns.push(await testOne(one, { alone, all, options, context, signal: interruption.signal }));
    }
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  return tell(columns, { alone, interrupted: interruption.signal.aborted }, options, context);
}

/** On API Gateway each document is at an address of its own, elsewhere all are at one. */
function runsOf(
  name: string,
  stages: NonNullable<Config['stages']>,
  wanted: readonly NamedContract[],
  known: readonly NamedContract[],
): readonly StageRun[] {
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (stage === undefined || stage.provider === 'url')
    return [{ word: name, contracts: known, document: undefined, known }];
  return wanted.map(tested => ({ word: name, contracts: [tested], document: tested.name, known }));
}

/** The documents that have an operation which was asked for; all of them where nobody asked. */
function withSelected(
  contracts: readonly NamedContract[],
  options: OptionValues,
  context: CommandContext,
): readonly NamedContract[] {
  const operations = contracts.flatMap(({ contract }) => contract.operations);
  const select = selectOperations(options, operations, false, context);
  const chosen = selectedCases(options);
  const wanted = contracts.filter(({ contract }) =>
    contract.operations.some(operation => select(operation) && (chosen?.operation(operation) ?? true)),
  );
  return wanted.length === 0 ? contracts : wanted;
}

interface Testing {
  readonly alone: boolean;
  readonly all: boolean;
  readonly options: OptionValues;
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

/** One stage that cannot be tested does not keep the others from it. */
async function testOne(
  one: StageRun,
  { alone, all, options, context, signal }: Testing,
): Promise<MatrixColumn> {
  const { word, document } = one;
  const title = document === undefined ? word : `${word} ${await documentName(document, context)}`;
  const rows = new Map<string, MatrixRow>();
  if (!alone) context.stdout.write(`\n${title}\n`);
  try {
    const given = alone ? options : await reportOfRun(one, options, context);
    const summary = await testStage(one, given, context, signal, [matrixListener(rows)]);
    return {
      title,
      stage: word,
      summary,
      exitCode: summary === undefined ? 130 : exitCodeOf(summary),
      reason: undefined,
      rows,
    };
  } catch (error) {
    if (!all || !(error instanceof RehearsalError)) throw error;
    context.stderr.write(`error: ${title}: ${error.message}\n`);
    return { title, stage: word, summary: undefined, exitCode: error.exitCode, reason: error.code, rows };
  }
}

interface Ended {
  readonly alone: boolean;
  readonly interrupted: boolean;
}

function tell(
  columns: readonly MatrixColumn[],
  { alone, interrupted }: Ended,
  options: OptionValues,
  context: CommandContext,
): number {
  if (!alone) context.stdout.write(`\n${matrixText(columns)}`);
  const file = textOption(options, 'matrix');
  if (file !== undefined) {
    const report = openReportFile(resolve(context.cwd, file), 'whole');
    report.write(matrixMarkdown(columns));
    report.close();
  }
  if (interrupted) return 130;
  const codes = columns.map(({ exitCode }) => exitCode);
  // What is broken is broken, whatever else could not be judged.
  return codes.includes(1) ? 1 : Math.max(0, ...codes);
}
