/** Do the numbers of a rate limit make sense together? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isWholeNumber } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const rateLimit: Check = {
  name: 'rate-limit',
  title: 'The numbers of a rate limit make sense',
  severity: 'warning',
  appliesTo:
    'answers with X-RateLimit-Limit and X-RateLimit-Remaining, or RateLimit-Limit and RateLimit-Remaining',
  description:
    'No more can be left than there is, and what is left is no negative number. Other forms of these headers are left alone, since there is no standard for them; what the document says about them is asked by response-headers.',
  specification: 'https://www.rfc-editor.org/rfc/rfc6585#section-4',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '59' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '61' },
    },
  },
  check,
};

const FAMILIES = ['X-RateLimit', 'RateLimit'];

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  return FAMILIES.flatMap(family => {
    const [limit] = headerValues(response, `${family}-Limit`);
    const [remaining] = headerValues(response, `${family}-Remaining`);
    if (limit === undefined || remaining === undefined || !isWholeNumber(limit)) return [];
    if (!/^-?\d+$/.test(remaining)) return [];
    const left = Number(remaining);
    if (left >= 0 && left <= Number(limit)) return [];
    return [
      {
        received: `${family}-Remaining: ${remaining} of ${limit}`,
        documented: 'from 0 to the limit',
        source: answerSource(exchange),
      },
    ];
  });
}
