/**
 * Values just outside one keyword and inside all the others: the schemas are taken apart, the one keyword is turned
 * into its opposite, and the sampler does the rest.
 */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { blank } from '../sample/blank.ts';
import { choose, conjunction } from '../sample/conjunction.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { negation } from '../sample/negate.ts';
import type { Spot } from './spot.ts';

/** Values looked at for each way of breaking the keyword. */
const MOST_HERE = 8;

/** Values that meet everything at the spot but one keyword of one schema. */
export function* outside(spot: Spot, schema: Schema, keyword: keyof Schema): Generator<Json> {
  const choice = negation(blank(schema.source, { [keyword]: schema[keyword] }));
  const rest = conjunction(spot.active.map(one => bare(one, one === schema ? keyword : undefined)));
  const search = newSearch({ direction: spot.direction, parts: 'typical', careful: true });
  const last = spot.tokens.at(-1);
  const name = typeof last === 'string' ? last : '';
  for (const alternative of choice.alternatives) {
    const given = isObject(spot.value) || isArray(spot.value) ? spot.value : undefined;
    let count = 0;
    for (const value of search.candidates(choose(rest, choice, alternative), {
      ...rootPlace(name, 0),
      depth: 2,
      given,
    })) {
      yield value;
      if ((count += 1) >= MOST_HERE) break;
    }
  }
}

const bared = new WeakMap<Schema, Schema>();

/** A schema without what has been followed already, without its examples, and without the keyword. */
function bare(schema: Schema, keyword: keyof Schema | undefined): Schema {
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
