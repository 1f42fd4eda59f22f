/**
 * How a collection is written down: what fits into a line stands on one, so that a review shows one change as one line
 * and thousands of items stay small.
 */
import { stringifyJson } from '../contract/json/stringify.ts';
import { isArray, isObject, type Json } from '../contract/json/value.ts';

/** Columns of a line; a text that is longer has one of its own. */
const WIDTH = 120;

/** The text of a generated file, with a newline at its end. */
export function layOut(value: Json): string {
  return `${broken(value, 0, 0)}\n`;
}

/** @param used - columns that stand before the value on its line */
function broken(value: Json, level: number, used: number): string {
  if (!isArray(value) && !isObject(value)) return stringifyJson(value);
  const line = onOneLine(value, WIDTH - used);
  if (line !== undefined) return line;
  const blanks = ' '.repeat(level + 1);
  const parts = isArray(value)
    ? value.map(item => `${blanks}${broken(item, level + 1, level + 1)}`)
    : Object.entries(value).map(([key, member]) => {
        const start = `${blanks}${JSON.stringify(key)}: `;
        return `${start}${broken(member, level + 1, start.length)}`;
      });
  const [open, close] = isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${' '.repeat(level)}${close}`;
}

/** Undefined for what is wider than there is room. Gives up as soon as it is. */
function onOneLine(value: Json, room: number): string | undefined {
  if (!isArray(value) && !isObject(value)) {
    // A text is no shorter when it is written.
    if (typeof value === 'string' && value.length > room) return undefined;
    const text = stringifyJson(value);
    return text.length > room ? undefined : text;
  }
  const [open, close] = isArray(value) ? '[]' : '{}';
  let text = '';
  for (const [key, member] of isArray(value)
    ? value.map(item => ['', item] as const)
    : Object.entries(value)) {
    const name = isArray(value) ? '' : `${JSON.stringify(key)}: `;
    const before = `${text === '' ? '' : ', '}${name}`;
    const written = onOneLine(member, room - text.length - before.length - 2);
    if (written === undefined) return undefined;
    text += before + written;
  }
  const padded = text === '' || isArray(value) ? text : ` ${text} `;
  return padded.length + 2 > room ? undefined : `${open}${padded}${close}`;
}
