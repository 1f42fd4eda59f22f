/** Are the dates in headers dates? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isHttpDate } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const httpDates: Check = {
  name: 'http-dates',
  title: 'Dates are written as HTTP writes them',
  severity: 'error',
  appliesTo: 'answers with Date or Sunset',
  description:
    'One form in English and GMT, whose weekday fits the day. The two old forms are for readers to understand, not for servers to send. Dates for caches are told by cache-headers, Retry-After has a check of its own.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { Date: 'Sun, 06 Nov 1994 08:49:37 GMT' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { Sunset: '2027-12-31' },
    },
  },
  check,
};

const NOTHING: readonly Finding[] = [];
/** Most answers of a run bear the same few. */
let lastGood = '';

function check(exchange: Exchange): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const name of ['Date', 'Sunset']) {
    for (const value of headerValues(exchange.response, name)) {
      if (value === lastGood) continue;
      if (isHttpDate(value)) {
        lastGood = value;
        continue;
      }
      const documented = 'an HTTP date: Sun, 06 Nov 1994 08:49:37 GMT';
      (findings ??= []).push({ received: `${name}: ${value}`, documented, source: answerSource(exchange) });
    }
  }
  return findings ?? NOTHING;
}
