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
import { openReportFile, type ReportFile } from './report-file.ts';
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
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

/** The terminal always, and the reporters that were named, each with its file. */
export function openReports(
  options: OptionValues,
  settings: ReportSettings,
  context: CommandContext,
): Reports {
  const wanted = listOption(options, 'reporter').map(text => wantedOf(text, context.cwd));
  requireApart(wanted);
  // Standard output belongs to a report that asked for it; people then read standard error.
  const terminal = wanted.some(({ file }) => file === undefined) ? context.stderr : context.stdout;
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
      ...settings,
    };
    listeners.push(module.create(rest));
  };
  if (!wanted.some(({ module }) => module === terminalReporter)) listen(terminalReporter, terminal);
  for (const { module, file } of wanted) {
    if (file === undefined) {
      listen(module, context.stdout);
      continue;
    }
    const opened = openReportFile(file, module.live === true ? 'live' : 'whole');
    files.push(opened);
    listen(module, { write: opened.write, isTTY: false, columns: 80 });
  }
  return {
    listeners,
    write: () => {
      for (const file of files) file.close();
    },
  };
}

/** `json=report.json`, `json=-` or `json`. */
function wantedOf(text: string, cwd: string): Wanted {
  const [name = '', ...rest] = text.split('=');
  const path = rest.join('=');
  requireKnown(
    'reporter',
    name,
    REPORTERS.map(reporter => reporter.name),
  );
  const module = REPORTERS.find(reporter => reporter.name === name) ?? terminalReporter;
  const written = path === '' ? (module.defaultFile ?? '-') : path;
  return { module, file: written === '-' ? undefined : resolve(cwd, written) };
}

/** Two reports in one place would be none. */
function requireApart(wanted: readonly Wanted[]): void {
  for (const [index, { module, file }] of wanted.entries()) {
    const other = wanted.slice(0, index).find(earlier => earlier.file === file);
    if (other === undefined) continue;
    const place = file === undefined ? 'standard output' : JSON.stringify(file);
    throw usage(
      `The reports ${other.module.name} and ${module.name} both go to ${place}: name a file for one of them.`,
    );
  }
}
