/** Can caches read what is said to them? */
import { type Exchange, headerValues } from '../exchange.ts';
import { isHttpDate, isParameter, isToken, isWholeNumber, listMembers } from '../http/field-syntax.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const cacheHeaders: Check = {
  name: 'cache-headers',
  title: 'Caches and conditions can read their headers',
  severity: 'error',
  appliesTo: 'answers with ETag, Last-Modified, Expires, Cache-Control, Age or Vary',
  description:
    'An ETag stands in double quotes, perhaps behind `W/`; Last-Modified and Expires are HTTP dates (`0` and `-1` in Expires mean "already"); Cache-Control is a list of directives, whose ages are whole seconds; Age is a number of seconds; Vary is `*` or a list of header names. A cache takes what it cannot read for whatever it likes.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9111#section-5',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { ETag: 'W/"7"', 'Cache-Control': 'private, max-age=60', Vary: 'Accept' },
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Cache-Control': 'max-age=soon' },
    },
  },
  check,
};

interface Form {
  readonly holds: (value: string) => boolean;
  readonly documented: string;
}

const FORMS: readonly (readonly [name: string, form: Form])[] = [
  [
    'ETag',
    {
      holds: value => /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(value),
      documented: 'an entity tag: a text in double quotes, perhaps behind W/',
    },
  ],
  ['Last-Modified', { holds: isHttpDate, documented: 'an HTTP date: Sun, 06 Nov 1994 08:49:37 GMT' }],
  [
    'Expires',
    {
      holds: value => value === '0' || value === '-1' || isHttpDate(value),
      documented: 'an HTTP date: Sun, 06 Nov 1994 08:49:37 GMT',
    },
  ],
  ['Age', { holds: isWholeNumber, documented: 'whole seconds' }],
  [
    'Vary',
    {
      holds: value => listMembers(value).every(isToken),
      documented: '* or a list of header names',
    },
  ],
  [
    'Cache-Control',
    {
      holds: value => listMembers(value).every(isDirective),
      documented: 'a list of directives, ages in whole seconds',
    },
  ],
];

const AGES: ReadonlySet<string> = new Set([
  'max-age',
  's-maxage',
  'stale-while-revalidate',
  'stale-if-error',
]);

function isDirective(text: string): boolean {
  const [name = '', value] = text.split(/=(.*)/s);
  if (!AGES.has(name.toLowerCase())) return isParameter(text);
  return value !== undefined && /^(?:\d+|"\d+")$/.test(value);
}

const NOTHING: readonly Finding[] = [];

function check(exchange: Exchange): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const [name, { holds, documented }] of FORMS) {
    const values = headerValues(exchange.response, name);
    if (values.length === 0) continue;
    const value = values.join(', ');
    // One that stands twice where there may be one is told by repeated-header.
    if (holds(value) || (values.length > 1 && values.every(holds))) continue;
    (findings ??= []).push({ received: `${name}: ${value}`, documented, source: answerSource(exchange) });
  }
  return findings ?? NOTHING;
}
