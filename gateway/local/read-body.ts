/** The body of a request, whole, or the word that it is longer than API Gateway takes. */
import type { IncomingMessage } from 'node:http';
import { rawHeader } from './invoke/multi-values.ts';

/** API Gateway's own limit of a request, payload included. */
export const BODY_LIMIT: number = 10 * 1024 * 1024;

/** What is still read, and thrown away, of a body that is too long: whoever is sending hears the answer only then. */
const PATIENCE = 10 * BODY_LIMIT;

const NOTHING = new Uint8Array();

/**
 * Calls back once, at once where there is no body, and never when the client goes away before its end.
 *
 * @param done - undefined for a body that is too long
 */
export function readBody(request: IncomingMessage, done: (body: Uint8Array | undefined) => void): void {
  if (!hasBody(request)) {
    done(NOTHING);
    return;
  }
  let chunks: Uint8Array[] = [];
  let length = 0;
  request.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
    else if (length <= PATIENCE) chunks = [];
    else request.destroy();
  });
  request.on('end', () => {
    if (length > BODY_LIMIT) done(undefined);
    else done(chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks));
  });
  // A client that goes away in the middle of its request has nobody left to answer.
  request.on('error', () => {});
}

/** False for a request that ends with its head. */
export function hasBody({ rawHeaders }: IncomingMessage): boolean {
  // Node's own reading of the headers costs more than all that is asked of them here.
  return (
    rawHeader(rawHeaders, 'transfer-encoding') !== undefined ||
    Number(rawHeader(rawHeaders, 'content-length') ?? 0) > 0
  );
}

/** True where the client waits for leave to send a body that is too long. */
export function announcesTooMuch({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > BODY_LIMIT;
}
