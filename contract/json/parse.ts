/**
 * JSON text to value without losing digits, keys or the place of a mistake. Native `JSON.parse` does the work; what
 * stands here looks after the texts it would read wrongly (large integers), refuse without a place, or accept in
 * silence (keys that stand twice).
 */
import { parseKeepingIntegers, stringEnd } from './large-integers.ts';
import { joinPointer } from './pointer.ts';
import { findSyntaxError, placeAt, type TextPlace } from './syntax-error.ts';
import type { Json } from './value.ts';

/** Where and why a text is not JSON. */
export interface JsonError extends TextPlace {
  /** One clause without a full stop: `expected a value, found "}"`. */
  readonly message: string;
}

export type ParsedJson = { readonly value: Json } | { readonly error: JsonError };

export interface ParseOptions {
  /** Levels of nesting that are still read; 1000 unless told. */
  readonly maxDepth?: number;
}

const DEFAULT_DEPTH = 1000;

/**
 * Reads a JSON text (RFC 8259). Integers outside the safe range of a double become `bigint`; every other number is a
 * `number`, `1e400` too. A byte order mark is refused, as `JSON.parse` does. Never throws.
 *
 * @example
 * ```ts
 * import { parseJson } from './contract/json/parse.ts';
 *
 * const read = parseJson('{ "id": 9223372036854775807 }');
 * console.log('value' in read ? read.value : `${read.error.line}:${read.error.column} ${read.error.message}`);
 * ```
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(text: string, options: ParseOptions = {}): ParsedJson {
  const maxDepth = options.maxDepth ?? DEFAULT_DEPTH;
  // Each level takes an opening and a closing bracket, so a short text cannot be deep.
  if (text.length > 2 * maxDepth) {
    const deep = offsetBeyondDepth(text, maxDepth);
    if (deep !== undefined) {
      return { error: { message: `nested more than ${maxDepth} levels deep`, ...placeAt(text, deep) } };
    }
  }
  try {
    return { value: parseKeepingIntegers(text) };
  } catch (error) {
    return { error: findSyntaxError(text) ?? { message: (error as Error).message, ...placeAt(text, 0) } };
  }
}

/** A key that stands twice in one object. */
export interface DuplicateKey {
  readonly key: string;
  /** Of the object's member; both have the same. */
  readonly pointer: string;
  /** Of the later one. */
  readonly line: number;
  readonly column: number;
  readonly firstLine: number;
}

interface Frame {
  readonly parent: Frame | undefined;
  /** The line of each key so far; undefined in an array. */
  readonly keys: Map<string, number> | undefined;
  /** The key or index that is being read. */
  token: string | number;
  pointer: string | undefined;
}

/**
 * The keys that stand more than once in an object of a well-formed JSON text, in the order of the text. Compares keys
 * after escapes, so `"a"` and `"\u0061"` are the same. What comes after a syntax error is not looked at.
 */
export function findDuplicateKeys(text: string): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  let frame: Frame | undefined;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x0a:
        line += 1;
        lineStart = at + 1;
        break;
      case 0x7b: // {
        frame = { parent: frame, keys: new Map(), token: '', pointer: undefined };
        break;
      case 0x5b: // [
        frame = { parent: frame, keys: undefined, token: 0, pointer: undefined };
        break;
      case 0x7d: // }
      case 0x5d: // ]
        frame = frame?.parent;
        break;
      case 0x2c: // ,
        if (typeof frame?.token === 'number') frame.token += 1;
        break;
      case 0x22: {
        // "
        const end = stringEnd(text, at);
        if (frame?.keys !== undefined && followedByColon(text, end)) {
          const key = unescapeString(text.slice(at, end));
          if (key === undefined) return found;
          frame.token = key;
          const firstLine = frame.keys.get(key);
          if (firstLine === undefined) frame.keys.set(key, line);
          else {
            const pointer = joinPointer(pointerOf(frame), key);
            found.push({ key, pointer, line, column: at - lineStart + 1, firstLine });
          }
        }
        at = end - 1;
        break;
      }
      default:
    }
  }
  return found;
}

/** Kept on each frame once asked for, so that many duplicates deep inside stay linear. */
function pointerOf(frame: Frame): string {
  const missing: Frame[] = [];
  let current: Frame | undefined = frame;
  while (current !== undefined && current.pointer === undefined) {
    missing.push(current);
    current = current.parent;
  }
  let pointer = current?.pointer ?? '';
  for (const next of missing.reverse()) {
    if (next.parent !== undefined) pointer = joinPointer(next.parent.pointer ?? '', next.parent.token);
    next.pointer = pointer;
  }
  return pointer;
}

/** The offset of the bracket that goes one level too deep. */
function offsetBeyondDepth(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = stringEnd(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return at;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return undefined;
}

function followedByColon(text: string, start: number): boolean {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) return true;
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
    at += 1;
  }
}

function unescapeString(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
