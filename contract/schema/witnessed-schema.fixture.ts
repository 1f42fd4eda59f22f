/** Schemas made from a value that they admit, the witness: whatever the mixture of keywords, a valid value exists. */
import fc from 'fast-check';
import { isArray, isObject, type Json, type JsonObject, jsonEqual, jsonType, setOwn } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromValue } from '../read.ts';
import { type Random, random } from './random.ts';
import { isValid } from './validate.ts';

export interface WitnessedSchema {
  readonly witness: Json;
  readonly raw: RawSchema;
}

const key = fc.oneof(
  fc.constantFrom('id', 'name', 'email', 'a', 'b', 'x-tag', 'createdAt', '__proto__', 'constructor'),
  fc.string({ maxLength: 4 }),
);

const witnesses = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1, 'sample', '', 'Ab-12', 9_007_199_254_740_993n),
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: -100_000, max: 100_000 }).map(units => units / 100),
    fc.string({ maxLength: 8 }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map(pairs => {
      const made: Record<string, Json> = {};
      for (const [name, value] of pairs) setOwn(made, name, value);
      return made;
    }),
  ),
})).json;

export type RawSchema = Record<string, Json> | boolean;

/** A schema that admits the witness, chosen by chance. */
function admitting(witness: Json, chance: Random, depth: number): RawSchema {
  const often = (percent: number): boolean => chance.integer(1, 100) <= percent;
  if (depth > 4 || often(3)) return often(50) ? true : {};
  const schema: Record<string, Json> = {};
  const type = jsonType(witness);
  const wide = type === 'integer' && often(40) ? 'number' : type;
  if (often(70)) schema['type'] = often(25) ? [wide, 'null', 'boolean'].filter(unique) : wide;
  if (often(8)) schema['enum'] = often(50) ? [witness, 'decoy', 12345] : [false, 'decoy', witness];
  if (often(4)) schema['const'] = witness;
  if (typeof witness === 'number' || typeof witness === 'bigint') numberKeywords(schema, witness, chance);
  if (typeof witness === 'string') stringKeywords(schema, witness, chance);
  if (isArray(witness)) arrayKeywords(schema, witness, chance, depth);
  if (isObject(witness)) objectKeywords(schema, witness, chance, depth);
  if (depth < 3) combine(schema, witness, chance, depth);
  return schema;
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function numberKeywords(schema: Record<string, Json>, witness: number | bigint, chance: Random): void {
  const shift = (by: number): Json =>
    typeof witness === 'bigint' ? witness + BigInt(by) : Math.round((witness + by) * 100) / 100;
  switch (chance.integer(0, 7)) {
    case 0:
      schema['minimum'] = witness;
      break;
    case 1:
      schema['exclusiveMinimum'] = shift(-1);
      break;
    case 2:
      schema['maximum'] = witness;
      break;
    case 3:
      schema['exclusiveMaximum'] = shift(1);
      schema['minimum'] = shift(-1);
      break;
    case 4:
      if (typeof witness === 'number' && Number.isInteger(witness) && witness !== 0)
        schema['multipleOf'] = Math.abs(witness);
      else if (typeof witness === 'number') schema['multipleOf'] = 0.01;
      break;
    case 5:
      schema['minimum'] = witness;
      schema['maximum'] = witness;
      break;
    default:
      break;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, match => `\\${match}`);
}

function stringKeywords(schema: Record<string, Json>, witness: string, chance: Random): void {
  const { length } = [...witness];
  if (chance.integer(0, 3) === 0) schema['minLength'] = Math.max(0, length - chance.integer(0, 2));
  if (chance.integer(0, 3) === 0) schema['maxLength'] = length + chance.integer(0, 2);
  switch (chance.integer(0, 6)) {
    case 0:
      schema['pattern'] = `^${escaped(witness)}$`;
      break;
    case 1:
      schema['pattern'] = `^${escaped(witness.charAt(0) < '\ud800' ? witness.charAt(0) : '')}`;
      break;
    case 2:
      schema['pattern'] = `${escaped(witness)}`;
      break;
    case 3:
      schema['pattern'] =
        `^${[...witness].map(char => (/[a-z]/.test(char) ? '[a-z]' : /\d/.test(char) ? '\\d' : escaped(char))).join('')}$`;
      break;
    case 4:
      schema['pattern'] = '^.*$';
      if (/[\n\r\u2028\u2029]/.test(witness)) delete schema['pattern'];
      break;
    default:
      break;
  }
}

function arrayKeywords(
  schema: Record<string, Json>,
  witness: readonly Json[],
  chance: Random,
  depth: number,
): void {
  const often = (percent: number): boolean => chance.integer(1, 100) <= percent;
  if (often(30)) schema['minItems'] = Math.max(0, witness.length - chance.integer(0, 1));
  if (often(30)) schema['maxItems'] = witness.length + chance.integer(0, 2);
  if (
    often(30) &&
    witness.every((item, index) => witness.findIndex(other => jsonEqual(item, other)) === index)
  ) {
    schema['uniqueItems'] = true;
  }
  const fixed = often(40) ? chance.integer(0, witness.length) : 0;
  if (fixed > 0)
    schema['prefixItems'] = witness.slice(0, fixed).map(item => admitting(item, chance, depth + 1));
  const rest = witness.slice(fixed);
  if (rest.length === 0 && often(40)) schema[often(50) ? 'items' : 'unevaluatedItems'] = false;
  else if (rest.length > 0 && often(60)) {
    const [first] = rest;
    schema['items'] =
      rest.length === 1 && first !== undefined
        ? admitting(first, chance, depth + 1)
        : { anyOf: rest.map(item => admitting(item, chance, depth + 1)) };
  }
  const some = witness[chance.integer(0, Math.max(0, witness.length - 1))];
  if (some !== undefined && often(30)) {
    schema['contains'] = admitting(some, chance, depth + 1);
    if (often(30)) schema['minContains'] = often(50) ? 0 : 1;
  }
}

function objectKeywords(
  schema: Record<string, Json>,
  witness: JsonObject,
  chance: Random,
  depth: number,
): void {
  const often = (percent: number): boolean => chance.integer(1, 100) <= percent;
  const names = Object.keys(witness);
  const properties: Record<string, Json> = {};
  const patterns: Record<string, Json> = {};
  let open = 0;
  for (const name of names) {
    const value = witness[name] as Json;
    if (often(70)) setOwn(properties, name, admitting(value, chance, depth + 1));
    else if (often(40)) setOwn(patterns, `^${escaped(name)}$`, admitting(value, chance, depth + 1));
    else open += 1;
  }
  if (often(40)) setOwn(properties, 'optional', admitting('extra', chance, depth + 2));
  if (Object.keys(properties).length > 0) schema['properties'] = properties;
  if (Object.keys(patterns).length > 0) schema['patternProperties'] = patterns;
  if (open === 0 && often(50)) schema[often(60) ? 'additionalProperties' : 'unevaluatedProperties'] = false;
  const required = names.filter(() => often(50));
  if (required.length > 0) schema['required'] = required;
  if (often(15)) schema['minProperties'] = names.length;
  if (often(15)) schema['maxProperties'] = names.length + chance.integer(0, 1);
  if (often(15)) schema['propertyNames'] = { maxLength: Math.max(4, ...names.map(name => name.length)) };
  const [first, second] = names;
  if (first !== undefined && second !== undefined && often(20)) {
    const table: Record<string, Json> = {};
    setOwn(table, first, [second]);
    schema['dependentRequired'] = table;
  }
  if (first !== undefined && often(15)) {
    const table: Record<string, Json> = {};
    setOwn(table, first, admitting(witness, chance, depth + 2));
    schema['dependentSchemas'] = table;
  }
}

/** Another value, near the witness. */
function neighbour(witness: Json, chance: Random): Json {
  if (typeof witness === 'number') return witness + 1;
  if (typeof witness === 'bigint') return witness + 1n;
  if (typeof witness === 'string') return chance.integer(0, 1) === 0 ? `${witness}x` : witness.slice(1);
  if (isArray(witness)) return chance.integer(0, 1) === 0 ? [...witness, 'more'] : witness.slice(1);
  if (!isObject(witness)) return witness !== true;
  const names = Object.keys(witness);
  const made: Record<string, Json> = {};
  const changed = chance.integer(0, names.length);
  for (const [index, name] of names.entries()) {
    if (index !== changed) setOwn(made, name, witness[name] as Json);
    else if (chance.integer(0, 1) === 0) setOwn(made, name, neighbour(witness[name] as Json, chance));
  }
  if (changed === names.length) setOwn(made, 'added', 'value');
  return made;
}

/** A schema that does not admit the witness, often one that is easily mistaken for one that does. */
function refusing(witness: Json, chance: Random): RawSchema {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const near = admitting(neighbour(witness, chance), chance, 3);
    if (!isValid(built(near), witness)) return near;
  }
  const type = jsonType(witness);
  switch (chance.integer(0, 4)) {
    case 0:
      return { type: type === 'string' ? 'object' : 'string' };
    case 1:
      return { const: jsonEqual(witness, 'decoy') ? 'other' : 'decoy' };
    case 2:
      return isObject(witness) ? { required: ['never-there'] } : false;
    case 3:
      return typeof witness === 'string'
        ? { type: 'string', minLength: witness.length + 1 }
        : { type: type === 'array' ? 'boolean' : 'array' };
    default:
      return typeof witness === 'number' ? { minimum: witness + 1 } : { not: {} };
  }
}

function combine(schema: Record<string, Json>, witness: Json, chance: Random, depth: number): void {
  const often = (percent: number): boolean => chance.integer(1, 100) <= percent;
  const good = (): RawSchema => admitting(witness, chance, depth + 1);
  const bad = (): RawSchema => refusing(witness, chance);
  if (often(20)) schema['allOf'] = often(50) ? [good(), good()] : [good()];
  if (often(12)) schema['anyOf'] = often(50) ? [bad(), good()] : [good(), bad(), good()];
  if (often(12)) schema['oneOf'] = often(50) ? [bad(), good()] : [good(), bad()];
  if (often(8)) schema['not'] = bad();
  if (often(8)) {
    if (often(50)) {
      schema['if'] = good();
      schema['then'] = good();
      schema['else'] = bad();
    } else {
      schema['if'] = bad();
      schema['then'] = bad();
      schema['else'] = good();
    }
  }
  if (often(15)) {
    schema['examples'] = [witness, 'maybe not'].toReversed();
    if (often(50)) schema['default'] = 'nobody';
  }
}

/** As a document would have it, so that the builders are part of what is tested. */
export function built(raw: Json): Schema {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'Generated', version: '1' },
    paths: {},
    components: { schemas: { S: raw } },
  });
  const schema = contract?.schemas.get('S');
  if (schema === undefined) throw new Error('the document could not be read');
  return schema;
}

export const witnessedSchemas: fc.Arbitrary<WitnessedSchema> = fc
  .tuple(witnesses, fc.nat(0xffffff))
  .map(([witness, seed]) => {
    const raw = admitting(witness, random(seed), 0);
    return { witness, raw };
  });

export function shown(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? 'undefined'
  );
}
