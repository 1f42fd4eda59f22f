/** Does a PUT replace what is there, or only add to it? */
import { answerBody, resourceIn, sentBody } from '../compare/bodies.ts';
import { differences } from '../compare/differences.ts';
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import { declaredProperty } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject, own } from '../json/value.ts';
import type { Operation, Schema } from '../model.ts';
import { timesAsked } from './asked.ts';
import type { Check, EarlierSample, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX } from './item-samples.ts';
import { shownValue } from './shown-value.ts';

const REPLACED: EarlierSample = { ...MADE_REX, request: 'PUT /pets/7', status: 200 };
const REPLACED_BY_LESS: EarlierSample = { ...REPLACED, requestBody: '{"name":"Rex"}' };
const EARLIER = [REPLACED, READ_REX, REPLACED_BY_LESS];
const CLAIM = { kind: 'drops', first: 0, before: 1, written: 2 } as const;

export const putMerged: Check = {
  name: 'put-merged',
  title: 'A PUT leaves nothing of what it replaces',
  severity: 'error',
  appliesTo: 'sequences: the reading after a PUT that sends less than the PUT before it',
  description:
    'PUT says what the whole thing is from now on; to change a part of it is what PATCH is for. Told of a property that one PUT sent and the thing then showed, that the next PUT left out as the document allows, and that is still there with the same value. A property with a `default` is left alone, and so is an operation whose own words say that it merges.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4',
  samples: {
    passing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Rex"}',
      earlier: EARLIER,
      claims: [CLAIM],
    },
    failing: { ...READ_REX, earlier: EARLIER, claims: [CLAIM] },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'drops').flatMap(({ first, before, written }) => {
    const [full, was, less] = [first, before, written].map(index => earlierStep(exchange, index));
    if (full === undefined || was === undefined || less === undefined) return [];
    if (saysThatItMerges(less.case.operation)) return [];
    const sent = sentBody(full);
    const left = sentBody(less)?.value;
    const shown = answerBody(was);
    const now = answerBody(exchange);
    if (!isObject(sent?.value) || !isObject(left) || shown === undefined || now === undefined) return [];
    const names = Object.keys(sent.value);
    const then = resourceIn(shown.value, names)?.value;
    const is = resourceIn(now.value, names);
    if (then === undefined || is === undefined) return [];
    return names
      .filter(name => own(left, name) === undefined && mayBeLeftOut(name, sent.schema, now.schema))
      .filter(name => isKept(name, sent.value as JsonObject, then) && isKept(name, then, is.value))
      .map(name => ({
        received: `${shownValue(own(is.value, name))}${timesAsked(exchange)}`,
        documented: `nothing, or another value, since ${less.case.operation.key} left it out`,
        source: less.case.operation.source,
        instance: joinPointer(is.pointer, name),
      }));
  });
}

/** The client's to set, and without a value of its own. That it is optional shows in the request, which is valid. */
function mayBeLeftOut(name: string, sent: Schema | undefined, answered: Schema | undefined): boolean {
  const asked = sent === undefined ? undefined : declaredProperty(sent, name);
  const told = answered === undefined ? undefined : declaredProperty(answered, name);
  if (asked === undefined) return false;
  if (asked.readOnly || told?.readOnly === true || /^_?id$/i.test(name)) return false;
  return asked.default === undefined && told?.default === undefined;
}

/** The same value on both sides, and one that says something. */
function isKept(name: string, from: JsonObject, to: JsonObject): boolean {
  const [before, after] = [own(from, name), own(to, name)];
  if (before === undefined || after === undefined || saysNothing(before)) return false;
  return differences(before, after, undefined).next().done === true;
}

function saysNothing(value: Json): boolean {
  return value === null || value === '' || value === false || value === 0;
}

/** Many servers merge, and where the document tells people so, it is no surprise. */
function saysThatItMerges({ summary = '', description = '' }: Operation): boolean {
  return /\b(partial(ly)?|merge[sd]?|patch(es)?|only (the )?(\w+ )?(given|provided|supplied|specified|sent|present))\b|\b(omitted|left out|missing|absent)\b/i.test(
    `${summary} ${description}`,
  );
}
