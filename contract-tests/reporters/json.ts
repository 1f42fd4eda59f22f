/** A run as one JSON object: counts, what was left out, and every failure with the whole exchange, for other programs. */
import type { CoverageRecord } from '../coverage-record.ts';
import type { CaseFinished, Listener, RunEvent, RunStarted } from '../events.ts';
import { type OperationOrder, operationOrder } from '../operation-order.ts';
import {
  type CaseRecord,
  caseRecord,
  describePlace,
  type FailureRecord,
  failureRecord,
  type ResponseRecord,
  responseRecord,
  type SentRecord,
  sentRecord,
} from '../records.ts';
import {
  type OperationRecord,
  operationRecord,
  type StartRecord,
  type SummaryRecord,
  startRecord,
  summaryRecord,
} from '../run-records.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const JSON_FORMAT = 'rehearsal-report/1';

export const jsonReporter: ReporterModule = {
  name: 'json',
  summary: 'one JSON object at the end, with every failure and its exchange',
  description:
    'Counts, what was left out and why, and every failure with its whole exchange. `rehearsal replay` sends the failed cases of such a report again. Bodies of answers are cut after 256 KiB.',
  create,
};

/** What the reporter writes; docs/reference/report.schema.json says the same for other programs. */
export interface JsonReport extends SummaryRecord, StartRecord {
  readonly format: typeof JSON_FORMAT;
  readonly operations: readonly OperationRecord[];
  readonly failures: readonly FailedRecord[];
  readonly unanswered: readonly UnansweredRecord[];
  readonly notJudged: readonly NotJudgedRecord[];
  readonly coverage?: CoverageRecord;
}

export interface NotJudgedRecord extends CaseRecord {
  readonly reason: string;
}

export interface FailedRecord extends SentRecord, FailureRecord {
  /** The place in one line. */
  readonly source: string;
  readonly flaky?: true;
  readonly replay?: string;
  readonly response: ResponseRecord;
}

export interface UnansweredRecord extends SentRecord {
  readonly kind: string;
  readonly message: string;
  readonly replay?: string;
}

function create(context: ReporterContext): Listener {
  const { write, mask } = context;
  let run: Collected | undefined;
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        run = collected(event);
        break;
      case 'case-finished':
        if (run !== undefined) collect(event, run, context);
        break;
      case 'operation-finished':
        run?.operations.add(event.operation, operationRecord(event));
        break;
      case 'run-finished': {
        if (run === undefined) return;
        const report: JsonReport = {
          format: JSON_FORMAT,
          ...summaryRecord(event.summary, mask),
          ...startRecord(run.start, mask),
          operations: run.operations.items(),
          failures: run.failures.items(),
          unanswered: run.unanswered.items(),
          notJudged: run.notJudged.items(),
          ...(context.coverage === undefined ? {} : { coverage: context.coverage() }),
        };
        write(`${JSON.stringify(report, null, 2)}\n`);
        break;
      }
    }
  };
}

interface Collected {
  readonly start: RunStarted;
  readonly operations: OperationOrder<OperationRecord>;
  readonly failures: OperationOrder<FailedRecord>;
  readonly unanswered: OperationOrder<UnansweredRecord>;
  readonly notJudged: OperationOrder<NotJudgedRecord>;
  /** Bytes of answers that are kept already. */
  bytes: number;
}

function collected(start: RunStarted): Collected {
  return {
    start,
    operations: operationOrder(start),
    failures: operationOrder(start),
    unanswered: operationOrder(start),
    notJudged: operationOrder(start),
    bytes: 0,
  };
}

function collect(event: CaseFinished, run: Collected, context: ReporterContext): void {
  const { case: tested, outcome } = event;
  const { operation } = tested;
  const { mask } = context;
  const { baseUrl } = run.start;
  switch (outcome.kind) {
    case 'passed':
      break;
    case 'failed': {
      const longest = run.bytes > MOST_BYTES ? LEAST_BODY : undefined;
      run.bytes += outcome.exchange.response.body.length * outcome.failures.length;
      for (const record of failedRecords(event, baseUrl, longest, context))
        run.failures.add(operation, record);
      break;
    }
    case 'not-judged':
      run.notJudged.add(operation, { ...caseRecord(tested), reason: outcome.reason });
      break;
    case 'unanswered':
      run.unanswered.add(operation, {
        ...sentRecord(tested, baseUrl, mask),
        kind: outcome.trouble.kind,
        message: mask.text(outcome.trouble.message),
        ...replayOf(event, context),
      });
      break;
  }
}

/** A report of more is no text any more that a program can hold; later answers are then cut to their beginning. */
const MOST_BYTES = 64 * 1024 * 1024;
const LEAST_BODY = 4096;

function failedRecords(
  event: CaseFinished,
  baseUrl: string,
  longest: number | undefined,
  context: ReporterContext,
): readonly FailedRecord[] {
  const { case: tested, outcome } = event;
  if (outcome.kind !== 'failed') return [];
  const { mask } = context;
  const shared = {
    ...(outcome.flaky === true ? { flaky: true as const } : {}),
    ...replayOf(event, context),
    ...sentRecord(tested, baseUrl, mask, outcome.exchange.earlier),
    response: responseRecord(outcome.exchange.response, mask, longest),
  };
  return outcome.failures.map(failure => {
    const record = failureRecord(failure, mask);
    return { ...record, source: describePlace(record.place), ...shared };
  });
}

function replayOf({ case: tested }: CaseFinished, { replay }: ReporterContext): { readonly replay?: string } {
  const command = replay?.(tested);
  return command === undefined ? {} : { replay: command };
}
