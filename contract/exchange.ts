/** An exchange: a case as it was sent and the answer as it came back, and what the document says about that answer. */

import type { Claim } from './claim.ts';
import type { Operation, Response } from './model.ts';
import type { Case } from './plan/cases/case.ts';
import type { StageKind } from './stage-kind.ts';

export interface Exchange {
  readonly case: Case;
  readonly response: ReceivedResponse;
  /** The address that the request's path stands below, where it is known. */
  readonly baseUrl?: string;
  /** What kind of server answered. Default: `server`. */
  readonly stage?: StageKind;
  /** Of a case that is a step of a sequence: the exchanges before it, in order. */
  readonly earlier?: readonly Exchange[];
  /** How often the same was asked until the answer held or patience ended. Default: once. */
  readonly attempts?: number;
}

export interface ReceivedResponse {
  readonly status: number;
  /** As received, in order; a name may stand more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without its Content-Encoding. */
  readonly body: Uint8Array;
  /** From the first byte sent to the last byte received. */
  readonly ms: number;
  /** Set when the answer did not come as its own framing says; then `body` is what was there to be read. */
  readonly framing?: FramingFault;
  /** Set when nothing came, twice, while the server answers others, in words; the status is 0 then. */
  readonly dropped?: string;
}

/**
 * How an answer is wrong about its own length (RFC 9112, 6 and 7).
 *
 * - `short`: the connection was closed in good order before the announced length, or before the last chunk
 * - `excess`: bytes stand behind the end, which clients take for the beginning of the next answer
 * - `malformed`: the length is no number, is given twice or beside chunks, or chunks or a coding cannot be read
 */
export interface FramingFault {
  readonly kind: 'short' | 'excess' | 'malformed';
  /** In words: `4 of 100 bytes, then the end of the connection`. */
  readonly received: string;
}

/** The values of a header in the order received, names compared without case. */
export function headerValues(response: ReceivedResponse, name: string): readonly string[] {
  return headersOf(response).get(name.toLowerCase()) ?? NONE;
}

const NONE: readonly string[] = [];

/** Every check asks the same answer for headers, most of which are not there. */
let indexed: { readonly response: ReceivedResponse; readonly headers: Headers } | undefined;

type Headers = ReadonlyMap<string, readonly string[]>;

/** The headers of an answer by their names in lower case. */
export function headersOf(response: ReceivedResponse): Headers {
  if (indexed?.response === response) return indexed.headers;
  const headers = new Map<string, string[]>();
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    const known = headers.get(key);
    if (known === undefined) headers.set(key, [value]);
    else known.push(value);
  }
  indexed = { response, headers };
  return headers;
}

/** The Content-Type of an answer; undefined when it has none. */
export function contentTypeOf(response: ReceivedResponse): string | undefined {
  return headerValues(response, 'content-type')[0];
}

/**
 * What the document says about a status: the status itself, else its range, else `default`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#responses-object
 */
export function documentedResponse(operation: Operation, status: number): Response | undefined {
  let known = documented.get(operation);
  if (known === undefined) documented.set(operation, (known = new Map()));
  let response = known.get(status);
  if (response === undefined && !known.has(status)) {
    response = findResponse(operation.responses, String(status));
    known.set(status, response);
  }
  return response;
}

/** Every check asks this of every exchange. */
const documented = new WeakMap<Operation, Map<number, Response | undefined>>();

function findResponse(responses: readonly Response[], status: string): Response | undefined {
  const range = `${status.charAt(0)}XX`;
  return (
    responses.find(response => response.status === status) ??
    responses.find(response => response.status.toUpperCase() === range) ??
    responses.find(response => response.status === 'default')
  );
}

/** A request was taken: 2xx, or a redirection that the document lists as an outcome of its own. */
export function isAccepted({ case: { operation }, response: { status } }: Exchange): boolean {
  if (status >= 200 && status < 300) return true;
  if (status < 300 || status >= 400) return false;
  const documented = documentedResponse(operation, status);
  return documented !== undefined && documented.status !== 'default';
}

/** Answers that end with their headers, whatever these say (RFC 9110, 6.4.1). */
export function hasNoBody({ case: { request }, response: { status } }: Exchange): boolean {
  return request.method === 'HEAD' || status < 200 || status === 204 || status === 304;
}

/**
 * The claims of one kind that an answer of a sequence has to bear out; none where the server did not come to answer the
 * question: it refused the credentials, was asked too often, or failed.
 */
export function claimsOf<K extends Claim['kind']>(
  { case: { step }, response: { status } }: Exchange,
  kind: K,
): readonly Extract<Claim, { readonly kind: K }>[] {
  if (step === undefined || step.claims.length === 0) return [];
  if (status === 401 || status === 403 || status === 429 || status >= 500) return [];
  return step.claims.filter((claim): claim is Extract<Claim, { readonly kind: K }> => claim.kind === kind);
}

/** All exchanges of an earlier step, or of this one before this exchange: a walk through pages has several. */
export function earlierSteps({ earlier = [] }: Exchange, index: number | undefined): readonly Exchange[] {
  return earlier.filter(({ case: { step } }) => step !== undefined && step.index === index);
}

/** The exchange of an earlier step of the sequence; of a step that was asked several times, the last one. */
export function earlierStep({ earlier = [] }: Exchange, index: number): Exchange | undefined {
  return earlier.findLast(({ case: { step } }) => step?.index === index);
}
