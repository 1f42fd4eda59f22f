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

export interface Reports {
  readonly listeners: readonly Listener[];
  /** Puts the files in their places. */
  readonly write: () => void;
}

export interface ReportSettings {
  readonly mask: Mask;
  /** The command that sends one case again. */
  readonly replay?: (tested: Case) => string;
}

interface Wanted {
  readonly module: ReporterModule;
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
  const wanted = listOption(options, 'reporter').map(text => wantedOf(text, context));
  requireApart(wanted);
  // Standard output belongs to a report that asked for it; people then read standard error.
  const terminal = wanted.some(({ place }) => place.kind === 'output') ? context.stderr : context.stdout;
  const coverage = newCoverage();
  const listeners: Listener[] = [coverage.listener];
  const files: ReportFile[] = [];
  const listen = (module: ReporterModule, output: Output): void => {
    const { isTTY, columns } = output;
    const colour = takesColour(output, context.env);
    const rest: ReporterContext = {
      write: text => output.write(text),
      isTTY,
      columns,
      colour,
      coverage: coverage.record,
      verbose: options['verbose'] === true,
      allExchanges: options['allExchanges'] === true,
      aside: terminal.write,
      now: Date.now,
      ...settings,
    };
    listeners.push(module.create(rest));
  };
  if (!wanted.some(({ module }) => module === terminalReporter)) listen(terminalReporter, terminal);
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
function wantedOf(text: string, { cwd, env }: CommandContext): Wanted {
  const [name = '', ...rest] = text.split('=');
  const path = rest.join('=');
  requireKnown(
    'reporter',
    name,
    REPORTERS.map(reporter => reporter.name),
  );
  const module = REPORTERS.find(reporter => reporter.name === name) ?? terminalReporter;
  const written = path === '' ? defaultFile(module, env) : path;
  if (written === undefined) return { module, place: { kind: 'nowhere' } };
  const place: Place = written === '-' ? { kind: 'output' } : { kind: 'file', file: resolve(cwd, written) };
  return { module, place };
}

function defaultFile(
  { defaultFile: file = '-' }: ReporterModule,
  env: CommandContext['env'],
): string | undefined {
  if (typeof file === 'string') return file;
  const named = env[file.environment];
  return named === '' ? undefined : named;
}

function modeOf({ live, appends }: ReporterModule): ReportFileMode {
  return appends === true ? 'append' : live === true ? 'live' : 'whole';
}

/** Two reports in one place would be none. */
function requireApart(wanted: readonly Wanted[]): void {
  const targetOf = ({ place }: Wanted): string | undefined =>
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
