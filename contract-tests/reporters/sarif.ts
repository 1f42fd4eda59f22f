/** The failures of a run as SARIF, at the places in the document that are not kept, for code scanning services. */
import { CHECKS } from '../../contract/checks/index.ts';
import type { CaseFinished, Listener, RunEvent, RunStarted } from '../events.ts';
import { printable, receivedText } from '../exchange-text.ts';
import { addFailures, type Findings, type Group, newFindings } from '../findings.ts';
import { type OperationOrder, operationOrder } from '../operation-order.ts';
import { failureRecord, sentRecord } from '../records.ts';
import { type SarifResult, sarifLog } from '../sarif-log.ts';
import { leftBehindLines, plural } from '../summary-text.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const sarifReporter: ReporterModule = {
  name: 'sarif',
  summary: 'SARIF 2.1.0: failures at their places in the document, for code scanning',
  description:
    'A result for each distinct failure, at the place in the document that the server does not keep; its rule is the check. Known breaks are suppressed with their reason. What was not judged has no place and is not in it; what could not be cleaned up is a notification.',
  create,
};

type CurlFindings = Findings<string>;

function create(context: ReporterContext): Listener {
  let start: RunStarted | undefined;
  let order: OperationOrder<CurlFindings> | undefined;
  const findings = new Map<CaseFinished['case']['operation'], CurlFindings>();
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        start = event;
        order = operationOrder(event);
        break;
      case 'case-finished': {
        const { case: tested, outcome } = event;
        if (outcome.kind !== 'failed') break;
        let found = findings.get(tested.operation);
        if (found === undefined) {
          findings.set(tested.operation, (found = newFindings()));
          order?.add(tested.operation, found);
        }
        addFailures(found, outcome, () => sentRecord(tested, start?.baseUrl ?? '', context.mask).curl);
        break;
      }
      case 'operation-finished':
        break;
      case 'run-finished':
        context.write(logOf(order?.items() ?? [], leftBehindLines(event.summary), context));
        break;
    }
  };
}

function logOf(found: readonly CurlFindings[], left: readonly string[], context: ReporterContext): string {
  const groups = found.flatMap(({ groups: map }) => [...map.values()]);
  const broken = new Set(groups.map(({ failure }) => failure.check));
  const rules = CHECKS.filter(({ name }) => broken.has(name)).map(
    ({ name, title, description, specification, severity }) => ({
      id: name,
      title,
      help: description,
      helpUri: specification,
      level: severity,
    }),
  );
  return sarifLog(
    rules,
    groups.map(group => resultOf(group, context)),
    left.map(line => printable(context.mask.text(line))),
  );
}

function resultOf({ failure, first, count, kept }: Group<string>, { mask }: ReporterContext): SarifResult {
  const record = failureRecord(failure, mask);
  const { check, severity, documented, place, known } = record;
  const others = count > 1 ? ` and ${plural(count - 1, 'other case')}` : '';
  return {
    rule: check,
    level: severity,
    message: printable(
      `${first.operation.key}: received ${receivedText(record)}; documented ${documented}. Case: ${first.name}${others}. ${kept}`,
    ),
    file: place.document,
    line: place.line,
    column: place.column,
    pointer: place.pointer,
    fingerprint: `${first.operation.key} ${check} ${place.pointer}`,
    ...(known === undefined || known.expired
      ? {}
      : { suppressed: `${known.reason} (until ${known.expires})` }),
  };
}
