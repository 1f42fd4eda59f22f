import { expect, test } from 'vitest';
import { newStageLog } from './stage-log.ts';

const DEPLOYMENTS = { baseline: 'old001', canary: 'new001' };

const line = (requestId: string, deploymentId = 'new001', status = '200'): string =>
  JSON.stringify({
    requestId,
    deploymentId,
    httpMethod: 'GET',
    resourcePath: '/pets',
    status,
    responseLatency: '12',
  });

function logged(...readings: readonly (readonly string[])[]) {
  let time = 0;
  let index = 0;
  const read = () => Promise.resolve({ lines: readings[index++] ?? [], lost: index > readings.length });
  const log = newStageLog(read, DEPLOYMENTS, 100, () => time);
  return { log, readings: () => index, pass: (ms: number) => void (time += ms) };
}

test('sides by the ids of requests, of one reading for all that ask at once', async () => {
  const { log, readings } = logged([line('a'), line('b', 'old001'), line('c', 'other1')]);
  const [sides, more] = await Promise.all([log.sidesOf(['a', 'b']), log.sidesOf(['c', 'd'])]);
  expect([...sides]).toEqual([
    ['a', 'canary'],
    ['b', 'baseline'],
  ]);
  expect(more.size).toBe(0);
  expect(readings()).toBe(1);
});

test('is not read more often than it may be, nor for what is known', async () => {
  const { log, readings, pass } = logged([line('a')], [line('b')]);
  await log.sidesOf(['a']);
  expect((await log.sidesOf(['b'])).size).toBe(0);
  pass(100);
  await log.sidesOf(['a']);
  expect(readings()).toBe(1);
  expect((await log.sidesOf(['b'])).size).toBe(1);
});

test('traffic is what others sent, each line once', async () => {
  const { log, pass } = logged([line('ours'), line('theirs', 'old001', '500')], [line('again')]);
  log.ours('ours');
  expect(await log.traffic()).toEqual({
    lines: [
      { requestId: 'theirs', side: 'baseline', method: 'GET', resourcePath: '/pets', status: 500, ms: 12 },
    ],
  });
  expect(await log.traffic()).toEqual({ lines: [] });
  pass(100);
  expect((await log.traffic()).lines).toHaveLength(1);
});

test('what cannot be used is told', async () => {
  const { log, pass } = logged(['no JSON', '{}', line('a')]);
  await log.traffic();
  expect(log.notes()).toEqual(['2 lines of the access log are no JSON with a requestId.']);
  pass(100);
  await log.traffic();
  expect(log.notes()).toHaveLength(2);
});
