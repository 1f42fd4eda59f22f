/** Does a JSON body say something twice, so that readers take different values from it? */
import { contentTypeOf, type Exchange, hasNoBody } from '../exchange.ts';
import { utf8Text } from '../http/body/bytes.ts';
import { isJson } from '../http/media-type.ts';
import { findDuplicateKeys } from '../json/parse.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole, type ReadBody, readBody } from './read-body.ts';

export const duplicateKeys: Check = {
  name: 'duplicate-keys',
  title: 'JSON objects have each key once',
  severity: 'error',
  appliesTo: 'bodies of JSON, documented or not',
  description:
    'Of a key that stands twice some readers take the first value, most the last, and some refuse the whole text, so that nobody knows what was said. Keys are compared as they read after their escapes.',
  specification: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: A pet } }',
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Rex","age":3}',
    },
    failing: {
      operation: 'responses: { "200": { description: A pet } }',
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Rex","name":"Max"}',
    },
  },
  check,
};

/** Longer ones are not read a second time for this. */
const LONGEST = 1_048_576;

const known = new WeakMap<ReadBody, ReturnType<typeof findDuplicateKeys>>();

function check(exchange: Exchange): readonly Finding[] {
  const { body } = exchange.response;
  if (body.length < MIN || body.length > LONGEST || hasNoBody(exchange) || !isWhole(exchange.response))
    return NOTHING;
  if (!isJson(contentTypeOf(exchange.response) ?? '')) return NOTHING;
  const read = readBody(exchange);
  let keys = read === undefined ? undefined : known.get(read);
  if (keys === undefined) {
    keys = findDuplicateKeys(utf8Text(body) ?? '');
    if (read !== undefined) known.set(read, keys);
  }
  if (keys.length === 0) return NOTHING;
  const source = answerSource(exchange);
  return keys.map(({ key, line, firstLine, pointer }) => ({
    received: `the key ${JSON.stringify(key)} on line ${firstLine} and again on line ${line}`,
    documented: 'each key once',
    source,
    instance: pointer,
  }));
}

const NOTHING: readonly Finding[] = [];
/** `{"":0,"":0}` is the shortest that can say something twice. */
const MIN = 11;
