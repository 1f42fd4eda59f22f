/** Where the reporters of `--reporter` write: to the terminal, to standard output, or to a file. */
import { resolve } from 'node:path';
import type { Case } from '../contract/plan/cases/case.ts';
import { newCoverage } from '../contract-tests/coverage.ts';
import type { Listener } from '../contract-tests/events.ts';
import type { Mask } from '../contract-tests/mask.ts';
import { REPORTERS } from '../contract-tests/reporters/index.ts';
import type { ReporterContext, ReporterModule } from '../contract-tests/reporters/reporter.ts';
import { terminalReporter } from '../contract-tests/reporters/terminal.ts';
import { type CommandContext, listOption, type OptionValues, type Output, takesColour } from './command.ts';
import { openReportFile, type ReportFile, type ReportFileMode } from './report-file.ts';
import { requireKnown, usage } from './select-cases.ts';

/** @typeParam Heard - what its listeners hear */
export interface Reports<Heard = Listener> {
  readonly listeners: readonly Heard[];
  /** Puts the files in their places. */
  readonly write: () => void;
}

export interface ReportSettings {
  readonly mask: Mask;
  /** The command that sends one case again. */
  readonly replay?: (tested: Case) => string;
}

/** A module that makes listeners of some kind. */
type Module<Heard> = Omit<ReporterModule, 'create'> & {
  readonly create: (context: ReporterContext) => Heard;
};

interface Wanted<Heard> {
  readonly module: Module<Heard>;
  readonly place: Place;
}

/** `nowhere`: there is no file, and what is told beside the report is all. */
type Place =
  | { readonly kind: 'output' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'nowhere' };

/** The terminal always, and the reporters that were named, each with its file. */
export function openReports(
  options: OptionValues,
  settings: ReportSettings,
  context: CommandContext,
): Reports {
  const coverage = newCoverage();
  const of = { all: REPORTERS, terminal: terminalReporter };
  const reports = openReportsOf(of, options, { ...settings, coverage: coverage.record }, context);
  return { ...reports, listeners: [coverage.listener, ...reports.listeners] };
}

/** As `openReports`, of other modules: those of a check of a canary. */
export function openReportsOf<Heard>(
  { all, terminal }: { readonly all: readonly Module<Heard>[]; readonly terminal: Module<Heard> },
  options: OptionValues,
  settings: ReportSettings & Pick<ReporterContext, 'coverage'>,
  context: CommandContext,
): Reports<Heard> {
  const wanted = listOption(options, 'reporter').map(text => wantedOf(text, all, terminal, context));
  requireApart(wanted);
  // Standard output belongs to a report that asked for it; people then read standard error.
  const forPeople = wanted.some(({ place }) => place.kind === 'output') ? context.stderr : context.stdout;
  const listeners: Heard[] = [];
  const files: ReportFile[] = [];
  const listen = (module: Module<Heard>, output: Output): void => {
    const { isTTY, columns } = output;
    const colour = takesColour(output, context.env);
    const rest: ReporterContext = {
      write: text => output.write(text),
      isTTY,
      columns,
      colour,
      verbose: options['verbose'] === true,
      allExchanges: options['allExchanges'] === true,
      aside: forPeople.write,
      now: Date.now,
      ...settings,
    };
    listeners.push(module.create(rest));
  };
  if (!wanted.some(({ module }) => module === terminal)) listen(terminal, forPeople);
  for (const { module, place } of wanted) {
    if (place.kind === 'output') {
      listen(module, context.stdout);
      continue;
    }
    let write: Output['write'] = () => {};
    if (place.kind === 'file') {
      const opened = openReportFile(place.file, modeOf(module));
      files.push(opened);
      write = opened.write;
    }
    listen(module, { write, isTTY: false, columns: 80 });
  }
  return {
    listeners,
    write: () => {
      for (const file of files) file.close();
    },
  };
}

/** `json=report.json`, `json=-` or `json`. */
function wantedOf<Heard>(
  text: string,
  all: readonly Module<Heard>[],
  terminal: Module<Heard>,
  { cwd, env }: CommandContext,
): Wanted<Heard> {
  const [name = '', ...rest] = text.split('=');
  const path = rest.join('=');
  requireKnown(
    'reporter',
    name,
    all.map(reporter => reporter.name),
  );
  const module = all.find(reporter => reporter.name === name) ?? terminal;
  const written = path === '' ? defaultFile(module, env) : path;
  if (written === undefined) return { module, place: { kind: 'nowhere' } };
  const place: Place = written === '-' ? { kind: 'output' } : { kind: 'file', file: resolve(cwd, written) };
  return { module, place };
}

function defaultFile(
  { defaultFile: file = '-' }: Pick<ReporterModule, 'defaultFile'>,
  env: CommandContext['env'],
): string | undefined {
  if (typeof file === 'string') return file;
  const named = env[file.environment];
  return named === '' ? undefined : named;
}

function modeOf({ live, appends }: Pick<ReporterModule, 'live' | 'appends'>): ReportFileMode {
  return appends === true ? 'append' : live === true ? 'live' : 'whole';
}

/** Two reports in one place would be none. */
function requireApart(wanted: readonly Wanted<unknown>[]): void {
  const targetOf = ({ place }: Wanted<unknown>): string | undefined =>
    place.kind === 'nowhere' ? undefined : place.kind === 'file' ? place.file : '';
  for (const [index, one] of wanted.entries()) {
    const target = targetOf(one);
    const other = wanted.slice(0, index).find(earlier => targetOf(earlier) === target);
    if (target === undefined || other === undefined) continue;
    const where = target === '' ? 'standard output' : JSON.stringify(target);
    throw usage(
      `The reports ${other.module.name} and ${one.module.name} both go to ${where}: name a file for one of them.`,
    );
  }
}
