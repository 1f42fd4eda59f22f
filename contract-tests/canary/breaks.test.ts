import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../test/property-seed.ts';
import type { KnownSide } from './answer.ts';
import { type Breaks, type Clause, newBreaks, type Trial } from './breaks.ts';

const CLAUSE: Clause = { operation: 'GET /pets', check: 'body', place: 'pets.yaml#/a', case: 'all' };

const opened = (alpha = 0.005): Breaks => {
  const breaks = newBreaks({ alpha, repeats: 3, most: 40 });
  breaks.open(CLAUSE);
  return breaks;
};

/** `c!` failed on the canary, `b` was clean on the baseline. */
const tried = (breaks: Breaks, words: string, share: number): Trial =>
  words
    .split(' ')
    .map(word => breaks.note(CLAUSE, word.startsWith('c') ? 'canary' : 'baseline', word.endsWith('!'), share))
    .at(-1) as Trial;

test('at a tenth of the traffic three repeats beside clean answers of the baseline are enough', () => {
  expect(tried(opened(), 'b b c! b b b c! b b', 0.1).state).toBe('open');
  expect(tried(opened(), 'b b c! b b b c! b b c!', 0.1)).toMatchObject({
    state: 'break',
    failed: { canary: 3, baseline: 0 },
    clean: { canary: 0, baseline: 7 },
  });
});

test('at half of the traffic it takes as many more as make up for the better odds', () => {
  expect(tried(opened(), 'c! b c! b c! b c! b', 0.5).state).toBe('open');
  expect(tried(opened(), 'c! b c! b c! b c! b c!', 0.5).state).toBe('break');
});

test('without a clean answer of the baseline nothing is the canary’s own', () => {
  expect(tried(opened(), 'c! c! c! c! c! c! c! c! c! c! c!', 0.1).state).toBe('open');
});

test('what fails on both sides is known; what holds once comes only sometimes', () => {
  const breaks = opened();
  expect(tried(breaks, 'b!', 0.1).state).toBe('both');
  expect(breaks.isKnown(CLAUSE)).toBe(true);
  expect(tried(breaks, 'c!', 0.1).state).toBe('both');
  expect(tried(breaks, 'c', 0.1).state).toBe('sometimes');
  expect(breaks.isKnown(CLAUSE)).toBe(false);
  expect(tried(opened(), 'c! c! c', 0.1).state).toBe('sometimes');
  expect(tried(opened(), 'b b! c!', 0.1).state).toBe('sometimes');
});

test('a clause has one trial, and there are only so many', () => {
  const breaks = newBreaks({ alpha: 0.05, repeats: 3, most: 2 });
  expect(breaks.open(CLAUSE)?.logNeeded).toBeCloseTo(Math.log(2 / 0.05));
  expect(breaks.open(CLAUSE)).toBeUndefined();
  expect(breaks.open({ ...CLAUSE, case: 'other' })?.logNeeded).toBeCloseTo(Math.log(6 / 0.05));
  expect(breaks.open({ ...CLAUSE, case: 'third' })).toBeUndefined();
  expect(breaks.giveUp(CLAUSE).state).toBe('unsettled');
});

test('whatever the rate at which a clause fails on both sides, a trial calls it a break no more often than it may', () => {
  const alpha = 0.2;
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      (rate, share) => {
        // Every way in which sides and failures can fall, to the end.
        const found = (words: readonly (readonly [KnownSide, boolean])[], chance: number): number => {
          const breaks = newBreaks({ alpha, repeats: 3, most: 1 });
          breaks.open(CLAUSE);
          const trial = words.map(([side, fails]) => breaks.note(CLAUSE, side, fails, share)).at(-1);
          if (trial?.state === 'break') return chance;
          if ((trial !== undefined && trial.state !== 'open') || words.length === 9) return 0;
          return (['baseline', 'canary'] as const).reduce(
            (sum, side) =>
              sum +
              [false, true].reduce(
                (both, fails) =>
                  both +
                  found(
                    [...words, [side, fails]],
                    chance * (side === 'canary' ? share : 1 - share) * (fails ? rate : 1 - rate),
                  ),
                0,
              ),
            0,
          );
        };
        expect(found([], 1)).toBeLessThanOrEqual(alpha / 2 + 1e-9);
      },
    ),
    { numRuns: 40 },
  );
});
