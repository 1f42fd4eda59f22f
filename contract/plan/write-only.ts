/** Takes out of a value what its schema calls `writeOnly`: such properties are sent to an API and never come back. */
import { isArray, isObject, type Json, type JsonObject, setOwn } from '../json/value.ts';
import type { Schema } from '../model.ts';

/**
 * The value without its `writeOnly` properties; the very same value when there are none.
 *
 * @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-for-use-with-schema-objects
 */
export function withoutWriteOnly(schema: Schema | undefined, value: Json): Json {
  return schema === undefined || typeof value !== 'object' || value === null
    ? value
    : prune(partsOf([schema]), value);
}

function prune(schemas: readonly Schema[], value: Json): Json {
  if (schemas.length === 0) return value;
  if (isArray(value)) {
    const items = value.map((item, index) =>
      prune(partsOf(schemas.flatMap(schema => schema.prefixItems?.[index] ?? schema.items ?? [])), item),
    );
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  let changed = false;
  for (const key of Object.keys(value)) {
    const before = (value as JsonObject)[key] as Json;
    const property = partsOf(schemas.flatMap(schema => schema.properties.get(key) ?? []));
    if (property.some(schema => schema.writeOnly)) {
      changed = true;
      continue;
    }
    const after = prune(property, before);
    changed ||= after !== before;
    setOwn(kept, key, after);
  }
  return changed ? kept : value;
}

/** The schemas that all speak about one value. Alternatives of `oneOf` and `anyOf` count together. */
export function partsOf(schemas: readonly Schema[]): readonly Schema[] {
  const found = new Set<Schema>();
  const waiting = [...schemas];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (found.has(schema)) continue;
    found.add(schema);
    if (schema.reference !== undefined) waiting.push(schema.reference);
    waiting.push(...schema.allOf, ...(schema.oneOf ?? []), ...(schema.anyOf ?? []));
  }
  return [...found];
}
