/** Are the documented headers there, and are they what the document says? */

import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import { FRAMING_HEADERS } from '../http/framing-headers.ts';
import { parseHeader } from '../http/parameter-style.ts';
import type { Header } from '../model.ts';
import { validate } from '../schema/validate.ts';
import type { Check, Finding } from './check.ts';

const LIMITED = `responses:
  "200":
    description: Pets
    headers:
      X-Remaining: { required: true, schema: { type: integer, minimum: 0 } }`;

export const responseHeaders: Check = {
  name: 'response-headers',
  title: 'The documented headers are there and right',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'answers whose status documents headers',
  description:
    'Required headers must be present, and each one that is present must fit its schema once it is read in style `simple`. Headers that belong to the connection, and headers that the document does not name, are left alone.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#header-object',
  samples: {
    passing: { operation: LIMITED, status: 200, headers: { 'x-remaining': '41' } },
    failing: { operation: LIMITED, status: 200, headers: { 'x-remaining': 'many' } },
  },
  check,
};

const NOTHING: readonly Finding[] = [];

function check({ case: { operation }, response }: Exchange): readonly Finding[] {
  const documented = documentedResponse(operation, response.status);
  if (documented === undefined || documented.headers.size === 0) return NOTHING;
  const findings: Finding[] = [];
  for (const [name, header] of documented.headers) {
    if (FRAMING_HEADERS.has(name.toLowerCase())) continue;
    const values = headerValues(response, name);
    if (values.length > 0) findings.push(...remembered(name, header, values));
    else if (header.required) {
      findings.push({
        received: `no ${name} header`,
        documented: 'a required header',
        source: header.source,
      });
    }
  }
  return findings;
}

/** The last value of each header, since most answers bear the same. */
const known = new WeakMap<Header, { readonly text: string; readonly findings: readonly Finding[] }>();

function remembered(name: string, header: Header, values: readonly string[]): readonly Finding[] {
  const text = values.length === 1 ? (values[0] ?? '') : values.join('\n');
  const before = known.get(header);
  if (before?.text === text) return before.findings;
  const findings = judge(name, header, values);
  known.set(header, { text, findings });
  return findings;
}

function judge(name: string, header: Header, values: readonly string[]): readonly Finding[] {
  const received = `${name}: ${values.join(', ')}`;
  // Cookies are never one list: their dates hold commas (RFC 9110, 5.3).
  const all = name.toLowerCase() === 'set-cookie' ? values.map(value => [value]) : [values];
  return all.flatMap(group => {
    const read = parseHeader(header, group);
    if ('malformed' in read) return [{ received, documented: read.malformed, source: header.source }];
    const schema = header.schema ?? header.content?.schema;
    if (schema === undefined || read.value === undefined) return [];
    return validate(schema, read.value, { direction: 'response' }).map(violation => ({
      received,
      documented: `${violation.message} (${violation.keyword})`,
      source: violation.schema,
    }));
  });
}
