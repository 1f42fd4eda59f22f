/** `rehearsal test`: the contract tests against a stage or a URL, told by reporters, with the verdict as exit code. */
import { type Command, Option } from 'commander';
import type { RunSummary } from '../../contract-tests/events.ts';
import { loadNewman } from '../../contract-tests/newman/load-newman.ts';
import type { Newman } from '../../contract-tests/newman/newman-types.ts';
import { runWithNewman } from '../../contract-tests/newman/run-newman.ts';
import { REPORTERS } from '../../contract-tests/reporters/index.ts';
import { type RunOptions, run as runCases } from '../../contract-tests/run.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import { replayCommand, selectedCases } from '../case-words.ts';
import { defineCheckOptions } from '../check-options.ts';
import { type CommandContext, type CommandModule, listOption, type OptionValues } from '../command.ts';
import { openReports } from '../open-reports.ts';
import type { OpenStage } from '../open-stage.ts';
import { type PreparedRun, prepareRun } from '../prepared-run.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { usage } from '../select-cases.ts';
import { defineSettleOptions, settlingOf } from '../settle-options.ts';
import { wholeContracts } from '../whole-contracts.ts';
import { wholeNumber } from '../whole-number.ts';

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
    .option('--verbose', 'also tell what was not judged and what was not made, case by case')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal test http://localhost:3000/v1 --spec specs/petstore.yaml
  $ rehearsal test mine --header 'Authorization: Bearer …' --reporter json=report.json
  $ rehearsal test https://api.example.com/v1 --safe --depth examples

A URL stands in the place of the document's first server, base path included. Other words are stages of the configuration.
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
  const contracts = wholeContracts(
    await readSpecs(listOption(options, 'spec'), options, context, 'test'),
    context,
  );
  const chosen = selectedCases(options);
  const newman = await runnerOf(options);
  const prepared = await prepareRun(args[0] ?? '', contracts, options, context);
  const maxSeconds = wholeNumber(options, 'maxDuration', 1, Number.MAX_SAFE_INTEGER);
  const { test: settings } = await context.config();
  const settling = await settlingOf(options, settings, context, Date.now());
  const word = args[0] ?? '';
  const replay = replayCommand(/^https?:/i.test(word) ? prepared.run.baseUrl : word, options);
  const reports = openReports(options, { mask: prepared.run.mask, replay }, context);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  interruption.signal.addEventListener('abort', prepared.close);
  let tellWaits: OpenStage['tellWaits'] = () => {};
  try {
    const opened = await prepared.open(interruption.signal).catch((error: unknown) => {
      // What was cut off by the interruption itself is nobody's fault.
      if (interruption.signal.aborted) return undefined;
      throw error;
    });
    if (opened === undefined) return 130;
    tellWaits = opened.tellWaits;
    const wanted: RunOptions = {
      ...prepared.run,
      ...(chosen === undefined
        ? {}
        : {
            select: operation => (prepared.run.select?.(operation) ?? true) && chosen.operation(operation),
            selectCase: chosen.case,
            // A case is asked for by itself, and a step of a sequence cannot be.
            sequences: { off: true },
          }),
      transport: opened.transport,
      listeners: [...reports.listeners, ...settling.listeners],
      settle: settling.settle,
      signal: interruption.signal,
      ...(maxSeconds === undefined ? {} : { maxMs: maxSeconds * 1000 }),
    };
    const summary =
      newman === undefined ? await runCases(wanted) : await byNewman(newman, wanted, prepared, opened);
    settling.end(summary);
    if (chosen !== undefined && summary.cases === 0 && summary.stopped === undefined)
      throw usage(
        `No case is called ${listOption(options, 'case').join(' or ')}; reports give the id of each.`,
      );
    return exitCodeOf(summary);
  } finally {
    // Also after a run that could not begin: a report of the run before would look like this one's.
    reports.write();
    tellWaits(context.stderr);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    prepared.close();
  }
}

/**
 * Newman where it was asked for.
 *
 * @throws RehearsalError NEWMAN_MISSING; USAGE for what newman cannot be asked for
 */
async function runnerOf(options: OptionValues): Promise<Newman | undefined> {
  if (options['runner'] !== 'newman') return undefined;
  if (options['retries'] !== undefined)
    throw usage('--runner newman sends each case once; leave out --retries.');
  if (options['concurrency'] !== undefined)
    throw usage('--runner newman sends one request at a time; leave out --concurrency.');
  if (options['sequencesOnly'] === true)
    throw usage('--runner newman sends no sequences; leave out --sequences-only.');
  return loadNewman();
}

function byNewman(
  newman: Newman,
  wanted: RunOptions,
  { stage: { timeoutMs, rate, tls }, run: { checks } }: PreparedRun,
  { transport, filled }: OpenStage,
): Promise<RunSummary> {
  return runWithNewman({
    ...wanted,
    newman,
    checks,
    transport,
    filled,
    connection: { timeoutMs, rate, tls },
  });
}
