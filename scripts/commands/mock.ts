/** `rehearsal mock`: serves the documents until it is told to stop. */
import { type Command, Option } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { CHECK_OPTIONS, defineCheckOptions } from '../check-options.ts';
import type { CommandContext, CommandModule, NamedContract, OptionValues } from '../command.ts';
import { mockOptions, VALIDATIONS } from '../mock-options.ts';
import type { ServedProxy } from '../proxy/serve-proxy.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import {
  DEFAULT_HOST,
  DEFAULT_PORT,
  type ServedDocument,
  type ServedMocks,
  type ServeOptions,
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
    .option('--https', 'answer over TLS, with --cert and --key or else with a certificate made for this run')
    .option('--cert <file>', 'the certificate for --https, PEM')
    .option('--key <file>', 'the key of the certificate, PEM')
    .option(
      '--cors-origin <origin>',
      'let only pages of this origin read the answers, cookies included; give it again for more',
      collect,
    )
    .addOption(new Option('--cors', 'let pages of any origin read the answers').hideHelp())
    .option('--no-cors', 'do not let pages of other origins read the answers')
    .addOption(
      new Option(
        '--validate <mode>',
        'requests that break the contract: refused (on), answered with a header that tells why (warn), answered (off) (default: on)',
      ).choices(VALIDATIONS),
    )
    .option(
      '--echo',
      'repeat path, query and header values in properties of the same name, where the schema allows them',
    )
    .option('--docs', 'serve a page of each document under /__docs')
    .option('--log', 'print a line for each request')
    .option(
      '-w, --watch',
      'serve documents anew when their files change, and the last good ones while they are broken',
    )
    .option(
      '--proxy <server>',
      'pass everything on to a real server (a URL, or a stage of the configuration) and hold the traffic against the documents',
    )
    .addOption(
      new Option(
        '--proxy-errors [what]',
        'do not pass on what breaks the documents: requests, responses or all (default: all)',
      )
        .choices(['requests', 'responses', 'all'])
        .preset('all'),
    )
    .option(
      '--fallback <when>',
      'let the mock answer instead when a request is undocumented, an operation unimplemented or the server unreachable; give it again for more',
      collect,
    )
    .addOption(
      new Option(
        '--record [which]',
        'with --proxy, write exchanges into the documents as named examples: those that keep to them (kept), or all (default: kept)',
      )
        .choices(['kept', 'all'])
        .preset('kept'),
    )
    .option(
      '--reporter <name=file>',
      `with --proxy, also tell of the traffic this way when it ends: json=FILE and so on`,
      collect,
    )
    .option('--json', 'print one line of JSON when the server answers')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal mock specs/petstore.yaml
  $ rehearsal mock specs/*.yaml --port 0 --json
  $ rehearsal mock --watch --log --docs
  $ curl http://127.0.0.1:4010/v1/pets/7 -H 'Prefer: code=404'`,
    );
  defineCheckOptions(command, 'with --proxy, ');
  // Only the configuration switches these on without a flag.
  for (const name of ['echo', 'docs', 'log', 'watch', 'https', 'proxy', 'proxy-errors', 'record']) {
    command.addOption(
      new Option(`--no-${name}`, `not --${name}, whatever the configuration says`).hideHelp(),
    );
  }
  defineSpecOptions(command);
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const { watch, ...served } = await mockOptions(options, context);
  if (watch && args.includes('-')) {
    throw new RehearsalError('USAGE', {
      reason: '--watch watches files, not standard input.',
      command: 'mock',
    });
  }
  const read = (): ReturnType<typeof readSpecs> => readSpecs(args, options, context, 'mock');
  const loaded = await read();
  const contracts = usableContracts(loaded, context);
  const proxy = await servedProxy(contracts, served, options, context);
  const mocks = proxy ?? (await serveMocks(contracts, served, context));
  // Whoever reads the line may stop us at once, so the ear is there before the word.
  const stopped = stopSignal();
  const json = options['json'] === true;
  let files = loaded.flatMap(document => document.files);
  const watching = watch
    ? (await import('../watch-files.ts')).watchFiles(files, async () => {
        try {
          const next = await read();
          // A file that is broken now is watched too, or it could never be mended.
          files = [...new Set([...next.flatMap(document => document.files), ...files])];
          const usable = usableContracts(next, context);
          files = next.flatMap(document => document.files);
          tellReload(mocks, usable, json, context);
        } catch (error) {
          tellKept(error, json, context);
        }
        return files;
      })
    : undefined;
  announce('listening', mocks.origin, mocks.documents, json, context);
  const exitCode = await stopped;
  watching?.close();
  await mocks.close();
  return proxy?.exitCode() ?? exitCode;
}

/** Options that say nothing to a mock alone. */
const PROXY_ONLY: readonly string[] = ['proxyErrors', 'fallback', 'record', 'reporter', ...CHECK_OPTIONS];

/** What only a proxy can do is loaded for one only. */
async function servedProxy(
  contracts: readonly NamedContract[],
  served: ServeOptions,
  options: OptionValues,
  context: CommandContext,
): Promise<ServedProxy | undefined> {
  const { mock: { proxy } = {} } = await context.config();
  // What the configuration switches on, --no-proxy switches off.
  if (typeof options['proxy'] === 'string' || (options['proxy'] !== false && proxy !== undefined)) {
    return (await import('../proxy/serve-proxy.ts')).serveProxy(contracts, served, options, context);
  }
  const alone = PROXY_ONLY.find(name => options[name] !== undefined && options[name] !== false);
  if (alone === undefined) return undefined;
  const flag = alone.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  throw new RehearsalError('USAGE', { reason: `--${flag} is for --proxy.`, command: 'mock' });
}

/** Swaps the contracts, all at once, and says so. */
function tellReload(
  mocks: ServedMocks,
  contracts: readonly NamedContract[],
  json: boolean,
  context: CommandContext,
): void {
  const documents = mocks.replace(contracts);
  if (json) announce('reloaded', mocks.origin, documents, json, context);
  else for (const { name, url } of documents) context.stderr.write(`reloaded ${name}  ${url}\n`);
}

/** What was wrong has been told where it is a document's problem; a file that is gone has nothing but this. */
function tellKept(error: unknown, json: boolean, context: CommandContext): void {
  const reason = error instanceof Error ? error.message : String(error);
  context.stderr.write(`error: ${reason}\nThe documents are served as they were before.\n`);
  if (json) context.stdout.write(`${JSON.stringify({ event: 'kept', reason })}\n`);
}

function announce(
  event: 'listening' | 'reloaded',
  origin: string,
  documents: readonly ServedDocument[],
  json: boolean,
  context: CommandContext,
): void {
  const [only] = documents;
  const url = documents.length === 1 && only !== undefined ? only.url : origin;
  if (json) {
    context.stdout.write(`${JSON.stringify({ event, url, documents })}\n`);
    return;
  }
  const width = Math.max(...documents.map(({ name }) => name.length));
  for (const document of documents) context.stdout.write(`${document.name.padEnd(width)}  ${document.url}\n`);
}
