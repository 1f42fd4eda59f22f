/** A run as it goes on, one JSON object a line. A case that passed takes one short line; any other has its whole exchange. */
import type { CaseFinished, Listener, RunEvent } from '../events.ts';
import { caseRecord, failureRecord, responseRecord, sentRecord } from '../records.ts';
import { operationRecord, startRecord, summaryRecord } from '../run-records.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const NDJSON_FORMAT = 'rehearsal-events/1';

export const ndjsonReporter: ReporterModule = {
  name: 'ndjson',
  summary: 'one JSON object a line for each event, written while the run goes on',
  description:
    'The same as it happens: `run-started`, a `case-finished` for each case, `operation-finished`, `run-finished`. The file grows while the run goes on, some whole lines at a time, so that `tail -f` can follow it. A case that passed takes one short line.',
  live: true,
  create,
};

function create(context: ReporterContext): Listener {
  let baseUrl = '';
  return (event: RunEvent) => {
    if (event.kind === 'run-started') baseUrl = event.baseUrl;
    context.write(`${JSON.stringify(eventRecord(event, baseUrl, context))}\n`);
  };
}

function eventRecord(event: RunEvent, baseUrl: string, context: ReporterContext): object {
  const kind = { event: event.kind };
  switch (event.kind) {
    case 'run-started':
      return {
        ...kind,
        format: NDJSON_FORMAT,
        ...startRecord(event, context.mask),
        operations: event.operations,
      };
    case 'case-finished':
      return { ...kind, ...finishedRecord(event, baseUrl, context) };
    case 'operation-finished':
      return { ...kind, ...operationRecord(event) };
    case 'run-finished':
      return {
        ...kind,
        ...summaryRecord(event.summary, context.mask),
        ...(context.coverage === undefined ? {} : { coverage: context.coverage() }),
      };
  }
}

function finishedRecord(
  { case: tested, outcome }: CaseFinished,
  baseUrl: string,
  { mask, replay }: ReporterContext,
): object {
  const head = { outcome: outcome.kind };
  const again = replay === undefined ? {} : { replay: replay(tested) };
  switch (outcome.kind) {
    case 'passed': {
      const { status, ms } = outcome.exchange.response;
      return { ...head, ...caseRecord(tested), status, milliseconds: Math.round(ms) };
    }
    case 'failed':
      return {
        ...head,
        ...sentRecord(tested, baseUrl, mask, outcome.exchange.earlier),
        failures: outcome.failures.map(failure => failureRecord(failure, mask)),
        ...(outcome.flaky === true ? { flaky: true } : {}),
        ...again,
        response: responseRecord(outcome.exchange.response, mask),
      };
    case 'not-judged':
      return {
        ...head,
        reason: outcome.reason,
        ...sentRecord(tested, baseUrl, mask),
        response: responseRecord(outcome.exchange.response, mask),
      };
    case 'unanswered':
      return {
        ...head,
        trouble: outcome.trouble.kind,
        message: mask.text(outcome.trouble.message),
        ...sentRecord(tested, baseUrl, mask),
        ...again,
      };
  }
}
