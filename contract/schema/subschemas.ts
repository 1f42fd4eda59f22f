/**
 * The schemas that one schema applies: in place (to the same value) or to parts of the value.
 */
import type { Schema } from '../model.ts';

/** Applied to the very value that the schema is applied to. */
export function inPlaceSubschemas(schema: Schema): Schema[] {
  const found: Schema[] = [];
  visitInPlace(schema, sub => found.push(sub));
  return found;
}

/** Applied to items, properties or property names. */
export function childSubschemas(schema: Schema): Schema[] {
  const found: Schema[] = [];
  visitChildren(schema, sub => found.push(sub));
  return found;
}

/** Both, without lists that are thrown away: big documents have a hundred thousand schemas, and most have no parts. */
export function visitSubschemas(schema: Schema, visit: (sub: Schema) => void): void {
  visitInPlace(schema, visit);
  visitChildren(schema, visit);
}

function visitInPlace(schema: Schema, visit: (sub: Schema) => void): void {
  for (const one of schema.allOf) visit(one);
  for (const one of schema.dependentSchemas.values()) visit(one);
  for (const one of schema.anyOf ?? NONE) visit(one);
  for (const one of schema.oneOf ?? NONE) visit(one);
  visitOne(schema.reference, visit);
  visitOne(schema.dynamicReference?.target, visit);
  visitOne(schema.not, visit);
  visitOne(schema.if, visit);
  visitOne(schema.then, visit);
  visitOne(schema.else, visit);
  visitOne(schema.discriminator?.defaultMapping, visit);
}

function visitChildren(schema: Schema, visit: (sub: Schema) => void): void {
  for (const one of schema.properties.values()) visit(one);
  for (const one of schema.patternProperties.values()) visit(one);
  for (const one of schema.prefixItems ?? NONE) visit(one);
  visitOne(schema.items, visit);
  visitOne(schema.contains, visit);
  visitOne(schema.unevaluatedItems, visit);
  visitOne(schema.additionalProperties, visit);
  visitOne(schema.propertyNames, visit);
  visitOne(schema.unevaluatedProperties, visit);
}

const NONE: readonly Schema[] = [];

function visitOne(sub: Schema | undefined, visit: (sub: Schema) => void): void {
  if (sub !== undefined) visit(sub);
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
