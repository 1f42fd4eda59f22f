/** Coverage as HTML: a bar for each part, and a table of operations by status with the media types that came. */
import {
  COVERAGE_PARTS,
  COVERAGE_WORDS,
  type CoverageRecord,
  type OperationCoverage,
  type ResponseCoverage,
} from '../coverage-record.ts';
import { operationName } from './failures.ts';
import { type Html, html } from './html.ts';

/** Constraints named of one operation. */
const MOST_NAMED = 20;

export function coverageHtml(coverage: CoverageRecord): Html {
  const statuses = columnsOf(coverage.byOperation);
  return html`<section aria-labelledby="coverage"><h2 id="coverage">What was seen</h2>
<ul class="bars">${COVERAGE_PARTS.filter(part => coverage[part].of > 0).map(part => {
    const { seen, of } = coverage[part];
    const words = COVERAGE_WORDS[part];
    return html`<li><span>${words}</span><b>${seen} of ${of}</b><progress max="${of}" value="${seen}" aria-label="${words} seen">${seen} of ${of}</progress></li>`;
  })}</ul>
<div class="scroll" tabindex="0" role="region" aria-label="Operations by status"><table>
<thead><tr><th scope="col">Operation</th>${statuses.map(status => html`<th scope="col">${status}</th>`)}<th scope="col">Constraints broken</th></tr></thead>
<tbody>
${coverage.byOperation.map(operation => operationRow(operation, statuses))}</tbody></table></div>
<p class="soft small">A number is how many cases were answered so. “Never” is documented and did not come; “!” came and is not documented.</p></section>
`;
}

/** Statuses in their own order, ranges and `default` behind. */
function columnsOf(operations: readonly OperationCoverage[]): readonly string[] {
  const all = new Set(operations.flatMap(({ responses }) => responses.map(({ status }) => status)));
  const isExact = (status: string): boolean => /^\d{3}$/.test(status);
  return [...all].toSorted((a, b) => Number(isExact(b)) - Number(isExact(a)) || (a < b ? -1 : a > b ? 1 : 0));
}

function operationRow(operation: OperationCoverage, statuses: readonly string[]): Html {
  const byStatus = new Map(operation.responses.map(response => [response.status, response]));
  return html`<tr><th scope="row">${operationName(operation.operation)}</th>${statuses.map(status =>
    cell(byStatus.get(status)),
  )}${constraintCell(operation)}</tr>
`;
}

function cell(response: ResponseCoverage | undefined): Html {
  if (response === undefined) return html`<td></td>`;
  const { documented, cases, mediaTypes } = response;
  const look = documented ? (cases > 0 ? 'seen' : 'never') : 'odd';
  const word = documented ? (cases > 0 ? String(cases) : 'never') : `! ${cases}`;
  const types = mediaTypes.map(type => {
    const mark = type.documented ? '' : '! ';
    const told = type.cases === 0 ? ' never' : mediaTypes.length > 1 ? ` ${type.cases}` : '';
    return html`<small>${mark}${type.mediaType}${told}</small>`;
  });
  return html`<td class="${look}"><span>${word}</span>${cases > 0 ? types : undefined}</td>`;
}

function constraintCell({ constraints: { seen, of, never } }: OperationCoverage): Html {
  if (of === 0) return html`<td></td>`;
  const left = of - seen - Math.min(never.length, MOST_NAMED);
  const names =
    never.length === 0
      ? undefined
      : html`<details><summary class="small">never</summary><ul class="plain small">${never
          .slice(0, MOST_NAMED)
          .map(
            ({ pointer }) => html`<li><code>${pointer}</code></li>`,
          )}</ul>${left > 0 ? html`and ${left} more` : undefined}</details>`;
  return html`<td class="list">${seen} of ${of}${names}</td>`;
}
