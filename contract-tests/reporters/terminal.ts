/** A run for people: failures grouped by operation, then one line that says how it ended. Quiet about what went well. */

import type { Failure } from '../../contract/checks/check.ts';
import { CHECKS } from '../../contract/checks/index.ts';
import type { Operation } from '../../contract/model.ts';
import type { Case, Skipped, SkipReason } from '../../contract/plan/cases/case.ts';
import { describeSource } from '../../contract/source.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Listener, NotJudged, RunEvent, RunSummary } from '../events.ts';
import { curlLine } from './curl.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

/** Distinct failures shown of one operation; the rest are counted. */
const SHOWN = 5;
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

/** A failure and how often the same one came. */
interface Group {
  readonly failure: Failure;
  readonly first: Case;
  count: number;
}

interface Findings {
  readonly groups: Map<string, Group>;
  readonly unanswered: { readonly case: Case; readonly message: string }[];
}

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

  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        baseUrl = event.baseUrl;
        operations = event.operations;
        break;
      case 'case-finished': {
        cases += 1;
        if (event.outcome.kind === 'failed') {
          failed += 1;
          for (const failure of event.outcome.failures) remember(found, event.case, failure);
        } else if (event.outcome.kind === 'unanswered') {
          findingsOf(found, event.case.operation).unanswered.push({
            case: event.case,
            message: event.outcome.trouble.message,
          });
        }
        progress();
        break;
      }
      case 'operation-finished': {
        done += 1;
        const findings = found.get(event.operation);
        found.delete(event.operation);
        if (findings !== undefined) {
          clear();
          write(operationText(event.operation, findings, event, baseUrl, context, paint));
        }
        break;
      }
      case 'run-finished':
        clear();
        // What was under way when a run was stopped has not been told yet.
        for (const [operation, findings] of found)
          write(operationText(operation, findings, undefined, baseUrl, context, paint));
        write(mask.text(summaryText(event.summary, paint)));
        break;
    }
  };
}

function findingsOf(found: Map<Operation, Findings>, operation: Operation): Findings {
  let findings = found.get(operation);
  if (findings === undefined) found.set(operation, (findings = { groups: new Map(), unanswered: [] }));
  return findings;
}

function remember(found: Map<Operation, Findings>, tested: Case, failure: Failure): void {
  const { groups } = findingsOf(found, tested.operation);
  // The case's name stands in what was received, which would make every failure of a kind another one.
  const what = failure.check === 'invalid-accepted' ? tested.id : failure.received;
  const key = `${failure.check}\n${what}\n${failure.source.pointer}`;
  const known = groups.get(key);
  if (known === undefined) groups.set(key, { failure, first: tested, count: 1 });
  else known.count += 1;
}

function operationText(
  operation: Operation,
  { groups, unanswered }: Findings,
  counts: { readonly cases: number; readonly failed: number } | undefined,
  baseUrl: string,
  { mask }: ReporterContext,
  paint: Painter,
): string {
  const mark = groups.size > 0 ? paint.red('✗') : paint.yellow('?');
  const told =
    counts === undefined ? '' : paint.dim(`  ${counts.failed} of ${plural(counts.cases, 'case')} failed`);
  const lines = [`${mark} ${paint.bold(operation.key)}${told}`];
  for (const { failure, first, count } of oneOfEachFirst([...groups.values()]).slice(0, SHOWN)) {
    const title = CHECKS.find(({ name }) => name === failure.check)?.title ?? '';
    const severity = failure.severity === 'warning' ? paint.yellow('warning: ') : '';
    const at = failure.instance === undefined || failure.instance === '' ? '' : ` at ${failure.instance}`;
    lines.push(
      '',
      `  ${severity}${paint.bold(failure.check)}  ${paint.dim(title)}`,
      `    Case        ${first.name}${count > 1 ? paint.dim(` and ${plural(count - 1, 'other case')}`) : ''}`,
      `    Received    ${shorten(mask.text(failure.received))}${at}`,
      `    Documented  ${shorten(mask.text(failure.documented))}`,
      `    ${paint.dim(describeSource(failure.source))}`,
      `    ${paint.dim(curlLine(baseUrlOf(operation, baseUrl), first.request, mask))}`,
    );
  }
  if (groups.size > SHOWN)
    lines.push(
      '',
      `  ${paint.dim(`and ${plural(groups.size - SHOWN, 'more failure')}; --reporter json=FILE has them all`)}`,
    );
  const [silent] = unanswered;
  if (silent !== undefined) {
    const rest =
      unanswered.length > 1 ? paint.dim(` and ${plural(unanswered.length - 1, 'other case')}`) : '';
    lines.push(
      '',
      `  ${paint.bold('not answered')}`,
      `    Case        ${silent.case.name}${rest}`,
      `    Received    ${mask.text(silent.message)}`,
      `    ${paint.dim(curlLine(baseUrlOf(operation, baseUrl), silent.case.request, mask))}`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

/** What is shown should not be five times the same check while another one stays unsaid. */
function oneOfEachFirst(groups: readonly Group[]): readonly Group[] {
  const seen = new Set<string>();
  const firsts = groups.filter(({ failure: { check } }) => !seen.has(check) && seen.add(check));
  return [...firsts, ...groups.filter(group => !firsts.includes(group))];
}

const SKIPPED_BECAUSE: Readonly<Record<SkipReason, string>> = {
  'no-sample': 'no valid value known',
  'unsupported-body': 'media type not supported',
  'no-violation': 'impossible to break',
  'no-boundary': 'impossible to reach',
  'valid-on-the-wire': 'valid once written down',
  'not-writable': 'impossible to write there',
  'example-invalid': 'example invalid',
  'example-elsewhere': 'example not in the document',
  'sample-invalid': 'not valid once written down',
  'other-route': "another operation's path",
  'credentials-unsupported': 'credentials that cannot be sent',
  method: 'method not sent',
  limit: 'over the limit',
};

const NOT_JUDGED_BECAUSE: Readonly<Record<NotJudged, string>> = {
  'changed-by-hook': 'changed by a hook',
  'credentials-refused': 'credentials refused',
  'rate-limited': 'rate limited',
};

function summaryText(summary: RunSummary, paint: Painter): string {
  const { verdict, cases, operations, failures, warnings, unanswered, notJudged, skipped, reason } = summary;
  const { flaky, known } = summary;
  const word = { kept: paint.green, broken: paint.red, inconclusive: paint.yellow }[verdict](verdict);
  const parts = [
    `${plural(failures, 'failure')} in ${plural(cases, 'case')} of ${plural(operations, 'operation')}`,
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(flaky > 0 ? [`${plural(flaky, 'flaky case')}`] : []),
    ...(known > 0 ? [`${plural(known, 'known failure')}`] : []),
    ...(unanswered > 0 ? [`${unanswered} not answered`] : []),
    ...(notJudged.size > 0
      ? [
          `not judged: ${[...notJudged].map(([why, count]) => `${count} ${NOT_JUDGED_BECAUSE[why]}`).join(', ')}`,
        ]
      : []),
    ...(skipped.length > 0 ? [`not made: ${skipped.map(skippedText).join(', ')}`] : []),
  ];
  return `${word}: ${parts.join('; ')}\n${reason === undefined ? '' : `${reason}\n`}`;
}

function skippedText({ reason, count }: Skipped): string {
  return `${count} ${SKIPPED_BECAUSE[reason]}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One line, without the control characters that a server might send to a terminal. */
function shorten(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

type Painter = Readonly<Record<'red' | 'green' | 'yellow' | 'bold' | 'dim', (text: string) => string>>;

function painter(colour: boolean): Painter {
  const code =
    (open: number, close: number) =>
    (text: string): string =>
      colour ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    bold: code(1, 22),
    dim: code(2, 22),
  };
}
