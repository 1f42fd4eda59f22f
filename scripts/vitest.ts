/**
 * The contract tests in a vitest suite of one's own: what `import … from 'rehearsal/vitest'` gives. The same documents,
 * configuration and stages as `rehearsal test`, the same cases and the same verdict about each.
 *
 * @module
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { inject } from 'vitest';
import type { Check } from '../contract/checks/check.ts';
import { RehearsalError } from '../contract/errors.ts';
import type { Operation } from '../contract/model.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import type { Hooks } from '../contract-tests/hooks.ts';
import type { SequenceOptions } from '../contract-tests/run-sequences.ts';
import { contractSuite } from '../contract-tests/vitest/suite.ts';
import { readFromEnvironment } from './cli.ts';
import type { CommandContext, OptionValues } from './command.ts';
import { testCommand } from './commands/test.ts';
import { loadConfig } from './config/load-config.ts';
import type { OpenStage } from './open-stage.ts';
import { prepareRun } from './prepared-run.ts';
import { readSpecs } from './read-specs.ts';
import { wholeContracts } from './whole-contracts.ts';

export type { Case, CaseRequest } from '../contract/plan/cases/case.ts';
export type { CaseOutcome, RunSummary } from '../contract-tests/events.ts';
export type { Hooks, RunAdditions } from '../contract-tests/hooks.ts';
export { withHeader } from '../contract-tests/hooks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the servers are, told by a `globalSetup` or by `test.provide` of the configuration. */
    rehearsal?: ProvidedStages;
  }
}

/** What `provide('rehearsal', …)` takes: a URL or a stage of the configuration, for all documents or for each by name. */
export type ProvidedStages = string | Readonly<Record<string, string>>;

export interface ContractTestOptions {
  /** The document: a path from the folder vitest runs in, a `file:` URL, or with `allowRemote` any other. */
  readonly spec: string | URL;
  /** The name of the tests' outermost `describe`, and of the document in `provide`. Default: the document's path. */
  readonly name?: string;
  /** A URL or a stage of the configuration. What is provided and then `REHEARSAL_STAGE` stand over it. */
  readonly stage?: string;
  /** Over the configuration's, and under `REHEARSAL_DEPTH`. */
  readonly depth?: Depth;
  /** Over the configuration's, and under `REHEARSAL_SEED`. */
  readonly seed?: number;
  /** Cases of one operation. Default: no limit. */
  readonly maxCases?: number;
  /** The operations to test. Default: all; on a stage of production those that only read. */
  readonly select?: (operation: Operation) => boolean;
  /** Default: all but those of taste. */
  readonly checks?: readonly Check[];
  /** Sequences of requests that build on each other, one test for each. Default: sent at every depth but `examples`. */
  readonly sequences?: SequenceOptions;
  /** Removes at the end what single cases made. Default: as the configuration says, else true. */
  readonly cleanUp?: boolean;
  /** For credentials, data and cleaning up; each in the place of that of the configuration. */
  readonly hooks?: Hooks;
  /** Cases of an operation are sent at once, as many as vitest's `maxConcurrency` says. Default: true. */
  readonly concurrent?: boolean;
  /** Fetch documents and references that are URLs. */
  readonly allowRemote?: boolean;
  /** Read referenced files outside the document's folder. */
  readonly allowOutside?: boolean;
}

/**
 * Registers the contract tests of a document: a `describe` for each operation, a `test` for each case. A case that
 * cannot be judged is skipped with the reason, and one without an answer fails; a file of which nothing could be judged
 * fails too. All options of `rehearsal test` are read from their environment variables, `REHEARSAL_DEPTH` for instance.
 *
 * @throws RehearsalError STAGE_UNKNOWN when nobody said where the server is; those of `loadContracts`;
 *   DOCUMENT_INVALID; USAGE
 * @example
 * ```ts
 * import { contractTests } from './scripts/vitest.ts';
 *
 * await contractTests({
 *   spec: new URL('../specs/petstore.yaml', import.meta.url),
 *   stage: 'http://localhost:3000/v1',
 *   hooks: { beforeRun: async () => ({ credentials: { bearerAuth: 'from a login' } }) },
 * });
 * ```
 */
export async function contractTests(given: ContractTestOptions): Promise<void> {
  const context = await suiteContext();
  const options = { ...optionsIn(given), ...environmentOptions() };
  const path = pathOf(given.spec);
  const [tested] = wholeContracts(await readSpecs([path], options, context, 'generate vitest'), context);
  if (tested === undefined) throw new RehearsalError('DOCUMENT_NOT_FOUND', { path });
  const name = given.name ?? tested.name;
  const prepared = await prepareRun(stageOf(name, given.stage, context), [tested], options, context);
  const { baseUrl, select, checks, checkOptions, stage, sequences, cleanUp, hooks, mask, plan } =
    prepared.run;
  let opened: OpenStage | undefined;
  await contractSuite({
    name,
    tested,
    baseUrl,
    select: operation => select(operation) && (given.select?.(operation) ?? true),
    checks: given.checks ?? checks,
    checkOptions,
    stage,
    sequences: { ...sequences, ...given.sequences },
    cleanUp,
    plan,
    mask,
    open: async () => {
      opened = await prepared.open(new AbortController().signal);
      return opened.transport;
    },
    close: () => {
      opened?.tellWaits(context.stderr);
      prepared.close();
    },
    hooks: { ...hooks, ...given.hooks },
    ...(given.concurrent === undefined ? {} : { concurrent: given.concurrent }),
  });
}

/** Messages name a document by its path, as those of the command line do. */
function pathOf(spec: string | URL): string {
  const text = String(spec);
  if (!text.startsWith('file:')) return text;
  const path = fileURLToPath(text);
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

function stageOf(name: string, given: string | undefined, { env }: CommandContext): string {
  const provided = inject('rehearsal');
  const word =
    (typeof provided === 'string' ? provided : provided?.[name]) ||
    env['REHEARSAL_STAGE'] ||
    env['REHEARSAL_URL'] ||
    given;
  if (word === undefined) throw new RehearsalError('STAGE_UNKNOWN', { name });
  return word;
}

function optionsIn(given: ContractTestOptions): OptionValues {
  const { depth, seed, maxCases, cleanUp, allowRemote, allowOutside } = given;
  const all = { depth, seed, maxCases, cleanUp, allowRemote, allowOutside };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What the environment says to `rehearsal test`, it says here. */
function environmentOptions(): OptionValues {
  const command = new Command();
  readFromEnvironment(command);
  testCommand.define(command);
  return command.parse([], { from: 'user' }).opts();
}

async function suiteContext(): Promise<CommandContext> {
  const cwd = process.cwd();
  const { config, folder } = await loadConfig(cwd, process.env['REHEARSAL_CONFIG']);
  const write = (text: string): void => void process.stderr.write(text);
  return {
    cwd,
    env: process.env,
    stdout: { write, isTTY: false, columns: 80 },
    stderr: { write, isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
}
