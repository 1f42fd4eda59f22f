/**
 * Problems for people: where, what, the lines around it and how to mend it. Documents come from strangers, so what is
 * shown of them holds no control characters, and never more of a line than fits a screen.
 */
import { styleText } from 'node:util';
import type { Problem, Severity } from '../../contract/problem.ts';
import type { Place, SourceDocument } from '../../contract/source.ts';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'magenta';
type Paint = (style: Style, text: string) => string;

const COLOURS: Readonly<Record<Severity, Style>> = {
  fatal: 'magenta',
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};
const RANK: readonly Severity[] = ['fatal', 'error', 'warning', 'note'];

export interface TextOptions {
  /** With escape sequences for a terminal. */
  readonly colour?: boolean;
  /** The rest is counted; 0 shows all. Default: 100. */
  readonly maxProblems?: number;
  /** What people call the documents that were looked at, those without problems too. Default: those the problems stand in. */
  readonly documents?: readonly string[];
}

/** The problems, each with its frame, and one line that counts them. */
export function textProblems(problems: readonly Problem[], options: TextOptions): string {
  const { colour = false, maxProblems = 100, documents = documentsOf(problems) } = options;
  const paint: Paint = colour
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const shown = maxProblems > 0 ? mostSevere(problems, maxProblems) : problems;
  const lines = new Map<SourceDocument, readonly string[]>();
  const blocks = shown.map(problem => `${block(problem, lines, paint)}\n\n`);
  const rest = problems.length - shown.length;
  const more = rest === 0 ? '' : `… and ${rest} more; --max-problems 0 shows all.\n`;
  return `${blocks.join('')}${more}${countLine(problems, documents)}\n`;
}

/** The documents that problems stand in, by name. */
export function documentsOf(problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.map(({ source }) => source.document.name))];
}

/** `3 errors, 1 warning in specs/pets.yaml`. */
export function countLine(problems: readonly Problem[], documents: readonly string[]): string {
  const where =
    documents.length === 1 ? ` in ${plain(documents[0] ?? '')}` : ` in ${documents.length} documents`;
  const counts = RANK.flatMap(severity => {
    const count = problems.filter(problem => problem.severity === severity).length;
    const word = severity === 'fatal' ? 'fatal problem' : severity;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return `${counts.length === 0 ? 'no problems' : counts.join(', ')}${documents.length === 0 ? '' : where}`;
}

/** The gravest ones, in the order they had. */
function mostSevere(problems: readonly Problem[], count: number): readonly Problem[] {
  if (problems.length <= count) return problems;
  const chosen = new Set(
    problems.toSorted((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity)).slice(0, count),
  );
  return problems.filter(problem => chosen.has(problem));
}

function block(
  { rule, severity, message, source, fix }: Problem,
  lines: Map<SourceDocument, readonly string[]>,
  paint: Paint,
): string {
  const place = source.document.locate(source.pointer);
  const where = `${plain(source.document.name)}:${place.line}:${place.column}`;
  return [
    `${paint('bold', where)} ${paint(COLOURS[severity], severity)} ${paint('dim', rule)}`,
    `  ${plain(message)}`,
    ...frame(linesOf(source.document, lines), place, paint),
    `  ${paint('dim', 'fix:')} ${plain(fix)}`,
  ].join('\n');
}

function linesOf(document: SourceDocument, known: Map<SourceDocument, readonly string[]>): readonly string[] {
  let lines = known.get(document);
  if (lines === undefined) {
    lines = document.text().split('\n');
    known.set(document, lines);
  }
  return lines;
}

/** How much of a line is shown; minified documents have lines of megabytes. */
const WIDTH = 100;

/** The line before, the line with a caret below the place, the line after. */
function frame(
  lines: readonly string[],
  { line, column, endColumn }: Place,
  paint: Paint,
): readonly string[] {
  const text = lines[line - 1] ?? '';
  if (text.trim() === '') return [];
  const start = column - 1 <= WIDTH - 20 ? 0 : column - 1 - WIDTH / 2;
  const digits = String(Math.min(line + 1, lines.length)).length;
  const row = (number: number, mark: string): readonly string[] => {
    const shown = lines[number - 1];
    return shown === undefined || (number !== line && shown.trim() === '')
      ? []
      : [`  ${paint('dim', `${mark} ${String(number).padStart(digits)} |`)} ${clip(shown, start)}`];
  };
  const offset = column - 1 - start + (start > 0 ? 1 : 0);
  const length = Math.max(1, Math.min((endColumn ?? column + 1) - column, WIDTH - offset));
  const caret = `  ${paint('dim', `  ${' '.repeat(digits)} |`)} ${' '.repeat(offset)}${paint('red', '^'.repeat(length))}`;
  return [...row(line - 1, ' '), ...row(line, '>'), caret, ...row(line + 1, ' ')];
}

function clip(line: string, start: number): string {
  const part = line.slice(start, start + WIDTH);
  return `${start > 0 ? '…' : ''}${plain(part).trimEnd()}${line.length > start + WIDTH ? '…' : ''}`;
}

/** Without what would act on a terminal; one character stays one character, so that carets stand right. */
export function plain(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '�');
}
