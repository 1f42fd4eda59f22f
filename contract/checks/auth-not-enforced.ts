/** Does a protected operation serve somebody who has not said who they are? */
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const authNotEnforced: Check = {
  name: 'auth-not-enforced',
  title: 'Protected operations ask for credentials',
  severity: 'error',
  asks: 'refusal',
  appliesTo: 'cases sent without the credentials that the document requires, or with wrong ones',
  description:
    'The request is valid but for its credentials, which are left out, given ones too, or made wrong. A success means that the operation is open; 401 and 403 are the answers expected, and no other refusal counts as a failure.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#security-requirement-object',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }\nsecurity: [{ key: [] }]',
      expectation: 'unauthenticated',
      status: 401,
      headers: { 'WWW-Authenticate': 'Key realm="Pets"' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }\nsecurity: [{ key: [] }]',
      expectation: 'unauthenticated',
      status: 200,
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  const wrong = tested.expectation === 'unauthenticated' || tested.breaks === 'credentials';
  if (!wrong || !isAccepted(exchange)) return [];
  const schemes = tested.operation.security.map(names => names.map(({ name }) => name).join(' and '));
  return [
    {
      received: `status ${response.status} with ${tested.name}`,
      documented: `credentials are required: ${schemes.join(', or ')}`,
      source: tested.why,
    },
  ];
}
