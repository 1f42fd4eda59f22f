/** Is HEAD answered where GET is, though the document does not speak of it? */
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, READ_PET, READ_REX } from './item-samples.ts';

export const headRefused: Check = {
  name: 'head-refused',
  title: 'HEAD is answered wherever GET is',
  severity: 'warning',
  appliesTo:
    'sequences: HEAD after a GET of the same address that succeeded, where the document does not name HEAD',
  description:
    'HTTP asks every general-purpose server for it, yet many frameworks leave it out, and a document that is silent promises nothing.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.1',
  samples: {
    passing: {
      operation: READ_PET,
      method: 'GET',
      request: 'HEAD /pets/7',
      status: 200,
      headers: JSON_TYPE,
      earlier: [READ_REX],
      claims: [{ kind: 'head-of', get: 0, first: 0, documented: false }],
    },
    failing: {
      operation: READ_PET,
      method: 'GET',
      request: 'HEAD /pets/7',
      expectation: 'any',
      status: 405,
      earlier: [READ_REX],
      claims: [{ kind: 'head-of', get: 0, first: 0, documented: false }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (status < 400) return [];
  return claimsOf(exchange, 'head-of').flatMap(({ get, documented }) => {
    const was = earlierStep(exchange, get);
    if (documented || was === undefined) return [];
    return [
      {
        received: `status ${status}`,
        documented: `HEAD is answered as GET is, with status ${was.response.status}`,
        source: exchange.case.operation.source,
      },
    ];
  });
}
