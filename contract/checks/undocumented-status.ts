/** Is the status one that the document lists, itself, by its range or by `default`? */
import { documentedResponse, type Exchange } from '../exchange.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Operation } from '../model.ts';
import type { Check, Finding } from './check.ts';
import { documentedStatuses } from './documented-statuses.ts';

export const undocumentedStatus: Check = {
  name: 'undocumented-status',
  title: 'The status is documented',
  severity: 'error',
  asks: 'answer',
  appliesTo:
    "every exchange that the server took part in: refusals of wrong requests are the server's own matter",
  description:
    'Clients are written for the statuses they can read about. A 4xx for a request that is wrong on purpose, or that a server may refuse if it likes, need not be documented, since HTTP itself defines it; nor need 401 and 403 where credentials are asked for, nor 429. `default` covers what is left over, so a 2xx that only `default` covers is not documented where other successes are named: nobody reads of them there. A status of 500 or above is told by server-error.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#responses-object',
  samples: {
    passing: { operation: 'responses: { "2XX": { description: Pets } }', status: 202 },
    failing: { operation: 'responses: { "200": { description: Pets } }', status: 202 },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const {
    case: { operation, expectation },
    response: { status },
  } = exchange;
  if (status >= 500 || status === 429 || operation.responses.length === 0) return [];
  const documented = documentedResponse(operation, status);
  if (documented !== undefined && (documented.status !== 'default' || !isStraySuccess(operation, status)))
    return [];
  const refusal = status >= 400;
  if (refusal && expectation !== 'accepted' && !isOnlyOpen(exchange)) return [];
  if ((status === 401 || status === 403) && operation.security.length > 0) return [];
  const { document, pointer } = operation.source;
  return [
    {
      received: `status ${status}`,
      documented: documentedStatuses(operation),
      source: { document, pointer: joinPointer(pointer, 'responses') },
    },
  ];
}

/** Nothing was expected because nothing that could be is documented; then what is documented still counts. */
function isOnlyOpen({ case: { operation, expectation } }: Exchange): boolean {
  return expectation === 'any' && !operation.responses.some(({ status }) => /^[23]|^default$/.test(status));
}

/** A success beside those that are named. */
function isStraySuccess({ responses }: Operation, status: number): boolean {
  return status >= 200 && status < 300 && responses.some(response => response.status.startsWith('2'));
}
