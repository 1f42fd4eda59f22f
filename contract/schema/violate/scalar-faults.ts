/** The ways to break what is asked of any value, of numbers and of texts. */
import { type Json, type JsonType, jsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { formatNamed } from '../format.ts';
import { mismatches } from '../pattern/mismatch.ts';
import { decimal, toJsonNumber } from '../sample/decimal.ts';
import { patternText } from '../sample/string.ts';
import { formatted } from '../sample/text-format.ts';
import { outside } from './outside.ts';
import type { Fault, Spot } from './spot.ts';

/** Longer texts and lists are not made only to be refused. */
export const LONGEST = 100_000;

export function* scalarFaults(spot: Spot, schema: Schema): Generator<Fault> {
  yield* typeFaults(spot, schema);
  const { enum: listed, const: only } = schema;
  if (listed !== undefined) {
    yield { keyword: 'enum', schema, detail: '', candidates: strangers(spot, schema, listed, 'enum') };
  }
  if (only !== undefined) {
    yield {
      keyword: 'const',
      schema,
      detail: '',
      candidates: strangers(spot, schema, [only.value], 'const'),
    };
  }
  if (typeof spot.value === 'number' || typeof spot.value === 'bigint')
    yield* numberFaults(spot, schema, spot.value);
  if (typeof spot.value === 'string') yield* stringFaults(spot, schema, spot.value);
}

/** How wrong types are tried: null always, then the two that are most easily confused with the right one. */
const CONFUSED: Readonly<Record<JsonType, readonly Json[]>> = {
  integer: [1.5, 'not-a-number', true, {}],
  number: ['not-a-number', true, {}],
  boolean: ['maybe', 1, {}],
  string: [12_345, [], {}, true],
  array: [{}, 'not-an-array', 1],
  object: ['not-an-object', [], 1],
  null: ['not-null', 1, {}],
};

function* typeFaults(spot: Spot, schema: Schema): Generator<Fault> {
  const { types } = schema;
  if (types === undefined) return;
  const right = (value: Json): boolean => {
    const type = jsonType(value);
    return types.includes(type) || (type === 'integer' && types.includes('number'));
  };
  const first = types.find(type => type !== 'null') ?? 'null';
  const wrong = [null, ...CONFUSED[first]].filter(value => !right(value));
  for (const value of wrong.slice(0, 3)) {
    // A fraction near the valid value, so that only its being one is wrong.
    const near = value === 1.5 && typeof spot.value === 'number' ? [spot.value + 0.5, spot.value - 0.5] : [];
    yield { keyword: 'type', schema, detail: jsonType(value), candidates: [...near, value] };
  }
}

/** Values that are not listed, alike in form to those that are. */
function* strangers(
  spot: Spot,
  schema: Schema,
  listed: readonly Json[],
  keyword: 'enum' | 'const',
): Generator<Json> {
  const { value } = spot;
  if (typeof value === 'string') {
    yield 'not-one-of-these';
    yield* mismatches(value, { minLength: value.length, maxLength: value.length });
    yield `${value}x`;
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const numbers = listed.filter(one => typeof one === 'number' || typeof one === 'bigint');
    const most = numbers.reduce((a, b) => (a > b ? a : b), value);
    yield typeof most === 'bigint' ? most + 1n : most + 1;
  } else if (typeof value === 'boolean') {
    yield !value;
  }
  yield* outside(spot, schema, keyword);
  yield* ['not-one-of-these', 0, null, true, {}, []];
}

function* numberFaults(spot: Spot, schema: Schema, value: number | bigint): Generator<Fault> {
  for (const [keyword, direction, exclusive] of BOUNDS) {
    const bound = schema[keyword];
    if (bound === undefined) continue;
    yield {
      keyword,
      schema,
      detail: '',
      candidates: beyond(spot, schema, keyword, bound, direction, exclusive),
    };
  }
  const step = schema.multipleOf;
  if (step !== undefined) {
    yield { keyword: 'multipleOf', schema, detail: '', candidates: between(spot, schema, value, step) };
  }
  if (schema.format !== undefined && formatNamed(schema.format)?.appliesTo === 'number') {
    yield {
      keyword: 'format',
      schema,
      detail: '',
      candidates: [
        0.5,
        256,
        -1,
        65_536,
        4_294_967_296,
        -4_294_967_297,
        18_446_744_073_709_551_616n,
        -9_223_372_036_854_775_809n,
      ],
    };
  }
}

type BoundKeyword = 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';
const BOUNDS: readonly (readonly [BoundKeyword, -1n | 1n, boolean])[] = [
  ['minimum', -1n, false],
  ['exclusiveMinimum', -1n, true],
  ['maximum', 1n, false],
  ['exclusiveMaximum', 1n, true],
];

/** Just outside a bound: the bound itself if it is exclusive, then the next whole step, then the next digit. */
function* beyond(
  spot: Spot,
  schema: Schema,
  keyword: BoundKeyword,
  bound: number | bigint,
  direction: -1n | 1n,
  exclusive: boolean,
): Generator<Json> {
  if (exclusive) yield bound;
  const exact = decimal(bound);
  if (exact === undefined) return;
  const { units, scale } = exact;
  const one = 10n ** BigInt(scale);
  const whole = direction > 0n ? -floor(-units, one) : floor(units, one);
  const steps = spot.active.map(({ multipleOf }) => multipleOf).filter(step => step !== undefined);
  if (steps.length === 0) {
    yield toJsonNumber(whole === units ? units + direction * one : whole, scale);
    yield toJsonNumber(units + direction * one, scale);
    yield toJsonNumber(units * 10n + direction, scale + 1);
  }
  yield* outside(spot, schema, keyword);
  yield toJsonNumber(units + direction * one, scale);
}

function floor(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return rest < 0n ? value - rest - unit : value - rest;
}

/** Between two multiples. */
function* between(
  spot: Spot,
  schema: Schema,
  value: number | bigint,
  step: number | bigint,
): Generator<Json> {
  if (typeof value === 'bigint' || typeof step === 'bigint') {
    yield BigInt(value) + 1n;
    yield BigInt(value) - 1n;
  } else {
    if (step !== 1) yield value + 1;
    if (step !== 1 && value > 0) yield value - 1;
    const exact = decimal(step);
    const near = decimal(value);
    if (exact !== undefined && near !== undefined) {
      const scale = Math.max(exact.scale, near.scale) + 1;
      const at = near.units * 10n ** BigInt(scale - near.scale);
      const half = (exact.units * 10n ** BigInt(scale - exact.scale)) / 2n;
      yield toJsonNumber(at + half, scale);
      yield toJsonNumber(at - half, scale);
    }
  }
  yield* outside(spot, schema, 'multipleOf');
}

function* stringFaults(spot: Spot, schema: Schema, value: string): Generator<Fault> {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined && minLength > 0) {
    yield { keyword: 'minLength', schema, detail: '', candidates: tooShort(spot, schema, value, minLength) };
  }
  if (maxLength !== undefined) {
    yield maxLength >= LONGEST
      ? {
          keyword: 'maxLength',
          schema,
          detail: '',
          candidates: [],
          skipped: `A text of more than ${maxLength} characters is too long to be sent.`,
        }
      : { keyword: 'maxLength', schema, detail: '', candidates: tooLong(spot, schema, value, maxLength) };
  }
  if (pattern !== undefined) {
    yield { keyword: 'pattern', schema, detail: '', candidates: misfits(spot, schema, value) };
  }
  if (format !== undefined) {
    const row = formatNamed(format);
    yield row === undefined
      ? {
          keyword: 'format',
          schema,
          detail: '',
          candidates: [],
          skipped: `The format "${format}" is not asserted: every value has it.`,
        }
      : { keyword: 'format', schema, detail: '', candidates: misformed(spot, schema, value, format) };
  }
}

function* tooShort(spot: Spot, schema: Schema, value: string, minLength: number): Generator<Json> {
  yield [...value].slice(0, minLength - 1).join('');
  for (const { pattern } of spot.active) {
    if (pattern === undefined) continue;
    const text = patternText(pattern, 0, { least: 0, most: minLength - 1 });
    if (text !== undefined) yield text;
  }
  yield* outside(spot, schema, 'minLength');
}

function* tooLong(spot: Spot, schema: Schema, value: string, maxLength: number): Generator<Json> {
  const length = maxLength + 1;
  const span = { least: length, most: length };
  for (const { format } of spot.active) {
    if (format !== undefined) yield* formatted(format, [], 0, span) ?? [];
  }
  for (const { pattern } of spot.active) {
    if (pattern === undefined) continue;
    const text = patternText(pattern, 0, span);
    if (text !== undefined) yield text;
  }
  const chars = [...value];
  const filling = chars.at(-1)?.trim() ? (chars.at(-1) as string) : 'x';
  yield value + filling.repeat(Math.max(0, length - chars.length));
  yield* outside(spot, schema, 'maxLength');
}

/** Lengths that the other keywords allow. */
function spanOf(spot: Spot): { minLength: number; maxLength: number } {
  let [minLength, maxLength] = [0, LONGEST];
  for (const schema of spot.active) {
    minLength = Math.max(minLength, schema.minLength ?? 0);
    maxLength = Math.min(maxLength, schema.maxLength ?? LONGEST);
  }
  return { minLength, maxLength };
}

function* misfits(spot: Spot, schema: Schema, value: string): Generator<Json> {
  yield* mismatches(value, spanOf(spot));
  yield* outside(spot, schema, 'pattern');
}

/** One slip for each format, as people make it; then anything else that is near. */
const SLIPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['date-time', ['2024-01-15 09:30', '2024-13-01T00:00:00Z']],
  ['date', ['2024-13-01', '15.01.2024']],
  ['time', ['25:00:00Z', '9:30']],
  ['duration', ['1 hour']],
  ['email', ['not-an-email', 'a@']],
  ['idn-email', ['not-an-email']],
  ['hostname', ['-not_a_host-', 'a..b']],
  ['ipv4', ['256.0.0.1', '1.2.3']],
  ['ipv6', ['2001:db8:::1', 'g::1']],
  ['uri', ['not a uri', '://']],
  ['uri-reference', ['not a uri', '%']],
  ['uuid', ['not-a-uuid', '00000000-0000-0000-0000-00000000000g']],
  ['json-pointer', ['a/b', '/~2']],
  ['byte', ['not*base64']],
]);

function* misformed(spot: Spot, schema: Schema, value: string, format: string): Generator<Json> {
  yield* SLIPS.get(format) ?? [`not-a-${format}`, ''];
  yield* mismatches(value, spanOf(spot));
  yield* outside(spot, schema, 'format');
  yield* ['not this', '%', '\\', '(', ''];
}
