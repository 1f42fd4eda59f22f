/** Which of many comes first: given values before made ones, likely types and alternatives before the others. */
import { isObject, type Json, type JsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Alternative, Choice } from './choices.ts';
import type { Facts } from './facts.ts';
import { height } from './finite.ts';
import { type Place, reenters } from './maker.ts';

/** The schemas' own examples, then their defaults, outermost first. */
export function hintsOf(facts: Facts): readonly Json[] {
  let hints: Json[] | undefined;
  const examples: Json[] = [];
  for (const schema of facts.schemas) {
    if (schema.examples.length > 0) examples.push(...schema.examples);
  }
  for (const schema of facts.schemas) {
    if (schema.default !== undefined) (hints ??= []).push(schema.default.value);
  }
  if (examples.length === 0 && hints === undefined) return NONE;
  // Examples of the parts of an `allOf` are each a part of the example.
  const objects = examples.filter(isObject);
  if (objects.length > 1 && facts.schemas.length > 1)
    examples.push(Object.assign({}, ...objects.toReversed()));
  return hints === undefined ? examples : [...examples, ...hints];
}
const NONE: readonly never[] = [];

const SMALLEST_FIRST: readonly JsonType[] = [
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
];

/** The types to try. What a schema says about strings suggests a string, even if it names no type. */
export function typesOf(facts: Facts, place: Place): readonly JsonType[] {
  const { types } = facts;
  if (types !== undefined) {
    if (types.length === 1) return types;
    if (place.minimal) return SMALLEST_FIRST.filter(type => types.includes(type));
    // Null last: it says least about what the property is for.
    return types.at(-1) === 'null'
      ? types
      : [...types.filter(type => type !== 'null'), ...types.filter(type => type === 'null')];
  }
  const suggested = new Set<JsonType>();
  for (const schema of facts.schemas) {
    if (schema.always !== undefined) continue;
    if (
      schema.properties.size > 0 ||
      schema.required.length > 0 ||
      schema.additionalProperties !== undefined ||
      schema.patternProperties.size > 0 ||
      schema.minProperties !== undefined
    ) {
      suggested.add('object');
    }
    if (
      schema.items !== undefined ||
      schema.prefixItems !== undefined ||
      schema.contains !== undefined ||
      schema.minItems !== undefined
    ) {
      suggested.add('array');
    }
    if (schema.minLength !== undefined || schema.maxLength !== undefined || schema.pattern !== undefined)
      suggested.add('string');
    if (schema.format !== undefined)
      suggested.add(/^(u?int\d+|double|float)$/.test(schema.format) ? 'number' : 'string');
    if (
      schema.minimum !== undefined ||
      schema.maximum !== undefined ||
      schema.exclusiveMinimum !== undefined ||
      schema.exclusiveMaximum !== undefined ||
      schema.multipleOf !== undefined
    ) {
      suggested.add('number');
    }
  }
  if (facts.required.size > 0 || facts.pins.size > 0) suggested.add('object');
  if (place.minimal) return SMALLEST_FIRST;
  for (const type of EVERY_TYPE) suggested.add(type);
  return [...suggested];
}
const EVERY_TYPE: readonly JsonType[] = ['string', 'integer', 'number', 'object', 'array', 'boolean', 'null'];

/** The alternatives of a choice, those first that end soonest or say most. */
export function ordered(choice: Choice, facts: Facts, place: Place): readonly Alternative[] {
  const { alternatives } = choice;
  if (choice.keyword === 'dependentSchemas') {
    const [present, absent, ...rest] = alternatives;
    if (present === undefined || absent === undefined) return alternatives;
    const known = present.require !== undefined && facts.required.has(present.require);
    return !known && (place.minimal || facts.forbidden.has(present.require ?? ''))
      ? [absent, present, ...rest]
      : alternatives;
  }
  if (choice.keyword === 'if' || alternatives.length === 1) return alternatives;
  if (place.minimal) {
    return alternatives
      .map(alternative => ({ alternative, height: Math.max(0, ...alternative.schemas.map(height)) }))
      .sort((a, b) => (a.height < b.height ? -1 : a.height > b.height ? 1 : 0))
      .map(({ alternative }) => alternative);
  }
  const last: Alternative[] = [];
  const nulls: Alternative[] = [];
  const first: Alternative[] = [];
  for (const alternative of alternatives) {
    const { schemas } = alternative;
    if (reenters(schemas, place.within)) last.push(alternative);
    else if (schemas.every(isNull)) nulls.push(alternative);
    else first.push(alternative);
  }
  // A base type's subtypes and a union's members take turns, as far as they are likely at all.
  const turn = first.length === 0 ? 0 : place.variant % first.length;
  return [...first.slice(turn), ...first.slice(0, turn), ...nulls, ...last];
}

function isNull(schema: Schema): boolean {
  return schema.types?.length === 1 && schema.types[0] === 'null';
}
