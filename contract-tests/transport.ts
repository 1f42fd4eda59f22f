/**
 * Sends one request and hands back what came: header lines as they stood on the wire, the body without a coding. On
 * `node:http`, because `fetch` rewrites paths and costs about three times the CPU. Follows no redirection and judges
 * nothing.
 */
import type { Agent, IncomingMessage, request } from 'node:http';
import type { FramingFault, ReceivedResponse } from '../contract/exchange.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { decodeContent } from './transport/content-coding.ts';
import {
  bodyAfterEnd,
  faultOf,
  isParseError,
  malformedAnswer,
  notHttp,
  shortFault,
} from './transport/framing.ts';
import { type BodyReader, newLanes, readBody } from './transport/response-body.ts';

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
   * - `too-large`: the body or the headers went beyond the limit
   */
  readonly kind: 'unreachable' | 'timeout' | 'broken' | 'too-large';
  readonly message: string;
}

export interface TransportOptions {
  /** Connections kept open at once. Default: 16. */
  readonly connections?: number;
  /** From sending to the last byte. Default: 30 000. */
  readonly timeoutMs?: number;
  /** Between two bytes of a body. Default: 10 000, or `timeoutMs` when that is less. */
  readonly idleMs?: number;
  /** Default: 64 MB, after a Content-Encoding was taken off as before. */
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
  const idleMs = Math.min(options.idleMs ?? 10_000, timeoutMs);
  const agents = new Map<string, Agent>();
  const targets = new Map<string, Target>();
  const lanes = newLanes();
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
      let reader: BodyReader | undefined;
      let framing: FramingFault | undefined;
      let timer: NodeJS.Timeout | undefined;
      let givenUp = false;
      const unanswered = (kind: Trouble['kind'], text: string): void => {
        givenUp = true;
        clearTimeout(timer);
        resolve({ kind: 'unanswered', trouble: { kind, message: text } });
        outgoing.destroy();
      };
      const answered = (incoming: IncomingMessage, body: Uint8Array): void => {
        clearTimeout(timer);
        const ms = performance.now() - started - (reader?.waited ?? 0);
        resolve(finished(incoming, body, ms, framing, maxBodyBytes));
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
          reader = readBody(incoming, maxBodyBytes, lanes, {
            whole: body => answered(incoming, body),
            cut: body => {
              framing ??= shortFault(incoming, body.length);
              answered(incoming, body);
            },
            tooLarge: () => unanswered('too-large', tooLarge(maxBodyBytes)),
          });
        },
      );
      // One timer for both limits: it looks in every so often, and nothing has to be done for each byte.
      let seen = -1;
      const look = (): void => {
        const left = timeoutMs - (performance.now() - started - (reader?.waited ?? 0));
        if (reader !== undefined && (reader.waited === undefined || (left > 1 && reader.bytes !== seen))) {
          seen = reader.bytes;
        } else if (left <= 1) {
          if (outgoing.socket?.connecting === true)
            unanswered('unreachable', `no connection within ${seconds(timeoutMs)}`);
          else unanswered('timeout', `no complete answer within ${seconds(timeoutMs)}`);
          return;
        } else if (reader !== undefined) {
          unanswered('timeout', `after ${seen} bytes of the body nothing more for ${seconds(idleMs)}`);
          return;
        }
        timer = setTimeout(look, Math.max(1, Math.min(idleMs, left)));
      };
      timer = setTimeout(look, idleMs);
      outgoing.on('upgrade', (_incoming, socket) => {
        socket.destroy();
        unanswered('broken', 'it switches to another protocol, which nobody asked for');
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // What was given up ends in an error too, and must not be sent again.
        if (givenUp) return;
        const parseError = isParseError(error) ? error : undefined;
        if (parseError !== undefined && received !== undefined) {
          const excess = bodyAfterEnd(message.method, received, parseError);
          // Without one the end of the body is still to come, and settles it.
          if (excess === undefined) framing = faultOf(received, parseError);
          else answered(received, excess);
          return;
        }
        const malformed = parseError === undefined ? undefined : malformedAnswer(parseError);
        // A kept connection may close just as it is used again, or still hold bytes too many of the answer before;
        // either way this request has not been looked at.
        const stale = parseError !== undefined || error.code === 'ECONNRESET' || error.code === 'EPIPE';
        if (mayRetry && stale && !closed && outgoing.reusedSocket && received === undefined) {
          clearTimeout(timer);
          resolve(attempt(target, message, false));
          return;
        }
        if (malformed !== undefined) {
          clearTimeout(timer);
          resolve({ kind: 'answered', response: { ...malformed, ms: performance.now() - started } });
          return;
        }
        if (parseError !== undefined) {
          const overflow = parseError.code === 'HPE_HEADER_OVERFLOW';
          unanswered(overflow ? 'too-large' : 'broken', notHttp(parseError));
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

/** The answer with its body as it is meant: a coding taken off. */
function finished(
  incoming: IncomingMessage,
  coded: Uint8Array,
  ms: number,
  fault: FramingFault | undefined,
  limit: number,
): Sent {
  const status = incoming.statusCode ?? 0;
  const headers: [string, string][] = [];
  const raw = incoming.rawHeaders;
  let body = coded;
  let framing = fault;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]];
    headers.push([name, value]);
    if (name.length !== 16 || coded.length === 0 || fault !== undefined) continue;
    if (name.toLowerCase() !== 'content-encoding') continue;
    const decoded = decodeContent(value, coded, limit);
    if (decoded.kind === 'too-large') {
      const message = `${tooLarge(limit)} without its Content-Encoding: ${value}`;
      return { kind: 'unanswered', trouble: { kind: 'too-large', message } };
    }
    if (decoded.kind === 'decoded') body = decoded.body;
    else framing = { kind: 'malformed', received: decoded.reason };
  }
  const response = { status, headers, body, ms };
  return { kind: 'answered', response: framing === undefined ? response : { ...response, framing } };
}

function tooLarge(limit: number): string {
  return `the body is larger than ${limit / MEGABYTE} MB`;
}

function seconds(ms: number): string {
  return `${ms / 1000} seconds`;
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
