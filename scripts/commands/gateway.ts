/** `rehearsal gateway`: the local API Gateway, until it is told to stop. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import type { CommandContext, CommandModule, OptionValues } from '../command.ts';
import { numberOption, textOption } from '../command.ts';
import { announceGateway, DEFAULT_GATEWAY_PORT, DEFAULT_GATEWAY_REGION } from '../local-gateway.ts';
import { type ServedGateway, serveGateway } from '../serve-gateway.ts';
import { DEFAULT_HOST, portNumber, stopSignal } from '../serve-mocks.ts';

export const gatewayCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option(
      '-p, --port <number>',
      `the port to listen on; 0 for any that is free (default: ${DEFAULT_GATEWAY_PORT})`,
    )
    .option(
      '--host <name>',
      `the address to listen on; 0.0.0.0 lets other machines in (default: ${DEFAULT_HOST})`,
    )
    .option('--store <file>', 'the file that keeps its state (default: .rehearsal/gateway.db)')
    .option('--memory', 'keep nothing: no file of state, and no files of logs')
    .option('--logs <folder>', 'the folder for access and execution logs (default: .rehearsal/logs)')
    .option('--region <name>', `the region of its ARNs and addresses (default: ${DEFAULT_GATEWAY_REGION})`)
    .option('--seed <number>', 'make ids, and which requests a canary gets, the same each time')
    .option(
      '--verify-signatures',
      'refuse calls of the control plane that are not signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    )
    .option('--json', 'print one line of JSON when it answers')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal gateway
  $ aws apigateway get-rest-apis --endpoint-url http://127.0.0.1:${DEFAULT_GATEWAY_PORT}
  $ rehearsal gateway --memory --port 0 --json`,
    );
}

async function run(
  _args: readonly string[],
  options: OptionValues,
  context: CommandContext,
): Promise<number> {
  const served = await serveGateway(
    {
      host: textOption(options, 'host') ?? DEFAULT_HOST,
      port: portNumber(options['port'] ?? DEFAULT_GATEWAY_PORT, 'gateway'),
      region: regionOf(textOption(options, 'region')),
      seed: seedOf(options),
      ...(options['verifySignatures'] === true ? { verifySignatures: keysFrom(context) } : {}),
      ...(await placesOf(options, context)),
    },
    context,
  );
  const withdraw =
    options['memory'] === true ? () => {} : announceGateway(await context.configFolder(), served.endpoint);
  // Whoever reads the line may stop us at once, so the ear is there before the word.
  const stopped = stopSignal();
  if (options['json'] === true) {
    const { endpoint, region, store, logs } = served;
    context.stdout.write(`${JSON.stringify({ event: 'listening', url: endpoint, region, store, logs })}\n`);
  } else {
    context.stdout.write(welcome(served));
  }
  const exitCode = await stopped;
  withdraw();
  await served.close();
  return exitCode;
}

/** Where state and logs go; both undefined when nothing is kept. */
async function placesOf(
  options: OptionValues,
  context: CommandContext,
): Promise<{ readonly store: string | undefined; readonly logs: string | undefined }> {
  const [store, logs] = [textOption(options, 'store'), textOption(options, 'logs')];
  if (options['memory'] === true) {
    if (store !== undefined) throw usage('--memory keeps nothing, so it cannot go with --store.');
    return { store: undefined, logs: logs === undefined ? undefined : resolve(context.cwd, logs) };
  }
  const folder = join(await context.configFolder(), '.rehearsal');
  return {
    store: store === undefined ? join(folder, 'gateway.db') : resolve(context.cwd, store),
    logs: logs === undefined ? join(folder, 'logs') : resolve(context.cwd, logs),
  };
}

function regionOf(region: string = DEFAULT_GATEWAY_REGION): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw usage(`--region takes a name such as ${DEFAULT_GATEWAY_REGION}, not ${JSON.stringify(region)}.`);
}

function seedOf(options: OptionValues): number | undefined {
  const seed = numberOption(options, 'seed');
  if (seed === undefined || (Number.isSafeInteger(seed) && seed >= 0)) return seed;
  throw usage(`--seed takes a whole number, not ${JSON.stringify(options['seed'])}.`);
}

function keysFrom({ env }: CommandContext): Readonly<Record<string, string>> {
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = env;
  if (id !== '' && secret !== '') return { [id]: secret };
  throw usage('--verify-signatures needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to be set.');
}

function usage(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'gateway' });
}

/** The address, and what to say to the AWS CLI and to an SDK so that they come here. */
function welcome({ endpoint, region, store, logs }: ServedGateway): string {
  return [
    `API Gateway  ${endpoint}`,
    `stages       ${endpoint}/restapis/{api}/{stage}/_user_request_/`,
    `AWS CLI      aws apigateway get-rest-apis --region ${region} --endpoint-url ${endpoint}`,
    `AWS SDK      new APIGatewayClient({ region: '${region}', endpoint: '${endpoint}' })`,
    `state        ${store ?? 'in memory only'}`,
    `logs         ${logs ?? 'in memory only'}`,
    '',
  ].join('\n');
}
