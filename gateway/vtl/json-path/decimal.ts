/** Decimal numbers of any length and their order, as `BigDecimal` has it: by value, not by how they are written. */

export interface Decimal {
  readonly negative: boolean;
  /** Without zeros at either end; empty for zero. */
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly exponent: number;
}

/** What `new BigDecimal(text)` takes; undefined for what it refuses. */
export function decimalOf(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,10}))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = found;
  if (whole === '' && fraction === '') return undefined;
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first === -1) return { negative: false, digits: '', exponent: 0 };
  let end = all.length;
  while (all[end - 1] === '0') end -= 1;
  return {
    negative: sign === '-',
    digits: all.slice(first, end),
    exponent: Number(power) + whole.length - 1 - first,
  };
}

/** Below 0 when the first is less. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = compareSizes(a, b);
  return a.negative ? -size : size;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length;
  if (a.exponent !== b.exponent) return a.exponent - b.exponent;
  // Digits of the same powers of ten stand at the same places, and the shorter text is the lesser.
  return a.digits < b.digits ? -1 : Number(a.digits > b.digits);
}
