/**
 * Names with one or more values each: the headers and the query of a request. API Gateway has both readings of them,
 * all values in order and the last one alone (apigateway.md 3.2, 11.1).
 */
import { formDecoded } from './percent.ts';

export type MultiValues = ReadonlyMap<string, readonly string[]>;

/** A query as templates and mappings see it: decoded. @throws GatewayFailure for broken percent-encoding */
export function parseQuery(query: string): MultiValues {
  const values = new Map<string, string[]>();
  if (query === '') return values;
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = formDecoded(equals === -1 ? part : part.slice(0, equals));
    add(values, name, equals === -1 ? '' : formDecoded(part.slice(equals + 1)));
  }
  return values;
}

/** Which the client is not heard on: they are about the connection, and the gateway sets its own. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length']);

/** Two names are written in one way, whatever the client wrote. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
]);

/**
 * The headers of a request, in the client's own spelling (11.1); with `whole`, those of an answer, which are all heard.
 *
 * @param raw - name, value, name, value
 */
export function parseHeaders(raw: readonly string[], whole: boolean = false): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const spellings = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const lower = name.toLowerCase();
    if (!whole && OF_THE_CONNECTION.has(lower)) continue;
    let spelling = spellings.get(lower);
    if (spelling === undefined) {
      spelling = (whole ? undefined : WRITTEN.get(lower)) ?? name;
      spellings.set(lower, spelling);
    }
    add(values, spelling, raw[index + 1] ?? '');
  }
  return values;
}

export function add(values: Map<string, string[]>, name: string, value: string): void {
  const list = values.get(name);
  if (list === undefined) values.set(name, [value]);
  else list.push(value);
}

/** Sets a header whatever it was called before. */
export function replaceHeader(
  headers: Map<string, readonly string[]>,
  name: string,
  values: readonly string[],
): void {
  const lower = name.toLowerCase();
  for (const other of headers.keys()) if (other.toLowerCase() === lower) headers.delete(other);
  headers.set(name, values);
}

/** The last value of a header among name, value, name, value; names in any case. */
export function rawHeader(raw: readonly string[], lowerName: string): string | undefined {
  for (let index = raw.length - 2; index >= 0; index -= 2) {
    const name = raw[index] ?? '';
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return raw[index + 1];
  }
  return undefined;
}

/** The values of a header, whatever its case. */
export function valuesOfHeader(headers: MultiValues, name: string): readonly string[] | undefined {
  const exact = headers.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [other, values] of headers) {
    if (other.toLowerCase() === lower) return values;
  }
  return undefined;
}

/** A media type without its parameters, in lower case. */
export function mediaType(header: string): string {
  const end = header.indexOf(';');
  return (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
}

/** What a client says it sends; `application/json` when it says nothing (2.2). */
export function contentTypeOf(raw: readonly string[]): string {
  const header = rawHeader(raw, 'content-type');
  return header === undefined || header.trim() === '' ? 'application/json' : mediaType(header);
}

/** The first media type a client accepts; `application/json` when it does not say (3.7). */
export function acceptOf(raw: readonly string[]): string {
  const header = rawHeader(raw, 'accept');
  if (header === undefined || header.trim() === '') return 'application/json';
  const end = header.indexOf(',');
  return mediaType(end === -1 ? header : header.slice(0, end));
}

/** Name, value, name, value as pairs. */
export function pairs(headers: readonly string[]): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    found.push([headers[index] ?? '', headers[index + 1] ?? '']);
  }
  return found;
}
