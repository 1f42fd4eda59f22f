/** Changes as text for people and as the forms machines take. Pure: changes in, text out. */
import { styleText } from 'node:util';
import { CHANGE_SEVERITIES, type Change, type ChangeSeverity } from '../../contract/diff/rule.ts';
import { type Annotation, workflowCommand } from '../../contract-tests/workflow-commands.ts';
import { plain } from '../problems/text.ts';
import {
  type ChangeRecord,
  changeRecord,
  countInWords,
  furtherOperations,
  placeInWords,
} from './change-record.ts';

/** The choices of `--format`. */
export const CHANGE_FORMATS = ['text', 'json', 'markdown', 'github'] as const;
export type ChangeFormat = (typeof CHANGE_FORMATS)[number];

export interface PrintChangesOptions {
  readonly format: ChangeFormat;
  /** Text only: with escape sequences for a terminal. */
  readonly colour?: boolean;
  /** What people call both documents. */
  readonly before: string;
  readonly after: string;
  /** The changes are those of a stage against its source; what the service loses by nature was left out. */
  readonly drift?: boolean;
}

/**
 * Prints changes in one of the formats, with a line end after the last line.
 *
 * @example
 * ```ts
 * import { diffContracts } from './contract/diff/diff.ts';
 * import type { Contract } from './contract/model.ts';
 * import { printChanges } from './scripts/changes/print-changes.ts';
 *
 * export function tell(before: Contract, after: Contract): void {
 *   const names = { before: 'v1.yaml', after: 'v2.yaml' };
 *   process.stdout.write(printChanges(diffContracts(before, after), { format: 'text', ...names }));
 * }
 * ```
 */
export function printChanges(changes: readonly Change[], options: PrintChangesOptions): string {
  const records = changes.map(changeRecord);
  switch (options.format) {
    case 'text':
      return textChanges(records, options);
    case 'json':
      return jsonChanges(records, options);
    case 'markdown':
      return markdownChanges(records, options);
    case 'github':
      return records.map(githubChange).join('');
    default:
      return options.format satisfies never;
  }
}

const COLOURS: Readonly<Record<ChangeSeverity, 'red' | 'yellow' | 'cyan'>> = {
  breaking: 'red',
  risky: 'yellow',
  safe: 'cyan',
};

function textChanges(changes: readonly ChangeRecord[], options: PrintChangesOptions): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    options.colour === true ? styleText(style, text, { validateStream: false }) : text;
  const blocks = changes.map(change => {
    const { severity, rule, operation, message, why, before, after } = change;
    const where = operation === '' ? '' : `${operation}${furtherOperations(change)}: `;
    return [
      `${paint('bold', plain(placeInWords(after)))} ${paint(COLOURS[severity], severity)} ${paint('dim', rule)}`,
      `  ${plain(where + message)}`,
      `  ${paint('dim', 'before:')} ${plain(placeInWords(before))}`,
      `  ${paint('dim', 'why:')} ${plain(why)}`,
    ]
      .map(line => `${line}\n`)
      .join('');
  });
  const total = `${driftWords(changes, options)} from ${plain(options.before)} to ${plain(options.after)}\n`;
  return [...blocks, total].join(blocks.length === 0 ? '' : '\n');
}

function driftWords(changes: readonly ChangeRecord[], { drift }: PrintChangesOptions): string {
  if (drift !== true) return countInWords(changes);
  return changes.length === 0 ? 'no drift' : `drift, ${countInWords(changes)}`;
}

/** `{ "before", "after", "drift", "changes": [{ rule, severity, message, why, operation, operations, before, after }], "counts" }` */
function jsonChanges(changes: readonly ChangeRecord[], options: PrintChangesOptions): string {
  const { before, after, drift = false } = options;
  const counts = { breaking: 0, risky: 0, safe: 0 };
  for (const { severity } of changes) counts[severity] += 1;
  return `${JSON.stringify({ before, after, drift, changes, counts }, null, 2)}\n`;
}

function markdownChanges(changes: readonly ChangeRecord[], options: PrintChangesOptions): string {
  const head = `## ${driftWords(changes, options)}\n\nFrom ${code(options.before)} to ${code(options.after)}.\n`;
  const sections = CHANGE_SEVERITIES.map(severity => {
    const rows = changes.filter(change => change.severity === severity).map(markdownRow);
    const table = `| where | what | rule | before | after |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
    return rows.length === 0 ? '' : `\n### ${severity}\n\n${table}`;
  });
  return head + sections.join('');
}

function markdownRow(change: ChangeRecord): string {
  const { operation, message, why, rule, before, after } = change;
  const where = operation === '' ? 'the API' : `${code(operation)}${furtherOperations(change)}`;
  const cells = [
    where,
    `${escaped(message)} ${escaped(why)}`,
    code(rule),
    code(placeInWords(before)),
    code(placeInWords(after)),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** What documents write must neither end a cell nor become a link or markup. */
function escaped(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>|#~]/g, match => `\\${match}`);
}

function code(text: string): string {
  const shown = plain(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

const LEVELS: Readonly<Record<ChangeSeverity, Annotation['level']>> = {
  breaking: 'error',
  risky: 'warning',
  safe: 'notice',
};

/** Stands at the second document, which is the one under review. */
function githubChange(change: ChangeRecord): string {
  const { severity, rule, operation, message, why, before, after } = change;
  const { pointer: _pointer, ...place } = after;
  const where = operation === '' ? '' : `${operation}${furtherOperations(change)}: `;
  return workflowCommand({
    ...place,
    level: LEVELS[severity],
    title: rule,
    message: `${where}${message} ${why} Before: ${placeInWords(before)}.`,
  });
}
