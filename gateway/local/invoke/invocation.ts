/** The beginning of an invocation, and the parts of its request that are read when somebody asks for them. */
import { randomUUID } from 'node:crypto';
import type { AccountIdentity } from '../control/operation.ts';
import { extendedId } from '../extended-id.ts';
import type { ClientRequest, Invocation, Release } from './model.ts';
import {
  contentTypeOf,
  type MultiValues,
  parseHeaders,
  parseQuery,
  rawHeader,
  replaceHeader,
  valuesOfHeader,
} from './multi-values.ts';

const NO_PARAMETERS: MultiValues = new Map();

export function newInvocation(
  request: ClientRequest,
  release: Release,
  account: AccountIdentity,
  receivedAt: number,
): Invocation {
  return {
    request,
    release,
    account,
    requestId: requestIdOf(request.headers),
    extendedRequestId: extendedId(),
    receivedAt,
    startedAt: performance.now(),
    log: undefined,
    method: undefined,
    verb: request.verb,
    pathParameters: NO_PARAMETERS,
    context: undefined,
    traceId: undefined,
    integrationStatus: undefined,
    integrationLatency: undefined,
    failure: undefined,
    parsedHeaders: undefined,
    parsedQuery: undefined,
  };
}

/** @throws GatewayFailure for broken percent-encoding */
export function queryOf(invocation: Invocation): MultiValues {
  return (invocation.parsedQuery ??= parseQuery(invocation.request.query));
}

/** What the client sent, and what API Gateway's front adds to it (11.1). */
export function headersOf(invocation: Invocation): MultiValues {
  if (invocation.parsedHeaders !== undefined) return invocation.parsedHeaders;
  const { request } = invocation;
  const headers: Map<string, readonly string[]> = parseHeaders(request.headers);
  if (request.port !== 0) {
    const forwarded = valuesOfHeader(headers, 'x-forwarded-for') ?? [];
    replaceHeader(headers, 'X-Forwarded-For', [[...forwarded, request.sourceIp].join(', ')]);
    replaceHeader(headers, 'X-Forwarded-Port', [String(request.port)]);
    replaceHeader(headers, 'X-Forwarded-Proto', ['http']);
    replaceHeader(headers, 'X-Amzn-Trace-Id', [traceIdOf(invocation)]);
  }
  return (invocation.parsedHeaders = headers);
}

const ROOT = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}\b/;

/** The media type that models and templates go by; one for all in a test (13.3). */
export function requestTypeOf({ request, release }: Invocation): string {
  return release.kind === 'test' ? 'application/json' : contentTypeOf(request.headers);
}

/** The client's trace goes on; without one it begins here. */
export function traceIdOf(invocation: Invocation): string {
  if (invocation.traceId !== undefined) return invocation.traceId;
  const sent = rawHeader(invocation.request.headers, 'x-amzn-trace-id');
  const time = Math.floor(invocation.receivedAt / 1000)
    .toString(16)
    .padStart(8, '0');
  return (invocation.traceId =
    sent !== undefined && ROOT.test(sent)
      ? sent
      : `Root=1-${time}-${randomUUID().replaceAll('-', '').slice(0, 24)}`);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A client may name its request, if it does so with a UUID (10.4). */
function requestIdOf(headers: readonly string[]): string {
  const sent = rawHeader(headers, 'x-amzn-requestid');
  return sent !== undefined && UUID.test(sent) ? sent : randomUUID();
}
