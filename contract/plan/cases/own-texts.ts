/**
 * Gives each case of an operation texts of its own. Where two things of one name are a conflict, a server that is sent
 * the same name a hundred times answers 409 from the second time on, and what it thinks of the rest never shows.
 */
import { declaredProperty } from '../../http/schema-views.ts';
import { isObject, type Json, type JsonObject, setOwn } from '../../json/value.ts';
import type { Operation, Schema } from '../../model.ts';
import { hash } from '../../schema/random.ts';
import { sample } from '../../schema/sample.ts';
import { isValid } from '../../schema/validate.ts';
import { writeBody } from './body-value.ts';
import type { Basis, UsableBody } from './draft.ts';
import type { WrittenBody } from './request-parts.ts';

/** Beyond the examples, which stand in documents because they exist. */
const FIRST_SEED = 1000;
const SEEDS = 1_000_000;
const MAX_DEPTH = 4;

/** Whether the operation says that what it is told may collide with what is there. */
export function mayConflict({ responses, method }: Operation): boolean {
  return method !== 'GET' && method !== 'HEAD' && responses.some(({ status }) => status === '409');
}

/**
 * The value of a case with other free texts in the places where it is still as its base; the value itself where the
 * schema ties them to each other.
 *
 * @param words - what sets the case apart
 */
export function withOwnTexts(value: Json, base: Json, schema: Schema, seed: number, words: string): Json {
  const made = sample(schema, {
    direction: 'request',
    parts: 'required',
    seed: seed + FIRST_SEED + (hash(words) % SEEDS),
  });
  if (!('value' in made) || !isValid(schema, mixed(base, base, made.value, schema), 'request')) return value;
  return mixed(value, base, made.value, schema);
}

/**
 * The least body of a media type as one case of an operation sends it, with texts of its own where others may be a conflict.
 *
 * @param words - what sets the case apart
 */
export function ownBody(
  { operation, seed }: Pick<Basis, 'operation' | 'seed'>,
  { content, least }: UsableBody,
  words: string,
): WrittenBody {
  const { schema } = content;
  if (!mayConflict(operation) || schema === undefined) return least;
  const base = sample(schema, { direction: 'request', parts: 'required', seed });
  if (!('value' in base)) return least;
  const made = writeBody(content, withOwnTexts(base.value, base.value, schema, seed, words));
  return 'body' in made ? made.body : least;
}

function mixed(value: Json, base: Json, own: Json, schema: Schema | undefined, depth = 0): Json {
  if (!isObject(value) || !isObject(base) || !isObject(own) || depth > MAX_DEPTH) return value;
  const copy: Record<string, Json> = {};
  for (const [name, part] of Object.entries(value)) {
    const property = schema === undefined ? undefined : declaredProperty(schema, name);
    setOwn(copy, name, mixedPart(name, part, { base, own, property, depth }));
  }
  return copy;
}

interface Beside {
  readonly base: JsonObject;
  readonly own: JsonObject;
  readonly property: Schema | undefined;
  readonly depth: number;
}

function mixedPart(name: string, part: Json, { base, own, property, depth }: Beside): Json {
  const [was, other] = [base[name], own[name]];
  if (was === undefined || other === undefined) return part;
  if (isObject(part)) return mixed(part, was, other, property, depth + 1);
  return part === was && typeof other === 'string' && isFreeText(name, property) ? other : part;
}

/** Neither of a listed choice nor the name of something else, nor an instant that another one is measured by. */
function isFreeText(name: string, schema: Schema | undefined): boolean {
  if (schema === undefined || schema.enum !== undefined || schema.const !== undefined) return false;
  if (/^(date|time|date-time|duration|uuid)$/.test(schema.format ?? '')) return false;
  return !/([a-z0-9](Id|ID)|[-_]id)$/.test(name);
}
