/** Schemas cut down to what they ask of one value by themselves, for searches that have followed the rest already. */
import type { Schema } from '../../model.ts';
import { blank } from '../sample/blank.ts';

const bared = new WeakMap<Schema, Schema>();

/** A schema without what has been followed already, without its examples, and without the keyword. */
export function bare(schema: Schema, keyword?: keyof Schema): Schema {
  let copy = bared.get(schema);
  if (copy === undefined) {
    copy = schema.always === undefined ? plain(schema) : schema;
    bared.set(schema, copy);
  }
  return keyword === undefined ? copy : { ...copy, [keyword]: blank(schema.source, {})[keyword] };
}

function plain(schema: Schema): Schema {
  return blank(schema.source, {
    types: schema.types,
    enum: schema.enum,
    const: schema.const,
    minimum: schema.minimum,
    maximum: schema.maximum,
    exclusiveMinimum: schema.exclusiveMinimum,
    exclusiveMaximum: schema.exclusiveMaximum,
    multipleOf: schema.multipleOf,
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    pattern: schema.pattern,
    format: schema.format,
    prefixItems: schema.prefixItems,
    items: schema.items,
    contains: schema.contains,
    minContains: schema.minContains,
    maxContains: schema.maxContains,
    minItems: schema.minItems,
    maxItems: schema.maxItems,
    uniqueItems: schema.uniqueItems,
    properties: schema.properties,
    patternProperties: schema.patternProperties,
    additionalProperties: schema.additionalProperties,
    propertyNames: schema.propertyNames,
    required: schema.required,
    minProperties: schema.minProperties,
    maxProperties: schema.maxProperties,
    dependentRequired: schema.dependentRequired,
    not: schema.not,
  });
}
