/** Headers that belong to how a message travels. Whoever sends or receives the message decides them, never a document. */

/** Lower case (RFC 9110, 6.3 and 7.6; `Content-Encoding` because bodies are looked at as they are sent). */
export const FRAMING_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
