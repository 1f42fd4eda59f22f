/** Is the header there without which the status says nothing? */
import { type Exchange, headerValues } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const missingStatusHeader: Check = {
  name: 'missing-status-header',
  title: 'A status brings the header that it lives by',
  severity: 'error',
  appliesTo: 'redirections (301, 302, 303, 307, 308) and the statuses 206, 407 and 426',
  description:
    'A redirection without Location leads nowhere, a part without Content-Range (or multipart/byteranges) belongs nowhere, and 407 and 426 must say what they ask for, in Proxy-Authenticate and Upgrade. Allow on 405 and WWW-Authenticate on 401 have checks of their own.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  samples: {
    passing: {
      operation: 'responses: { "303": { description: Over there } }',
      status: 303,
      headers: { Location: '/animals' },
    },
    failing: { operation: 'responses: { "303": { description: Over there } }', status: 303 },
  },
  check,
};

const NEEDED: ReadonlyMap<number, string> = new Map([
  [206, 'Content-Range'],
  [301, 'Location'],
  [302, 'Location'],
  [303, 'Location'],
  [307, 'Location'],
  [308, 'Location'],
  [407, 'Proxy-Authenticate'],
  [426, 'Upgrade'],
]);

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const name = NEEDED.get(response.status);
  if (name === undefined || headerValues(response, name).length > 0) return [];
  const [type = ''] = headerValues(response, 'content-type');
  if (response.status === 206 && /^multipart\/byteranges\b/i.test(type)) return [];
  return [
    {
      received: `status ${response.status} without ${name}`,
      documented: `${name}, which RFC 9110 joins to this status`,
      source: answerSource(exchange),
    },
  ];
}
