/**
 * The mock as handlers for MSW: the same routes and the same answers as the mock server's, in Node and in a browser.
 * Knows MSW's handlers and the Fetch API, and nothing of HTTP servers.
 */
import { delay, HttpResponse, http, type RequestHandler } from 'msw';
import { contractOfFiles, type OtherFiles } from '../../contract/document-files.ts';
import type { WireRequest } from '../../contract/http/request.ts';
import type { Problem } from '../../contract/problem.ts';
import { type AnswerOptions, createAnswerer } from '../answer.ts';
import { isContract, readableContract } from '../given-contract.ts';
import type { Reply } from '../problem.ts';
import { respond } from '../respond.ts';
import { buildRoutes } from '../routes.ts';
import { areaOf, baseUrlOf, serverBaseUrls } from './base-urls.ts';

export interface HandlerOptions extends Pick<AnswerOptions, 'validate' | 'echo'>, OtherFiles {
  /**
   * Where the application calls the API: `https://api.example.com/v2`, or `/v2` for that path on any origin. Takes the
   * place of the document's servers, whose base paths are otherwise answered on any origin.
   */
  readonly baseUrl?: string | readonly string[];
  /**
   * What becomes of a request to the API's own address for a path that the document does not have: `refuse` (404, the
   * default) or `passthrough`, which leaves it to the handlers that follow and to the network. The API's own address is
   * `baseUrl` where it is given, else each server that the document names with its origin. Unknown paths elsewhere are
   * always left alone.
   */
  readonly unknownPaths?: 'refuse' | 'passthrough';
  /** Hears each problem of the document that answering brings to light, once. */
  readonly onProblem?: (problem: Problem) => void;
}

/**
 * MSW 3 request handlers that answer for all operations of a document. There is one handler, which knows all paths, so
 * that a request is matched by OpenAPI's order of paths and not by a handler's place in a list. Handlers given before
 * it win.
 *
 * @param document - an OpenAPI document as an object (an imported JSON module, say), or a contract that was read before
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 * @example
 * ```ts
 * import { setupServer } from 'msw/node';
 * import { handlers } from './mock-server/msw/handlers.ts';
 *
 * const document = { openapi: '3.1.1', info: { title: 'Pets', version: '1' }, paths: { '/pets': { get: { responses: { 204: {} } } } } };
 * const server = setupServer(...handlers(document, { baseUrl: 'https://pets.test' }));
 * server.listen({ onUnhandledFrame: 'error' });
 * console.log((await fetch('https://pets.test/pets')).status); // 204
 * server.close();
 * ```
 */
export function handlers(document: object, options: HandlerOptions = {}): readonly RequestHandler[] {
  const { baseUrl, unknownPaths = 'refuse', onProblem } = options;
  const contract = isContract(document)
    ? document
    : readableContract(contractOfFiles(document, options), 'The value');
  const bases =
    baseUrl === undefined
      ? serverBaseUrls(contract)
      : (typeof baseUrl === 'string' ? [baseUrl] : baseUrl).map(baseUrlOf);
  const routes = buildRoutes(
    [contract],
    baseUrl === undefined ? {} : { basePaths: [...new Set(bases.map(({ path }) => path))] },
  );
  const answer = createAnswerer(answererOptions(options));
  for (const problem of routes.problems) onProblem?.(problem);

  const isOurs = ({ url, method }: Request): boolean => {
    const { origin, path } = partsOf(url);
    const area = areaOf(bases, origin, path);
    if (area === 'outside') return false;
    return (area === 'own' && unknownPaths === 'refuse') || routes.find(method, path).kind !== 'path';
  };
  return [
    http.all(
      ({ request }) => isOurs(request),
      async ({ request, cookies }) => {
        const reply = respond(routes, answer, await wireRequest(request, cookies));
        if (reply.delay !== undefined) await delay(reply.delay);
        return responseOf(reply, request.method);
      },
    ),
  ];
}

function answererOptions({ validate, echo, onProblem }: HandlerOptions): AnswerOptions {
  return {
    ...(validate === undefined ? {} : { validate }),
    ...(echo === undefined ? {} : { echo }),
    ...(onProblem === undefined ? {} : { onProblem }),
  };
}

interface UrlParts {
  readonly origin: string;
  readonly path: string;
  readonly query: string;
}

/** What a `Request` holds has been parsed and written out again already, so its parts are only cut apart. */
function partsOf(url: string): UrlParts {
  const [, origin = '', path = '/', query = ''] = /^([^/]*\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  return { origin, path, query };
}

async function wireRequest(
  request: Request,
  cookies: Readonly<Record<string, string>>,
): Promise<WireRequest> {
  const { path, query } = partsOf(request.url);
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  // A page may not set the header itself; what the browser would send, MSW knows.
  if (headers['cookie'] === undefined && Object.keys(cookies).length > 0) {
    headers['cookie'] = Object.entries(cookies)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('; ');
  }
  return { method: request.method, path, query, headers, body: await bodyOf(request) };
}

/**
 * The body as it would arrive: POST and PUT without one are sent with a length of 0, which is an empty one.
 *
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  // Not every browser has `body`.
  const none = bytes.byteLength === 0 && (request.body ?? null) === null;
  return none && request.method !== 'POST' && request.method !== 'PUT' ? undefined : bytes;
}

/** Text is turned into bytes first: a text would be given a Content-Type that the document does not have. */
function responseOf({ status, headers, body }: Reply, method: string): Response {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const sent = new Headers();
  for (const [name, value] of headers) sent.append(name, value);
  const payload = method === 'HEAD' || bytes === undefined ? null : (bytes as Uint8Array<ArrayBuffer>);
  return new HttpResponse(payload, { status, headers: sent });
}
