/** A place in a valid value, the schemas that hold there, and the ways in which one of them could be broken. */
import { isArray, isObject, type Json, own, setOwn } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { discriminatorOf } from '../keywords/discriminator.ts';
import type { Direction } from '../run.ts';
import { flatten } from '../sample/conjunction.ts';
import { isValid } from '../validate.ts';

export interface Spot {
  /** The whole valid value. */
  readonly base: Json;
  /** The way to the part in question. */
  readonly tokens: readonly (string | number)[];
  readonly value: Json;
  /** Everything that holds of the part: references, `allOf` and the chosen members of unions followed. */
  readonly active: readonly Schema[];
  readonly direction: Direction | undefined;
  /** A property that may be left out as well. */
  readonly optional?: boolean;
}

/** One keyword to be broken, and values of the part that may break it, the most telling first. */
export interface Fault {
  readonly keyword: string;
  readonly schema: Schema;
  /** Sets faults of one keyword apart: the name that is missing, the type that is wrong. */
  readonly detail: string;
  readonly candidates: Iterable<Json>;
  /** Said instead of trying, when trying would cost too much. */
  readonly skipped?: string;
}

/** The schemas that hold of this very value: of unions the members it meets, of `if` the branch it takes. */
export function activeSchemas(
  all: readonly Schema[],
  value: Json,
  direction: Direction | undefined,
): readonly Schema[] {
  const found = new Set<Schema>();
  const open = [...all];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const schema of flatten([next])) {
      if (found.has(schema)) continue;
      found.add(schema);
      if (schema.always !== undefined) continue;
      for (const members of [schema.oneOf, schema.anyOf]) {
        if (members !== undefined) open.push(...chosenMembers(schema, members, value, direction));
      }
      const test = schema.if;
      if (test !== undefined) {
        const branch = isValid(test, value, direction) ? schema.then : schema.else;
        if (branch !== undefined) open.push(branch);
      }
      if (!isObject(value)) continue;
      for (const [name, dependent] of schema.dependentSchemas)
        if (Object.hasOwn(value, name)) open.push(dependent);
    }
  }
  return [...found];
}

/** The members of a union that a value meets; a tag chooses one, whatever the others would say. */
export function chosenMembers(
  schema: Schema,
  members: readonly Schema[],
  value: Json,
  direction: Direction | undefined,
): readonly Schema[] {
  const { discriminator } = schema;
  if (discriminator !== undefined && isObject(value)) {
    const tag = own(value, discriminator.propertyName);
    const chosen =
      typeof tag === 'string'
        ? discriminatorOf(schema, discriminator, members)?.members().get(tag)
        : undefined;
    if (chosen !== undefined) return [chosen];
  }
  return members.filter(member => isValid(member, value, direction));
}

/** The whole value with another value at the place. */
export function replaced(base: Json, tokens: readonly (string | number)[], value: Json): Json {
  const [first, ...rest] = tokens;
  if (first === undefined) return value;
  if (isArray(base)) {
    const items = [...base];
    items[Number(first)] = replaced(items[Number(first)] ?? null, rest, value);
    return items;
  }
  const name = String(first);
  return withProperty(
    base,
    name,
    replaced(isObject(base) && Object.hasOwn(base, name) ? (base[name] as Json) : null, rest, value),
  );
}

/** A copy with one property set. */
export function withProperty(object: Json, name: string, value: Json): Json {
  const copy: Record<string, Json> = {};
  if (isObject(object)) for (const key of Object.keys(object)) setOwn(copy, key, object[key] as Json);
  setOwn(copy, name, value);
  return copy;
}

/** A copy without some properties. */
export function withoutProperties(object: Json, names: ReadonlySet<string>): Json {
  const copy: Record<string, Json> = {};
  if (isObject(object)) {
    for (const key of Object.keys(object)) if (!names.has(key)) setOwn(copy, key, object[key] as Json);
  }
  return copy;
}
