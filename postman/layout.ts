/**
 * How a collection is written down: what fits into a line stands on one, so that a review shows one change as one line
 * and thousands of items stay small.
 */
import { stringifyJson } from '../contract/json/stringify.ts';
import { isArray, isObject, type Json } from '../contract/json/value.ts';

/** Columns of a line. */
const WIDTH = 120;
/** What a longer text counts: it needs a long line anyway, and others may stand on it. */
const LONG = 30;

/** The text of a generated file, with a newline at its end. */
export function layOut(value: Json): string {
  return `${written(value, 0, 0)}\n`;
}

/** @param used - columns that stand before the value on its line */
function written(value: Json, level: number, used: number): string {
  if (!isArray(value) && !isObject(value)) return stringifyJson(value);
  if (widthOf(value, WIDTH - used) <= WIDTH - used) return onOneLine(value);
  const start = ' '.repeat(level + 1);
  const parts = isArray(value)
    ? value.map(item => written(item, level + 1, level + 1))
    : Object.entries(value).map(([key, member]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${name}${written(member, level + 1, level + 1 + name.length)}`;
      });
  const [open, close] = isArray(value) ? '[]' : '{}';
  return `${open}\n${start}${parts.join(`,\n${start}`)}\n${' '.repeat(level)}${close}`;
}

/** Columns of a value on one line. Counts no further than there is room. */
function widthOf(value: Json, room: number): number {
  if (typeof value === 'string') return Math.min(value.length, LONG) + 2;
  if (!isArray(value) && !isObject(value)) return stringifyJson(value).length;
  let width = 2;
  for (const [key, member] of isArray(value)
    ? value.map(item => ['', item] as const)
    : Object.entries(value)) {
    width += (isArray(value) ? 0 : key.length + 4) + 2 + widthOf(member, room - width);
    if (width > room) break;
  }
  return width;
}

function onOneLine(value: Json): string {
  if (isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return stringifyJson(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
