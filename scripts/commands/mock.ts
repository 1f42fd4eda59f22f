/** `rehearsal mock`: serves the documents until it is told to stop. */
import type { Command } from 'commander';
import { type CommandContext, type CommandModule, type OptionValues, textOption } from '../command.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import {
  DEFAULT_HOST,
  DEFAULT_PORT,
  portNumber,
  type ServedMocks,
  serveMocks,
  stopSignal,
} from '../serve-mocks.ts';
import { usableContracts } from '../usable-contracts.ts';

export const mockCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('-p, --port <number>', `the port to listen on; 0 for any that is free (default: ${DEFAULT_PORT})`)
    .option(
      '--host <name>',
      `the address to listen on; 0.0.0.0 lets other machines in (default: ${DEFAULT_HOST})`,
    )
    .option('--no-cors', 'do not let pages of other origins read the answers')
    .option('--json', 'print one line of JSON when the server answers')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal mock specs/petstore.yaml
  $ rehearsal mock specs/*.yaml --port 0 --json
  $ curl http://127.0.0.1:4010/v1/pets/7 -H 'Prefer: code=404'`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const { mock = {} } = await context.config();
  const port = portNumber(options['port'] ?? mock.port ?? DEFAULT_PORT, 'mock');
  const host = textOption(options, 'host') ?? mock.host ?? DEFAULT_HOST;
  const contracts = usableContracts(await readSpecs(args, options, context, 'mock'), context);
  const mocks = await serveMocks(contracts, { host, port, cors: options['cors'] !== false }, context);
  // Whoever reads the line may stop us at once, so the ear is there before the word.
  const stopped = stopSignal();
  announce(mocks, options['json'] === true, context);
  const exitCode = await stopped;
  await mocks.close();
  return exitCode;
}

function announce({ origin, documents }: ServedMocks, json: boolean, context: CommandContext): void {
  const [only] = documents;
  const url = documents.length === 1 && only !== undefined ? only.url : origin;
  if (json) {
    context.stdout.write(`${JSON.stringify({ event: 'listening', url, documents })}\n`);
    return;
  }
  const width = Math.max(...documents.map(({ name }) => name.length));
  for (const document of documents) context.stdout.write(`${document.name.padEnd(width)}  ${document.url}\n`);
}
