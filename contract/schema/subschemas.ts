/**
 * The schemas that one schema applies: in place (to the same value) or to parts of the value.
 */
import type { Schema } from '../model.ts';

/** Applied to the very value that the schema is applied to. */
export function inPlaceSubschemas(schema: Schema): Schema[] {
  const found: Schema[] = [...schema.allOf, ...schema.dependentSchemas.values()];
  if (schema.anyOf !== undefined) found.push(...schema.anyOf);
  if (schema.oneOf !== undefined) found.push(...schema.oneOf);
  for (const one of [schema.reference, schema.dynamicReference?.target, schema.not, schema.if]) {
    if (one !== undefined) found.push(one);
  }
  for (const one of [schema.then, schema.else, schema.discriminator?.defaultMapping]) {
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Applied to items, properties or property names. */
export function childSubschemas(schema: Schema): Schema[] {
  const found: Schema[] = [...schema.properties.values(), ...schema.patternProperties.values()];
  if (schema.prefixItems !== undefined) found.push(...schema.prefixItems);
  for (const one of [schema.items, schema.contains, schema.unevaluatedItems]) {
    if (one !== undefined) found.push(one);
  }
  for (const one of [schema.additionalProperties, schema.propertyNames, schema.unevaluatedProperties]) {
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** The schema and every schema that validating a value against it can lead to, each once. */
export function* reachableSchemas(schema: Schema): Generator<Schema> {
  const seen = new Set<Schema>([schema]);
  const waiting: Schema[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    const dynamic = next.dynamicReference === undefined ? [] : next.dynamicAnchors.values();
    for (const sub of [...inPlaceSubschemas(next), ...childSubschemas(next), ...dynamic]) {
      if (!seen.has(sub)) {
        seen.add(sub);
        waiting.push(sub);
      }
    }
  }
}

/** True when applying the schema can come back to it without going down into the value. */
export function reachesItselfInPlace(schema: Schema): boolean {
  const seen = new Set<Schema>();
  const waiting = inPlaceSubschemas(schema);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // Where a dynamic reference leads is known only when it is followed.
    if (next === schema || next.dynamicReference?.anchor !== undefined) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...inPlaceSubschemas(next));
  }
  return schema.dynamicReference?.anchor !== undefined;
}
