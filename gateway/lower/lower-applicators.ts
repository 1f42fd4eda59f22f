/**
 * The keywords that apply schemas. Conditions, dependencies and `contains` have no word in draft 4 and are said with
 * `not`, `anyOf` and `allOf`; what no combination of these can say is left out.
 */
import { type Json, setOwn } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { areAdditional, isExact } from './schema-losses.ts';

type Words = Readonly<Record<string, Json>>;
type Lower = (schema: Schema) => Json;

/** @param parts - what must hold beside the keywords; goes into `allOf` */
export function loweredApplicators(schema: Schema, lower: Lower, parts: Json[]): Words {
  const { anyOf, oneOf, not, allOf, reference, dynamicReference } = schema;
  const json: Record<string, Json> = { ...itemsOf(schema, lower, parts), ...propertiesOf(schema, lower) };
  if (anyOf !== undefined) json['anyOf'] = anyOf.map(lower);
  if (oneOf !== undefined) {
    // A member that says less may fit beside another, and then none of them would be right.
    if (oneOf.every(isExact)) json['oneOf'] = oneOf.map(lower);
    else parts.push({ anyOf: oneOf.map(lower) });
  }
  if (not !== undefined && isExact(not)) json['not'] = lower(not);
  parts.push(...allOf.map(lower));
  // Draft 4 ignores what stands beside a reference.
  for (const one of [reference, dynamicReference?.target]) if (one !== undefined) parts.push(lower(one));
  pushConditions(schema, lower, parts);
  pushDependencies(schema, lower, parts);
  return json;
}

function itemsOf(schema: Schema, lower: Lower, parts: Json[]): Words {
  const { items, prefixItems, contains, minContains = 1, maxItems } = schema;
  const json: Record<string, Json> = {};
  if (prefixItems !== undefined) {
    if (items?.always === false) {
      json['items'] = { anyOf: prefixItems.map(lower) };
      json['maxItems'] = Math.min(maxItems ?? prefixItems.length, prefixItems.length);
    } else json['items'] = items === undefined ? {} : { anyOf: [...prefixItems, items].map(lower) };
  } else if (items !== undefined) json['items'] = lower(items);
  else if (schema.types?.includes('array') === true) json['items'] = {};
  if (contains !== undefined && minContains > 0) {
    // Not every item fails it. Only an array has items, so whatever is none stays out of the question.
    parts.push({ not: { type: 'array', items: { not: lower(contains) } } });
  }
  return json;
}

function propertiesOf(schema: Schema, lower: Lower): Words {
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema;
  const json: Record<string, Json> = {};
  if (properties.size > 0) {
    const named: Record<string, Json> = {};
    for (const [name, sub] of properties) setOwn(named, name, lower(sub));
    json['properties'] = named;
  }
  const others = areAdditional(schema) ? unevaluatedProperties : additionalProperties;
  if (others !== undefined && patternProperties.size === 0) {
    json['additionalProperties'] = others.always ?? lower(others);
  }
  return json;
}

/** `if` A `then` B `else` C is: not A or B, and A or C. */
function pushConditions({ if: condition, then, else: other }: Schema, lower: Lower, parts: Json[]): void {
  if (condition === undefined || !isExact(condition)) return;
  if (then !== undefined) parts.push({ anyOf: [{ not: lower(condition) }, lower(then)] });
  if (other !== undefined) parts.push({ anyOf: [lower(condition), lower(other)] });
}

/** Draft 4 has `dependencies`, which OpenAPI 3.0 has not: no such property, or what it brings with it. */
function pushDependencies(schema: Schema, lower: Lower, parts: Json[]): void {
  const without = (name: string): Json => ({ not: { type: 'object', required: [name] } });
  for (const [name, others] of schema.dependentRequired) {
    if (others.length > 0) parts.push({ anyOf: [without(name), { required: [...new Set(others)] }] });
  }
  for (const [name, sub] of schema.dependentSchemas) parts.push({ anyOf: [without(name), lower(sub)] });
}
