/**
 * Values that break a schema, one named violation at a time: what a server must refuse. Each starts from a valid value
 * and is proven invalid before it is handed out.
 */
import { escapeToken, pointerTokens } from '../json/pointer.ts';
import { isArray, isObject, type Json, setOwn } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { below, type Source } from '../source.ts';
import { sample } from './sample.ts';
import { type Direction, isValid, validate } from './validate.ts';

export interface ViolateOptions {
  readonly direction?: Direction;
  /** A valid value to break. Default: a sample. */
  readonly base?: Json;
  /** At most so many. */
  readonly limit?: number;
}

export interface Breach {
  /** `minLength`. */
  readonly keyword: string;
  /** Where in the value, as a JSON pointer. */
  readonly instance: string;
  /** The keyword broken. */
  readonly schema: Source;
  readonly value: Json;
  /** `name is 2 characters long, 3 are the least`. */
  readonly description: string;
}

interface Attempt {
  readonly keyword: string;
  readonly schema: Schema;
  readonly value: Json;
  readonly description: string;
}

const MAX_DEPTH = 6;

/**
 * Breaks a schema in every way that is found, lazily and always in the same order.
 *
 * @example
 * ```ts
 * import type { Schema } from './contract/model.ts';
 * import { violate } from './contract/schema/violate.ts';
 *
 * export const keywords = (schema: Schema): string[] => [...violate(schema)].map(breach => breach.keyword);
 * ```
 */
export function* violate(schema: Schema, options: ViolateOptions = {}): Iterable<Breach> {
  const { direction, limit = Number.POSITIVE_INFINITY } = options;
  const made =
    options.base === undefined
      ? sample(schema, direction === undefined ? {} : { direction, parts: 'all' })
      : { value: options.base };
  if (!('value' in made)) return;
  let count = 0;
  for (const { instance, attempt } of walk(schema, made.value, '', 0, new Set())) {
    const value = replaceAt(made.value, pointerTokens(instance), attempt.value);
    if (isValid(schema, value, direction)) continue;
    yield {
      keyword: attempt.keyword,
      instance,
      schema: below(attempt.schema.source, attempt.keyword),
      value,
      description: `${instance === '' ? 'the value' : instance} ${attempt.description}`,
    };
    count += 1;
    if (count >= limit) return;
  }
}

function* walk(
  schema: Schema,
  value: Json,
  instance: string,
  depth: number,
  seen: Set<Schema>,
): Generator<{ instance: string; attempt: Attempt }> {
  if (depth > MAX_DEPTH || seen.has(schema)) return;
  const inside = new Set([...seen, schema]);
  for (const attempt of attempts(schema, value)) yield { instance, attempt };
  for (const part of [schema.reference, ...schema.allOf])
    if (part !== undefined) yield* walk(part, value, instance, depth, inside);
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
    if (validate(branch, value).length === 0) {
      yield* walk(branch, value, instance, depth, inside);
      break;
    }
  }
  if (isObject(value)) {
    for (const [name, property] of schema.properties) {
      const child = Object.hasOwn(value, name) ? value[name] : undefined;
      if (child !== undefined)
        yield* walk(property, child, `${instance}/${escapeToken(name)}`, depth + 1, new Set());
    }
  }
  if (isArray(value) && value[0] !== undefined && schema.items !== undefined)
    yield* walk(schema.items, value[0], `${instance}/0`, depth + 1, new Set());
}

function* attempts(schema: Schema, value: Json): Generator<Attempt> {
  const make = (keyword: string, broken: Json, description: string): Attempt => ({
    keyword,
    schema,
    value: broken,
    description,
  });
  if (schema.types !== undefined) {
    for (const [other, name] of [
      ['not a number', 'a string'],
      [true, 'a boolean'],
      [42, 'a number'],
      [{}, 'an object'],
      [[], 'a list'],
      [null, 'null'],
    ] as const) {
      yield make('type', other as Json, `is ${name}`);
    }
  }
  if (schema.enum !== undefined) yield make('enum', 'none-of-these', 'is not among the listed values');
  if (schema.const !== undefined) yield make('const', 'something-else', 'is not the one value');
  if (typeof value === 'number') {
    if (schema.minimum !== undefined)
      yield make('minimum', Number(schema.minimum) - 1, `is below ${schema.minimum}`);
    if (schema.maximum !== undefined)
      yield make('maximum', Number(schema.maximum) + 1, `is above ${schema.maximum}`);
    if (schema.exclusiveMinimum !== undefined)
      yield make(
        'exclusiveMinimum',
        Number(schema.exclusiveMinimum),
        `is not above ${schema.exclusiveMinimum}`,
      );
    if (schema.exclusiveMaximum !== undefined)
      yield make(
        'exclusiveMaximum',
        Number(schema.exclusiveMaximum),
        `is not below ${schema.exclusiveMaximum}`,
      );
    if (schema.multipleOf !== undefined)
      yield make(
        'multipleOf',
        value + Number(schema.multipleOf) / 2,
        `is no multiple of ${schema.multipleOf}`,
      );
  }
  if (typeof value === 'string') {
    const { minLength, maxLength } = schema;
    if (minLength !== undefined && minLength > 0)
      yield make('minLength', [...value].slice(0, minLength - 1).join(''), `is shorter than ${minLength}`);
    if (maxLength !== undefined && maxLength < 100_000)
      yield make('maxLength', value.padEnd(maxLength + 1, 'x'), `is longer than ${maxLength}`);
    if (schema.pattern !== undefined) yield make('pattern', '!', 'does not match the pattern');
    if (schema.format !== undefined) yield make('format', 'not a format', `is no ${schema.format}`);
  }
  if (isArray(value)) {
    const { minItems, maxItems } = schema;
    if (minItems !== undefined && minItems > 0)
      yield make('minItems', value.slice(0, minItems - 1), `has fewer than ${minItems} items`);
    if (maxItems !== undefined && maxItems < 1000 && value[0] !== undefined)
      yield make(
        'maxItems',
        Array.from({ length: maxItems + 1 }, () => value[0] as Json),
        `has more than ${maxItems} items`,
      );
    if (schema.uniqueItems && value[0] !== undefined)
      yield make('uniqueItems', [value[0], value[0]], 'has an item twice');
  }
  if (isObject(value)) {
    for (const name of schema.required) {
      if (!Object.hasOwn(value, name)) continue;
      const { [name]: _, ...rest } = value;
      yield make('required', rest, `lacks ${name}`);
    }
    if (schema.additionalProperties?.always === false)
      yield make('additionalProperties', { ...value, unknownProperty: 1 }, 'has an unknown property');
  }
}

function replaceAt(value: Json, tokens: readonly string[], replacement: Json): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return replacement;
  if (isArray(value))
    return value.map((item, index) => (String(index) === token ? replaceAt(item, rest, replacement) : item));
  const copy: Record<string, Json> = {};
  if (isObject(value)) {
    for (const [key, item] of Object.entries(value))
      setOwn(copy, key, key === token ? replaceAt(item as Json, rest, replacement) : (item as Json));
  }
  return copy;
}
