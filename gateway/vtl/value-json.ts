/**
 * JSON text to values: keys in the order of the text (an object of JavaScript would put `"1"` first), `1.0` a double,
 * integers of any size, arrays marked as a payload's. `toJson` in `value-text.ts` is the way back.
 */
import { findSyntaxError, placeAt, type TextPlace } from '../../contract/json/syntax-error.ts';
import { Double, JsonList, type Value, type ValueMap, whole } from './values.ts';

/** Where and why a text is not JSON. */
export interface JsonFault extends TextPlace {
  /** One clause without a full stop. */
  readonly message: string;
}

/** As deep as Jackson reads. */
const MAX_DEPTH = 1000;

/** More digits become a double: reading digits into a `bigint` is not linear. */
const MAX_DIGITS = 1000;

const STRING = /[^"\\\u0000-\u001f]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/** Ends the reading; the scan of `syntax-error.ts` says what is wrong in words. */
class NotJson extends Error {}

/**
 * Reads a JSON text (RFC 8259). A key that stands twice keeps its first place and has its last value, as in Java.
 *
 * @example
 * ```ts
 * import { fromJson } from './gateway/vtl/value-json.ts';
 *
 * const read = fromJson('{ "price": 1.0 }');
 * ```
 */
export function fromJson(text: string): { readonly value: Value } | { readonly error: JsonFault } {
  const cursor: Cursor = { text, at: 0 };
  try {
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at < text.length) throw new NotJson('expected the end of the text');
    return { value };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { error: findSyntaxError(text) ?? { message: error.message, ...placeAt(text, cursor.at) } };
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readValue(cursor: Cursor, depth: number): Value {
  skipSpace(cursor);
  switch (cursor.text.charCodeAt(cursor.at)) {
    case 0x22: // "
      return readString(cursor);
    case 0x7b: // {
      return readObject(cursor, depth);
    case 0x5b: // [
      return readArray(cursor, depth);
    case 0x74: // t
      return readWord(cursor, 'true', true);
    case 0x66: // f
      return readWord(cursor, 'false', false);
    case 0x6e: // n
      return readWord(cursor, 'null', null);
    default:
      return readNumber(cursor);
  }
}

function readObject(cursor: Cursor, depth: number): ValueMap {
  const map: ValueMap = new Map();
  enter(cursor, depth);
  if (isNext(cursor, 0x7d)) return map;
  do {
    skipSpace(cursor);
    if (cursor.text.charCodeAt(cursor.at) !== 0x22) throw new NotJson('expected a key in double quotes');
    const key = readString(cursor);
    if (!isNext(cursor, 0x3a)) throw new NotJson('expected ":" after the key');
    map.set(key, readValue(cursor, depth + 1));
  } while (isNext(cursor, 0x2c));
  if (!isNext(cursor, 0x7d)) throw new NotJson('expected "," or "}"');
  return map;
}

function readArray(cursor: Cursor, depth: number): JsonList {
  const list = new JsonList();
  enter(cursor, depth);
  if (isNext(cursor, 0x5d)) return list;
  do {
    list.push(readValue(cursor, depth + 1));
  } while (isNext(cursor, 0x2c));
  if (!isNext(cursor, 0x5d)) throw new NotJson('expected "," or "]"');
  return list;
}

function enter(cursor: Cursor, depth: number): void {
  if (depth >= MAX_DEPTH) throw new NotJson(`nested more than ${MAX_DEPTH} levels deep`);
  cursor.at += 1;
}

function readWord(cursor: Cursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) throw new NotJson('expected a value');
  cursor.at += word.length;
  return value;
}

function readNumber(cursor: Cursor): Value {
  NUMBER.lastIndex = cursor.at;
  const found = NUMBER.exec(cursor.text);
  if (found === null) throw new NotJson('expected a value');
  const [digits, fraction, power] = found;
  cursor.at += digits.length;
  if (fraction !== undefined || power !== undefined || digits.length > MAX_DIGITS || digits === '-0') {
    return digits === '-0' ? 0 : new Double(Number(digits));
  }
  return digits.length < 16 ? whole(Number(digits)) : BigInt(digits);
}

function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  let at = start + 1;
  for (;;) {
    STRING.lastIndex = at;
    STRING.test(text);
    at = STRING.lastIndex;
    const code = text.charCodeAt(at);
    if (code === 0x22) break;
    if (code !== 0x5c) throw new NotJson('this string has no closing quote');
    at += 2;
  }
  cursor.at = at + 1;
  const inside = text.slice(start + 1, at);
  if (!inside.includes('\\')) return inside;
  try {
    return JSON.parse(text.slice(start, at + 1)) as string;
  } catch {
    throw new NotJson('a string holds an escape that JSON does not know');
  }
}

/** Passes blanks and, where it stands there, the character. */
function isNext(cursor: Cursor, code: number): boolean {
  skipSpace(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== code) return false;
  cursor.at += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at += 1;
  }
}
