/** The ways to break what is asked of arrays. */
import { isArray, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { conjunction } from '../sample/conjunction.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { isValid } from '../validate.ts';
import { outside } from './outside.ts';
import type { Fault, Spot } from './spot.ts';

/** Longer arrays are not made only to be refused. */
const MOST_ITEMS = 10_000;

export function* arrayFaults(spot: Spot, schema: Schema): Generator<Fault> {
  const { value } = spot;
  if (!isArray(value)) return;
  const { minItems, maxItems, contains, prefixItems } = schema;
  if (minItems !== undefined && minItems > 0) {
    yield { keyword: 'minItems', schema, detail: '', candidates: tooFew(spot, schema, value, minItems) };
  }
  if (maxItems !== undefined) {
    yield maxItems >= MOST_ITEMS
      ? {
          keyword: 'maxItems',
          schema,
          detail: '',
          candidates: [],
          skipped: `An array of more than ${maxItems} items is too long to be sent.`,
        }
      : { keyword: 'maxItems', schema, detail: '', candidates: tooMany(spot, schema, value, maxItems) };
  }
  if (schema.uniqueItems) {
    yield { keyword: 'uniqueItems', schema, detail: '', candidates: repeated(spot, schema, value) };
  }
  if (contains !== undefined && (schema.minContains ?? 1) > 0) {
    const keyword = schema.minContains === undefined ? 'contains' : 'minContains';
    yield { keyword, schema, detail: '', candidates: lacking(spot, schema, value, contains) };
  }
  if (contains !== undefined && schema.maxContains !== undefined && schema.maxContains < MOST_ITEMS) {
    yield {
      keyword: 'maxContains',
      schema,
      detail: '',
      candidates: abounding(spot, schema, value, contains),
    };
  }
  for (const keyword of ['items', 'unevaluatedItems'] as const) {
    if (schema[keyword]?.always !== false) continue;
    const least = prefixItems?.length ?? 0;
    const filled = [...value];
    while (filled.length < least) filled.push(null);
    yield {
      keyword,
      schema,
      detail: '',
      candidates: [
        [...value, 'one too many'],
        [...filled, 'one too many'],
      ],
    };
  }
}

function* tooFew(spot: Spot, schema: Schema, value: readonly Json[], minItems: number): Generator<Json> {
  yield value.slice(0, minItems - 1);
  yield* outside(spot, schema, 'minItems');
}

function* tooMany(spot: Spot, schema: Schema, value: readonly Json[], maxItems: number): Generator<Json> {
  const last = value.at(-1) ?? sampleItem(spot, schema);
  const unique = spot.active.some(one => one.uniqueItems);
  if (last !== undefined && !unique) {
    yield [...value, ...Array.from({ length: Math.max(0, maxItems + 1 - value.length) }, () => last)];
  }
  yield* outside(spot, schema, 'maxItems');
  yield [...value, ...Array.from({ length: Math.max(0, maxItems + 1 - value.length) }, (_, index) => index)];
}

function* repeated(spot: Spot, schema: Schema, value: readonly Json[]): Generator<Json> {
  const [first, , ...rest] = value;
  const item = first ?? sampleItem(spot, schema);
  if (item === undefined) return;
  yield [item, item, ...rest];
  yield [...value, item];
  const last = value.at(-1);
  if (last !== undefined) yield [...value, last];
  yield [item, item];
}

function* lacking(spot: Spot, schema: Schema, value: readonly Json[], contains: Schema): Generator<Json> {
  const others = value.filter(item => !isValid(contains, item, spot.direction));
  yield others;
  const [other] = others;
  if (other !== undefined) yield value.map(item => (isValid(contains, item, spot.direction) ? other : item));
  yield* outside(spot, schema, 'contains');
  yield [];
}

function* abounding(spot: Spot, schema: Schema, value: readonly Json[], contains: Schema): Generator<Json> {
  const most = schema.maxContains ?? 0;
  const item = value.find(one => isValid(contains, one, spot.direction)) ?? sampled(spot, contains);
  if (item !== undefined) {
    const count = value.filter(one => isValid(contains, one, spot.direction)).length;
    const missing = Math.max(0, most + 1 - count);
    yield [...value, ...Array.from({ length: missing }, () => item)];
    yield value.map(one => (isValid(contains, one, spot.direction) ? one : item));
  }
  yield* outside(spot, schema, 'contains');
}

function sampleItem(spot: Spot, schema: Schema): Json | undefined {
  const items = schema.items ?? spot.active.find(one => one.items !== undefined)?.items;
  return items === undefined ? 'sample' : sampled(spot, items);
}

function sampled(spot: Spot, schema: Schema): Json | undefined {
  const search = newSearch({ direction: spot.direction, parts: 'required', careful: true });
  return search.make(conjunction([schema]), rootPlace('', 0));
}
