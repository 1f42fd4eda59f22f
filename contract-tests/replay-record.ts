/**
 * The failed cases of a report, ready to be sent again: from the reports `json`, `ndjson` and `har`. Knows no network and
 * no document.
 */
import type { BrokenPart, CaseRequest, Expectation } from '../contract/plan/cases/case.ts';
import { DEPTHS, type Depth } from '../contract/plan/cases/options.ts';
import { STARS } from './mask.ts';
import type { MaskedRecord, RequestRecord, ResponseRecord, SentRecord, StepRecord } from './records.ts';
import type { DocumentRecord, StartRecord } from './run-records.ts';

export interface ReplayReport {
  /** How its run was made, where it says so. */
  readonly made: MadeWith | undefined;
  readonly documents: readonly DocumentRecord[];
  readonly cases: readonly ReplayCase[];
}

/** What makes the same cases and sequences once more. */
export interface MadeWith {
  readonly baseUrl: string;
  readonly depth: Depth;
  readonly seed: number;
}

export interface ReplayCase {
  readonly document: string;
  readonly operation: string;
  readonly case: string;
  readonly intent: 'positive' | 'negative';
  readonly name: string;
  readonly expectation: Expectation;
  readonly breaks: BrokenPart | undefined;
  readonly why: { readonly document: string; readonly pointer: string };
  readonly baseUrl: string;
  readonly request: RequestRecord;
  /** What came then; undefined when nothing did. */
  readonly response: Pick<ResponseRecord, 'status' | 'body' | 'bodyBase64' | 'bodyBytes'> | undefined;
  /** The checks that failed then. */
  readonly checks: readonly string[];
  /** It stood on the steps of a sequence before it. */
  readonly sequence: boolean;
  /** Which step it is, in a report that says so. */
  readonly step: StepRecord | undefined;
}

/** The value of a report of `json`, already held against its schema. */
export function casesOfReport(
  report: StartRecord & {
    readonly documents: readonly DocumentRecord[];
    readonly failures: readonly (SentRecord & {
      readonly check: string;
      readonly response: ResponseRecord;
    })[];
    readonly unanswered: readonly SentRecord[];
  },
): ReplayReport {
  const failed = new Map<string, ReplayCase>();
  for (const row of report.failures) {
    const key = `${row.document}\n${row.case}`;
    const known = failed.get(key);
    const checks = [...new Set([...(known?.checks ?? []), row.check])];
    failed.set(key, { ...(known ?? replayCase(row, row.response, [])), checks });
  }
  const unanswered = report.unanswered.map(row => replayCase(row, undefined, []));
  return { made: madeWith(report), documents: report.documents, cases: [...failed.values(), ...unanswered] };
}

/** An event of `ndjson`, already held against its schema; the first one names the documents. */
export type ReplayEvent =
  | (StartRecord & { readonly event: 'run-started' })
  | (SentRecord & {
      readonly event: 'case-finished';
      readonly outcome: string;
      readonly response?: ResponseRecord;
      readonly failures?: readonly { readonly check: string }[];
    })
  | { readonly event: 'operation-finished' | 'run-finished' };

export function casesOfEvents(events: readonly ReplayEvent[]): ReplayReport {
  const start = events.find(event => event.event === 'run-started');
  return {
    made: start === undefined ? undefined : madeWith(start),
    documents: events.flatMap(event => (event.event === 'run-started' ? event.documents : [])),
    cases: events.flatMap(event =>
      event.event === 'case-finished' && (event.outcome === 'failed' || event.outcome === 'unanswered')
        ? [
            replayCase(
              event,
              event.response,
              (event.failures ?? []).map(({ check }) => check),
            ),
          ]
        : [],
    ),
  };
}

function madeWith({ baseUrl, depth, seed }: StartRecord): MadeWith {
  const known = DEPTHS.find(candidate => candidate === depth) ?? 'standard';
  return { baseUrl, depth: known, seed };
}

function replayCase(
  row: SentRecord,
  response: ResponseRecord | undefined,
  checks: readonly string[],
): ReplayCase {
  const { document, operation, intent, name, expectation, breaks, why, baseUrl, request } = row;
  return {
    document,
    operation,
    case: row.case,
    intent,
    name,
    expectation,
    breaks,
    why,
    baseUrl,
    request,
    response,
    checks,
    sequence: row.sequence === true,
    step: row.step,
  };
}

/** What is needed to fill in what was masked. */
export interface Refill {
  /** Headers that were given, which stand over those of the report. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Secrets by security scheme. */
  readonly secrets: ReadonlyMap<string, string>;
}

export type Refilled =
  | { readonly kind: 'request'; readonly request: CaseRequest }
  /** Parts that were masked and that nobody gives again, in words. */
  | { readonly kind: 'missing'; readonly missing: readonly string[] };

/** The request as it goes on the wire, with what was masked taken from what is given now. */
export function refill(record: RequestRecord, { headers, secrets }: Refill): Refilled {
  const missing: string[] = [];
  const given = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const masked = record.masked ?? [];
  const secretOf = ({ scheme }: MaskedRecord): string | undefined =>
    scheme === undefined ? undefined : secrets.get(scheme);
  const written = record.headers.map(([name, value]): readonly [string, string] => {
    const mine = given.get(name.toLowerCase());
    if (mine !== undefined) return [name, mine];
    const part = masked.find(one => one.in === 'header' && one.name === name);
    if (part === undefined) return [name, value];
    const secret = secretOf(part);
    if (secret === undefined) missing.push(`the header ${name}`);
    const text = encoded(part, secret ?? '');
    return [name, value === STARS ? `${part.before ?? ''}${text}` : value.replaceAll(STARS, text)];
  });
  let query = record.query;
  for (const part of masked) {
    if (part.in === 'query') {
      const secret = secretOf(part);
      if (secret === undefined) missing.push(`the query parameter ${part.name ?? ''}`);
      else query = withValue(query, part.name ?? '', encodeURIComponent(secret));
    } else if (part.in !== 'header') missing.push(part.in === 'path' ? 'the path' : 'the body');
  }
  if (missing.length > 0) return { kind: 'missing', missing };
  const { method, path, contentType, body, bodyBase64 } = record;
  return {
    kind: 'request',
    request: {
      method,
      path,
      query,
      headers: written,
      contentType,
      body:
        bodyBase64 !== undefined
          ? Buffer.from(bodyBase64, 'base64')
          : body === undefined
            ? undefined
            : Buffer.from(body, 'utf8'),
    },
  };
}

/** Basic takes user and password as they are and sends them in Base64. */
function encoded({ before }: MaskedRecord, secret: string): string {
  return before === 'Basic ' && secret.includes(':')
    ? Buffer.from(secret, 'utf8').toString('base64')
    : secret;
}

function withValue(query: string, name: string, value: string): string {
  return query
    .split('&')
    .map(pair => (pair.startsWith(`${name}=`) ? `${name}=${value}` : pair))
    .join('&');
}
