/**
 * Takes the Content-Encoding off a body. Nobody asked for one, yet a server may choose one then
 * (RFC 9110, 12.5.3), and many compress whatever they send.
 */

const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

export type Decoded =
  | { readonly kind: 'decoded'; readonly body: Uint8Array }
  /** It grows beyond the limit. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * The body without its codings, the last applied first. A coding that is not known stays on.
 *
 * @param codings - the value of Content-Encoding, perhaps a list
 */
export function decodeContent(codings: string, body: Uint8Array, limit: number): Decoded {
  let decoded = body;
  for (const coding of codings.split(',').toReversed()) {
    const name = coding.trim().toLowerCase();
    if (!CODINGS.has(name)) break;
    try {
      decoded = decode(name, decoded, limit);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large' };
      return { kind: 'malformed', reason: `Content-Encoding: ${codings}, which the body is not: ${message}` };
    }
  }
  return { kind: 'decoded', body: decoded };
}

function decode(coding: string, body: Uint8Array, maxOutputLength: number): Uint8Array {
  // Loaded when the first coded answer comes.
  const zlib = process.getBuiltinModule('node:zlib');
  const options = { maxOutputLength };
  switch (coding) {
    case 'br':
      return zlib.brotliDecompressSync(body, options);
    case 'zstd':
      return zlib.zstdDecompressSync(body, options);
    case 'deflate':
      // Half of the servers leave out the zlib wrapper that RFC 9110, 8.4.1.2 asks for.
      return ((body[0] ?? 0) & 0x0f) === 8
        ? zlib.inflateSync(body, options)
        : zlib.inflateRawSync(body, options);
    default:
      return zlib.gunzipSync(body, options);
  }
}
