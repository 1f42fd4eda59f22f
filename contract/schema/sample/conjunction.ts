/** Schemas that have to hold of one value together, and what has been chosen among their alternatives so far. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import type { Alternative, Choice } from './choices.ts';

/** What must hold of one value: schemas, and what earlier choices added to them. */
export interface Conjunction {
  readonly all: readonly Schema[];
  /** Schemas that must not hold. */
  readonly nots: readonly Schema[];
  /** Properties that must have this value: the tag of a discriminator. */
  readonly pins: ReadonlyMap<string, Json>;
  readonly require: readonly string[];
  readonly forbid: readonly string[];
  /** Choices made already. */
  readonly taken: ReadonlySet<Choice>;
}

const NO_PINS: ReadonlyMap<string, Json> = new Map();
const NO_CHOICES: ReadonlySet<Choice> = new Set();
const NONE: readonly never[] = [];

/** A conjunction in which nothing has been chosen. */
export function conjunction(all: readonly Schema[]): Conjunction {
  return { all, nots: NONE, pins: NO_PINS, require: NONE, forbid: NONE, taken: NO_CHOICES };
}

/** A conjunction after one more choice. */
export function choose(from: Conjunction, choice: Choice, alternative: Alternative): Conjunction {
  const { schemas, nots, pin, require, forbid } = alternative;
  return {
    all: schemas.length === 0 ? from.all : [...from.all, ...schemas],
    nots: nots.length === 0 ? from.nots : [...from.nots, ...nots],
    pins: pin === undefined ? from.pins : new Map([...from.pins, [pin.name, pin.value]]),
    require: require === undefined ? from.require : [...from.require, require],
    forbid: forbid === undefined ? from.forbid : [...from.forbid, forbid],
    taken: new Set([...from.taken, choice]),
  };
}

/** The schemas that hold wherever these do: references and `allOf` followed, each schema once, outermost first. */
export function flatten(all: readonly Schema[]): readonly Schema[] {
  const [first] = all;
  if (all.length === 1 && first !== undefined && standsAlone(first)) return all;
  const seen = new Set<Schema>();
  // A list instead of recursion: `allOf` may be nested as deep as a stranger likes.
  const open = [...all].reverse();
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    if (schema.always !== undefined) continue;
    const { allOf, reference, dynamicReference } = schema;
    for (let index = allOf.length - 1; index >= 0; index -= 1) {
      const part = allOf[index];
      if (part !== undefined) open.push(part);
    }
    if (dynamicReference !== undefined) {
      const { anchor, target } = dynamicReference;
      open.push((anchor === undefined ? undefined : schema.dynamicAnchors.get(anchor)) ?? target);
    }
    if (reference !== undefined) open.push(reference);
  }
  return [...seen];
}

function standsAlone(schema: Schema): boolean {
  return (
    schema.always !== undefined ||
    (schema.allOf.length === 0 && schema.reference === undefined && schema.dynamicReference === undefined)
  );
}
