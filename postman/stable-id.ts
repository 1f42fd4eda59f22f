/** Ids that hang on a name alone, so that a collection made anew shows in review what has changed and nothing else. */
import { createHash } from 'node:crypto';

/**
 * A UUID of version 5: the same for the same name, on every machine.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 */
export function stableId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The namespace of URLs (RFC 9562, 6.6): names are those of documents and what stands in them. */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
