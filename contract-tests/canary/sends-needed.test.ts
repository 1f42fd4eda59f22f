import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../test/property-seed.ts';
import { atMost, sendsNeeded } from './sends-needed.ts';

test('for one answer it is ln(miss / things) / ln(1 - share)', () => {
  expect(sendsNeeded(0.1, 1)).toBe(44);
  expect(sendsNeeded(0.1, 1, { things: 11 })).toBe(67);
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.99, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (share, things) => {
        const formula = Math.log(0.01 / things) / Math.log(1 - share);
        expect(Math.abs(sendsNeeded(share, 1, { things }) - Math.max(1, formula))).toBeLessThan(1.0001);
      },
    ),
  );
});

test('it is the least that suffices', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.integer({ min: 1, max: 40 }),
      (share, wanted) => {
        const n = sendsNeeded(share, wanted);
        expect(atMost(wanted - 1, n, share)).toBeLessThanOrEqual(0.01);
        if (n > wanted) expect(atMost(wanted - 1, n - 1, share)).toBeGreaterThan(0.01);
      },
    ),
  );
});

test('nothing reaches a canary without traffic, and everything one with all of it', () => {
  expect(sendsNeeded(0, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(sendsNeeded(1, 3)).toBe(3);
});
