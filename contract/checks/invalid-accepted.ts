/** Does the server take a request that breaks the document's rules? */
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const invalidAccepted: Check = {
  name: 'invalid-accepted',
  title: 'Invalid requests are refused',
  severity: 'error',
  appliesTo: 'negative cases, which break exactly one rule of the document',
  description:
    'Every negative request was held against the document as it goes on the wire, so it is wrong without doubt. Any 4xx is a refusal; a 5xx is told by server-error.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      request: 'GET /pets?limit=-1',
      expectation: 'refused',
      status: 400,
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      request: 'GET /pets?limit=-1',
      expectation: 'refused',
      status: 200,
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  if (tested.expectation !== 'refused' || !isAccepted(exchange)) return [];
  return [
    {
      received: `status ${response.status}`,
      documented: 'a refusal with a status of 400 to 499',
      source: tested.why,
    },
  ];
}
