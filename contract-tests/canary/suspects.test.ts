import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../test/property-seed.ts';
import { newBreaks } from './breaks.ts';
import { afterRun, logOfAll, type RunStep, type Suspect, suspectsOf } from './suspects.ts';

const OPERATIONS = ['POST /pets', 'GET /pets', 'GET /pets', 'GET /pets'];

/** `cbb`: the canary answered the first step, the baseline the others. */
const run = (sides: string): readonly RunStep[] =>
  [...sides].map((letter, index) => ({
    operation: OPERATIONS[index] ?? 'DELETE /pets',
    side: letter === 'c' ? 'canary' : letter === 'b' ? 'baseline' : 'unknown',
  }));

const CLAUSE = { operation: 'GET /pets', check: 'shows', place: 'p', case: 'created pets' };

test('every step is suspected, operations of several steps, and all together', () => {
  expect(suspectsOf(run('bbbb')).map(({ id }) => id)).toEqual([
    'step 0',
    'step 1',
    'step 2',
    'step 3',
    'operation GET /pets',
    'later GET /pets',
    'all',
  ]);
});

test('the step that the canary answered whenever a run failed is to blame', () => {
  const breaks = newBreaks({ alpha: 0.005, repeats: 3, most: 40 });
  breaks.open(CLAUSE, run('cb'));
  const runs = ['cb', 'bc', 'cc', 'bb', 'bc', 'cb', 'bb', 'bc', 'cb', 'cc', 'bb', 'bc', 'cb'];
  const states = runs.map(sides => breaks.noteRun(CLAUSE, run(sides), sides.startsWith('c'), 0.5).state);
  expect(states.at(-1)).toBe('break');
  expect(breaks.of(CLAUSE)).toMatchObject({ failed: { baseline: 0 }, clean: { canary: 0 } });
});

test('what fails whoever answers is on both sides; what fails now and then comes sometimes', () => {
  const after = (fails: readonly boolean[]): string | undefined => {
    const breaks = newBreaks({ alpha: 0.005, repeats: 3, most: 40 });
    breaks.open(CLAUSE, run('cb'));
    return fails
      .map((one, index) => breaks.noteRun(CLAUSE, run(index % 2 === 0 ? 'bb' : 'cc'), one, 0.5).state)
      .at(-1);
  };
  expect(after([true, true])).toBe('both');
  expect(after([false, false, true, true])).toBe('sometimes');
});

test('a run with a step of nobody’s says nothing', () => {
  const before = suspectsOf(run('cb'));
  expect(afterRun(before, run('c?'), true, 0.5)).toBe(before);
});

test('if the sides are alike, the expected evidence after any runs is 1, however runs go', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.array(fc.record({ length: fc.integer({ min: 1, max: 4 }), fails: fc.boolean() }), { maxLength: 3 }),
      (share, runs) => {
        // How many steps a run has and whether it fails is settled before chance picks the sides.
        const expected = (suspects: readonly Suspect[], index: number): number => {
          const now = runs[index];
          if (now === undefined) return Math.exp(logOfAll(suspects));
          return Array.from({ length: 2 ** now.length }, (_, bits) => {
            const sides = Array.from({ length: now.length }, (_step, at) =>
              (bits >> at) & 1 ? 'c' : 'b',
            ).join('');
            const chance = [...sides].reduce((p, side) => p * (side === 'c' ? share : 1 - share), 1);
            return chance * expected(afterRun(suspects, run(sides), now.fails, share), index + 1);
          }).reduce((sum, part) => sum + part, 0);
        };
        expect(expected(suspectsOf(run('bbbb')), 0)).toBeCloseTo(1, 9);
      },
    ),
    { numRuns: 40 },
  );
});
