/** Writes to the client: the real server's answer, the mock's in its place, or a refusal of the proxy's own. */
import type { IncomingMessage } from 'node:http';
import { type Cors, originHeaders } from '../../mock-server/cors.ts';
import type { Reply } from '../../mock-server/problem.ts';
import type { createMockServer } from '../../mock-server/server.ts';
import { type Addresses, ownLocation } from './addresses.ts';
import { FALLBACK_HEADER, type Fallback } from './fallback.ts';
import { passedOn } from './hop-by-hop.ts';
import type { Visit } from './visit.ts';

export interface PassedEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly by: 'server' | 'mock' | 'proxy';
}

export interface Answers {
  /** The mock's answer, and why it stands there. */
  readonly fromMock: (visit: Visit, why: Fallback | undefined) => Promise<void>;
  /** A whole answer of the proxy's own. */
  readonly reply: (visit: Visit, reply: Reply) => void;
  /** The head of the server's answer; its body is written by others, who then call `done`. */
  readonly writeHead: (visit: Visit, incoming: IncomingMessage) => void;
  readonly done: (visit: Visit, by: PassedEntry['by']) => void;
}

export interface AnswerOptions {
  readonly mock: ReturnType<typeof createMockServer>;
  readonly cors: Cors;
  readonly addresses: () => Addresses;
  /** The mock has answered in the server's place. */
  readonly onMocked: () => void;
  readonly onRequest: ((entry: PassedEntry) => void) | undefined;
}

export function newAnswers({ mock, cors, addresses, onMocked, onRequest }: AnswerOptions): Answers {
  const done: Answers['done'] = ({ wire, response, arrived }, by) => {
    onRequest?.({
      method: wire.method,
      path: wire.path,
      status: response.statusCode,
      milliseconds: performance.now() - arrived,
      by,
    });
  };
  return {
    done,
    fromMock: async (visit, why) => {
      const { request, response, wire } = visit;
      const answer = await mock.inject({
        method: wire.method as 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        ...(wire.body === undefined ? {} : { payload: Buffer.from(wire.body) }),
      });
      if (why !== undefined) {
        onMocked();
        response.setHeader(FALLBACK_HEADER, why);
      }
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined && !OF_A_CONNECTION.has(name)) response.setHeader(name, value);
      response.writeHead(answer.statusCode);
      response.end(answer.rawPayload);
      done(visit, 'mock');
    },
    reply: (visit, { status, headers, body }) => {
      const { request, response } = visit;
      for (const [name, value] of headers) response.appendHeader(name, value);
      for (const [name, value] of Object.entries(originHeaders(cors, request.headers.origin)))
        response.setHeader(name, value);
      response.writeHead(status);
      response.end(body);
      // What is not read keeps the connection from being used again.
      request.resume();
      done(visit, 'proxy');
    },
    writeHead: ({ request, response }, incoming) => {
      const secure = 'encrypted' in request.socket;
      const origin = `${secure ? 'https' : 'http'}://${request.headers.host ?? ''}`;
      const lines = passedOn(incoming.rawHeaders).flatMap(([name, value]) => [
        name,
        /^(content-)?location$/i.test(name) ? ownLocation(addresses(), value, origin) : value,
      ]);
      response.sendDate = false;
      response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, lines);
    },
  };
}

/** Decided by each connection for itself. */
const OF_A_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'date',
]);
