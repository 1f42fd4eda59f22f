/** A run that is ended by force: where it leaves the stage is known, and the next run says so and goes on from there. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newWorld, type World } from './canary/canary-world.ts';
import { type SmallApi, serveSmall, smallDocument } from './canary/small-api.ts';

let apis: SmallApi[];
let world: World;
beforeEach(async () => {
  apis = [await serveSmall(), await serveSmall()];
  world = await newWorld({ document: smallDocument(), backend: apis[0]?.address ?? '' });
  await world.release(10, { backend: apis[1]?.address ?? '' });
});
afterEach(async () => {
  await world.close();
  for (const api of apis) await api.close();
});

const RUN = [
  'canary',
  'run',
  'prod',
  '--steps',
  '20,50',
  '--margin',
  '0.05',
  '--no-latency',
  '--no-sequences',
];

/** A hook whose parent, which is the run, is ended by a signal at one of its turns. */
const killedAt = (turn: string, signal: string): string =>
  `test "$CANARY_TRANSITION $CANARY_PERCENT" != "${turn}" || kill -${signal} $PPID`;

test.each([
  ['moving 20', 10, 'the canary gets 10 %, and was to get 20 %'],
  ['moving 50', 20, 'the canary gets 20 %, and was to get 50 %'],
  ['promoting 0', 50, 'the canary was found good and was to be promoted, the canary gets 50 %'],
])('killed before %s', { timeout: 120_000 }, async (turn, percent, left) => {
  const { canary, variables } = await world.served();
  const { ended } = world.spawn(...RUN, '--on-transition', killedAt(turn, 'KILL'));
  expect((await ended).exitCode).toBe(-1);
  expect((await world.served()).canary?.percentTraffic).toBe(percent);
  const status = await world.run('canary', 'status', 'prod');
  expect(status.said).toContain(`cut off, ${left}; rehearsal canary run prod goes on from there`);
  // The run that was killed still has the stage, as far as anybody can know.
  expect(await world.run(...RUN)).toMatchObject({
    exitCode: 3,
    said: expect.stringContaining('--take-over'),
  });
  const next = await world.run(...RUN, '--take-over');
  expect([next.exitCode, next.said]).toEqual([0, expect.stringContaining(`was cut off: ${left}`)]);
  expect(await world.served()).toEqual({
    deploymentId: canary?.deploymentId,
    variables: { ...variables, ...canary?.variables },
    canary: undefined,
  });
});

test('interrupted with Ctrl-C: 130, and the lock is given up', { timeout: 120_000 }, async () => {
  const { ended } = world.spawn(...RUN, '--on-transition', killedAt('moving 50', 'INT'));
  const { exitCode, said } = await ended;
  expect([exitCode, said]).toEqual([130, expect.stringContaining('rehearsal canary run prod goes on')]);
  const rolledBack = await world.run('canary', 'rollback', 'prod');
  expect(rolledBack).toMatchObject({ exitCode: 0 });
  expect((await world.served()).canary).toBeUndefined();
});

test('a stage that was changed while nobody was there is not gone on with, unless somebody says so', {
  timeout: 60_000,
}, async () => {
  const { ended } = world.spawn(...RUN, '--on-transition', killedAt('moving 50', 'KILL'));
  await ended;
  await world.release(10, { backend: apis[0]?.address ?? '' });
  const refused = await world.run(...RUN, '--take-over');
  expect([refused.exitCode, refused.said]).toEqual([3, expect.stringContaining('--afresh')]);
  expect(await world.run(...RUN, '--afresh')).toMatchObject({ exitCode: 0 });
});
