/** What several stages say of each operation, as a table for the terminal and as Markdown. Pure, a listener aside. */
import type { Listener, RunSummary } from '../contract-tests/events.ts';
import { tableText } from './table-text.ts';

export interface MatrixRow {
  readonly cases: number;
  readonly failed: number;
  /** Cases without an answer. */
  readonly unanswered: number;
}

/** A run: a stage, and where each has an address of its own, one document on it. */
export interface MatrixColumn {
  readonly title: string;
  readonly stage: string;
  /** Undefined where it could not begin. */
  readonly summary: RunSummary | undefined;
  readonly exitCode: number;
  /** Why it could not: the code of the error. */
  readonly reason: string | undefined;
  /** By operation, such as `GET /pets`. */
  readonly rows: ReadonlyMap<string, MatrixRow>;
}

/** Fills the rows of a column while its run goes on. */
export function matrixListener(rows: Map<string, MatrixRow>): Listener {
  return event => {
    if (event.kind !== 'case-finished') return;
    const { key } = event.case.operation;
    const { cases, failed, unanswered } = rows.get(key) ?? { cases: 0, failed: 0, unanswered: 0 };
    const { outcome } = event;
    const isBreak =
      outcome.kind === 'failed' &&
      outcome.flaky !== true &&
      outcome.failures.some(
        ({ severity, known }) => severity === 'error' && (known === undefined || known.expired),
      );
    rows.set(key, {
      cases: cases + 1,
      failed: failed + (isBreak ? 1 : 0),
      unanswered: unanswered + (outcome.kind === 'unanswered' ? 1 : 0),
    });
  };
}

/** With a line end after the last line. */
export function matrixText(columns: readonly MatrixColumn[]): string {
  return tableText(tableOf(columns));
}

export function matrixMarkdown(columns: readonly MatrixColumn[]): string {
  const [head = [], ...rows] = tableOf(columns).map(row => row.map(cell => cell.replaceAll('|', '\\|')));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const named = rows.map(([operation = '', ...cells], index) =>
    line([index < rows.length - 1 ? `\`${operation}\`` : operation, ...cells]),
  );
  return `## Stages\n\n${line(head)}${line(head.map(() => '---'))}${named.join('')}`;
}

/** Stages from left to right, operations downwards, what each stage comes to in the last row. */
function tableOf(columns: readonly MatrixColumn[]): readonly (readonly string[])[] {
  const stages = [...new Set(columns.map(({ stage }) => stage))];
  const operations = [...new Set(columns.flatMap(({ rows }) => [...rows.keys()]))];
  const ofStage = (stage: string): readonly MatrixColumn[] =>
    columns.filter(column => column.stage === stage);
  return [
    ['operation', ...stages],
    ...operations.map(operation => [operation, ...stages.map(stage => cellOf(ofStage(stage), operation))]),
    ['verdict', ...stages.map(stage => verdictOf(ofStage(stage)))],
  ];
}

/** Documents of one stage may have an operation of one name, which then stands in one row. */
function cellOf(columns: readonly MatrixColumn[], operation: string): string {
  const rows = columns.flatMap(({ rows: all }) => all.get(operation) ?? []);
  const sum = (of: (row: MatrixRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  if (rows.length === 0) return '-';
  const failed = sum(row => row.failed);
  if (failed > 0) return `✗ ${failed} of ${sum(row => row.cases)}`;
  return sum(row => row.unanswered) > 0 ? `? ${sum(row => row.unanswered)} unanswered` : '✓';
}

function verdictOf(columns: readonly MatrixColumn[]): string {
  const words = columns.map(
    ({ summary, reason }) => summary?.verdict ?? `not tested (${reason ?? 'interrupted'})`,
  );
  const unlucky = words.filter(word => word !== 'kept');
  if (unlucky.includes('broken')) return 'broken';
  return [...new Set(unlucky)].join(', ') || 'kept';
}
