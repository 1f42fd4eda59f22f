/**
 * The text of a value, as Java's `toString` gives it (for payload lists as AWS does), and Java's `equals`. Both are
 * metered, since a few lists that hold each other twice write more text than there are atoms.
 */
import { LimitReached, type Meter } from './meter.ts';
import { Double, HostObject, isList, JsonList, MapEntry, type Value, type ValueMap } from './values.ts';

/** Deeper than any payload, and shallow enough for every stack. */
const MAX_DEPTH = 1000;

/**
 * A value's text. Null is `null` here, as inside a list; what a null reference prints is the renderer's affair.
 *
 * @example
 * ```ts
 * import { DEFAULT_LIMITS, Meter } from './gateway/vtl/meter.ts';
 * import { textOf } from './gateway/vtl/value-text.ts';
 * import { toValue } from './gateway/vtl/values.ts';
 *
 * console.log(textOf(toValue({ a: [1, 'b'] }), new Meter(DEFAULT_LIMITS))); // {a=[1, b]}
 * ```
 * @throws LimitReached when the text is too long, or the value too deep or within itself.
 */
export function textOf(value: Value, meter: Meter): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : write(value, meter, 0);
}

function write(value: Value, meter: Meter, depth: number): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Double) return doubleText(value.value);
  if (value instanceof HostObject) return value.toText(inner => write(inner, meter, depth + 1));
  if (depth >= MAX_DEPTH) throw new LimitReached(`a value that is more than ${MAX_DEPTH} levels deep`);
  if (value instanceof JsonList) return writeJson(value, meter, depth);
  if (value instanceof MapEntry) {
    return `${write(value.key, meter, depth + 1)}=${write(value.value, meter, depth + 1)}`;
  }
  const open = isList(value) ? '[' : '{';
  let text = open;
  const add = (part: string): void => {
    text += text.length === 1 ? part : `, ${part}`;
    meter.spend(1 + (part.length >> 4));
    if (text.length > meter.limits.characters) meter.spendText(text.length);
  };
  if (isList(value)) {
    for (const item of value) add(item === value ? '(this Collection)' : write(item, meter, depth + 1));
    return `${text}]`;
  }
  const map: ValueMap = value;
  const side = (part: Value): string => (part === map ? '(this Map)' : write(part, meter, depth + 1));
  for (const [key, item] of map) add(`${side(key)}=${side(item)}`);
  return `${text}}`;
}

/**
 * A value as compact JSON: maps with their keys as text, doubles as Java writes them, so that `1.0` stays `1.0`.
 * Host objects and what is no finite number become strings.
 *
 * @example
 * ```ts
 * import { DEFAULT_LIMITS, Meter } from './gateway/vtl/meter.ts';
 * import { toJson } from './gateway/vtl/value-text.ts';
 * import { toValue } from './gateway/vtl/values.ts';
 *
 * console.log(toJson(toValue({ a: [1, 'b'] }), new Meter(DEFAULT_LIMITS))); // {"a":[1,"b"]}
 * ```
 * @throws LimitReached when the text is too long, or the value too deep or within itself.
 */
export function toJson(value: Value, meter: Meter): string {
  return writeJson(value, meter, 0);
}

function writeJson(value: Value, meter: Meter, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
    case 'number':
    case 'bigint':
      return `${value}`;
    default:
  }
  if (value === null) return 'null';
  if (value instanceof Double) {
    const text = doubleText(value.value);
    return Number.isFinite(value.value) ? text : `"${text}"`;
  }
  if (value instanceof HostObject) return JSON.stringify(write(value, meter, depth));
  if (depth >= MAX_DEPTH) throw new LimitReached(`a value that is more than ${MAX_DEPTH} levels deep`);
  if (value instanceof MapEntry) return writeJson(new Map([[value.key, value.value]]), meter, depth);
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  let text = open;
  const add = (part: string): void => {
    text += text.length === 1 ? part : `,${part}`;
    meter.spend(1 + (part.length >> 4));
    if (text.length > meter.limits.characters) meter.spendText(text.length);
  };
  if (isList(value)) for (const item of value) add(writeJson(item, meter, depth + 1));
  else
    for (const [key, item] of value)
      add(`${JSON.stringify(write(key, meter, depth + 1))}:${writeJson(item, meter, depth + 1)}`);
  return text + close;
}

/**
 * `Double.toString`: at least one digit after the point, powers of ten from 10^7 on and below 10^-3, and the fewest
 * digits that tell the number from its neighbours, as Java has written them since version 19.
 */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const two = value.toExponential(1);
  // Of two digits the nearest, where one would do: the smallest double is `4.9E-324`.
  const shortest = value.toExponential();
  const [digits = '', power = ''] = (
    shortest.length < two.length && Number(two) === value ? two : shortest
  ).split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(power)}`;
}

/** Java's `equals`: types count (`1` is no `1.0` and no Long), lists and maps go by what they hold. */
export function javaEquals(a: Value, b: Value, meter: Meter, depth = 0): boolean {
  if (typeof a === 'string' && typeof b === 'string') return textsEqual(a, b, meter);
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Double) return b instanceof Double && Object.is(a.value, b.value);
  meter.spend(1);
  if (depth >= MAX_DEPTH) throw new LimitReached(`a value that is more than ${MAX_DEPTH} levels deep`);
  if (isList(a)) {
    return (
      isList(b) &&
      a.length === b.length &&
      a.every((item, index) => javaEquals(item, b[index] ?? null, meter, depth + 1))
    );
  }
  if (a instanceof MapEntry) {
    return (
      b instanceof MapEntry &&
      javaEquals(a.key, b.key, meter, depth + 1) &&
      javaEquals(a.value, b.value, meter, depth + 1)
    );
  }
  if (!(a instanceof Map && b instanceof Map) || a.size !== b.size) return false;
  for (const [key, item] of a) {
    const other = b.get(key);
    if (other === undefined || !javaEquals(item, other, meter, depth + 1)) return false;
  }
  return true;
}

/** Texts of one length are read through to compare them. */
export function textsEqual(a: string, b: string, meter: Meter): boolean {
  if (a.length !== b.length) return false;
  if (a.length > 64) meter.spendText(a.length);
  return a === b;
}
