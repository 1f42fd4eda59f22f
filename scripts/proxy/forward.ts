/** Sends a client's request to the real server. The answer is handed back as it begins; nothing of it is looked at. */
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { ProxyChoice } from '../../contract-tests/transport/proxy.ts';
import { newTarget, type Target } from '../../contract-tests/transport/target.ts';
import type { TlsOptions } from '../../contract-tests/transport/tls.ts';
import { type Trouble, troubleOf } from '../../contract-tests/transport/trouble.ts';
import { passedOn } from './hop-by-hop.ts';

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
  readonly close: () => void;
}

const CONNECTIONS = 256;

/** One server, over kept connections. */
export function newForwarder({ url, timeoutMs, tls, proxy, headers }: ServerOptions): Forwarder {
  const agents = new Map<string, Agent>();
  // Paths come whole, so that those outside the base path can be asked too.
  const origin = new URL(url).origin;
  const target = newTarget(origin, agents, { connections: CONNECTIONS, timeoutMs, tls, proxy });
  const replaced = new Set(headers.map(([name]) => name.toLowerCase()));

  const forward: Forwarder['forward'] = (passing, gone) =>
    new Promise(resolve => attempt(passing, gone, resolve, true));

  const attempt = (
    passing: Passing,
    gone: (abandon: () => void) => void,
    resolve: (forwarded: Forwarded) => void,
    mayRetry: boolean,
  ): void => {
    const started = performance.now();
    const outgoing: ClientRequest = target.request(
      {
        ...target.options,
        method: passing.method,
        path: target.basePath + passing.path,
        headers: requestLines(passing, target, headers, replaced),
      },
      incoming => {
        clearTimeout(timer);
        resolve({ kind: 'answered', incoming, started });
      },
    );
    const timer = setTimeout(() => {
      const message = `no answer within ${timeoutMs / 1000} seconds`;
      resolve({ kind: 'unanswered', trouble: { kind: 'timeout', message } });
      outgoing.destroy();
    }, timeoutMs);
    gone(() => outgoing.destroy());
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // A kept connection may close just as it is used again; the request has not been looked at then.
      const stale = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      if (mayRetry && stale && outgoing.reusedSocket && passing.rest === undefined) {
        attempt(passing, gone, resolve, false);
      } else resolve({ kind: 'unanswered', trouble: troubleOf(error, target) });
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
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function requestLines(
  { method, rawHeaders, body, rest }: Passing,
  { authority, proxyLines }: Target,
  headers: ServerOptions['headers'],
  replaced: ReadonlySet<string>,
): string[] {
  const lines = ['Host', authority, 'Connection', 'keep-alive', 'Via', '1.1 rehearsal', ...proxyLines];
  let length: string | undefined;
  for (const [name, value] of passedOn(rawHeaders)) {
    const key = name.toLowerCase();
    if (key === 'content-length') length = value;
    // Node has answered `Expect: 100-continue` itself.
    else if (key !== 'host' && key !== 'expect' && !replaced.has(key)) lines.push(name, value);
  }
  for (const [name, value] of headers) lines.push(name, value);
  if (rest !== undefined) {
    if (length === undefined) lines.push('Transfer-Encoding', 'chunked');
    else lines.push('Content-Length', length);
  } else if (body !== undefined) lines.push('Content-Length', String(body.byteLength));
  else if (length !== undefined || method === 'POST' || method === 'PUT' || method === 'PATCH')
    lines.push('Content-Length', '0');
  return lines;
}
