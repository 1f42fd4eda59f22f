/**
 * The mock server: HTTP around `answer.ts`. It turns what Fastify hands over into a request of the contract's kind and
 * sends the reply; which reply that is, it does not decide.
 */
import { METHODS } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Contract } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';
import { createAnswerer } from './answer.ts';
import { ALLOW_ORIGIN, isPreflight, preflightHeaders } from './cors.ts';
import { type RefusalDetails, type Reply, refuse } from './problem.ts';
import { respond } from './respond.ts';
import { buildRoutes, type Routes } from './routes.ts';

export interface MockServerOptions {
  /** Bytes of a request body that are read; 50 MB unless told. */
  readonly bodyLimit?: number;
  /** Lets pages of any origin read the answers. Default: true. */
  readonly cors?: boolean;
  /** Hears each problem that was not known before once: routes' at once, an operation's own when it is first used. */
  readonly onProblem?: (problem: Problem) => void;
  /** Hears of faults of our own, which are answered with 500. */
  readonly onFault?: (error: Error) => void;
}

const BODY_LIMIT = 50 * 1024 * 1024;

/**
 * A Fastify instance that answers for all operations of some contracts. It does not listen yet: `listen` and `inject`
 * are Fastify's own.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { createMockServer } from './mock-server/server.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * const server = createMockServer(contract === undefined ? [] : [contract]);
 * console.log((await server.inject('/pets')).statusCode); // 204
 * ```
 */
export function createMockServer(
  contracts: readonly Contract[],
  options: MockServerOptions = {},
): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    exposeHeadRoutes: false,
    // A client that sends its request drop by drop is let go.
    requestTimeout: 120_000,
    frameworkErrors: (error, _request, reply) => {
      sendRefusal(reply, { kind: 'malformed-request', detail: error.message });
    },
    clientErrorHandler: refuseOnSocket,
  });
  const responder = createResponder(contracts, options);
  // Bodies stay bytes: what they mean depends on the operation.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT')
      app.addHttpMethod(method, { hasBody: true });
  }
  app.route({
    method: app.supportedMethods,
    url: '*',
    handler: (request, reply) => responder.respond(request, reply, bytesOf(request.body)),
  });
  app.setErrorHandler<Error & { code?: string; statusCode?: number }>((error, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const detail = `A body may have ${options.bodyLimit ?? BODY_LIMIT} bytes.`;
      return sendRefusal(reply, { kind: 'too-large', detail });
    }
    // A Content-Type that is none: the operation says what it would have taken.
    if (
      error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ||
      error.code === 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE'
    ) {
      return responder.respond(request, reply, hasBody(request) ? UNREAD : undefined);
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendRefusal(reply, { kind: 'malformed-request', detail: error.message });
    }
    options.onFault?.(error);
    return sendRefusal(reply, {
      kind: 'mock-failed',
      detail: `This is a fault in rehearsal itself: ${error.message}`,
    });
  });
  return app;
}

/** Stands for a body that Fastify would not read: there is one, and its type alone refuses it. */
const UNREAD = new Uint8Array(1);

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

interface Responder {
  readonly respond: (
    request: FastifyRequest,
    reply: FastifyReply,
    body: Uint8Array | undefined,
  ) => FastifyReply;
}

function createResponder(contracts: readonly Contract[], options: MockServerOptions): Responder {
  const { cors = true } = options;
  const told = new WeakSet(contracts.flatMap(({ problems }) => problems));
  const routes = buildRoutes(contracts);
  // Telling takes time, finding the place in a large document above all, so the answer goes first.
  const untold: Problem[] = [];
  const tell = (): void => {
    for (const problem of untold.splice(0)) {
      if (!told.has(problem)) options.onProblem?.(problem);
      told.add(problem);
    }
  };
  const answer = createAnswerer(
    options.onProblem === undefined ? {} : { onProblem: problem => untold.push(problem) },
  );
  untold.push(...routes.problems);
  tell();
  const sent = new WeakMap<Reply, Sent>();
  const keep = (reply: Reply): Sent => {
    let ready = sent.get(reply);
    if (ready === undefined) {
      ready = prepare(reply, cors);
      sent.set(reply, ready);
    }
    return ready;
  };
  return {
    respond: (request, reply, body) => {
      const { method, headers, url = '/' } = request.raw;
      const target = url.startsWith('/') ? url : originForm(url);
      const mark = target.indexOf('?');
      const path = mark === -1 ? target : target.slice(0, mark);
      const query = mark === -1 ? '' : target.slice(mark + 1);
      if (cors && isPreflight(method ?? '', headers)) {
        const allow = preflightAllow(routes, path);
        if (allow !== undefined)
          return reply
            .code(204)
            .headers(preflightHeaders(allow, headers['access-control-request-headers']))
            .send();
      }
      const made = respond(routes, answer, { method: method ?? 'GET', path, query, headers, body });
      send(reply, made.status, made.lasting ? keep(made) : prepare(made, cors));
      if (untold.length > 0) tell();
      return reply;
    },
  };
}

/** The methods a preflight may be granted; undefined where the document answers OPTIONS itself. */
function preflightAllow(routes: Routes, path: string): string | undefined {
  const found = routes.find('OPTIONS', path);
  switch (found.kind) {
    case 'operation':
      return found.operation.method === 'OPTIONS' ? undefined : found.allow;
    case 'method':
      return found.allow;
    case 'path':
      // The page should be able to read that there is nothing here.
      return '*';
    default:
      return found satisfies never;
  }
}

interface Sent {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly payload: string | Buffer | undefined;
}

/** A reply in the form that Fastify sends with the least work; kept as long as the reply is. */
function prepare({ headers: list, body }: Reply, cors: boolean): Sent {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of list) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] =
      before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value];
  }
  if (cors && headers[ALLOW_ORIGIN] === undefined) headers[ALLOW_ORIGIN] = '*';
  return { headers, payload: body === undefined || typeof body === 'string' ? body : payloadOf(body) };
}

/** Node sends a short text together with the headers, and bytes after them in a write of their own. */
function payloadOf(body: Uint8Array): string | Buffer {
  if (body.byteLength <= SHORT) {
    try {
      return UTF8.decode(body);
    } catch {
      // Not a text.
    }
  }
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

const SHORT = 16_384;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Keeps Fastify from adding a charset that the document does not have. */
function asItIs(payload: unknown): string {
  return payload as string;
}

function sendRefusal(reply: FastifyReply, details: RefusalDetails): FastifyReply {
  const refusal = refuse(details);
  return send(reply, refusal.status, prepare(refusal, true));
}

function send(reply: FastifyReply, status: number, { headers, payload }: Sent): FastifyReply {
  return reply.code(status).headers(headers).serializer(asItIs).send(payload);
}

/** `GET http://host/path HTTP/1.1`, as clients write to proxies (RFC 9112, 3.2.2). */
function originForm(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}

function bytesOf(body: unknown): Uint8Array | undefined {
  return body instanceof Uint8Array ? body : undefined;
}

/** What Node's parser refuses never becomes a request; it is told in the same words nevertheless. */
function refuseOnSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const kind =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'too-slow'
        : 'malformed-request';
  const { status, headers, body = '' } = refuse({ kind, detail: error.message });
  const bytes = Buffer.from(body);
  const lines = [...headers, ['Content-Length', String(bytes.byteLength)], ['Connection', 'close']];
  const head = `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  if (socket.writable) socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
  socket.destroySoon();
}
