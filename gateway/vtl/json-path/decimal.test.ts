import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals, decimalOf } from './decimal.ts';

function order(a: string, b: string): number | undefined {
  const [first, second] = [decimalOf(a), decimalOf(b)];
  return first === undefined || second === undefined ? undefined : Math.sign(compareDecimals(first, second));
}

test.each([
  ['1', '1.0', 0],
  ['0.10', '.1', 0],
  ['1.', '1', 0],
  ['-0', '0', 0],
  ['+1', '1', 0],
  ['1e3', '1000', 0],
  ['1E-3', '0.001', 0],
  ['0e99', '0', 0],
  ['9', '10', -1],
  ['-9', '-10', 1],
  ['-1', '1', -1],
  ['0.1000000000000000055511151231257827', '0.1', 1],
  ['123456789012345678901234567890', '123456789012345678901234567891', -1],
  ['1e999999999', '1e999999998', 1],
  ['0', '0.0001', -1],
  ['0', '-0.0001', 1],
])('%s and %s', (a, b, expected) => {
  expect(order(a, b)).toBe(expected);
  expect(order(b, a)).toBe(expected === undefined ? undefined : 0 - expected);
});

test.each(['', '.', 'e1', '1e', ' 1', '1 ', '0x1', '1_0', 'NaN', '--1', '1.2.3'])('%j is no number', text => {
  expect(decimalOf(text)).toBeUndefined();
});

test('integers of any size are ordered by value, doubles as their digits say', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(order(String(a), String(b))).toBe(a < b ? -1 : Number(a > b));
    }),
  );
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, double, (a, b) => {
      expect(order(String(a), String(b))).toBe(a < b ? -1 : Number(a > b));
    }),
  );
});
