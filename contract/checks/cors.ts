/** Will browsers let a page of another origin read the answer? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isToken, isWholeNumber, listMembers } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const cors: Check = {
  name: 'cors',
  title: 'CORS headers are such that browsers heed them',
  severity: 'error',
  appliesTo: 'answers with headers of Access-Control',
  description:
    'Access-Control-Allow-Origin is `*`, `null` or one origin, without a path and without a slash at its end; a list of origins is none. Methods and headers are lists of names, the maximum age whole seconds. Where there are no such headers nothing is asked: an API need not be open to pages.',
  specification: 'https://fetch.spec.whatwg.org/#http-responses',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Access-Control-Allow-Origin': 'https://pets.example', Vary: 'Origin' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Access-Control-Allow-Origin': 'https://a.example, https://b.example' },
    },
  },
  check,
};

const NOTHING: readonly Finding[] = [];
const LISTS = [
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
];

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  let findings: Finding[] | undefined;
  const tell = (received: string, documented: string): void =>
    void (findings ??= []).push({ received, documented, source: answerSource(exchange) });
  const [origin] = headerValues(response, 'access-control-allow-origin');
  if (origin !== undefined && !isOrigin(origin))
    tell(`Access-Control-Allow-Origin: ${origin}`, '*, null or one origin such as https://pets.example');
  for (const name of LISTS) {
    const values = headerValues(response, name);
    if (values.length > 0 && !listMembers(values.join(',')).every(isToken))
      tell(`${name}: ${values.join(', ')}`, 'a list of names');
  }
  const [age] = headerValues(response, 'access-control-max-age');
  if (age !== undefined && !isWholeNumber(age) && age !== '-1')
    tell(`Access-Control-Max-Age: ${age}`, 'whole seconds');
  return findings ?? NOTHING;
}

function isOrigin(value: string): boolean {
  if (value === '*' || value === 'null') return true;
  // Browsers compare texts, and theirs are in lower case; schemes of apps have origins of their own.
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s,?#]+$/i.test(value);
}
