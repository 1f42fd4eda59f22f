/** Each patch path of a stage, and each bound of what it takes (apigateway.md 8.2 to 8.4, 9.1). */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Asked, type Control, control } from './control.fixture.ts';

let aws: Control;
let stages: string;
let deploymentId: string;
beforeEach(() => {
  aws = control();
  const base = `/restapis/${aws.api()}`;
  stages = `${base}/stages`;
  deploymentId = aws.ask('POST', `${base}/deployments`, {}).body.id;
  aws.ask('POST', stages, { stageName: 'dev', deploymentId });
});

const patch = (...patchOperations: readonly object[]): Asked =>
  aws.ask('PATCH', `${stages}/dev`, { patchOperations });
const replace = (path: string, value: string): object => ({ op: 'replace', path, value });
const stage = (): Asked['body'] => aws.ask('GET', `${stages}/dev`).body;

const DEFAULTS = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

test.each<readonly [setting: string, value: string, changed: object]>([
  ['metrics/enabled', 'true', { metricsEnabled: true }],
  ['logging/loglevel', 'OFF', { loggingLevel: 'OFF' }],
  ['logging/loglevel', 'ERROR', { loggingLevel: 'ERROR' }],
  ['logging/loglevel', 'INFO', { loggingLevel: 'INFO' }],
  ['logging/dataTrace', 'true', { dataTraceEnabled: true }],
  ['throttling/burstLimit', '12', { throttlingBurstLimit: 12 }],
  ['throttling/rateLimit', '12.5', { throttlingRateLimit: 12.5 }],
  ['caching/enabled', 'true', { cachingEnabled: true }],
  ['caching/ttlInSeconds', '0', { cacheTtlInSeconds: 0 }],
  ['caching/ttlInSeconds', '3600', { cacheTtlInSeconds: 3600 }],
  ['caching/dataEncrypted', 'true', { cacheDataEncrypted: true }],
  ['caching/requireAuthorizationForCacheControl', 'false', { requireAuthorizationForCacheControl: false }],
  ...['FAIL_WITH_403', 'SUCCEED_WITHOUT_RESPONSE_HEADER'].map(
    strategy =>
      [
        'caching/unauthorizedCacheControlHeaderStrategy',
        strategy,
        { unauthorizedCacheControlHeaderStrategy: strategy },
      ] as const,
  ),
])('8.3: %s of %s, for all methods and for one', (setting, value, changed) => {
  for (const [path, key] of [
    ['/*/*', '*/*'],
    ['/~1pets~1{id}/GET', 'pets/{id}/GET'],
  ]) {
    expect(patch(replace(`${path}/${setting}`, value)).body.methodSettings).toEqual({
      [key ?? '']: { ...DEFAULTS, ...changed },
    });
    patch({ op: 'remove', path });
  }
  expect(stage().methodSettings).toEqual({});
});

test.each(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'])('8.3: a cache of %s GB', size => {
  expect(patch(replace('/cacheClusterSize', size)).body.cacheClusterSize).toBe(size);
});

test.each(['1', '', 'large'])('8.3: no cache has %j GB', size => {
  expect(patch(replace('/cacheClusterSize', size)).status).toBe(400);
  expect(stage()).not.toHaveProperty('cacheClusterSize');
});

test('8.3: access logs are added and replaced by their members, and the whole goes at once', () => {
  const path = '/accessLogSettings/destinationArn';
  patch({ op: 'add', path, value: 'one' }, replace('/accessLogSettings/format', '$context.requestId'));
  expect(patch(replace(path, 'two')).body.accessLogSettings).toEqual({
    destinationArn: 'two',
    format: '$context.requestId',
  });
  for (const format of ['$context.extendedRequestId\n', '{"id":"$context.requestId"}']) {
    expect(patch(replace('/accessLogSettings/format', format)).status).toBe(200);
  }
  // One line, which names the request (10.4).
  for (const format of ['$context.requestId\n$context.status', '$context.status', '']) {
    expect(patch(replace('/accessLogSettings/format', format)).status).toBe(400);
  }
  expect(patch({ op: 'remove', path: '/accessLogSettings' }).body).not.toHaveProperty('accessLogSettings');
});

test('8.3: the members of a stage take no operation but replace', () => {
  for (const path of ['/deploymentId', '/description', '/tracingEnabled', '/cacheClusterEnabled']) {
    expect(patch({ op: 'add', path, value: 'true' }).status).toBe(400);
    expect(patch({ op: 'remove', path }).status).toBe(400);
  }
});

test('8.3: a patch that fails at its end has changed nothing', () => {
  const before = stage();
  const { status } = patch(
    replace('/variables/a', '1'),
    replace('/*/*/metrics/enabled', 'true'),
    replace('/canarySettings/percentTraffic', '5'),
    replace('/nowhere', 'x'),
  );
  expect(status).toBe(400);
  expect(stage()).toEqual(before);
});

test('8.2: names of stages have 1 to 128 letters, digits, hyphens and underscores', () => {
  const create = (stageName: string): number => aws.ask('POST', stages, { stageName, deploymentId }).status;
  for (const name of ['a', 'A_b-9', 'x'.repeat(128)]) expect([name, create(name)]).toEqual([name, 201]);
  for (const name of ['', 'x'.repeat(129), 'a.b', 'ä', 'a b'])
    expect([name, create(name)]).toEqual([name, 400]);
});

describe('8.4: stage variables', () => {
  const set = (name: string, value: string): number => patch(replace(`/variables/${name}`, value)).status;

  test('8.4: names have 64 letters, digits and underscores at most, values 512 of theirs', () => {
    expect(set('x'.repeat(64), 'v'.repeat(512))).toBe(200);
    expect(set('A_z9', 'a-Z0.9_~:/?#&=,')).toBe(200);
    for (const [name, value] of [
      ['x'.repeat(65), 'v'],
      ['a', 'v'.repeat(513)],
      ['a', ''],
      ['a', 'a b'],
      ['a', 'a;b'],
      ['a.b', 'v'],
      ['ä', 'v'],
    ] as const) {
      expect([name, value, set(name, value)]).toEqual([name, value, 400]);
    }
  });

  test('8.4: a stage has 100 of them, whichever way they come', () => {
    const variables = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_item, at) => [`v${at}`, 'x']));
    const create = (stageName: string, count: number): number =>
      aws.ask('POST', stages, { stageName, deploymentId, variables: variables(count) }).status;
    expect([create('full', 100), create('over', 101)]).toEqual([201, 400]);
    for (let at = 0; at < 100; at += 1) expect(set(`v${at}`, 'x')).toBe(200);
    expect(set('v100', 'x')).toBe(400);
    expect(set('v99', 'y')).toBe(200);
  });
});

describe('9: what a canary takes', () => {
  test('9.1: a stage is made with a canary of its own deployment in one call', () => {
    const canarySettings = { deploymentId, percentTraffic: 10.5, useStageCache: true };
    const given = { ...canarySettings, stageVariableOverrides: { a: 'b' } };
    expect(aws.ask('POST', stages, { stageName: 'both', deploymentId, canarySettings: given })).toMatchObject(
      { status: 201, body: { deploymentId, canarySettings: given } },
    );
  });

  test('8.3: useStageCache is replaced by a text', () => {
    patch(replace('/canarySettings/percentTraffic', '1'));
    const cached = (value: string): unknown =>
      patch(replace('/canarySettings/useStageCache', value)).body.canarySettings.useStageCache;
    expect([cached('true'), cached('false')]).toEqual([true, false]);
  });

  test.each(['0.0', '0', '100', '100.0', '33.3'])('9.3: %s percent', share => {
    expect(patch(replace('/canarySettings/percentTraffic', share)).body.canarySettings.percentTraffic).toBe(
      Number(share),
    );
  });

  test('9.2: /canary is a slip of the guide, and no path', () => {
    expect(patch(replace('/canary/percentTraffic', '0.0')).body.message).toMatch(
      /^Invalid method setting path: \/canary\/percentTraffic\. Must be one of: \[/,
    );
  });

  test('9.2: copying overrides that a canary does not have is harmless', () => {
    patch(replace('/variables/a', '1'), replace('/canarySettings/percentTraffic', '1'));
    const copy = { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' };
    expect(patch(copy)).toMatchObject({ status: 200, body: { variables: { a: '1' } } });
  });

  test('9.2: promotion may be undone, by the old deployment and the old variables', () => {
    const base = stages.replace('/stages', '');
    patch(replace('/variables/a', 'old'));
    const canarySettings = { percentTraffic: 50, stageVariableOverrides: { a: 'new' } };
    const { id } = aws.ask('POST', `${base}/deployments`, { stageName: 'dev', canarySettings }).body;
    const promoted = patch(
      replace('/canarySettings/percentTraffic', '0.0'),
      { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
      { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
    ).body;
    expect([promoted.deploymentId, promoted.variables]).toEqual([id, { a: 'new' }]);
    const undone = patch(replace('/deploymentId', deploymentId), replace('/variables/a', 'old')).body;
    expect([undone.deploymentId, undone.variables]).toEqual([deploymentId, { a: 'old' }]);
  });
});
