/**
 * How filters compare: two values as Jayway 2.0.0 does. Literals are text, and what stands on the other side says
 * how they are read: as a number beside a number, as true or false beside a boolean.
 */
import type { Meter } from '../meter.ts';
import { textOf } from '../value-text.ts';
import { Double, isNumber, type Value } from '../values.ts';
import { compareDecimals, decimalOf } from './decimal.ts';
import type { Operand, Operator } from './path.ts';

type Pattern = Extract<Operand, { readonly kind: 'pattern' }>;

/** A side of a comparison once its path, if it is one, has been followed. */
export type Side =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

/** Where Java would throw something else than that a path leads nowhere. */
export class ComparisonFailed extends Error {}

/** @throws ComparisonFailed when text that is no number meets a number, or `=~` has no pattern. */
export function compares(left: Side, operator: Operator, right: Side, meter: Meter): boolean {
  if (operator === '=~') return matches(left, right, meter);
  const ordering = operator !== '==' && operator !== '!=';
  if (ordering && isNull(left) !== isNull(right)) return false;
  const order = orderOf(right, left);
  if (order === undefined) return false;
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order < 0;
    case '>=':
      return order <= 0;
    case '<':
      return order > 0;
    case '<=':
      return order >= 0;
  }
}

function isNull(side: Side): boolean {
  return side.kind === 'value' && side.value === null;
}

/** The word counts as the value. */
function isNullish(side: Side): boolean {
  return side.kind === 'value' && (side.value === null || side.value === 'null');
}

/** Below 0 when the expected is less than the actual; undefined when they cannot be compared. */
function orderOf(expected: Side, actual: Side): number | undefined {
  if (expected.kind === 'value' && actual.kind === 'value' && expected.value === actual.value) return 0;
  if (isNullish(expected) || isNullish(actual))
    return Number(isNullish(actual)) - Number(isNullish(expected));
  if (expected.kind === 'pattern' || actual.kind === 'pattern') return undefined;
  const { value: wanted } = expected;
  const { value: given } = actual;
  if (typeof wanted === 'string' && typeof given === 'string') {
    // A quote inside a literal is written as \', and only here is that undone.
    const text = wanted.replaceAll("\\'", "'");
    return text < given ? -1 : Number(text > given);
  }
  if (isNumber(given) && (isNumber(wanted) || typeof wanted === 'string'))
    return orderOfNumbers(wanted, given);
  if (typeof given === 'boolean' && (typeof wanted === 'boolean' || typeof wanted === 'string'))
    return Number(wanted === true || String(wanted).toLowerCase() === 'true') - Number(given);
  return undefined;
}

/** What nearly all literals beside numbers are. */
const SHORT_INTEGER = /^-?\d{1,9}$/;

function orderOfNumbers(wanted: number | bigint | Double | string, given: number | bigint | Double): number {
  if (typeof given === 'number') {
    if (typeof wanted === 'number') return wanted - given;
    if (typeof wanted === 'string' && SHORT_INTEGER.test(wanted)) return Number(wanted) - given;
  }
  const decimal = decimalOf(numberText(wanted));
  const other = decimalOf(numberText(given));
  if (decimal === undefined || other === undefined)
    throw new ComparisonFailed(`"${numberText(wanted)}" is compared with a number and is none`);
  return compareDecimals(decimal, other);
}

function numberText(value: number | bigint | Double | string): string {
  return value instanceof Double ? String(value.value) : String(value);
}

/** Either side may be the pattern; the left one is asked first. */
function matches(left: Side, right: Side, meter: Meter): boolean {
  const [pattern, target] = left.kind === 'pattern' ? [left, right] : [right, left];
  const nothing = target.kind === 'value' && target.value === null;
  if (pattern.kind === 'value' && (pattern.value !== null || !nothing))
    throw new ComparisonFailed('"=~" stands beside no pattern');
  if (nothing || pattern.kind === 'value') return false;
  const text = target.kind === 'pattern' ? target.pattern.source : textOf(target.value, meter);
  meter.spendText(text.length);
  return pattern.pattern.test(text);
}
