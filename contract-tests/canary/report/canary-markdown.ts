/** A check of a canary as Markdown: for a comment on a pull request, and for the summary of a step of GitHub Actions. */
import { exchangeLines, printable, receivedText } from '../../exchange-text.ts';
import { code, fenceFor, text } from '../../markdown-text.ts';
import { describePlace } from '../../records.ts';
import { workflowCommand } from '../../workflow-commands.ts';
import { type BreakRecord, type CanaryRecord, canaryRecord } from './canary-record.ts';
import type { CanaryReporterModule } from './canary-reporter.ts';
import {
  alphaText,
  answersText,
  breakKind,
  breaksInOrder,
  DECISION_WORDS,
  eOf,
  latencyText,
  outlookLines,
  rateText,
} from './canary-words.ts';

export const canaryMarkdown: CanaryReporterModule = {
  name: 'markdown',
  summary: 'the decision, both sides by operation, breaks with the first one whole',
  description:
    'The decision and why, evidence beside what is enough, a table of operations with both sides, a table of breaks with the first witness whole, and what would have changed the decision.',
  create:
    ({ write, mask }) =>
    event => {
      if (event.kind === 'canary-finished') write(markdownOf(canaryRecord(event.check, mask)));
    },
};

export const canaryGithub: CanaryReporterModule = {
  name: 'github',
  summary: 'the summary of the step, and an annotation for what rolled back',
  description:
    'The Markdown is added to the file named by `GITHUB_STEP_SUMMARY`, or to the file given. An error stands at the place in the document that a break of the canary breaks, else the decision is a notice, a warning or an error of its own.',
  defaultFile: { environment: 'GITHUB_STEP_SUMMARY' },
  appends: true,
  create:
    ({ write, mask, aside }) =>
    event => {
      if (event.kind !== 'canary-finished') return;
      const record = canaryRecord(event.check, mask);
      write(markdownOf(record));
      aside?.(annotation(record));
    },
};

const MARKS: Readonly<Record<CanaryRecord['decision'], string>> = {
  promote: '✅',
  rollback: '❌',
  inconclusive: '❔',
};
const LEVELS = { promote: 'notice', rollback: 'error', inconclusive: 'warning' } as const;

const MOST_OPERATIONS = 200;
const MOST_BREAKS = 50;
const LONGEST_CELL = 200;

function markdownOf(record: CanaryRecord): string {
  const { decision, documents, reason, baseUrl, latency, leftOut } = record;
  const waits = decision === 'inconclusive' ? outlookLines(record.outlook) : [];
  const parts = [
    `## ${MARKS[decision]} Canary of ${documents.map(text).join(', ')}: ${DECISION_WORDS[decision]}\n`,
    `${text(reason)} Judged at ${code(baseUrl)}: ${text(answersText(record))}.\n`,
    evidenceTable(record),
    `Errors: ${text(alphaText(record))}.\n`,
    ...(latency === undefined ? [] : [`Latency: ${text(latencyText(record) ?? 'not compared yet')}.\n`]),
    ...(waits.length === 0 ? [] : ['### What a promotion would still take\n', bullets(waits)]),
    ...(decision === 'inconclusive' || record.otherwise.length === 0
      ? []
      : ['### What would have changed it\n', bullets(record.otherwise)]),
    '### Operations\n',
    operationTable(record),
    ...breakSection(breaksInOrder(record.breaks)),
    ...(leftOut.length === 0
      ? []
      : [`<details><summary>What was left out</summary>\n\n${bullets(leftOut)}\n</details>\n`]),
  ];
  return `${parts.join('\n')}\n`;
}

function bullets(lines: readonly string[]): string {
  return lines.map(line => `- ${text(line)}\n`).join('');
}

function evidenceTable({ evidence }: CanaryRecord): string {
  return table(
    ['evidence that', 'E', 'enough is'],
    evidence.map(({ speaksFor, log10E, log10Needed }) => [
      text(speaksFor),
      `${log10E >= log10Needed ? '**' : ''}${eOf(log10E)}${log10E >= log10Needed ? '**' : ''}`,
      eOf(log10Needed),
    ]),
  );
}

function operationTable({ operations }: CanaryRecord): string {
  const rows = operations
    .slice(0, MOST_OPERATIONS)
    .map(({ operation, baseline, canary, log10E, cases, unseen }) => [
      code(operation),
      rateText(baseline),
      rateText(canary),
      eOf(log10E),
      `${cases - unseen} of ${cases}`,
    ]);
  const left = operations.length - rows.length;
  const header = ['operation', 'baseline failed', 'canary failed', 'E', 'cases the canary answered'];
  return `${table(header, rows)}${left > 0 ? `\nand ${left} more operations\n` : ''}`;
}

function breakSection(breaks: readonly BreakRecord[]): readonly string[] {
  const [first] = breaks;
  if (first === undefined) return [];
  const rows = breaks.slice(0, MOST_BREAKS).map(one => {
    const { operation, check, failed, failure } = one;
    return [
      code(operation),
      code(check),
      breakKind(one),
      `${failed.baseline} / ${failed.canary}`,
      text(cut(receivedText(failure))),
      text(cut(failure.documented)),
      code(describePlace(failure.place)),
    ];
  });
  const left = breaks.length - rows.length;
  return [
    '### Breaks\n',
    table(['operation', 'check', 'where', 'baseline / canary', 'received', 'documented', 'place'], rows),
    ...(left > 0 ? [`and ${left} more breaks\n`] : []),
    witnessDetails(first),
  ];
}

/** The first one whole: whoever wants more opens another report. */
function witnessDetails({ witness }: BreakRecord): string {
  const shown = witness.canary ?? witness.baseline;
  if (shown === undefined) return '';
  const { sent, response } = shown;
  const lines = [sent.curl, '', ...exchangeLines(sent.request, response)].map(printable);
  const fence = fenceFor(lines);
  const side = witness.canary === undefined ? 'baseline' : 'canary';
  return `<details><summary>Witness of the ${side}: ${text(sent.name)}</summary>\n\n${fence}console\n${lines.join('\n')}\n${fence}\n\n</details>\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(header) + line(header.map(() => '---')) + rows.map(line).join('');
}

function cut(words: string): string {
  return words.length > LONGEST_CELL ? `${words.slice(0, LONGEST_CELL).toWellFormed()}…` : words;
}

function annotation({ decision, reason, breaks }: CanaryRecord): string {
  const found = breaks.find(({ trials }) => trials.some(({ state }) => state === 'break'));
  const place = found?.failure.place;
  return workflowCommand({
    level: LEVELS[decision],
    ...(place === undefined ? {} : { file: place.document, line: place.line, column: place.column }),
    title: `Canary: ${DECISION_WORDS[decision]}`,
    message: printable(reason),
  });
}
