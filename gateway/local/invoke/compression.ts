/**
 * Compression of payloads, for APIs that were given a `minimumCompressionSize`: answers from that size on for clients
 * that accept it, and requests that come compressed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 */
import { deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { GatewayFailure } from './failure.ts';
import { PAYLOAD_LIMIT } from './integrations/back-end.ts';
import type { StageAnswer } from './model.ts';
import { rawHeader } from './multi-values.ts';

/** The answer as the client gets it, packed if it likes that and the body is large enough. */
export function compressed(
  answer: StageAnswer,
  requestHeaders: readonly string[],
  minimumSize: number | undefined,
): StageAnswer {
  if (minimumSize === undefined) return answer;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (body.length === 0 || body.length < minimumSize) return answer;
  if (rawHeader(answer.headers, 'content-encoding') !== undefined) return answer;
  const encoding = acceptedEncoding(rawHeader(requestHeaders, 'accept-encoding') ?? '');
  if (encoding === undefined) return answer;
  return {
    status: answer.status,
    headers: [...answer.headers, 'Content-Encoding', encoding],
    body: encoding === 'gzip' ? gzipSync(body) : deflateSync(body),
  };
}

/** The one the client likes best, gzip of two it likes alike. */
function acceptedEncoding(header: string): 'gzip' | 'deflate' | undefined {
  let best: 'gzip' | 'deflate' | undefined;
  let weight = 0;
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase());
    const written = parameters.find(text => text.startsWith('q='))?.slice(2);
    const quality = written === undefined ? 1 : Number(written);
    const encoding = name === '*' ? 'gzip' : name;
    if (encoding !== 'gzip' && encoding !== 'deflate') continue;
    if (quality > weight || (quality === weight && quality > 0 && encoding === 'gzip')) {
      best = encoding;
      weight = quality;
    }
  }
  return best;
}

/** The body that a client packed. @throws GatewayFailure for one that is not packed as it says, or unpacks to too much */
export function decompressed(
  body: Uint8Array,
  headers: readonly string[],
  minimumSize: number | undefined,
): Uint8Array {
  const encoding = rawHeader(headers, 'content-encoding')?.trim().toLowerCase();
  if (minimumSize === undefined || encoding === undefined || body.length === 0) return body;
  const limit = { maxOutputLength: PAYLOAD_LIMIT };
  try {
    if (encoding === 'gzip') return gunzipSync(body, limit);
    if (encoding === 'deflate') {
      return (body[0] ?? 0) % 16 === 8 ? inflateSync(body, limit) : inflateRawSync(body, limit);
    }
  } catch (error) {
    throw error instanceof RangeError
      ? new GatewayFailure('REQUEST_TOO_LARGE')
      : new GatewayFailure('DEFAULT_4XX', { status: 400 });
  }
  if (encoding === 'identity') return body;
  throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE');
}
