/** Does Allow hold all methods that the document gives the path? */
import { type Exchange, headerValues } from '../exchange.ts';
import { listMembers } from '../http/field-syntax.ts';
import type { Check, Finding } from './check.ts';

export const allowIncomplete: Check = {
  name: 'allow-incomplete',
  title: 'Allow lists every documented method',
  severity: 'error',
  appliesTo: 'answers with an Allow header, of status 405 or to OPTIONS',
  description:
    'Allow lists the methods that the resource supports, so clients give up one that the list has not, whatever the document says. Some frameworks list only the methods of the first route that matches; where that cannot be changed, `--severity allow-incomplete=off`. HEAD, OPTIONS and TRACE are not asked for.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 405,
      headers: { Allow: 'GET, POST' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      method: 'GET',
      request: 'PUT /pets',
      expectation: 'refused',
      breaks: 'method',
      status: 405,
      headers: { Allow: 'POST' },
    },
  },
  check,
};

const NOT_ASKED: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS', 'TRACE', 'ANY']);

function check({ case: { operation, request }, response }: Exchange): readonly Finding[] {
  if (response.status !== 405 && (request.method !== 'OPTIONS' || response.status > 299)) return [];
  const values = headerValues(response, 'allow');
  if (values.length === 0) return [];
  const listed = new Set(listMembers(values.join(',')));
  const missing = operation.contract.operations.filter(
    ({ path, method }) =>
      path === operation.path && method !== request.method && !NOT_ASKED.has(method) && !listed.has(method),
  );
  if (missing.length === 0) return [];
  return [
    {
      received: `Allow: ${values.join(', ')}`,
      documented: `also ${missing.map(({ method }) => method).join(', ')}`,
      source: operation.source,
    },
  ];
}
