/** Does a JSON body begin with JSON? */
import { contentTypeOf, type Exchange, hasNoBody } from '../exchange.ts';
import { isJson } from '../http/media-type.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole } from './read-body.ts';

export const jsonByteOrderMark: Check = {
  name: 'json-byte-order-mark',
  title: 'JSON begins without a byte order mark',
  severity: 'error',
  appliesTo: 'bodies of JSON, documented or not',
  description:
    'A server must not put a byte order mark before JSON that it sends: many parsers, `JSON.parse` among them, refuse the text for it.',
  specification: 'https://www.rfc-editor.org/rfc/rfc8259#section-8.1',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '[]',
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '\ufeff[]',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { body } = exchange.response;
  if (
    body[0] !== 0xef ||
    body[1] !== 0xbb ||
    body[2] !== 0xbf ||
    hasNoBody(exchange) ||
    !isWhole(exchange.response)
  )
    return [];
  if (!isJson(contentTypeOf(exchange.response) ?? '')) return [];
  return [
    {
      received: 'a byte order mark before the JSON',
      documented: 'JSON from the first byte on',
      source: answerSource(exchange),
    },
  ];
}
