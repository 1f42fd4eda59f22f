/**
 * What a template handles: Java's values as Velocity sees them, in JavaScript's clothes. Nothing here is reached by
 * name through a prototype: members of a value are found in tables (`methods/`) and in maps, so `constructor` and
 * `__proto__` are names like any other.
 *
 * | in a template | here |
 * | --- | --- |
 * | null, boolean, String | `null`, `boolean`, `string`; a Character is a string of one unit |
 * | Integer | `number`, always whole and within 32 bits |
 * | Long, and BigInteger beyond 64 bits | `bigint` |
 * | Double | {@link Double}: `1.0` is no `1`, and prints its fraction |
 * | ArrayList | a plain array |
 * | array of a JSON payload | {@link JsonList}: prints as JSON (apigateway.md 3.1) |
 * | Object[], Set, Collection | {@link JavaArray}, {@link JavaSet}, {@link JavaCollection} |
 * | LinkedHashMap, JSON object | `Map`, in the order in which keys were put |
 * | Map.Entry | {@link MapEntry} |
 * | `$input`, `$util` and their kin | {@link HostObject} |
 *
 * A JSON integer becomes Integer, Long or BigInteger by its size, as Jackson does.
 */
import type { Meter } from './meter.ts';

/** Any value of a template. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Double
  | Value[]
  | ValueMap
  | MapEntry
  | HostObject;

/** A Java map. Keys of different types are different: `1` and `"1"` are two. */
export type ValueMap = Map<Value, Value>;

/** A Java double. Not a `number`, since `1.0` and `1` print and divide differently. */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** An array that came out of a JSON payload: prints as compact JSON where a list prints `[1, b]`. */
export class JsonList extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A Java array, as `split` gives: has the methods of a list in templates, but no size can change. */
export class JavaArray extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** What `keySet` and `entrySet` give: no `get`, no index. A copy, where Java has a view. */
export class JavaSet extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** What `values` gives: no `get`, no index. A copy, where Java has a view. */
export class JavaCollection extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** One row of a map, as `entrySet` gives. */
export class MapEntry {
  readonly key: Value;
  readonly value: Value;

  constructor(key: Value, value: Value) {
    this.key = key;
    this.value = value;
  }
}

/**
 * A method of a host object; `undefined` says that there is none for these arguments, and prints as unknown. Work counts
 * against the meter of the rendering.
 */
export type HostMethod = (args: readonly Value[], meter: Meter) => Value | undefined;

/** What a host object is made of. */
export interface HostMembers {
  /** `$x.name` and `$x["name"]`; called at each reading, so it may be costly or change. */
  readonly properties?: Readonly<Record<string, () => Value>>;
  /** `$x.name(…)`. */
  readonly methods?: Readonly<Record<string, HostMethod>>;
  /** What `$x` prints, its name unless told. */
  readonly text?: () => string;
  /** What `#foreach` goes through. */
  readonly items?: () => readonly Value[];
}

/**
 * An object of the program that renders, with exactly the members it was given; a template can set none of them.
 * Errors thrown by a member end the rendering as a coded error with the place of the call.
 *
 * @example
 * ```ts
 * import { HostObject } from './gateway/vtl/values.ts';
 *
 * const input = new HostObject('input', { properties: { body: () => '{}' } });
 * ```
 */
export class HostObject {
  readonly name: string;
  /** What `#foreach` goes through; undefined for what is no list. */
  readonly items: (() => readonly Value[]) | undefined;
  readonly #members: HostMembers;

  constructor(name: string, members: HostMembers) {
    this.name = name;
    this.items = members.items;
    this.#members = members;
  }

  /** Null where there is none of that name. */
  property(name: string): Value {
    const { properties } = this.#members;
    return properties !== undefined && Object.hasOwn(properties, name)
      ? (properties[name]?.() ?? null)
      : null;
  }

  /** Undefined where there is none of that name for these arguments. */
  call(name: string, args: readonly Value[], meter: Meter): Value | undefined {
    const { methods } = this.#members;
    return methods !== undefined && Object.hasOwn(methods, name) ? methods[name]?.(args, meter) : undefined;
  }

  /** False where nothing can be set, as in every host object that does not say otherwise. */
  set(_name: string, _value: Value): boolean {
    return false;
  }

  /** What it prints; `write` gives the text of values within. */
  toText(_write: (value: Value) => string): string {
    return this.#members.text?.() ?? this.name;
  }
}

const MIN_INTEGER = -0x80000000;
const MAX_INTEGER = 0x7fffffff;

/** True for what fits an Integer. */
export function isInteger(value: number): boolean {
  return value >= MIN_INTEGER && value <= MAX_INTEGER && Number.isInteger(value);
}

/** A whole number as the narrowest of Integer, Long and BigInteger. */
export function whole(value: number | bigint): number | bigint {
  if (typeof value === 'number') return isInteger(value) ? value + 0 : BigInt(value);
  return value >= MIN_INTEGER && value <= MAX_INTEGER ? Number(value) : value;
}

/** True for ArrayList, a payload's array, Java's arrays, sets and collections. */
export function isList(value: Value | undefined): value is Value[] {
  return Array.isArray(value);
}

/** True for lists that `get` and `[0]` work on. */
export function isIndexed(value: Value | undefined): value is Value[] {
  return Array.isArray(value) && !(value instanceof JavaSet) && !(value instanceof JavaCollection);
}

/** True for maps. */
export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map;
}

/** True for Integer, Long, BigInteger and Double. */
export function isNumber(value: Value | undefined): value is number | bigint | Double {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double;
}

/**
 * Plain JavaScript data as a value, for a host's own data: whole numbers become Integer or Long, others Double; arrays
 * become lists and objects maps. Values of this model inside pass as they are; `undefined` becomes null.
 *
 * @example
 * ```ts
 * import { toValue } from './gateway/vtl/values.ts';
 *
 * const variables = new Map([['pet', toValue({ id: 7, tags: ['small'] })]]);
 * ```
 * @throws TypeError on functions, symbols and what goes deeper than 1,000 levels.
 */
export function toValue(data: unknown, depth = 0): Value {
  if (depth > 1000) throw new TypeError('Data for a template goes deeper than 1000 levels.');
  switch (typeof data) {
    case 'boolean':
    case 'string':
    case 'bigint':
      return data;
    case 'number':
      return Number.isSafeInteger(data) && !Object.is(data, -0) ? whole(data) : new Double(data);
    case 'undefined':
      return null;
    case 'object':
      break;
    default:
      throw new TypeError(`A template cannot be given a ${typeof data}.`);
  }
  if (data === null) return null;
  if (data instanceof Double || data instanceof HostObject || data instanceof MapEntry) return data;
  if (data instanceof Map) return data as ValueMap;
  if (Array.isArray(data)) {
    return data.constructor === Array ? data.map(item => toValue(item, depth + 1)) : (data as Value[]);
  }
  return new Map(Object.entries(data).map(([key, item]) => [key, toValue(item, depth + 1)]));
}
