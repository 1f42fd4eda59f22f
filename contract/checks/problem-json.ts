/** Is a body that calls itself problem details what RFC 9457 says? */
import { contentTypeOf, type Exchange, hasNoBody } from '../exchange.ts';
import { utf8Text } from '../http/body/bytes.ts';
import { uriFault } from '../http/field-syntax.ts';
import { parseMediaType } from '../http/media-type.ts';
import { parseJson } from '../json/parse.ts';
import { isObject, type Json, jsonType, own } from '../json/value.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole } from './read-body.ts';
import { shownValue } from './shown-value.ts';

export const problemJson: Check = {
  name: 'problem-json',
  title: 'Problem details are what RFC 9457 says',
  severity: 'error',
  appliesTo: 'bodies of application/problem+json',
  description:
    "They are an object; `type` and `instance` are URI references, `title` and `detail` texts, `status` a number, each if it is there. `status` must be the answer's own, for clients read the one or the other. Members beside these are the schema's matter, and so is a `null`, which says that there is none.",
  specification: 'https://www.rfc-editor.org/rfc/rfc9457#section-3.1',
  samples: {
    passing: {
      operation: 'responses: { "404": { description: None } }',
      status: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: '{"type":"about:blank","title":"Not Found","status":404}',
    },
    failing: {
      operation: 'responses: { "404": { description: None } }',
      status: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: '{"type":"about:blank","title":"Not Found","status":400}',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const type = contentTypeOf(response);
  if (type === undefined || response.body.length === 0 || hasNoBody(exchange) || !isWhole(exchange.response))
    return [];
  const media = parseMediaType(type);
  if (media?.type !== 'application' || media.subtype !== 'problem+json') return [];
  const text = utf8Text(response.body);
  const read = text === undefined ? undefined : parseJson(text);
  // A body that is not JSON is told by response-body.
  if (read === undefined || !('value' in read)) return [];
  const source = answerSource(exchange);
  const { value } = read;
  if (!isObject(value)) {
    const received = `${jsonType(value)} as problem details`;
    return [{ received, documented: 'an object, as RFC 9457 has it', source, instance: '' }];
  }
  return MEMBERS.flatMap(([name, fault]) => {
    const member = own(value, name);
    const documented = member === undefined || member === null ? undefined : fault(member, response.status);
    return documented === undefined
      ? []
      : [{ received: shownValue(member), documented, source, instance: `/${name}` }];
  });
}

type Fault = (value: Json, status: number) => string | undefined;

const text: Fault = value => (typeof value === 'string' ? undefined : 'a string, as RFC 9457 has it');

const uri: Fault = value => {
  if (typeof value !== 'string') return 'a URI reference, as RFC 9457 has it';
  const fault = value === '' ? undefined : uriFault(value);
  return fault === undefined ? undefined : `a URI reference, as RFC 9457 has it; ${fault}`;
};

const sameStatus: Fault = (value, status) =>
  value === status ? undefined : `${status}, the status of the answer`;

const MEMBERS: readonly (readonly [name: string, fault: Fault])[] = [
  ['type', uri],
  ['title', text],
  ['status', sameStatus],
  ['detail', text],
  ['instance', uri],
];
