/**
 * Texts into the types a schema asks for: `"5"` becomes 5 where an integer is wanted. Where nothing fits, the text
 * stays, so that validation can name the type that was expected. Knows no style; structure comes ready as `Raw`.
 */
import { type Json, type JsonObject, type JsonType, setOwn } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { isValid } from '../schema/validate.ts';
import type { Raw } from './raw.ts';
import { itemSchemas, propertySchemas, type View, viewsOf } from './schema-views.ts';

/** How many parts of a value may be looked at while there is still a choice between union members. */
const CHOICES = 50_000;
const MAX_DIGITS = 1000;

/**
 * The value a schema makes of texts.
 *
 * Numbers are read as JSON writes them, so `05` and `+5` stay texts; `true` and `false` are the booleans; null is the
 * empty text or `null`, and only where a string is not allowed. Integers that a double cannot hold become `bigint`.
 * In unions the first reading that is valid wins: number, boolean, null, string. A list where one value is wanted
 * gives its first, one value where a list is wanted becomes a list of one.
 */
export function coerce(schema: Schema | undefined, raw: Raw): Json {
  return coerceTogether(schema === undefined ? [] : [schema], raw);
}

/** The value that schemas which apply together make of texts. */
export function coerceTogether(schemas: readonly Schema[], raw: Raw): Json {
  return coerceJoint(schemas, raw, { left: CHOICES });
}

interface Budget {
  left: number;
}

function coerceJoint(schemas: readonly Schema[], raw: Raw, budget: Budget): Json {
  budget.left -= 1;
  const views = viewsOf(schemas);
  const [first] = views as readonly [View, ...View[]];
  if (views.length === 1) return coerceView(first, schemas, raw, budget);
  const fitting = views.filter(view => accepts(view, raw));
  let fallback: { readonly value: Json } | undefined;
  for (const view of fitting.length > 0 ? fitting : views) {
    const value = coerceView(view, schemas, raw, budget);
    if (fitting.length === 1 || budget.left < 0) return value;
    if (schemas.every(schema => isValid(schema, value, 'request'))) return value;
    if (fallback === undefined || fallback.value === raw) fallback = { value };
  }
  return fallback?.value ?? null;
}

/** Whether a structure can be a value of a view at all. */
function accepts({ types }: View, raw: Raw): boolean {
  if (types === undefined) return true;
  if (typeof raw === 'string')
    return types.size > (types.has('array') ? 1 : 0) + (types.has('object') ? 1 : 0);
  return types.has(Array.isArray(raw) ? 'array' : 'object') || (types.has('array') && raw instanceof Map);
}

function coerceView(view: View, schemas: readonly Schema[], raw: Raw, budget: Budget): Json {
  const { types } = view;
  if (typeof raw === 'string') {
    if (types?.has('array') && types.size === 1) return [coerceJoint(itemSchemas(view, 0), raw, budget)];
    return coerceText(view, schemas, raw);
  }
  if (raw instanceof Map) {
    if (types?.has('array') && !types.has('object')) {
      const list = listOf(raw);
      if (list !== undefined) return coerceList(view, list, budget);
    }
    if (types === undefined) {
      const list = listOf(raw);
      if (list !== undefined) return coerceList(view, list, budget);
    }
    return coerceMembers(view, raw, budget);
  }
  const list = raw as readonly Raw[];
  if (types !== undefined && !types.has('array') && list.length > 0) {
    return coerceView(view, schemas, list[0] as Raw, budget);
  }
  return coerceList(view, list, budget);
}

function coerceList(view: View, list: readonly Raw[], budget: Budget): readonly Json[] {
  return list.map((item, index) => coerceJoint(itemSchemas(view, index), item, budget));
}

function coerceMembers(view: View, members: ReadonlyMap<string, Raw>, budget: Budget): JsonObject {
  const object: Record<string, Json> = {};
  for (const [name, member] of members) {
    setOwn(object, name, coerceJoint(propertySchemas(view, name), member, budget));
  }
  return object;
}

/** The list behind `a[]=x`, `a[0]=x`: all keys empty, or numbers. Ordered by number, gaps closed. */
function listOf(members: ReadonlyMap<string, Raw>): readonly Raw[] | undefined {
  if (members.size === 1 && members.has('')) {
    const all = members.get('') as Raw;
    return Array.isArray(all) ? (all as readonly Raw[]) : [all];
  }
  const entries: [number, Raw][] = [];
  for (const [key, member] of members) {
    if (!/^(?:0|[1-9]\d{0,8})$/.test(key)) return undefined;
    entries.push([Number(key), member]);
  }
  return entries.sort(([a], [b]) => a - b).map(([, member]) => member);
}

function coerceText({ types }: View, schemas: readonly Schema[], text: string): Json {
  if (types?.size === 1 && types.has('string')) return text;
  const readings: Json[] = [];
  const number = types === undefined || types.has('integer') ? readNumber(text) : undefined;
  // `integer` stands beside every `number`; alone it takes no fraction.
  if (number !== undefined && (types === undefined || types.has('number') || isWhole(number)))
    readings.push(number);
  if (allows(types, 'boolean') && (text === 'true' || text === 'false')) readings.push(text === 'true');
  if (allows(types, 'null') && (text === '' || text === 'null') && !types?.has('string')) readings.push(null);
  if (types === undefined) readings.unshift(text);
  else if (types.has('string')) readings.push(text);
  const [first] = readings;
  if (readings.length < 2) return first === undefined ? text : first;
  const valid = readings.find(value => schemas.every(schema => isValid(schema, value, 'request')));
  return valid === undefined ? (first as Json) : valid;
}

function allows(types: ReadonlySet<JsonType> | undefined, type: JsonType): boolean {
  return types === undefined || types.has(type);
}

function isWhole(number: number | bigint): boolean {
  return typeof number === 'bigint' || Number.isInteger(number);
}

/** A number as JSON writes it; undefined for everything else, and for what only infinity could stand for. */
function readNumber(text: string): number | bigint | undefined {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) || !/^-?\d+$/.test(text))
    return Number.isFinite(number) ? number : undefined;
  return text.length <= MAX_DIGITS ? BigInt(text) : undefined;
}
