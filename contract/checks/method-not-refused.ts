/** Does the server serve a method that the document does not give the path? */
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const methodNotRefused: Check = {
  name: 'method-not-refused',
  title: 'Methods that are not documented are refused',
  severity: 'error',
  asks: 'refusal',
  appliesTo: 'cases sent with a method that the path does not have',
  description:
    'A success means that there is an operation which nobody can read about and no other check looks at. Any 4xx is a refusal, and 501 is one too. HEAD and OPTIONS are never sent for this, since servers may offer them everywhere.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#path-item-object',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 404,
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 200,
    },
  },
  check,
};

const OFFERED_EVERYWHERE: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  const { breaks, operation, request } = tested;
  if (breaks !== 'method' || OFFERED_EVERYWHERE.has(request.method) || !isAccepted(exchange)) return [];
  const { document, pointer } = operation.source;
  const methods = operation.contract.operations
    .filter(({ path }) => path === operation.path)
    .map(({ method }) => method);
  return [
    {
      received: `status ${response.status} to ${request.method}`,
      documented: `a refusal: the path has ${methods.join(', ')}`,
      source: { document, pointer: pointer.slice(0, pointer.lastIndexOf('/')) },
    },
  ];
}
