/** The ways to break what is asked of objects and of their names. */
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { compilePattern } from '../pattern/match.ts';
import { mismatches } from '../pattern/mismatch.ts';
import { outside } from './outside.ts';
import { type Fault, type Spot, withoutProperties, withProperty } from './spot.ts';

/** More properties are not made only to be refused. */
const MOST_NAMES = 1_000;

export function* objectFaults(spot: Spot, schema: Schema): Generator<Fault> {
  const { value } = spot;
  if (!isObject(value)) return;
  for (const name of schema.required) {
    yield {
      keyword: 'required',
      schema,
      detail: name,
      candidates: [withoutProperties(value, new Set([name]))],
    };
  }
  yield* unknownFaults(spot, schema, value);
  if (schema.propertyNames !== undefined) {
    yield { keyword: 'propertyNames', schema, detail: '', candidates: misnamed(spot, schema, value) };
  }
  yield* countFaults(spot, schema, value);
  for (const [name, others] of schema.dependentRequired) {
    for (const other of others) {
      yield {
        keyword: 'dependentRequired',
        schema,
        detail: `${name} ${other}`,
        candidates: parted(spot, schema, value, name, other),
      };
    }
  }
  for (const [name, property] of schema.properties) {
    if (property.always !== false) continue;
    yield {
      keyword: 'false',
      schema: property,
      detail: name,
      candidates: [withProperty(value, name, 'not allowed')],
    };
  }
}

/** A property that nobody declared. */
function* unknownFaults(spot: Spot, schema: Schema, value: JsonObject): Generator<Fault> {
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
    if (schema[keyword]?.always !== false) continue;
    yield { keyword, schema, detail: '', candidates: unknownProperties(spot, value) };
  }
}

function* unknownProperties(spot: Spot, value: JsonObject): Generator<Json> {
  for (const name of ['unknownProperty', 'x', 'unknown_2']) {
    if (!Object.hasOwn(value, name)) yield withProperty(value, name, 'unknown');
  }
  // Where the number of properties is limited, an optional one makes room.
  const required = new Set(spot.active.flatMap(schema => schema.required));
  const optional = Object.keys(value).find(name => !required.has(name));
  if (optional !== undefined) {
    yield withProperty(withoutProperties(value, new Set([optional])), 'unknownProperty', 'unknown');
  }
}

function* misnamed(spot: Spot, schema: Schema, value: JsonObject): Generator<Json> {
  const names = schema.propertyNames;
  if (names === undefined) return;
  const known = Object.keys(value)[0] ?? 'key';
  const near = known === '' ? null : (value[known] ?? null);
  const bad = ['not an allowed name', '', ...mismatches(known), 'x'.repeat((names.maxLength ?? 0) + 1)];
  for (const name of bad.slice(0, 60)) {
    if (Object.hasOwn(value, name) || declares(spot, name)) continue;
    yield withProperty(value, name, near);
    yield withProperty(value, name, 'unknown');
  }
  yield* outside(spot, schema, 'propertyNames');
}

function declares(spot: Spot, name: string): boolean {
  return spot.active.some(
    schema =>
      schema.properties.has(name) ||
      [...schema.patternProperties.keys()].some(pattern => {
        const compiled = compilePattern(pattern);
        return compiled.kind !== 'fault' && compiled.test(name);
      }),
  );
}

function* countFaults(spot: Spot, schema: Schema, value: JsonObject): Generator<Fault> {
  const { minProperties, maxProperties } = schema;
  if (minProperties !== undefined && minProperties > 0) {
    yield {
      keyword: 'minProperties',
      schema,
      detail: '',
      candidates: tooFew(spot, schema, value, minProperties),
    };
  }
  if (maxProperties !== undefined) {
    yield maxProperties >= MOST_NAMES
      ? {
          keyword: 'maxProperties',
          schema,
          detail: '',
          candidates: [],
          skipped: `An object of more than ${maxProperties} properties is too large to be sent.`,
        }
      : {
          keyword: 'maxProperties',
          schema,
          detail: '',
          candidates: tooMany(spot, schema, value, maxProperties),
        };
  }
}

function* tooFew(spot: Spot, schema: Schema, value: JsonObject, minProperties: number): Generator<Json> {
  const required = new Set(spot.active.flatMap(one => one.required));
  const names = Object.keys(value);
  const surplus = names.length - (minProperties - 1);
  const optional = names.filter(name => !required.has(name));
  yield withoutProperties(value, new Set(optional.slice(0, surplus)));
  yield* outside(spot, schema, 'minProperties');
  yield withoutProperties(value, new Set(names.slice(0, surplus)));
}

function* tooMany(spot: Spot, schema: Schema, value: JsonObject, maxProperties: number): Generator<Json> {
  let more: Json = value;
  for (let index = 1; isObject(more) && Object.keys(more).length <= maxProperties; index += 1) {
    more = withProperty(more, `unknownProperty${index}`, 'unknown');
  }
  yield more;
  yield* outside(spot, schema, 'maxProperties');
}

function* parted(
  spot: Spot,
  schema: Schema,
  value: JsonObject,
  name: string,
  other: string,
): Generator<Json> {
  if (Object.hasOwn(value, name)) yield withoutProperties(value, new Set([other]));
  yield* outside(spot, schema, 'dependentRequired');
  if (!Object.hasOwn(value, name)) yield withProperty(withoutProperties(value, new Set([other])), name, null);
}
