/** What is sent to every form of the mock in order to compare their answers: requests, ready to be sent by whatever means. */
import { basePathOf, serverUrl } from '../../contract/build/server-object.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { casePlan } from '../../contract/plan/case-plan.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import { mockPlan } from '../../contract/plan/mock-plan.ts';

export interface Sent {
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** Paths of the document stand below it. It is nobody's. */
export const ORIGIN: string = 'http://mock.test';

/**
 * Requests that cannot be made with the Fetch API, each with why. The first two hold for every platform, the others
 * for pages only.
 */
const UNFETCHABLE: readonly {
  readonly why: string;
  readonly page?: true;
  readonly is: (request: Sent) => boolean;
}[] = [
  {
    why: 'a GET or HEAD with a body (https://fetch.spec.whatwg.org/#dom-request)',
    is: ({ method, body }) => body !== undefined && (method === 'GET' || method === 'HEAD'),
  },
  {
    why: 'a forbidden method (https://fetch.spec.whatwg.org/#forbidden-method)',
    is: ({ method }) => ['TRACE', 'TRACK', 'CONNECT'].includes(method),
  },
  {
    why: 'a header that browsers keep for themselves (https://fetch.spec.whatwg.org/#forbidden-request-header)',
    page: true,
    is: ({ headers }) =>
      Object.keys(headers).some(name =>
        /^(cookie|origin|host|accept-encoding|date|via|te|referer|expect|(access-control-request|sec|proxy)-.*)$/i.test(
          name,
        ),
      ),
  },
];

/** Whether the Fetch API can make the request at all, in Node or in a page. */
export function isFetchable(sent: Sent, where: 'node' | 'page'): boolean {
  return !UNFETCHABLE.some(({ is, page }) => (page === undefined || where === 'page') && is(sent));
}

function sentOf(
  title: string,
  { operation, request }: Case,
  more: Readonly<Record<string, string>> = {},
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

const WISHES = [
  'code=299',
  'example=nothing',
  'dynamic=true',
  'dynamic=true, seed=7',
  'dynamic=true, seed=8, code=400',
  'code=200, example=nothing, dynamic=true',
  'delay=1',
  'x"',
];

/**
 * Everything worth sending to one operation: its cases, valid and broken; other methods; bodies that are none; and, for
 * `choices`, one valid request for every status, media type and named example, with wishes and Accept headers of all
 * kinds.
 */
export function* requestsFor(
  operation: Operation,
  { maxCases, choices }: { readonly maxCases: number; readonly choices: boolean },
): Generator<Sent> {
  const cases = [...casePlan(operation, { depth: 'standard', maxCases })];
  for (const one of cases) yield sentOf(one.id, one);
  const valid = cases.find(({ intent }) => intent === 'positive');
  if (valid === undefined) return;
  const { key } = operation;
  if (choices) yield* choicesOf(operation, valid);
  const plain = sentOf('', valid);
  yield { ...plain, title: `${key} HEAD`, method: 'HEAD', body: undefined };
  yield { ...plain, title: `${key} OPTIONS`, method: 'OPTIONS', body: undefined };
  yield { ...plain, title: `${key} PROPFIND`, method: 'PROPFIND' };
  if (plain.body !== undefined) yield* brokenBodies(plain, key);
}

function* choicesOf(operation: Operation, valid: Case): Generator<Sent> {
  const { key } = operation;
  const { answers } = mockPlan(operation);
  for (const { status, name, mediaType } of answers) {
    const prefer = `code=${status}${name === undefined ? '' : `, example=${JSON.stringify(name)}`}`;
    const accept = mediaType ?? '*/*';
    yield sentOf(`${key} ${prefer} ${accept}`, valid, { prefer, accept });
  }
  for (const prefer of WISHES) yield sentOf(`${key} ${prefer}`, valid, { prefer });
  const types = [...new Set(answers.flatMap(({ mediaType }) => mediaType ?? []))];
  for (const accept of acceptHeaders(types)) yield sentOf(`${key} Accept: ${accept}`, valid, { accept });
  const plain = sentOf('', valid);
  const joined = plain.url.includes('?') ? '&' : '?';
  yield { ...plain, title: `${key} wishes`, url: `${plain.url}${joined}__code=404&__seed=2` };
}

/** Nothing there is, the first or the last liked best or refused, and headers that can hardly be read. */
function acceptHeaders(types: readonly string[]): readonly string[] {
  const [first = 'text/plain', last = first] = [types.at(0), types.at(-1)];
  const range = `${first.split('/')[0]}/*`;
  return [
    'no/thing',
    `${first};q=0.1, ${last};q=0.9`,
    `${first};q=0.9, ${last};q=0.1`,
    `${first};q=0, */*;q=0.1`,
    `${range};q=0.4, */*;q=0.2`,
    `${range};q=0`,
    `${first};q=2, nothing, ;;,`,
    '',
  ];
}

function* brokenBodies(plain: Sent, key: string): Generator<Sent> {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const { 'content-type': _type, ...untyped } = plain.headers;
  for (const type of ['', 'no/thing', 'nothing']) {
    const headers = { ...untyped, 'content-type': type };
    yield { ...plain, title: `${key} as ${JSON.stringify(type)}`, headers };
  }
  yield { ...plain, title: `${key} without type`, headers: untyped };
  yield { ...plain, title: `${key} broken body`, body: bytes('{"a":') };
  yield { ...plain, title: `${key} empty body`, body: bytes('') };
  yield { ...plain, title: `${key} no body`, body: undefined };
}

/** What leads to no operation. It is asked below an address that is the API's own. */
export function* strayRequests(contract: Contract): Generator<Sent> {
  const own = contract.servers.map(serverUrl).find(url => /^https?:/.test(url) && URL.canParse(url));
  if (own === undefined) return;
  const base = own.replace(/[?#].*$/, '').replace(/\/$/, '');
  for (const path of ['/', '/nothing/there', '/%00', '/%zz', '/%c3%28', '/a?b=c', '//', '/__proto__']) {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      yield { title: `${method} ${path}`, method, url: base + path, headers: {}, body: undefined };
  }
}
