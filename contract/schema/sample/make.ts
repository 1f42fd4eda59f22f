/**
 * The search for a value: given values first, then one way through the choices after another, and in each the types
 * in turn. Two passes use it. The first takes what comes; the second, careful one checks every part where it is made
 * and, where something that must not hold does hold, goes on from the ways to break it. Long because the steps of the
 * search call each other in turn, which files may not do.
 */
import { isArray, isObject, type Json, type JsonType, jsonEqual } from '../../json/value.ts';
import type { Direction } from '../run.ts';
import { isValid } from '../validate.ts';
import { arrays } from './array.ts';
import { type Conjunction, choose } from './conjunction.ts';
import { type Conflict, type Facts, factsOfAll, gather } from './facts.ts';
import type { Maker, Parts, Place } from './maker.ts';
import { negation } from './negate.ts';
import { numbers } from './number.ts';
import { objects } from './object.ts';
import { hintsOf, ordered, typesOf } from './order.ts';
import { strings } from './string.ts';

export interface Search extends Maker {
  /** Why nothing was found, as far as anybody noticed. */
  readonly blamed: () => Conflict | undefined;
  /** Where the value grew too deep or too large, if it did. */
  readonly outgrown: () => Conflict | undefined;
  /** What the search has cost so far. */
  readonly spent: () => number;
}

export interface SearchOptions {
  readonly direction: Direction | undefined;
  readonly parts: Parts;
  readonly careful: boolean;
}

/** Values made before optional objects and arrays are left out. */
const ROOM = 1_500;
/** Values made before the search gives up: a million keys are nobody's sample. */
const MOST_MADE = 160_000;
/** Nested deeper, nothing is made. */
export const MOST_DEPTH = 200;
/** What a search may spend: on candidates that were refused and on ways through the choices that were looked at. */
const BUDGET = 8_000;
/** Of what is left, a part of the value may spend this share, so that one hopeless corner does not cost all the rest. */
const SHARE = 0.3;
const LEAST_SHARE = 40;
/** Candidates refused at one place. */
const MOST_REFUSED_HERE = 150;
/** Ways looked at in one place. */
const MOST_WAYS_HERE = 400;
/** Candidates that one way is given before the next way has its turn. */
const FIRST_TURN = 2;

/** A search with a budget of its own. */
export function newSearch({ direction, parts, careful }: SearchOptions): Search {
  let made = 0;
  let spent = 0;
  let ceiling = BUDGET;
  let blamed: Conflict | undefined;
  let outgrown: Conflict | undefined;

  const search: Search = {
    direction,
    parts,
    careful,
    roomy: () => made < ROOM,
    blame: conflict => {
      blamed ??= conflict;
    },
    blamed: () => blamed,
    outgrown: () => outgrown,
    spent: () => spent,
    accepts: (from, value) =>
      from.all.every(schema => isValid(schema, value, direction)) &&
      from.nots.every(not => !isValid(not, value, direction)),
    make: (from, place) => {
      made += 1;
      if (place.depth > MOST_DEPTH || made > MOST_MADE) {
        blameSize(from, place);
        return undefined;
      }
      if (!careful) {
        for (const value of candidates(from, place)) return value;
        return undefined;
      }
      const outer = ceiling;
      if (place.depth > 0) ceiling = Math.min(outer, spent + Math.max(LEAST_SHARE, (outer - spent) * SHARE));
      const value = accepted(from, place);
      ceiling = outer;
      // What cannot be made is not tried for ever: every failure costs.
      if (value === undefined) spent += 1;
      return value;
    },
    candidates: (from, place) => candidates(from, place),
  };
  return search;

  /** The first candidate that holds. */
  function accepted(from: Conjunction, place: Place): Json | undefined {
    let refused = 0;
    for (const value of candidates(from, place)) {
      if (search.accepts(from, value)) return value;
      if ((refused += 1) > MOST_REFUSED_HERE || !spend()) return undefined;
    }
    return undefined;
  }

  /** False when nothing is left to spend here. */
  function spend(): boolean {
    spent += 1;
    return spent <= ceiling;
  }

  function blameSize(from: Conjunction, place: Place): void {
    const [schema] = from.all;
    if (schema === undefined) return;
    outgrown ??=
      place.depth > MOST_DEPTH
        ? {
            source: schema.source,
            message: `Values of this schema have to be nested more than ${MOST_DEPTH} levels deep.`,
            fix: 'Make a property on the way optional, or allow null or an empty list.',
          }
        : {
            source: schema.source,
            message: `A value would have more than ${MOST_MADE} parts.`,
            fix: 'Give an example, or ask for fewer items.',
          };
  }

  function* candidates(from: Conjunction, place: Place): Generator<Json> {
    const facts = from.taken.size === 0 && from.nots.length === 0 ? factsOfAll(from.all) : gather(from);
    yield* settled(facts, place, from);
  }

  function* settled(facts: Facts, place: Place, from: Conjunction): Generator<Json> {
    if (facts.conflict !== undefined) {
      search.blame(facts.conflict);
      return;
    }
    const hints = place.minimal ? [] : hintsOf(facts);
    const { variant } = place;
    const turn = facts.values === undefined ? variant : variant % Math.max(1, hints.length);
    const early = hints.slice(turn).concat(facts.values === undefined ? [] : hints.slice(0, turn));
    if (place.given !== undefined) yield* hinted(facts, place, from, [place.given]);
    yield* hinted(facts, place, from, early);
    if (facts.values !== undefined) {
      yield* listed(facts, place);
      return;
    }
    const shifted =
      turn > 0 && hints.length > 0 ? { ...place, variant: Math.max(0, variant - hints.length) } : place;
    if (facts.choices.length === 0) yield* madeUp(facts, shifted);
    else yield* chosen(facts, shifted, from);
    if (turn > 0) yield* hinted(facts, place, from, hints.slice(0, turn));
  }

  /** Given values that are valid here; of objects and lists, the parts that were asked for. */
  function* hinted(facts: Facts, place: Place, from: Conjunction, hints: readonly Json[]): Generator<Json> {
    for (const hint of hints) {
      if (!search.accepts(from, hint)) continue;
      if ((parts === 'typical' && direction === undefined) || !(isObject(hint) || isArray(hint))) {
        yield hint;
        continue;
      }
      for (const value of reshaped(facts, { ...place, given: hint })) {
        if (search.accepts(from, value)) {
          yield value;
          break;
        }
      }
      if (parts === 'typical') yield hint;
    }
  }

  /** A given object or list again, without what does not travel this way or was not asked for. */
  function* reshaped(facts: Facts, place: Place): Generator<Json> {
    const kind: JsonType = isArray(place.given) ? 'array' : 'object';
    let count = 0;
    for (const way of facts.choices.length === 0 ? [facts] : waysThrough(facts, place, { left: 20 })) {
      for (const value of ofType(kind, way, place)) {
        yield value;
        break;
      }
      if ((count += 1) >= 20) return;
    }
  }

  /** The values of `enum` or `const`, in turn. */
  function* listed(facts: Facts, place: Place): Generator<Json> {
    const values = facts.values ?? [];
    if (values.length === 0) return;
    const start = place.variant % values.length;
    // Null is for where nothing else is left.
    const order = [...values.slice(start), ...values.slice(0, start)];
    for (const value of order) if (value !== null && fits(facts, value)) yield value;
    for (const value of order) if (value === null && fits(facts, value)) yield value;
  }

  /** Of a thousand listed values the one that fits may be the last; so they are not paid for one by one. */
  function fits(facts: Facts, value: Json): boolean {
    return !careful || search.accepts(facts.conjunction, value);
  }

  /** One way after another, each with a first turn; then all of them to their ends. */
  function* chosen(facts: Facts, place: Place, from: Conjunction): Generator<Json> {
    const begun: Iterator<Json>[] = [];
    for (const way of waysThrough(facts, place, { left: MOST_WAYS_HERE })) {
      const values = wayValues(way, place, from);
      let turn = 0;
      for (let next = values.next(); next.done !== true; next = values.next()) {
        yield next.value;
        if ((turn += 1) >= FIRST_TURN) {
          begun.push(values);
          break;
        }
      }
    }
    for (const values of begun) {
      for (let next = values.next(); next.done !== true; next = values.next()) yield next.value;
    }
  }

  /** A way in which all choices are made: what its members give, then what is made. */
  function* wayValues(facts: Facts, place: Place, from: Conjunction): Generator<Json> {
    if (!place.minimal) {
      const known = hintsOf(factsOfAll(from.all));
      const fresh = hintsOf(facts).filter(hint => !known.includes(hint));
      yield* hinted(facts, place, from, place.variant === 0 ? fresh : fresh.slice(place.variant));
    }
    if (facts.values !== undefined) yield* listed(facts, place);
    else yield* madeUp(facts, place);
  }

  /** All ways through the choices that do not contradict themselves, the likeliest first. */
  function* waysThrough(facts: Facts, place: Place, budget: { left: number }): Generator<Facts> {
    const [choice] = facts.choices;
    if (choice === undefined) {
      yield facts;
      return;
    }
    for (const alternative of ordered(choice, facts, place)) {
      if ((budget.left -= 1) < 0 || !spend()) return;
      const next = gather(choose(facts.conjunction, choice, alternative));
      if (next.conflict !== undefined) {
        search.blame(next.conflict);
        continue;
      }
      yield* waysThrough(next, place, budget);
    }
  }

  function* madeUp(facts: Facts, place: Place): Generator<Json> {
    let count = 0;
    for (const type of typesOf(facts, place)) {
      for (const value of ofType(type, facts, place)) {
        if (facts.excluded.length > 0 && facts.excluded.some(other => jsonEqual(other, value))) continue;
        yield value;
        count += 1;
        // Whoever asks again was not content. If that is because of what must not hold, it is broken on purpose.
        if (careful && count === 2 && facts.nots.length > 0) yield* broken(value, facts, place);
      }
    }
  }

  function* broken(value: Json, facts: Facts, place: Place): Generator<Json> {
    for (const not of facts.nots) {
      const choice = negation(not);
      if (facts.conjunction.taken.has(choice) || !isValid(not, value, direction)) continue;
      for (const alternative of choice.alternatives) {
        if (!spend()) return;
        const next = gather(choose(facts.conjunction, choice, alternative));
        if (next.conflict !== undefined) continue;
        let turn = 0;
        for (const other of next.choices.length === 0
          ? madeUp(next, place)
          : chosen(next, place, next.conjunction)) {
          yield other;
          if ((turn += 1) >= 12) break;
        }
      }
      return;
    }
  }

  function* ofType(type: JsonType, facts: Facts, place: Place): Generator<Json> {
    switch (type) {
      case 'null':
        yield null;
        return;
      case 'boolean':
        yield place.variant % 2 === 0;
        yield place.variant % 2 !== 0;
        return;
      case 'integer':
        yield* numbers(facts, place, true, search);
        return;
      case 'number':
        yield* numbers(facts, place, false, search);
        return;
      case 'string':
        yield* strings(facts, place, search);
        return;
      case 'array':
        yield* arrays(facts, place, search);
        return;
      case 'object':
        yield* objects(facts, place, search);
    }
  }
}

/** Where a search begins. */
export function rootPlace(name: string, variant: number): Place {
  return {
    depth: 0,
    variant,
    name,
    owner: '',
    within: undefined,
    minimal: false,
    given: undefined,
  };
}
