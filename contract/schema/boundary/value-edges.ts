/** Every listed value, every type, every member of a union, and the values that the document itself gives for a part. */

import { stringifyJson } from '../../json/stringify.ts';
import { isObject, type Json, type JsonType, jsonEqual, jsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { below } from '../../source.ts';
import { canonical } from '../sample/array.ts';
import type { Facts } from '../sample/facts.ts';
import { sample } from '../sample.ts';
import { tagged } from '../violate/parts.ts';
import type { Spot } from '../violate/spot.ts';
import { type Edge, inside } from './edge.ts';

/** Values of one list; the rest are for whoever asks for everything. */
const MOST_LISTED = 20;
const MOST_GIVEN = 5;

export function* valueEdges(spot: Spot, facts: Facts): Generator<Edge> {
  const listed = facts.values;
  const [first] = facts.schemas;
  if (first === undefined) return;
  if (listed !== undefined) {
    const holder = facts.schemas.find(schema => schema.enum !== undefined) ?? first;
    for (const [index, value] of listed.entries()) {
      yield {
        keyword: holder.enum === undefined ? 'const' : 'enum',
        source: below(holder.source, holder.enum === undefined ? 'const' : 'enum'),
        detail: shortText(value),
        words: `is ${shown(value)}, ${listed.length === 1 ? 'the only value' : `one of ${listed.length} values`}`,
        reach: index < MOST_LISTED ? 'declared' : 'undeclared',
        candidates: [value],
      };
    }
  } else yield* typeEdges(spot, first, facts);
  for (const schema of facts.schemas) {
    yield* givenEdges(spot, schema);
    yield* memberEdges(spot, schema);
  }
}

/** `null` where it is allowed, both truth values, and each of several types. */
function* typeEdges(spot: Spot, schema: Schema, { types }: Facts): Generator<Edge> {
  if (types === undefined) return;
  const source = below(schema.source, 'type');
  const now = jsonType(spot.value);
  for (const type of types) {
    if (type === 'boolean') {
      for (const value of [true, false]) {
        yield {
          keyword: 'type',
          source,
          detail: String(value),
          words: `is ${value}`,
          reach: 'declared',
          candidates: [value],
        };
      }
    } else if (type !== now && !(type === 'number' && now === 'integer')) {
      yield {
        keyword: 'type',
        source,
        detail: type,
        words: `is ${WORDS[type]}`,
        reach: 'declared',
        candidates: type === 'null' ? [null] : inside(spot, schema, { types: [type] }),
      };
    }
  }
}

const WORDS: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'a truth value',
  integer: 'an integer',
  number: 'a number',
  string: 'a text',
  array: 'an array',
  object: 'an object',
};

/** Examples of a part, and its default. What the part has anyhow is not said again. */
function* givenEdges({ value: now }: Spot, schema: Schema): Generator<Edge> {
  for (const [index, value] of schema.examples.entries()) {
    if (jsonEqual(value, now)) continue;
    yield {
      keyword: 'examples',
      source: schema.source,
      detail: shortText(value),
      words: `is ${shown(value)}, an example of it`,
      reach: index < MOST_GIVEN ? 'declared' : 'undeclared',
      candidates: [value],
    };
  }
  const { default: given } = schema;
  if (given === undefined || jsonEqual(given.value, now)) return;
  yield {
    keyword: 'default',
    source: below(schema.source, 'default'),
    detail: '',
    words: `is ${shown(given.value)}, its default`,
    reach: 'declared',
    candidates: [given.value],
  };
}

/** Each member of a union that the value does not already meet. */
function* memberEdges(spot: Spot, schema: Schema): Generator<Edge> {
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    for (const [index, member] of (schema[keyword] ?? []).entries()) {
      if (spot.active.includes(member)) continue;
      const made = sample(member, {
        parts: 'required',
        ...(spot.direction === undefined ? {} : { direction: spot.direction }),
      });
      if (!('value' in made)) continue;
      const called = member.name ?? member.title;
      yield {
        keyword,
        source: below(schema.source, keyword, index),
        detail: called ?? String(index + 1),
        words: called === undefined ? `is of alternative ${index + 1}` : `is a ${called}`,
        reach: 'declared',
        candidates: [tagged(schema, member, made.value), ...together(spot, schema, member)],
      };
    }
  }
}

/** A member may count on what stands beside the union. */
function* together(spot: Spot, schema: Schema, member: Schema): Generator<Json> {
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    if (schema[keyword]?.includes(member) !== true) continue;
    if (isObject(spot.value)) yield* inside({ ...spot, active: [schema] }, schema, { allOf: [member] });
  }
}

const LONGEST = 40;

/** For ids: texts as they are, anything else as JSON, whatever the order of its keys. */
function shortText(value: Json): string {
  return typeof value === 'string' ? value : canonical(value);
}

function shown(value: Json): string {
  const text = stringifyJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
