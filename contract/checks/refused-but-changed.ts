/** Has the server done what it refused to do? */
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX, RENAMING_REFUSED } from './item-samples.ts';
import { changedSince } from './same-answer.ts';
import { shownValue } from './shown-value.ts';

export const refusedButChanged: Check = {
  name: 'refused-but-changed',
  title: 'What is refused changes nothing',
  severity: 'error',
  appliesTo: 'sequences: the reading after a request that was refused with a 4xx',
  description:
    'Compares the answers before and after. What only the server writes (`readOnly` properties, and names such as `updatedAt` or `version`) may change.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5',
  samples: {
    passing: {
      ...READ_REX,
      earlier: [MADE_REX, READ_REX, RENAMING_REFUSED],
      claims: [{ kind: 'unchanged', before: 1, refused: 2 }],
    },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Bella","age":3}',
      earlier: [MADE_REX, READ_REX, RENAMING_REFUSED],
      claims: [{ kind: 'unchanged', before: 1, refused: 2 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  return claimsOf(exchange, 'unchanged').flatMap(({ before, refused }) => {
    const was = earlierStep(exchange, before);
    const tried = earlierStep(exchange, refused);
    if (was === undefined || tried === undefined) return [];
    return changedSince(exchange, was).map(({ received, sent, pointer }) => ({
      received: `${shownValue(received)}${timesAsked(exchange)}`,
      documented: `${shownValue(sent)} as before, since ${tried.case.operation.key} was refused with status ${tried.response.status}`,
      source: tried.case.operation.source,
      instance: pointer,
    }));
  });
}
