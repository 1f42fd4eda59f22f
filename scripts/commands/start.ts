/**
 * The whole rehearsal in one command: makes every output, mocks the documents, deploys them to a stage of an API Gateway of
 * its own and tests that, releases the next version as a canary, judges and promotes it, tells what happened and goes on
 * serving. It composes what the other commands do and knows nothing that they do not.
 */
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  type OptionValues,
  textOption,
} from '../command.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { DEFAULT_HOST, DEFAULT_PORT, portNumber, serveMocks, stopSignal } from '../serve-mocks.ts';
import { openOwnStages } from '../start/own-stages.ts';
import { gravest, type Rehearsed, rehearseDocument } from '../start/rehearse-document.ts';
import { tableText } from '../table-text.ts';
import { wholeContracts } from '../whole-contracts.ts';
import { generateCommand } from './generate.ts';

export const startCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--once', 'end with the verdict as exit code instead of serving on')
    .option(
      '-p, --port <number>',
      `the port of the mocks; 0 for any that is free (default: ${DEFAULT_PORT}, with --once 0)`,
    )
    .option('--host <name>', `the address to listen on (default: ${DEFAULT_HOST})`)
    .addHelpText(
      'after',
      `
Its stages dev and prod are on an API Gateway that it starts and that keeps nothing; those of the configuration are left
alone. The next version of specs/petstore.yaml is specs/next/petstore.yaml, or the same again. Without documents named, it
writes what rehearsal generate writes.

Examples:
  $ rehearsal start
  $ rehearsal start specs/petstore.yaml --once`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const config = await context.config();
  const once = options['once'] === true;
  const port = portNumber(options['port'] ?? config.mock?.port ?? (once ? 0 : DEFAULT_PORT), 'start');
  const host = textOption(options, 'host') ?? config.mock?.host ?? DEFAULT_HOST;
  const contracts = wholeContracts(await readSpecs(args, options, context, 'start'), context);
  if (args.length === 0) await generate(options, context);
  const mocks = await serveMocks(contracts, { host, port, cors: true }, context);
  try {
    const own = await openOwnStages(port === 0, context);
    try {
      const rehearsed: Rehearsed[] = [];
      const specOptions = { allowRemote: options['allowRemote'], allowOutside: options['allowOutside'] };
      for (const [index, document] of contracts.entries()) {
        const url = mocks.documents[index]?.url ?? mocks.origin;
        const tell = progress(document, context);
        rehearsed.push(await rehearseDocument(document, url, own, specOptions, context).finally(tell));
      }
      tellTable(rehearsed, context);
      const exitCode = gravest(...rehearsed.map(one => one.exitCode));
      if (once || exitCode === 130) return exitCode;
      const stopped = stopSignal();
      tellAddresses(rehearsed, own.endpoint, context);
      return await stopped;
    } finally {
      await own.close();
    }
  } finally {
    await mocks.close();
  }
}

/** Files that are somebody's own are left alone, and keep nobody from rehearsing. */
async function generate(options: OptionValues, context: CommandContext): Promise<void> {
  const { allowRemote, allowOutside } = options;
  let said = '';
  const stdout = { ...context.stdout, write: (text: string) => void (said += text) };
  try {
    await generateCommand.run([], { allowRemote, allowOutside }, { ...context, stdout, stderr: stdout });
    if (said.includes('wrote ')) context.stderr.write(said);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    context.stderr.write(`note: no outputs were made: ${error.message}\n`);
  }
}

/** @returns what takes it away again */
function progress({ name }: NamedContract, { stderr }: CommandContext): () => void {
  if (!stderr.isTTY) return () => {};
  stderr.write(`rehearsing ${name} …`);
  return () => stderr.write('\r\u001b[K');
}

function tellTable(rehearsed: readonly Rehearsed[], { stdout }: CommandContext): void {
  for (const { findings } of rehearsed) if (findings !== '') stdout.write(findings);
  const rows = rehearsed.map(({ document, summary, stages, next, release }) => [
    document.name,
    String(summary.operations),
    String(summary.cases),
    String(summary.failures),
    stages === undefined ? `${summary.verdict} (mock)` : summary.verdict,
    next,
    release,
  ]);
  stdout.write(
    tableText([['document', 'operations', 'cases', 'failures', 'dev', 'next version', 'prod'], ...rows]),
  );
}

function tellAddresses(rehearsed: readonly Rehearsed[], endpoint: string, { stdout }: CommandContext): void {
  const rows = rehearsed.flatMap(({ document, mock, stages }) => [
    [document.name, 'mock', mock],
    ...(stages === undefined
      ? []
      : [
          ['', 'dev', stages.dev],
          ['', 'prod', stages.prod],
        ]),
  ]);
  stdout.write(
    `\n${tableText([...rows, ['API Gateway', '', endpoint]])}\nAll of it goes on serving. Ctrl-C ends it.\n`,
  );
}
