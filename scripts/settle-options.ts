/** What of the command line says what becomes of failed cases: `--retries`, `--flaky`, `--baseline` and their kin. */
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Baseline, baselineOf, describeEntry, newBaseline } from '../contract-tests/baseline.ts';
import type { Listener, RunSummary } from '../contract-tests/events.ts';
import type { SettleOptions } from '../contract-tests/settle.ts';
import { baselineText, readBaseline } from './baseline-file.ts';
import { type CommandContext, type OptionValues, textOption } from './command.ts';
import type { TestConfig } from './config/config.ts';
import { openReportFile, type ReportFile } from './report-file.ts';
import { usage } from './select-cases.ts';
import { wholeNumber } from './whole-number.ts';

/** Days that a break accepted by `--write-baseline` has. */
const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export function defineSettleOptions(command: Command): void {
  command
    .option('--retries <number>', 'send a failed case again before its failures count (default: 1)')
    .option(
      '--retry-writes',
      'also send again what may change something; without it only GET, HEAD, OPTIONS and TRACE',
    )
    .option(
      '--flaky <how>',
      'what a case is that fails and then passes: warn tells it, fail breaks the contract (default: warn)',
    )
    .option('--baseline <file>', 'accept the breaks listed in this file, each until its day')
    .option('--write-baseline <file>', `list what is broken now in this file, accepted for ${DAYS} days`);
}

export interface Settling {
  readonly settle: SettleOptions;
  readonly listeners: readonly Listener[];
  /** Told once the run has ended: writes the new baseline and names the entries that nothing needs any more. */
  readonly end: (summary: RunSummary) => void;
}

/**
 * @param now - when it is, in milliseconds
 * @throws RehearsalError USAGE, BASELINE_INVALID, REPORT_UNWRITABLE
 */
export async function settlingOf(
  options: OptionValues,
  config: TestConfig | undefined,
  context: CommandContext,
  now: number,
): Promise<Settling> {
  const flaky = textOption(options, 'flaky') ?? config?.flaky ?? 'warn';
  if (flaky !== 'warn' && flaky !== 'fail')
    throw usage(`--flaky takes warn or fail, not ${JSON.stringify(flaky)}.`);
  const today = dayOf(now);
  const given = await baselineFileOf(options, config, context);
  const baseline = given === undefined ? undefined : newBaseline(readBaseline(given.file, given.name), today);
  const written = newBaselineOf(options, context, now);
  return {
    settle: {
      retries: wholeNumber(options, 'retries', 0, 100) ?? config?.retries ?? 1,
      repeatWrites: options['retryWrites'] === true,
      flaky,
      ...(baseline === undefined ? {} : { known: baseline.known }),
    },
    listeners: written === undefined ? [] : [written.listener],
    end: summary => {
      if (baseline !== undefined && given !== undefined && summary.stopped === undefined)
        tellStale(baseline, given.name, context);
      written?.end();
    },
  };
}

interface GivenFile {
  readonly file: string;
  readonly name: string;
}

async function baselineFileOf(
  options: OptionValues,
  config: TestConfig | undefined,
  context: CommandContext,
): Promise<GivenFile | undefined> {
  const name = textOption(options, 'baseline');
  if (name !== undefined) return { file: resolve(context.cwd, name), name };
  if (config?.baseline === undefined) return undefined;
  const file = resolve(await context.configFolder(), config.baseline);
  return { file, name: relative(context.cwd, file) };
}

function newBaselineOf(
  options: OptionValues,
  context: CommandContext,
  now: number,
): { readonly listener: Listener; readonly end: () => void } | undefined {
  const name = textOption(options, 'writeBaseline');
  if (name === undefined) return undefined;
  const file: ReportFile = openReportFile(resolve(context.cwd, name), 'whole');
  const { listener, entries } = baselineOf({
    reason: `accepted on ${dayOf(now)}`,
    expires: dayOf(now + DAYS * DAY_MS),
  });
  return {
    listener,
    end: () => {
      const list = entries();
      file.write(baselineText(list));
      file.close();
      context.stderr.write(
        `note: ${name} lists ${list.length} known ${list.length === 1 ? 'break' : 'breaks'}; say why in each reason.\n`,
      );
    },
  };
}

/** Entries may be stale because only some operations were tested, so this is no more than a word. */
function tellStale(baseline: Baseline, name: string, context: CommandContext): void {
  const stale = baseline.stale();
  if (stale.length === 0) return;
  const list = stale.map(entry => `  ${describeEntry(entry)}\n`).join('');
  const many = stale.length === 1 ? 'An entry' : `${stale.length} entries`;
  context.stderr.write(`note: ${many} of ${name} fitted no failure of this run:\n${list}`);
}

/** The day in UTC, so that a file means the same wherever it is read. */
function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
