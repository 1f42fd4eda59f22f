/**
 * What a client wishes by `Prefer`, in the words that users of mocks know: `code=404, example=missing`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */

export interface Preferences {
  /** The status to answer with. */
  readonly code: number | undefined;
  /** The name of the example to answer with. */
  readonly example: string | undefined;
}

/** Nothing wished for. */
export const NO_PREFERENCES: Preferences = { code: undefined, example: undefined };
const PREFERENCE = /[\s,;]*([!#$%&'*+.^`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;]*))?/y;

/** Longer headers wish for nothing; the longest sensible one has a hundred characters. */
const MAX_LENGTH = 4096;

/**
 * The preferences of a header, the first of each name counting. What is not understood is not a fault: a server may
 * ignore any preference.
 *
 * @example
 * ```ts
 * import { parsePrefer } from './mock-server/prefer.ts';
 *
 * console.log(parsePrefer('code=404; example="not found"').example); // not found
 * ```
 */
export function parsePrefer(header: string | undefined): Preferences {
  if (header === undefined || header.length > MAX_LENGTH) return NO_PREFERENCES;
  let code: number | undefined;
  let example: string | undefined;
  PREFERENCE.lastIndex = 0;
  for (let found = PREFERENCE.exec(header); found !== null; found = PREFERENCE.exec(header)) {
    const [, name = '', written = ''] = found;
    const value = /^".*"$/s.test(written) ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written;
    switch (name.toLowerCase()) {
      case 'code':
        if (code === undefined && /^[2-5]\d\d$/.test(value)) code = Number(value);
        break;
      case 'example':
        if (value !== '') example ??= value;
        break;
    }
  }
  return code === undefined && example === undefined ? NO_PREFERENCES : { code, example };
}

/** The `Preference-Applied` header for preferences that were kept (RFC 7240, section 3). */
export function preferenceApplied(preferences: Preferences): string {
  const applied: string[] = [];
  if (preferences.code !== undefined) applied.push(`code=${preferences.code}`);
  if (preferences.example !== undefined) applied.push(`example=${tokenOrQuoted(preferences.example)}`);
  return applied.join(', ');
}

/** Names come from documents and may hold anything; a header holds visible ASCII. */
function tokenOrQuoted(text: string): string {
  if (/^[!#$%&'*+.^`|~\w-]+$/.test(text)) return text;
  const visible = text.toWellFormed().replace(/[^\x20-\x7e]+/g, part => encodeURIComponent(part));
  return `"${visible.replace(/["\\]/g, '\\$&')}"`;
}
