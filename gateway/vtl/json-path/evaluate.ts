/**
 * A path along a value, as Jayway 2.0.0 goes: which places it finds, in which order, and where it gives up. Places
 * that lead nowhere end a definite path as absent and are passed over by some steps of others; which ones do is
 * Jayway's, with all its edges, and held against recordings.
 */
import { LimitReached, type Meter } from '../meter.ts';
import { isList, isMap, JsonList, type Value, type ValueMap } from '../values.ts';
import { ComparisonFailed, compares, type Side } from './compare.ts';
import type { Criterion, JsonPath, Operand, Step } from './path.ts';

export type PathResult =
  | { readonly kind: 'found'; readonly value: Value }
  /** The path leads nowhere (`PathNotFoundException`). */
  | { readonly kind: 'absent'; readonly message: string; readonly position: number }
  /** A step met what it cannot be applied to, or a comparison had no meaning. */
  | { readonly kind: 'failed'; readonly message: string; readonly position: number };

/** Values that a template has changed may hold themselves. */
const MAX_DEPTH = 1000;

/**
 * Follows a path from a value. Indefinite paths find a list, which may be empty.
 *
 * @throws LimitReached when the steps of the meter are used up or the value is deeper than 1,000 levels.
 * @example
 * ```ts
 * import { compilePath } from './gateway/vtl/json-path/parse-path.ts';
 * import { evaluatePath } from './gateway/vtl/json-path/evaluate.ts';
 * import { DEFAULT_LIMITS, Meter } from './gateway/vtl/meter.ts';
 * import { fromJson } from './gateway/vtl/value-json.ts';
 *
 * const path = compilePath('$.pets[*].name');
 * const body = fromJson('{"pets": [{"name": "Rex"}]}');
 * if (path.kind === 'path' && 'value' in body) {
 *   const result = evaluatePath(path, body.value, new Meter(DEFAULT_LIMITS));
 *   console.log(result.kind === 'found' ? result.value : result.message);
 * }
 * ```
 */
export function evaluatePath(path: JsonPath, root: Value, meter: Meter): PathResult {
  if (root === null) return { kind: 'failed', message: 'a path is asked of null', position: 0 };
  const value = straightTo(path, root, meter);
  if (value !== undefined) return { kind: 'found', value };
  try {
    return new Walk(path, root, root, meter).result();
  } catch (error) {
    if (error instanceof Failed) return { kind: 'failed', message: error.message, position: error.position };
    throw error;
  }
}

/** What a straight path leads to; undefined where it leads nowhere, or is not straight. */
function straightTo({ straight, steps }: JsonPath, start: Value, meter: Meter): Value | undefined {
  if (!straight) return undefined;
  meter.spend(steps.length);
  let value: Value | undefined = start;
  for (const step of steps) {
    if (step.kind === 'property') value = isMap(value) ? value.get(step.names[0] ?? '') : undefined;
    else if (step.kind === 'index') value = isList(value) ? value[step.index] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

class Failed extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** One path on its way. Methods that answer false have met a place that leads nowhere, which ends the path. */
class Walk {
  readonly #path: JsonPath;
  readonly #start: Value;
  readonly #root: Value;
  readonly #meter: Meter;
  readonly #found: JsonList = new JsonList();
  #missing = 'nothing was found';
  #missingAt = 0;

  constructor(path: JsonPath, start: Value, root: Value, meter: Meter) {
    this.#path = path;
    this.#start = start;
    this.#root = root;
    this.#meter = meter;
  }

  result(): PathResult {
    if (!this.#follow(0, this.#start) || (this.#path.definite && this.#found.length === 0))
      return { kind: 'absent', message: this.#missing, position: this.#missingAt };
    return { kind: 'found', value: this.#path.definite ? (this.#found[0] ?? null) : this.#found };
  }

  /** Takes the step at `at`, and all after it, from a value. */
  #follow(at: number, value: Value): boolean {
    this.#meter.spend(1);
    const step = this.#path.steps[at];
    if (step === undefined) {
      this.#found.push(value);
      return true;
    }
    switch (step.kind) {
      case 'self':
        return this.#follow(at + 1, value);
      case 'property':
        return this.#property(at, step, value);
      case 'wildcard':
        return this.#everything(at, value);
      case 'scan':
        return this.#scan(at + 1, value, 0);
      case 'filter':
        return this.#filter(at, step, value);
      default:
        return this.#index(at, step, value);
    }
  }

  #property(at: number, step: StepOf<'property'>, value: Value): boolean {
    const [name = '', ...others] = step.names;
    const last = at === this.#path.steps.length - 1;
    if (last && name === LENGTH && isCounted(value)) return this.#follow(at + 1, sizeOf(value));
    if (!isMap(value)) return this.#absent(step, `${shown(step)} is asked of what is no object`);
    if (step.names.length === 1) {
      const member = value.get(name);
      if (member !== undefined) return this.#follow(at + 1, member);
      return (!last && this.#path.lenient[at] === true) || this.#absent(step, `there is no ${shown(step)}`);
    }
    if (!last) throw new Failed('several names can only stand at the end of a path', step.position);
    const members: ValueMap = new Map();
    for (const each of step.names.length === 0 ? [] : [name, ...others]) {
      const member = value.get(each);
      if (member !== undefined) members.set(each, member);
    }
    return this.#follow(at + 1, members);
  }

  #everything(at: number, value: Value): boolean {
    if (isMap(value)) {
      for (const member of value.values()) if (!this.#follow(at + 1, member)) return false;
    } else if (isList(value)) {
      // What leads nowhere from an item is passed over; from a member, above, it is not.
      for (const item of value) this.#follow(at + 1, item);
    }
    return true;
  }

  #index(at: number, step: IndexStep, value: Value): boolean {
    if (value === null) return this.#absent(step, 'an index is asked of null');
    if (!isList(value)) throw new Failed('an index is asked of what is no array', step.position);
    if (step.kind === 'index') return this.#item(at, step, value, step.index);
    for (const index of indexesOf(step, value.length)) if (!this.#item(at, step, value, index)) return false;
    return true;
  }

  #item(at: number, step: Step, list: readonly Value[], index: number): boolean {
    const item = list[index];
    if (item === undefined) return this.#absent(step, `there is no item ${index} among ${list.length}`);
    return this.#follow(at + 1, item);
  }

  #filter(at: number, step: StepOf<'filter'>, value: Value): boolean {
    if (isMap(value)) return !this.#accepts(step, value) || this.#follow(at + 1, value);
    if (!isList(value))
      throw new Failed('a filter is asked of what is no array and no object', step.position);
    for (const item of value) if (this.#accepts(step, item) && !this.#follow(at + 1, item)) return false;
    return true;
  }

  /** Takes the step at `at` wherever it applies, from the outside in. */
  #scan(at: number, value: Value, depth: number): boolean {
    if (!isMap(value) && !isList(value)) return true;
    if (depth > MAX_DEPTH) throw new LimitReached(`a value that is more than ${MAX_DEPTH} levels deep`);
    this.#meter.spend(1);
    const target = this.#path.steps[at];
    if (target !== undefined && this.#applies(target, value)) {
      // An index or filter that more steps follow is only asked whether it applies: all items are gone into.
      const whole = isMap(value) || at === this.#path.steps.length - 1;
      if (whole && !this.#follow(at, value)) return false;
      if (!whole) for (const item of value) if (!this.#follow(at + 1, item)) return false;
    }
    for (const inner of value.values()) if (!this.#scan(at, inner, depth + 1)) return false;
    return true;
  }

  #applies(target: Step, value: Value): boolean {
    switch (target.kind) {
      case 'property':
        return isMap(value) && target.names.every(name => value.has(name));
      case 'wildcard':
        return true;
      case 'filter':
        return this.#accepts(target, value);
      case 'self':
      case 'scan':
        return false;
      default:
        return isList(value);
    }
  }

  #accepts(step: StepOf<'filter'>, item: Value): boolean {
    return step.groups.some(group => group.every(criterion => this.#holds(criterion, item)));
  }

  #holds(criterion: Criterion, item: Value): boolean {
    if (criterion.kind === 'exists') {
      // From the item, even where the path begins with `$`.
      const value = this.#within(criterion.path, item);
      return (value !== undefined && value !== null) === criterion.wanted;
    }
    const left = this.#side(criterion.left, item);
    const right = left === undefined ? undefined : this.#side(criterion.right, item);
    if (left === undefined || right === undefined) return false;
    try {
      return compares(left, criterion.operator, right, this.#meter);
    } catch (error) {
      if (!(error instanceof ComparisonFailed)) throw error;
      throw new Failed(error.message, criterion.position);
    }
  }

  /** Undefined when its path leads nowhere. */
  #side(operand: Operand, item: Value): Side | undefined {
    if (operand.kind === 'text') return { kind: 'value', value: operand.text };
    if (operand.kind === 'pattern') return { kind: 'pattern', pattern: operand };
    const start = operand.path.fromRoot ? this.#root : item;
    const value = this.#within(operand.path, start);
    return value === undefined ? undefined : { kind: 'value', value };
  }

  /** What a path of a filter leads to; undefined where it leads nowhere. */
  #within(path: JsonPath, start: Value): Value | undefined {
    const value = straightTo(path, start, this.#meter);
    if (value !== undefined) return value;
    const result = new Walk(path, start, this.#root, this.#meter).result();
    return result.kind === 'found' ? result.value : undefined;
  }

  #absent(step: Step, message: string): false {
    this.#missing = message;
    this.#missingAt = step.position;
    return false;
  }
}

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type IndexStep = StepOf<'index' | 'indexes' | 'fromLength' | 'sliceFrom' | 'sliceTo' | 'slice'>;

function* indexesOf(step: Exclude<IndexStep, StepOf<'index'>>, length: number): Generator<number> {
  switch (step.kind) {
    case 'indexes':
      yield* step.indexes;
      break;
    case 'fromLength':
      yield length + step.offset;
      break;
    case 'sliceFrom':
      yield* range(Math.max(0, step.from < 0 ? length + step.from : step.from), length);
      break;
    case 'sliceTo':
      yield* range(0, Math.min(length, step.to < 0 ? length + step.to : step.to));
      break;
    case 'slice':
      // Only here a negative index is one that does not exist.
      if (length > 0) yield* range(step.from, Math.min(length, step.to));
      break;
  }
}

function* range(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index += 1) yield index;
}

/** The one function that is read beyond what Jayway 2.0.0 has; a member of that name goes before it. */
const LENGTH = 'length()';

function isCounted(value: Value): value is Value[] | ValueMap {
  return isList(value) || (isMap(value) && !value.has(LENGTH));
}

function sizeOf(value: Value[] | ValueMap): number {
  return isMap(value) ? value.size : value.length;
}

function shown({ names }: StepOf<'property'>): string {
  return names.map(name => `"${name}"`).join(', ') || '""';
}
