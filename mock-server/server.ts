/**
 * The mock server: a Fastify instance around `responder.ts`, with the limits and the words for requests that never
 * become one.
 */
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Contract } from '../contract/model.ts';
import { collectBody } from './collect-body.ts';
import { DOCS_PATH, documentPages } from './document-pages.ts';
import { WARNING_HEADER } from './problem.ts';
import { refuseOnSocket } from './refuse-on-socket.ts';
import type { RequestEntry } from './request-log.ts';
import { createResponder, type Responder, type ResponderOptions } from './responder.ts';
import { contractsOf, type Served } from './served.ts';

// An import would read every export of `node:http`, and its getters load the whole of `fetch`: 20 ms of CPU.
const { METHODS } = process.getBuiltinModule('node:http');

export interface MockServerOptions extends ResponderOptions {
  /** Bytes of a request body that are read; 50 MB unless told. */
  readonly bodyLimit?: number;
  /** Serves each document as a page under `/__docs`. Default: false. */
  readonly docs?: boolean;
  /** Answers over TLS with this certificate and key, both PEM. */
  readonly https?: { readonly cert: string | Uint8Array; readonly key: string | Uint8Array };
  /** Hears of each request once its answer is out. */
  readonly onRequest?: (entry: RequestEntry) => void;
  /** Hears of faults of our own, which are answered with 500. */
  readonly onFault?: (error: Error) => void;
}

const BODY_LIMIT = 50 * 1024 * 1024;
const responders = new WeakMap<FastifyInstance, Responder>();

/**
 * A Fastify instance that answers for all operations of some documents. It does not listen yet: `listen` and `inject`
 * are Fastify's own.
 *
 * @param documents - contracts, what `loadContracts` gave, or OpenAPI documents as values
 * @throws RehearsalError DOCUMENT_NO_CONTRACT
 * @example
 * ```ts
 * import { createMockServer } from './mock-server/server.ts';
 *
 * const server = createMockServer({ openapi: '3.1.1', paths: { '/pets': { get: { responses: { 204: {} } } } } });
 * console.log((await server.inject('/pets')).statusCode); // 204
 * ```
 */
export function createMockServer(
  documents: Served | readonly Served[],
  options: MockServerOptions = {},
): FastifyInstance {
  const contracts = contractsOf(documents);
  const { https, onRequest } = options;
  let heard = false;
  const responder = createResponder(contracts, options, {
    remember: onRequest !== undefined,
    unheard: () => !heard,
  });
  const app = fastify({
    logger: false,
    // The types tell a server with TLS apart from one without; what is done with it here is the same.
    // Node's own refusal of a request without Host would carry no mark.
    ...((https === undefined
      ? { http: { requireHostHeader: false } }
      : { https: { ...https, requireHostHeader: false } }) as object),
    exposeHeadRoutes: false,
    // A client that sends its request drop by drop is let go.
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => {
      // What is wrong with a path has one wording, whoever found it.
      if (error.code === 'FST_ERR_BAD_URL') responder.respond(request, reply, undefined);
      else responder.refuse(request, reply, { kind: 'malformed-request', detail: error.message });
      const refusal = responder.sentTo(request)?.refusal;
      onRequest?.({ ...entryOf(request), status: reply.statusCode, milliseconds: 0, refusal });
    },
    clientErrorHandler: refuseOnSocket,
  });
  onSendHook(app, () => {
    heard = true;
  });
  // Nobody must do what nobody knows (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT')
      app.addHttpMethod(method, { hasBody: true });
  }
  mountResponder(app, responder, ['*'], options);
  if (options.docs === true) app.register(documentPages(responder.contracts, DOCS_PATH));
  responders.set(app, responder);
  return app;
}

/** Tells when somebody asks to see, or to change, what is sent. Fastify has no question for it. */
function onSendHook(app: FastifyInstance, tell: () => void): void {
  const { addHook } = app;
  // Instances of plugins inherit this one, so which of them is asked must stay as it is.
  app.addHook = function (this: FastifyInstance, ...words: Parameters<typeof addHook>) {
    if (String(words[0]) === 'onSend') tell();
    return addHook.apply(this, words);
  } as typeof addHook;
}

/** Lets a server answer for other documents from its next request on; requests under way end as they began. */
export function replaceDocuments(server: FastifyInstance, documents: Served | readonly Served[]): void {
  const contracts: readonly Contract[] = contractsOf(documents);
  responders.get(server)?.replace(contracts);
}

/** Puts a responder into an instance, or into the context of a plugin. */
export function mountResponder(
  app: FastifyInstance,
  responder: Responder,
  urls: readonly string[],
  { bodyLimit = BODY_LIMIT, onRequest, onFault }: MockServerOptions,
): void {
  // Bodies stay bytes: what they mean depends on the operation.
  app.removeAllContentTypeParsers();
  const collect = collectBody(bodyLimit);
  app.addContentTypeParser('*', { bodyLimit }, collect);
  // The same for every type that is one: Fastify remembers which pattern a header fits, but not that only `*` was left.
  app.addContentTypeParser(/^/, { bodyLimit }, collect);
  for (const url of urls) {
    app.route({
      method: app.supportedMethods,
      url,
      bodyLimit,
      exposeHeadRoute: false,
      handler: (request, reply) => {
        const answered = responder.respond(request, reply, bytesOf(request));
        // Fastify would wait for a reply that it is given back, with listeners that cost more than the answer.
        return answered === reply ? undefined : answered;
      },
    });
  }
  app.setErrorHandler<Error & { code?: string; statusCode?: number }>((error, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const detail = `A body may have ${bodyLimit} bytes.`;
      return responder.refuse(request, reply, { kind: 'too-large', detail });
    }
    // A Content-Type that is none: the operation says what it would have taken.
    if (
      error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ||
      error.code === 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE'
    ) {
      return responder.respond(request, reply, hasBody(request) ? UNREAD : undefined);
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return responder.refuse(request, reply, { kind: 'malformed-request', detail: error.message });
    }
    onFault?.(error);
    const detail = `This is a fault in rehearsal itself: ${error.message}`;
    return responder.refuse(request, reply, { kind: 'mock-failed', detail });
  });
  app.addHook('preClose', done => {
    responder.close();
    done();
  });
  if (onRequest === undefined) return;
  app.addHook('onRequest', (request, reply, done) => {
    // Fastify keeps the time only for hooks of its own kind.
    const began = performance.now();
    // Of answers that nobody waits for any longer Fastify's own hook does not tell.
    const told = (aborted: boolean) => (): void => {
      reply.raw.off('finish', finished).off('close', closed);
      const sent = responder.sentTo(request);
      onRequest({
        ...entryOf(request),
        status: reply.statusCode,
        milliseconds: performance.now() - began,
        refusal: sent?.refusal,
        warning: sent?.headers.find(([name]) => name === WARNING_HEADER)?.[1],
        aborted,
      });
    };
    const [finished, closed] = [told(false), told(true)];
    reply.raw.on('finish', finished).on('close', closed);
    done();
  });
}

function entryOf({ raw }: FastifyRequest): RequestEntry {
  return {
    method: raw.method ?? '',
    path: raw.url?.split('?')[0] ?? '',
    status: 0,
    milliseconds: 0,
    refusal: undefined,
    warning: undefined,
    aborted: false,
  };
}

/** Stands for a body that Fastify would not read: there is one, and its type alone refuses it. */
const UNREAD = new Uint8Array(1);

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A message without any length has no body (RFC 9112, 6.3); where it has a type, Fastify hands over an empty one. */
function bytesOf({ body, headers }: FastifyRequest): Uint8Array | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  const framed =
    body.byteLength > 0 ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined;
  return framed ? body : undefined;
}
