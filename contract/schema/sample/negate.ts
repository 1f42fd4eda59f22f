/**
 * The ways in which a value can fail a schema, each said as something that must hold instead. A search that met a
 * value it must not make (`not`, the other members of a `oneOf`, an `if` that should not apply) goes on from here.
 */
import type { JsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { blank } from './blank.ts';
import type { Alternative, Choice } from './choices.ts';
import { flatten } from './conjunction.ts';
import { nameMatches } from './properties.ts';
import { patternText } from './string.ts';

const known = new WeakMap<Schema, Choice>();

/** The choice between the ways to fail a schema, the smallest departures first. */
export function negation(schema: Schema): Choice {
  let choice = known.get(schema);
  if (choice === undefined) {
    const alternatives: Alternative[] = [];
    for (const part of flatten([schema])) alternatives.push(...failures(part));
    const types = flatten([schema]).find(part => part.types !== undefined);
    if (types !== undefined) alternatives.push(must(types, { types: otherTypes(types.types ?? []) }));
    choice = { keyword: 'not', schema, alternatives };
    known.set(schema, choice);
  }
  return choice;
}

function must(from: Schema, keywords: Partial<Schema>, forbid?: string): Alternative {
  const schemas = [blank(from.source, keywords)];
  return forbid === undefined ? { schemas, nots: [] } : { schemas, nots: [], forbid };
}

const EVERY: readonly JsonType[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

function otherTypes(types: readonly JsonType[]): readonly JsonType[] {
  return EVERY.filter(
    type =>
      !types.includes(type) &&
      !(type === 'integer' && types.includes('number')) &&
      !(type === 'number' && types.includes('integer')),
  );
}

function failures(schema: Schema): readonly Alternative[] {
  if (schema.always === true) return [];
  if (schema.always === false) return [{ schemas: [], nots: [] }];
  return [
    ...valueFailures(schema),
    ...objectFailures(schema),
    ...arrayFailures(schema),
    ...memberFailures(schema),
  ];
}

const NUMBER: readonly JsonType[] = ['number'];
const STRING: readonly JsonType[] = ['string'];
const OBJECT: readonly JsonType[] = ['object'];
const ARRAY: readonly JsonType[] = ['array'];

function* valueFailures(schema: Schema): Generator<Alternative> {
  const { source } = schema;
  if (schema.const !== undefined) yield must(schema, { not: blank(source, { const: schema.const }) });
  if (schema.enum !== undefined) yield must(schema, { not: blank(source, { enum: schema.enum }) });
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined) yield must(schema, { types: NUMBER, exclusiveMaximum: minimum });
  if (exclusiveMinimum !== undefined) yield must(schema, { types: NUMBER, maximum: exclusiveMinimum });
  if (maximum !== undefined) yield must(schema, { types: NUMBER, exclusiveMinimum: maximum });
  if (exclusiveMaximum !== undefined) yield must(schema, { types: NUMBER, minimum: exclusiveMaximum });
  if (multipleOf !== undefined) yield must(schema, { types: NUMBER, not: blank(source, { multipleOf }) });
  if (schema.types?.includes('integer') && !schema.types.includes('number')) {
    yield must(schema, { types: NUMBER, not: blank(source, { types: ['integer'] }) });
  }
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined && minLength > 0)
    yield must(schema, { types: STRING, maxLength: minLength - 1 });
  if (maxLength !== undefined) yield must(schema, { types: STRING, minLength: maxLength + 1 });
  if (pattern !== undefined) yield must(schema, { types: STRING, not: blank(source, { pattern }) });
  if (format !== undefined) yield must(schema, { types: STRING, not: blank(source, { format }) });
}

function* objectFailures(schema: Schema): Generator<Alternative> {
  const { source, properties } = schema;
  for (const name of schema.required) yield must(schema, { types: OBJECT }, name);
  for (const [name, property] of properties) {
    if (property.always === true) continue;
    yield must(schema, {
      types: OBJECT,
      required: [name],
      properties: new Map([[name, blank(property.source, { not: property })]]),
    });
  }
  for (const [pattern, matched] of schema.patternProperties) {
    if (matched.always === true) continue;
    const declared = [...schema.required, ...properties.keys()].filter(name => nameMatches(pattern, name));
    const name = declared[0] ?? patternText(pattern, 0, { least: 0, most: 100 });
    if (name === undefined) continue;
    yield must(schema, {
      types: OBJECT,
      required: [name],
      properties: new Map([[name, blank(matched.source, { not: matched })]]),
    });
  }
  const { additionalProperties, unevaluatedProperties, minProperties, maxProperties, propertyNames } = schema;
  for (const rest of [additionalProperties, unevaluatedProperties]) {
    if (rest === undefined || rest.always === true) continue;
    const name = unknownName(schema);
    yield must(schema, {
      types: OBJECT,
      required: [name],
      properties: new Map([[name, blank(rest.source, { not: rest })]]),
    });
  }
  if (minProperties !== undefined && minProperties > 0) {
    yield must(schema, { types: OBJECT, maxProperties: minProperties - 1 });
  }
  if (maxProperties !== undefined) yield must(schema, { types: OBJECT, minProperties: maxProperties + 1 });
  if (propertyNames !== undefined) {
    yield must(schema, {
      types: OBJECT,
      minProperties: 1,
      propertyNames: blank(source, { types: STRING, not: propertyNames }),
    });
  }
  for (const [name, names] of schema.dependentRequired) {
    for (const other of names) yield must(schema, { types: OBJECT, required: [name] }, other);
  }
  for (const [name, dependent] of schema.dependentSchemas) {
    yield { schemas: [blank(source, { types: OBJECT, required: [name] })], nots: [dependent] };
  }
}

/** A name that the schema does not declare. */
export function unknownName(schema: Schema): string {
  let name = 'unknownProperty';
  for (let index = 2; schema.properties.has(name); index += 1) name = `unknownProperty${index}`;
  return name;
}

function* arrayFailures(schema: Schema): Generator<Alternative> {
  const { source, items, prefixItems, contains, minItems, maxItems } = schema;
  for (const [index, item] of (prefixItems ?? []).entries()) {
    if (item.always === true) continue;
    const before = Array.from({ length: index }, () => blank(source, { always: true }));
    yield must(schema, {
      types: ARRAY,
      minItems: index + 1,
      prefixItems: [...before, blank(item.source, { not: item })],
    });
  }
  if (items !== undefined && items.always !== true) {
    const before = prefixItems ?? [];
    yield must(schema, {
      types: ARRAY,
      minItems: before.length + 1,
      prefixItems: [
        ...before.map(() => blank(source, { always: true })),
        blank(items.source, { not: items }),
      ],
    });
  }
  if (minItems !== undefined && minItems > 0) yield must(schema, { types: ARRAY, maxItems: minItems - 1 });
  if (maxItems !== undefined) yield must(schema, { types: ARRAY, minItems: maxItems + 1 });
  if (contains !== undefined && schema.minContains !== 0) {
    yield must(schema, { types: ARRAY, items: blank(contains.source, { not: contains }) });
  }
  if (contains !== undefined && schema.maxContains !== undefined) {
    yield must(schema, { types: ARRAY, contains, minContains: schema.maxContains + 1 });
  }
  if (schema.uniqueItems) yield must(schema, { types: ARRAY, not: blank(source, { uniqueItems: true }) });
}

function* memberFailures(schema: Schema): Generator<Alternative> {
  const { anyOf, oneOf, not } = schema;
  const test = schema.if;
  if (not !== undefined) yield { schemas: [not], nots: [] };
  if (anyOf !== undefined) yield { schemas: [], nots: anyOf };
  if (oneOf !== undefined) {
    yield { schemas: [], nots: oneOf };
    // Two at once are as wrong as none; neighbours overlap as often as any two.
    for (const [index, member] of oneOf.entries()) {
      const next = oneOf[index + 1];
      if (next !== undefined) yield { schemas: [member, next], nots: [] };
    }
  }
  if (test !== undefined) {
    if (schema.then !== undefined) yield { schemas: [test], nots: [schema.then] };
    if (schema.else !== undefined) yield { schemas: [], nots: [test, schema.else] };
  }
}
