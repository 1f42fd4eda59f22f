/** Does the server take a request that breaks the document's rules? */
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const invalidAccepted: Check = {
  name: 'invalid-accepted',
  title: 'Invalid requests are refused',
  severity: 'error',
  asks: 'refusal',
  appliesTo: 'negative cases, which break exactly one rule of the document about parameters or the body',
  description:
    'Every negative request was held against the document as it goes on the wire, so it is wrong without doubt. Any 4xx is a refusal; a 5xx is told by server-error. Methods and media types that are not documented have checks of their own, and an Accept that cannot be met may be ignored.',
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

const ELSEWHERE: ReadonlySet<string> = new Set(['accept', 'content-type', 'method', 'credentials']);

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  const elsewhere = tested.breaks !== undefined && ELSEWHERE.has(tested.breaks);
  if (tested.expectation !== 'refused' || elsewhere || !isAccepted(exchange)) return [];
  return [
    {
      received: `status ${response.status}`,
      documented: 'a refusal with a status of 400 to 499',
      source: tested.why,
    },
  ];
}
