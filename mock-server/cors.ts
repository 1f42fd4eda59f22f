/**
 * Cross-origin requests: any page may read the mock's answers, as the page of a front end under development must.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */

/** On every answer, unless the document declares the header itself. */
export const ALLOW_ORIGIN = 'access-control-allow-origin';

/** True for a browser's question whether it may send a request. */
export function isPreflight(method: string, headers: Readonly<Record<string, unknown>>): boolean {
  return (
    method === 'OPTIONS' &&
    headers['origin'] !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** The headers that let the request happen. The page's wishes are only repeated when they are plain header names. */
export function preflightHeaders(allow: string, requested: unknown): Record<string, string> {
  const names = typeof requested === 'string' && /^[\w\-, ]{1,2000}$/.test(requested) ? requested : '*';
  return {
    [ALLOW_ORIGIN]: '*',
    'access-control-allow-methods': allow,
    'access-control-allow-headers': names,
    'access-control-max-age': '600',
    vary: 'Access-Control-Request-Headers',
  };
}
