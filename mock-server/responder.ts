/**
 * Requests of Fastify's kind, answered: it turns what Fastify hands over into a request of the contract's kind and
 * sends the reply. Which reply that is, it does not decide.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';
import { type Answerer, type AnswerOptions, createAnswerer } from './answer.ts';
import {
  ALLOW_ORIGIN,
  type Cors,
  exposeHeaders,
  isPreflight,
  originHeaders,
  preflightHeaders,
} from './cors.ts';
import { createWaits } from './delay.ts';
import { type RefusalDetails, type Reply, refuse } from './problem.ts';
import { respond } from './respond.ts';
import { buildRoutes, type Routes } from './routes.ts';

export interface ResponderOptions extends AnswerOptions {
  /** Lets pages of any origin read the answers (`true`, the default), of none, or of those named. */
  readonly cors?: Cors;
}

export interface Responder {
  readonly respond: (
    request: FastifyRequest,
    reply: FastifyReply,
    body: Uint8Array | undefined,
  ) => FastifyReply | Promise<FastifyReply>;
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, details: RefusalDetails) => FastifyReply;
  /** Answers for other contracts from the next request on. */
  readonly replace: (contracts: readonly Contract[]) => void;
  /** The contracts that are answered for now. */
  readonly contracts: () => readonly Contract[];
  /** What was sent to a request; kept only when `remember` is set. */
  readonly sentTo: (request: FastifyRequest) => Reply | undefined;
  /** Ends waits that clients asked for; connections go with their next answer. */
  readonly close: () => void;
}

interface Served {
  readonly contracts: readonly Contract[];
  readonly routes: Routes;
  readonly answer: Answerer;
}

/**
 * A responder for all operations of some contracts.
 *
 * @param prefix - what stands before the paths of the contracts, which know nothing of it
 * @param remember - keeps replies for `sentTo`
 */
export function createResponder(
  contracts: readonly Contract[],
  options: ResponderOptions,
  prefix = '',
  remember = false,
): Responder {
  const { cors = true } = options;
  const told = new WeakSet<Problem>();
  // Telling takes time, finding the place in a large document above all, so the answer goes first.
  const untold: Problem[] = [];
  const tell = (): void => {
    for (const problem of untold.splice(0)) {
      if (!told.has(problem)) options.onProblem?.(problem);
      told.add(problem);
    }
  };
  const serve = (next: readonly Contract[]): Served => {
    for (const problem of next.flatMap(({ problems }) => problems)) told.add(problem);
    const routes = buildRoutes(next);
    const { onProblem, ...rest } = options;
    const answer = createAnswerer({
      ...rest,
      ...(onProblem === undefined ? {} : { onProblem: (problem: Problem) => void untold.push(problem) }),
    });
    untold.push(...routes.problems);
    tell();
    return { contracts: next, routes, answer };
  };
  let served = serve(contracts);
  let closing = false;
  const waits = createWaits();
  const replies = new WeakMap<FastifyRequest, Reply>();
  const sent = new WeakMap<Reply, Sent>();
  const keep = (reply: Reply): Sent => {
    let ready = sent.get(reply);
    if (ready === undefined) {
      ready = prepare(reply, cors === true);
      sent.set(reply, ready);
    }
    return ready;
  };
  const deliver = (request: FastifyRequest, reply: FastifyReply, made: Reply): FastifyReply => {
    if (remember) replies.set(request, made);
    const ready = made.lasting ? keep(made) : prepare(made, cors === true);
    // A connection kept open would keep a closing server waiting for it.
    if (closing) reply.header('connection', 'close');
    const { origin } = request.headers;
    if (cors !== false && (origin !== undefined || cors !== true)) {
      if (cors !== true) reply.headers(originHeaders(cors, origin));
      if (origin !== undefined) reply.headers(exposeHeaders(cors, Object.keys(ready.headers)));
    }
    return send(reply, made.status, ready);
  };
  return {
    respond: (request, reply, body) => {
      const { method, headers, url = '/' } = request.raw;
      const target = (url.startsWith('/') ? url : originForm(url)).slice(prefix.length);
      const mark = target.indexOf('?');
      const path = (mark === -1 ? target : target.slice(0, mark)) || '/';
      const query = mark === -1 ? '' : target.slice(mark + 1);
      const { routes, answer } = served;
      if (cors !== false && isPreflight(method ?? '', headers)) {
        const allow = preflightAllow(routes, path);
        if (allow !== undefined)
          return reply
            .code(204)
            .headers(preflightHeaders(cors, allow, headers))
            .send();
      }
      const made = respond(routes, answer, { method: method ?? 'GET', path, query, headers, body });
      if (made.delay !== undefined && made.delay > 0 && !closing) {
        if (untold.length > 0) tell();
        return waits.wait(made.delay, reply.raw).then(() => deliver(request, reply, made));
      }
      deliver(request, reply, made);
      if (untold.length > 0) tell();
      return reply;
    },
    refuse: (request, reply, details) => deliver(request, reply, refuse(details)),
    replace: next => {
      served = serve(next);
    },
    contracts: () => served.contracts,
    sentTo: request => replies.get(request),
    close: () => {
      closing = true;
      waits.end();
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
function prepare({ headers, body }: Reply, cors: boolean): Sent {
  return {
    headers: headersOf(headers, cors),
    payload: body === undefined || typeof body === 'string' ? body : payloadOf(body),
  };
}

/** Of lists that come again, which are frozen. */
const known = [
  new WeakMap<Reply['headers'], Sent['headers']>(),
  new WeakMap<Reply['headers'], Sent['headers']>(),
];

function headersOf(list: Reply['headers'], cors: boolean): Sent['headers'] {
  if (!Object.isFrozen(list)) return headersFrom(list, cors);
  const kept = known[cors ? 1 : 0];
  let headers = kept?.get(list);
  if (headers === undefined) {
    headers = headersFrom(list, cors);
    kept?.set(list, headers);
  }
  return headers;
}

function headersFrom(list: Reply['headers'], cors: boolean): Sent['headers'] {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of list) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] =
      before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value];
  }
  if (cors && headers[ALLOW_ORIGIN] === undefined) headers[ALLOW_ORIGIN] = '*';
  return headers;
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

function send(reply: FastifyReply, status: number, { headers, payload }: Sent): FastifyReply {
  return reply.code(status).headers(headers).serializer(asItIs).send(payload);
}

/** `GET http://host/path HTTP/1.1`, as clients write to proxies (RFC 9112, 3.2.2). */
function originForm(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}
