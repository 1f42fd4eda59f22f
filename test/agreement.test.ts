/**
 * Law: the mock server and the MSW handlers give the same answer. Sent to both: for every operation of every document
 * its cases, valid and broken, without credentials and with a wrong content type among them; then one valid request for
 * every status, media type and named example; then what no operation takes.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { getResponse, type RequestHandler } from 'msw';
import { describe, expect, test } from 'vitest';
import { basePathOf, serverUrl } from '../contract/build/server-object.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case, CaseRequest } from '../contract/plan/cases/case.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';
import { handlers } from '../mock-server/msw/handlers.ts';
import { createMockServer } from '../mock-server/server.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

/** Headers that only the server sends, each with why. One that both send has to be the same. */
const SERVER_ALONE: Readonly<Record<string, string>> = {
  'content-length': 'frames a message on a connection, which a Response is not (RFC 9112, 6.2)',
  connection: 'is about a connection (RFC 9110, 7.6.1)',
  'keep-alive': 'is about a connection (RFC 9112, 9.3)',
  date: 'is added where a message is sent (RFC 9110, 6.6.1)',
  'access-control-allow-origin':
    'a response that did not come from a network is not checked (https://fetch.spec.whatwg.org/#http-fetch)',
  'access-control-expose-headers': 'the same',
};

/** Requests that cannot be made with the Fetch API, each with why. */
const UNFETCHABLE: readonly { readonly why: string; readonly is: (request: Sent) => boolean }[] = [
  {
    why: 'a GET or HEAD with a body (https://fetch.spec.whatwg.org/#dom-request)',
    is: ({ method, body }) => body !== undefined && (method === 'GET' || method === 'HEAD'),
  },
  {
    why: 'a forbidden method (https://fetch.spec.whatwg.org/#forbidden-method)',
    is: ({ method }) => ['TRACE', 'TRACK', 'CONNECT'].includes(method),
  },
];

/**
 * The Fetch API parses a URL and writes it anew: `'` in a query becomes `%27`, `/./` in a path vanishes. Both are sent
 * what it wrote (https://url.spec.whatwg.org/#url-serializing).
 */
function asFetched(url: string): URL {
  return new URL(url);
}

interface Sent {
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

const ORIGIN = 'http://mock.test';

function sentOf(
  title: string,
  { operation, request }: Case,
  more: Readonly<Record<string, string>> = {},
): Sent {
  return sentTo(title, operation, request, more);
}

function sentTo(
  title: string,
  operation: Operation,
  request: CaseRequest,
  more: Readonly<Record<string, string>>,
): Sent {
  const [server] = operation.servers;
  const base = server === undefined ? '' : basePathOf(server);
  return {
    title,
    method: operation.method === 'ANY' ? 'PUT' : request.method,
    url: `${ORIGIN}${base}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
    headers: {
      ...Object.fromEntries(request.headers),
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
      ...more,
    },
    body: request.body,
  };
}

/** Everything worth sending to one operation. */
function* requestsFor(operation: Operation): Generator<Sent> {
  const cases = [...casePlan(operation, { depth: 'standard', maxCases: 25 })];
  for (const one of cases) yield sentOf(one.id, one);
  const valid = cases.find(({ intent }) => intent === 'positive');
  if (valid === undefined) return;
  for (const { status, name, mediaType } of mockPlan(operation).answers) {
    const prefer = `code=${status}${name === undefined ? '' : `, example=${JSON.stringify(name)}`}`;
    const accept = mediaType ?? '*/*';
    yield sentOf(`${operation.key} ${prefer} ${accept}`, valid, { prefer, accept });
  }
  for (const prefer of ['code=299', 'example=nothing', 'dynamic=true', 'dynamic=true, seed=7', 'x"']) {
    yield sentOf(`${operation.key} ${prefer}`, valid, { prefer });
  }
  yield sentOf(`${operation.key} accepts nothing there is`, valid, { accept: 'no/thing' });
  yield { ...sentOf(`${operation.key} HEAD`, valid), method: 'HEAD', body: undefined };
  yield { ...sentOf(`${operation.key} OPTIONS`, valid), method: 'OPTIONS', body: undefined };
  yield { ...sentOf(`${operation.key} PROPFIND`, valid), method: 'PROPFIND' };
  const { body, headers } = sentOf('', valid);
  if (body === undefined) return;
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (const type of ['', 'no/thing', 'nothing']) {
    const typed = { ...headers, 'content-type': type };
    yield { ...sentOf(`${operation.key} as ${JSON.stringify(type)}`, valid), headers: typed };
  }
  yield { ...sentOf(`${operation.key} without type`, valid), headers: withoutType(headers) };
  yield { ...sentOf(`${operation.key} broken body`, valid), body: bytes('{"a":') };
  yield { ...sentOf(`${operation.key} empty body`, valid), body: bytes('') };
  yield { ...sentOf(`${operation.key} no body`, valid), body: undefined };
  yield { ...sentOf(`${operation.key} wishes`, valid), url: `${sentOf('', valid).url}?__code=404` };
}

function withoutType(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}

/** What leads to no operation. It is asked below an address that is the API's own. */
function* strayRequests(contract: Contract): Generator<Sent> {
  const own = contract.servers.map(serverUrl).find(url => /^https?:/.test(url) && URL.canParse(url));
  if (own === undefined) return;
  const base = own.replace(/[?#].*$/, '').replace(/\/$/, '');
  for (const path of ['/', '/nothing/there', '/%00', '/%zz', '/%c3%28', '/a?b=c', '//', '/__proto__']) {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      yield { title: `${method} ${path}`, method, url: base + path, headers: {}, body: undefined };
  }
}

async function fromServer(server: FastifyInstance, { method, url, headers, body }: Sent): Promise<Got> {
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

async function fromHandlers(list: readonly RequestHandler[], sent: Sent): Promise<Got | undefined> {
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

/** In what two answers differ though they may not, one sentence each. */
function differences(server: Got, msw: Got | undefined): readonly string[] {
  if (msw === undefined) return ['MSW leaves it alone'];
  const found: string[] = [];
  if (server.status !== msw.status) found.push(`status ${server.status} and ${msw.status}`);
  if (server.body !== msw.body)
    found.push(
      `body ${JSON.stringify(server.body.slice(0, 300))} and ${JSON.stringify(msw.body.slice(0, 300))}`,
    );
  for (const name of new Set([...Object.keys(server.headers), ...Object.keys(msw.headers)])) {
    const [theirs, ours] = [server.headers[name], msw.headers[name]].map(oneText);
    if (theirs === ours || (ours === undefined && SERVER_ALONE[name] !== undefined)) continue;
    found.push(`header ${name} ${theirs} and ${ours}`);
  }
  return found;
}

function oneText(value: string | readonly string[] | undefined): string | undefined {
  return value === undefined || typeof value === 'string' ? value : value.join(', ');
}

describe.each(DOCUMENTS)('%s', name => {
  test('the server and MSW agree', async () => {
    const [loaded] = await loadContracts([name], { cwd: root });
    const contract = loaded?.contract;
    if (contract === undefined) throw new Error(`${name} is not a contract`);
    const server = createMockServer([contract]);
    const list = handlers(contract);
    const disagreements: string[] = [];
    let compared = 0;
    const compare = async (sent: Sent): Promise<void> => {
      if (UNFETCHABLE.some(({ is }) => is(sent))) return;
      compared += 1;
      const [theirs, ours] = [await fromServer(server, sent), await fromHandlers(list, sent)];
      disagreements.push(...differences(theirs, ours).map(difference => `${sent.title}: ${difference}`));
    };
    for (const operation of contract.operations) {
      for (const sent of requestsFor(operation)) await compare(sent);
    }
    for (const sent of strayRequests(contract)) await compare(sent);
    expect(disagreements.slice(0, 20)).toEqual([]);
    expect(compared).toBeGreaterThan(contract.operations.length * 5);
  });
});

test('differences are seen, and each permitted one has its reason', () => {
  const got = { status: 200, headers: { 'x-a': '1', 'set-cookie': ['a', 'b'] }, body: 'x' };
  expect(differences(got, got)).toEqual([]);
  expect(differences(got, undefined)).not.toEqual([]);
  expect(differences(got, { ...got, status: 201 })).toEqual(['status 200 and 201']);
  expect(differences(got, { ...got, body: 'y' })).toEqual(['body "x" and "y"']);
  expect(differences(got, { ...got, headers: { 'x-a': '1', 'set-cookie': ['a'] } })).toHaveLength(1);
  expect(differences(got, { ...got, headers: { ...got.headers, date: 'now' } })).toHaveLength(1);
  expect(differences({ ...got, headers: { ...got.headers, date: 'now' } }, got)).toEqual([]);
  for (const why of Object.values(SERVER_ALONE)) expect(why).not.toBe('');
});
