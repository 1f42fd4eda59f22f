/** The fewest and the most items and properties, and what else arrays and objects may have. */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { below } from '../../source.ts';
import { conjunction } from '../sample/conjunction.ts';
import type { Facts } from '../sample/facts.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { itemSchemas } from '../sample/properties.ts';
import { type Spot, withProperty } from '../violate/spot.ts';
import { type Edge, inside } from './edge.ts';

/** Larger ones are made only where everything is to be tried. */
const MOST_DECLARED = 100;
const MOST = 1_000;

export function* arrayEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  const { minItems, maxItems } = facts;
  const counted = (length: number) => (value: Json) => isArray(value) && value.length === length;
  if (minItems !== undefined) {
    yield {
      keyword: 'minItems',
      source: minItems.source,
      detail: '',
      words: `has ${items(minItems.value)}, the fewest allowed`,
      reach: minItems.value > MOST_DECLARED ? 'undeclared' : 'declared',
      candidates: inside(spot, schema, { maxItems: minItems.value }),
      fits: counted(minItems.value),
      ...tooMany(minItems.value, 'items'),
    };
  } else {
    yield {
      keyword: 'type',
      source: below(schema.source, 'type'),
      detail: 'empty',
      words: 'is empty',
      // Whoever takes the property left out has no need of items; where it is asked for, some server may have.
      reach: spot.optional === true ? 'declared' : 'undeclared',
      candidates: [[]],
    };
  }
  if (maxItems !== undefined) {
    yield {
      keyword: 'maxItems',
      source: maxItems.source,
      detail: '',
      words: `has ${items(maxItems.value)}, the most allowed`,
      reach: maxItems.value > MOST_DECLARED ? 'undeclared' : 'declared',
      candidates: filled(spot, schema, facts, maxItems.value),
      fits: counted(maxItems.value),
      ...tooMany(maxItems.value, 'items'),
    };
  }
  // What one item does not show: how they are kept apart where the array is written down.
  if ((maxItems?.value ?? 2) > 2 || maxItems === undefined) {
    yield {
      keyword: 'items',
      source: below(schema.source, 'items'),
      detail: 'several',
      words: 'has several items',
      reach: 'declared',
      candidates: filled(spot, schema, facts, Math.max(2, minItems?.value ?? 0)),
      fits: value => isArray(value) && value.length > 1,
    };
  }
}

/** Items unlike each other first, for a list of equal ones says little; then the same again where that is allowed. */
function* filled(spot: Spot, schema: Schema, facts: Facts, length: number): Generator<Json> {
  const { value } = spot;
  yield* inside(spot, schema, { minItems: length, maxItems: length });
  if (!isArray(value) || facts.unique) return;
  const last = value.at(-1) ?? item(spot, facts);
  if (last === undefined) return;
  yield [...value, ...Array.from({ length: Math.max(0, length - value.length) }, () => last)];
}

function item(spot: Spot, facts: Facts): Json | undefined {
  const all = itemSchemas(facts, 0) ?? [];
  return newSearch({ direction: spot.direction, parts: 'required', careful: true }).make(
    conjunction(all),
    rootPlace('', 0),
  );
}

export function* objectEdges(spot: Spot, schema: Schema, facts: Facts): Generator<Edge> {
  const { value } = spot;
  if (!isObject(value)) return;
  const { minProperties, maxProperties } = facts;
  const counted = (count: number) => (one: Json) => isObject(one) && Object.keys(one).length === count;
  if (minProperties !== undefined) {
    yield {
      keyword: 'minProperties',
      source: minProperties.source,
      detail: '',
      words: `has ${properties(minProperties.value)}, the fewest allowed`,
      reach: minProperties.value > MOST_DECLARED ? 'undeclared' : 'declared',
      candidates: inside(spot, schema, { maxProperties: minProperties.value }),
      fits: counted(minProperties.value),
      ...tooMany(minProperties.value, 'properties'),
    };
  }
  if (maxProperties !== undefined) {
    yield {
      keyword: 'maxProperties',
      source: maxProperties.source,
      detail: '',
      words: `has ${properties(maxProperties.value)}, the most allowed`,
      reach: maxProperties.value > MOST_DECLARED ? 'undeclared' : 'declared',
      candidates: inside(spot, schema, { minProperties: maxProperties.value }),
      fits: counted(maxProperties.value),
      ...tooMany(maxProperties.value, 'properties'),
    };
  }
  if (minProperties === undefined && spot.optional === true && isMap(facts)) {
    yield {
      keyword: 'type',
      source: below(schema.source, 'type'),
      detail: 'empty',
      words: 'is empty',
      reach: 'declared',
      candidates: [{}],
    };
  }
  yield* furtherEdges(spot, schema, value);
}

/** An object whose properties nobody named. */
function isMap({ schemas, required }: Facts): boolean {
  return required.size === 0 && schemas.every(({ properties }) => properties.size === 0);
}

/**
 * A property that nobody named, where the document says that there may be some. Where it only does not say the
 * contrary, servers may well refuse what they do not know.
 */
function* furtherEdges(spot: Spot, schema: Schema, value: Json): Generator<Edge> {
  const { additionalProperties: further } = schema;
  if (further === undefined || further.always === false) return;
  const search = newSearch({ direction: spot.direction, parts: 'required', careful: true });
  const made = further.always === true ? 'sample' : search.make(conjunction([further]), rootPlace('', 0));
  if (made === undefined) return;
  yield {
    keyword: 'additionalProperties',
    source: below(schema.source, 'additionalProperties'),
    detail: '',
    words: 'has a property that the document does not name',
    reach: 'declared',
    candidates: ['rehearsal', 'x-rehearsal', 'key'].map(name => withProperty(value, name, made)),
  };
}

function tooMany(count: number, what: string): Pick<Edge, 'skipped'> {
  return count > MOST ? { skipped: `${count} ${what} are too many to be sent.` } : {};
}

function items(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}

function properties(count: number): string {
  return count === 1 ? '1 property' : `${count} properties`;
}
