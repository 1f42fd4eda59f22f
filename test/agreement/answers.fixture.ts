/** Answers of the mock's forms, brought to one shape, and in what two of them differ though they may not. */
import type { FastifyInstance } from 'fastify';
import { getResponse, type RequestHandler } from 'msw';
import type { Sent } from './requests.fixture.ts';

export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** A character for each byte. */
  readonly body: string;
}

/** Headers that only the server sends, each with why. One that both send has to be the same. */
export const SERVER_ALONE: Readonly<Record<string, string>> = {
  'content-length': 'frames a message on a connection, which a Response is not (RFC 9112, 6.2)',
  connection: 'is about a connection (RFC 9110, 7.6.1)',
  'keep-alive': 'is about a connection (RFC 9112, 9.3)',
  date: 'is added where a message is sent (RFC 9110, 6.6.1)',
  'access-control-allow-origin':
    'a response that did not come from a network is not checked (https://fetch.spec.whatwg.org/#http-fetch)',
  'access-control-expose-headers': 'the same',
};

/** Headers that a page never gets to see. */
export const HIDDEN_FROM_PAGES: Readonly<Record<string, string>> = {
  'set-cookie':
    'is a forbidden response header (https://fetch.spec.whatwg.org/#forbidden-response-header-name)',
};

/** Refusals that only a server can come to, each with why. */
export const SERVER_REFUSALS: Readonly<Record<string, string>> = {
  'too-slow': 'a Request is whole before a handler sees it',
  'too-large': 'the page holds the body in its own memory anyway',
  'headers-too-large': "the limit is the HTTP parser's of Node.js",
  'mock-failed': "a fault in a handler is MSW's to tell: it answers 500 with the error",
  'server-unreachable': 'of a proxy, which handlers are none',
  'broken-answer': 'the same',
  'server-too-slow': 'the same',
};

/**
 * The Fetch API parses a URL and writes it anew: `'` in a query becomes `%27`, `/./` in a path vanishes. Both are sent
 * what it wrote (https://url.spec.whatwg.org/#url-serializing).
 */
function asFetched(url: string): URL {
  return new URL(url);
}

export async function fromServer(
  server: FastifyInstance,
  { method, url, headers, body }: Sent,
): Promise<Got> {
  const { pathname, search } = asFetched(url);
  // What `fetch` sends with a POST or PUT that has no body (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
  const empty = body === undefined && (method === 'POST' || method === 'PUT');
  const answer = await server.inject({
    method: method as 'GET',
    url: pathname + search,
    headers: { ...headers, ...(empty ? { 'content-length': '0' } : {}) },
    ...(body === undefined ? {} : { payload: Buffer.from(body) }),
  });
  const sent = Object.entries(answer.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value : String(value)] as const],
  );
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(sent),
    body: answer.rawPayload.toString('latin1'),
  };
}

export async function fromHandlers(list: readonly RequestHandler[], sent: Sent): Promise<Got | undefined> {
  const { method, url, headers, body } = sent;
  const request = new Request(asFetched(url), {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
  });
  const response = await getResponse([...list], request);
  if (response === undefined) return undefined;
  const cookies = response.headers.getSetCookie();
  return {
    status: response.status,
    headers: {
      ...Object.fromEntries(response.headers),
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    },
    body: Buffer.from(await response.arrayBuffer()).toString('latin1'),
  };
}

/**
 * In what two answers differ though they may not, one sentence each.
 *
 * @param permitted - headers that the server alone may send
 */
export function differences(
  server: Got,
  msw: Got | undefined,
  permitted: Readonly<Record<string, string>> = SERVER_ALONE,
): readonly string[] {
  if (msw === undefined) return ['MSW leaves it alone'];
  const found: string[] = [];
  if (server.status !== msw.status) found.push(`status ${server.status} and ${msw.status}`);
  if (server.body !== msw.body)
    found.push(
      `body ${JSON.stringify(server.body.slice(0, 300))} and ${JSON.stringify(msw.body.slice(0, 300))}`,
    );
  for (const name of new Set([...Object.keys(server.headers), ...Object.keys(msw.headers)])) {
    const [theirs, ours] = [server.headers[name], msw.headers[name]].map(oneText);
    if (theirs === ours || (ours === undefined && permitted[name] !== undefined)) continue;
    found.push(`header ${name} ${theirs} and ${ours}`);
  }
  return found;
}

function oneText(value: string | readonly string[] | undefined): string | undefined {
  return value === undefined || typeof value === 'string' ? value : value.join(', ');
}
