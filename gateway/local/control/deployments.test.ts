import { beforeEach, describe, expect, test } from 'vitest';
import { type Control, control } from './control.fixture.ts';

let aws: Control;
let api: string;
let base: string;
beforeEach(() => {
  aws = control();
  api = aws.api();
  base = `/restapis/${api}`;
});

const deploy = (input: unknown = {}) => aws.ask('POST', `${base}/deployments`, input);

describe('CreateDeployment (8.1)', () => {
  test('answers 201 with id and date, and with the description that was given', () => {
    const { status, body } = deploy();
    expect(status).toBe(201);
    expect(Object.keys(body).toSorted()).toEqual(['createdDate', 'id']);
    expect(body.id).toMatch(/^[a-z0-9]{6}$/);
    expect(deploy({ description: 'second' }).body.description).toBe('second');
    expect(aws.ask('GET', `${base}/deployments`).body.item).toHaveLength(2);
  });

  test('freezes the API: later changes of the working copy do not reach it', () => {
    const { id } = deploy().body;
    const before = aws.store.get('snapshot', api, id);
    const [root] = aws.store.list('resource', api);
    aws.store.put('resource', api, 'new', { id: 'new', path: '/new', parentId: root?.id ?? '' });
    expect(aws.store.get('snapshot', api, id)).toEqual(before);
    expect(before?.resources).toHaveLength(1);
  });

  test('a stage that is missing is created, with its variables and its description', () => {
    const { id } = deploy({
      stageName: 'dev',
      stageDescription: 'for us',
      variables: { release: 'v1' },
      tracingEnabled: true,
    }).body;
    expect(aws.ask('GET', `${base}/stages/dev`).body).toMatchObject({
      stageName: 'dev',
      deploymentId: id,
      description: 'for us',
      variables: { release: 'v1' },
      tracingEnabled: true,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
    });
  });

  test('a stage that exists is pointed at it, and keeps what was not given', () => {
    deploy({ stageName: 'dev', variables: { release: 'v1' } });
    const { id } = deploy({ stageName: 'dev' }).body;
    expect(aws.ask('GET', `${base}/stages/dev`).body).toMatchObject({
      deploymentId: id,
      variables: { release: 'v1' },
    });
  });

  test('an API without methods, or with one that has no integration, is not deployed', () => {
    const { id, rootResourceId } = aws.ask('POST', '/restapis', { name: 'empty' }).body;
    const refused = aws.ask('POST', `/restapis/${id}/deployments`, {});
    expect(refused).toMatchObject({ status: 400, type: 'BadRequestException' });
    expect(refused.body.message).toBe("The REST API doesn't contain any methods");
    aws.store.put('resource', id, rootResourceId, {
      id: rootResourceId,
      path: '/',
      resourceMethods: { GET: { httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false } },
    });
    expect(aws.ask('POST', `/restapis/${id}/deployments`, {}).body.message).toBe(
      'No integration defined for method',
    );
    expect(aws.store.list('deployment', id)).toEqual([]);
  });

  test('one that is refused for its stage leaves no deployment behind', () => {
    expect(deploy({ stageName: 'a b' }).status).toBe(400);
    expect(deploy({ stageName: 'dev', variables: { 'a-b': 'x' } }).status).toBe(400);
    expect(aws.ask('GET', `${base}/deployments`).body).toEqual({ item: [] });
    expect(aws.ask('GET', `${base}/stages`).body).toEqual({ item: [] });
  });
});

describe('canary deployments (9.1)', () => {
  const canarySettings = { percentTraffic: 50, stageVariableOverrides: { testVar: 'canary' } };

  test('go to the canary; production stays, and earlier canary settings are replaced', () => {
    const { id: first } = deploy({ stageName: 'dev', variables: { testVar: 'default' } }).body;
    const { id: second } = deploy({ stageName: 'dev', canarySettings }).body;
    expect(aws.ask('GET', `${base}/stages/dev`).body).toMatchObject({
      deploymentId: first,
      variables: { testVar: 'default' },
      canarySettings: {
        deploymentId: second,
        percentTraffic: 50,
        stageVariableOverrides: { testVar: 'canary' },
        useStageCache: false,
      },
    });
    const { id: third } = deploy({ stageName: 'dev', canarySettings: { percentTraffic: 10 } }).body;
    expect(aws.ask('GET', `${base}/stages/dev`).body).toMatchObject({
      deploymentId: first,
      canarySettings: { deploymentId: third, percentTraffic: 10, useStageCache: false },
    });
    expect(aws.ask('GET', `${base}/stages/dev`).body.canarySettings.stageVariableOverrides).toBeUndefined();
  });

  test('a plain deployment to a stage with a canary goes to the canary', () => {
    const { id: first } = deploy({ stageName: 'dev' }).body;
    deploy({ stageName: 'dev', canarySettings });
    const { id: third } = deploy({ stageName: 'dev', variables: { never: 'seen' } }).body;
    const stage = aws.ask('GET', `${base}/stages/dev`).body;
    expect(stage.deploymentId).toBe(first);
    expect(stage.variables).toBeUndefined();
    expect(stage.canarySettings).toMatchObject({ deploymentId: third, percentTraffic: 50 });
  });

  test.each([
    [
      { canarySettings },
      'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is null',
    ],
    [
      { canarySettings, stageName: '' },
      'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ',
    ],
    [
      { canarySettings, stageName: 'non-existing' },
      'Invalid deployment content specified.Stage non-existing must already be created before making a canary release deployment',
    ],
  ])('%j is refused in AWS’s words', (input, message) => {
    expect(deploy(input)).toMatchObject({ status: 400, type: 'BadRequestException', body: { message } });
    expect(aws.ask('GET', `${base}/deployments`).body).toEqual({ item: [] });
  });

  test.each([-1, 100.5])('a share of %d percent is refused', percentTraffic => {
    deploy({ stageName: 'dev' });
    expect(deploy({ stageName: 'dev', canarySettings: { percentTraffic } }).status).toBe(400);
    expect(aws.ask('GET', `${base}/stages/dev`).body.canarySettings).toBeUndefined();
  });
});

describe('reading, changing and deleting (8.1)', () => {
  test('embed=apisummary tells methods by path and verb', () => {
    const { id } = deploy().body;
    expect(aws.ask('GET', `${base}/deployments/${id}`).body.apiSummary).toBeUndefined();
    expect(aws.ask('GET', `${base}/deployments/${id}?embed=apisummary`).body.apiSummary).toEqual({
      '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } },
    });
  });

  test('only the description is replaced', () => {
    const { id } = deploy().body;
    const patch = (patchOperations: unknown) =>
      aws.ask('PATCH', `${base}/deployments/${id}`, { patchOperations });
    expect(patch([{ op: 'replace', path: '/description', value: 'one' }]).body.description).toBe('one');
    expect(patch([{ op: 'replace', path: '/id', value: 'x' }]).body.message).toBe(
      "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description]",
    );
    expect(patch([{ op: 'add', path: '/description', value: 'x' }]).body.message).toBe(
      "Invalid patch path  '/description' specified for op 'add'. Please choose supported operations",
    );
    expect(patch([{ op: 'wrong', path: '/description', value: 'x' }])).toMatchObject({
      status: 400,
      type: 'ValidationException',
    });
  });

  test('one that a stage or a canary points at is not deleted', () => {
    const { id: first } = deploy({ stageName: 'dev' }).body;
    const { id: second } = deploy({ stageName: 'dev', canarySettings: { percentTraffic: 1 } }).body;
    for (const id of [first, second]) {
      expect(aws.ask('DELETE', `${base}/deployments/${id}`)).toMatchObject({
        status: 400,
        body: { message: 'Active stages pointing to this deployment must be moved or deleted' },
      });
    }
    expect(aws.ask('DELETE', `${base}/stages/dev`).status).toBe(202);
    expect(aws.ask('DELETE', `${base}/deployments/${first}`).status).toBe(202);
    expect(aws.ask('GET', `${base}/deployments/${first}`)).toMatchObject({
      status: 404,
      type: 'NotFoundException',
    });
    expect(aws.store.get('snapshot', api, first)).toBeUndefined();
  });
});
