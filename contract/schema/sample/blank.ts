/**
 * Schemas that stand in no document: what a search needs to say "and the type is string". Each carries the source of
 * the schema it was derived from, so that blame still finds its place.
 */
import type { Schema } from '../../model.ts';
import type { Source } from '../../source.ts';

const NO_SCHEMAS: ReadonlyMap<string, Schema> = new Map();
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** A schema with just these keywords. */
export function blank(source: Source, keywords: Partial<Schema>): Schema {
  return {
    source,
    name: undefined,
    always: undefined,
    reference: undefined,
    dynamicReference: undefined,
    dynamicAnchors: NO_SCHEMAS,
    types: undefined,
    enum: undefined,
    const: undefined,
    minimum: undefined,
    maximum: undefined,
    exclusiveMinimum: undefined,
    exclusiveMaximum: undefined,
    multipleOf: undefined,
    minLength: undefined,
    maxLength: undefined,
    pattern: undefined,
    format: undefined,
    contentEncoding: undefined,
    contentMediaType: undefined,
    contentSchema: undefined,
    prefixItems: undefined,
    items: undefined,
    contains: undefined,
    minContains: undefined,
    maxContains: undefined,
    minItems: undefined,
    maxItems: undefined,
    uniqueItems: false,
    unevaluatedItems: undefined,
    properties: NO_SCHEMAS,
    patternProperties: NO_SCHEMAS,
    additionalProperties: undefined,
    propertyNames: undefined,
    required: [],
    minProperties: undefined,
    maxProperties: undefined,
    dependentRequired: NOTHING,
    dependentSchemas: NO_SCHEMAS,
    unevaluatedProperties: undefined,
    allOf: [],
    anyOf: undefined,
    oneOf: undefined,
    not: undefined,
    if: undefined,
    // biome-ignore lint/suspicious/noThenProperty: `then` is the keyword's name; a schema is never awaited
    then: undefined,
    else: undefined,
    title: undefined,
    description: undefined,
    default: undefined,
    examples: [],
    readOnly: false,
    writeOnly: false,
    deprecated: false,
    discriminator: undefined,
    xml: undefined,
    extensions: NOTHING,
    ...keywords,
  };
}
