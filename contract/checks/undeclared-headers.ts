/** Does the answer bear headers that the document does not name? */
import { documentedResponse, type Exchange, headersOf } from '../exchange.ts';
import { FRAMING_HEADERS } from '../http/framing-headers.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

const LIMITED = `responses:
  "200":
    description: Pets
    headers: { X-Remaining: { schema: { type: integer } } }`;

export const undeclaredHeaders: Check = {
  name: 'undeclared-headers',
  title: 'The answer bears only headers that the document names',
  severity: 'error',
  optional: true,
  asks: 'answer',
  appliesTo: 'answers of a documented status',
  description:
    'Asked only on request (`--undeclared-headers`), since no document forbids a header. What HTTP itself, caches, CORS and gateways add everywhere need not be named.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#response-object',
  samples: {
    passing: {
      operation: LIMITED,
      status: 200,
      headers: { 'X-Remaining': '41', Date: 'Sun, 06 Nov 1994 08:49:37 GMT' },
    },
    failing: { operation: LIMITED, status: 200, headers: { 'X-Debug-Query': 'SELECT 1' } },
  },
  check,
};

const EVERYWHERE: ReadonlySet<string> = new Set([
  'accept-ranges',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'content-disposition',
  'content-language',
  'content-location',
  'content-range',
  'content-security-policy',
  'date',
  'etag',
  'expires',
  'last-modified',
  'pragma',
  'referrer-policy',
  'retry-after',
  'server',
  'strict-transport-security',
  'vary',
  'via',
  'www-authenticate',
  'x-content-type-options',
  'x-frame-options',
]);
const FAMILIES = /^(?:access-control-|cross-origin-|x-amz|cf-|sec-)/;

function check(exchange: Exchange): readonly Finding[] {
  const { case: tested, response } = exchange;
  const documented = documentedResponse(tested.operation, response.status);
  if (documented === undefined) return [];
  const named = new Set([...documented.headers.keys()].map(name => name.toLowerCase()));
  const findings: Finding[] = [];
  for (const [name, values] of headersOf(response)) {
    if (named.has(name) || FRAMING_HEADERS.has(name) || EVERYWHERE.has(name) || FAMILIES.test(name)) continue;
    findings.push({
      received: `${name}: ${values.join(', ')}`,
      documented: 'no such header',
      source: answerSource(exchange),
    });
  }
  return findings;
}
