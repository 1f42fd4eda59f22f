/**
 * Bytes and texts: which of the two a payload is, and what `contentHandling` makes of it on its way to an integration
 * and back (apigateway.md 16.5).
 */
import { configurationError } from './failure.ts';
import { mediaType } from './multi-values.ts';

export type Payload = string | Uint8Array;

/** Media types whose payloads are bytes. */
export type BinaryTypes = (mediaType: string) => boolean;

/** @param types - `*` + `/*` is all, `image/*` all of a kind */
export function binaryTypes(types: readonly string[] | undefined): BinaryTypes {
  if (types === undefined || types.length === 0) return () => false;
  const exact = new Set(types.map(mediaType));
  if (exact.has('*/*')) return () => true;
  const kinds = [...exact].filter(type => type.endsWith('/*')).map(type => type.slice(0, -1));
  return type => exact.has(type) || kinds.some(kind => type.startsWith(kind));
}

/** The payload of a request as its integration, or its template, gets it. @throws GatewayFailure for bad Base64 */
export function requestPayload(
  body: Uint8Array,
  binary: boolean,
  contentHandling: string | undefined,
): Payload {
  if (binary) return contentHandling === 'CONVERT_TO_TEXT' ? base64Of(body) : body;
  // Bytes that are no UTF-8 are lost here, as on AWS.
  const text = textOf(body);
  return contentHandling === 'CONVERT_TO_BINARY' ? bytesOf(text, 'request') : text;
}

/**
 * The payload of a response as its template, or the client, gets it.
 *
 * @param binary - whether the integration answered with bytes
 * @param wanted - whether the client accepts bytes first of all
 * @throws GatewayFailure for bad Base64
 */
export function responsePayload(
  body: Payload,
  binary: boolean,
  wanted: boolean,
  contentHandling: string | undefined,
): Payload {
  if (binary) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    if (contentHandling === 'CONVERT_TO_BINARY') return bytes;
    if (contentHandling === 'CONVERT_TO_TEXT' || !wanted) return base64Of(bytes);
    return bytes;
  }
  const toBytes = contentHandling === 'CONVERT_TO_BINARY' || (wanted && contentHandling === undefined);
  const text = typeof body === 'string' ? body : textOf(body);
  return toBytes ? bytesOf(text, 'response') : text;
}

export function textOf(body: Payload): string {
  if (typeof body === 'string') return body;
  return body.length === 0 ? '' : view(body).toString();
}

function base64Of(body: Uint8Array): string {
  return view(body).toString('base64');
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function bytesOf(text: string, side: 'request' | 'response'): Uint8Array {
  const packed = text.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !BASE64.test(packed)) {
    throw configurationError(`Unable to base64 decode the ${side} body`);
  }
  return Buffer.from(packed, 'base64');
}

function view(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
