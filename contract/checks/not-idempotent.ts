/** Does the same PUT once more change anything? */
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX } from './item-samples.ts';
import { changedSince } from './same-answer.ts';
import { shownValue } from './shown-value.ts';

export const notIdempotent: Check = {
  name: 'not-idempotent',
  title: 'The same PUT twice does what it does once',
  severity: 'error',
  appliesTo: 'sequences: the reading after a PUT that was sent a second time',
  description:
    'Compares the answers after the first and after the second. What only the server writes (`readOnly` properties, and names such as `updatedAt` or `version`) may change.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  samples: {
    passing: { ...READ_REX, earlier: [MADE_REX, READ_REX], claims: [{ kind: 'same', as: 1 }] },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Rex","age":6}',
      earlier: [MADE_REX, READ_REX],
      claims: [{ kind: 'same', as: 1 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  return claimsOf(exchange, 'same').flatMap(({ as }) => {
    const first = earlierStep(exchange, as);
    if (first === undefined) return [];
    return changedSince(exchange, first).map(({ received, sent, pointer }) => ({
      received: `${shownValue(received)}${timesAsked(exchange)}`,
      documented: `${shownValue(sent)}, as after the same request the first time`,
      source: exchange.case.operation.source,
      instance: pointer,
    }));
  });
}
