/**
 * How deep the smallest value of a schema has to be. A recursive schema is left by the way that is least deep; one
 * that requires itself without end has no value at all.
 */
import type { Schema } from '../../model.ts';
import { flatten } from './conjunction.ts';

const known = new WeakMap<Schema, number>();

/** Levels below the value: 0 for a scalar, Infinity when no finite value can satisfy the schema. A lower bound. */
export function height(schema: Schema): number {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const reached = reachable(schema);
  const heights = new Map<Schema, number>();
  const of = (one: Schema): number => known.get(one) ?? heights.get(one) ?? Number.POSITIVE_INFINITY;
  // Every round settles at least one more schema, or nothing changes and the rest have no finite value.
  for (let changed = true; changed; ) {
    changed = false;
    for (const one of reached) {
      const now = estimate(one, of);
      if (now < of(one)) {
        heights.set(one, now);
        changed = true;
      }
    }
  }
  for (const one of reached) known.set(one, of(one));
  return of(schema);
}

/** The schemas on which the height hangs: what is required or holds in place. Children before parents, mostly. */
function reachable(schema: Schema): readonly Schema[] {
  const seen = new Set<Schema>([schema]);
  for (const one of seen) {
    for (const part of flatten([one])) {
      for (const next of [...choices(part), ...requiredChildren(part)]) if (!known.has(next)) seen.add(next);
    }
  }
  return [...seen].reverse();
}

function choices(schema: Schema): readonly Schema[] {
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
}

function requiredChildren(schema: Schema): readonly Schema[] {
  const found: Schema[] = [];
  for (const name of schema.required) {
    // A pattern may match the name; then what is additional says nothing.
    const rest = schema.patternProperties.size === 0 ? schema.additionalProperties : undefined;
    const property = schema.properties.get(name) ?? rest;
    if (property !== undefined) found.push(property);
  }
  for (let index = 0; index < Math.min(schema.minItems ?? 0, 50); index += 1) {
    const item = schema.prefixItems?.[index] ?? schema.items;
    if (item !== undefined) found.push(item);
  }
  return found;
}

/** `A: { allOf: [A] }` is no recursion: it says nothing new of the same value. So what holds in place is flattened. */
function estimate(schema: Schema, of: (schema: Schema) => number): number {
  let least = 0;
  for (const part of flatten([schema])) {
    if (part.always === false) return Number.POSITIVE_INFINITY;
    for (const members of [part.anyOf, part.oneOf]) {
      if (members !== undefined && members.length > 0) least = Math.max(least, Math.min(...members.map(of)));
    }
    if (part.const === undefined && part.enum === undefined) least = Math.max(least, own(part, of));
  }
  return least;
}

/** Of the types that may be, the one that needs least. */
function own(schema: Schema, of: (schema: Schema) => number): number {
  const { types } = schema;
  if (types === undefined || types.some(type => type !== 'object' && type !== 'array')) return 0;
  const below = (children: readonly Schema[]): number =>
    children.length === 0 ? 0 : 1 + Math.max(...children.map(of));
  const children = requiredChildren(schema);
  if (types.includes('object') && types.includes('array')) {
    return schema.required.length === 0 || (schema.minItems ?? 0) === 0 ? 0 : below(children);
  }
  if (types.includes('object')) return schema.required.length === 0 ? 0 : below(children);
  return (schema.minItems ?? 0) === 0 ? 0 : below(children);
}
