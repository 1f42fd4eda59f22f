/**
 * Sends one request and hands back what came, bytes and header lines as they stood on the wire. On `node:http`, because
 * `fetch` rewrites paths and costs about three times the CPU. Follows no redirection and judges nothing.
 */
import type { Agent, IncomingMessage, request } from 'node:http';
import type { ReceivedResponse } from '../contract/exchange.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';

// An import would read every export of `node:http`, and its getters load the whole of `fetch`: 20 ms of CPU.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

export interface Transport {
  /** @param baseUrl - where the request's path begins: an address of http or https, perhaps with a base path */
  readonly send: (baseUrl: string, request: CaseRequest) => Promise<Sent>;
  /** Closes kept-alive connections. */
  readonly close: () => void;
}

export type Sent =
  | { readonly kind: 'answered'; readonly response: ReceivedResponse }
  | { readonly kind: 'unanswered'; readonly trouble: Trouble };

export interface Trouble {
  /**
   * - `unreachable`: no connection, so the server has not seen the request
   * - `timeout`, `broken`: the server was sent the request and did not answer it to the end
   * - `too-large`: the body went beyond the limit
   */
  readonly kind: 'unreachable' | 'timeout' | 'broken' | 'too-large';
  readonly message: string;
}

export interface TransportOptions {
  /** Connections kept open at once. Default: 16. */
  readonly connections?: number;
  /** From sending to the last byte. Default: 30 000. */
  readonly timeoutMs?: number;
  /** Default: 64 MB. */
  readonly maxBodyBytes?: number;
}

const MEGABYTE = 1024 * 1024;
/** More than servers are known to send; Node's own limit of 16 kB is less than some do. */
const MAX_HEADER_BYTES = 256 * 1024;
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
]);

/**
 * A transport that keeps its connections.
 *
 * @example
 * ```ts
 * import { createTransport } from './contract-tests/transport.ts';
 *
 * const transport = createTransport();
 * const sent = await transport.send('http://localhost:3000/v1', { method: 'GET', path: '/pets', query: '', headers: [], contentType: undefined, body: undefined });
 * console.log(sent.kind === 'answered' ? sent.response.status : sent.trouble.message);
 * transport.close();
 * ```
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { timeoutMs = 30_000, maxBodyBytes = 64 * MEGABYTE, connections = 16 } = options;
  const agents = new Map<string, Agent>();
  const targets = new Map<string, Target>();
  let closed = false;
  const targetOf = (baseUrl: string): Target => {
    let target = targets.get(baseUrl);
    if (target === undefined) targets.set(baseUrl, (target = newTarget(baseUrl, agents, connections)));
    return target;
  };

  const attempt = (target: Target, message: CaseRequest, mayRetry: boolean): Promise<Sent> =>
    new Promise(resolve => {
      const started = performance.now();
      let received: IncomingMessage | undefined;
      let deadline: NodeJS.Timeout | undefined;
      const unanswered = (kind: Trouble['kind'], text: string): void => {
        clearTimeout(deadline);
        resolve({ kind: 'unanswered', trouble: { kind, message: text } });
      };
      const answered = (incoming: IncomingMessage, body: Uint8Array): void => {
        clearTimeout(deadline);
        const ms = performance.now() - started;
        const status = incoming.statusCode ?? 0;
        resolve({ kind: 'answered', response: { status, headers: pairs(incoming.rawHeaders), body, ms } });
      };
      const outgoing = target.request(
        {
          ...target.options,
          method: message.method,
          path: `${target.basePath}${message.path}${message.query === '' ? '' : `?${message.query}`}`,
          headers: headerLines(message, target.authority),
        },
        incoming => {
          received = incoming;
          collect(incoming, maxBodyBytes, (body, trouble) => {
            if (trouble === undefined) answered(incoming, body);
            else {
              unanswered(trouble.kind, trouble.message);
              outgoing.destroy();
            }
          });
        },
      );
      deadline = setTimeout(() => {
        unanswered('timeout', `no complete answer within ${timeoutMs / 1000} seconds`);
        outgoing.destroy();
      }, timeoutMs);
      outgoing.on('error', (error: TransportError) => {
        const notHttp = error.code?.startsWith('HPE_') === true;
        const excess = notHttp && received !== undefined ? bodyAfterEnd(message, received, error) : undefined;
        if (received !== undefined && excess !== undefined) {
          answered(received, excess);
          return;
        }
        // A kept connection may close just as it is used again, or still hold bytes too many of the answer before;
        // either way this request has not been looked at.
        const stale = notHttp || error.code === 'ECONNRESET' || error.code === 'EPIPE';
        if (mayRetry && stale && !closed && outgoing.reusedSocket && received === undefined) {
          clearTimeout(deadline);
          resolve(attempt(target, message, false));
          return;
        }
        const kind = NEVER_CONNECTED.has(error.code ?? '') || isTlsError(error) ? 'unreachable' : 'broken';
        unanswered(kind, reasonOf(error));
      });
      outgoing.end(message.body);
    });

  return {
    send: (baseUrl, message) => attempt(targetOf(baseUrl), message, true),
    close: () => {
      closed = true;
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

interface Target {
  readonly request: typeof request;
  readonly options: Readonly<Record<string, unknown>>;
  /** Host and port as a Host header says them. */
  readonly authority: string;
  readonly basePath: string;
}

function newTarget(baseUrl: string, agents: Map<string, Agent>, connections: number): Target {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  let agent = agents.get(url.origin);
  if (agent === undefined) {
    const options = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' } as const;
    agents.set(url.origin, (agent = secure ? new https.Agent(options) : new http.Agent(options)));
  }
  return {
    request: secure ? https.request : http.request,
    options: {
      agent,
      // Brackets around an IPv6 address belong to the URL, not to the address.
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    authority: url.host,
    basePath: url.pathname.replace(/\/+$/, ''),
  };
}

/** A flat list goes on the wire as it stands, which also spares Node its own table of headers. */
function headerLines(message: CaseRequest, host: string): string[] {
  const lines = ['Host', host, 'Connection', 'keep-alive'];
  let accepts = false;
  for (const [name, value] of message.headers) {
    // A server behind others may go by a name of its own; two lines would be refused (RFC 9112, 3.2).
    if (name.length === 4 && name.toLowerCase() === 'host') {
      lines[1] = value;
      continue;
    }
    lines.push(name, value);
    if (name.length === 6 && name.toLowerCase() === 'accept') accepts = true;
  }
  if (message.contentType !== undefined) lines.push('Content-Type', message.contentType);
  if (!accepts) lines.push('Accept', '*/*');
  if (message.body !== undefined) lines.push('Content-Length', String(message.body.length));
  else if (EXPECTS_BODY.has(message.method)) lines.push('Content-Length', '0');
  return lines;
}

/** Servers take a missing length on these for a body that never ends, or refuse it with 411. */
const EXPECTS_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function collect(
  incoming: IncomingMessage,
  limit: number,
  done: (body: Uint8Array, trouble?: Trouble) => void,
): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > limit)
      done(EMPTY, { kind: 'too-large', message: `the body is larger than ${limit / MEGABYTE} MB` });
    else chunks.push(chunk);
  });
  incoming.on('end', () => done(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)));
  incoming.on('error', error =>
    done(EMPTY, { kind: 'broken', message: `the answer broke off: ${reasonOf(error)}` }),
  );
}

const EMPTY: Uint8Array = new Uint8Array();

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}

interface TransportError extends NodeJS.ErrnoException {
  /** The bytes that the parser stumbled over. */
  readonly rawPacket?: Uint8Array;
}

/** What a server sent behind an answer that ends with its headers: Node takes it for the next answer, and fails. */
function bodyAfterEnd(
  { method }: CaseRequest,
  { statusCode }: IncomingMessage,
  { rawPacket }: TransportError,
): Uint8Array | undefined {
  if (method !== 'HEAD' && statusCode !== 204 && statusCode !== 304) return undefined;
  const packet = Buffer.from(rawPacket ?? EMPTY);
  const end = packet.indexOf('\r\n\r\n');
  const body = end === -1 ? packet : packet.subarray(end + 4);
  return body.length > 0 ? body : undefined;
}

function isTlsError(error: NodeJS.ErrnoException): boolean {
  const code = error.code ?? '';
  return (
    code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT') || code === 'EPROTO'
  );
}

/** What went wrong in words; several addresses that all failed come as one error without a message. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  const text = error.message === '' ? (inner?.message ?? error.code ?? 'no reason given') : error.message;
  return text;
}
