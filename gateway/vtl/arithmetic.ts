/** Java's arithmetic on numbers, as Velocity's `MathUtils` does it: integers stay whole, and grow instead of wrapping. */
import { LimitReached } from './meter.ts';
import { Double, isInteger, isNumber, type Value } from './values.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
type Number_ = number | bigint | Double;

/** No number of a template is larger, in either direction: multiplying larger ones takes longer and longer. */
const MAX_INTEGER = 2n ** 4096n;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** The result; null where Velocity has none: for what is no number, and for division by zero. */
export function calculate(operator: ArithmeticOperator, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return ofIntegers(operator, left, right);
  if (!isNumber(left) || !isNumber(right)) return null;
  if (left instanceof Double || right instanceof Double) {
    return ofDoubles(operator, asDouble(left), asDouble(right));
  }
  return ofLongs(operator, BigInt(left), BigInt(right));
}

function ofIntegers(operator: ArithmeticOperator, left: number, right: number): Value {
  switch (operator) {
    case '+':
      return integerOrLong(left + right);
    case '-':
      return integerOrLong(left - right);
    case '*': {
      const product = left * right;
      // Beyond this a double may not hold it; `+ 0` makes 0 of -0.
      return Number.isSafeInteger(product) ? integerOrLong(product + 0) : BigInt(left) * BigInt(right);
    }
    case '/':
      return right === 0 ? null : integerOrLong(Math.trunc(left / right) + 0);
    case '%':
      return right === 0 ? null : (left % right) + 0;
  }
}

function integerOrLong(result: number): number | bigint {
  return isInteger(result) ? result : BigInt(result);
}

function ofDoubles(operator: ArithmeticOperator, left: number, right: number): Value {
  switch (operator) {
    case '+':
      return new Double(left + right);
    case '-':
      return new Double(left - right);
    case '*':
      return new Double(left * right);
    case '/':
      return right === 0 ? null : new Double(left / right);
    case '%':
      return right === 0 ? null : new Double(left % right);
  }
}

function ofLongs(operator: ArithmeticOperator, left: bigint, right: bigint): Value {
  switch (operator) {
    case '+':
      return within(left + right);
    case '-':
      return within(left - right);
    case '*':
      return within(left * right);
    case '/':
      return right === 0n ? null : left / right;
    case '%': {
      if (right === 0n) return null;
      const rest = left % right;
      // `BigInteger.mod` is never negative.
      return rest < 0n && !(isLong(left) && isLong(right)) ? rest + (right < 0n ? -right : right) : rest;
    }
  }
}

function isLong(value: bigint): boolean {
  return value >= MIN_LONG && value <= MAX_LONG;
}

function within(value: bigint): bigint {
  if (value > MAX_INTEGER || value < -MAX_INTEGER) throw new LimitReached('a number of more than 4096 bits');
  return value;
}

function asDouble(value: Number_): number {
  return value instanceof Double ? value.value : Number(value);
}

/** Below, at or above zero, by value whatever the types; NaN when one of the two is. */
export function compareNumbers(left: Number_, right: Number_): number {
  const a = left instanceof Double ? left.value : left;
  const b = right instanceof Double ? right.value : right;
  return a < b ? -1 : a > b ? 1 : Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}
