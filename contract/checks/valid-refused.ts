/** Does the server refuse, as invalid, a request that the document allows? */
import { mayBreakUnspokenRule, namesTheSame } from '../compare/unspoken-rules.ts';
import { claimsOf, documentedResponse, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import { isSecretName } from '../http/secret-names.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Operation } from '../model.ts';
import type { Check, Finding } from './check.ts';
import { documentedStatuses } from './documented-statuses.ts';

export const validRefused: Check = {
  name: 'valid-refused',
  title: 'Valid requests are not refused as invalid',
  severity: 'error',
  appliesTo: 'positive cases of operations that document a success',
  description:
    "Only statuses that call the request itself wrong count: 400, 405, 406, 411, 414, 415, 422, 431, and 401 or 403 where the document asks for no credentials. What depends on the server's data (404, 409, 410, 412) does not; nor a documented 400 or 422 to a request that names something by its id, unless a sequence then has the same ids taken in another body, or whose range ends where it begins or before (`checkIn`, `checkOut`); nor a documented 401 or 403 of an operation without credentials that takes a body or a password, for there it judges what is said in it.",
  specification: 'https://spec.openapis.org/oas/v3.1.1#operation-object',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      request: 'GET /pets?limit=5',
      status: 200,
    },
    failing: {
      operation: 'responses: { "200": { description: Pets }, "400": { description: Wrong } }',
      request: 'GET /pets?limit=5',
      status: 400,
    },
  },
  check,
};

const CALLS_IT_WRONG: ReadonlySet<number> = new Set([400, 405, 406, 411, 414, 415, 422, 431]);

function check(exchange: Exchange): readonly Finding[] {
  return [...refusalIn(exchange), ...likewise(exchange)];
}

/** A refusal that had a reason as far as anybody could tell, until the same ids were taken in another body. */
function likewise(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'likewise').flatMap(({ refused }) => {
    const before = earlierStep(exchange, refused);
    if (before === undefined || !CALLS_IT_WRONG.has(before.response.status)) return [];
    if (refusalIn(before).length > 0 || !namesTheSame(before, exchange)) return [];
    return [
      {
        received: `status ${before.response.status} to "${before.case.name}", though a body with the same ids is taken`,
        documented: `the request is allowed; ${documentedStatuses(before.case.operation)}`,
        source: before.case.why,
      },
    ];
  });
}

function refusalIn(exchange: Exchange): readonly Finding[] {
  const {
    case: tested,
    response: { status },
  } = exchange;
  if (tested.expectation !== 'accepted') return [];
  const { operation } = tested;
  const refused = CALLS_IT_WRONG.has(status) || ((status === 401 || status === 403) && isOpen(operation));
  if (!refused) return [];
  if (documentedResponse(operation, status) !== undefined && hasReason(exchange)) return [];
  const { document, pointer } = operation.source;
  return [
    {
      received: `status ${status}`,
      documented: `the request is allowed; ${documentedStatuses(operation)}`,
      source:
        status === 401 || status === 403
          ? { document, pointer: joinPointer(pointer, 'responses') }
          : tested.why,
    },
  ];
}

/** What a document cannot say, and a server may know: whether things are there, and whether a password is right. */
function hasReason(exchange: Exchange): boolean {
  const {
    case: { operation },
    response: { status },
  } = exchange;
  if (status === 400 || status === 422) return mayBreakUnspokenRule(exchange);
  if (status !== 401 && status !== 403) return false;
  return operation.requestBody !== undefined || operation.parameters.some(({ name }) => isSecretName(name));
}

function isOpen({ security }: Operation): boolean {
  return security.length === 0 || security.some(alternative => alternative.length === 0);
}
