/** Headers that an integration response may map, and that clients do not see under their name (apigateway 16.2, recorded). */

/** API Gateway keeps these for itself and sends them as `x-amzn-Remapped-…`; Transfer-Encoding it never sends. */
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
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

/** True for a name that reaches the client otherwise, or not at all. */
export function isRemapped(name: string): boolean {
  return REMAPPED.has(name.toLowerCase());
}
