/**
 * JSON values as this project carries them. Integers that a double cannot hold are `bigint`, so that a bound of
 * 9223372036854775807 stays that number; everything else is what `JSON.parse` gives.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** A JSON object. Read it with {@link own}: its keys come from strangers, `__proto__` among them. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The type names of JSON Schema; `integer` is a number without a fraction. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** True for JSON objects, false for arrays and null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object; none of anything else. */
export function entriesOf(value: Json | undefined): readonly (readonly [name: string, value: Json])[] {
  return isObject(value) ? (Object.entries(value) as [string, Json][]) : [];
}

/** True for JSON arrays; `Array.isArray` alone does not narrow a readonly array. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object's own property, never an inherited one such as `constructor`. */
export function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Sets a property that may be called `__proto__`; plain assignment would change the prototype instead. */
export function setOwn(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** Equality as JSON Schema defines it (2020-12 core, section 4.2.2): by value, `1` equals `1.0`, key order is nothing. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    return (typeof a === 'number' || typeof a === 'bigint') &&
      (typeof b === 'number' || typeof b === 'bigint')
      ? // biome-ignore lint/suspicious/noDoubleEquals: `==` is the one comparison that is exact between number and bigint
        a == b
      : false;
  }
  if (isArray(a)) {
    return isArray(b) && a.length === b.length && a.every((item, index) => jsonEqual(item, b[index] as Json));
  }
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && jsonEqual(a[key] as Json, b[key] as Json))
    );
  }
  return false;
}

/** The narrowest JSON Schema type name of a value. */
export function jsonType(value: Json): JsonType {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'bigint':
      return 'integer';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    default:
      return isArray(value) ? 'array' : 'object';
  }
}
