/**
 * The HTTP client towards back ends: one request out, its answer in, whole. It follows no redirect and reads
 * no more than API Gateway would.
 */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { IntegrationAnswer } from '../model.ts';
import { parseHeaders } from '../multi-values.ts';

export interface BackEndRequest {
  readonly verb: string;
  readonly url: URL;
  /** Name to values; a name without any sends nothing. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string | Uint8Array | undefined;
  readonly timeout: number;
  /** True where the certificate is not looked at. */
  readonly insecure: boolean;
}

export interface BackEnd {
  /** @throws BackEndFault */
  readonly send: (request: BackEndRequest) => Promise<IntegrationAnswer>;
  readonly close: () => void;
}

/** `stale`: a connection that had been kept was closed under the request. */
export type BackEndTrouble = 'address' | 'network' | 'stale' | 'timeout' | 'size';

/** Why there is no answer. */
export class BackEndFault extends Error {
  override readonly name = 'BackEndFault';
  readonly trouble: BackEndTrouble;

  constructor(trouble: BackEndTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** What AWS reads of a back end, and what it sends on. */
export const PAYLOAD_LIMIT: number = 10 * 1024 * 1024;

/**
 * A back end may close a connection just when the next request is sent on it. Who asks for one of these again does no
 * harm; for all other verbs a new connection is opened, so that the question never comes up.
 */
const MAY_BE_REPEATED = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** Connections are kept for the next request until {@link BackEnd.close}. */
export function createBackEnd(): BackEnd {
  const kept = agents(true);
  const fresh = agents(false);
  return {
    send: async request => {
      if (!MAY_BE_REPEATED.has(request.verb)) return sent(request, agentFor(request, fresh));
      try {
        return await sent(request, agentFor(request, kept));
      } catch (error) {
        if (!(error instanceof BackEndFault && error.trouble === 'stale')) throw error;
        return sent(request, agentFor(request, fresh));
      }
    },
    close: () => {
      for (const agent of [...Object.values(kept), ...Object.values(fresh)]) agent.destroy();
    },
  };
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  readonly insecure: HttpsAgent;
}

function agents(keepAlive: boolean): Agents {
  return {
    http: new HttpAgent({ keepAlive }),
    https: new HttpsAgent({ keepAlive }),
    insecure: new HttpsAgent({ keepAlive, rejectUnauthorized: false }),
  };
}

function agentFor({ url, insecure }: BackEndRequest, from: Agents): HttpAgent | HttpsAgent {
  if (url.protocol === 'http:') return from.http;
  return insecure ? from.insecure : from.https;
}

function sent(request: BackEndRequest, agent: HttpAgent | HttpsAgent): Promise<IntegrationAnswer> {
  const { url, verb, headers, body, timeout } = request;
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'http:' ? httpRequest : httpsRequest;
    let outgoing: ClientRequest;
    try {
      outgoing = open(url, { method: verb, agent, headers: writtenHeaders(headers, body) });
    } catch (error) {
      // What cannot stand in a request at all.
      reject(new BackEndFault('address', (error as Error).message));
      return;
    }
    let begun = false;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      outgoing.destroy(new Error('the time is over'));
    }, timeout);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      outgoing.destroy();
      const isStale = outgoing.reusedSocket && !begun;
      const trouble = isLate ? 'timeout' : troubleOf(error, isStale);
      reject(error instanceof BackEndFault ? error : new BackEndFault(trouble, error.message));
    };
    outgoing.on('error', fail);
    outgoing.on('response', incoming => {
      begun = true;
      bytesOf(incoming).then(bytes => {
        clearTimeout(timer);
        resolve(answerOf(incoming, bytes));
      }, fail);
    });
    outgoing.end(body);
  });
}

function writtenHeaders(
  headers: BackEndRequest['headers'],
  body: BackEndRequest['body'],
): Record<string, string | string[] | number> {
  const written: Record<string, string | string[] | number> = {};
  for (const [name, values] of Object.entries(headers)) {
    if (values.length > 0) written[name] = values.length === 1 ? (values[0] ?? '') : [...values];
  }
  if (body !== undefined) written['Content-Length'] = Buffer.byteLength(body);
  return written;
}

/** A name that no resolver knows is a wrong address; whatever else goes wrong is the network. */
function troubleOf(error: Error, isStale: boolean): BackEndTrouble {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOTFOUND') return 'address';
  return isStale && (code === 'ECONNRESET' || code === 'EPIPE') ? 'stale' : 'network';
}

function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > PAYLOAD_LIMIT) {
        reject(
          new BackEndFault(
            'size',
            `Integration response of more than the allowed maximum of ${PAYLOAD_LIMIT} bytes`,
          ),
        );
      }
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
    incoming.on('close', () => {
      if (!incoming.complete) reject(new BackEndFault('network', 'the answer ended too early'));
    });
  });
}

function answerOf(incoming: IncomingMessage, bytes: Buffer): IntegrationAnswer {
  return {
    status: incoming.statusCode ?? 0,
    headers: parseHeaders(incoming.rawHeaders, true),
    body: unpacked(bytes, incoming.headers['content-encoding']),
  };
}

/** The client is not told of an encoding (16.2), so what it gets is not encoded. What is no such encoding stays. */
function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  const limit = { maxOutputLength: PAYLOAD_LIMIT };
  try {
    switch (encoding?.toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, limit);
      case 'deflate':
        // Both readings of the name are in use: with and without the head of zlib.
        return (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit);
      case 'br':
        return brotliDecompressSync(bytes, limit);
      default:
        return bytes;
    }
  } catch (error) {
    if (error instanceof RangeError) throw new BackEndFault('size', 'Integration response is too large');
    return bytes;
  }
}
