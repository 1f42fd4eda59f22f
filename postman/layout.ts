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
  const chunks: string[] = [];
  let chunk = '';
  write(value, 0, 0, piece => {
    chunk += piece;
    if (chunk.length < CHUNK) return;
    chunks.push(chunk);
    chunk = '';
  });
  return `${chunks.join('')}${chunk}\n`;
}

const CHUNK = 65_536;

/**
 * Writes piece by piece: texts put together level by level would be copied once for each.
 *
 * @param used - columns that stand before the value on its line
 */
function write(value: Json, level: number, used: number, put: (piece: string) => void): void {
  if (!isArray(value) && !isObject(value)) {
    put(leaf(value));
    return;
  }
  if (widthOf(value, WIDTH - used) <= WIDTH - used) {
    put(onOneLine(value));
    return;
  }
  const [open, close] = isArray(value) ? '[]' : '{}';
  const start = `\n${' '.repeat(level + 1)}`;
  let before = `${open}${start}`;
  if (isArray(value)) {
    for (const item of value) {
      put(before);
      write(item, level + 1, level + 1, put);
      before = `,${start}`;
    }
  } else {
    for (const [key, member] of Object.entries(value)) {
      const name = `${JSON.stringify(key)}: `;
      put(before + name);
      write(member, level + 1, level + 1 + name.length, put);
      before = `,${start}`;
    }
  }
  put(`\n${' '.repeat(level)}${close}`);
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
  if (!isObject(value)) return leaf(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Most of a collection is texts. */
function leaf(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value) : stringifyJson(value);
}
