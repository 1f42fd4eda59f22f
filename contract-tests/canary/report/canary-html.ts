/** A check of a canary as one HTML file, readable offline: the decision, evidence as it grew, both sides, witnesses. */
import { createHash } from 'node:crypto';
import { receivedText } from '../../exchange-text.ts';
import { exchangeHtml, operationName, roomFor, shell } from '../../html/failures.ts';
import { type Html, html, trusted } from '../../html/html.ts';
import { SCRIPT } from '../../html/script.ts';
import { STYLE } from '../../html/style.ts';
import { describePlace } from '../../records.ts';
import { percent } from '../decide.ts';
import { type BreakRecord, type CanaryRecord, canaryRecord, type PointRecord } from './canary-record.ts';
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
  wasRepeated,
} from './canary-words.ts';
import { type Chart, evidenceChart } from './evidence-chart.ts';

export const canaryHtml: CanaryReporterModule = {
  name: 'html',
  summary: 'one HTML file with curves of evidence, both sides and witnesses, readable offline',
  description:
    'The decision and why, a curve for each kind of evidence beside what is enough, a table of operations with both sides, every break with its repeats and the first failing exchange of each side, and what would have changed the decision. It loads nothing and follows the light or dark scheme of its reader.',
  defaultFile: 'rehearsal-canary.html',
  create:
    ({ write, mask }) =>
    event => {
      if (event.kind === 'canary-finished') write(pageOf(canaryRecord(event.check, mask)).html);
    },
};

/** What the page of failures does not have. */
const CHART_STYLE = `
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .9rem; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: 0; padding: .8rem 1rem .6rem; }
.chart figcaption { font-weight: 600; font-size: .9375rem; } .chart figcaption span { font-weight: 400; display: block; font-size: .8125rem; }
.chart svg { width: 100%; height: auto; display: block; margin-top: .4rem; }
.chart .grid { stroke: var(--line); } .chart .needed { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
.chart .tick { fill: var(--soft); font-size: 12px; }
.chart .curve { fill: none; stroke: var(--link); stroke-width: 2.5; stroke-linejoin: round; } .chart .end { fill: var(--link); }
.chart.good .curve { stroke: var(--good); } .chart.good .end { fill: var(--good); }
.chart.bad .curve { stroke: var(--bad); } .chart.bad .end { fill: var(--bad); }
td.worse { background: var(--bad-soft); } td.worse > span { color: var(--bad); font-weight: 650; }
`;

const LOOKS = { promote: 'good', rollback: 'bad', inconclusive: 'warn' } as const;
/** Breaks of which there is more than a line. */
const MOST_BREAKS = 100;

function pageOf(record: CanaryRecord): Html {
  const { decision, outlook, otherwise, leftOut, breaks } = record;
  const waits = decision === 'inconclusive' ? outlookLines(outlook) : [];
  return html`${headHtml(record)}<main id="main">
<section aria-labelledby="evidence"><h2 id="evidence">Evidence as it grew</h2>
<div class="charts">${chartsOf(record).map(evidenceChart)}</div>
<p class="soft small">Each curve is the capital of somebody who bets 1 that it is so, on a scale of powers of ten. Where it is not so, it reaches “enough” with no more than the stated probability, however often one looks.</p></section>
${listHtml('takes', 'What a promotion would still take', waits)}${listHtml('otherwise', 'What would have changed it', decision === 'inconclusive' ? [] : otherwise)}
<section aria-labelledby="operations"><h2 id="operations">Both sides</h2>${operationsHtml(record)}</section>
<section aria-labelledby="breaks"><h2 id="breaks">Breaks</h2>${breaksHtml(breaksInOrder(breaks))}</section>
${listHtml('left-out', 'What was left out', leftOut)}</main>
<footer><p>Made by <code>rehearsal canary</code>. Errors that were allowed: ${alphaText(record)}. Secrets are masked as ***.</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
}

function headHtml(record: CanaryRecord): Html {
  const { decision, reason, baseUrl, documents, deployments, counts, share, milliseconds } = record;
  const style = STYLE + CHART_STYLE;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const title = `Canary of ${documents.join(', ')}`;
  const latency = latencyText(record);
  const facts = [
    baseUrl,
    `${percent(share)} of the traffic`,
    ...(deployments === undefined ? [] : [`deployment ${deployments.canary} beside ${deployments.baseline}`]),
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${DECISION_WORDS[decision]}: ${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the evidence</a>
<header><div>
<span class="badge verdict ${LOOKS[decision]}">${DECISION_WORDS[decision]}</span>
<h1>${title}</h1>
<p>${reason}</p>
<ul class="facts soft small">${facts.map(fact => html`<li>${fact}</li>`)}</ul>
<ul class="tiles">
<li><b>${counts.answers.canary}</b><span>answers of the canary</span></li>
<li><b>${counts.answers.baseline}</b><span>answers of the baseline</span></li>
${counts.answers.unknown > 0 ? html`<li class="warn"><b>${counts.answers.unknown}</b><span>of nobody knows which</span></li>` : undefined}
<li><b>${record.operations.length}</b><span>operations</span></li>
<li class="${record.breaks.length > 0 ? LOOKS[decision] : ''}"><b>${record.breaks.length}</b><span>breaks</span></li>
<li><b>${counts.repeats}</b><span>repeats</span></li>
</ul>
<p class="soft small">${answersText(record)}.${latency === undefined ? '' : ` Latency: ${latency}.`}</p>
</div></header>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function chartsOf({ curve, evidence }: CanaryRecord): readonly Chart[] {
  const neededOf = (name: string): number => evidence.find(one => one.name === name)?.log10Needed ?? 0;
  const chart = (
    title: string,
    name: 'failureRate' | 'latency' | 'promotion',
    needed: number,
    look: Chart['look'],
  ): Chart => ({
    title,
    points: curve.map((point: PointRecord) => ({ x: point.canary, y: point[name] ?? 0 })),
    needed,
    look,
  });
  return [
    chart('The canary fails more often', 'failureRate', neededOf('failure-rate'), 'bad'),
    ...(evidence.some(({ name }) => name === 'latency')
      ? [chart('The canary is slower', 'latency', neededOf('latency'), 'bad')]
      : []),
    chart('The canary is no worse than the margin', 'promotion', neededOf('promotion'), 'good'),
  ];
}

function listHtml(id: string, title: string, lines: readonly string[]): Html {
  if (lines.length === 0) return html``;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="card"><div class="head"><ul class="plain">
${lines.map(line => html`<li>${line}</li>`)}
</ul></div></div></section>
`;
}

function operationsHtml({ operations, operationsBlamed }: CanaryRecord): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Operations by side"><table>
<thead><tr><th scope="col">Operation</th><th scope="col">Baseline failed</th><th scope="col">Canary failed</th><th scope="col">E</th><th scope="col">Cases the canary answered</th></tr></thead>
<tbody>
${operations.map(({ operation, baseline, canary, log10E, cases, unseen }) => {
  const look = operationsBlamed.includes(operation) ? 'worse' : '';
  return html`<tr><th scope="row">${operationName(operation)}</th><td>${rateText(baseline)}</td><td class="${look}"><span>${rateText(canary)}</span></td><td>${eOf(log10E)}</td><td class="${unseen > 0 ? 'never' : ''}"><span>${cases - unseen} of ${cases}</span></td></tr>
`;
})}</tbody></table></div>
`;
}

function breaksHtml(breaks: readonly BreakRecord[]): Html {
  if (breaks.length === 0) return html`<p>None.</p>`;
  const room = roomFor(1);
  const left = breaks.length - MOST_BREAKS;
  return html`${breaks.slice(0, MOST_BREAKS).map(one => breakHtml(one, room))}${
    left > 0 ? html`<p class="soft">and ${left} more; the JSON report has them all</p>` : undefined
  }`;
}

function breakHtml(found: BreakRecord, room: ReturnType<typeof roomFor>): Html {
  const { operation, check, failed, failure, witness, cases, trials } = found;
  const isCanarys = trials.some(({ state }) => state === 'break');
  const look = isCanarys ? 'bad' : trials.some(({ state }) => state === 'both') ? 'idle' : 'warn';
  return html`<section class="card">
<div class="head"><h3>${operationName(operation)}</h3><span class="soft small">${failed.canary} on the canary, ${failed.baseline} on the baseline, in ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}</span></div>
<details class="failure"${isCanarys ? trusted(' open') : undefined}>
<summary><span class="line"><b>${check}</b><span class="badge ${look}">${breakKind(found)}</span></span>
<p class="what">${receivedText(failure)} <span class="soft">instead of</span> ${failure.documented}</p></summary>
<div class="body"><dl>
${trials
  .filter(wasRepeated)
  .map(
    trial =>
      html`<dt>Repeated</dt><dd>canary ${trial.failed.canary} of ${trial.failed.canary + trial.clean.canary} failed, baseline ${trial.failed.baseline} of ${trial.failed.baseline + trial.clean.baseline}: <code>${trial.case}</code></dd>`,
  )}<dt>Where</dt><dd><code>${describePlace(failure.place)}</code></dd>
</dl>
${(['canary', 'baseline'] as const).map(side => {
  const seen = witness[side];
  if (seen === undefined) return html``;
  return html`<h4>Witness of the ${side}: ${seen.sent.name}</h4>${shell(seen.sent.curl, 'curl line')}${exchangeHtml(seen.sent, seen.response, room)}`;
})}</div></details></section>
`;
}
