/**
 * A run as JUnit XML, in the form that Jenkins and GitLab read: a suite for each operation, a test case for each case.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
import type { Operation } from '../../contract/model.ts';
import type { CaseFinished, FailedOutcome, Listener, RunEvent, RunStarted, RunSummary } from '../events.ts';
import { exchangeLines, failureLines, knownText, printable, receivedText } from '../exchange-text.ts';
import { type OperationOrder, operationOrder } from '../operation-order.ts';
import { describePlace, failureRecord, responseRecord, sentRecord } from '../records.ts';
import { leftBehindLines } from '../summary-text.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const junitReporter: ReporterModule = {
  name: 'junit',
  summary: 'JUnit XML for CI servers: a suite for each operation, a test case for each case',
  description:
    'In the form that Jenkins and GitLab read. A failure has the first failed check as its type; its text holds every failure of the case, the curl line, and the request and its answer. A case that was not judged is skipped with the reason, one that was not answered is an error, and so is a run that is inconclusive, since a report without failures would look like a success. Known breaks are skipped, and so is a case of its own that names what could not be cleaned up.',
  create,
};

interface TestCase {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly seconds: number;
  readonly xml: string;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** Bodies in a report that people read are cut long before this. */
const LONGEST_BODY = 16 * 1024;

function create(context: ReporterContext): Listener {
  let start: RunStarted | undefined;
  let order: OperationOrder<TestCase> | undefined;
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        start = event;
        order = operationOrder(event);
        break;
      case 'case-finished':
        order?.add(event.case.operation, testCase(event, start?.baseUrl ?? '', context));
        break;
      case 'operation-finished':
        break;
      case 'run-finished':
        if (order !== undefined) writeSuites(order, event.summary, context);
        break;
    }
  };
}

function writeSuites(
  order: OperationOrder<TestCase>,
  summary: RunSummary,
  { write, mask }: ReporterContext,
): void {
  // A run that could not judge must not look like one without tests, which CI servers take for a success.
  const doubt = summary.verdict === 'inconclusive' ? [doubtCase(mask.text(summary.reason ?? ''))] : [];
  const left = leftBehindLines(summary).map(line => mask.text(line));
  const own = [...doubt, ...(left.length === 0 ? [] : [leftCase(left)])];
  const groups = order.groups();
  const counts = countsOf([...order.items(), ...own]);
  write('<?xml version="1.0" encoding="UTF-8"?>\n');
  write(`<testsuites${attributes({ name: 'rehearsal', ...counts, time: seconds(summary.ms / 1000) })}>\n`);
  for (const [operation, cases] of groups) writeSuite(suiteName(operation), cases, write);
  if (own.length > 0) writeSuite('rehearsal', own, write);
  write('</testsuites>\n');
}

function writeSuite(name: string, cases: readonly TestCase[], write: ReporterContext['write']): void {
  const time = seconds(cases.reduce((sum, one) => sum + one.seconds, 0));
  write(`  <testsuite${attributes({ name, ...countsOf(cases), time })}>\n`);
  for (const { xml } of cases) write(xml);
  write('  </testsuite>\n');
}

function doubtCase(reason: string): TestCase {
  const xml = `    <testcase${attributes({ name: 'verdict', classname: 'rehearsal', time: seconds(0) })}>
      <error${attributes({ message: reason, type: 'inconclusive' })}/>
    </testcase>\n`;
  return { kind: 'error', seconds: 0, xml };
}

/** Nothing is broken by it, but somebody has to know. */
function leftCase(lines: readonly string[]): TestCase {
  const head = attributes({ name: 'clean-up', classname: 'rehearsal', time: seconds(0) });
  const inner = element('skipped', { message: lines[0] ?? '' }, lines.join('\n'));
  return { kind: 'skipped', seconds: 0, xml: `    <testcase${head}>\n${inner}    </testcase>\n` };
}

function countsOf(cases: readonly TestCase[]): Counts {
  const count = (kind: TestCase['kind']): number => cases.filter(one => one.kind === kind).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function suiteName({ contract, key }: Operation): string {
  return `${contract.source.document.name} ${key}`;
}

function testCase(event: CaseFinished, baseUrl: string, context: ReporterContext): TestCase {
  const { case: tested, outcome } = event;
  const { contract, key, source } = tested.operation;
  const took = outcome.kind === 'unanswered' ? 0 : outcome.exchange.response.ms / 1000;
  const { kind, inner } = content(event, baseUrl, context);
  const head = attributes({
    name: tested.id.startsWith(`${key} `) ? tested.id.slice(key.length + 1) : tested.id,
    // Readers take what stands before the last dot for a package, so no other dot may be there.
    classname: `${undotted(contract.title)}.${undotted(key)}`,
    time: seconds(took),
    file: source.document.name,
  });
  const xml = inner === '' ? `    <testcase${head}/>\n` : `    <testcase${head}>\n${inner}    </testcase>\n`;
  return { kind, seconds: took, xml };
}

function undotted(text: string): string {
  return text.replaceAll('.', '_');
}

function content(
  { case: tested, outcome }: CaseFinished,
  baseUrl: string,
  context: ReporterContext,
): { readonly kind: TestCase['kind']; readonly inner: string } {
  const { mask, replay } = context;
  switch (outcome.kind) {
    case 'passed':
      return { kind: 'passed', inner: '' };
    case 'not-judged':
      return { kind: 'skipped', inner: element('skipped', { message: `not judged: ${outcome.reason}` }, '') };
    case 'unanswered': {
      const sent = sentRecord(tested, baseUrl, mask);
      const { kind, message } = outcome.trouble;
      const lines = [tested.name, sent.curl, ...exchangeLines(sent.request, undefined)];
      return {
        kind: 'error',
        inner: element('error', { message: mask.text(message), type: kind }, lines.join('\n')),
      };
    }
    case 'failed':
      return failed(
        outcome,
        [tested.name, ...(replay === undefined ? [] : [replay(tested)])],
        baseUrl,
        context,
      );
  }
}

/** One element for all that is wrong with an answer: most readers look at the first one only. */
function failed(
  outcome: FailedOutcome,
  heading: readonly string[],
  baseUrl: string,
  { mask }: ReporterContext,
): { readonly kind: TestCase['kind']; readonly inner: string } {
  const { exchange, flaky } = outcome;
  // What breaks the contract comes first.
  const failures = outcome.failures
    .toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
    .map(failure => failureRecord(failure, mask));
  const sent = sentRecord(exchange.case, baseUrl, mask);
  const response = responseRecord(exchange.response, mask, LONGEST_BODY);
  const text = [
    ...heading,
    ...(flaky === true ? ['flaky: it passed when it was sent again'] : []),
    ...failures.flatMap(failure => {
      const known = knownText(failure);
      return [
        '',
        `${failure.check} (${failure.severity})${known === undefined ? '' : `, ${known}`}`,
        ...failureLines(failure),
      ];
    }),
    '',
    sent.curl,
    '',
    ...exchangeLines(sent.request, response),
  ].join('\n');
  const [first] = failures;
  if (first === undefined) return { kind: 'passed', inner: '' };
  if (first.severity === 'error') {
    const message = `Received ${receivedText(first)}; documented ${first.documented}; ${describePlace(first.place)}; ${sent.curl}`;
    return { kind: 'failure', inner: element('failure', { message, type: first.check }, text) };
  }
  const known = knownText(first);
  return known === undefined
    ? { kind: 'passed', inner: element('system-out', {}, text) }
    : { kind: 'skipped', inner: element('skipped', { message: known }, text) };
}

function element(name: string, values: Readonly<Record<string, string>>, text: string): string {
  return text === ''
    ? `      <${name}${attributes(values)}/>\n`
    : `      <${name}${attributes(values)}>${escaped(text)}</${name}>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/[\t\n\r]/g, breakOf)}"`)
    .join('');
}

/** A reader turns bare breaks in an attribute into blanks (XML 1.0, 3.3.3). */
function breakOf(mark: string): string {
  return `&#${mark.charCodeAt(0)};`;
}

/** Without the characters that XML 1.0 has no way to write (section 2.2). */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"]/g, mark => `&#${mark.charCodeAt(0)};`);
}

function seconds(value: number): string {
  return value.toFixed(3);
}
