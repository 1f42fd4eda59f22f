/**
 * Names and values as they stand in a query, a form or a `Cookie` header: names decoded, values still raw, because a
 * style splits a value at its delimiters before anything in it is decoded.
 */
import { formDecode } from './percent-encoding.ts';

/** Decoded name to raw values, both in the order in which they came. */
export type NamedValues = ReadonlyMap<string, readonly string[]>;

const NONE: NamedValues = new Map();

/**
 * The pairs of a query string or a urlencoded form. A pair without `=` has an empty value. A name that cannot be
 * decoded stands as written: no declared name is equal to it.
 *
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function parseQuery(query: string): NamedValues {
  if (query === '') return NONE;
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    add(values, formDecode(name) ?? name, equals === -1 ? '' : pair.slice(equals + 1));
  }
  return values;
}

/** The pairs of a `Cookie` header (RFC 6265, 4.2.1). Several headers, as HTTP/2 may send them, are one. */
export function parseCookies(header: string | readonly string[] | undefined): NamedValues {
  if (header === undefined || header === '') return NONE;
  const values = new Map<string, string[]>();
  for (const part of (typeof header === 'string' ? header : header.join(';')).split(';')) {
    const equals = part.indexOf('=');
    if (equals !== -1) add(values, part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return values;
}

function add(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known === undefined) values.set(name, [value]);
  else known.push(value);
}
