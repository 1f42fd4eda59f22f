/** The keywords on numbers. Exact for bigints and for decimal fractions: 19.99 is a multiple of 0.01. */
import type { Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { assertion, type Check, type Keyword, show } from '../run.ts';

type Bound = 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';
type Numeric = number | bigint;

// JavaScript compares a number with a bigint by their mathematical values, so no bound loses a digit.
export const minimum: Keyword = schema => bound(schema, 'minimum', 'at least', (value, at) => value >= at);
export const maximum: Keyword = schema => bound(schema, 'maximum', 'at most', (value, at) => value <= at);
export const exclusiveMinimum: Keyword = schema =>
  bound(schema, 'exclusiveMinimum', 'greater than', (value, at) => value > at);
export const exclusiveMaximum: Keyword = schema =>
  bound(schema, 'exclusiveMaximum', 'less than', (value, at) => value < at);

function bound(
  schema: Schema,
  keyword: Bound,
  words: string,
  holds: (value: Numeric, at: Numeric) => boolean,
): Check | undefined {
  const at = schema[keyword];
  if (at === undefined) return undefined;
  return assertion(
    schema,
    keyword,
    value => !isNumeric(value) || holds(value, at),
    value => `must be ${words} ${at}, is ${show(value)}`,
  );
}

export const multipleOf: Keyword = schema => {
  const step = schema.multipleOf;
  if (step === undefined) return undefined;
  return assertion(
    schema,
    'multipleOf',
    value => !isNumeric(value) || isMultiple(value, step),
    value => `must be a multiple of ${step}, is ${show(value)}`,
  );
};

function isNumeric(value: Json): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** True when `value` is a whole number of `step`s, by decimal digits and not by division of doubles. */
export function isMultiple(value: Numeric, step: Numeric): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return Number(value) % Number(step) === 0;
  const dividend = decimal(value);
  const divisor = decimal(step);
  if (dividend === undefined || divisor === undefined || divisor.digits === 0n) return false;
  const exponent = Math.min(dividend.exponent, divisor.exponent);
  return (
    (dividend.digits * 10n ** BigInt(dividend.exponent - exponent)) %
      (divisor.digits * 10n ** BigInt(divisor.exponent - exponent)) ===
    0n
  );
}

/** digits × 10^exponent, of the shortest decimal that names the double; undefined for what is not finite. */
function decimal(value: Numeric): { digits: bigint; exponent: number } | undefined {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 };
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
