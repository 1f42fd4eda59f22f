/**
 * The whole rehearsal in one command: mocks the documents, runs the contract tests against the mocks, tells the verdict
 * and goes on serving. It composes what `mock` and `test` do and knows nothing that they do not.
 */
import type { Command } from 'commander';
import type { RunSummary } from '../../contract-tests/events.ts';
import { createMask } from '../../contract-tests/mask.ts';
import { terminalReporter } from '../../contract-tests/reporters/terminal.ts';
import { run as runCases } from '../../contract-tests/run.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  type OptionValues,
  takesColour,
  textOption,
} from '../command.ts';
import type { Config } from '../config/config.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { DEFAULT_HOST, DEFAULT_PORT, portNumber, serveMocks, stopSignal } from '../serve-mocks.ts';
import { tableText } from '../table-text.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const startCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--once', 'end with the verdict as exit code instead of serving on')
    .option(
      '-p, --port <number>',
      `the port of the mocks; 0 for any that is free (default: ${DEFAULT_PORT}, with --once 0)`,
    )
    .option('--host <name>', `the address to listen on (default: ${DEFAULT_HOST})`)
    .addHelpText('after', '\nExamples:\n  $ rehearsal start\n  $ rehearsal start specs/petstore.yaml --once');
  defineSpecOptions(command);
}

interface Rehearsed {
  readonly document: NamedContract;
  readonly url: string;
  readonly summary: RunSummary;
  /** What the terminal reporter would have said. */
  readonly findings: string;
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const config = await context.config();
  const once = options['once'] === true;
  const port = portNumber(options['port'] ?? config.mock?.port ?? (once ? 0 : DEFAULT_PORT), 'start');
  const host = textOption(options, 'host') ?? config.mock?.host ?? DEFAULT_HOST;
  const contracts = wholeContracts(await readSpecs(args, options, context, 'start'), context);
  const mocks = await serveMocks(contracts, { host, port, cors: true }, context);
  try {
    const rehearsed: Rehearsed[] = [];
    for (const [index, document] of contracts.entries()) {
      rehearsed.push(await rehearse(document, mocks.documents[index]?.url ?? mocks.origin, config, context));
    }
    tell(rehearsed, context);
    const exitCode = Math.max(...rehearsed.map(({ summary }) => exitCodeOf(summary)));
    if (once) return exitCode;
    const stopped = stopSignal();
    context.stdout.write('\nThe mocks go on serving. Ctrl-C ends them.\n');
    return await stopped;
  } finally {
    await mocks.close();
  }
}

/** The contract tests of one document against its own mock. */
async function rehearse(
  document: NamedContract,
  url: string,
  config: Config,
  context: CommandContext,
): Promise<Rehearsed> {
  let findings = '';
  // Only hooks may bring secrets in.
  const mask = createMask([], []);
  const { stderr } = context;
  const { depth = 'standard', seed = 0, concurrency = 16 } = config.test ?? {};
  const report = terminalReporter.create({
    write: text => {
      findings += text;
    },
    isTTY: false,
    colour: takesColour(context.stdout, context.env),
    columns: context.stdout.columns,
    mask,
  });
  if (stderr.isTTY) stderr.write(`testing ${document.name} …`);
  const summary = await runCases({
    contracts: [document],
    baseUrl: url,
    plan: { depth, seed },
    // A mock keeps nothing it is told.
    sequences: { stateless: true },
    concurrency,
    mask,
    hooks: config.hooks ?? {},
    listeners: [report],
  });
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  return { document, url, summary, findings };
}

function tell(rehearsed: readonly Rehearsed[], context: CommandContext): void {
  const header = ['document', 'operations', 'cases', 'failures', 'verdict', 'mock'];
  const rows = rehearsed.map(({ document, url, summary }) => [
    document.name,
    String(summary.operations),
    String(summary.cases),
    String(summary.failures),
    summary.verdict,
    url,
  ]);
  for (const { summary, findings } of rehearsed)
    if (summary.verdict !== 'kept') context.stdout.write(findings);
  context.stdout.write(tableText([header, ...rows]));
}
