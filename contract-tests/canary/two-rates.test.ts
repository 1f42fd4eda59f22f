import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../test/property-seed.ts';
import { ALIKE, type Alternative, projection, SLOWER, type Stratum, twoRates, WORSE } from './two-rates.ts';

const rate = fc.double({ min: 0, max: 1, noNaN: true });
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
/** Rates of one request: they may be others for each. */
const request = fc.record({ baseline: rate, extra: rate });

/** The expected e-value over every way in which sides and failures can fall, with other rates for each request. */
function expected(
  alternatives: readonly Alternative[],
  margin: number,
  toCanary: number,
  requests: readonly { readonly baseline: number; readonly canary: number }[],
): number {
  const test = twoRates(alternatives, margin);
  const walk = (index: number, seen: Stratum): number => {
    const now = requests[index];
    if (now === undefined) return Math.exp(test.logEvidence([seen]));
    let sum = 0;
    for (const side of ['baseline', 'canary'] as const) {
      for (const failed of [0, 1]) {
        const chance =
          (side === 'canary' ? toCanary : 1 - toCanary) * (failed === 1 ? now[side] : 1 - now[side]);
        if (chance === 0) continue;
        const counted = { answers: seen[side].answers + 1, failed: seen[side].failed + failed };
        sum += chance * walk(index + 1, { ...seen, [side]: counted });
      }
    }
    return sum;
  };
  const none = { answers: 0, failed: 0 };
  return walk(0, { share: toCanary, baseline: none, canary: none });
}

const NEARLY = 1 + 1e-9;

test('on two equal sides the expected evidence is exactly 1, whatever the rates of each request', () => {
  fc.assert(
    fc.property(share, fc.array(rate, { maxLength: 4 }), (toCanary, rates) => {
      const requests = rates.map(baseline => ({ baseline, canary: baseline }));
      for (const alternatives of [WORSE, SLOWER])
        expect(expected(alternatives, 0, toCanary, requests)).toBeCloseTo(1, 9);
    }),
    { numRuns: 60 },
  );
});

test('on a canary that is no worse the expected evidence for a worse one is at most 1', () => {
  fc.assert(
    fc.property(share, fc.array(request, { maxLength: 4 }), (toCanary, rates) => {
      const requests = rates.map(({ baseline, extra }) => ({ baseline, canary: baseline * extra }));
      expect(expected(WORSE, 0, toCanary, requests)).toBeLessThanOrEqual(NEARLY);
    }),
    { numRuns: 60 },
  );
});

test('on a canary that is worse by the margin or more the expected evidence for an equal one is at most 1', () => {
  fc.assert(
    fc.property(
      share,
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      fc.array(request, { maxLength: 4 }),
      (toCanary, margin, rates) => {
        const requests = rates.map(({ baseline, extra }) => {
          const base = baseline * (1 - margin);
          return { baseline: base, canary: base + margin + extra * (1 - margin - base) };
        });
        expect(expected(ALIKE, margin, toCanary, requests)).toBeLessThanOrEqual(NEARLY);
      },
    ),
    { numRuns: 60 },
  );
});

test('the projection is the nearest point of the line', () => {
  const distance = (point: Alternative, toCanary: number, q: number, margin: number): number =>
    (1 - toCanary) * divergence(point.baseline, q) + toCanary * divergence(point.canary, q + margin);
  fc.assert(
    fc.property(
      share,
      fc.constantFrom(...ALIKE),
      fc.double({ min: 0.001, max: 0.4, noNaN: true }),
      rate,
      (toCanary, point, margin, at) => {
        const q = projection(point, toCanary, margin);
        const other = at * (1 - margin);
        expect(distance(point, toCanary, q, margin)).toBeLessThanOrEqual(
          distance(point, toCanary, other, margin) + 1e-9,
        );
      },
    ),
  );
});

function divergence(p: number, q: number): number {
  const part = (a: number, b: number): number =>
    a === 0 ? 0 : b <= 0 ? Number.POSITIVE_INFINITY : a * Math.log(a / b);
  return part(p, q) + part(1 - p, 1 - q);
}

test('evidence of two shares of the traffic is one evidence', () => {
  const test = twoRates([{ baseline: 0.01, canary: 0.1, weight: 1 }], 0);
  const one = { share: 0.05, baseline: { answers: 190, failed: 1 }, canary: { answers: 10, failed: 2 } };
  const two = { share: 0.5, baseline: { answers: 50, failed: 0 }, canary: { answers: 50, failed: 6 } };
  expect(test.logEvidence([one, two])).toBeCloseTo(test.logEvidence([one]) + test.logEvidence([two]), 12);
  expect(test.logEvidence([])).toBeCloseTo(0, 12);
});

test('capital is weighted to 1', () => {
  for (const alternatives of [WORSE, SLOWER, ALIKE])
    expect(alternatives.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});
