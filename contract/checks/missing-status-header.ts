/** Is the header there without which the status says nothing? */

import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { isGateway } from '../stage-kind.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const missingStatusHeader: Check = {
  name: 'missing-status-header',
  title: 'A status brings the header that it lives by',
  severity: 'error',
  appliesTo:
    'redirections (301, 302, 303, 307, 308), the statuses 206, 407 and 426, and 401 whose WWW-Authenticate is documented',
  description:
    'A redirection without Location leads nowhere, a part without Content-Range (or multipart/byteranges) belongs nowhere, and 407 and 426 must say what they ask for, in Proxy-Authenticate and Upgrade. WWW-Authenticate, which HTTP asks of every 401, is asked for where the document names it for that answer: then nobody left it out on purpose. Allow on 405 has a check of its own, and so has a 401 of which the document says nothing.',
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
  const name = NEEDED.get(response.status) ?? challengeOf(exchange);
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

/** A required one is asked for by response-headers. API Gateway renames the header. */
function challengeOf({ case: { operation }, response: { status }, stage }: Exchange): string | undefined {
  if (status !== 401 || isGateway(stage)) return undefined;
  const headers = [...(documentedResponse(operation, 401)?.headers ?? [])];
  const documented = headers.some(
    ([name, { required }]) => name.toLowerCase() === 'www-authenticate' && !required,
  );
  return documented ? 'WWW-Authenticate' : undefined;
}
