/** A run as one HTML file: readable on a phone and offline, nothing is fetched, and no more kept than is worth reading. */
import { createHash } from 'node:crypto';
import type { Operation } from '../../contract/model.ts';
import type { CaseFinished, Listener, RunEvent, RunStarted, RunSummary } from '../events.ts';
import { addFailures, type Findings, newFindings } from '../findings.ts';
import { coverageHtml } from '../html/coverage.ts';
import { type KeptExchange, KINDS, operationCard, roomFor, type UnansweredCase } from '../html/failures.ts';
import { type Html, html, trusted } from '../html/html.ts';
import { SCRIPT } from '../html/script.ts';
import { STYLE } from '../html/style.ts';
import { type OperationOrder, operationOrder } from '../operation-order.ts';
import { failureRecord, responseRecord, sentRecord } from '../records.ts';
import { leftBehindLines, NOT_JUDGED_BECAUSE, plural, SKIPPED_BECAUSE } from '../summary-text.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const htmlReporter: ReporterModule = {
  name: 'html',
  summary: 'one HTML file with failures, exchanges and coverage, readable offline',
  description:
    'Failures grouped by operation, each with what was received and documented, where, the curl line and the replay command to copy, and its exchange to unfold; filters; a table of operations by status with media types and what was never seen. It loads nothing, follows the light or dark scheme of its reader, and stays small: the same failure of many cases is told once, of one operation 50 failures at most and of all some 2,000, passed cases are counted.',
  defaultFile: 'rehearsal-report.html',
  create,
};

interface OperationState {
  readonly findings: Findings<KeptExchange>;
  readonly unanswered: UnansweredCase[];
  counts: string;
}

/** Bodies are read by people here. */
const LONGEST_BODY = 4096;

function create(context: ReporterContext): Listener {
  let start: RunStarted | undefined;
  let order: OperationOrder<OperationState> | undefined;
  const states = new Map<Operation, OperationState>();
  const stateOf = (operation: Operation): OperationState => {
    let state = states.get(operation);
    if (state === undefined) {
      states.set(operation, (state = { findings: newFindings(), unanswered: [], counts: '' }));
      order?.add(operation, state);
    }
    return state;
  };
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        start = event;
        order = operationOrder(event);
        break;
      case 'case-finished':
        note(event, start?.baseUrl ?? '', stateOf, context);
        break;
      case 'operation-finished': {
        const state = states.get(event.operation);
        if (state !== undefined) state.counts = `${event.failed} of ${plural(event.cases, 'case')} failed`;
        break;
      }
      case 'run-finished':
        if (start !== undefined && order !== undefined)
          writePage(start, event.summary, order.groups(), context);
        break;
    }
  };
}

function note(
  { case: tested, outcome }: CaseFinished,
  baseUrl: string,
  stateOf: (operation: Operation) => OperationState,
  { mask, replay }: ReporterContext,
): void {
  if (outcome.kind === 'failed') {
    addFailures(stateOf(tested.operation).findings, outcome, ({ response }) => ({
      sent: sentRecord(tested, baseUrl, mask),
      response: responseRecord(response, mask, LONGEST_BODY),
      failures: new Map(outcome.failures.map(failure => [failure, failureRecord(failure, mask)])),
      replay: replay?.(tested),
    }));
  } else if (outcome.kind === 'unanswered') {
    stateOf(tested.operation).unanswered.push({
      sent: sentRecord(tested, baseUrl, mask),
      message: mask.text(outcome.trouble.message),
      replay: replay?.(tested),
    });
  }
}

function writePage(
  start: RunStarted,
  summary: RunSummary,
  groups: readonly (readonly [Operation, readonly OperationState[]])[],
  { write, mask, coverage }: ReporterContext,
): void {
  const put = (part: Html): void => write(part.html);
  put(headHtml(start, summary, mask.text(start.baseUrl), mask.text(summary.reason ?? '')));
  put(html`<main id="main">`);
  put(html`<section aria-labelledby="failures"><h2 id="failures">Failures</h2>`);
  if (groups.length === 0) put(html`<p>None.</p>`);
  else {
    put(html`${filtersHtml(groups.flatMap(([, states]) => states))}`);
    const room = roomFor(groups.reduce((sum, [, states]) => sum + states.length, 0));
    for (const [operation, states] of groups) {
      for (const { findings, unanswered, counts } of states)
        put(operationCard(operation, findings, unanswered, counts, room));
    }
  }
  put(html`</section>`);
  if (coverage !== undefined) put(coverageHtml(coverage()));
  put(leftOutHtml(summary));
  put(leftBehindHtml(leftBehindLines(summary).map(line => mask.text(line))));
  put(html`</main>
<footer><p>Made by <code>rehearsal test</code>. Secrets are masked as ***.</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`);
}

function headHtml(start: RunStarted, summary: RunSummary, baseUrl: string, reason: string): Html {
  const titles = start.contracts.map(({ name, contract }) => `${contract.title} (${name})`);
  const title = `Contract tests: ${start.contracts.map(({ contract }) => contract.title).join(', ')}`;
  const look = { kept: 'good', broken: 'bad', inconclusive: 'warn' }[summary.verdict];
  // Nothing may be loaded or run but what stands here.
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${summary.verdict}: ${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the failures</a>
<header><div>
<span class="badge verdict ${look}">${summary.verdict}</span>
<h1>${titles.join(', ')}</h1>
${reason === '' ? undefined : html`<p>${reason}</p>`}
<ul class="facts soft small"><li><code>${baseUrl}</code></li><li>depth ${start.depth}</li><li>seed ${start.seed}</li><li>${(summary.ms / 1000).toFixed(1)} s</li></ul>
<ul class="tiles">${tilesHtml(summary)}</ul>
</div></header>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function tilesHtml(summary: RunSummary): readonly Html[] {
  const notJudged = [...summary.notJudged.values()].reduce((sum, count) => sum + count, 0);
  const tiles: readonly (readonly [count: number, word: string, look: string, always: boolean])[] = [
    [summary.operations, 'operations', '', true],
    [summary.cases, 'cases', '', true],
    [summary.passed, 'passed', 'good', true],
    [summary.failed, 'failed', 'bad', true],
    [summary.warnings, 'warnings', 'warn', false],
    [summary.flaky, 'flaky', 'warn', false],
    [summary.known, 'known failures', '', false],
    [notJudged, 'not judged', 'warn', false],
    [summary.unanswered, 'not answered', 'warn', false],
  ];
  return tiles
    .filter(([count, , , always]) => always || count > 0)
    .map(
      ([count, word, look]) =>
        html`<li class="${count > 0 ? look : ''}"><b>${count}</b><span>${word}</span></li>`,
    );
}

function filtersHtml(states: readonly OperationState[]): Html {
  const groups = states.flatMap(({ findings }) => [...findings.groups.values()]);
  const checks = [...new Set(groups.map(({ failure }) => failure.check))].toSorted();
  const option = (value: string, word: string): Html => html`<option value="${value}">${word}</option>`;
  return html`<div class="filters" hidden>
<input id="search" type="search" placeholder="Filter failures" aria-label="Filter failures by words">
<select id="check" aria-label="Check">${option('', 'All checks')}${checks.map(check => option(check, check))}</select>
<select id="severity" aria-label="Kind">${option('', 'All kinds')}${Object.entries(KINDS).map(([kind, word]) => option(kind, word))}</select>
<span id="count" class="soft small" role="status"></span>
</div>
`;
}

/** What the run leaves open, so that nobody takes silence for success. */
function leftOutHtml({ notJudged, skipped }: RunSummary): Html {
  if (notJudged.size === 0 && skipped.length === 0) return html``;
  return html`<section aria-labelledby="left-out"><h2 id="left-out">What was left out</h2><div class="card"><div class="head"><ul class="plain">
${[...notJudged].map(([reason, count]) => html`<li>${plural(count, 'case')} not judged: ${NOT_JUDGED_BECAUSE[reason]}</li>`)}
${skipped.map(
  ({ reason, count, examples }) =>
    html`<li>${plural(count, 'case')} not made: ${SKIPPED_BECAUSE[reason]}<ul class="plain soft small">${examples.map(example => html`<li>${example}</li>`)}</ul></li>`,
)}
</ul></div></div></section>
`;
}

/** What somebody may want to remove by hand. */
function leftBehindHtml(lines: readonly string[]): Html {
  if (lines.length === 0) return html``;
  return html`<section aria-labelledby="left-behind"><h2 id="left-behind">What could not be cleaned up</h2><div class="card"><div class="head"><ul class="plain">
${lines.map(line => html`<li>${line}</li>`)}
</ul></div></div></section>
`;
}
