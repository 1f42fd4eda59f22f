/**
 * What a schema lets a value be, as far as a reader of plain text must know it: the types, the properties, the items.
 * `allOf` and references are joined; each combination of `anyOf` and `oneOf` members is a view of its own.
 */
import { pointerTokens } from '../json/pointer.ts';
import { type Json, type JsonType, jsonType } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { compilePattern } from '../schema/pattern/match.ts';

/** One way in which a value can meet a schema. */
export interface View {
  /** The schemas that apply together. */
  readonly schemas: readonly Schema[];
  /** `number` stands beside `integer`. Undefined: nothing says. */
  readonly types: ReadonlySet<JsonType> | undefined;
}

/** The shapes a serialised value can have. */
export type Kind = 'scalar' | 'array' | 'object';

/** The properties that a schema names, and whether it speaks of others. */
export interface ObjectFacts {
  readonly names: ReadonlySet<string>;
  /** `additionalProperties` or `patternProperties` is written, and is not `false`. */
  readonly more: boolean;
}

/** Combinations of union members that are looked at; the rest is left to validation. */
const MAX_VIEWS = 32;

const ANYTHING: readonly View[] = [{ schemas: [], types: undefined }];
const viewsBySchema = new WeakMap<Schema, readonly View[]>();
const kindsBySchema = new WeakMap<Schema, readonly Kind[]>();
const factsBySchema = new WeakMap<Schema, ObjectFacts>();

/** The views of schemas that apply together; at least one. */
export function viewsOf(schemas: readonly Schema[]): readonly View[] {
  const [only] = schemas;
  if (only === undefined) return ANYTHING;
  if (schemas.length > 1) return viewsFrom(schemas);
  let views = viewsBySchema.get(only);
  if (views === undefined) {
    views = viewsFrom(schemas);
    viewsBySchema.set(only, views);
  }
  return views;
}

/** The kinds a value of the schema can have, each once. Where nothing says, a scalar. */
export function kindsOf(schema: Schema | undefined): readonly Kind[] {
  if (schema === undefined) return ['scalar'];
  let kinds = kindsBySchema.get(schema);
  if (kinds === undefined) {
    const found = new Set<Kind>();
    for (const { types } of viewsOf([schema])) {
      for (const type of types ?? ['string' as const]) found.add(kindOf(type));
    }
    kinds = [...found];
    kindsBySchema.set(schema, kinds);
  }
  return kinds;
}

/** The properties that any view of the schema names. */
export function objectFacts(schema: Schema): ObjectFacts {
  let facts = factsBySchema.get(schema);
  if (facts === undefined) {
    const names = new Set<string>();
    let more = false;
    for (const { schemas } of viewsOf([schema])) {
      for (const part of schemas) for (const name of part.properties.keys()) names.add(name);
      more ||=
        !schemas.some(part => part.additionalProperties?.always === false) &&
        schemas.some(part => part.additionalProperties !== undefined);
      more ||= schemas.some(part => part.patternProperties.size > 0);
    }
    facts = { names, more };
    factsBySchema.set(schema, facts);
  }
  return facts;
}

/** The schemas of one property in a view: declared, by pattern, else those of further properties. */
export function propertySchemas({ schemas }: View, name: string): readonly Schema[] {
  const found: Schema[] = [];
  for (const schema of schemas) {
    const declared = schema.properties.get(name);
    const before = found.length;
    if (declared !== undefined) found.push(declared);
    for (const [pattern, matched] of schema.patternProperties) {
      const compiled = compilePattern(pattern);
      if (compiled.kind === 'compiled' && compiled.test(name)) found.push(matched);
    }
    if (found.length === before && schema.additionalProperties !== undefined) {
      found.push(schema.additionalProperties);
    }
  }
  return found;
}

/** The schemas of one item of a list in a view. */
export function itemSchemas({ schemas }: View, index: number): readonly Schema[] {
  return schemas
    .map(schema => schema.prefixItems?.[index] ?? schema.items)
    .filter(schema => schema !== undefined);
}

/** The one of a property's schemas that tells most about its shape. */
export function propertySchema(view: View, name: string): Schema | undefined {
  const schemas = propertySchemas(view, name);
  return schemas.find(schema => viewsOf([schema]).some(({ types }) => types !== undefined)) ?? schemas[0];
}

/** The schema of a property that some way through the schema's choices declares by name. */
export function declaredProperty(schema: Schema, name: string): Schema | undefined {
  for (const view of viewsOf([schema])) {
    if (view.schemas.some(({ properties }) => properties.has(name))) return propertySchema(view, name);
  }
  return undefined;
}

/** The schema that is declared for a value inside another, by its place there. */
export function declaredAt(schema: Schema | undefined, pointer: string): Schema | undefined {
  return pointerTokens(pointer).reduce<Schema | undefined>(
    (outer, name) => (outer === undefined ? undefined : declaredProperty(outer, name)),
    schema,
  );
}

function kindOf(type: JsonType): Kind {
  return type === 'array' || type === 'object' ? type : 'scalar';
}

function viewsFrom(schemas: readonly Schema[]): readonly View[] {
  let combinations: readonly (readonly Schema[])[] = [[]];
  for (const schema of schemas) combinations = combine(combinations, expand(schema, new Set()));
  return combinations.map(joined => ({ schemas: joined, types: jointTypes(joined) }));
}

/** The lists of schemas, one for each choice of union members, that say together what the schema says. */
function expand(schema: Schema, above: Set<Schema>): readonly (readonly Schema[])[] {
  // A schema inside itself in place adds nothing.
  if (above.has(schema)) return [[]];
  above.add(schema);
  let combinations: readonly (readonly Schema[])[] = [[schema]];
  for (const part of [schema.reference, schema.dynamicReference?.target, ...schema.allOf]) {
    if (part !== undefined) combinations = combine(combinations, expand(part, above));
  }
  for (const union of [schema.anyOf, schema.oneOf]) {
    if (union === undefined || union.length === 0) continue;
    const choices: (readonly Schema[])[] = [];
    for (const member of union) {
      if (choices.length < MAX_VIEWS) choices.push(...expand(member, above));
    }
    combinations = combine(combinations, choices);
  }
  above.delete(schema);
  return combinations;
}

function combine(
  left: readonly (readonly Schema[])[],
  right: readonly (readonly Schema[])[],
): readonly (readonly Schema[])[] {
  if (right.length === 1 && right[0]?.length === 0) return left;
  return left.flatMap(a => right.map(b => [...a, ...b])).slice(0, MAX_VIEWS);
}

function jointTypes(schemas: readonly Schema[]): ReadonlySet<JsonType> | undefined {
  let joint: ReadonlySet<JsonType> | undefined;
  for (const schema of schemas) {
    const own = ownTypes(schema);
    if (own === undefined) continue;
    const both: ReadonlySet<JsonType> = joint === undefined ? own : joint.intersection(own);
    // Schemas that contradict each other are for validation to tell.
    if (both.size > 0) joint = both;
  }
  return joint ?? impliedTypes(schemas);
}

function ownTypes(schema: Schema): ReadonlySet<JsonType> | undefined {
  const values = schema.const === undefined ? schema.enum : [schema.const.value];
  const types = schema.types ?? values?.map((value: Json) => jsonType(value));
  if (types === undefined || types.length === 0) return undefined;
  return new Set(types.flatMap(type => (type === 'number' ? ['number', 'integer'] : [type])));
}

/** Documents write `properties` without `type: object`; strictly any type would do, but nobody means that. */
function impliedTypes(schemas: readonly Schema[]): ReadonlySet<JsonType> | undefined {
  for (const schema of schemas) {
    if (schema.properties.size > 0 || schema.additionalProperties !== undefined) return OBJECT;
    if (schema.items !== undefined || schema.prefixItems !== undefined) return ARRAY;
  }
  return undefined;
}
const OBJECT: ReadonlySet<JsonType> = new Set(['object']);
const ARRAY: ReadonlySet<JsonType> = new Set(['array']);
