/**
 * Percent-encoding of the parts of a URI, with the two answers `decodeURIComponent` lacks: "this cannot be read" and
 * "this cannot be written" are values here, never exceptions.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */

/** The text behind percent-encoded UTF-8; undefined when a `%` begins no triplet or the octets are no UTF-8. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `percentDecode` of what may hold a percent sign that encodes nothing: then it stands for itself. */
export function decodedOrSame(text: string): string {
  return percentDecode(text) ?? text;
}

/** `percentDecode` for queries and forms, where `+` is a space (URL Standard, application/x-www-form-urlencoded). */
export function formDecode(text: string): string | undefined {
  return percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** Everything but RFC 3986's unreserved characters encoded; undefined for a lone surrogate, which has no UTF-8 form. */
export function percentEncode(text: string): string | undefined {
  if (/^[\w.~-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, triplet);
  } catch {
    return undefined;
  }
}

/**
 * `percentEncode` that leaves the characters of `allowed` as they are. `%` is always encoded: RFC 6570 would let
 * `%41` through, and the reader would make `A` of it.
 */
export function percentEncodeExcept(text: string, allowed: string): string | undefined {
  let encoded = '';
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    if (char !== undefined && !allowed.includes(char)) continue;
    const part = percentEncode(text.slice(start, at));
    if (part === undefined) return undefined;
    encoded += part + (char ?? '');
    start = at + 1;
  }
  return encoded;
}

/** One ASCII character as `%XX`. */
export function triplet(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
