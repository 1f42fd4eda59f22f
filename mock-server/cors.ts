/**
 * Cross-origin requests: any page may read the mock's answers, as the page of a front end under development must,
 * unless the origins that may are named.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */

/** True for any origin, false for none, else those that are named: `http://localhost:5173`. */
export type Cors = boolean | readonly string[];

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
export function preflightHeaders(
  cors: Cors,
  allow: string,
  requested: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const origin = originHeaders(cors, requested['origin']);
  const vary = {
    vary: cors === true ? 'Access-Control-Request-Headers' : 'Origin, Access-Control-Request-Headers',
  };
  if (origin[ALLOW_ORIGIN] === undefined) return vary;
  const wished = requested['access-control-request-headers'];
  const names = typeof wished === 'string' && /^[\w\-, ]{1,2000}$/.test(wished) ? wished : '*';
  return {
    ...origin,
    'access-control-allow-methods': allow,
    'access-control-allow-headers': names,
    'access-control-max-age': '600',
    ...vary,
  };
}

/** Says who may read the answer. Named origins may send their cookies along; a stranger is told nothing. */
export function originHeaders(cors: Cors, origin: unknown): Record<string, string> {
  if (cors === true) return { [ALLOW_ORIGIN]: '*' };
  if (cors === false) return {};
  if (typeof origin !== 'string' || !cors.includes(origin)) return { vary: 'Origin' };
  return { [ALLOW_ORIGIN]: origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
}

/** Lets the page read the headers as well; `*` would not count for requests with credentials. */
export function exposeHeaders(cors: Cors, names: Iterable<string>): Record<string, string> {
  return { 'access-control-expose-headers': cors === true ? '*' : [...names].join(', ') };
}
