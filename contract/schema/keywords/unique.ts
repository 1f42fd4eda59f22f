/** Equality by key instead of by comparison, so that many values can be told apart in one pass. */
import { isArray, type Json } from '../../json/value.ts';
import { MAX_VALUE_DEPTH } from '../run.ts';

/** Two scalars that JSON Schema calls equal have the same key: `1n` and `1`, `2^60` as a double and as a bigint. */
export function scalarKey(value: Json): Json {
  if (typeof value === 'bigint') {
    const double = Number(value);
    return Number.isSafeInteger(double) ? double : value;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value))
    return BigInt(value);
  return value;
}

/** The indexes of the first two equal items; undefined when all differ, `too deep` when that cannot be told. */
export function firstTwins(items: readonly Json[]): readonly [number, number] | 'too deep' | undefined {
  const scalars = new Map<Json, number>();
  const others = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    let earlier: number | undefined;
    if (typeof item === 'object' && item !== null) {
      const text = canonical(item, 0);
      if (text === undefined) return 'too deep';
      earlier = others.get(text);
      others.set(text, index);
    } else {
      const key = scalarKey(item);
      earlier = scalars.get(key);
      scalars.set(key, index);
    }
    if (earlier !== undefined) return [earlier, index];
  }
  return undefined;
}

/** The same text for equal values, whatever the order of their keys. */
function canonical(value: Json, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) {
    const key = scalarKey(value);
    return typeof key === 'bigint' ? String(key) : JSON.stringify(key);
  }
  if (depth >= MAX_VALUE_DEPTH) return undefined;
  const parts: string[] = [];
  if (isArray(value)) {
    for (const item of value) {
      const part = canonical(item, depth + 1);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return `[${parts.join(',')}]`;
  }
  const object = value as { readonly [key: string]: Json };
  for (const key of Object.keys(object).sort()) {
    const part = canonical(object[key] as Json, depth + 1);
    if (part === undefined) return undefined;
    parts.push(`${JSON.stringify(key)}:${part}`);
  }
  return `{${parts.join(',')}}`;
}
