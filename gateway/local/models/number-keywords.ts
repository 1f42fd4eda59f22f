/** What draft 4 asks of numbers, in the words of the Java validator. Decimals are exact, and so are large integers. */
import { compareDecimals, type Decimal, decimalOf } from '../../vtl/json-path/decimal.ts';
import { toJson } from '../../vtl/value-text.ts';
import { Double, isNumber, type Value } from '../../vtl/values.ts';
import { fail, type Keyword, type Run } from './schema-check.ts';

type Numeric = number | bigint | Double;

function decimal(value: Numeric): Decimal | undefined {
  return decimalOf(String(value instanceof Double ? value.value : value));
}

/** Below 0 when the first is less; doubles and integers meet as decimals. */
function order(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [decimal(a), decimal(b)];
  return first === undefined || second === undefined ? Number.NaN : compareDecimals(first, second);
}

function bound(name: 'minimum' | 'maximum', sign: 1 | -1): Keyword {
  const [beyond, limit, strictly] =
    sign === 1 ? ['greater', 'maximum', 'lower'] : ['lower', 'minimum', 'greater'];
  return {
    name,
    appliesTo: ['integer', 'number'],
    compile(value, { schema, problem }) {
      if (!isNumber(value)) return void problem(`${name} is no number`, name);
      const exclusive = schema.get(sign === 1 ? 'exclusiveMaximum' : 'exclusiveMinimum') === true;
      const shown = (run: Run): string => toJson(value, run.meter);
      return (found, run) => {
        const compared = order(found as Numeric, value) * sign;
        if (compared < 0 || (compared === 0 && !exclusive)) return true;
        return fail(run, () =>
          compared === 0
            ? `numeric instance is not strictly ${strictly} than the required ${limit} ${shown(run)}`
            : `numeric instance is ${beyond} than the required ${limit} (${limit}: ${shown(run)}, found: ${toJson(found, run.meter)})`,
        );
      };
    },
  };
}

/** Beyond this many digits between two numbers, nothing is divided. */
const MAX_DIGITS = 5000;

/** Whether the quotient is whole; exact. */
function divides(divisor: Decimal, value: Decimal): boolean {
  if (value.digits === '') return true;
  const last = (number: Decimal): number => number.exponent - number.digits.length + 1;
  const shift = last(value) - last(divisor);
  // What is left of a decimal point that the divisor does not have cannot divide.
  if (Math.abs(shift) > MAX_DIGITS) return false;
  const scaled = BigInt(value.digits) * 10n ** BigInt(Math.max(0, shift));
  return scaled % (BigInt(divisor.digits) * 10n ** BigInt(Math.max(0, -shift))) === 0n;
}

const multipleOf: Keyword = {
  name: 'multipleOf',
  appliesTo: ['integer', 'number'],
  compile(value, { problem }) {
    const divisor = isNumber(value) ? decimal(value) : undefined;
    if (divisor === undefined || divisor.negative || divisor.digits === '')
      return void problem('multipleOf is no number above 0', 'multipleOf');
    return (found, run) => {
      const number = decimal(found as Numeric);
      if (number !== undefined) run.meter.spend(1 + (number.digits.length >> 2));
      if (number !== undefined && divides(divisor, number)) return true;
      return fail(
        run,
        () =>
          `remainder of division is not zero (${toJson(found, run.meter)} / ${toJson(value as Value, run.meter)})`,
      );
    };
  },
};

export const NUMBER_KEYWORDS: readonly Keyword[] = [bound('maximum', 1), bound('minimum', -1), multipleOf];
