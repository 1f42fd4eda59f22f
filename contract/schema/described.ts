/**
 * What a schema says about each object of a value: the schemas that apply there, of alternatives those that the value
 * meets. For questions that validation does not ask, such as whether a property is declared at all.
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { compilePattern } from './pattern/match.ts';
import type { Direction } from './run.ts';
import { isValid } from './validate.ts';

export interface DescribedObject {
  readonly value: JsonObject;
  /** From the root of the value to it. */
  readonly path: readonly (string | number)[];
  /** Every schema that applies to it. */
  readonly schemas: readonly Schema[];
}

/** Deeper values have been found invalid already. */
const MAX_DEPTH = 100;

/** Every object of a value that some schema describes, outermost first. */
export function* describedObjects(
  schema: Schema,
  value: Json,
  direction: Direction,
): Generator<DescribedObject> {
  yield* walk([schema], value, direction, []);
}

function* walk(
  roots: readonly Schema[],
  value: Json,
  direction: Direction,
  path: readonly (string | number)[],
): Generator<DescribedObject> {
  if (typeof value !== 'object' || value === null || roots.length === 0 || path.length > MAX_DEPTH) return;
  const schemas = applying(roots, value, direction);
  if (isArray(value)) {
    for (const [index, item] of value.entries())
      yield* walk(itemSchemas(schemas, index), item, direction, [...path, index]);
    return;
  }
  if (!isObject(value)) return;
  yield { value, path, schemas };
  for (const key of Object.keys(value))
    yield* walk(memberSchemas(schemas, key), own(value, key) ?? null, direction, [...path, key]);
}

/** What schemas say about a property: those declared for it, by name or pattern, else those of all others. */
export function memberSchemas(schemas: readonly Schema[], key: string): readonly Schema[] {
  const found: Schema[] = [];
  for (const schema of schemas) {
    const before = found.length;
    const declared = schema.properties.get(key);
    if (declared !== undefined) found.push(declared);
    for (const [pattern, matched] of schema.patternProperties) {
      const compiled = compilePattern(pattern);
      // A pattern that cannot be checked may be one that fits.
      if (compiled.kind !== 'compiled' || compiled.test(key)) found.push(matched);
    }
    if (found.length === before && schema.additionalProperties !== undefined)
      found.push(schema.additionalProperties);
  }
  if (found.length > 0) return found;
  return schemas.flatMap(({ unevaluatedProperties }) => unevaluatedProperties ?? []);
}

function itemSchemas(schemas: readonly Schema[], index: number): readonly Schema[] {
  return schemas.flatMap(
    ({ prefixItems, items, unevaluatedItems }) => prefixItems?.[index] ?? items ?? unevaluatedItems ?? [],
  );
}

/** The schemas that all speak about one value. */
function applying(roots: readonly Schema[], value: Json, direction: Direction): readonly Schema[] {
  const found = new Set<Schema>(roots);
  for (const schema of found) for (const part of partsFor(schema, value, direction)) found.add(part);
  return [...found];
}

function partsFor(schema: Schema, value: Json, direction: Direction): readonly Schema[] {
  const parts: Schema[] = [...schema.allOf];
  if (schema.reference !== undefined) parts.push(schema.reference);
  if (schema.dynamicReference !== undefined) parts.push(schema.dynamicReference.target);
  const { discriminator } = schema;
  const chosen = discriminator === undefined ? undefined : own(value, discriminator.propertyName);
  const named = typeof chosen === 'string' ? discriminator?.mapping.get(chosen) : undefined;
  const selected = named ?? discriminator?.defaultMapping;
  if (selected !== undefined) parts.push(selected);
  else
    for (const members of [schema.oneOf, schema.anyOf]) parts.push(...met(members ?? [], value, direction));
  if (schema.if !== undefined) {
    const holds = isValid(schema.if, value, direction);
    const branch = holds ? schema.then : schema.else;
    if (holds) parts.push(schema.if);
    if (branch !== undefined) parts.push(branch);
  }
  for (const [key, dependent] of schema.dependentSchemas)
    if (own(value, key) !== undefined) parts.push(dependent);
  return parts;
}

/** The alternatives that hold. Where none does, the value is invalid, and any of them may have been meant. */
function met(members: readonly Schema[], value: Json, direction: Direction): readonly Schema[] {
  if (members.length < 2) return members;
  const holding = members.filter(member => isValid(member, value, direction));
  return holding.length > 0 ? holding : members;
}
