/**
 * The grammar of header values, as far as several headers share it: tokens, lists, dates, addresses. Says yes or no and
 * knows no header by name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6
 */

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** A token (RFC 9110, 5.6.2). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** A count without sign or fraction: seconds, bytes, requests. */
export function isWholeNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** The members of a list, split at commas outside quoted strings; empty ones left out (5.6.1.2). */
export function listMembers(text: string): readonly string[] {
  return splitOutsideQuotes(text, ',').filter(member => member !== '');
}

/** The parts between separators that stand outside quoted strings, without the blanks around them. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): readonly string[] {
  if (!text.includes('"')) return text.split(separator).map(trimmed);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(trimmed(text.slice(start, at)));
      start = at + 1;
    }
  }
  parts.push(trimmed(text.slice(start)));
  return parts;
}

function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

const QUOTED = /^"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"$/;

/** A quoted string (5.6.4). */
export function isQuotedString(text: string): boolean {
  return QUOTED.test(text);
}

/** `name`, `name=token` or `name="quoted"`, as directives and parameters are written. */
export function isParameter(text: string): boolean {
  const equals = text.indexOf('=');
  if (equals === -1) return isToken(text);
  const value = text.slice(equals + 1);
  return isToken(text.slice(0, equals)) && (isToken(value) || isQuotedString(value));
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE = new RegExp(
  `^(${DAYS.join('|')}), (\\d\\d) (${MONTHS.join('|')}) (\\d{4}) ([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d|60) GMT$`,
);

/** A date as HTTP sends it, `Sun, 06 Nov 1994 08:49:37 GMT`, on a day that there is (5.6.7). */
export function isHttpDate(text: string): boolean {
  const [, weekday = '', day = '', month = '', year = ''] = DATE.exec(text) ?? [];
  if (weekday === '') return false;
  const date = new Date(Date.UTC(Number(year), MONTHS.indexOf(month), Number(day)));
  // Years below 100 would be taken for those of the last century.
  date.setUTCFullYear(Number(year), MONTHS.indexOf(month), Number(day));
  return date.getUTCDate() === Number(day) && DAYS[date.getUTCDay()] === weekday;
}

/** What no URI may hold; letters beyond ASCII are let pass, for browsers and clients take them. */
const NOT_IN_A_URI = /[\u0000-\u0020"<>\\^`{|}\u007f]|%(?![\da-fA-F]{2})/;

/** Why a text is no reference to a resource, neither whole nor relative (RFC 3986); undefined when it is one. */
export function uriFault(text: string): string | undefined {
  if (text === '') return 'it is empty';
  const stray = NOT_IN_A_URI.exec(text)?.[0];
  if (stray !== undefined) {
    return stray === '%'
      ? 'a percent sign begins no escape'
      : `${JSON.stringify(stray)} stands in it as it is`;
  }
  return URL.canParse(text, 'http://localhost/') ? undefined : 'it cannot be resolved';
}
