/**
 * A sequence while it is being put together: steps are added one by one, what an item stands under is made first, and
 * everything made is noted for the clean-up.
 */

import { isJson } from '../http/media-type.ts';
import { declaredAt } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import type { Operation } from '../model.ts';
import { basisOf } from '../plan/cases/basis.ts';
import { bodyValue } from '../plan/cases/body-value.ts';
import type { Basis, UsableBody } from '../plan/cases/draft.ts';
import type { CasePlanOptions } from '../plan/cases/options.ts';
import { SAFE_METHODS } from '../plan/cases/options.ts';
import { parameterValue } from '../plan/cases/parameter-value.ts';
import type { RequestParts } from '../plan/cases/request-parts.ts';
import { hash } from '../schema/random.ts';
import { stepsOf } from './expression.ts';
import { isIdempotencyKey } from './idempotency-key.ts';
import { idProperty, idSources, sentSchema } from './ids.ts';
import { listingOf } from './lists.ts';
import { madeUp } from './made-up.ts';
import { referencesIn } from './references.ts';
import { pathParameter, type Resource } from './resources.ts';
import type { Input, Need, Probe, Sequence, Step, StepBody, Unplanned, ValueSource } from './sequence.ts';

/** An item that a step of the draft makes. */
export interface Made {
  readonly resource: Resource;
  readonly step: number;
  /** What the variables of its path hold, in the order of the path. */
  readonly ids: Ids;
}

/** By the place of a path's variable. */
type Ids = ReadonlyMap<number, readonly ValueSource[]>;

export interface Draft {
  readonly steps: readonly Step[];
  /** Adds steps that make an item, what it stands under first; undefined when no request can be made. */
  readonly make: (resource: Resource, extra?: Extra) => Made | undefined;
  /** Adds steps that make what a single thing stands under, for requests to the thing. */
  readonly makeAbove: (single: Resource) => Made | undefined;
  /** Adds a request to an item; undefined when none can be made. */
  readonly ask: (
    operation: Operation | undefined,
    made: Made | undefined,
    extra: AskExtra,
  ) => number | undefined;
  /** The item is gone once step `step` is accepted, so that the clean-up has nothing to do. */
  readonly removed: (made: Made, step: number) => void;
  /** Adds to the clean-up that a single thing gets its old value back. */
  readonly putBack: (operation: Operation, old: StepBody, needs: readonly Need[]) => void;
  /** A body of an operation, another one each time. */
  readonly bodies: (operation: Operation) => readonly StepBody[];
  readonly basis: (operation: Operation) => Basis | undefined;
  readonly end: (
    kind: string,
    words: string,
    more?: {
      readonly probes?: Probe;
      readonly alone?: boolean;
      readonly remembers?: boolean;
      readonly without?: readonly Unplanned[];
    },
  ) => Sequence;
  readonly fail: (kind: string, reason: Unplanned['reason']) => Unplanned;
}

export type Extra = Partial<
  Pick<Step, 'name' | 'claims' | 'bodies' | 'inputs' | 'expectation' | 'needs' | 'settles' | 'optional'>
>;
export type AskExtra = Extra &
  Pick<Step, 'name'> &
  Partial<Pick<Step, 'why' | 'walk' | 'about' | 'parts' | 'breaks'>> & {
    /** Another method than the operation's. */
    readonly method?: string;
  };

/** Far from the seeds that single cases use, so that what they made stands in nobody's way. */
const FIRST_SEED = 100;
/** Sequences run beside each other, and what one makes and removes must not be another's. */
const VALUES = 10;
const VARIETIES = 20;

/**
 * Begins the draft of a sequence about a resource.
 *
 * @param variety - set apart the values of sequences that come one after another
 */
export function newDraft(resource: Resource, options: CasePlanOptions, variety: number): Draft {
  const steps: Step[] = [];
  const made: { readonly item: Made; readonly removedBy: number[] }[] = [];
  const putBacks: (readonly [Operation, StepBody, readonly Need[]])[] = [];
  const parents = new Map<Resource, Made>();
  const taken = new Map<Resource, readonly ValueSource[]>();
  /** What is being made right now: two things that refer to each other are made without. */
  const underWay = new Set<Resource>();
  let seed =
    FIRST_SEED + (options.seed ?? 0) + variety * VALUES + (hash(resource.path) % 1000) * VARIETIES * VALUES;

  const basis = (operation: Operation): Basis | undefined => basisFor(operation, options);
  const bodies = (operation: Operation): readonly StepBody[] => {
    const usable = basis(operation)?.bodies ?? [];
    const chosen = usable.find(({ content }) => isJson(content.mediaType)) ?? usable[0];
    seed += 1;
    return chosen === undefined ? [] : valuesOf(chosen, seed);
  };

  const add = (operation: Operation, ids: Ids, extra: AskExtra): number | undefined => {
    const usual = extra.parts ?? basis(operation)?.least;
    if (usual === undefined) return undefined;
    const index = steps.length;
    const parts = withOwnKey(usual, hash(`${resource.path} ${variety} ${index}`) + seed);
    const inputs: Input[] = [...(extra.inputs ?? [])];
    for (const [place, from] of ids) {
      const parameter = pathParameter(operation, place);
      if (parameter !== undefined) inputs.push({ into: { kind: 'parameter', parameter }, from });
    }
    const sources = [...ids.values()].flat();
    const needs: readonly Need[] = [...new Set(sources.flatMap(stepsOf))].map(step => ({
      step,
      outcome: 'accepted',
    }));
    steps.push({
      index,
      name: extra.name,
      operation,
      why: extra.why ?? operation.source,
      parts: extra.method === undefined ? parts : { ...parts, method: extra.method },
      bodies: extra.bodies ?? [],
      inputs,
      needs: [...needs, ...(extra.needs ?? [])],
      expectation: extra.expectation ?? expectationOf(operation),
      ...(extra.breaks === undefined ? {} : { breaks: extra.breaks }),
      claims: extra.claims ?? [],
      about: extra.about ?? [],
      walk: extra.walk,
      makes: false,
      optional: extra.optional ?? false,
      settles: extra.settles ?? extra.claims !== undefined,
    });
    return index;
  };

  const make = (what: Resource, extra: Extra = {}): Made | undefined => {
    const { create, parent, itemPath } = what;
    if (create === undefined) return undefined;
    const above = parent === undefined ? undefined : once(parent);
    if (parent !== undefined && above === undefined) return undefined;
    underWay.add(what);
    const references = referring(create, what);
    underWay.delete(what);
    const ids = new Map(above?.ids);
    const place = ownPlace(itemPath);
    if (what.kind === 'named') {
      const name = nameFor(what, seed + 1);
      if (name === undefined) return undefined;
      ids.set(place, [{ kind: 'constant', value: name }]);
    }
    const index = add(create, ids, {
      ...extra,
      name: extra.name ?? `create ${what === resource ? 'it' : `what it needs, ${what.path}`}`,
      bodies: extra.bodies ?? bodies(create),
      inputs: [
        ...(extra.inputs ?? []),
        ...(what.kind === 'named' ? idInBody(what, create, ids) : []),
        ...references,
      ],
      settles: false,
    });
    if (index === undefined) return undefined;
    const step = steps[index];
    if (step !== undefined) steps[index] = { ...step, makes: true };
    const item: Made = { resource: what, step: index, ids: new Map(ids).set(place, idSources(what, index)) };
    made.push({ item, removedBy: [] });
    return item;
  };

  /** What others stand under or refer to is made once. */
  const once = (what: Resource): Made | undefined => {
    const item = parents.get(what) ?? make(what);
    if (item !== undefined) parents.set(what, item);
    return item;
  };
  /** The id of the first of the things that are there and that nobody can make. */
  const given = (what: Resource): readonly ValueSource[] | undefined => {
    const before = taken.get(what);
    if (before !== undefined) return before;
    const listing = listingOf(what);
    const step =
      listing === undefined
        ? undefined
        : add(listing.operation, new Map(), { name: `read what it needs, ${what.path}` });
    if (listing === undefined || step === undefined) return undefined;
    const { items, id } = listing.shape;
    const first: readonly ValueSource[] = [
      { kind: 'response-body', step, pointer: `${items}${joinPointer('', 0, id)}` },
    ];
    taken.set(what, first);
    return first;
  };

  /** Makes what a body refers to, or takes what is there, and puts the ids in. What is not to be had is left to the sample. */
  const referring = (operation: Operation, what: Resource): readonly Input[] =>
    referencesIn(operation, what).flatMap(({ pointer, schema, to }) => {
      const item = underWay.has(to) ? undefined : once(to);
      const from = to.create === undefined ? given(to) : item?.ids.get(ownPlace(to.itemPath));
      return from === undefined ? [] : [{ into: { kind: 'body', pointer, schema }, from, optional: true }];
    });

  return {
    steps,
    make,
    makeAbove: single => {
      const above = single.parent === undefined ? undefined : once(single.parent);
      return above === undefined ? undefined : { ...above, resource: single };
    },
    bodies,
    basis,
    ask: (operation, item, extra) => {
      if (operation === undefined) return undefined;
      const ids = item?.ids ?? new Map();
      const inBody =
        item === undefined || extra.bodies === undefined
          ? []
          : [...idInBody(item.resource, operation, ids), ...referring(operation, item.resource)];
      return add(operation, ids, { ...extra, inputs: [...(extra.inputs ?? []), ...inBody] });
    },
    removed: (item, step) => made.find(entry => entry.item === item)?.removedBy.push(step),
    putBack: (...what) => void putBacks.push(what),
    end: (kind, words, { probes, alone = false, remembers = true, without = [] } = {}) => {
      const planned = [...steps];
      const cleanUp: Step[] = [];
      for (const { item, removedBy } of made.toReversed()) {
        const { remove } = item.resource;
        const needs: readonly Need[] = removedBy.map(step => ({ step, outcome: 'not-accepted' }));
        const name = `clean up: delete ${item.resource.itemPath}`;
        const same = cleanUp.filter(one => one.name.startsWith(name)).length;
        const index =
          remove === undefined
            ? undefined
            : add(remove, item.ids, { name: same === 0 ? name : `${name}, ${same + 1}`, needs });
        const step = index === undefined ? undefined : steps[index];
        if (step !== undefined) cleanUp.push(step);
      }
      for (const [operation, old, needs] of putBacks) {
        const index = add(operation, new Map(), { name: 'clean up: put back', bodies: [old], needs });
        const step = index === undefined ? undefined : steps[index];
        if (step !== undefined) cleanUp.push(step);
      }
      return {
        id: `${resource.path} ${kind}`,
        name: `${resource.path}: ${words}`,
        group: resource.path,
        writes: planned.some(({ parts }) => !SAFE_METHODS.has(parts.method)),
        alone,
        remembers,
        probes,
        steps: planned,
        cleanUp,
        ...(without.length === 0 ? {} : { without }),
      };
    },
    fail: (kind, reason) => ({ reason, what: `${resource.path} ${kind}` }),
  };
}

/** Two requests with one Idempotency-Key would be one request, so every step has a key of its own. */
function withOwnKey(parts: RequestParts, seed: number): RequestParts {
  const key = [...parts.parameters.keys()].find(isIdempotencyKey);
  if (key === undefined) return parts;
  const value = parameterValue(key, 'all', seed);
  if (!('written' in value)) return parts;
  return { ...parts, parameters: new Map(parts.parameters).set(key, value.written) };
}

/** What an operation's requests start from is asked for by many sequences of one plan. */
const known = new WeakMap<CasePlanOptions, Map<Operation, Basis | undefined>>();

function basisFor(operation: Operation, options: CasePlanOptions): Basis | undefined {
  let ofPlan = known.get(options);
  if (ofPlan === undefined) known.set(options, (ofPlan = new Map()));
  if (!ofPlan.has(operation)) ofPlan.set(operation, basisOf(operation, options, []));
  return ofPlan.get(operation);
}

/** Everything that may be sent, then as little as may be sent, then examples: a server may know rules that no document tells. */
function valuesOf({ content }: UsableBody, seed: number): readonly StepBody[] {
  const values: Json[] = [];
  for (const [index, parts] of (['all', 'required'] as const).entries()) {
    const made = bodyValue(content, parts, seed + index * FIRST_SEED);
    if ('value' in made && made.value !== undefined) values.push(made.value);
  }
  for (const { value } of content.examples) if (value !== undefined) values.push(value);
  return values.map(value => ({ kind: 'value', content, value }));
}

/** An operation that documents no success cannot be asked for one. */
function expectationOf({ responses }: Operation): Step['expectation'] {
  return responses.length === 0 || responses.some(({ status }) => /^[23]|^default$/.test(status))
    ? 'accepted'
    : 'any';
}

/** Where an item's own id stands. */
export function ownId({ resource, ids }: Made): readonly ValueSource[] {
  return ids.get(ownPlace(resource.itemPath)) ?? [];
}

/** The place of an item's own variable among those of its path: the last. */
function ownPlace(itemPath: string): number {
  return (itemPath.match(/\{[^{}]+\}/g) ?? []).length - 1;
}

/** A name of the client's choice for something that PUT makes. */
function nameFor({ create, itemPath }: Resource, seed: number): Json | undefined {
  const parameter = create === undefined ? undefined : pathParameter(create, ownPlace(itemPath));
  return parameter === undefined ? undefined : madeUp(parameter, seed);
}

/** A body that holds the id too must say the same as the path does. */
function idInBody(resource: Resource, operation: Operation, ids: Ids): readonly Input[] {
  // The last variable of a single thing's path tells what it stands under.
  if (resource.variable === undefined) return [];
  const from = ids.get(ownPlace(resource.itemPath));
  const schema = sentSchema(operation);
  const named = schema === undefined ? undefined : idProperty(schema, resource);
  if (from === undefined || schema === undefined || named?.clear !== true) return [];
  const property = declaredAt(schema, named.pointer);
  if (property === undefined || property.readOnly) return [];
  return [{ into: { kind: 'body', pointer: named.pointer, schema: property }, from }];
}
