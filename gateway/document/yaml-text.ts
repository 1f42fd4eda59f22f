/**
 * A value as YAML that readers of 1.1 and of 1.2 take for the same: blocks, plain words only where both see a text,
 * everything else in double quotes, escaped as in JSON and beyond. The reader of AWS is one of 1.1, to which `on` is a
 * truth value and U+2028 the end of a line.
 *
 * @see https://yaml.org/spec/1.1/
 */
import { isArray, isObject, type Json, type JsonObject } from '../../contract/json/value.ts';

/** Texts that nobody takes for anything else. */
const PLAIN = /^[A-Za-z_/][A-Za-z0-9_/.-]*$/;
const OTHER_MEANING = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** What stands in a line only where it is escaped; JSON escapes the rest. */
const UNSEEN = /[\u{7F}-\u{9F}\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}\u{10000}-\u{10FFFF}]/gu;

/** @param value - the whole document */
export function yamlText(value: Json): string {
  return `${block(value, '').slice(1)}\n`;
}

/** What follows a key or a dash: on the same line for a scalar, on lines of its own for the rest. */
function block(value: Json, indent: string): string {
  if (isArray(value)) {
    if (value.length === 0) return ' []';
    return value.map(item => `\n${indent}-${inline(block(item, `${indent}  `), indent)}`).join('');
  }
  if (isObject(value)) {
    const entries = Object.entries(value as JsonObject);
    if (entries.length === 0) return ' {}';
    return entries.map(([key, item]) => `\n${indent}${text(key)}:${block(item, `${indent}  `)}`).join('');
  }
  return ` ${scalar(value)}`;
}

/** The first key of an item stands beside its dash. */
function inline(lines: string, indent: string): string {
  const start = `\n${indent}  `;
  return lines.startsWith(start) ? ` ${lines.slice(start.length)}` : lines;
}

function scalar(value: Json): string {
  if (typeof value === 'string') return text(value);
  // An exponent without a point is a text to readers of 1.1.
  return typeof value === 'number' ? String(value).replace(/^(-?\d+)e/, '$1.0e') : String(value);
}

function text(value: string): string {
  if (PLAIN.test(value) && !OTHER_MEANING.test(value)) return value;
  return JSON.stringify(value).replace(UNSEEN, found => {
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
