/** Does a change of one thing leave the others alone? */
import { answerBody, resourceIn, sentBody } from '../compare/bodies.ts';
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import { joinPointer } from '../json/pointer.ts';
import { isObject, jsonEqual, own } from '../json/value.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX, RENAMED } from './item-samples.ts';
import { shownValue } from './shown-value.ts';

const CLAIM = { kind: 'untouched', before: 1, written: 2 } as const;
const EARLIER = [MADE_REX, READ_REX, { ...RENAMED, request: 'PATCH /pets/8' }];

export const neighbourChanged: Check = {
  name: 'neighbour-changed',
  title: 'A change of one thing leaves the others as they are',
  severity: 'error',
  appliesTo: 'sequences: the reading of a thing after another one beside it was changed or deleted',
  description:
    'Told where the other thing is not there any more, or has come to hold a value that was sent for its neighbour: the change was made to more than was named. Whatever else has changed may be a rule of the server, such as that one of all is the first.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4',
  samples: {
    passing: {
      ...READ_REX,
      earlier: EARLIER,
      claims: [CLAIM],
    },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Bella","age":3}',
      earlier: EARLIER,
      claims: [CLAIM],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  return claimsOf(exchange, 'untouched').flatMap(({ before, written }) => {
    const was = earlierStep(exchange, before);
    const writer = earlierStep(exchange, written);
    if (was === undefined || writer === undefined || !isAccepted(was)) return [];
    // Two things of one id are one, which is not for this check to say.
    if (writer.case.request.path === exchange.case.request.path) return [];
    const { key, source } = writer.case.operation;
    if (status === 404 || status === 410)
      return [
        {
          received: `status ${status}${timesAsked(exchange)}`,
          documented: `what was there before ${key} was asked of another one`,
          source,
        },
      ];
    return spread(exchange, was, writer).map(({ name, pointer, value }) => ({
      received: `${shownValue(value)}${timesAsked(exchange)}`,
      documented: `${name} as before, since ${key} named another one`,
      source,
      instance: pointer,
    }));
  });
}

/** The properties that had another value before, and now have the one that was sent elsewhere. */
function spread(
  exchange: Exchange,
  was: Exchange,
  writer: Exchange,
): readonly { readonly name: string; readonly pointer: string; readonly value: ReturnType<typeof own> }[] {
  const sent = sentBody(writer)?.value;
  if (!isAccepted(exchange) || !isObject(sent)) return [];
  const names = Object.keys(sent);
  const then = resourceIn(answerBody(was)?.value ?? null, names)?.value;
  const now = resourceIn(answerBody(exchange)?.value ?? null, names);
  if (then === undefined || now === undefined) return [];
  return names.flatMap(name => {
    const [old, value, told] = [own(then, name), own(now.value, name), own(sent, name)];
    if (value === undefined || told === undefined) return [];
    const changed = (old === undefined || !jsonEqual(old, value)) && jsonEqual(value, told);
    return changed ? [{ name, pointer: joinPointer(now.pointer, name), value }] : [];
  });
}
