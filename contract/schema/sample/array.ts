/** Arrays: how many items, which schemas each has to meet, and no two alike where that is asked. */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { type Conjunction, conjunction } from './conjunction.ts';
import { type Facts, factsOfAll } from './facts.ts';
import { type Maker, type Place, reenters, type Within } from './maker.ts';
import { itemSchemas } from './properties.ts';

/** Longer arrays are not made. */
const MOST_ITEMS = 100_000;
/** Lists this near the root have two items, so that people see that they are lists. */
const TWO_ITEMS_DEPTH = 2;

/** Candidates, the likeliest length first. */
export function* arrays(facts: Facts, place: Place, maker: Maker): Generator<readonly Json[]> {
  const { minItems, maxItems } = facts;
  const wanted = containers(facts);
  const least = Math.max(minItems?.value ?? 0, ...wanted.map(({ min }) => min));
  if (minItems !== undefined && maxItems !== undefined && minItems.value > maxItems.value) {
    maker.blame({
      source: minItems.source,
      message: `No array has at least ${minItems.value} and at most ${maxItems.value} items.`,
      fix: 'Make "minItems" no greater than "maxItems".',
    });
    return;
  }
  if (least > MOST_ITEMS) {
    maker.blame({
      source: minItems?.source ?? (wanted[0]?.schema ?? (facts.schemas[0] as Schema)).source,
      message: `An array of ${least} items is too long to be made; ${MOST_ITEMS} is the limit.`,
      fix: 'Lower the least number of items, or give an example.',
    });
    return;
  }
  const most = mostItems(facts);
  if (most < least) {
    maker.blame({
      source: minItems?.source ?? (wanted[0]?.schema ?? (facts.schemas[0] as Schema)).source,
      message: `At least ${least} items are asked for, and the rest of the schema allows ${most}.`,
      fix: 'Allow more items, or ask for fewer.',
    });
    return;
  }
  const tried = new Set<number>();
  for (const length of lengths(facts, place, maker, least, most)) {
    if (tried.has(length)) continue;
    tried.add(length);
    const value = build(facts, place, maker, length, wanted, wanted, 0);
    if (value !== undefined) yield value;
    if (!maker.careful) return;
    if (wanted.length > 0) yield* rearranged(facts, place, maker, length, wanted);
  }
  for (const shift of [1, 2, 3, 5]) {
    const value = build(facts, { ...place, variant: place.variant + shift }, maker, least, wanted, wanted, 0);
    if (value !== undefined) yield value;
  }
}

/** Other ways to meet every `contains`: as items meet it by themselves, and at other places. */
function* rearranged(
  facts: Facts,
  place: Place,
  maker: Maker,
  length: number,
  wanted: readonly Wanted[],
): Generator<readonly Json[]> {
  // One item may meet several; so each is asked for only if the items so far do not meet it.
  for (let shift = 0; shift < Math.min(Math.max(length, 1), 3); shift += 1) {
    let assigned: readonly Wanted[] = [];
    for (let round = 0; round <= wanted.length; round += 1) {
      const value = build(facts, place, maker, length, wanted, assigned, shift);
      const missing = value === undefined ? undefined : wanted.find(one => !isMet(one, value, maker));
      if (value !== undefined && missing === undefined) yield value;
      if (missing === undefined || assigned.includes(missing)) break;
      assigned = [...assigned, missing];
    }
  }
  for (let shift = 1; shift < Math.min(length, 6); shift += 1) {
    const value = build(facts, place, maker, length, wanted, wanted, shift);
    if (value !== undefined) yield value;
  }
}

function isMet({ schema, min }: Wanted, items: readonly Json[], maker: Maker): boolean {
  const from = conjunction([schema]);
  return items.filter(item => maker.accepts(from, item)).length >= min;
}

interface Wanted {
  readonly schema: Schema;
  readonly min: number;
  readonly max: number;
}

/** Every `contains`, with how often it must and may be met. */
function containers(facts: Facts): readonly Wanted[] {
  const found: Wanted[] = [];
  for (const { contains, minContains, maxContains } of facts.schemas) {
    if (contains === undefined) continue;
    found.push({ schema: contains, min: minContains ?? 1, max: maxContains ?? Number.POSITIVE_INFINITY });
  }
  return found;
}

/** `maxItems`, or less where no item may stand. */
function mostItems(facts: Facts): number {
  const most = facts.maxItems?.value ?? Number.POSITIVE_INFINITY;
  const fixed = Math.max(0, ...facts.schemas.map(schema => schema.prefixItems?.length ?? 0));
  for (let index = 0; index <= Math.min(fixed, most - 1); index += 1) {
    if (itemSchemas(facts, index) === undefined) return index;
  }
  return most;
}

function* lengths(facts: Facts, place: Place, maker: Maker, least: number, most: number): Generator<number> {
  const { given } = place;
  const fixed = Math.max(0, ...facts.schemas.map(schema => schema.prefixItems?.length ?? 0));
  if (place.minimal || maker.parts === 'required') {
    yield least;
  } else if (isArray(given)) {
    yield Math.min(Math.max(given.length, least), most);
  } else {
    const items = itemSchemas(facts, fixed);
    const within: Within = { schemas: new Set(facts.schemas), outer: place.within };
    const free = items === undefined || items.length === 0 || reenters(items, within) ? 0 : 1;
    const two =
      free === 1 && (maker.parts === 'all' || place.depth < TWO_ITEMS_DEPTH) && maker.roomy() ? 2 : free;
    yield Math.min(Math.max(fixed > 0 ? fixed : two, least), most);
  }
  if (!maker.careful) return;
  yield least;
  for (let length = least; length <= Math.min(most, least + 4); length += 1) yield length;
  if (fixed > least && fixed <= most) yield fixed;
}

/** Items are made to meet the `contains` that are `assigned`; `shift` moves those items along. */
function build(
  facts: Facts,
  place: Place,
  maker: Maker,
  length: number,
  wanted: readonly Wanted[],
  assigned: readonly Wanted[],
  shift: number,
): readonly Json[] | undefined {
  const within: Within = { schemas: new Set(facts.schemas), outer: place.within };
  const extra = assign(
    facts,
    length,
    assigned,
    shift,
    { ...place, depth: place.depth + 1, within, given: undefined },
    maker,
  );
  if (extra === undefined) return undefined;
  const value: Json[] = [];
  const seen = new Set<string>();
  // A list that must not repeat itself goes through the variants once, not once an item.
  let variant = place.variant;
  const given = isArray(place.given) ? place.given : undefined;
  for (let index = 0; index < length; index += 1) {
    const all = itemSchemas(facts, index);
    if (all === undefined) return undefined;
    const containing = extra.get(index) ?? [];
    const schemas = containing.length === 0 ? all : [...all, ...containing];
    const bounded = wanted.filter(({ schema, max }) => Number.isFinite(max) && !containing.includes(schema));
    const from: Conjunction =
      bounded.length === 0
        ? conjunction(schemas)
        : { ...conjunction(schemas), nots: bounded.map(({ schema }) => schema) };
    const at: Place = {
      ...place,
      depth: place.depth + 1,
      variant,
      within,
      minimal: place.minimal || reenters(schemas, within),
      given: given?.[index],
    };
    const item = facts.unique ? distinct(from, at, maker, seen) : maker.make(from, at);
    if (item === undefined) {
      // An optional item that repeats or cannot be made is left away.
      if (value.length >= length || !facts.unique) return undefined;
      return value.length >= (facts.minItems?.value ?? 0) ? value : undefined;
    }
    if (
      !facts.unique &&
      index === 1 &&
      length === 2 &&
      given === undefined &&
      (facts.minItems?.value ?? 0) < 2
    ) {
      if (canonical(item) === canonical(value[0] as Json) && wanted.length === 0 && !isFixed(facts)) break;
    }
    value.push(item);
    variant += 1;
  }
  return value;
}

function isFixed(facts: Facts): boolean {
  return facts.schemas.some(schema => schema.prefixItems !== undefined);
}

/** Which items have to meet which `contains`; undefined when there are too few places. */
function assign(
  facts: Facts,
  length: number,
  wanted: readonly Wanted[],
  shift: number,
  at: Place,
  maker: Maker,
): ReadonlyMap<number, readonly Schema[]> | undefined {
  const extra = new Map<number, Schema[]>();
  if (wanted.length === 0) return extra;
  const fixed = Math.max(0, ...facts.schemas.map(schema => schema.prefixItems?.length ?? 0));
  for (const { schema, min } of wanted) {
    // Free places first, then a tuple's, which have schemas of their own; those that others need last of all.
    const open: number[] = [];
    const taken: number[] = [];
    for (let step = 0; step < length; step += 1) {
      const index = (step + fixed + shift) % length;
      const known = extra.get(index) ?? [];
      const all = [...(itemSchemas(facts, index) ?? []), ...known, schema];
      if (factsOfAll(all).conflict !== undefined) continue;
      if (maker.careful && length > 1 && maker.make(conjunction(all), at) === undefined) continue;
      (known.length === 0 ? open : taken).push(index);
      if (open.length >= min) break;
    }
    const places = [...open, ...taken].slice(0, min);
    if (places.length < min) return undefined;
    for (const index of places) {
      const known = extra.get(index);
      if (known === undefined) extra.set(index, [schema]);
      else known.push(schema);
    }
  }
  return extra;
}

/** A list of few values soon repeats itself; then all candidates are looked through. */
const MOST_REPEATS = 6;
const MOST_CANDIDATES = 120;

/** An item unlike those before it. */
function distinct(from: Conjunction, place: Place, maker: Maker, seen: Set<string>): Json | undefined {
  const fresh = (item: Json | undefined): item is Json => {
    if (item === undefined) return false;
    const key = canonical(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  for (let shift = 0; shift < MOST_REPEATS; shift += 1) {
    const item = maker.make(from, { ...place, variant: place.variant + shift });
    if (item === undefined) break;
    if (fresh(item)) return item;
  }
  let count = 0;
  for (const item of maker.candidates(from, place)) {
    if (!seen.has(canonical(item)) && maker.accepts(from, item) && fresh(item)) return item;
    if ((count += 1) >= MOST_CANDIDATES) break;
  }
  return undefined;
}

/** The same text for equal values, whatever the order of their keys; `1` and `1n` are equal. */
export function canonical(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join(',')}}`;
  }
  return String(value);
}
