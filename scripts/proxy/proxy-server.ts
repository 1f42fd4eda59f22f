/**
 * A server between a client and the real one. Requests pass through as they are, answers come back as they are, and
 * both are held against the document on the way. Where it is told to, the mock answers in the real server's place.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Exchange } from '../../contract/exchange.ts';
import { validateRequest } from '../../contract/http/request.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { CaseOutcome } from '../../contract-tests/events.ts';
import { createAnswerer } from '../../mock-server/answer.ts';
import { isPreflight } from '../../mock-server/cors.ts';
import { type RefusalKind, refuse } from '../../mock-server/problem.ts';
import { buildRoutes, type Routes } from '../../mock-server/routes.ts';
import { createMockServer, type MockServerOptions, replaceDocuments } from '../../mock-server/server.ts';
import { type Addresses, addressesOf, ownPath, serverPath } from './addresses.ts';
import { newAnswers, type PassedEntry } from './answers.ts';
import { brokenAnswer, errorsOf } from './broken-answer.ts';
import { type Fallback, isUnimplemented } from './fallback.ts';
import { type Forwarded, newForwarder, type ServerOptions } from './forward.ts';
import { passedOn } from './hop-by-hop.ts';
import { type Judging, judged } from './judged.ts';
import { type ReadBytes, readBytes } from './read-bytes.ts';
import { relay } from './relay.ts';
import type { Tally } from './tally.ts';
import type { Teller } from './teller.ts';
import type { PassedRequest } from './traffic-exchange.ts';
import { tunnel } from './tunnel.ts';
import { mayBeMocked, newVisit, type Visit } from './visit.ts';

export interface ProxyOptions {
  readonly server: ServerOptions;
  readonly fallback: ReadonlySet<Fallback>;
  /** What breaks the document is refused instead of passed on. */
  readonly refuses: { readonly requests: boolean; readonly responses: boolean };
  readonly mock: MockServerOptions;
  /** What answers are held against. Default: all checks that are not optional. */
  readonly judging?: Judging;
  readonly tally: Tally;
  readonly teller: Teller;
  /** Hears of each request to an operation before anything is told of it. */
  readonly onPassed?: (passed: PassedRequest) => void;
  /** Hears of each answer before anything is told of it. */
  readonly onAnswered?: (exchange: Exchange) => void;
  /** Hears of each answer that was judged. */
  readonly onJudged?: (passed: PassedRequest, exchange: Exchange, outcome: CaseOutcome) => void;
  /** Hears of each request once its answer is out. */
  readonly onRequest?: (entry: PassedEntry) => void;
  /** Bytes of a body that are looked at. Default: 16 MB. */
  readonly limit?: number;
}

export interface TrafficProxy {
  readonly listener: RequestListener;
  /** For connections that ask for another protocol. */
  readonly onUpgrade: (request: IncomingMessage, client: Duplex, head: Uint8Array) => void;
  /** Holds traffic against other documents from the next request on. */
  readonly replace: (contracts: readonly Contract[]) => void;
  readonly close: () => Promise<void>;
}

const LIMIT = 16 * 1024 * 1024;
const DOCS = /^\/__docs(\/|$)/;

/** A proxy for some documents; whoever serves gives it requests. */
export function createProxy(documents: readonly Contract[], options: ProxyOptions): TrafficProxy {
  const { server, fallback, refuses, tally, teller, judging, limit = LIMIT } = options;
  const mock = createMockServer(documents, options.mock);
  const refusing = createAnswerer({ validate: 'on' });
  const forwarder = newForwarder(server);
  let routes: Routes = buildRoutes(documents);
  let addresses: Addresses = addressesOf(routes, documents, server.url);
  const { fromMock, reply, writeHead, done } = newAnswers({
    mock,
    cors: options.mock.cors ?? true,
    addresses: () => addresses,
    onMocked: () => tally.aside('mocked'),
    onRequest: options.onRequest,
  });
  let number = 0;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrived = performance.now();
    const read = await readBytes(request, limit);
    if (read.end === 'cut') return;
    const visit = newVisit(request, response, read, arrived);
    const { method, path } = visit.wire;
    if (options.mock.docs === true && DOCS.test(path)) return fromMock(visit, undefined);
    const found = routes.find(method, path);
    if (found.kind === 'operation') return passDocumented(visit, found.operation, found.variables);
    // Browsers ask before they send, and no document speaks of that.
    if (!isPreflight(method, request.headers)) {
      tally.aside('undocumented');
      const what =
        found.kind === 'path' ? 'no document has the path' : `${found.template} has ${found.allow}`;
      teller.note(`? ${method} ${path}  undocumented request: ${what}`);
    }
    if (fallback.has('undocumented')) return fromMock(visit, 'undocumented');
    await passUnchecked(visit);
  };

  const passDocumented = async (
    visit: Visit,
    operation: Operation,
    variables: ReadonlyMap<string, string>,
  ): Promise<void> => {
    const { wire, read, request } = visit;
    number += 1;
    const check = read.end === 'whole' ? validateRequest(operation, wire, variables) : undefined;
    const headers = passedOn(request.rawHeaders);
    const path = ownPath(addresses, wire.path);
    const passed: PassedRequest = { operation, wire, path, headers, check, number };
    options.onPassed?.(passed);
    if (check !== undefined && check.faults.length > 0) {
      tally.aside('invalid');
      teller.invalid(operation, check.faults);
      if (refuses.requests) {
        tally.aside('refused');
        return reply(visit, refusing(operation, wire, variables));
      }
    }
    const forwarded = await forward(visit);
    if (forwarded.kind === 'unanswered') {
      if (fallback.has('unreachable') && mayBeMocked(visit)) return fromMock(visit, 'unreachable');
      tally.unanswered(passed, forwarded.trouble.message);
      return unreachable(visit, forwarded);
    }
    const { incoming } = forwarded;
    const { statusCode = 0 } = incoming;
    if (fallback.has('unimplemented') && isUnimplemented(operation, statusCode) && mayBeMocked(visit)) {
      incoming.resume();
      teller.note(`? ${operation.key}  the server answers ${statusCode}, so the mock answers in its place`);
      return fromMock(visit, 'unimplemented');
    }
    await passBack(visit, passed, forwarded);
  };

  const passBack = async (
    visit: Visit,
    passed: PassedRequest,
    { incoming, started }: Extract<Forwarded, { readonly kind: 'answered' }>,
  ): Promise<void> => {
    const endless = /^text\/event-stream\b/i.test(incoming.headers['content-type'] ?? '');
    const held = refuses.responses && !endless ? await readBytes(incoming, limit) : undefined;
    if (held === undefined || held.end === 'more') {
      writeHead(visit, incoming);
      if (held !== undefined) visit.response.write(held.bytes);
      const copy = await relay(incoming, visit.response, held === undefined ? limit : -1);
      done(visit, 'server');
      if (copy === undefined || copy.end === 'more') unchecked(passed, copy !== undefined);
      else settle(passed, incoming, copy, started);
      return;
    }
    const outcome = settle(passed, incoming, held, started);
    const errors = errorsOf(outcome);
    if (errors.length > 0 || held.end === 'cut') {
      tally.aside('refused');
      return reply(visit, brokenAnswer(passed.operation, incoming.statusCode ?? 0, errors));
    }
    writeHead(visit, incoming);
    visit.response.end(held.bytes);
    done(visit, 'server');
  };

  const settle = (
    passed: PassedRequest,
    incoming: IncomingMessage,
    read: ReadBytes,
    started: number,
  ): CaseOutcome => {
    const { exchange, outcome } = judged(passed, incoming, read, performance.now() - started, judging);
    options.onAnswered?.(exchange);
    tally.finished(passed.operation, outcome);
    if (outcome.kind === 'failed') teller.broken(outcome);
    options.onJudged?.(passed, exchange, outcome);
    return outcome;
  };

  const unchecked = ({ operation }: PassedRequest, large: boolean): void => {
    tally.aside('unchecked');
    const why = large ? `an answer of more than ${limit / 1024 / 1024} MB` : 'the client left before the end';
    teller.note(`? ${operation.key}  not checked: ${why}`);
  };

  const passUnchecked = async (visit: Visit): Promise<void> => {
    const forwarded = await forward(visit);
    if (forwarded.kind === 'unanswered') return unreachable(visit, forwarded);
    writeHead(visit, forwarded.incoming);
    await relay(forwarded.incoming, visit.response, -1);
    done(visit, 'server');
  };

  const forward = ({ request, response, wire, read }: Visit): Promise<Forwarded> => {
    const { query, method, path, body } = wire;
    return forwarder.forward(
      {
        method,
        path: `${serverPath(addresses, path)}${request.url?.includes('?') === true ? `?${query}` : ''}`,
        rawHeaders: request.rawHeaders,
        body,
        ...(read.end === 'more' ? { rest: request } : {}),
      },
      abandon =>
        response.once('close', () => {
          if (!response.writableFinished) abandon();
        }),
    );
  };

  const unreachable = (
    visit: Visit,
    { trouble }: Extract<Forwarded, { readonly kind: 'unanswered' }>,
  ): void => {
    const kind: RefusalKind = trouble.kind === 'timeout' ? 'server-too-slow' : 'server-unreachable';
    const detail = `${server.url} does not answer: ${trouble.message}`;
    teller.note(`✗ ${detail}`);
    reply(visit, refuse({ kind, detail }));
  };

  return {
    listener: (request, response) => {
      response.on('error', () => {});
      pass(request, response).catch((error: unknown) => {
        options.mock.onFault?.(error instanceof Error ? error : new Error(String(error)));
        const detail = `This is a fault in rehearsal itself: ${String(error)}`;
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(500, { 'content-type': 'application/problem+json' })
            .end(refuse({ kind: 'mock-failed', detail }).body);
      });
    },
    onUpgrade: (request, client, head) => {
      const { url = '/' } = request;
      const path = url.split('?', 1)[0] ?? '';
      teller.note(`? ${request.method} ${path}  not checked: it changes to ${request.headers.upgrade}`);
      tally.aside('unchecked');
      tunnel(forwarder, serverPath(addresses, path) + url.slice(path.length), request, client, head);
    },
    replace: next => {
      replaceDocuments(mock, next);
      routes = buildRoutes(next);
      addresses = addressesOf(routes, next, server.url);
    },
    close: async () => {
      forwarder.close();
      await mock.close();
    },
  };
}
