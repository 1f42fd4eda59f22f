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

const known = new WeakMap<Schema, boolean>();

/**
 * True when applying the schema can come back to it without going down into the value. Where a dynamic reference
 * leads is known only when it is followed, so a schema that has one is always suspected.
 */
export function reachesItselfInPlace(schema: Schema): boolean {
  if (!known.has(schema)) settleComponents(schema);
  return known.get(schema) ?? true;
}

interface Visit {
  readonly schema: Schema;
  readonly order: number;
  /** The earliest visit that can be reached from here. */
  low: number;
  readonly subs: readonly Schema[];
  next: number;
}

/** Tarjan's strongly connected components, without recursion: chains of references may be long. */
function settleComponents(root: Schema): void {
  const visits = new Map<Schema, Visit>();
  const path: Visit[] = [];
  const open: Visit[] = [];
  const visit = (schema: Schema): void => {
    const order = visits.size;
    const made: Visit = { schema, order, low: order, subs: inPlaceSubschemas(schema), next: 0 };
    visits.set(schema, made);
    path.push(made);
    open.push(made);
  };
  visit(root);
  for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
    const sub = current.subs[current.next++];
    if (sub !== undefined) {
      const met = visits.get(sub);
      if (known.has(sub)) continue;
      if (met === undefined) visit(sub);
      else current.low = Math.min(current.low, met.order);
      continue;
    }
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) parent.low = Math.min(parent.low, current.low);
    if (current.low === current.order) settle(current, open);
  }
}

/** Everything visited since is one component: a cycle, unless it is one schema that does not name itself. */
function settle(first: Visit, open: Visit[]): void {
  const alone = open.at(-1) === first;
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    const { schema, subs } = member;
    known.set(schema, !alone || subs.includes(schema) || schema.dynamicReference?.anchor !== undefined);
    if (member === first) return;
  }
}
