/** Where to go on from a spot: its parts, parts that it could have and has not, and other members of its unions. */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Direction } from '../run.ts';
import { conjunction } from '../sample/conjunction.ts';
import { type Facts, gather } from '../sample/facts.ts';
import { itemSchemas, propertySchemas } from '../sample/properties.ts';
import { sample } from '../sample.ts';
import { isValid } from '../validate.ts';
import { activeSchemas, replaced, type Spot, withProperty } from './spot.ts';

/** Parts nested deeper in the value are left whole. */
const MOST_DEPTH = 6;

/** A spot that waits for its turn. */
interface Waiting {
  readonly base: Json;
  readonly tokens: readonly (string | number)[];
  readonly value: Json;
  readonly all: readonly Schema[];
  /** Schemas met on the way down: what leads back to one of them is not followed again. */
  readonly path: readonly Schema[];
  /** A property that may be left out as well. */
  readonly optional?: boolean;
}

/**
 * The spots of a value and of what it could have as well, the outermost first, so that whoever stops early has seen the
 * outer parts. None where the value is not valid against the schema.
 *
 * @param most - spots looked at: a value may have thousands of parts
 */
export function* spotsOf(
  schema: Schema,
  whole: Json,
  direction: Direction | undefined,
  most: number,
): Generator<Spot> {
  if (!isValid(schema, whole, direction)) return;
  const waiting: Waiting[] = [{ base: whole, tokens: [], value: whole, all: [schema], path: [] }];
  for (let index = 0; index < Math.min(waiting.length, most); index += 1) {
    const next = waiting[index] as Waiting;
    const { base, tokens, value, all, optional = false } = next;
    const spot: Spot = {
      base,
      tokens,
      value,
      active: activeSchemas(all, value, direction),
      direction,
      optional,
    };
    yield spot;
    waiting.push(...inner(schema, spot, next));
  }
}

/** The next spots; `root` is what the whole value has to stay valid against. */
function* inner(root: Schema, spot: Spot, from: Waiting): Generator<Waiting> {
  const { value, direction } = spot;
  if (spot.tokens.length >= MOST_DEPTH) return;
  const path = [...from.path, ...spot.active];
  if (isObject(value)) {
    const facts = factsAt(spot);
    for (const name of namesAt(spot, value)) {
      const all = propertySchemas(facts, name);
      if (all === undefined || all.length === 0) continue;
      const tokens = [...spot.tokens, name];
      const optional = !facts.required.has(name);
      if (Object.hasOwn(value, name)) {
        yield { base: spot.base, tokens, value: value[name] as Json, all, path, optional };
        continue;
      }
      if (all.some(one => path.includes(one)) || isLeftOut(all, direction)) continue;
      const grown = added(root, spot, name, all);
      if (grown !== undefined) yield { ...grown, tokens, all, path, optional };
    }
  } else if (isArray(value)) {
    const facts = factsAt(spot);
    const fixed = Math.max(0, ...spot.active.map(one => one.prefixItems?.length ?? 0));
    for (let index = 0; index < Math.min(value.length, fixed + 1); index += 1) {
      const all = itemSchemas(facts, index);
      if (all === undefined || all.length === 0) continue;
      yield { base: spot.base, tokens: [...spot.tokens, index], value: value[index] as Json, all, path };
    }
    const all = value.length === 0 ? itemSchemas(facts, 0) : undefined;
    if (all !== undefined && all.length > 0 && !all.some(one => path.includes(one))) {
      const item = sampleOf(all, direction);
      const base = item === undefined ? undefined : replaced(spot.base, spot.tokens, [item]);
      if (item !== undefined && base !== undefined && isValid(root, base, direction)) {
        yield { base, tokens: [...spot.tokens, 0], value: item, all, path };
      }
    }
  }
  yield* otherMembers(root, spot, from);
}

function factsAt(spot: Spot): Facts {
  return gather(conjunction(spot.active));
}

/** In the order of the names, so that whoever stops early has the same parts wherever these stand in the document. */
function namesAt(spot: Spot, value: Json): readonly string[] {
  const names = new Set<string>();
  for (const schema of spot.active) for (const name of schema.properties.keys()) names.add(name);
  if (isObject(value)) for (const name of Object.keys(value)) names.add(name);
  return [...names].sort();
}

function isLeftOut(all: readonly Schema[], direction: Direction | undefined): boolean {
  return all.some(one =>
    direction === 'request' ? one.readOnly : direction === 'response' && one.writeOnly,
  );
}

/** The value with a property that it could have and has not. */
function added(
  root: Schema,
  spot: Spot,
  name: string,
  all: readonly Schema[],
): { readonly base: Json; readonly value: Json } | undefined {
  const value = sampleOf(all, spot.direction, name);
  if (value === undefined) return undefined;
  const base = replaced(spot.base, spot.tokens, withProperty(spot.value, name, value));
  return isValid(root, base, spot.direction) ? { base, value } : undefined;
}

/** Of schemas that hold together, a sample of the first that all accept. */
function sampleOf(all: readonly Schema[], direction: Direction | undefined, name = ''): Json | undefined {
  for (const schema of all) {
    const result = sample(schema, { ...(direction === undefined ? {} : { direction }), name });
    if ('value' in result && all.every(one => isValid(one, result.value, direction))) return result.value;
  }
  return undefined;
}

/** Members of unions that the value does not meet, each with a value that does. */
function* otherMembers(root: Schema, spot: Spot, from: Waiting): Generator<Waiting> {
  for (const schema of spot.active) {
    for (const member of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
      if (spot.active.includes(member) || from.path.includes(member)) continue;
      const value = sampleOf([member], spot.direction);
      if (value === undefined) continue;
      const base = replaced(spot.base, spot.tokens, tagged(schema, member, value));
      if (!isValid(root, base, spot.direction)) continue;
      // The path keeps the member from being looked at again from here.
      yield {
        ...from,
        base,
        value: tagged(schema, member, value),
        path: [...from.path, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])],
      };
    }
  }
}

/** A member's sample with the tag by which it is chosen. */
export function tagged({ discriminator }: Schema, member: Schema, value: Json): Json {
  if (discriminator === undefined || !isObject(value)) return value;
  for (const [tag, target] of discriminator.mapping) {
    if (target === member || member.reference === target)
      return withProperty(value, discriminator.propertyName, tag);
  }
  return value;
}
