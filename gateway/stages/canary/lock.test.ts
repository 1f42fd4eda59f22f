import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connected, connect } from '../../local/control/control-client.fixture.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type CanaryStage, newCanaryStage, planeOf } from './canary-stage.fixture.ts';
import { controlClock } from './control-clock.ts';
import { type LockOptions, readHolder, takeLock } from './lock.ts';

let connected: Connected;
let plane: ControlPlane;
beforeAll(async () => {
  connected = await connect();
  plane = await planeOf(connected.endpoint);
});
afterAll(() => {
  plane.destroy();
  return connected.close();
});

const made = (): Promise<CanaryStage> => newCanaryStage(plane);

const options = (owner: string, minute = 0): LockOptions => ({
  owner,
  run: `run-of-${owner}`,
  now: () => Date.parse('2026-01-01T12:00:00Z') + minute * 60_000,
});

test('one has the stage, the other is told who and until when', async () => {
  const stage = await made();
  const lock = await takeLock(stage, options('ann@desk'));
  expect(lock.takenFrom).toBeUndefined();
  await expect(takeLock(stage, options('bob@build', 14))).rejects.toMatchObject({
    code: 'CANARY_LOCKED',
    message: expect.stringContaining('ann@desk until 2026-01-01T12:15:00Z'),
  });
  await lock.release();
  expect(await readHolder(stage)).toBeUndefined();
  await (await takeLock(stage, options('bob@build', 14))).release();
});

test('stages of one API have each their own, and other tags stay', async () => {
  const stage = await made();
  const other = { ...stage, stageName: 'dev' };
  await takeLock(stage, options('ann'));
  await takeLock(other, options('bob'));
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${stage.apiId}`;
  const { tags } = await plane.getTags({ resourceArn });
  expect(tags).toEqual({
    'rehearsal/prod': 'owner=ann run=run-of-ann until=2026-01-01T12:15:00Z',
    'rehearsal/dev': 'owner=bob run=run-of-bob until=2026-01-01T12:15:00Z',
  });
});

test('a lock whose time is over is taken over, and said', async () => {
  const stage = await made();
  const old = await takeLock(stage, options('ann'));
  const { takenFrom } = await takeLock(stage, options('bob', 16));
  expect(takenFrom).toBe('ann, who had it until 2026-01-01T12:15:00Z');
  await expect(old.renew()).rejects.toMatchObject({ code: 'CANARY_LOCKED' });
  // What is somebody else's by now is left to them.
  await old.release();
  expect((await readHolder(stage))?.owner).toBe('bob');
});

test('a lock that still counts is taken over only when somebody says so', async () => {
  const stage = await made();
  await takeLock(stage, options('ann'));
  const { takenFrom } = await takeLock(stage, { ...options('bob', 1), takeOver: true });
  expect(takenFrom).toBe('ann, who has it until 2026-01-01T12:15:00Z');
});

test('the same run has it again, and renewing moves the end', async () => {
  const stage = await made();
  let minute = 0;
  const lock = await takeLock(stage, { ...options('ann'), now: () => options('', minute).now() });
  expect((await takeLock(stage, options('ann', 1))).takenFrom).toBeUndefined();
  minute = 10;
  await lock.renew();
  expect((await readHolder(stage))?.until).toBe('2026-01-01T12:25:00Z');
});

test('an owner with characters that no tag may hold', async () => {
  const stage = await made();
  await takeLock(stage, { ...options('ann & bob <x>'), run: '1' });
  expect((await readHolder(stage))?.owner).toBe('ann---bob--x-');
});

test("the clock is the control plane's, however wrong this machine's is", async () => {
  for (const wrong of [-86_400_000, 3_600_000, 0]) {
    const asked = await planeOf(connected.endpoint);
    const now = controlClock(asked, () => Date.now() + wrong);
    expect(Math.abs(now() - Date.now() - wrong)).toBeLessThan(1000);
    await newCanaryStage(asked);
    expect(Math.abs(now() - Date.now())).toBeLessThan(5000);
    asked.destroy();
  }
});
