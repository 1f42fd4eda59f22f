/** Can a client read when to come back? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isHttpDate, isWholeNumber } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const retryAfter: Check = {
  name: 'retry-after',
  title: 'Retry-After is a number of seconds or a date',
  severity: 'error',
  appliesTo: 'answers with Retry-After',
  description:
    'Whole seconds or an HTTP date. Clients that cannot read it come back at once, which is what it should prevent. That it is there at all is asked only where the document requires it.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3',
  samples: {
    passing: {
      operation: 'responses: { "429": { description: Too many } }',
      status: 429,
      headers: { 'Retry-After': '30' },
    },
    failing: {
      operation: 'responses: { "429": { description: Too many } }',
      status: 429,
      headers: { 'Retry-After': '0.5s' },
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const [value] = headerValues(exchange.response, 'retry-after');
  if (value === undefined || isWholeNumber(value) || isHttpDate(value)) return [];
  return [
    {
      received: `Retry-After: ${value}`,
      documented: 'whole seconds, or an HTTP date',
      source: answerSource(exchange),
    },
  ];
}
