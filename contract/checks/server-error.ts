/** Does the server fail? Whatever it was asked, a status of 500 or above says that it did not cope. */
import { documentedResponse, type Exchange } from '../exchange.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Check, Finding } from './check.ts';
import { documentedStatuses } from './documented-statuses.ts';

export const serverError: Check = {
  name: 'server-error',
  title: 'The server does not fail',
  severity: 'error',
  appliesTo: 'every exchange',
  description:
    'A status of 500 or above is a failure even where the document lists it, for listing it does not make it an outcome that anybody wants. Only an operation that documents nothing else is left alone, and 501 to a method that is not documented: it says that the server does not know it.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
  samples: {
    passing: { operation: 'responses: { "200": { description: Pets } }', status: 200 },
    failing: { operation: 'responses: { "200": { description: Pets } }', status: 500 },
  },
  check,
};

function check({ case: { operation, breaks }, response: { status } }: Exchange): readonly Finding[] {
  if (status < 500 || status > 599 || (status === 501 && breaks === 'method')) return [];
  if (operation.responses.length > 0 && operation.responses.every(({ status: key }) => key.startsWith('5')))
    return [];
  const source = documentedResponse(operation, status)?.source;
  const { document, pointer } = operation.source;
  return [
    {
      received: `status ${status}`,
      documented: `no failure of the server; ${documentedStatuses(operation)}`,
      source: source ?? { document, pointer: joinPointer(pointer, 'responses') },
    },
  ];
}
