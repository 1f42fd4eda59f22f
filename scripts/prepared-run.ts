/**
 * What options, configuration and environment come to before anything is sent: the same for `rehearsal test` and for
 * the suites of `rehearsal/vitest`, which therefore ask the same.
 */
import { DEPTHS, type Depth } from '../contract/plan/cases/options.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import { createMask } from '../contract-tests/mask.ts';
import type { RunOptions } from '../contract-tests/run.ts';
import type { SequenceOptions } from '../contract-tests/run-sequences.ts';
import type { Sent } from '../contract-tests/transport.ts';
import { type CommandContext, type NamedContract, type OptionValues, textOption } from './command.ts';
import type { Config } from './config/config.ts';
import { credentialPlaces } from './credential-places.ts';
import { readCredentials } from './credentials.ts';
import { type OpenStage, openStage, stageTransport, tokenTransport } from './open-stage.ts';
import { excludes, selectOperations, usage } from './select-cases.ts';
import { checkOptionsOf, selectChecks } from './select-checks.ts';
import { sequenceHints } from './sequence-hints.ts';
import { readStage, type Stage } from './stage.ts';
import { wholeNumber } from './whole-number.ts';

export interface PreparedRun {
  readonly stage: Stage;
  readonly run: Required<
    Pick<
      RunOptions,
      | 'contracts'
      | 'baseUrl'
      | 'select'
      | 'checks'
      | 'checkOptions'
      | 'stage'
      | 'sequences'
      | 'cleanUp'
      | 'hooks'
      | 'mask'
      | 'plan'
      | 'concurrency'
    >
  >;
  /** Has the first credentials. `noted` hears of all that is sent and answered. */
  readonly open: (signal: AbortSignal, noted?: (sent: Sent) => void) => Promise<OpenStage>;
  readonly close: () => void;
}

/**
 * @param word - a URL or a stage of the configuration
 * @param known - all documents of the command, where this run is about some of them
 * @throws RehearsalError USAGE and those of the stage and its credentials
 */
export async function prepareRun(
  word: string,
  contracts: readonly NamedContract[],
  options: OptionValues,
  context: CommandContext,
  known: readonly NamedContract[] = contracts,
): Promise<PreparedRun> {
  const config = await context.config();
  const [only, ...others] = contracts;
  const document = others.length === 0 ? only?.name : undefined;
  const stage = await readStage(word, options, config, context, document);
  const { headers } = stage;
  const operations = contracts.flatMap(({ contract }) => contract.operations);
  const safe = options['safe'] === true || (stage.production && options['allowWrites'] !== true);
  const all = known.flatMap(({ contract }) => contract.operations);
  const select = selectOperations(options, operations, safe, context, all);
  const concurrency = wholeNumber(options, 'concurrency', 1, 1000) ?? config.test?.concurrency ?? 16;
  const maxCases = wholeNumber(options, 'maxCases', 1, Number.MAX_SAFE_INTEGER);
  const tokens = tokenTransport(stage);
  const credentials = readCredentials(
    {
      config: stage.credentials,
      stageUrl: stage.url,
      operations: operations.filter(select),
      headers,
      certificate: stage.tls?.cert !== undefined,
      tokens: () => tokens,
    },
    context,
  );
  const mask = createMask(
    headers,
    [...credentials.hidden, ...stage.secrets],
    credentialPlaces(contracts, new Set(Object.keys(stage.credentials))),
  );
  const transport = stageTransport(stage, concurrency);
  return {
    stage,
    run: {
      mask,
      hooks: config.hooks ?? {},
      contracts,
      baseUrl: stage.url,
      select,
      checks: selectChecks(options, config.test),
      checkOptions: checkOptionsOf(options, config.test),
      stage: stage.kind,
      sequences: {
        ...sequencesOf(options, stage.kind, safe),
        hints: sequenceHints(config.test, operations),
      },
      cleanUp: {
        off: (options['cleanUp'] ?? config.test?.cleanUp ?? true) !== true,
        mayRemove: operation => !excludes(options, operation),
      },
      concurrency,
      plan: {
        depth: depthOf(options, config),
        seed: wholeNumber(options, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? config.test?.seed ?? 0,
        safe,
        credentials: credentials.planned,
        lesserCredentials: credentials.lesser,
        headers,
        ...(maxCases === undefined ? {} : { maxCases }),
      },
    },
    open: (signal, noted) => openStage(transport, stage, { credentials, mask, signal, noted }),
    close: () => {
      transport.close();
      tokens.close();
    },
  };
}

/** @throws RehearsalError USAGE for wishes that leave nothing to send */
function sequencesOf(options: OptionValues, kind: StageKind, safe: boolean): SequenceOptions {
  const off = options['sequences'] === false;
  const only = options['sequencesOnly'] === true;
  if (off && only) throw usage('--no-sequences and --sequences-only leave nothing to send.');
  // Where every integration is a mock, nothing is there that could keep anything.
  return { off, only, safe, stateless: options['stateless'] === true || kind === 'apigateway-mock' };
}

function depthOf(options: OptionValues, config: Config): Depth {
  const word = textOption(options, 'depth') ?? config.test?.depth ?? 'standard';
  const depth = DEPTHS.find(candidate => candidate === word);
  if (depth === undefined) throw usage(`--depth takes ${DEPTHS.join(', ')}, not ${JSON.stringify(word)}.`);
  return depth;
}
