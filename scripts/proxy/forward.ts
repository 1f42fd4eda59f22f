/** Sends a client's request to the real server. The answer is handed back as it begins; nothing of it is looked at. */
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { ProxyChoice } from '../../contract-tests/transport/proxy.ts';
import { newTarget, type Target } from '../../contract-tests/transport/target.ts';
import type { TlsOptions } from '../../contract-tests/transport/tls.ts';
import { type Trouble, troubleOf } from '../../contract-tests/transport/trouble.ts';
import { type HeaderLine, passedOn } from './hop-by-hop.ts';

export interface ServerOptions {
  /** Where its paths begin. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly tls: TlsOptions | undefined;
  readonly proxy: ProxyChoice;
  /** Sent with every request, in the place of the client's own of the same name. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface Passing {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly rawHeaders: readonly string[];
  /** What has been read of the body; undefined where there is none. */
  readonly body: Uint8Array | undefined;
  /** Where the rest of the body comes from, when not all of it has been read. */
  readonly rest?: IncomingMessage;
}

export type Forwarded =
  | { readonly kind: 'answered'; readonly incoming: IncomingMessage; readonly started: number }
  | { readonly kind: 'unanswered'; readonly trouble: Trouble };

export interface Forwarder {
  /** @param gone - called with what ends the request when the client has gone */
  readonly forward: (passing: Passing, gone: (abandon: () => void) => void) => Promise<Forwarded>;
  readonly target: Target;
  /** The client's headers as they are passed on, with the server's own in their places. */
  readonly replaced: (rawHeaders: readonly string[]) => readonly HeaderLine[];
  readonly close: () => void;
}

const CONNECTIONS = 256;
/** What a proxy may send again by itself (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** One server, over kept connections. */
export function newForwarder({ url, timeoutMs, tls, proxy, headers }: ServerOptions): Forwarder {
  const agents = new Map<string, Agent>();
  // Paths come whole, so that those outside the base path can be asked too.
  const origin = new URL(url).origin;
  const target = newTarget(origin, agents, { connections: CONNECTIONS, timeoutMs, tls, proxy });
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const replaced: Forwarder['replaced'] = rawHeaders => [
    ...passedOn(rawHeaders).filter(([name]) => {
      const key = name.toLowerCase();
      return key !== 'host' && !given.has(key);
    }),
    ...headers,
  ];

  const forward: Forwarder['forward'] = (passing, gone) =>
    new Promise(resolve => {
      const mayRetry = passing.rest === undefined && IDEMPOTENT.has(passing.method);
      attempt(passing, gone, resolve, mayRetry);
    });

  const attempt = (
    passing: Passing,
    gone: (abandon: () => void) => void,
    resolve: (forwarded: Forwarded) => void,
    mayRetry: boolean,
  ): void => {
    const started = performance.now();
    let settled = false;
    const settle = (forwarded: Forwarded): void => {
      settled = true;
      clearTimeout(timer);
      resolve(forwarded);
    };
    const outgoing: ClientRequest = target.request(
      {
        ...target.options,
        method: passing.method,
        path: target.basePath + passing.path,
        headers: requestLines(passing, target, replaced(passing.rawHeaders)),
      },
      incoming => settle({ kind: 'answered', incoming, started }),
    );
    const timer = setTimeout(() => {
      const message = `no answer within ${timeoutMs / 1000} seconds`;
      settle({ kind: 'unanswered', trouble: { kind: 'timeout', message } });
      outgoing.destroy();
    }, timeoutMs);
    let abandoned = false;
    gone(() => {
      abandoned = true;
      outgoing.destroy();
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // What was given up ends in an error too, and so does an answer that breaks off.
      if (settled) return;
      // A kept connection may close just as it is used again.
      const stale = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      if (mayRetry && stale && outgoing.reusedSocket && !abandoned) {
        clearTimeout(timer);
        attempt(passing, gone, resolve, false);
      } else settle({ kind: 'unanswered', trouble: troubleOf(error, target) });
    });
    if (passing.rest === undefined) outgoing.end(passing.body);
    else {
      if (passing.body !== undefined) outgoing.write(passing.body);
      passing.rest.pipe(outgoing);
    }
  };

  return {
    forward,
    target,
    replaced,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function requestLines(
  { method, body, rest }: Passing,
  { authority, proxyLines }: Target,
  headers: readonly HeaderLine[],
): string[] {
  const lines = ['Host', authority, 'Connection', 'keep-alive', 'Via', '1.1 rehearsal', ...proxyLines];
  let length: string | undefined;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === 'content-length') length = value;
    // Node has answered `Expect: 100-continue` itself.
    else if (key === 'host') lines[1] = value;
    else if (key !== 'expect') lines.push(name, value);
  }
  if (rest !== undefined) {
    if (length === undefined) lines.push('Transfer-Encoding', 'chunked');
    else lines.push('Content-Length', length);
  } else if (body !== undefined) lines.push('Content-Length', String(body.byteLength));
  else if (length !== undefined || method === 'POST' || method === 'PUT' || method === 'PATCH')
    lines.push('Content-Length', '0');
  return lines;
}
