/** The HTML report of a run with thousands of failures, each unlike the others: as long as one can be. */

import type { Operation } from '../../contract/model.ts';
import { casePlan } from '../../contract/plan/case-plan.ts';
import { contractFromText } from '../../contract/read.ts';
import { newCoverage } from '../../contract-tests/coverage.ts';
import type { Listener, RunSummary } from '../../contract-tests/events.ts';
import { NO_MASK } from '../../contract-tests/mask.ts';
import { htmlReporter } from '../../contract-tests/reporters/html.ts';

export const OPERATIONS = 200;
export const FAILURES_EACH = 50;
const CASES = OPERATIONS * FAILURES_EACH;

/** The text of the page, of as many cases as operations have failures. */
export function manyFailures(): string {
  const values = Array.from({ length: FAILURES_EACH }, (_, value) => value).join(', ');
  const paths = Array.from(
    { length: OPERATIONS },
    (_, index) =>
      `  /things${index}: { get: { parameters: [{ name: n, in: query, schema: { enum: [${values}] } }], responses: { "200": {} } } }`,
  );
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: Many, version: "1" }\npaths:\n${paths.join('\n')}\n`,
  );
  if (contract === undefined) throw new Error('no contract');
  const parts: string[] = [];
  const listener = htmlReporter.create({
    coverage: newCoverage().record,
    write: text => void parts.push(text),
    isTTY: false,
    colour: false,
    columns: 80,
    mask: NO_MASK,
    replay: ({ id }) => `rehearsal test http://127.0.0.1 --case '${id}'`,
  });
  listener({
    kind: 'run-started',
    baseUrl: 'http://127.0.0.1:1',
    contracts: [{ name: 'many.yaml', contract }],
    operations: OPERATIONS,
    seed: 0,
    depth: 'deep',
  });
  for (const operation of contract.operations) tell(listener, operation);
  listener({ kind: 'run-finished', summary: SUMMARY });
  return parts.join('');
}

function tell(listener: Listener, operation: Operation): void {
  let number = 0;
  for (const tested of casePlan(operation, { depth: 'deep' })) {
    if ((number += 1) > FAILURES_EACH) break;
    const body = new TextEncoder().encode(`{"number":${number},"text":"${'lorem ipsum '.repeat(300)}"}`);
    listener({
      kind: 'case-finished',
      case: tested,
      outcome: {
        kind: 'failed',
        exchange: {
          case: tested,
          response: { status: 500, headers: [['Content-Type', 'application/json']], body, ms: 1 },
        },
        failures: [
          {
            check: number % 2 === 0 ? 'server-error' : 'response-body',
            severity: 'error',
            received: `number ${number}`,
            documented: 'another one',
            source: operation.source,
          },
        ],
      },
    });
  }
  listener({
    kind: 'operation-finished',
    operation,
    cases: FAILURES_EACH,
    failed: FAILURES_EACH,
    skipped: [],
  });
}

const SUMMARY: RunSummary = {
  verdict: 'broken',
  reason: undefined,
  operations: OPERATIONS,
  leftOut: 0,
  stopped: undefined,
  unreadable: 0,
  cleanUp: { removed: 0, left: [] },
  ms: 1000,
  cases: CASES,
  passed: 0,
  failed: CASES,
  notJudged: new Map(),
  unanswered: 0,
  accepted: 0,
  positive: 0,
  failures: CASES,
  warnings: 0,
  flaky: 0,
  known: 0,
  skipped: [],
};
