/**
 * Whether a server may have refused a valid request by a rule that its document has no words for: that what the request
 * names by an id is there, and that a range does not end before it begins. Reads requests only.
 */
import type { Exchange } from '../exchange.ts';
import { parseQuery } from '../http/named-values.ts';
import { formDecode } from '../http/percent-encoding.ts';
import { declaredProperty } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, type Json, jsonEqual, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { rangesAmong } from '../schema/range-names.ts';
import { sentBody } from './bodies.ts';

/** Names something else by its id, or has a range the wrong way round or without extent. */
export function mayBreakUnspokenRule(exchange: Exchange): boolean {
  const { operation, request } = exchange.case;
  const query = new Map<string, Json>();
  for (const [name, [raw = '']] of parseQuery(request.query))
    query.set(name, readText(formDecode(raw) ?? raw));
  for (const [name] of query) {
    const declared = operation.parameters.find(one => one.in === 'query' && one.name === name);
    if (namesAnother(name, declared?.schema)) return true;
  }
  if (hasVoidRange(Object.fromEntries(query))) return true;
  const sent = sentBody(exchange);
  if (sent === undefined) return false;
  // What is made gets its own id; what is changed is named by it.
  return breaks(sent.value, sent.schema, operation.method !== 'POST');
}

/** Whether a body that makes something names others by their ids. */
export function namesOthers(body: Json, schema: Schema | undefined): boolean {
  return breaks(body, schema, false);
}

/** Whether two bodies name the same others, and neither has a range that a server may take amiss. */
export function namesTheSame(a: Exchange, b: Exchange): boolean {
  const [one, other] = [a, b].map(sentBody);
  if (one === undefined || other === undefined) return false;
  if (hasVoidRangeWithin(one.value)) return false;
  const named = new Map(idsIn(other.value, other.schema, ''));
  return [...idsIn(one.value, one.schema, '')].every(
    ([pointer, id]) => named.has(pointer) && jsonEqual(named.get(pointer) ?? null, id),
  );
}

/** What is named by its id, with the place of the id. Those inside lists have none that two bodies share. */
function* idsIn(
  value: Json,
  schema: Schema | undefined,
  at: string,
): Generator<readonly [pointer: string, id: Json], undefined> {
  if (!isObject(value)) return;
  for (const [name, part] of Object.entries(value)) {
    const property = schema === undefined ? undefined : declaredProperty(schema, name);
    const pointer = joinPointer(at, name);
    if (isObject(part)) yield* idsIn(part, property, pointer);
    else if (isArray(part) ? breaks(part, property, true) : namesAnother(name, property))
      yield [pointer, part];
  }
}

/** Deeper values are told apart by nobody. */
const MAX_DEPTH = 8;

function breaks(value: Json, schema: Schema | undefined, ownId: boolean, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (isArray(value)) return value.some(item => breaks(item, schema?.items, ownId, depth + 1));
  if (!isObject(value)) return false;
  if (hasVoidRange(value)) return true;
  return Object.entries(value).some(([name, part]) => {
    if (part === null || (isArray(part) && part.length === 0)) return false;
    const property = schema === undefined ? undefined : declaredProperty(schema, name);
    const named = /^_?id$/i.test(name) ? ownId || depth > 0 : namesAnother(name, property);
    return named || breaks(part, property, ownId, depth + 1);
  });
}

/** `projectIds`, `owner_id`, `parentUuid`, and whatever is declared to be a UUID. */
function namesAnother(name: string, schema: Schema | undefined): boolean {
  if (/([a-z0-9](Id|ID|Uuid|UUID|Guid|GUID|Ref)|[-_](id|uuid|guid|ref))s?(\[\])?$/.test(name)) return true;
  return schema?.format === 'uuid' || schema?.items?.format === 'uuid';
}

function hasVoidRange(value: Readonly<Record<string, Json>>): boolean {
  return rangesAmong(Object.keys(value)).some(({ from, to }) => {
    const [low, high] = [own(value, from), own(value, to)];
    if (typeof low === 'string' && typeof high === 'string') return low >= high;
    return typeof low === 'number' && typeof high === 'number' && low >= high;
  });
}

function hasVoidRangeWithin(value: Json, depth = 0): boolean {
  if (depth > MAX_DEPTH || (!isArray(value) && !isObject(value))) return false;
  if (isObject(value) && hasVoidRange(value)) return true;
  return Object.values(value).some((part: Json) => hasVoidRangeWithin(part, depth + 1));
}

function readText(text: string): Json {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
