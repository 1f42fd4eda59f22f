/**
 * The command line. A command's own code is loaded only when it is the one that was asked for, so that `--help` and
 * the shortest command stay quick.
 */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { RehearsalError } from '../contract/errors.ts';
import type { CommandContext, CommandModule, Output } from './command.ts';
import type { LoadedConfig } from './config/load-config.ts';

interface CommandEntry {
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    usage: 'start [specs...]',
    summary: 'the whole rehearsal: mock the documents, test the mocks, tell the verdict',
    load: () => import('./commands/start.ts').then(module => module.startCommand),
  },
  {
    usage: 'lint [specs...]',
    summary: 'problems of documents and their examples, each with its place and how to mend it',
    load: () => import('./commands/lint.ts').then(module => module.lintCommand),
  },
  {
    usage: 'diff <before> <after>',
    summary: 'what differs between two documents, and whether clients of the first can live with the second',
    load: () => import('./commands/diff.ts').then(module => module.diffCommand),
  },
  {
    usage: 'mock [specs...]',
    summary: 'a mock server that answers and refuses as the documents say',
    load: () => import('./commands/mock.ts').then(module => module.mockCommand),
  },
  {
    usage: 'generate [targets-and-specs...]',
    summary: 'files made of documents: contract tests for vitest, handlers for MSW',
    load: () => import('./commands/generate.ts').then(module => module.generateCommand),
  },
  {
    usage: 'import <export> [specs...]',
    summary: 'an export of API Gateway or a Postman collection, merged into the document that it belongs to',
    load: () => import('./commands/import.ts').then(module => module.importCommand),
  },
  {
    usage: 'gateway',
    summary: 'an API Gateway on this machine, for any AWS SDK and the AWS CLI',
    load: () => import('./commands/gateway.ts').then(module => module.gatewayCommand),
  },
  {
    usage: 'deploy <stage>',
    summary: 'puts documents on a stage of API Gateway, or on its canary, and says first what will change',
    load: () => import('./commands/deploy.ts').then(module => module.deployCommand),
  },
  {
    usage: 'canary <action> <stage>',
    summary: 'judge the canary of a stage, and promote it or roll it back',
    load: () => import('./commands/canary.ts').then(module => module.canaryCommand),
  },
  {
    usage: 'stages [stages...]',
    summary: 'what is on the stages of the configuration: deployment, canary, age, variables, last verdict',
    load: () => import('./commands/stages.ts').then(module => module.stagesCommand),
  },
  {
    usage: 'export <stage>',
    summary: 'what a stage of API Gateway serves, as the service exports it',
    load: () => import('./commands/export.ts').then(module => module.exportCommand),
  },
  {
    usage: 'destroy <stage>',
    summary: 'removes a stage that deploy made, and its REST API when it was the last',
    load: () => import('./commands/destroy.ts').then(module => module.destroyCommand),
  },
  {
    usage: 'test [stage]',
    summary: 'contract tests against a stage or a URL',
    load: () => import('./commands/test.ts').then(module => module.testCommand),
  },
  {
    usage: 'replay <report>',
    summary: 'sends the failed cases of a report again and tells which still fail',
    load: () => import('./commands/replay.ts').then(module => module.replayCommand),
  },
];

/** Runs one command line and gives the exit code. */
export async function main(
  args: readonly string[],
  given: CommandContext = processContext(args),
): Promise<number> {
  let exitCode = 0;
  const closing: (() => Promise<void>)[] = [];
  const context: CommandContext = { ...given, atEnd: close => void closing.unshift(close) };
  const program = new Command('rehearsal')
    .description(
      'Rehearse an API before it goes on stage.\nOne OpenAPI document is the source of its mocks and its contract tests.',
    )
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText(
      'after',
      '\nDocuments are files, folders, globs or - for standard input; without any, the configuration names them, else specs/.\nEvery option may be an environment variable: --max-problems 5 is REHEARSAL_MAX_PROBLEMS=5.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: context.stdout.write,
      writeErr: context.stderr.write,
      getOutHelpWidth: () => 100,
    });

  for (const entry of COMMANDS) {
    const command = program.command(entry.usage).summary(entry.summary).description(sentence(entry.summary));
    if (command.name() !== args.find(word => !word.startsWith('-'))) continue;
    const module = await entry.load();
    readFromEnvironment(command);
    module.define(command);
    // The names of environment variables follow one rule, so they are told once instead of with each option.
    command.configureHelp({ optionDescription: option => option.description });
    command.option('--config <file>', 'the configuration file (default: rehearsal.config.*, in this folder)');
    command.action(async () => {
      exitCode = await module.run(command.args, command.opts(), context);
    });
  }

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, context);
  } finally {
    for (const close of closing) await close();
  }
}

/** Misuse and environment in one or two lines; a stack only for a fault of our own, and only when asked for. */
function report(error: unknown, context: CommandContext): number {
  // commander has already written its message; showing help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof RehearsalError) {
    context.stderr.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const detail =
    context.env['REHEARSAL_DEBUG'] === undefined ? 'Set REHEARSAL_DEBUG=1 to see where.' : (stack ?? '');
  context.stderr.write(`error: this is a fault in rehearsal itself: ${message}\n${detail}\n`);
  return 2;
}

/** The context of a real process. */
export function processContext(args: readonly string[]): CommandContext {
  const cwd = process.cwd();
  const named = configArgument(args) ?? process.env['REHEARSAL_CONFIG'];
  let loading: Promise<LoadedConfig> | undefined;
  const load = (): Promise<LoadedConfig> => {
    loading ??= import('./config/load-config.ts').then(module => module.loadConfig(cwd, named));
    return loading;
  };
  return {
    cwd,
    env: process.env,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    config: async () => (await load()).config,
    configFolder: async () => (await load()).folder,
  };
}

function configArgument(args: readonly string[]): string | undefined {
  const at = args.indexOf('--config');
  return at === -1
    ? args.find(word => word.startsWith('--config='))?.slice('--config='.length)
    : args[at + 1];
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // `rehearsal … | head` ends as any program does whose reader has gone, and not with a stack trace.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(141);
    throw error;
  });
  return {
    write: text => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}

/**
 * Every option added from now on may also come as an environment variable: `--max-problems` as `REHEARSAL_MAX_PROBLEMS`.
 * commander looks at the variable of an option only if it is known when the option is added.
 */
export function readFromEnvironment(command: Command): void {
  const add = command.addOption.bind(command);
  command.addOption = option => {
    const name = `REHEARSAL_${(option.long ?? '').replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`;
    const value = process.env[name] ?? '';
    const isSwitch = option.isBoolean() || option.negate;
    // commander takes a switch for given when its variable is there, whatever that says.
    if (value !== '' && !(isSwitch && OFF.has(value.toLowerCase()))) option.env(name);
    // REHEARSAL_LOG=0 is --no-log, where there is such a flag.
    const positive = name.replace('_NO_', '_');
    if (option.negate && OFF.has((process.env[positive] ?? '').toLowerCase())) option.env(positive);
    return add(option);
  };
}

const OFF: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off']);

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}
