/** Held against the local API Gateway, whose answers to these patches are recorded ones, by AWS's own client. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Connected, connect } from '../../local/control/control-client.fixture.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type CanaryStage, newCanaryStage, planeOf } from './canary-stage.fixture.ts';
import { endCanary, promote, readRelease, setPercent, undoPromotion } from './operations.ts';

let connected: Connected;
let planes: ControlPlane[] = [];
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());
afterEach(() => {
  for (const plane of planes) plane.destroy();
  planes = [];
});

async function made(): Promise<CanaryStage> {
  const plane = await planeOf(connected.endpoint);
  planes.push(plane);
  return newCanaryStage(plane);
}

const patch = (stage: CanaryStage, path: string, value: string) => {
  const { plane, apiId, stageName } = stage;
  const patchOperations = [{ op: 'replace' as const, path, value }];
  return plane.updateStage({ restApiId: apiId, stageName, patchOperations });
};

/** The bodies of the updates that are sent; the first may be lost on the way back. */
function listen(stage: CanaryStage, lose = false): readonly unknown[] {
  const sent: unknown[] = [];
  stage.plane.middlewareStack.add(
    (next, context) => async args => {
      if (context['commandName'] !== 'UpdateStageCommand') return next(args);
      sent.push((args.input as { patchOperations: unknown }).patchOperations);
      const answer = await next(args);
      if (lose && sent.length === 1) throw new Error('socket hang up');
      return answer;
    },
    { step: 'initialize', name: 'listen', override: true },
  );
  return sent;
}

describe('what a canary goes through', () => {
  test('its state is read as it is', async () => {
    const stage = await made();
    expect(await readRelease(stage)).toEqual(stage.release);
  });

  test('its share of the requests changes, and nothing else', async () => {
    const stage = await made();
    const sent = listen(stage);
    const more = await setPercent(stage, stage.release, 25);
    expect(more).toEqual({ ...stage.release, canary: { ...stage.release.canary, percentTraffic: 25 } });
    expect((await setPercent(stage, more, 12.5)).canary?.percentTraffic).toBe(12.5);
    expect(sent).toEqual([
      [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '25.0' }],
      [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '12.5' }],
    ]);
  });

  test('9.2: it is promoted by one patch of three operations, and then ended by a call of its own', async () => {
    const stage = await made();
    const sent = listen(stage);
    const { canary } = stage.release;
    const after = await promote(stage, stage.release);
    expect(after).toEqual({
      deploymentId: canary?.deploymentId,
      variables: { backend: 'new.example', color: 'blue', flag: 'on' },
      canary: { ...canary, percentTraffic: 0 },
    });
    expect(await endCanary(stage, after)).toEqual({ ...after, canary: undefined });
    expect(sent).toEqual([
      [
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
        { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
        { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      ],
      [{ op: 'remove', path: '/canarySettings' }],
    ]);
  });

  test('it is rolled back, and production is what it was', async () => {
    const stage = await made();
    expect(await endCanary(stage, stage.release)).toEqual({ ...stage.release, canary: undefined });
    expect(await readRelease(stage)).toEqual({ ...stage.release, canary: undefined });
  });

  test('a promotion is undone: the deployment, and each variable by its name', async () => {
    const stage = await made();
    const sent = listen(stage);
    const after = await endCanary(stage, await promote(stage, stage.release));
    expect(await undoPromotion(stage, after, stage.release)).toEqual({
      ...stage.release,
      canary: undefined,
    });
    expect(sent.at(-1)).toEqual([
      { op: 'replace', path: '/deploymentId', value: stage.release.deploymentId },
      { op: 'replace', path: '/variables/backend', value: 'old.example' },
      { op: 'remove', path: '/variables/flag' },
    ]);
  });
});

describe('a change is made once, and to what its maker knows', () => {
  test('what is as wanted already is left alone', async () => {
    const stage = await made();
    const sent = listen(stage);
    await setPercent(stage, stage.release, 10);
    const after = await promote(stage, stage.release);
    expect(await promote(stage, stage.release)).toEqual(after);
    expect(sent).toHaveLength(1);
  });

  test('a change whose answer is lost counts as made', async () => {
    const stage = await made();
    const sent = listen(stage, true);
    expect((await setPercent(stage, stage.release, 50)).canary?.percentTraffic).toBe(50);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['/variables/color', 'red', 'the variable color has another value'],
    ['/canarySettings/percentTraffic', '80', 'the percentage of the canary is 80 and not 10'],
    ['/canarySettings/useStageCache', 'true', 'useStageCache of the canary is true and not false'],
    ['/canarySettings/stageVariableOverrides/flag', 'off', "the canary's variable flag has another value"],
  ])('somebody else changed %s meanwhile: nothing is changed', async (path, value, words) => {
    const stage = await made();
    await patch(stage, path, value);
    const there = await readRelease(stage);
    for (const refused of [
      setPercent(stage, stage.release, 50),
      promote(stage, stage.release),
      endCanary(stage, stage.release),
    ]) {
      await expect(refused).rejects.toMatchObject({
        code: 'CANARY_CHANGED',
        message: expect.stringContaining(words),
      });
    }
    expect(await readRelease(stage)).toEqual(there);
  });

  test('a guard that refuses stops the change', async () => {
    const stage = await made();
    const guard = (): Promise<void> => Promise.reject(new Error('no'));
    await expect(promote(stage, stage.release, { guard })).rejects.toThrow('no');
    expect(await readRelease(stage)).toEqual(stage.release);
  });

  test('a stage without a canary has none to change', async () => {
    const stage = await made();
    const bare = await endCanary(stage, stage.release);
    await expect(setPercent(stage, bare, 5)).rejects.toMatchObject({ code: 'CANARY_NONE' });
    await expect(promote(stage, bare)).rejects.toMatchObject({ code: 'CANARY_NONE' });
  });

  test('what the control plane refuses is told as it says it, and changes nothing', async () => {
    const stage = await made();
    await expect(setPercent(stage, stage.release, 101)).rejects.toThrow('between 0.0 and 100.0');
    const gone = undoPromotion(stage, stage.release, { deploymentId: 'gone01', variables: {} });
    await expect(gone).rejects.toThrow('The deployment gone01 that prod served before is gone');
    expect(await readRelease(stage)).toEqual(stage.release);
  });

  test('a change that is taken and not made is found out', async () => {
    const stage = await made();
    stage.plane.middlewareStack.add(
      (next, context) => args =>
        context['commandName'] === 'UpdateStageCommand'
          ? Promise.resolve({ output: { $metadata: {} }, response: {} })
          : next(args),
      { step: 'initialize', name: 'listen', override: true },
    );
    await expect(endCanary(stage, stage.release)).rejects.toMatchObject({
      code: 'CANARY_UNVERIFIED',
      message: expect.stringContaining('there is a canary'),
    });
  });
});
