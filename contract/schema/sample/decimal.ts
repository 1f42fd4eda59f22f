/**
 * Decimal numbers held exactly: a whole number of units of 10^-scale. Bounds and `multipleOf` are met to the last
 * digit this way, which `0.1 * 3` in floating point is not.
 */

export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** The decimal that a JSON number is written as, shortest form. Undefined for numbers that JSON does not have. */
export function decimal(value: number | bigint): Decimal | undefined {
  if (typeof value === 'bigint') return { units: value, scale: 0 };
  if (!Number.isFinite(value)) return undefined;
  if (Number.isSafeInteger(value)) return { units: BigInt(value), scale: 0 };
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const units = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** The units at a finer scale. */
export function rescale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}

/** Back to a JSON number: integers that a double cannot hold stay bigint. */
export function toJsonNumber(units: bigint, scale: number): number | bigint {
  const one = 10n ** BigInt(scale);
  if (units % one === 0n) {
    const whole = units / one;
    const number = Number(whole);
    return Number.isSafeInteger(number) ? number : whole;
  }
  const negative = units < 0n;
  const digits = String(negative ? -units : units).padStart(scale + 1, '0');
  return Number(`${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

export function floorTo(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return rest < 0n ? value - rest - unit : value - rest;
}

export function ceilTo(value: bigint, unit: bigint): bigint {
  return -floorTo(-value, unit);
}

export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
