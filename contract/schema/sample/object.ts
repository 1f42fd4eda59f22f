/** Objects: which properties to have, and a value for each. Whether the whole is valid is for the caller to check. */
import { isObject, type Json, type JsonObject, own, setOwn } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Direction } from '../run.ts';
import { blank } from './blank.ts';
import { conjunction, flatten } from './conjunction.ts';
import { type Facts, factsOf, factsOfAll } from './facts.ts';
import { type Maker, type Place, reenters, type Within } from './maker.ts';
import { propertySchemas } from './properties.ts';
import { orderRanges } from './ranges.ts';
import { saidRequired } from './said-required.ts';
import { patternText } from './string.ts';

/** Optional objects and arrays are left out below this depth. */
const TYPICAL_DEPTH = 5;
const FULL_DEPTH = 8;
/** More properties are not made up. */
const MOST_NAMES = 100_000;
/** So many single additions and omissions are tried when the likely selections fail. */
const MOST_SELECTIONS = 40;

/** Candidates, the best selection of properties first. */
export function* objects(facts: Facts, place: Place, maker: Maker): Generator<JsonObject> {
  for (const name of facts.required.keys()) {
    const all = propertySchemas(facts, name);
    if (all === undefined) {
      blameRequired(facts, name, maker);
      return;
    }
    const against = all.length > 1 ? factsOfAll(all).conflict : undefined;
    if (against !== undefined && !leftOut(facts, name, maker.direction)) {
      maker.blame(against);
      return;
    }
  }
  const { minProperties, maxProperties } = facts;
  if (minProperties !== undefined && minProperties.value > MOST_NAMES) {
    maker.blame({
      source: minProperties.source,
      message: `An object of ${minProperties.value} properties is too large to be made; ${MOST_NAMES} is the limit.`,
      fix: 'Lower "minProperties", or give an example.',
    });
    return;
  }
  if (
    minProperties !== undefined &&
    maxProperties !== undefined &&
    minProperties.value > maxProperties.value
  ) {
    maker.blame({
      source: minProperties.source,
      message: `No object has at least ${minProperties.value} and at most ${maxProperties.value} properties.`,
      fix: 'Make "minProperties" no greater than "maxProperties".',
    });
    return;
  }
  const optional = optionalNames(facts, place, maker);
  let hopeless: number | undefined;
  for (const { names, variant } of selections(facts, optional, place, maker)) {
    // A required property that cannot be made is missing from every selection alike.
    if (variant === hopeless) continue;
    const value = build(facts, names, variant === place.variant ? place : { ...place, variant }, maker);
    if (value !== undefined) yield value;
    else hopeless = variant;
    if (!maker.careful) return;
  }
}

function blameRequired(facts: Facts, name: string, maker: Maker): void {
  const source = facts.required.get(name);
  if (source === undefined) return;
  maker.blame({
    source,
    message: `The property "${name}" is required, and the rest of the schema does not allow it.`,
    fix: 'Allow the property, or do not require it.',
  });
}

interface Selection {
  readonly names: ReadonlySet<string>;
  readonly variant: number;
}

function* selections(
  facts: Facts,
  optional: readonly string[],
  place: Place,
  maker: Maker,
): Generator<Selection> {
  const { variant } = place;
  const { parts } = maker;
  const given = isObject(place.given) ? place.given : undefined;
  const kept = given === undefined ? undefined : keptNames(facts, given, maker);
  const required = new Set(facts.required.keys());
  for (const name of facts.pins.keys()) if (propertySchemas(facts, name) !== undefined) required.add(name);
  for (const name of [...required]) if (leftOut(facts, name, maker.direction)) required.delete(name);

  const liked =
    place.minimal || parts === 'required'
      ? place.minimal || maker.direction !== 'request'
        ? []
        : saidRequired(facts).filter(name => optional.includes(name))
      : kept === undefined
        ? optional
        : parts === 'all'
          ? [...kept, ...optional]
          : kept;
  const first = completed(facts, required, liked, optional, place, maker);
  yield { names: first, variant };
  if (!maker.careful) return;

  // What must be there although it does not travel this way: some schemas leave no other choice.
  yield { names: completed(facts, new Set(facts.required.keys()), liked, optional, place, maker), variant };
  const least = completed(facts, required, [], optional, place, maker);
  yield { names: least, variant };
  const extras = [...new Set([...optional, ...(kept ?? []), ...declaredNames(facts)])];
  for (const name of extras.slice(0, MOST_SELECTIONS)) {
    if (!least.has(name) && propertySchemas(facts, name) !== undefined) {
      yield { names: completed(facts, new Set([...required, name]), [], optional, place, maker), variant };
    }
  }
  for (const name of [...first].slice(0, MOST_SELECTIONS)) {
    if (!required.has(name)) yield { names: new Set([...first].filter(other => other !== name)), variant };
  }
  let madeUp = 0;
  for (const name of madeUpNames(facts, place, maker)) {
    yield { names: completed(facts, new Set([...least, name]), [], optional, place, maker), variant };
    if ((madeUp += 1) >= 4) break;
  }
  for (const shift of [1, 2, 3, 5]) {
    yield { names: first, variant: variant + shift };
    yield { names: least, variant: variant + shift };
  }
}

/** The given names that may be there and travel this way. */
function keptNames(facts: Facts, given: JsonObject, maker: Maker): readonly string[] {
  return Object.keys(given).filter(
    name => propertySchemas(facts, name) !== undefined && !leftOut(facts, name, maker.direction),
  );
}

function declaredNames(facts: Facts): readonly string[] {
  return facts.schemas.flatMap(schema => [...schema.properties.keys()]);
}

/** The optional properties that a sample of this depth has. */
function optionalNames(facts: Facts, place: Place, maker: Maker): readonly string[] {
  if (place.minimal) return [];
  const names = new Set<string>();
  const depth = maker.parts === 'all' ? FULL_DEPTH : TYPICAL_DEPTH;
  for (const schema of facts.schemas) {
    for (const name of schema.properties.keys()) {
      if (facts.required.has(name) || names.has(name)) continue;
      const all = propertySchemas(facts, name);
      if (all === undefined || leftOut(facts, name, maker.direction)) continue;
      if (reenters(all, place.within) || all.some(one => facts.schemas.includes(one))) continue;
      if ((place.depth >= depth || !maker.roomy()) && all.some(isContainer)) continue;
      names.add(name);
    }
  }
  if (
    names.size === 0 &&
    facts.required.size === 0 &&
    maker.parts !== 'required' &&
    isMap(facts) &&
    place.depth < depth
  ) {
    for (const name of madeUpNames(facts, place, maker)) {
      const all = propertySchemas(facts, name);
      if (all !== undefined && !reenters(all, place.within) && !all.some(one => facts.schemas.includes(one)))
        names.add(name);
      break;
    }
  }
  return [...names];
}

/** An object used as a table: its names are free, its values are not. */
function isMap(facts: Facts): boolean {
  return facts.schemas.some(
    ({ additionalProperties, patternProperties }) =>
      (additionalProperties !== undefined && additionalProperties.always === undefined) ||
      patternProperties.size > 0,
  );
}

function isContainer(schema: Schema): boolean {
  const { types, schemas, choices } = factsOf(schema);
  if (types !== undefined) return types.includes('object') || types.includes('array');
  return choices.length > 0 || schemas.some(one => one.properties.size > 0 || one.items !== undefined);
}

/** True for a property that does not travel this way. */
function leftOut(facts: Facts, name: string, direction: Direction | undefined): boolean {
  if (direction === undefined) return false;
  for (const schema of facts.schemas) {
    const property = schema.properties.get(name);
    if (property === undefined) continue;
    for (const part of flatten([property])) {
      if (direction === 'request' ? part.readOnly : part.writeOnly) return true;
    }
  }
  return false;
}

/** A selection with what it brings along (`dependentRequired`), and as many properties as are allowed. */
function completed(
  facts: Facts,
  required: ReadonlySet<string>,
  liked: readonly string[],
  optional: readonly string[],
  place: Place,
  maker: Maker,
): ReadonlySet<string> {
  const names = new Set(required);
  bringAlong(facts, names);
  const most = facts.maxProperties?.value ?? Number.POSITIVE_INFINITY;
  const dependent = hasDependencies(facts);
  const add = (name: string): void => {
    if (names.has(name) || names.size >= most) return;
    if (!dependent) {
      names.add(name);
      return;
    }
    const more = new Set([...names, name]);
    bringAlong(facts, more);
    if (more.size > most) return;
    for (const other of more) {
      if (other !== name && !names.has(other) && propertySchemas(facts, other) === undefined) return;
    }
    for (const other of more) names.add(other);
  };
  if (dependent || liked.length + names.size > most) for (const name of liked) add(name);
  else for (const name of liked) names.add(name);
  const least = facts.minProperties?.value ?? 0;
  if (names.size >= least) return names;
  for (const name of [...optional, ...declaredNames(facts)]) {
    if (names.size >= least) return names;
    if (propertySchemas(facts, name) !== undefined && !leftOut(facts, name, maker.direction)) add(name);
  }
  for (const name of madeUpNames(facts, place, maker)) {
    if (names.size >= least) break;
    add(name);
  }
  return names;
}

function hasDependencies(facts: Facts): boolean {
  return facts.schemas.some(schema => schema.dependentRequired.size > 0);
}

function bringAlong(facts: Facts, names: Set<string>): void {
  // A set that grows while it is walked: what is brought along brings along in its turn.
  for (const name of names) {
    for (const schema of facts.schemas) {
      for (const other of schema.dependentRequired.get(name) ?? []) names.add(other);
    }
  }
}

/** Names that nobody declared and the schema allows. */
function* madeUpNames(facts: Facts, place: Place, maker: Maker): Generator<string> {
  const rules = facts.schemas.map(schema => schema.propertyNames).filter(rule => rule !== undefined);
  const [rule] = rules;
  const naming =
    rule === undefined ? undefined : conjunction([blank(rule.source, { types: ['string'] }), ...rules]);
  const patterns = facts.schemas.flatMap(schema => [...schema.patternProperties.keys()]);
  const most = (facts.minProperties?.value ?? 0) + 8;
  const seen = new Set(declaredNames(facts));
  const usable = (name: string): boolean => {
    if (seen.has(name) || propertySchemas(facts, name) === undefined) return false;
    seen.add(name);
    return naming === undefined || maker.accepts(naming, name);
  };
  if (naming !== undefined) {
    let count = 0;
    for (const name of maker.candidates(naming, { ...place, name: 'key', variant: 0, given: undefined })) {
      if (typeof name === 'string' && usable(name)) yield name;
      if ((count += 1) > 200) break;
    }
  }
  const span = { least: 0, most: Number.POSITIVE_INFINITY };
  for (let index = 0; index < most; index += 1) {
    for (const pattern of patterns) {
      const name = patternText(pattern, index, span);
      if (name !== undefined && usable(name)) yield name;
    }
    if (naming !== undefined && index < 1_000) {
      const name = maker.make(naming, { ...place, name: 'key', variant: index + 1, given: undefined });
      if (typeof name === 'string' && usable(name)) yield name;
    }
    const name = index === 0 ? 'key' : `key${index + 1}`;
    if (usable(name)) yield name;
  }
}

/** A value for every name; undefined when a required one has none. */
function build(facts: Facts, names: ReadonlySet<string>, place: Place, maker: Maker): JsonObject | undefined {
  const value: Record<string, Json> = {};
  const within: Within = { schemas: new Set(facts.schemas), outer: place.within };
  const owner = facts.schemas.find(schema => schema.name !== undefined)?.name ?? place.name;
  for (const name of inOrder(facts, names)) {
    const all = propertySchemas(facts, name);
    if (all === undefined) return undefined;
    const from = conjunction(all);
    const required = facts.required.has(name);
    const pin = facts.pins.get(name);
    if (pin !== undefined && (all.length === 0 || maker.accepts(from, pin))) {
      setOwn(value, name, pin);
      continue;
    }
    const made = maker.make(from, {
      depth: place.depth + 1,
      variant: place.variant,
      name,
      owner,
      within,
      minimal: place.minimal || reenters(all, within),
      given: own(place.given, name),
    });
    if (made !== undefined) {
      setOwn(value, name, made);
    } else if (required) {
      if (!leftOut(facts, name, maker.direction)) return undefined;
    }
  }
  orderRanges(value, facts, maker);
  return value;
}

/** As declared, then as required, then as made up. */
function inOrder(facts: Facts, names: ReadonlySet<string>): ReadonlySet<string> {
  const ordered = new Set<string>();
  for (const schema of facts.schemas) {
    for (const name of schema.properties.keys()) if (names.has(name)) ordered.add(name);
  }
  for (const name of names) ordered.add(name);
  return ordered;
}
