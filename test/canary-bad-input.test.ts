/** What nobody can make sense of, or may not do: each told in a sentence, with the right exit code and the stage as it was. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newWorld, type World } from './canary/canary-world.ts';
import { type SmallApi, serveSmall, smallDocument } from './canary/small-api.ts';

let api: SmallApi;
let world: World;
beforeEach(async () => {
  api = await serveSmall();
  world = await newWorld({
    document: smallDocument(),
    backend: api.address,
    stages: { server: { provider: 'url', url: `http://${api.address}` } },
  });
});
afterEach(async () => {
  await world.close();
  await api.close();
});

const releaseOne = () => world.release(10, { backend: api.address, flag: 'on' });

async function refused(exitCode: number, ...args: readonly string[]): Promise<string> {
  const before = await world.served();
  const ended = await world.run('canary', ...args);
  expect([ended.exitCode, ended.said]).toEqual([exitCode, expect.stringMatching(/^error: /m)]);
  expect(ended.said).not.toMatch(/ {4}at |fault in rehearsal/);
  expect(await world.served()).toEqual(before);
  return ended.said;
}

describe('words', () => {
  test.each([
    ['0,50', 'with 0 % there is nothing of the canary to judge'],
    ['5,100', 'with 100 % there is nothing left to compare the canary with'],
    ['5,101', 'each from above 0 to below 100'],
    ['-5', 'each from above 0 to below 100'],
    ['50,25', 'each more than the one before'],
    ['5,,50', 'has none'],
    ['five', 'has none'],
  ])('--steps %s', async (steps, words) => {
    await releaseOne();
    expect(await refused(2, 'run', 'prod', `--steps=${steps}`)).toContain(words);
  });

  test.each([
    [['run', 'prod', '--then', 'pray'], '--then takes promote or hold, not "pray"'],
    [['check', 'prod', '--alpha', '1.5'], '--alpha takes a number above 0 and below 0.5'],
    [['check', 'prod', '--max-minutes', '0'], '--max-minutes takes minutes'],
    [['check', 'prod', '--reporter', 'jsn'], 'did you mean "json"'],
    [['promot', 'prod'], 'did you mean "promote"?'],
    [['run', 'prd'], 'did you mean "prod"?'],
    [['run', 'server'], 'cannot have a canary'],
  ])('%s', async (args, words) => {
    await releaseOne();
    expect(await refused(2, ...args)).toContain(words);
  });
});

describe('stages', () => {
  test('without a canary', async () => {
    for (const action of ['check', 'run', 'promote', 'rollback'])
      expect(await refused(2, action, 'prod')).toContain('rehearsal deploy prod --canary PERCENT');
  });

  test('whose canary was made by hand and serves what production serves', async () => {
    const patchOperations = [{ op: 'replace' as const, path: '/canarySettings/percentTraffic', value: '30' }];
    await world.plane.updateStage({ restApiId: world.apiId, stageName: 'prod', patchOperations });
    expect(await refused(2, 'run', 'prod')).toContain('serves what production serves');
    expect(await world.run('canary', 'rollback', 'prod')).toMatchObject({ exitCode: 0 });
  });

  test('whose canary was made by hand and shares the cache', async () => {
    await releaseOne();
    const patchOperations = [
      { op: 'replace' as const, path: '/canarySettings/useStageCache', value: 'true' },
    ];
    await world.plane.updateStage({ restApiId: world.apiId, stageName: 'prod', patchOperations });
    const { said } = await world.run('canary', 'run', 'prod', '--steps', '50', '--max-requests', '5');
    expect(said).toContain('warning: the canary uses the cache of the stage');
    expect((await world.served()).canary).toMatchObject({ percentTraffic: 10, useStageCache: true });
  });

  test('whose deployment before the promotion is gone by now', async () => {
    const { deploymentId } = await releaseOne();
    expect(await world.run('canary', 'promote', 'prod')).toMatchObject({ exitCode: 0 });
    await world.plane.deleteDeployment({ restApiId: world.apiId, deploymentId });
    expect(await refused(2, 'rollback', 'prod')).toContain(
      `The deployment ${deploymentId} that prod served before`,
    );
    // What cannot be done is not gone on with either.
    await releaseOne();
    expect(await world.run('canary', 'promote', 'prod')).toMatchObject({ exitCode: 0 });
  });

  test('of the API of another document', async () => {
    await releaseOne();
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${world.apiId}`;
    await world.plane.tagResource({ resourceArn, tags: { 'rehearsal:document': 'other' } });
    world.configure({ apis: { api: world.apiId } });
    expect(await refused(2, 'promote', 'prod')).toContain(`The REST API ${world.apiId} is not one of api`);
  });
});

describe('what IAM does not allow is named', () => {
  test.each([
    ['GetStage', 'GET', /\/stages\/prod$/, 'apigateway:GET'],
    ['GetTags', 'GET', /\/tags\//, 'apigateway:GET'],
    ['TagResource', 'PUT', /\/tags\//, 'apigateway:PUT'],
    ['UpdateStage', 'PATCH', /\/stages\/prod$/, 'apigateway:PATCH'],
  ])('%s', async (operation, verb, pattern, action) => {
    await releaseOne();
    world.relay.mishap = (method, url) =>
      method === verb && pattern.test(url)
        ? { status: 403, type: 'AccessDeniedException', message: 'User: ann is not authorized' }
        : undefined;
    const said = await refused(3, 'promote', 'prod');
    expect(said).toContain(operation);
    expect(said).toContain(action);
  });

  test('and whoever may not write tags does without the lock', async () => {
    await releaseOne();
    world.relay.mishap = (_method, url) =>
      /\/tags\//.test(url)
        ? { status: 403, type: 'AccessDeniedException', message: 'User: ann is not authorized' }
        : undefined;
    expect(await world.run('canary', 'promote', 'prod', '--no-lock')).toMatchObject({ exitCode: 0 });
  });
});
