/**
 * Bytes and texts. A body without characters is carried as a byte string: one character a byte, so that JSON values
 * can hold it, lengths count bytes, and what is decoded encodes to the same bytes again.
 */

const STRICT = new TextDecoder('utf-8', { fatal: true });
const ENCODER = new TextEncoder();
const CHUNK = 8192;

/** UTF-8 text, a byte order mark left out; undefined when the bytes are something else. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes of a text in UTF-8; undefined for a lone surrogate, which has none. */
export function utf8Bytes(text: string): Uint8Array | undefined {
  return text.isWellFormed() ? ENCODER.encode(text) : undefined;
}

/** One character a byte. */
export function byteString(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return text;
}

/** The bytes behind a byte string; a text with other characters stands for its UTF-8. */
export function stringBytes(text: string): Uint8Array | undefined {
  if (/[^\u0000-\u00ff]/.test(text)) return utf8Bytes(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
