import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCounters } from './counters.ts';

test('9.3: requests, errors of both kinds, and latencies', () => {
  const counters = createCounters();
  expect(counters.read()).toEqual({
    count: 0,
    '4XXError': 0,
    '5XXError': 0,
    latency: { count: 0, sum: 0, maximum: 0, p50: null, p90: null, p99: null },
    integrationLatency: { count: 0, sum: 0, maximum: 0, p50: null, p90: null, p99: null },
  });
  for (const status of [200, 301, 400, 404, 500, 599, 504]) counters.add(status, 2, undefined);
  counters.add(200, 4, 3);
  expect(counters.read()).toMatchObject({
    count: 8,
    '4XXError': 2,
    '5XXError': 3,
    latency: { count: 8, sum: 18, maximum: 4 },
    integrationLatency: { count: 1, sum: 3, maximum: 3, p50: 3, p99: 3 },
  });
});

test('a share lies above the values it stands for, and by no more than a tenth', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1 }), values => {
      const counters = createCounters();
      for (const value of values) counters.add(200, value, undefined);
      const sorted = values.toSorted((a, b) => a - b);
      const { p50, p90, p99, maximum } = counters.read().latency;
      for (const [share, told] of [
        [0.5, p50],
        [0.9, p90],
        [0.99, p99],
      ] as const) {
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
        expect(told).toBeGreaterThanOrEqual(exact * 0.999 - 0.001);
        expect(told).toBeLessThanOrEqual(exact * 1.101 + 0.001);
      }
      expect(maximum).toBeCloseTo(sorted.at(-1) ?? 0, 2);
    }),
  );
});
