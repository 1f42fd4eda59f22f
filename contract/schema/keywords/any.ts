/** The keywords that ask what a value is, whatever its type: `type`, `enum`, `const`, and the schemas true and false. */
import { type Json, type JsonType, jsonEqual, jsonType } from '../../json/value.ts';
import { assertion, type Check, fail, type Keyword, show, showList, typeName } from '../run.ts';
import { scalarKey } from './unique.ts';

/** The schemas `true` and `false`. */
export const always: Keyword = schema =>
  schema.always === false
    ? (_value, run) => fail(run, schema, 'false', () => 'must not be there: its schema allows nothing')
    : undefined;

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1 */
export const type: Keyword = schema => {
  const { types } = schema;
  if (types === undefined) return undefined;
  const [only] = types;
  const holds: (value: Json) => boolean =
    types.length === 1 && only !== undefined ? IS[only] : value => types.some(name => IS[name](value));
  return assertion(
    schema,
    'type',
    holds,
    // "must be an integer, is a number" would leave the reader wondering.
    value =>
      `must be ${types.map(typeName).join(' or ')}, is ${typeof value === 'number' && types.includes('integer') ? show(value) : typeName(jsonType(value))}`,
  );
};

const IS: Readonly<Record<JsonType, (value: Json) => boolean>> = {
  null: value => value === null,
  boolean: value => typeof value === 'boolean',
  // 1.0 is an integer (2020-12 validation, 6.1.1).
  integer: value => Number.isInteger(value) || typeof value === 'bigint',
  number: value => typeof value === 'number' || typeof value === 'bigint',
  string: value => typeof value === 'string',
  array: value => Array.isArray(value),
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export const enumeration: Keyword = schema => {
  const values = schema.enum;
  if (values === undefined) return undefined;
  return oneOfValues(values, value => assertionMessage(values, value), schema, 'enum');
};

export const constant: Keyword = schema => {
  const given = schema.const;
  if (given === undefined) return undefined;
  return oneOfValues(
    [given.value],
    value => `must be ${show(given.value)}, is ${show(value)}`,
    schema,
    'const',
  );
};

function assertionMessage(values: readonly Json[], value: Json): string {
  return values.length === 0
    ? 'must be one of an empty list, which nothing is'
    : `must be ${values.length === 1 ? '' : 'one of '}${showList(values)}; is ${show(value)}`;
}

function oneOfValues(
  values: readonly Json[],
  message: (value: Json) => string,
  schema: Parameters<Keyword>[0],
  keyword: string,
): Check {
  const scalars = new Set<Json>();
  const others: Json[] = [];
  for (const value of values) {
    if (typeof value === 'object' && value !== null) others.push(value);
    else scalars.add(scalarKey(value));
  }
  return assertion(
    schema,
    keyword,
    value =>
      typeof value === 'object' && value !== null
        ? others.some(other => jsonEqual(other, value))
        : scalars.has(scalarKey(value)),
    message,
  );
}
