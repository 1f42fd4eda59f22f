/** A run as one JSON object: counts, what was left out, and every failure with the whole exchange, for other programs. */

import type { ReceivedResponse } from '../../contract/exchange.ts';
import type { Case, CaseRequest } from '../../contract/plan/cases/case.ts';
import { describeSource } from '../../contract/source.ts';
import { baseUrlOf } from '../base-url.ts';
import type {
  CaseFinished,
  Listener,
  OperationFinished,
  RunEvent,
  RunStarted,
  RunSummary,
} from '../events.ts';
import type { Mask } from '../mask.ts';
import { curlLine } from './curl.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const jsonReporter: ReporterModule = {
  name: 'json',
  summary: 'one JSON object at the end, with every failure and its exchange',
  create,
};

function create({ write, mask }: ReporterContext): Listener {
  let start: RunStarted | undefined;
  const operations: object[] = [];
  const failures: object[] = [];
  const unanswered: object[] = [];
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        start = event;
        break;
      case 'case-finished':
        if (event.outcome.kind === 'failed') failures.push(...failureRows(event, start?.baseUrl ?? '', mask));
        if (event.outcome.kind === 'unanswered') {
          unanswered.push({
            ...caseRow(event.case, start?.baseUrl ?? '', mask),
            kind: event.outcome.trouble.kind,
            message: mask.text(event.outcome.trouble.message),
          });
        }
        break;
      case 'operation-finished':
        operations.push(operationRow(event));
        break;
      case 'run-finished': {
        const report = {
          ...summaryRow(event.summary),
          baseUrl: mask.text(start?.baseUrl ?? ''),
          documents: start?.contracts.map(({ name, contract }) => ({ name, title: contract.title })),
          depth: start?.depth,
          seed: start?.seed,
          operations,
          failures,
          unanswered,
        };
        write(`${JSON.stringify(report, null, 2)}\n`);
        break;
      }
    }
  };
}

function summaryRow(summary: RunSummary): object {
  const { verdict, reason, stopped, notJudged, skipped, ms, ...rest } = summary;
  const counts = {
    ...rest,
    notJudged: Object.fromEntries(notJudged),
    skipped: Object.fromEntries(skipped.map(({ reason: why, count }) => [why, count])),
  };
  return { verdict, reason, stopped, counts, milliseconds: Math.round(ms) };
}

function operationRow({ operation, cases, failed, skipped }: OperationFinished): object {
  return { operation: operation.key, document: operation.source.document.name, cases, failed, skipped };
}

function failureRows(
  { case: tested, outcome }: CaseFinished,
  baseUrl: string,
  mask: Mask,
): readonly object[] {
  if (outcome.kind !== 'failed') return [];
  return outcome.failures.map(failure => ({
    check: failure.check,
    severity: failure.severity,
    received: mask.text(failure.received),
    documented: mask.text(failure.documented),
    instance: failure.instance,
    source: describeSource(failure.source),
    ...caseRow(tested, baseUrl, mask),
    response: responseRow(outcome.exchange.response, mask),
  }));
}

function caseRow(tested: Case, baseUrl: string, mask: Mask): object {
  return {
    operation: tested.operation.key,
    case: tested.id,
    intent: tested.intent,
    name: tested.name,
    request: requestRow(tested.request, mask),
    curl: curlLine(baseUrlOf(tested.operation, baseUrl), tested.request, mask),
  };
}

function requestRow(request: CaseRequest, mask: Mask): object {
  return {
    method: request.method,
    path: mask.text(request.path),
    query: mask.text(request.query),
    headers: request.headers.map(([name, value]) => [name, mask.header(name, value)]),
    contentType: request.contentType,
    ...bodyRow(request.body, mask),
  };
}

function responseRow(response: ReceivedResponse, mask: Mask): object {
  return {
    status: response.status,
    headers: response.headers.map(([name, value]) => [
      name,
      /^set-cookie$/i.test(name) ? '***' : mask.text(value),
    ]),
    ...bodyRow(response.body, mask),
    milliseconds: Math.round(response.ms),
  };
}

/** Text as text, anything else as Base64. */
function bodyRow(body: Uint8Array | undefined, mask: Mask): object {
  if (body === undefined) return {};
  try {
    return { body: mask.text(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)) };
  } catch {
    return { bodyBase64: Buffer.from(body).toString('base64') };
  }
}
