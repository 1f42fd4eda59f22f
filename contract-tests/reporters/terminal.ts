/** A run for people: failures grouped by operation, then one line that says how it ended. Quiet about what went well. */

import { CHECKS } from '../../contract/checks/index.ts';
import type { Operation } from '../../contract/model.ts';
import { describeSource, type Source } from '../../contract/source.ts';
import { baseUrlOf } from '../base-url.ts';
import { coverageLine } from '../coverage-record.ts';
import type { CaseFinished, Listener, RunEvent, RunFinished } from '../events.ts';
import { addFailures, type Findings, type Group, newFindings, oneOfEachFirst } from '../findings.ts';
import {
  countsText,
  LEFT_SHOWN,
  leftBehindLines,
  NOT_JUDGED_BECAUSE,
  plural,
  SKIPPED_BECAUSE,
} from '../summary-text.ts';
import { curlLine } from './curl.ts';
import { type Painter, painter } from './painter.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

/** Distinct failures shown of one operation; the rest are counted. */
const SHOWN = 5;
/** Operations whose failures are shown; of the rest there is one line each. */
const OPERATIONS_SHOWN = 50;
/** A message quotes what it found; nobody reads a whole page of it. */
const LONGEST = 300;
const PROGRESS_EVERY_MS = 100;

export const terminalReporter: ReporterModule = {
  name: 'terminal',
  summary: 'failures grouped by operation, for people',
  description:
    'Always there, unless it is named with a file. Failures are grouped by operation, the same ones counted; each tells what was received, what is documented and where, and gives a curl line and the command that sends the one case again. On a terminal it shows how far the run is.',
  create,
};

function create(context: ReporterContext): Listener {
  const { write, isTTY, mask } = context;
  const paint = painter(context.colour);
  const found = new Map<Operation, Findings>();
  let baseUrl = '';
  let cases = 0;
  let failed = 0;
  let done = 0;
  let operations = 0;
  let lastProgress = 0;
  let progressShown = false;
  let shown = 0;
  const notJudged: CaseFinished[] = [];

  const clear = (): void => {
    if (progressShown) write('\r\u001b[K');
    progressShown = false;
  };
  const progress = (): void => {
    const now = performance.now();
    if (!isTTY || now - lastProgress < PROGRESS_EVERY_MS) return;
    lastProgress = now;
    write(`\r\u001b[K${paint.dim(`${done}/${operations} operations, ${cases} cases, ${failed} failed`)}`);
    progressShown = true;
  };

  const tell = (operation: Operation, findings: Findings, counts: Counts | undefined): void => {
    clear();
    shown += 1;
    write(operationText(operation, findings, counts, baseUrl, context, paint, shown <= OPERATIONS_SHOWN));
  };

  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        baseUrl = event.baseUrl;
        operations = event.operations;
        break;
      case 'case-finished': {
        const { case: tested, outcome } = event;
        cases += 1;
        if (outcome.kind === 'failed') {
          if (outcome.failures.some(({ severity }) => severity === 'error')) failed += 1;
          addFailures(findingsOf(found, tested.operation), outcome, () => undefined);
        } else if (outcome.kind === 'unanswered') {
          const { message } = outcome.trouble;
          findingsOf(found, tested.operation).unanswered.push({ case: tested, message });
        } else if (outcome.kind === 'not-judged' && context.verbose === true) notJudged.push(event);
        progress();
        break;
      }
      case 'operation-finished': {
        done += 1;
        const findings = found.get(event.operation);
        found.delete(event.operation);
        if (findings !== undefined) tell(event.operation, findings, event);
        break;
      }
      case 'run-finished':
        // What was under way when a run was stopped has not been told yet.
        for (const [operation, findings] of found) tell(operation, findings, undefined);
        clear();
        if (context.verbose === true) write(mask.text(verboseText(event, notJudged, paint)));
        write(mask.text(endText(event, context, paint)));
        break;
    }
  };
}

interface Counts {
  readonly cases: number;
  readonly failed: number;
}

function findingsOf(found: Map<Operation, Findings>, operation: Operation): Findings {
  let findings = found.get(operation);
  if (findings === undefined) found.set(operation, (findings = newFindings()));
  return findings;
}

function operationText(
  operation: Operation,
  findings: Findings,
  counts: Counts | undefined,
  baseUrl: string,
  context: ReporterContext,
  paint: Painter,
  whole: boolean,
): string {
  const { mask, replay } = context;
  const groups = oneOfEachFirst(findings);
  const broken = groups.some(({ failure }) => failure.severity === 'error');
  const mark = broken ? paint.red('✗') : paint.yellow(groups.length > 0 ? '!' : '?');
  const told =
    counts === undefined ? '' : paint.dim(`  ${counts.failed} of ${plural(counts.cases, 'case')} failed`);
  const lines = [`${mark} ${paint.bold(operation.key)}${told}`];
  if (!whole) return `${lines.join('\n')}\n`;
  const base = baseUrlOf(operation, baseUrl);
  for (const group of groups.slice(0, SHOWN)) lines.push('', ...groupLines(group, base, context, paint));
  if (groups.length > SHOWN)
    lines.push(
      '',
      `  ${paint.dim(`and ${plural(groups.length - SHOWN, 'more failure')}; --reporter json=FILE has them all`)}`,
    );
  const [silent] = findings.unanswered;
  if (silent !== undefined) {
    lines.push(
      '',
      `  ${paint.bold('not answered')}`,
      `    Case        ${silent.case.name}${others(findings.unanswered.length, paint)}`,
      `    Received    ${shorten(mask.text(silent.message))}`,
      `    ${paint.dim(curlLine(base, silent.case.request, mask))}`,
      ...(replay === undefined ? [] : [`    ${paint.dim(replay(silent.case))}`]),
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function groupLines(
  { failure, first: tested, flaky, count }: Group<undefined>,
  baseUrl: string,
  { mask, replay }: ReporterContext,
  paint: Painter,
): readonly string[] {
  const { check, severity, received, documented, instance, source, known } = failure;
  const title = CHECKS.find(({ name }) => name === check)?.title ?? '';
  if (known !== undefined && !known.expired) {
    const words = `${tested.name}; until ${known.expires}: ${known.reason}`;
    return [`  ${paint.yellow('known: ')}${check}  ${paint.dim(shorten(words))}${others(count, paint)}`];
  }
  const word = flaky ? 'flaky: ' : severity === 'warning' ? 'warning: ' : '';
  const at = instance === undefined || instance === '' ? '' : ` at ${instance}`;
  const line = lineOf(source);
  return [
    `  ${paint.yellow(word)}${paint.bold(check)}  ${paint.dim(title)}`,
    `    Case        ${tested.name}${others(count, paint)}`,
    `    Received    ${shorten(mask.text(received))}${at}`,
    `    Documented  ${shorten(mask.text(documented))}`,
    ...(known === undefined ? [] : [`    Known       only until ${known.expires}: ${shorten(known.reason)}`]),
    ...(flaky ? ['    Sent again  it passed'] : []),
    `    ${paint.dim(describeSource(source))}`,
    ...(line === undefined ? [] : [`    ${paint.dim(`| ${line}`)}`]),
    `    ${paint.dim(curlLine(baseUrl, tested.request, mask))}`,
    ...(replay === undefined ? [] : [`    ${paint.dim(replay(tested))}`]),
  ];
}

function others(count: number, paint: Painter): string {
  return count > 1 ? paint.dim(` and ${plural(count - 1, 'other case')}`) : '';
}

/** The line of the document, where looking it up costs nothing to speak of and it is one that can be read. */
function lineOf({ document, pointer }: Source): string | undefined {
  const text = document.text();
  if (text.length > LARGEST_TEXT) return undefined;
  const line = text.split('\n', document.locate(pointer).line).at(-1)?.trim() ?? '';
  return line === '' || line.length > LONGEST_LINE ? undefined : shorten(line);
}

const LARGEST_TEXT = 1_000_000;
const LONGEST_LINE = 120;

function verboseText({ summary }: RunFinished, notJudged: readonly CaseFinished[], paint: Painter): string {
  const lines: string[] = [];
  for (const { case: tested, outcome } of notJudged) {
    if (outcome.kind !== 'not-judged') continue;
    const why = `${NOT_JUDGED_BECAUSE[outcome.reason]} (status ${outcome.exchange.response.status})`;
    lines.push(`${paint.yellow('not judged')}  ${tested.id}  ${paint.dim(why)}`);
  }
  for (const { reason, count, examples } of summary.skipped) {
    lines.push(`${paint.dim('not made')}  ${count} ${SKIPPED_BECAUSE[reason]}`);
    for (const example of examples) lines.push(`          ${paint.dim(shorten(example))}`);
    if (count > examples.length) lines.push(`          ${paint.dim(`and ${count - examples.length} more`)}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

function endText({ summary }: RunFinished, { coverage, verbose }: ReporterContext, paint: Painter): string {
  const { verdict, reason } = summary;
  const word = { kept: paint.green, broken: paint.red, inconclusive: paint.yellow }[verdict](verdict);
  const seen = coverage === undefined ? '' : `${paint.dim(`seen: ${coverageLine(coverage())}`)}\n`;
  const left = leftBehindLines(summary, verbose === true ? undefined : LEFT_SHOWN).map(
    line => `${paint.yellow('!')} ${shorten(line)}\n`,
  );
  return `${left.join('')}${word}: ${countsText(summary)}\n${reason === undefined ? '' : `${reason}\n`}${seen}`;
}

/** One line, without the control characters that a server might send to a terminal. */
function shorten(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
