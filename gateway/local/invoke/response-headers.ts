/**
 * The headers of an answer: which names API Gateway keeps, renames or drops on the way from an integration to the
 * client (apigateway.md 16.2), and what may stand in a header at all.
 */

/** Set by a response mapping, these reach the client under another name. */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

const REMAPPED_FROM_PROXY = new Set(['connection', 'content-length', 'date', 'server']);

/** Transfer-Encoding and its kin are about a connection that is not the client's. */
const DROPPED = new Set(['transfer-encoding']);
const DROPPED_FROM_PROXY = new Set(['content-encoding', 'transfer-encoding', 'via', 'keep-alive']);

/** Names as they reach the client; undefined for one that does not. */
export function mappedName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (DROPPED.has(lower)) return undefined;
  return REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

/** As {@link mappedName}, of what a back end behind HTTP_PROXY sent. */
export function proxiedName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (DROPPED_FROM_PROXY.has(lower)) return undefined;
  return REMAPPED_FROM_PROXY.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PLAIN = /^[\t\x20-\x7e]*$/;

/** Whether something can be the name of a header. */
export function isHeaderName(name: string): boolean {
  return TOKEN.test(name);
}

/** A value that cannot end its line or the head; what is beyond ASCII travels as UTF-8. */
export function headerValue(value: string): string {
  if (PLAIN.test(value)) return value;
  const line = value.replaceAll(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ');
  return Buffer.from(line).toString('latin1');
}
