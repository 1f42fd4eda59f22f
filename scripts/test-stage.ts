/** One run of the contract tests as `rehearsal test` makes it: a stage, documents, reports, and the verdict remembered. */
import { extname } from 'node:path';
import type { Listener, RunSummary } from '../contract-tests/events.ts';
import type { Newman } from '../contract-tests/newman/newman-types.ts';
import { type RunOptions, run } from '../contract-tests/run.ts';
import { replayCommand, selectedCases } from './case-words.ts';
import { type CommandContext, listOption, type NamedContract, type OptionValues } from './command.ts';
import { documentName } from './document-name.ts';
import { openReports } from './open-reports.ts';
import type { OpenStage } from './open-stage.ts';
import { type PreparedRun, prepareRun } from './prepared-run.ts';
import { usage } from './select-cases.ts';
import { settlingOf } from './settle-options.ts';
import { rememberEvent } from './stage-history.ts';
import { wholeNumber } from './whole-number.ts';

export interface StageRun {
  /** A URL, or a stage of the configuration. */
  readonly word: string;
  readonly contracts: readonly NamedContract[];
  /** The only one, where each has a run of its own. */
  readonly document: string | undefined;
  /** All documents of the command. */
  readonly known: readonly NamedContract[];
}

/**
 * @param also - further listeners
 * @returns undefined for a run that was interrupted before it began
 * @throws RehearsalError USAGE, and those of the stage, its credentials and the reports
 */
export async function testStage(
  { word, contracts, known }: StageRun,
  options: OptionValues,
  context: CommandContext,
  signal: AbortSignal,
  also: readonly Listener[] = [],
): Promise<RunSummary | undefined> {
  const chosen = selectedCases(options);
  const newman = await runnerOf(options);
  const prepared = await prepareRun(word, contracts, options, context, known);
  const maxSeconds = wholeNumber(options, 'maxDuration', 1, Number.MAX_SAFE_INTEGER);
  const { test: settings } = await context.config();
  const settling = await settlingOf(options, settings, context, Date.now());
  const replay = replayCommand(/^https?:/i.test(word) ? prepared.run.baseUrl : word, options);
  const reports = openReports(options, { mask: prepared.run.mask, replay }, context);
  signal.addEventListener('abort', prepared.close);
  let tellWaits: OpenStage['tellWaits'] = () => {};
  try {
    const opened = await prepared.open(signal).catch((error: unknown) => {
      // What was cut off by the interruption itself is nobody's fault.
      if (signal.aborted) return undefined;
      throw error;
    });
    if (opened === undefined) return undefined;
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
      listeners: [...reports.listeners, ...settling.listeners, ...also],
      settle: settling.settle,
      signal,
      ...(maxSeconds === undefined ? {} : { maxMs: maxSeconds * 1000 }),
    };
    const summary =
      newman === undefined ? await run(wanted) : await byNewman(newman, wanted, prepared, opened);
    settling.end(summary);
    if (chosen !== undefined && summary.cases === 0 && summary.stopped === undefined)
      throw usage(
        `No case is called ${listOption(options, 'case').join(' or ')}; reports give the id of each.`,
      );
    await remember(word, contracts, summary, context);
    return summary;
  } finally {
    // Also after a run that could not begin: a report of the run before would look like this one's.
    reports.write();
    tellWaits(context.stderr);
    signal.removeEventListener('abort', prepared.close);
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
  const { loadNewman } = await import('../contract-tests/newman/load-newman.ts');
  return loadNewman();
}

/** Loaded only here: what runs in newman's sandbox is large. */
async function byNewman(
  newman: Newman,
  wanted: RunOptions,
  { stage: { timeoutMs, rate, tls }, run: { checks } }: PreparedRun,
  { transport, filled }: OpenStage,
): Promise<RunSummary> {
  const { runWithNewman } = await import('../contract-tests/newman/run-newman.ts');
  return runWithNewman({
    ...wanted,
    newman,
    checks,
    transport,
    filled,
    connection: { timeoutMs, rate, tls },
  });
}

/** Of stages of API Gateway, whose last verdict `rehearsal stages` shows. */
async function remember(
  word: string,
  contracts: readonly NamedContract[],
  { verdict, cases, failures }: RunSummary,
  context: CommandContext,
): Promise<void> {
  const { stages = {} } = await context.config();
  if (!Object.hasOwn(stages, word) || stages[word]?.provider === 'url') return;
  const folder = await context.configFolder();
  for (const { name } of contracts) {
    const document = await documentName(name, context);
    rememberEvent(folder, word, {
      at: new Date().toISOString(),
      document,
      event: 'tested',
      verdict,
      cases,
      failures,
    });
  }
}

/** The options of one run of several: each file of a report gets its stage and document before its ending. */
export async function reportOfRun(
  { word, document }: StageRun,
  options: OptionValues,
  context: CommandContext,
): Promise<OptionValues> {
  const parts = [word, ...(document === undefined ? [] : [await documentName(document, context)])];
  const mark = parts.map(part => part.replace(/[^\w.-]+/g, '-')).join('.');
  const reporter = listOption(options, 'reporter').map(text => {
    const [name = '', ...rest] = text.split('=');
    const file = rest.join('=');
    if (file === '' || file === '-') return text;
    const ending = extname(file);
    return `${name}=${file.slice(0, file.length - ending.length)}.${mark}${ending}`;
  });
  return { ...options, reporter };
}
