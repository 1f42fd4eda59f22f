/** Deployments, stages and canaries as AWS's own client sends and reads them. What they mean is held by the tests of each. */
import {
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  GetStagesCommand,
  type PatchOperation,
  PutIntegrationCommand,
  paginateGetDeployments,
  UpdateDeploymentCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newMethod, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

/** An API that can be deployed, by its id. */
async function deployable(): Promise<string> {
  const method = await newMethod(connected.client);
  await connected.client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  return method.restApiId;
}

async function deployed(restApiId: string): Promise<string> {
  return (await connected.client.send(new CreateDeploymentCommand({ restApiId }))).id ?? '';
}

const update = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateStageCommand({ restApiId, stageName: 'v1', patchOperations }));

test('8.1: deployments are made, described, summed up, listed in pages and deleted', async () => {
  const { client } = connected;
  const restApiId = await deployable();
  const created = client.send(new CreateDeploymentCommand({ restApiId, description: 'first' }));
  expect(await statusOf(created)).toBe(201);
  const first = await bodyOf(created);
  expect(first).toStrictEqual({
    id: expect.stringMatching(/^[a-z0-9]{6}$/),
    description: 'first',
    createdDate: new Date(1_700_000_000_000),
  });
  const where = { restApiId, deploymentId: first.id };
  const patchOperations: PatchOperation[] = [{ op: 'replace', path: '/description', value: 'one' }];
  const updated = client.send(new UpdateDeploymentCommand({ ...where, patchOperations }));
  expect((await updated).description).toBe('one');
  const whole = await client.send(new GetDeploymentCommand({ ...where, embed: ['apisummary'] }));
  expect(whole.apiSummary).toEqual({ '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } });

  const second = await deployed(restApiId);
  const { items } = await client.send(new GetDeploymentsCommand({ restApiId }));
  expect(items).toHaveLength(2);
  const paged: (string | undefined)[] = [];
  for await (const page of paginateGetDeployments({ client, pageSize: 1 }, { restApiId })) {
    paged.push(...(page.items ?? []).map(({ id }) => id));
  }
  expect(paged.toSorted()).toEqual([first.id, second].toSorted());

  expect(await statusOf(client.send(new DeleteDeploymentCommand(where)))).toBe(202);
  expect(await refusalOf(client.send(new GetDeploymentCommand(where)))).toMatch(/^NotFoundException/);
});

test('8.2: a stage is made, read, listed and deleted, and keeps its deployment', async () => {
  const { client } = connected;
  const restApiId = await deployable();
  const deploymentId = await deployed(restApiId);
  const stage = { restApiId, stageName: 'v1' };
  const created = client.send(
    new CreateStageCommand({ ...stage, deploymentId, variables: { color: 'blue' }, tracingEnabled: true }),
  );
  expect(await statusOf(created)).toBe(201);
  const body = await bodyOf(created);
  expect(body).toStrictEqual({
    stageName: 'v1',
    deploymentId,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    variables: { color: 'blue' },
    tracingEnabled: true,
    createdDate: new Date(1_700_000_000_000),
    lastUpdatedDate: new Date(1_700_000_000_000),
  });
  expect(await bodyOf(client.send(new GetStageCommand(stage)))).toStrictEqual(body);
  const { item } = await client.send(new GetStagesCommand({ restApiId, deploymentId }));
  expect(item).toStrictEqual([body]);
  expect(await refusalOf(client.send(new DeleteDeploymentCommand({ restApiId, deploymentId })))).toBe(
    'BadRequestException: Active stages pointing to this deployment must be moved or deleted',
  );
  expect(await statusOf(client.send(new DeleteStageCommand(stage)))).toBe(202);
  expect(await refusalOf(client.send(new GetStageCommand(stage)))).toBe(
    'NotFoundException: Invalid Stage identifier specified',
  );
});

test('9.2: a canary is released, promoted by one patch of three operations, and taken away', async () => {
  const { client } = connected;
  const restApiId = await deployable();
  await client.send(
    new CreateDeploymentCommand({ restApiId, stageName: 'v1', variables: { a: 'old', b: 'both' } }),
  );
  const { id: canary } = await client.send(
    new CreateDeploymentCommand({
      restApiId,
      stageName: 'v1',
      canarySettings: { percentTraffic: 10.5, stageVariableOverrides: { a: 'new' } },
    }),
  );
  const before = await client.send(new GetStageCommand({ restApiId, stageName: 'v1' }));
  expect(before.deploymentId).not.toBe(canary);
  expect(before.canarySettings).toEqual({
    deploymentId: canary,
    percentTraffic: 10.5,
    stageVariableOverrides: { a: 'new' },
    useStageCache: false,
  });
  const promoted = await update(
    restApiId,
    { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
    { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
    { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
  );
  expect(promoted).toMatchObject({ deploymentId: canary, variables: { a: 'new', b: 'both' } });
  expect(promoted.canarySettings?.percentTraffic).toBe(0);
  const done = await update(restApiId, { op: 'remove', path: '/canarySettings' });
  expect(done).not.toHaveProperty('canarySettings');
  expect(done.deploymentId).toBe(canary);
});

test('8.3: method settings are patched by their paths', async () => {
  const restApiId = await deployable();
  await connected.client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const { methodSettings } = await update(
    restApiId,
    { op: 'replace', path: '/*/*/logging/loglevel', value: 'INFO' },
    { op: 'replace', path: '/~1/GET/throttling/burstLimit', value: '12' },
  );
  expect(methodSettings?.['*/*']).toMatchObject({ loggingLevel: 'INFO', throttlingBurstLimit: 5000 });
  expect(Object.values(methodSettings ?? {}).map(each => each.throttlingBurstLimit)).toContain(12);
});
