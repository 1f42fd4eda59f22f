/** Does a PATCH leave alone what it does not name? */
import { sentBody } from '../compare/bodies.ts';
import { claimsOf, type Exchange, earlierStep } from '../exchange.ts';
import { isObject } from '../json/value.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX, RENAMED } from './item-samples.ts';
import { changedSince } from './same-answer.ts';
import { shownValue } from './shown-value.ts';

export const patchChangedMore: Check = {
  name: 'patch-changed-more',
  title: 'A PATCH leaves alone what it does not name',
  severity: 'error',
  appliesTo: 'sequences: the reading after a PATCH that sent some of the properties',
  description:
    'Compares the answers before and after. What only the server writes (`readOnly` properties, and names such as `updatedAt` or `version`) may change.',
  specification: 'https://www.rfc-editor.org/rfc/rfc5789#section-2',
  samples: {
    passing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Bella","age":3}',
      earlier: [MADE_REX, READ_REX, RENAMED],
      claims: [{ kind: 'keeps', before: 1, written: 2 }],
    },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Bella"}',
      earlier: [MADE_REX, READ_REX, RENAMED],
      claims: [{ kind: 'keeps', before: 1, written: 2 }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  return claimsOf(exchange, 'keeps').flatMap(({ before, written }) => {
    const was = earlierStep(exchange, before);
    const writer = earlierStep(exchange, written);
    const sent = writer === undefined ? undefined : sentBody(writer)?.value;
    if (was === undefined || writer === undefined || !isObject(sent)) return [];
    return changedSince(exchange, was, new Set(Object.keys(sent))).map(difference => ({
      received: `${shownValue(difference.received)}${timesAsked(exchange)}`,
      documented: `${shownValue(difference.sent)} as before, since ${writer.case.operation.key} did not name it`,
      source: writer.case.operation.source,
      instance: difference.pointer,
    }));
  });
}
