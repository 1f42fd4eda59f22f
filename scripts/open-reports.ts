/** Where the reporters of `--reporter` write: to the terminal, to standard output, or to a file that is replaced at the end. */
import { accessSync, constants, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';
import type { Listener } from '../contract-tests/events.ts';
import type { Mask } from '../contract-tests/mask.ts';
import { REPORTERS } from '../contract-tests/reporters/index.ts';
import type { ReporterModule } from '../contract-tests/reporters/reporter.ts';
import { terminalReporter } from '../contract-tests/reporters/terminal.ts';
import { type CommandContext, listOption, type OptionValues, type Output, takesColour } from './command.ts';
import { requireKnown } from './select-cases.ts';

export interface Reports {
  readonly listeners: readonly Listener[];
  /** Puts the files in their places. */
  readonly write: () => void;
}

/** The terminal always, and the reporters that were named, each with its file. */
export function openReports(options: OptionValues, mask: Mask, context: CommandContext): Reports {
  const wanted = listOption(options, 'reporter').map(text => reporterOf(text, context.cwd));
  // Standard output belongs to a report that asked for it; people then read standard error.
  const terminal = wanted.some(({ file }) => file === undefined) ? context.stderr : context.stdout;
  const listeners: Listener[] = [];
  const files: { readonly file: string; readonly parts: string[] }[] = [];
  const listen = (module: ReporterModule, output: Output): void => {
    const { isTTY, columns } = output;
    const colour = takesColour(output, context.env);
    listeners.push(module.create({ write: text => output.write(text), isTTY, columns, colour, mask }));
  };
  if (!wanted.some(({ module }) => module === terminalReporter)) listen(terminalReporter, terminal);
  for (const { module, file } of wanted) {
    if (file === undefined) {
      listen(module, context.stdout);
      continue;
    }
    const parts: string[] = [];
    files.push({ file, parts });
    listen(module, { write: text => void parts.push(text), isTTY: false, columns: 80 });
  }
  return {
    listeners,
    write: () => {
      for (const { file, parts } of files) if (parts.length > 0) writeReport(file, parts.join(''));
    },
  };
}

/** `json=report.json` or `json`; a file is refused before the run rather than after it. */
function reporterOf(
  text: string,
  cwd: string,
): { readonly module: ReporterModule; readonly file: string | undefined } {
  const [name = '', ...rest] = text.split('=');
  const path = rest.join('=');
  requireKnown(
    'reporter',
    name,
    REPORTERS.map(reporter => reporter.name),
  );
  const module = REPORTERS.find(reporter => reporter.name === name) ?? terminalReporter;
  if (path === '' || path === '-') return { module, file: undefined };
  const file = resolve(cwd, path);
  try {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
  } catch (error) {
    throw unwritable(file, error);
  }
  return { module, file };
}

/** All at once, so that an interrupted run leaves the report of the one before. */
function writeReport(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): RehearsalError {
  return new RehearsalError(
    'REPORT_UNWRITABLE',
    { file, reason: (error as Error).message },
    { cause: error },
  );
}
