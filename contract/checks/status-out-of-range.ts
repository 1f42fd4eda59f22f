/** Is the status one that HTTP has? */
import type { Exchange } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const statusOutOfRange: Check = {
  name: 'status-out-of-range',
  title: 'The status is one that HTTP has',
  severity: 'error',
  appliesTo: 'every exchange',
  description:
    'Statuses run from 100 to 599. What lies outside is invalid, and clients treat it as they like, most of them as 500.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15',
  samples: {
    passing: { operation: 'responses: { "200": { description: Pets } }', status: 200 },
    failing: { operation: 'responses: { default: { description: Pets } }', status: 900 },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  if (status >= 100 && status <= 599) return [];
  return [
    {
      received: `status ${status}`,
      documented: 'a status from 100 to 599, as RFC 9110 has them',
      source: answerSource(exchange),
    },
  ];
}
