/**
 * The headers of an answer: what the document declares for the response, as it travels. Headers that belong to the
 * connection or to the framing of the message are the server's own and never taken from the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#header-object
 */

import { FRAMING_HEADERS } from '../http/framing-headers.ts';
import { serializeHeader } from '../http/parameter-style.ts';
import type { Json } from '../json/value.ts';
import type { Header, Response } from '../model.ts';
import type { Problem } from '../problem.ts';
import { sample } from '../schema/sample.ts';
import { isValid } from '../schema/validate.ts';

/** A header's name as the document writes it, and its value. */
export type AnswerHeader = readonly [name: string, value: string];

/**
 * What the document's own words rarely tell: a bare `string` would let `Access-Control-Allow-Origin: sample` through.
 * Used where the schema allows it.
 */
const USUAL: ReadonlyMap<string, string> = new Map([
  ['access-control-allow-origin', '*'],
  ['access-control-allow-methods', '*'],
  ['access-control-allow-headers', '*'],
  ['access-control-expose-headers', '*'],
  ['access-control-max-age', '600'],
  ['age', '0'],
  ['allow', 'GET, HEAD, OPTIONS'],
  ['cache-control', 'no-store'],
  ['content-disposition', 'attachment'],
  ['content-language', 'en'],
  ['content-location', '/'],
  ['content-range', 'bytes 0-0/1'],
  ['date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['etag', '"sample"'],
  ['expires', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['last-modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['link', '</>; rel="self"'],
  ['location', '/'],
  ['retry-after', '1'],
  ['set-cookie', 'session=sample; Path=/'],
  ['sunset', 'Thu, 31 Dec 2026 23:59:59 GMT'],
  ['vary', 'Accept'],
  ['www-authenticate', 'Bearer'],
]);

/** What a status lives by, and documents forget to declare (RFC 9110, 15). */
const BELONGING: ReadonlyMap<number, AnswerHeader> = new Map([
  [206, ['Content-Range', 'bytes 0-0/1']],
  [301, ['Location', '/']],
  [302, ['Location', '/']],
  [303, ['Location', '/']],
  [307, ['Location', '/']],
  [308, ['Location', '/']],
]);

/** The declared headers of a response with their values, in document order, and the one that its status lives by. */
export function answerHeaders(
  response: Response,
  status: number,
  report: (problem: Problem) => void,
): readonly AnswerHeader[] {
  const headers = declaredHeaders(response, report);
  const belonging = BELONGING.get(status);
  const wanted = belonging?.[0].toLowerCase();
  return belonging === undefined || headers.some(([name]) => name.toLowerCase() === wanted)
    ? headers
    : [...headers, belonging];
}

function declaredHeaders(response: Response, report: (problem: Problem) => void): readonly AnswerHeader[] {
  const headers: AnswerHeader[] = [];
  for (const [name, header] of response.headers) {
    if (FRAMING_HEADERS.has(name.toLowerCase()) || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) continue;
    if (
      !header.required &&
      header.schema === undefined &&
      header.content === undefined &&
      header.examples.length === 0
    )
      continue;
    const text = headerText(header, report);
    if (text !== undefined) headers.push([name, text]);
  }
  return headers;
}

function headerText(header: Header, report: (problem: Problem) => void): string | undefined {
  const serialized = header.examples.find(example => example.serializedValue !== undefined)?.serializedValue;
  const value = serialized ?? headerValue(header, report);
  if (value === undefined) return undefined;
  if (serialized === undefined) {
    const written = serializeHeader(header.name, header, value);
    if (written.where === 'header') return written.text;
  }
  if (typeof value !== 'string') return undefined;
  // What no header can carry as it is, a line break above all, is percent-encoded (RFC 9110, 5.5).
  const text = visible(value);
  if (header.schema !== undefined && !isValid(header.schema, text, 'response')) {
    report({
      rule: 'answer-breaks-schema',
      severity: 'warning',
      message: `The header ${header.name} does not keep to its schema, because no header can carry ${JSON.stringify(value)}.`,
      source: header.source,
      fix: 'Allow a value of visible characters without line breaks.',
    });
  }
  return text;
}

function headerValue(header: Header, report: (problem: Problem) => void): Json | undefined {
  const { content } = header;
  const schema = header.schema ?? content?.schema;
  const examples = [...header.examples, ...(content?.examples ?? [])];
  const keeps = (value: Json): boolean => schema === undefined || isValid(schema, value, 'response');
  for (const { value } of examples) if (value !== undefined && keeps(value)) return value;
  const given = [
    ...(schema?.examples ?? []),
    ...(schema?.default === undefined ? [] : [schema.default.value]),
  ].find(keeps);
  if (given !== undefined) return given;
  const usual = USUAL.get(header.name.toLowerCase());
  if (usual !== undefined && schema?.format === undefined && keeps(usual)) return usual;
  if (schema === undefined) return usual ?? 'sample';
  const made = sample(schema, { direction: 'response', name: header.name });
  if ('value' in made) return made.value;
  // Left out when it may be; else wrong is still nearer to the document than missing.
  report({
    rule: 'sample-impossible',
    severity: 'warning',
    message: `No value is known for the header ${header.name}: ${made.problem.message}`,
    source: header.source,
    fix: made.problem.fix,
  });
  return header.required ? (examples[0]?.value ?? 'sample') : undefined;
}

function visible(text: string): string {
  return text
    .toWellFormed()
    .trim()
    .replace(/[^\t\x20-\x7e]+/g, part => encodeURIComponent(part));
}
