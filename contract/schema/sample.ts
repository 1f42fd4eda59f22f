/**
 * A value for a schema: the same one every time, as lifelike as the schema allows, and never an invalid one. Values
 * are tried against the validator before they are handed out; where none is found, that is a problem of the schema.
 */
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';
import type { Direction } from './run.ts';
import { conjunction } from './sample/conjunction.ts';
import { height } from './sample/finite.ts';
import { MOST_DEPTH, newSearch, rootPlace } from './sample/make.ts';
import type { Parts } from './sample/maker.ts';
import { isValid, validate } from './validate.ts';

export interface SampleOptions {
  /** `response` leaves out `writeOnly` properties, `request` leaves out `readOnly` ones. */
  readonly direction?: Direction;
  /** Which optional properties: a sensible choice, none, or all. `typical` unless told. */
  readonly parts?: Parts;
  /** 0, the default, gives the plainest value; another seed gives another value where the schema has one. */
  readonly seed?: number;
  /** What the value is called where it is used; `email` gives a text that looks like one. */
  readonly name?: string;
}

export interface SampleProblem {
  /** The part of the schema that cannot be satisfied. */
  readonly source: Source;
  readonly message: string;
  readonly fix: string;
}

export type Sample = { readonly value: Json } | { readonly problem: SampleProblem };

const made = new WeakMap<Schema, Map<string, Sample>>();
/** Samples kept a schema; seeds may come without end. */
const MOST_KEPT = 16;

/**
 * A value that is valid against the schema in the direction, or the reason why there is none.
 *
 * A schema's own `const`, `examples`, `default` and `enum` are used before anything is made up, as far as they are
 * valid. Recursive schemas end as soon as they may.
 *
 * @example
 * ```ts
 * import type { Schema } from './contract/model.ts';
 * import { sample } from './contract/schema/sample.ts';
 *
 * export function show(schema: Schema): string {
 *   const result = sample(schema, { direction: 'response' });
 *   return 'value' in result ? JSON.stringify(result.value) : result.problem.message;
 * }
 * ```
 */
export function sample(schema: Schema, options: SampleOptions = {}): Sample {
  const { direction, parts = 'typical', seed = 0, name = '' } = options;
  const key = `${direction ?? ''}|${parts}|${seed}|${name}`;
  const known = made.get(schema);
  const before = known?.get(key);
  if (before !== undefined) return before;
  const result = find(schema, direction, parts, variantOf(seed), name);
  if (known === undefined) made.set(schema, new Map([[key, result]]));
  else if (known.size < MOST_KEPT) known.set(key, result);
  return result;
}

/** Seeds are any numbers; variants count from 0. */
function variantOf(seed: number): number {
  return Math.abs(Math.trunc(seed)) % 0x7fffffff || 0;
}

function find(
  schema: Schema,
  direction: Direction | undefined,
  parts: Parts,
  variant: number,
  name: string,
): Sample {
  const all = conjunction([schema]);
  const first = newSearch({ direction, parts, careful: false });
  const hopeful = first.make(all, rootPlace(name, variant));
  if (hopeful !== undefined && isValid(schema, hopeful, direction)) return { value: hopeful };
  const least = height(schema);
  if (!Number.isFinite(least)) return { problem: first.blamed() ?? endless(schema) };
  if (least > MOST_DEPTH) return { problem: first.outgrown() ?? endless(schema) };

  let blamed: SampleProblem | undefined;
  // A value with fewer parts, or in another variant, is better than none.
  const attempts: readonly (readonly [Parts, number])[] = [
    [parts, variant],
    ['required', 0],
    ['required', variant + 1],
    ['typical', variant + 2],
  ];
  for (const [wanted, shifted] of attempts) {
    const search = newSearch({ direction, parts: wanted, careful: true });
    const value = search.make(all, rootPlace(name, shifted));
    if (value !== undefined) return { value };
    blamed ??= search.outgrown() ?? search.blamed();
    // What outgrows its limits, or was not even tried, does so in every variant.
    if (search.spent() <= 1 || search.outgrown() !== undefined) break;
  }
  return { problem: blamed ?? fault(schema, hopeful, direction) };
}

function endless(schema: Schema): SampleProblem {
  return {
    source: schema.source,
    message: 'No finite value can satisfy this schema: it requires itself without end.',
    fix: 'Make a property on the way optional, or allow null or an empty list.',
  };
}

/** Nobody knows better than the validator what was wrong with the best attempt. */
function fault(schema: Schema, attempt: Json | undefined, direction: Direction | undefined): SampleProblem {
  const [violation] =
    attempt === undefined ? [] : validate(schema, attempt, direction === undefined ? {} : { direction });
  return {
    source: violation?.schema ?? schema.source,
    message:
      violation === undefined
        ? 'No valid value was found for this schema.'
        : `No valid value was found for this schema; the best attempt ${violation.message}${violation.instance === '' ? '' : ` at ${violation.instance}`}.`,
    fix: 'Check that the keywords can hold together, or give an example.',
  };
}
