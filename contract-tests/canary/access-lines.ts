/**
 * Reads access-log lines of a stage: which side answered a request, and how it answered others' requests. Lines must be
 * JSON, as `ACCESS_LOG_FORMAT` makes them; wherever they come from, they are given as texts.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
import type { KnownSide, Side } from './answer.ts';

/** The format of a stage that is to be judged where answers carry no headers that say who gave them. */
export const ACCESS_LOG_FORMAT: string = JSON.stringify({
  requestId: '$context.requestId',
  isCanaryRequest: '$context.isCanaryRequest',
  deploymentId: '$context.deploymentId',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  responseLatency: '$context.responseLatency',
  requestTimeEpoch: '$context.requestTimeEpoch',
});

export interface AccessLine {
  readonly requestId: string;
  readonly side: Side;
  /** Undefined where the line does not say. */
  readonly method: string | undefined;
  /** As in the document: `/pets/{id}`. */
  readonly resourcePath: string | undefined;
  readonly status: number | undefined;
  readonly ms: number | undefined;
}

export interface AccessLines {
  readonly lines: readonly AccessLine[];
  /** Lines that are no JSON object or name no request. */
  readonly unreadable: number;
}

/** @param deployments - of the stage, where they are known: then a line without `isCanaryRequest` can tell the side too */
export function readAccessLines(
  texts: readonly string[],
  deployments?: Readonly<Record<KnownSide, string>>,
): AccessLines {
  const lines: AccessLine[] = [];
  for (const text of texts) {
    const line = readLine(text, deployments);
    if (line !== undefined) lines.push(line);
  }
  return { lines, unreadable: texts.length - lines.length };
}

/** The sides of the requests that these lines know. */
export function sidesByRequest(lines: readonly AccessLine[]): ReadonlyMap<string, KnownSide> {
  return new Map(
    lines.flatMap(({ requestId, side }) => (side === 'unknown' ? [] : [[requestId, side] as const])),
  );
}

function readLine(
  text: string,
  deployments: Readonly<Record<KnownSide, string>> | undefined,
): AccessLine | undefined {
  const fields = objectIn(text);
  const requestId = fields?.['requestId'];
  if (fields === undefined || typeof requestId !== 'string' || requestId === '-') return undefined;
  return {
    requestId,
    side: sideOf(word(fields['isCanaryRequest']), word(fields['deploymentId']), deployments),
    method: word(fields['httpMethod']),
    resourcePath: word(fields['resourcePath']),
    status: whole(fields['status']),
    ms: whole(fields['responseLatency']),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function sideOf(
  isCanary: string | undefined,
  deployment: string | undefined,
  deployments: Readonly<Record<KnownSide, string>> | undefined,
): Side {
  if (deployments !== undefined && deployment !== undefined) {
    if (deployment !== deployments.baseline && deployment !== deployments.canary) return 'unknown';
    if (deployments.baseline !== deployments.canary)
      return deployment === deployments.canary ? 'canary' : 'baseline';
  }
  if (isCanary === 'true') return 'canary';
  return isCanary === 'false' ? 'baseline' : 'unknown';
}

/** API Gateway writes a hyphen for what it does not know. */
function word(value: unknown): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '-' && value !== '' ? value : undefined;
}

function whole(value: unknown): number | undefined {
  const number = Number(word(value) ?? Number.NaN);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
