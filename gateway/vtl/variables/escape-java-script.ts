/**
 * `$util.escapeJavaScript`, which is that of commons-lang 2: quotes of both kinds and slashes get a backslash, and all
 * beyond ASCII becomes `\uXXXX`. What it makes of `'` is no JSON, as AWS itself says.
 */

const SHORT: ReadonlyMap<number, string> = new Map([
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x27, "\\'"],
  [0x2f, '\\/'],
  [0x5c, '\\\\'],
]);

/** Nothing to do for most texts. */
const ESCAPED = /["'/\\]|[^\x20-\x7f]/;

/** The text as it can stand in a string of JavaScript. */
export function escapeJavaScript(text: string): string {
  if (!ESCAPED.test(text)) return text;
  let escaped = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const short = SHORT.get(unit);
    if (short !== undefined) escaped += short;
    else if (unit >= 0x20 && unit <= 0x7f) escaped += text.charAt(at);
    else escaped += `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return escaped;
}
