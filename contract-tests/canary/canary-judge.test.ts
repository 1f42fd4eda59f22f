import { expect, test } from 'vitest';
import {
  evenCases,
  mostAllowed,
  type Simulation,
  simulate,
  simulateMany,
} from '../../test/canary-simulation.ts';
import type { Answer, KnownSide } from './answer.ts';
import { newCanaryJudge } from './canary-judge.ts';

const NEVER = 1e-300;

/** Sound operations, one that fails now and then on both sides, and one that always does. */
const RAGGED = [
  ...evenCases(5, 3, { baseline: 0.01, canary: 0.01 }),
  ...evenCases(1, 3, { baseline: 0.3, canary: 0.3 }).map(one => ({
    ...one,
    operation: 'flaky',
    id: `f ${one.id}`,
  })),
  ...evenCases(1, 1, { baseline: 1, canary: 1 }).map(one => ({ ...one, operation: 'broken', id: 'b' })),
];

test.each([
  [0.1, 0.5],
  [0.1, 0.1],
  [0.02, 0.3],
])(
  'of canaries without a difference no more than %f are rolled back, at %f of the traffic',
  (alpha, share) => {
    const simulation: Simulation = {
      cases: RAGGED,
      share,
      answers: 300,
      drift: 0.002,
      judge: { alpha, promoteAlpha: NEVER, latency: { tolerance: 0, warmUp: 0 } },
    };
    const { rolledBack, inconclusive } = simulateMany(simulation, 150, 11);
    expect(rolledBack).toBeLessThanOrEqual(mostAllowed(150, alpha));
    expect(inconclusive).toBeLessThanOrEqual(mostAllowed(150, 0.001));
  },
);

test('of canaries worse by the margin no more than alpha are promoted', () => {
  const margin = 0.03;
  const { promoted } = simulateMany(
    {
      cases: evenCases(4, 3, { baseline: 0, canary: margin }),
      share: 0.5,
      answers: 600,
      judge: { alpha: NEVER, promoteAlpha: 0.1, margin, latency: false },
    },
    150,
    12,
  );
  expect(promoted).toBeLessThanOrEqual(mostAllowed(150, 0.1));
});

test('five failures in a hundred beside one are found with at most 300 answers of the canary, and no more of them at a tenth', () => {
  const medianAt = (share: number): number =>
    simulateMany(
      {
        cases: evenCases(4, 5, { baseline: 0.01, canary: 0.05 }),
        share,
        answers: Math.ceil(1000 / share),
        judge: { promoteAlpha: NEVER, latency: false },
      },
      61,
      13,
    ).medianCanary;
  const half = medianAt(0.5);
  expect(half).toBeLessThanOrEqual(300);
  expect(medianAt(0.1)).toBeLessThanOrEqual(half);
});

test('a canary half as slow again is found, and one that is as slow as is tolerated is not', () => {
  const at = (slower: number, alpha: number): number =>
    simulateMany(
      {
        cases: evenCases(4, 3, { baseline: 0, canary: 0 }),
        share: 0.2,
        answers: 1500,
        slower,
        drift: -0.001,
        judge: { alpha, promoteAlpha: NEVER },
      },
      30,
      14,
    ).rolledBack;
  expect(at(1.5, 0.05)).toBe(30);
  expect(at(1.1, 0.1)).toBeLessThanOrEqual(mostAllowed(30, 0.1));
});

test('a broken operation of eleven is found by one witness and three repeats', () => {
  const broken = evenCases(1, 4, { baseline: 0, canary: 1 }).map(one => ({
    ...one,
    operation: 'GET /broken',
    id: `w ${one.id}`,
  }));
  const { decision, repeats } = simulate(
    { cases: [...evenCases(10, 4, { baseline: 0, canary: 0 }), ...broken], share: 0.1, answers: 2000 },
    15,
  );
  expect(decision).toMatchObject({
    kind: 'rollback',
    because: 'break',
    operations: ['GET /broken'],
    trial: { failed: { canary: 3, baseline: 0 } },
  });
  expect(repeats).toBeLessThan(97);
});

const answer = (side: KnownSide, rest: Partial<Answer> = {}): Answer => ({
  source: 'cases',
  side,
  operation: 'GET /pets',
  case: 'all',
  failed: false,
  judged: true,
  ms: undefined,
  ...rest,
});

test('nothing is promoted before every operation and every case was answered', () => {
  const judge = newCanaryJudge({
    cases: new Map([
      ['GET /pets', ['all']],
      ['GET /pets/{id}', ['one', 'other']],
    ]),
    share: 0.5,
    latency: false,
  });
  for (let index = 0; index < 2000; index += 1)
    judge.observe(answer(index % 2 === 0 ? 'baseline' : 'canary'));
  expect(judge.decision()).toBeUndefined();
  const lacking = judge.end('requests', 600);
  expect(lacking).toMatchObject({
    kind: 'inconclusive',
    because: 'requests',
    takes: { canaryAnswers: 5, requests: expect.any(Number), minutes: expect.any(Number) },
  });
  expect(lacking.kind === 'inconclusive' && lacking.takes?.lacks).toEqual([
    'GET /pets/{id} needs 5 judged answers of each side, and has 0 of the canary and 0 of the baseline.',
    '2 cases have not been answered by the canary yet.',
  ]);
  for (let index = 0; index < 20; index += 1)
    judge.observe(
      answer(index % 2 === 0 ? 'baseline' : 'canary', {
        operation: 'GET /pets/{id}',
        case: index % 4 < 2 ? 'one' : 'other',
      }),
    );
  expect(judge.decision()).toMatchObject({ kind: 'promote' });
});

test('answers of nobody change nothing but their number', () => {
  const judge = newCanaryJudge({ cases: new Map([['GET /pets', ['all']]]), share: 0.5 });
  for (let index = 0; index < 500; index += 1)
    judge.observe({ ...answer('canary'), side: 'unknown', failed: true }, [
      { operation: 'GET /pets', check: 'status', place: 'p', case: 'all' },
    ]);
  expect(judge.decision()).toBeUndefined();
  expect(judge.openTrials()).toEqual([]);
  expect(judge.evidence().rates.logWorse()).toBeCloseTo(0, 12);
  expect(judge.end('time')).toMatchObject({ kind: 'inconclusive', because: 'attribution' });
});

test('what CloudWatch counts is evidence like single answers', () => {
  const each = newCanaryJudge({ cases: new Map([['GET /pets', []]]), share: 0.5, latency: false });
  const counted = newCanaryJudge({ cases: new Map([['GET /pets', []]]), share: 0.5, latency: false });
  for (const side of ['baseline', 'canary'] as const) {
    for (let index = 0; index < 40; index += 1)
      each.observe(answer(side, { source: 'traffic', failed: side === 'canary' && index % 4 === 0 }));
    counted.observeCounts({ side, operation: 'GET /pets', answers: 40, failed: side === 'canary' ? 10 : 0 });
  }
  expect(counted.evidence().rates.logWorse()).toBeCloseTo(each.evidence().rates.logWorse(), 9);
  expect(counted.decision()).toMatchObject({ kind: 'rollback', because: 'failure-rate' });
});

test('a canary that gets its share is not suspected, and one that gets another is', () => {
  const seen = (canary: number, baseline: number): string | undefined => {
    const judge = newCanaryJudge({ cases: new Map([['GET /pets', ['all']]]), share: 0.2, latency: false });
    judge.observeCounts({ side: 'canary', operation: undefined, answers: canary, failed: 0 });
    judge.observeCounts({ side: 'baseline', operation: undefined, answers: baseline, failed: 0 });
    const decision = judge.decision();
    return decision?.kind === 'inconclusive' ? decision.because : decision?.kind;
  };
  expect(seen(20, 80)).toBeUndefined();
  expect(seen(0, 80)).toBe('share');
  expect(seen(80, 20)).toBe('share');
});
