/** Is something found that nobody made? */
import { claimsOf, type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { READ_PET, READ_REX } from './item-samples.ts';

export const unknownFound: Check = {
  name: 'unknown-found',
  title: 'What nobody made is not found',
  severity: 'error',
  appliesTo: 'sequences: the reading of an id that nobody made, where 404 is documented',
  description:
    'The id is valid and made up. Only of servers that have shown to keep what they are told is anything else than a mock to be expected.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
  samples: {
    passing: {
      operation: READ_PET,
      request: 'GET /pets/987000000',
      expectation: 'any',
      status: 404,
      claims: [{ kind: 'unknown' }],
    },
    failing: {
      ...READ_REX,
      request: 'GET /pets/987000000',
      expectation: 'any',
      claims: [{ kind: 'unknown' }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { responses } = exchange.case.operation;
  const documented = responses.find(({ status }) => status === '404' || status === '410');
  if (documented === undefined || !isAccepted(exchange)) return [];
  return claimsOf(exchange, 'unknown').map(() => ({
    received: `status ${exchange.response.status} for an id that nobody made`,
    documented: `status ${documented.status}`,
    source: documented.source,
  }));
}
