/** Failures and exchanges in words and lines, for reports that people read. What is long is cut, what is unprintable shown as an escape. */
import type { BodyRecord, FailureRecord, RequestRecord, ResponseRecord } from './records.ts';
import { describePlace } from './records.ts';

/** Characters of a body that are shown. */
const LONGEST_BODY = 2000;

/** `status 418` and where in the body it was found. */
export function receivedText({ received, instance }: FailureRecord): string {
  return `${received}${instance === undefined || instance === '' ? '' : ` at ${instance}`}`;
}

/** What is wrong, one line for each thing to know. */
export function failureLines(failure: FailureRecord): readonly string[] {
  return [
    `Received    ${receivedText(failure)}`,
    `Documented  ${failure.documented}`,
    `Where       ${describePlace(failure.place)}`,
  ];
}

/** Why a failure does not count, or counts again. */
export function knownText({ known }: FailureRecord): string | undefined {
  if (known === undefined) return undefined;
  return known.expired
    ? `known, but only until ${known.expires}: ${known.reason}`
    : `known until ${known.expires}: ${known.reason}`;
}

/** The request and its answer as lines of HTTP, marked with `>` and `<`. */
export function exchangeLines(
  request: RequestRecord,
  response: ResponseRecord | undefined,
): readonly string[] {
  return [...requestLines(request).map(line => `> ${line}`.trimEnd()), ...answerLines(response)];
}

function answerLines(response: ResponseRecord | undefined): readonly string[] {
  if (response === undefined) return [];
  return ['', ...responseLines(response).map(line => `< ${line}`.trimEnd())];
}

/** The request as it went on the wire, without what the connection adds. */
export function requestLines(request: RequestRecord): readonly string[] {
  const { method, path, query, headers, contentType } = request;
  return [
    `${method} ${path}${query === '' ? '' : `?${query}`}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
    ...bodyLines(request),
  ];
}

export function responseLines(response: ResponseRecord): readonly string[] {
  return [
    // A request that is dropped each time has an exchange without an answer.
    response.status === 0 ? '(no answer)' : String(response.status),
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    ...bodyLines(response),
  ];
}

function bodyLines(record: BodyRecord): readonly string[] {
  const { body, bodyBase64 } = record;
  if (bodyBase64 !== undefined) {
    const size = record.bodyBytes ?? Math.floor((bodyBase64.length * 3) / 4);
    return ['', `(${size} bytes that are no text)`];
  }
  if (body === undefined || body === '') return [];
  const shown = body.slice(0, LONGEST_BODY).toWellFormed();
  const left = (record.bodyBytes ?? body.length) - shown.length;
  return ['', ...shown.split(/\r\n|\r|\n/), ...(left > 0 ? [`(and ${left} more)`] : [])];
}

/** Every character that a terminal, XML or a page could take for an order, as `\u001b`. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text
    .replace(UNPRINTABLE, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(LONE, unit => `\\u${unit.charCodeAt(0).toString(16)}`);
}

const UNPRINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
