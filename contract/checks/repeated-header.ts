/** Does a header stand twice that can have one value only? */
import { type Exchange, headersOf } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const repeatedHeader: Check = {
  name: 'repeated-header',
  title: 'Headers of one value are sent once',
  severity: 'error',
  appliesTo: 'every exchange',
  description:
    'Content-Type, Location, ETag, Last-Modified, Retry-After, Access-Control-Allow-Origin and others are no lists. Where one stands twice, some clients take the first, some the last, and some join them to a value that is none.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.3',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { Vary: ['Accept', 'Origin'] },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': ['application/json', 'text/html'] },
      body: '[]',
    },
  },
  check,
};

const ONE_VALUE: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-max-age',
  'age',
  'content-disposition',
  'content-location',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'retry-after',
]);

function check(exchange: Exchange): readonly Finding[] {
  const headers = headersOf(exchange.response);
  if (headers.size === exchange.response.headers.length) return NOTHING;
  const findings: Finding[] = [];
  for (const [name, values] of headers) {
    if (values.length < 2 || !ONE_VALUE.has(name)) continue;
    findings.push({
      received: `${name} ${values.length} times: ${values.join(' and ')}`,
      documented: 'one value',
      source: answerSource(exchange),
    });
  }
  return findings;
}

const NOTHING: readonly Finding[] = [];
