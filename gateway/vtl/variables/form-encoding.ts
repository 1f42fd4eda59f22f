/** `$util.urlEncode` and `urlDecode`: forms as `java.net` writes and reads them, which is not quite RFC 3986. */
import { ValueFault } from '../meter.ts';

const PLAIN = /^[\w.*-]*$/;

/** Letters, digits and `.-*_` stay, a blank becomes `+`, all else the bytes of its UTF-8. */
export function formEncode(text: string): string {
  if (PLAIN.test(text)) return text;
  // Half of a pair has no bytes, and Java writes a question mark for it.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** A run of escapes holds whole characters, so it is decoded as one. */
const ESCAPES = /(?:%[\da-f]{2})+/gi;

/**
 * Back again: `+` is a blank, and `%XX` are bytes of UTF-8, with U+FFFD for what is none.
 *
 * @throws ValueFault on a percent sign that two hexadecimal digits do not follow.
 */
export function formDecode(text: string): string {
  const bad = /%(?![\da-f]{2})/i.exec(text);
  if (bad !== null) {
    const shown = text.slice(bad.index, bad.index + 3);
    throw new ValueFault(
      `urlDecode was given "${shown}", where two hexadecimal digits should follow the percent sign`,
    );
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return text.replaceAll('+', ' ').replace(ESCAPES, run => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), digits => Number.parseInt(digits, 16));
    return decoder.decode(bytes);
  });
}
