/** A run as Markdown: what a reviewer wants to see first, in the size that fits a step summary of GitHub. */
import type { Operation } from '../contract/model.ts';
import { COVERAGE_PARTS, COVERAGE_WORDS, type CoverageRecord, neverSeen } from './coverage-record.ts';
import type { RunStarted, RunSummary } from './events.ts';
import { exchangeLines, printable, receivedText } from './exchange-text.ts';
import { type Findings, type Group, oneOfEachFirst } from './findings.ts';
import { code, fenceFor, text } from './markdown-text.ts';
import type { Mask } from './mask.ts';
import { describePlace, failureRecord, type ResponseRecord, type SentRecord } from './records.ts';
import { countsText, leftBehindLines, plural } from './summary-text.ts';

/** GitHub takes a mebibyte of a step; what comes after this is counted. */
const MOST_CHARACTERS = 400_000;
const MOST_OF_OPERATION = 10;
const LONGEST_CELL = 200;

export interface KeptExchange {
  readonly sent: SentRecord;
  readonly response: ResponseRecord;
  readonly replay: string | undefined;
}

export interface MarkdownRun {
  readonly start: RunStarted;
  readonly summary: RunSummary;
  readonly operations: readonly (readonly [Operation, Findings<KeptExchange>])[];
  readonly coverage: CoverageRecord | undefined;
  readonly mask: Mask;
}

export function markdownSummary({ start, summary, operations, coverage, mask }: MarkdownRun): string {
  const titles = start.contracts.map(({ contract }) => text(contract.title)).join(', ');
  const parts = [
    `## ${MARKS[summary.verdict]} ${titles}: ${summary.verdict}\n\n`,
    `${text(mask.text(countsText(summary)))}.${summary.reason === undefined ? '' : ` ${text(mask.text(summary.reason))}`} Tested at ${code(mask.text(start.baseUrl))}.\n\n`,
  ];
  let characters = 0;
  let left = 0;
  for (const [operation, findings] of operations) {
    const section = operationSection(operation, findings, mask);
    characters += section.length;
    if (characters > MOST_CHARACTERS) left += 1;
    else parts.push(section);
  }
  if (left > 0) parts.push(`and failures of ${plural(left, 'more operation')}.\n\n`);
  if (coverage !== undefined) parts.push(coverageSection(coverage));
  const behind = leftBehindLines(summary).map(line => `- ${text(mask.text(line))}\n`);
  if (behind.length > 0) parts.push(`### What could not be cleaned up\n\n${behind.join('')}\n`);
  return parts.join('');
}

const MARKS: Readonly<Record<RunSummary['verdict'], string>> = {
  kept: '✅',
  broken: '❌',
  inconclusive: '❔',
};

function operationSection(operation: Operation, findings: Findings<KeptExchange>, mask: Mask): string {
  const groups = oneOfEachFirst(findings);
  const { unanswered } = findings;
  const lines = [`### ${code(operation.key)}\n`];
  if (groups.length > 0) {
    lines.push('| check | received | documented | where |', '| --- | --- | --- | --- |');
    for (const group of groups.slice(0, MOST_OF_OPERATION)) lines.push(rowOf(group, mask));
    lines.push('');
  }
  if (groups.length > MOST_OF_OPERATION)
    lines.push(`and ${plural(groups.length - MOST_OF_OPERATION, 'more failure')}.\n`);
  const [first] = groups;
  if (first !== undefined) lines.push(detailsOf(first));
  const [silent] = unanswered;
  if (silent !== undefined)
    lines.push(`${plural(unanswered.length, 'case')} not answered: ${text(mask.text(silent.message))}\n`);
  return `${lines.join('\n')}\n`;
}

function rowOf({ failure, flaky, count }: Group<KeptExchange>, mask: Mask): string {
  const record = failureRecord(failure, mask);
  const { check, severity, documented, place, known } = record;
  const kind =
    known !== undefined && !known.expired
      ? ` (known until ${known.expires})`
      : flaky
        ? ' (flaky)'
        : severity === 'warning'
          ? ' (warning)'
          : '';
  const times = count > 1 ? `, ${count} cases` : '';
  const cells = [
    `${code(check)}${kind}${times}`,
    text(cut(receivedText(record))),
    text(cut(documented)),
    code(describePlace(place)),
  ];
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The first failure whole: whoever wants more opens another report. */
function detailsOf({ kept: { sent, response, replay } }: Group<KeptExchange>): string {
  const lines = [
    sent.curl,
    ...(replay === undefined ? [] : [replay]),
    '',
    ...exchangeLines(sent.request, response),
  ].map(printable);
  const fence = fenceFor(lines);
  return `<details><summary>How to see it: ${text(sent.name)}</summary>\n\n${fence}console\n${lines.join('\n')}\n${fence}\n\n</details>\n`;
}

function coverageSection(coverage: CoverageRecord): string {
  const parts = COVERAGE_PARTS.filter(part => coverage[part].of > 0);
  const never = coverage.byOperation.flatMap(one => {
    const words = neverSeen(one);
    return words.length === 0 ? [] : [`- ${code(one.operation)}: ${text(words.join(', '))}\n`];
  });
  const rows = parts.map(
    part => `| ${COVERAGE_WORDS[part]} | ${coverage[part].seen} | ${coverage[part].of} |\n`,
  );
  const table = `### What was seen\n\n| | seen | of |\n| --- | --- | --- |\n${rows.join('')}\n`;
  if (never.length === 0) return table;
  const shown = never.slice(0, MOST_NEVER);
  const rest = never.length > shown.length ? `- and ${never.length - shown.length} more operations\n` : '';
  return `${table}<details><summary>What was never seen</summary>\n\n${shown.join('')}${rest}\n</details>\n`;
}

const MOST_NEVER = 200;

function cut(words: string): string {
  return words.length > LONGEST_CELL ? `${words.slice(0, LONGEST_CELL).toWellFormed()}…` : words;
}
