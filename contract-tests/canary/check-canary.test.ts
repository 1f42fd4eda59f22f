import { expect, test } from 'vitest';
import { random } from '../../contract/schema/random.ts';
import type { Fault } from '../pets.fixture.ts';
import { checkPets, timed } from './canary-server.fixture.ts';

/** A type that the document does not allow, in one answer of one operation. */
const wrongType: Fault = ({ method, path }, { status }) =>
  method === 'GET' && /^\/pets\/\d+$/.test(path) && status === 200
    ? { body: '{"id":"1","name":"Rex"}' }
    : undefined;

/** Now and then a 500, whatever is asked. */
const flaky = (rate: number, seed = 5): Fault => {
  const chance = random(seed, 'flake');
  return () => (chance.next() < rate ? { status: 500, headers: {}, body: 'oops' } : undefined);
};

test.each([
  [0.1, 0.02],
  [0.5, 0.01],
])('a healthy canary at %f of the traffic is promoted with a margin of %f', async (share, margin) => {
  const { decision, evidence, requests, repeats } = await checkPets({ share }, { judge: { margin } });
  expect(decision).toMatchObject({ kind: 'promote' });
  expect(repeats).toBe(0);
  expect(requests).toBeLessThan(5000);
  expect(evidence.rates.total('canary').failed).toBe(0);
  // What was under way when it was decided is not in the evidence for it.
  const counted = evidence.rates.total('baseline').answers + evidence.rates.total('canary').answers;
  expect(counted).toBeLessThan(requests);
});

test('an operation of which little can be judged gets its least number of answers all the same', async () => {
  // Of a mock no refusal counts, so each operation has one or two cases that do.
  const { decision, evidence, requests } = await checkPets(
    { share: 0.3 },
    { stage: 'apigateway-mock', judge: { margin: 0.05, minimumAnswers: 12 } },
  );
  expect(decision).toMatchObject({ kind: 'promote' });
  expect(requests).toBeLessThan(5000);
  for (const operation of evidence.operations)
    expect(evidence.coverage.judged(operation, 'canary')).toBeGreaterThanOrEqual(12);
});

test('a break of the canary alone is rolled back with a witness and three repeats', async () => {
  const { decision, findings, repeats } = await checkPets({ share: 0.1, canary: wrongType });
  expect(decision).toMatchObject({
    kind: 'rollback',
    because: 'break',
    operations: ['GET /pets/{id}'],
    trial: { failed: { canary: expect.any(Number), baseline: 0 }, clean: { canary: 0 } },
  });
  const [found] = findings;
  expect(found?.failed.canary).toBeGreaterThanOrEqual(4);
  expect(found?.witness.canary?.response.status).toBe(200);
  expect(found?.witness.baseline).toBeUndefined();
  expect(repeats).toBeLessThanOrEqual(97);
});

test('a break of both sides is told and does not block', async () => {
  const { decision, evidence, findings } = await checkPets({ share: 0.5, both: wrongType });
  expect(decision.kind).toBe('promote');
  expect(new Set(evidence.breaks.trials().map(({ state }) => state))).toEqual(new Set(['both']));
  expect(findings.every(({ failed }) => failed.canary > 0 && failed.baseline > 0)).toBe(true);
});

test('a canary that is as flaky as the baseline is promoted, with a margin that can be seen', async () => {
  const { decision } = await checkPets({ share: 0.5, both: flaky(0.05) }, { judge: { margin: 0.05 } });
  expect(decision.kind).toBe('promote');
});

test('a canary that is more often flaky is rolled back for its rate', async () => {
  const { decision } = await checkPets({ share: 0.5, both: flaky(0.01), canary: flaky(0.1, 9) });
  expect(decision).toMatchObject({ kind: 'rollback', because: 'failure-rate' });
});

test('a canary that takes half as long again is rolled back for its latency', async () => {
  const { decision } = await checkPets({ share: 0.1 }, { transport: timed({ baseline: 10, canary: 15 }) });
  expect(decision).toMatchObject({ kind: 'rollback', because: 'latency' });
});

test('a canary over its budget is rolled back, unless the baseline is too', async () => {
  const budget = { limitMs: 20, share: 0.01 };
  const judge = { latency: { tolerance: 2, budget } };
  const slow = await checkPets({ share: 0.2 }, { judge, transport: timed({ baseline: 10, canary: 21 }) });
  expect(slow.decision).toMatchObject({ kind: 'rollback', because: 'latency-budget' });
  const both = await checkPets({ share: 0.2 }, { judge, transport: timed({ baseline: 21, canary: 21 }) });
  expect(both.decision.kind).toBe('promote');
});

test('a canary that refuses the credentials which the baseline takes is rolled back', async () => {
  const { decision } = await checkPets({
    share: 0.2,
    canary: ({ method }) => (method === 'POST' || method === 'DELETE' ? { status: 403 } : undefined),
  });
  expect(decision.kind).toBe('rollback');
});

test('a canary without traffic is found', async () => {
  const { decision, server } = await checkPets({ share: 0 }, { percentTraffic: 10 });
  expect(server.sides.canary).toBe(0);
  expect(decision).toMatchObject({ kind: 'inconclusive', because: 'share' });
});

test.each([
  [0, 'no-canary'],
  [100, 'no-baseline'],
] as const)('a stage that is set to %d percent has nothing to compare', async (percentTraffic, because) => {
  const { decision, server } = await checkPets({ share: 0.5 }, { percentTraffic });
  expect(decision).toMatchObject({ kind: 'inconclusive', because });
  expect(server.requests).toEqual([]);
});

test('without attribution nothing is decided, whatever is broken', async () => {
  const { decision, evidence } = await checkPets(
    { share: 0.5, tells: () => ({}), canary: wrongType },
    { concurrency: 16 },
  );
  expect(decision).toMatchObject({ kind: 'inconclusive', because: 'attribution' });
  expect(evidence.bySide).toMatchObject({ baseline: 0, canary: 0 });
  expect(evidence.bySide.unknown).toBeLessThan(200);
});

test('an access log tells what no header does, also when it is late', async () => {
  let ids = 0;
  const log = new Map<string, 'baseline' | 'canary'>();
  let asked = 0;
  const { decision } = await checkPets(
    {
      share: 0.5,
      tells: side => {
        const id = String(ids++);
        log.set(id, side);
        return { 'x-amzn-requestid': id };
      },
    },
    {
      sidesOf: async wanted => {
        asked += 1;
        const known = wanted.filter(id => asked % 3 === 0 || Number(id) % 2 === 0);
        return new Map(known.map(id => [id, log.get(id) ?? 'baseline']));
      },
    },
  );
  expect(decision.kind).toBe('promote');
});

test('a stage that is gone half-way is inconclusive, and what it would still take is said', async () => {
  let left = 200;
  const transport = timed({ baseline: 10, canary: 10 });
  const { decision } = await checkPets(
    { share: 0.2 },
    {
      transport: {
        ...transport,
        send: async (baseUrl, request) =>
          left-- > 0
            ? await transport.send(baseUrl, request)
            : { kind: 'unanswered', trouble: { kind: 'unreachable', message: 'nobody listens' } },
      },
    },
  );
  expect(decision).toMatchObject({
    kind: 'inconclusive',
    because: 'unreachable',
    takes: { canaryAnswers: expect.any(Number), requests: expect.any(Number) },
  });
});

test('credentials that expire are nobody’s break', async () => {
  let left = 100;
  const { decision } = await checkPets(
    {
      share: 0.5,
      both: () =>
        left-- > 0 ? undefined : { status: 401, headers: { 'www-authenticate': 'ApiKey realm="Pets"' } },
    },
    { select: ({ method }) => method === 'POST' },
  );
  expect(decision).toMatchObject({ kind: 'inconclusive', because: 'credentials' });
});

test('an interrupted check tells what it has', async () => {
  const controller = new AbortController();
  const { decision, curve } = await checkPets(
    { share: 0.1 },
    {
      signal: controller.signal,
      listeners: [({ kind }) => void (kind === 'canary-progress' && controller.abort())],
    },
  );
  expect(decision).toMatchObject({ kind: 'inconclusive', because: 'interrupted' });
  expect(curve.length).toBe(1);
});

test('a stage that somebody moves meanwhile is not judged', async () => {
  const { decision } = await checkPets({ share: 0.1 }, { unchanged: async () => false });
  expect(decision).toMatchObject({ kind: 'inconclusive', because: 'stage-changed' });
});

test('traffic of others counts, but our own requests in the log do not count twice', async () => {
  let ids = 0;
  const line = (side: 'canary' | 'baseline', requestId: string) => ({
    side,
    requestId,
    method: 'GET',
    resourcePath: '/pets',
    status: side === 'canary' ? 500 : 200,
    ms: 5,
  });
  const others = Array.from({ length: 60 }, (_, index) => [
    line('baseline', `b${index}`),
    line('canary', `c${index}`),
  ]).flat();
  let given = false;
  const { decision, traffic } = await checkPets(
    {
      share: 0.5,
      tells: side => ({ 'x-rehearsal-canary': String(side === 'canary'), 'x-amzn-requestid': `own${ids++}` }),
    },
    {
      traffic: async () => {
        if (given) return {};
        given = true;
        return {
          lines: [...Array.from({ length: 20 }, (_, index) => line('canary', `own${index}`)), ...others],
        };
      },
    },
  );
  expect(traffic).toBe(120);
  expect(decision).toMatchObject({
    kind: 'rollback',
    because: 'failure-rate',
    reason: expect.stringContaining('GET /pets'),
  });
});

test('events tell how it goes on, and the last one what it came to', async () => {
  const kinds: string[] = [];
  await checkPets({ share: 0.1, canary: wrongType }, { listeners: [({ kind }) => void kinds.push(kind)] });
  expect(kinds[0]).toBe('canary-started');
  expect(kinds.at(-1)).toBe('canary-finished');
  expect(kinds).toContain('trial-settled');
});
