/** A check of a canary for people: how far the evidence is while it grows, then the decision and what it stands on. */
import { exchangeLines, printable, receivedText } from '../../exchange-text.ts';
import { describePlace } from '../../records.ts';
import { type Painter, painter } from '../../reporters/painter.ts';
import type { ReporterContext } from '../../reporters/reporter.ts';
import type { CanaryEvent, CanaryListener, EvidencePoint } from '../canary-events.ts';
import { percent } from '../decide.ts';
import { type BreakRecord, type CanaryRecord, canaryRecord } from './canary-record.ts';
import type { CanaryReporterModule } from './canary-reporter.ts';
import {
  alphaText,
  answersText,
  breakKind,
  breaksInOrder,
  DECISION_WORDS,
  eOf,
  evidenceText,
  latencyText,
  outlookLines,
  progressOf,
  rateText,
  wasRepeated,
} from './canary-words.ts';

const PROGRESS_EVERY_MS = 100;
/** Breaks shown with all there is to know; of the rest there is one line each. */
const SHOWN = 5;
const LONGEST = 300;

export const canaryTerminal: CanaryReporterModule = {
  name: 'terminal',
  summary: 'the decision and what it stands on, for people',
  description:
    'Always there, unless it is named with a file. On a terminal it shows how the evidence grows; at the end the decision, failures by operation on both sides, breaks with their witness, and what would have changed it.',
  create,
};

function create(context: ReporterContext): CanaryListener {
  const { write, isTTY, mask } = context;
  const paint = painter(context.colour);
  let needed = {
    worse: Number.POSITIVE_INFINITY,
    slower: Number.POSITIVE_INFINITY,
    alike: Number.POSITIVE_INFINITY,
  };
  let share = 0;
  let last = 0;
  let shown = false;
  const clear = (): void => {
    if (shown) write('\r\u001b[K');
    shown = false;
  };
  return (event: CanaryEvent) => {
    switch (event.kind) {
      case 'canary-started':
        ({ share, needed } = event);
        write(
          `${paint.dim(`${event.cases} cases of ${event.operations} operations at ${mask.text(event.baseUrl)}, ${percent(share)} of them to the canary`)}\n`,
        );
        break;
      case 'canary-progress': {
        const now = performance.now();
        if (!isTTY || now - last < PROGRESS_EVERY_MS) return;
        last = now;
        write(`\r\u001b[K${progressText(event.point, needed, paint)}`);
        shown = true;
        break;
      }
      case 'trial-settled': {
        if (event.trial.state === 'break') break;
        clear();
        const { operation, check, case: id } = event.trial.clause;
        const kind = breakKind({
          trials: [{ ...event.trial, case: id }],
          failed: { baseline: 0, canary: 1 },
        });
        write(
          `${paint.yellow('!')} ${operation} ${paint.bold(check)} ${paint.dim(`${kind}: ${oneLine(id)}`)}\n`,
        );
        break;
      }
      case 'canary-finished':
        clear();
        write(endText(canaryRecord(event.check, mask), context, paint));
        break;
    }
  };
}

const WIDTH = 12;

function progressText(
  { baseline, canary, unknown, worse, slower, alike }: EvidencePoint,
  needed: { readonly worse: number; readonly slower: number; readonly alike: number },
  paint: Painter,
): string {
  const gauge = (name: string, log: number, enough: number): string => {
    const filled = Math.round(progressOf({ log10E: log, log10Needed: enough }) * WIDTH);
    return `${name} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  };
  const parts = [
    `${baseline + canary} answers, ${canary} of the canary${unknown > 0 ? `, ${unknown} of nobody` : ''}`,
    gauge('fails more', worse, needed.worse),
    ...(slower === undefined ? [] : [gauge('slower', slower, needed.slower)]),
    gauge('as good', alike, needed.alike),
  ];
  return paint.dim(parts.join('  '));
}

function endText(record: CanaryRecord, context: ReporterContext, paint: Painter): string {
  const colour = { promote: paint.green, rollback: paint.red, inconclusive: paint.yellow }[record.decision];
  const breaks = breaksInOrder(record.breaks);
  const latency = latencyText(record);
  const lines = [
    '',
    ...tableLines(record, paint),
    '',
    ...breaks.flatMap((one, index) => breakLines(one, index < SHOWN, context, paint)),
    `answers    ${answersText(record)}`,
    ...(latency === undefined ? [] : [`latency    ${latency}`]),
    ...record.evidence.map(one => `evidence   ${one.speaksFor}: ${evidenceText(one)}`),
    `errors     ${alphaText(record)}`,
    ...(context.verbose === true ? record.leftOut.map(line => `left out   ${oneLine(line)}`) : []),
    ...(record.decision !== 'inconclusive'
      ? []
      : outlookLines(record.outlook).map(line => `to promote ${line}`)),
    ...(record.decision === 'inconclusive' ? [] : record.otherwise.map(line => `otherwise  ${line}`)),
    '',
    `${colour(DECISION_WORDS[record.decision])}: ${oneLine(record.reason)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function tableLines({ operations }: CanaryRecord, paint: Painter): readonly string[] {
  const rows = operations.map(({ operation, baseline, canary, log10E, cases, unseen }) => [
    operation,
    rateText(baseline),
    rateText(canary),
    eOf(log10E),
    unseen > 0 ? `${cases - unseen} of ${cases}` : String(cases),
  ]);
  const header = ['operation', 'baseline failed', 'canary failed', 'E', 'cases'];
  const widths = header.map((word, column) =>
    Math.max(word.length, ...rows.map(row => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint.dim(line(header)), ...rows.map(line)];
}

function breakLines(
  found: BreakRecord,
  whole: boolean,
  { verbose }: ReporterContext,
  paint: Painter,
): readonly string[] {
  const { operation, check, failed, failure, witness, cases } = found;
  const isCanarys = found.trials.some(({ state }) => state === 'break');
  const mark = isCanarys ? paint.red('✗') : paint.yellow('!');
  const counts = `${failed.canary} on the canary, ${failed.baseline} on the baseline`;
  const head = `${mark} ${operation} ${paint.bold(check)}  ${paint.dim(`${breakKind(found)}; ${counts}; ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`)}`;
  if (!whole) return [head];
  const shown = witness.canary ?? witness.baseline;
  const trial = found.trials.find(({ state }) => state === 'break') ?? found.trials.find(wasRepeated);
  return [
    head,
    `    Received    ${oneLine(receivedText(failure))}`,
    `    Documented  ${oneLine(failure.documented)}`,
    ...(trial === undefined
      ? []
      : [
          `    Repeated    canary ${trial.failed.canary} of ${trial.failed.canary + trial.clean.canary} failed, baseline ${trial.failed.baseline} of ${trial.failed.baseline + trial.clean.baseline}`,
        ]),
    `    ${paint.dim(describePlace(failure.place))}`,
    ...(shown === undefined ? [] : [`    ${paint.dim(oneLine(shown.sent.curl))}`]),
    ...(shown === undefined || verbose !== true
      ? []
      : exchangeLines(shown.sent.request, shown.response).map(line => `    ${paint.dim(printable(line))}`)),
    '',
  ];
}

/** One line, without what a server might send to a terminal. */
function oneLine(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
}
