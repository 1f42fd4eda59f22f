/**
 * Requests of Fastify's kind, answered: it turns what Fastify hands over into a request of the contract's kind and
 * sends the reply. Which reply that is, it does not decide.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '../contract/model.ts';
import type { Problem } from '../contract/problem.ts';
import { type Answerer, type AnswerOptions, createAnswerer } from './answer.ts';
import { type Cors, exposeHeaders, isPreflight, originHeaders, preflightHeaders } from './cors.ts';
import { createWaits } from './delay.ts';
import { type RefusalDetails, type Reply, refuse } from './problem.ts';
import { respond } from './respond.ts';
import { buildRoutes, type Routes } from './routes.ts';
import { type Sendable, sendable, sendByFastify, sendDirectly } from './send.ts';

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

/** Where a responder works. */
export interface ResponderPlace {
  /** What stands before the paths of the contracts, which know nothing of it. */
  readonly prefix?: string;
  /** Keeps replies for `sentTo`. */
  readonly remember?: boolean;
  /** True when nobody has asked Fastify to be heard before an answer leaves. Default: somebody may have. */
  readonly unheard?: () => boolean;
}

/** A responder for all operations of some contracts. */
export function createResponder(
  contracts: readonly Contract[],
  options: ResponderOptions,
  { prefix = '', remember = false, unheard = () => false }: ResponderPlace = {},
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
  const kept = new WeakMap<Reply, Sendable>();
  const keep = (reply: Reply): Sendable => {
    let ready = kept.get(reply);
    if (ready === undefined) kept.set(reply, (ready = sendable(reply, cors === true)));
    return ready;
  };
  const deliver = (request: FastifyRequest, reply: FastifyReply, made: Reply): FastifyReply => {
    if (remember) replies.set(request, made);
    const ready = made.lasting ? keep(made) : sendable(made, cors === true);
    const { origin } = request.headers;
    const plain = cors === false || (cors === true && origin === undefined);
    if (plain && !closing && request.method !== 'HEAD' && unheard()) return sendDirectly(reply, ready);
    // A connection kept open would keep a closing server waiting for it.
    if (closing) reply.header('connection', 'close');
    if (!plain) {
      if (cors !== true) reply.headers(originHeaders(cors, origin));
      if (origin !== undefined) reply.headers(exposeHeaders(cors, Object.keys(ready.headers)));
    }
    return sendByFastify(reply, ready);
  };
  return {
    respond: (request, reply, body) => {
      const { method, headers, url = '/' } = request.raw;
      if (headers.host === undefined && request.raw.httpVersion === '1.1')
        return deliver(request, reply, refuse(NO_HOST));
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

const NO_HOST: RefusalDetails = {
  kind: 'malformed-request',
  detail: 'A request of HTTP/1.1 has a Host (RFC 9112, 3.2).',
};

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

/** `GET http://host/path HTTP/1.1`, as clients write to proxies (RFC 9112, 3.2.2). */
function originForm(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}
