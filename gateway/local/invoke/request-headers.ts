/** Headers on the way to a back end: which ones a mapping may not set, and which ones do not travel (apigateway.md 16.2). */

const FORBIDDEN = new Set([
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
]);
const FORBIDDEN_FOR_AWS = new Set(['authorization', 'connection', 'expect', 'proxy-authenticate', 'te']);

/** True for a header whose mapping fails each request. */
export function forbiddenRequestHeader(name: string, integrationType: string): boolean {
  const lower = name.toLowerCase();
  return FORBIDDEN.has(lower) || (integrationType.startsWith('AWS') && FORBIDDEN_FOR_AWS.has(lower));
}

/** About the client's connection, or made anew by the gateway. */
const NOT_PROXIED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** True for a header of the client that HTTP_PROXY hands on. */
export function isProxiedRequestHeader(name: string): boolean {
  return !NOT_PROXIED.has(name.toLowerCase());
}
