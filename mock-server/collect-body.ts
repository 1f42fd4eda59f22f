/**
 * The bytes of a request body, collected for Fastify. Its own way to a buffer copies every body once more, because its
 * users may keep what they are given; ours is read before anything else arrives.
 */
import type { Readable } from 'node:stream';
import { errorCodes, type FastifyContentTypeParser, type FastifyError, type FastifyRequest } from 'fastify';

type Done = (error: FastifyError | Error | null, body?: Uint8Array) => void;

/** A request, or what a hook of the instance's owner has put before it. */
type Payload = Readable & { readonly receivedEncodedLength?: number };

/**
 * A parser that hands a body over as it came, with Fastify's own errors for one that is too large, cut off, or not as
 * long as it says.
 *
 * @param bodyLimit - bytes
 */
export function collectBody(bodyLimit: number): FastifyContentTypeParser {
  return ((request: FastifyRequest, payload: Payload, done: Done) => {
    const declared = Number(request.headers['content-length']);
    if (declared > bodyLimit) return done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
    let first: Uint8Array | undefined;
    let chunks: Uint8Array[] | undefined;
    let length = 0;
    const leave = (): void => {
      payload.off('data', onData).off('end', onEnd).off('error', onError);
    };
    const onData = (data: Uint8Array | string): void => {
      // A stream that somebody put before the request may be one of texts.
      const chunk = typeof data === 'string' ? Buffer.from(data) : data;
      length += chunk.byteLength;
      // Either may be beyond the limit: what was sent, and what it becomes when a coding is taken off.
      if (length > bodyLimit || (payload.receivedEncodedLength ?? 0) > bodyLimit) {
        leave();
        done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
        return;
      }
      if (first === undefined) first = chunk;
      else (chunks ??= [first]).push(chunk);
    };
    // A stream that has ended says nothing more, so nobody needs to leave.
    const onEnd = (): void => {
      if (!Number.isNaN(declared) && (payload.receivedEncodedLength ?? length) !== declared)
        done(new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH());
      else done(null, chunks === undefined ? (first ?? EMPTY) : Buffer.concat(chunks, length));
    };
    const onError = (error: Error & { statusCode?: number }): void => {
      leave();
      error.statusCode ??= 400;
      done(error);
    };
    payload.on('data', onData).on('end', onEnd).on('error', onError);
  }) as FastifyContentTypeParser;
}

const EMPTY = new Uint8Array();
