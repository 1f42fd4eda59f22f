/** Gathers what a Markdown summary needs while a run goes on. */
import type { Operation } from '../contract/model.ts';
import type { Listener, RunEvent, RunStarted } from './events.ts';
import { addFailures, type Findings, newFindings } from './findings.ts';
import { type KeptExchange, type MarkdownRun, markdownSummary } from './markdown-summary.ts';
import { operationOrder } from './operation-order.ts';
import { responseRecord, sentRecord } from './records.ts';
import type { ReporterContext } from './reporters/reporter.ts';

const LONGEST_BODY = 2048;

/** @param done - told the summary when the run has ended, and what it was made of */
export function markdownListener(
  { mask, replay, coverage }: ReporterContext,
  done: (text: string, run: MarkdownRun) => void,
): Listener {
  let start: RunStarted | undefined;
  const found = new Map<Operation, Findings<KeptExchange>>();
  const findingsOf = (operation: Operation): Findings<KeptExchange> => {
    let findings = found.get(operation);
    if (findings === undefined) found.set(operation, (findings = newFindings()));
    return findings;
  };
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        start = event;
        break;
      case 'case-finished': {
        const { case: tested, outcome } = event;
        if (outcome.kind === 'failed') {
          addFailures(findingsOf(tested.operation), outcome, ({ response }) => ({
            sent: sentRecord(tested, start?.baseUrl ?? '', mask),
            response: responseRecord(response, mask, LONGEST_BODY),
            replay: replay?.(tested),
          }));
        } else if (outcome.kind === 'unanswered') {
          const { message } = outcome.trouble;
          findingsOf(tested.operation).unanswered.push({ case: tested, message });
        }
        break;
      }
      case 'operation-finished':
        break;
      case 'run-finished': {
        if (start === undefined) return;
        const order = operationOrder<Findings<KeptExchange>>(start);
        for (const [operation, findings] of found) order.add(operation, findings);
        const operations = order
          .groups()
          .flatMap(([operation, [findings]]) =>
            findings === undefined ? [] : [[operation, findings] as const],
          );
        const run: MarkdownRun = { start, summary: event.summary, operations, coverage: coverage?.(), mask };
        done(markdownSummary(run), run);
        break;
      }
    }
  };
}
