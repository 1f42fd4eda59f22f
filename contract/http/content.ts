/** Which entry of a `content` map speaks about a body. */
import type { MediaType } from '../model.ts';
import { mostSpecific } from './media-type.ts';

const rangesOf = new WeakMap<readonly MediaType[], readonly string[]>();

/** The most exact entry that covers a content type; undefined when none does. */
export function mediaTypeFor(content: readonly MediaType[], contentType: string): MediaType | undefined {
  let ranges = rangesOf.get(content);
  if (ranges === undefined) {
    ranges = content.map(({ mediaType }) => mediaType);
    rangesOf.set(content, ranges);
  }
  const index = mostSpecific(ranges, contentType);
  return index === undefined ? undefined : content[index];
}

/** The content coding that a body comes in; undefined for a body as it is. */
export function contentCoding(headers: Readonly<Record<string, unknown>>): string | undefined {
  const coding = headers['content-encoding'];
  return typeof coding !== 'string' || /^\s*(?:identity)?\s*$/i.test(coding) ? undefined : coding.trim();
}
