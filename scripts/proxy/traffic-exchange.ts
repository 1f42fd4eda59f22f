/** A request that passed by and its answer, as an exchange that the checks can be put to. */
import { documentedResponse, type Exchange, type ReceivedResponse } from '../../contract/exchange.ts';
import { FRAMING_HEADERS } from '../../contract/http/framing-headers.ts';
import {
  describeFault,
  type RequestCheck,
  type RequestFault,
  type WireRequest,
} from '../../contract/http/request.ts';
import type { Operation } from '../../contract/model.ts';
import type { BrokenPart, CaseRequest, Expectation } from '../../contract/plan/cases/case.ts';

export interface PassedRequest {
  readonly operation: Operation;
  readonly wire: WireRequest;
  /** Below the base path. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined when the body was too large to be looked at. */
  readonly check: RequestCheck | undefined;
  /** Which request it is of those that were seen, from 1. */
  readonly number: number;
}

/** The exchange, with what must come back for a request like this. */
export function exchangeOf(passed: PassedRequest, response: ReceivedResponse): Exchange {
  const { operation, check, number } = passed;
  const [fault] = check?.faults ?? [];
  return {
    case: {
      id: `${operation.key} traffic ${number}`,
      operation,
      intent: fault === undefined ? 'positive' : 'negative',
      breaks: fault && brokenPart(fault),
      name: fault === undefined ? `request ${number}` : `request ${number}, ${describeFault(fault)}`,
      why: fault?.schema ?? operation.source,
      request: caseRequest(passed),
      expectation: expectationOf(passed, response),
    },
    response,
  };
}

/**
 * Real requests keep rules that no schema says, so a refusal that the document names is the server's good right. One
 * that it does not name is not.
 */
function expectationOf({ operation, check }: PassedRequest, { status }: ReceivedResponse): Expectation {
  if (check === undefined) return 'any';
  const [fault] = check.faults;
  if (fault === undefined)
    return check.unchecked.length > 0 || documentedResponse(operation, status) !== undefined
      ? 'any'
      : 'accepted';
  return check.faults.every(({ where }) => where === 'security') ? 'unauthenticated' : 'refused';
}

function brokenPart({ where }: RequestFault): BrokenPart {
  switch (where) {
    case 'body':
    case 'content-type':
      return where;
    case 'security':
      return 'credentials';
    default:
      return 'parameter';
  }
}

function caseRequest({ wire, path, headers }: PassedRequest): CaseRequest {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    method: wire.method,
    path,
    query: wire.query,
    headers: headers.filter(
      ([name]) => !FRAMING_HEADERS.has(name.toLowerCase()) && !OWN.has(name.toLowerCase()),
    ),
    contentType: type,
    body: wire.body,
  };
}

/** What every client sends anew by itself. */
const OWN: ReadonlySet<string> = new Set(['host', 'accept-encoding', 'user-agent', 'expect']);
