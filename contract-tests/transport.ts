/**
 * Sends one request and hands back what came: header lines as they stood on the wire, the body without a coding. On
 * `node:http`, because `fetch` rewrites paths and costs about three times the CPU. Follows no redirection and judges
 * nothing.
 */
import type { Agent, IncomingMessage } from 'node:http';
import type { FramingFault, ReceivedResponse } from '../contract/exchange.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { decodeContent } from './transport/content-coding.ts';
import {
  bodyAfterEnd,
  faultOf,
  isParseError,
  malformedAnswer,
  notHttp,
  overlongFault,
  shortFault,
} from './transport/framing.ts';
import type { ProxyChoice } from './transport/proxy.ts';
import { type BodyReader, newLanes, readBody } from './transport/response-body.ts';
import { newTarget, type Target } from './transport/target.ts';
import type { TlsOptions } from './transport/tls.ts';
import { proxyRefusal, type Trouble, troubleOf } from './transport/trouble.ts';

export interface Transport {
  /** @param baseUrl - where the request's path begins: an address of http or https, perhaps with a base path */
  readonly send: (baseUrl: string, request: CaseRequest) => Promise<Sent>;
  /** Closes kept-alive connections. */
  readonly close: () => void;
}

export type Sent =
  | { readonly kind: 'answered'; readonly response: ReceivedResponse }
  | { readonly kind: 'unanswered'; readonly trouble: Trouble };

export interface TransportOptions {
  /** Connections kept open at once. Default: 16. */
  readonly connections?: number;
  /** From sending to the last byte. Default: 30 000. */
  readonly timeoutMs?: number;
  /** Between two bytes of a body. Default: 10 000, or `timeoutMs` when that is less. */
  readonly idleMs?: number;
  /** Default: 64 MB, after a Content-Encoding was taken off as before. */
  readonly maxBodyBytes?: number;
  readonly tls?: TlsOptions;
  /** Default: none, whatever the environment says. */
  readonly proxy?: ProxyChoice;
}

const MEGABYTE = 1024 * 1024;

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
  const targetOptions = { connections, timeoutMs, tls: options.tls, proxy: options.proxy };
  const agents = new Map<string, Agent>();
  const targets = new Map<string, Target>();
  const lanes = newLanes();
  let closed = false;
  const targetOf = (baseUrl: string): Target => {
    let target = targets.get(baseUrl);
    if (target === undefined) targets.set(baseUrl, (target = newTarget(baseUrl, agents, targetOptions)));
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
      const unanswered = (trouble: Trouble): void => {
        givenUp = true;
        clearTimeout(timer);
        resolve({ kind: 'unanswered', trouble });
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
          headers: headerLines(message, target),
        },
        incoming => {
          received = incoming;
          const refusal = proxyRefusal(incoming.statusCode ?? 0, target);
          if (refusal !== undefined) {
            unanswered(refusal);
            return;
          }
          reader = readBody(incoming, maxBodyBytes, lanes, {
            whole: body => answered(incoming, body),
            cut: body => {
              framing ??= shortFault(incoming, body.length);
              answered(incoming, body);
            },
            tooLarge: () => unanswered({ kind: 'too-large', message: tooLarge(maxBodyBytes) }),
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
          const connected = outgoing.socket?.connecting === false;
          const what = connected ? 'complete answer' : 'connection';
          const message = `no ${what} within ${seconds(timeoutMs)}`;
          unanswered({ kind: connected ? 'timeout' : 'unreachable', message });
          return;
        } else if (reader !== undefined) {
          const fault = received === undefined ? undefined : overlongFault(received, reader.soFar(), idleMs);
          if (received !== undefined && fault !== undefined) {
            framing = fault;
            givenUp = true;
            answered(received, reader.soFar());
            outgoing.destroy();
            return;
          }
          const message = `after ${seen} bytes of the body nothing more for ${seconds(idleMs)}`;
          unanswered({ kind: 'timeout', message });
          return;
        }
        timer = setTimeout(look, Math.max(1, Math.min(idleMs, left)));
      };
      timer = setTimeout(look, idleMs);
      outgoing.on('upgrade', (_incoming, socket) => {
        socket.destroy();
        unanswered({ kind: 'broken', message: 'it switches to another protocol, which nobody asked for' });
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
          unanswered({ kind: overflow ? 'too-large' : 'broken', message: notHttp(parseError) });
          return;
        }
        unanswered(troubleOf(error, target));
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
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
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

/** A flat list goes on the wire as it stands, which also spares Node its own table of headers. */
function headerLines(message: CaseRequest, { authority, proxyLines }: Target): string[] {
  const lines = ['Host', authority, 'Connection', 'keep-alive'];
  if (proxyLines.length > 0) lines.push(...proxyLines);
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
