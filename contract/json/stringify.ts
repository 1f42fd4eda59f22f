/** JSON value to text. Differs from `JSON.stringify` in one thing: a `bigint` is written as its digits. */
import type { Json, JsonObject } from './value.ts';

/**
 * Writes a value as JSON, keys in the object's own order, `__proto__` like any other. Without `indent` on one line.
 *
 * @param value - what to write
 * @param indent - blanks a level, as in `JSON.stringify`
 * @example
 * ```ts
 * import { stringifyJson } from './contract/json/stringify.ts';
 *
 * console.log(stringifyJson({ id: 9223372036854775807n })); // {"id":9223372036854775807}
 * ```
 */
export function stringifyJson(value: Json, indent = 0): string {
  // An application may have given bigint a `toJSON`, which would turn numbers into strings without a word.
  if (!('toJSON' in BigInt.prototype)) {
    try {
      return JSON.stringify(value, undefined, indent);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return write(value, ' '.repeat(indent), '\n');
}

/** `newline` carries the indentation of the level that is being written. */
function write(value: Json, step: string, newline: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = newline + step;
  const array = Array.isArray(value);
  const parts = array
    ? (value as readonly Json[]).map(item => write(item, step, inner))
    : Object.keys(value).map(
        key =>
          `${JSON.stringify(key)}:${step === '' ? '' : ' '}${write((value as JsonObject)[key] as Json, step, inner)}`,
      );
  const [open, close] = array ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  return step === ''
    ? open + parts.join(',') + close
    : open + inner + parts.join(`,${inner}`) + newline + close;
}
