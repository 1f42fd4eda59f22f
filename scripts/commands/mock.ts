/** `rehearsal mock`: serves the documents until it is told to stop. */
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { basePathOf } from '../../contract/build/server-object.ts';
import { RehearsalError } from '../../contract/errors.ts';
import type { LoadedContract } from '../../contract/load/load-contracts.ts';
import type { Contract } from '../../contract/model.ts';
import type { Problem } from '../../contract/problem.ts';
import { describeSource } from '../../contract/source.ts';
import { createMockServer } from '../../mock-server/server.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  numberOption,
  type OptionValues,
  textOption,
} from '../command.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';

const DEFAULT_PORT = 4010;
const DEFAULT_HOST = '127.0.0.1';

export const mockCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('-p, --port <number>', 'the port to listen on; 0 for any that is free', String(DEFAULT_PORT))
    .option('--host <name>', 'the address to listen on; 0.0.0.0 lets other machines in', DEFAULT_HOST)
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
  const port = portOf(options);
  const host = textOption(options, 'host') ?? DEFAULT_HOST;
  const contracts = usable(await readSpecs(args, options, context, 'mock'), context);
  const server = createMockServer(
    contracts.map(({ contract }) => contract),
    {
      cors: options['cors'] !== false,
      // Finding a place in a large document takes longer than answering, so the answer goes first.
      onProblem: problem => setImmediate(tell, [problem], context),
      onFault: error => context.stderr.write(`${error.stack ?? error.message}\n`),
    },
  );
  const origin = await listen(server, host, port);
  announce(contracts, origin, options['json'] === true, context);
  await stopSignal();
  await server.close();
  return 0;
}

function portOf(options: OptionValues): number {
  const port = numberOption(options, 'port') ?? DEFAULT_PORT;
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  const reason = `--port takes a number from 0 to 65535, not ${JSON.stringify(options['port'])}.`;
  throw new RehearsalError('USAGE', { reason, command: 'mock' });
}

/** The contracts that can be served. Everything that keeps one from being read is told first, all at once. */
function usable(loaded: readonly LoadedContract[], context: CommandContext): readonly NamedContract[] {
  const isFatal = ({ severity }: Problem): boolean => severity === 'fatal';
  const broken = loaded.filter(({ contract, problems }) => contract === undefined || problems.some(isFatal));
  for (const { problems } of broken) tell(problems, context);
  const [first] = broken;
  if (first !== undefined) {
    const fatal = first.problems.filter(isFatal).length;
    throw new RehearsalError('DOCUMENT_INVALID', {
      count: fatal === 1 ? '1 problem' : `${fatal} problems`,
      name: first.name,
    });
  }
  return loaded.flatMap(({ name, contract }) => (contract === undefined ? [] : [{ name, contract }]));
}

/** Notes are for `lint`; a server that is running only speaks up for what will surprise somebody. */
function tell(problems: readonly Problem[], context: CommandContext): void {
  for (const { severity, message, source, fix } of problems) {
    if (severity !== 'note')
      context.stderr.write(`${severity}: ${message} ${fix}\n  ${describeSource(source)}\n`);
  }
}

/** Starts listening and gives the origin, `http://127.0.0.1:4010`. */
async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new RehearsalError('PORT_BUSY', { port, host }, { cause: error });
    }
    throw error;
  }
  const address = server.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  // An address that means "all of them" can be listened on, but not called.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${bound}`;
}

function announce(
  contracts: readonly NamedContract[],
  origin: string,
  json: boolean,
  context: CommandContext,
): void {
  const documents = contracts.map(({ name, contract }) => ({ name, url: origin + basePath(contract) }));
  const [only] = documents;
  const url = documents.length === 1 && only !== undefined ? only.url : origin;
  if (json) {
    context.stdout.write(`${JSON.stringify({ event: 'listening', url, documents })}\n`);
    return;
  }
  const width = Math.max(...documents.map(({ name }) => name.length));
  for (const document of documents) context.stdout.write(`${document.name.padEnd(width)}  ${document.url}\n`);
}

/** Where a document's own paths begin: the base path of its first server. */
function basePath({ servers: [server] }: Contract): string {
  return server === undefined ? '' : basePathOf(server);
}

/** Resolves when the process is asked to end. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
