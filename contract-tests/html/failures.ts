/** The failures of a run as HTML: a card for each operation, in it each failure with all there is to know about it. */
import { CHECKS } from '../../contract/checks/index.ts';
import type { Operation } from '../../contract/model.ts';
import { knownText, receivedText, requestLines, responseLines } from '../exchange-text.ts';
import { type Findings, type Group, oneOfEachFirst } from '../findings.ts';
import { describePlace, type FailureRecord, type ResponseRecord, type SentRecord } from '../records.ts';
import { plural } from '../summary-text.ts';
import { type Html, html } from './html.ts';

/** What is kept of the first exchange of each group. */
export interface KeptExchange {
  readonly sent: SentRecord;
  readonly response: ResponseRecord;
  readonly failures: ReadonlyMap<unknown, FailureRecord>;
  readonly replay: string | undefined;
}

export interface UnansweredCase {
  readonly sent: SentRecord;
  readonly message: string;
  readonly replay: string | undefined;
}

/** How much of a run the page shows. A browser has to hold it, and a person to read it. */
export interface Room {
  /** Failures of one operation that are shown; of the rest there is a number. */
  readonly each: number;
  /** Characters left for requests and responses. */
  exchanges: number;
}

const MOST_OF_ONE = 50;
const LEAST_OF_ONE = 5;
const MOST_OF_ALL = 2_000;
const MOST_OF_EXCHANGES = 6_000_000;
const LONGEST_HEADLINE = 120;

/** The room of a page, shared out among the operations that have something to show. */
export function roomFor(operations: number): Room {
  const share = Math.floor(MOST_OF_ALL / Math.max(1, operations));
  return { each: Math.min(MOST_OF_ONE, Math.max(LEAST_OF_ONE, share)), exchanges: MOST_OF_EXCHANGES };
}

/** The kinds by which a reader filters. */
export type Kind = 'error' | 'warning' | 'flaky' | 'known' | 'unanswered';

export const KINDS: Readonly<Record<Kind, string>> = {
  error: 'Failures',
  unanswered: 'Not answered',
  warning: 'Warnings',
  flaky: 'Flaky',
  known: 'Known',
};

export function operationCard(
  operation: Operation,
  findings: Findings<KeptExchange>,
  unanswered: readonly UnansweredCase[],
  failed: string,
  room: Room,
): Html {
  const groups = oneOfEachFirst(findings);
  const left = groups.length - room.each;
  const silent = unanswered.length - room.each;
  return html`<section class="card operation">
<div class="head"><h3>${operationName(operation.key)}</h3><span class="soft small">${operation.contract.source.document.name}${failed === '' ? '' : ` · ${failed}`}</span></div>
${groups.slice(0, room.each).map(group => groupHtml(group, room))}${unanswered.slice(0, room.each).map(one => unansweredHtml(one, room))}${
  left > 0
    ? html`<p class="body soft">and ${plural(left, 'more failure')}; the JSON report has them all</p>`
    : undefined
}${silent > 0 ? html`<p class="body soft">and ${plural(silent, 'more case')} not answered</p>` : undefined}
</section>
`;
}

/** `GET /pets`, the method set apart. */
export function operationName(key: string): Html {
  const at = key.indexOf(' ');
  // A long path may break behind each slash, not inside of words.
  const parts = key
    .slice(at + 1)
    .split(/(?<=\/)/)
    .map(part => html`${part}<wbr>`);
  return html`<span class="mono"><span class="method">${key.slice(0, at)}</span>${parts}</span>`;
}

function kindOf({ failure, flaky }: Group<KeptExchange>): Kind {
  if (failure.known !== undefined && !failure.known.expired) return 'known';
  if (flaky) return 'flaky';
  return failure.severity;
}

function groupHtml(group: Group<KeptExchange>, room: Room): Html {
  const { failure, count, others, kept } = group;
  const record = kept.failures.get(failure);
  if (record === undefined) return html``;
  const kind = kindOf(group);
  const known = knownText(record);
  const title = CHECKS.find(({ name }) => name === failure.check)?.title;
  const { sent, response } = kept;
  const more = count - 1 - others.length;
  return html`<details class="failure" data-check="${failure.check}" data-severity="${kind}">
<summary><span class="line"><b>${failure.check}</b>${badge(kind)}${
    count > 1 ? html`<span class="badge">${count} cases</span>` : undefined
  }</span>
<p class="what">${brief(receivedText(record))} <span class="soft">instead of</span> ${brief(record.documented)}</p></summary>
<div class="body"><dl>
${row('Received', receivedText(record))}
${row('Documented', record.documented)}
${title === undefined ? undefined : row('Check', title)}
<dt>Where</dt><dd><code>${describePlace(record.place)}</code></dd>
${row('Case', sent.name)}
<dt>Case id</dt><dd><code>${sent.case}</code></dd>
${known === undefined ? undefined : row('Known', known)}
${kind === 'flaky' ? row('Sent again', 'it passed') : undefined}
${others.length === 0 ? undefined : html`<dt>Also</dt><dd><ul class="plain">${others.map(name => html`<li>${name}</li>`)}</ul>${more > 0 ? html`and ${more} more` : undefined}</dd>`}
</dl>
${shell(sent.curl, 'curl line')}${kept.replay === undefined ? undefined : shell(kept.replay, 'replay command')}
${exchangeHtml(sent, response, room)}</div>
</details>
`;
}

function unansweredHtml({ sent, message, replay }: UnansweredCase, room: Room): Html {
  return html`<details class="failure" data-check="unanswered" data-severity="unanswered">
<summary><span class="line"><b>not answered</b>${badge('unanswered')}</span><p class="what">${message}</p></summary>
<div class="body"><dl>${row('Case', sent.name)}<dt>Case id</dt><dd><code>${sent.case}</code></dd></dl>
${shell(sent.curl, 'curl line')}${replay === undefined ? undefined : shell(replay, 'replay command')}${exchangeHtml(sent, undefined, room)}</div>
</details>
`;
}

/** Enough to tell one from another; the whole stands below. */
function brief(text: string): string {
  return text.length > LONGEST_HEADLINE ? `${text.slice(0, LONGEST_HEADLINE).toWellFormed()}…` : text;
}

function badge(kind: Kind): Html {
  const words: Readonly<Record<Kind, readonly [look: string, word: string]>> = {
    error: ['bad', 'failure'],
    unanswered: ['warn', 'unanswered'],
    warning: ['warn', 'warning'],
    flaky: ['warn', 'flaky'],
    known: ['idle', 'known'],
  };
  const [look, word] = words[kind];
  return html`<span class="badge ${look}">${word}</span>`;
}

function row(name: string, text: string): Html {
  return html`<dt>${name}</dt><dd>${text}</dd>`;
}

export function shell(line: string, what: string): Html {
  return html`<div class="shell"><pre>${line}</pre><button class="copy" type="button" hidden aria-label="Copy the ${what}">Copy</button></div>`;
}

export function exchangeHtml(
  { request }: SentRecord,
  response: ResponseRecord | undefined,
  room: Room,
): Html {
  const asked = requestLines(request).join('\n');
  const answered = response === undefined ? '' : responseLines(response).join('\n');
  room.exchanges -= asked.length + answered.length;
  if (room.exchanges < 0)
    return html`<p class="soft small">Request and response are left out, since the page is long; the JSON report has them.</p>`;
  const answer =
    response === undefined
      ? undefined
      : html`<h4>Response after ${response.milliseconds} ms</h4><pre tabindex="0">${answered}</pre>`;
  return html`<details class="exchange"><summary>Request${response === undefined ? '' : ' and response'}</summary>
<h4>Request</h4><pre tabindex="0">${asked}</pre>${answer}</details>`;
}
