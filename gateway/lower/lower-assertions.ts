/** The keywords that look at a value alone: types, lists of values, bounds, patterns, formats, counts. */
import { type Json, type JsonType, jsonEqual } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { compilePattern } from '../../contract/schema/pattern/match.ts';
import { FORMATS, isWhole, looksAlone } from './schema-losses.ts';

type Words = Readonly<Record<string, Json>>;
type Parts = Json[];

/** @param parts - what must hold beside the keywords; goes into `allOf` */
export function loweredAssertions(schema: Schema, parts: Parts): Words {
  return {
    ...typeOf(schema, parts),
    ...valuesOf(schema, parts),
    ...numbersOf(schema, parts),
    ...textsOf(schema),
    ...countsOf(schema),
  };
}

/** One type is written as such, several as alternatives: OpenAPI 3.0 knows no list of types, and none called `null`. */
function typeOf(schema: Schema, parts: Parts): Words {
  const { types } = schema;
  if (types === undefined) return {};
  // "number" takes integers too.
  const named = types.includes('number') ? types.filter(type => type !== 'integer') : types;
  const [only = 'null'] = named.filter(type => type !== 'null');
  if (named.length === 1 || isPlainNullable(schema)) return ofType(only);
  parts.push({ anyOf: named.map(ofType) });
  return {};
}

function ofType(type: JsonType): Record<string, Json> {
  if (type === 'null') return { enum: [null] };
  return type === 'array' ? { type, items: {} } : { type };
}

/** `null` beside one other type, and nothing that would have to hold for both: then the two stand side by side. */
export function isPlainNullable(schema: Schema): boolean {
  const { types, enum: values, const: constant, not, contains, dependentRequired } = schema;
  return (
    types?.length === 2 &&
    types.includes('null') &&
    (values === undefined || (values.includes(null) && values.length > 1)) &&
    constant === undefined &&
    not === undefined &&
    contains === undefined &&
    dependentRequired.size === 0 &&
    looksAlone(schema)
  );
}

function valuesOf(schema: Schema, parts: Parts): Words {
  const { enum: values, const: constant, types } = schema;
  const lists = [
    ...(values === undefined ? [] : [distinct(values)]),
    ...(constant === undefined ? [] : [[constant.value]]),
  ];
  const [first, ...others] = lists;
  if (first === undefined) return {};
  for (const list of others) parts.push({ enum: list });
  // Draft 4 has no empty list of values, and nothing is in one.
  if (first.length === 0) parts.push({ not: {} });
  // The type "null" is a list of values already.
  else if (types?.length === 1 && types[0] === 'null') parts.push({ enum: first });
  // In the plain form null has a branch of its own.
  else return { enum: isPlainNullable(schema) ? first.filter(value => value !== null) : first };
  return {};
}

/** Draft 4 wants each value once. */
function distinct(values: readonly Json[]): readonly Json[] {
  return values.filter((value, index) => values.findIndex(other => jsonEqual(other, value)) === index);
}

function numbersOf(schema: Schema, parts: Parts): Words {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, types } = schema;
  const bounds: Record<string, Json> = {};
  if (minimum !== undefined) bounds['minimum'] = minimum;
  if (maximum !== undefined) bounds['maximum'] = maximum;
  const whole = types?.includes('integer') === true && !types.includes('number');
  for (const [side, flag, bound] of [
    ['minimum', 'exclusiveMinimum', exclusiveMinimum],
    ['maximum', 'exclusiveMaximum', exclusiveMaximum],
  ] as const) {
    if (bound === undefined) continue;
    // Of whole numbers the next one is the bound, and no keyword is needed that API Gateway may not keep.
    const said: Words =
      whole && isWhole(bound)
        ? { [side]: plus(bound, side === 'minimum' ? 1 : -1) }
        : { [side]: bound, [flag]: true };
    if (bounds[side] === undefined) Object.assign(bounds, said);
    else parts.push(said);
  }
  if (multipleOf !== undefined) bounds['multipleOf'] = multipleOf;
  return { ...boundsOfFormat(schema, bounds), ...bounds };
}

function plus(value: number | bigint, step: number): number | bigint {
  const next = BigInt(value) + BigInt(step);
  return Number.isSafeInteger(Number(next)) ? Number(next) : next;
}

/** API Gateway takes no `int32` and `int64` of numbers, so their bounds are written out where none are given. */
function boundsOfFormat({ format, types }: Schema, bounds: Words): Words {
  if (types?.includes('integer') !== true || (format !== 'int32' && format !== 'int64')) return {};
  const [minimum, maximum] =
    format === 'int32'
      ? ([-2_147_483_648, 2_147_483_647] as const)
      : ([-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n] as const);
  return {
    ...(bounds['minimum'] === undefined ? { minimum } : {}),
    ...(bounds['maximum'] === undefined ? { maximum } : {}),
  };
}

function textsOf({ minLength, maxLength, pattern, format }: Schema): Words {
  const texts: Record<string, Json> = {};
  if (minLength !== undefined) texts['minLength'] = minLength;
  if (maxLength !== undefined) texts['maxLength'] = maxLength;
  if (pattern !== undefined && compilePattern(pattern).kind !== 'fault') texts['pattern'] = pattern;
  if (format !== undefined && FORMATS.has(format)) texts['format'] = format;
  return texts;
}

function countsOf(schema: Schema): Words {
  const counts: Record<string, Json> = {};
  for (const keyword of ['minItems', 'maxItems', 'minProperties', 'maxProperties'] as const) {
    const count = schema[keyword];
    if (count !== undefined) counts[keyword] = count;
  }
  if (schema.uniqueItems) counts['uniqueItems'] = true;
  return counts;
}
