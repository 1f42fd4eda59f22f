import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Asked, type Control, control } from './control.fixture.ts';

let aws: Control;
let stages: string;
let first: string;
let second: string;
beforeEach(() => {
  aws = control();
  const base = `/restapis/${aws.api()}`;
  stages = `${base}/stages`;
  first = aws.ask('POST', `${base}/deployments`, {}).body.id;
  second = aws.ask('POST', `${base}/deployments`, {}).body.id;
});

const create = (input: object): Asked =>
  aws.ask('POST', stages, { stageName: 'dev', deploymentId: first, ...input });
const patch = (...patchOperations: readonly object[]): Asked =>
  aws.ask('PATCH', `${stages}/dev`, { patchOperations });
const replace = (path: string, value?: string): object => ({ op: 'replace', path, value });
const stage = (): Asked['body'] => aws.ask('GET', `${stages}/dev`).body;

describe('CreateStage (8.2)', () => {
  test('shows what is always there, and what was given', () => {
    expect(create({}).body).toEqual({
      stageName: 'dev',
      deploymentId: first,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      tracingEnabled: false,
      createdDate: expect.any(Number),
      lastUpdatedDate: expect.any(Number),
    });
    const given = {
      stageName: 'full',
      description: 'dev stage',
      variables: { testVar: 'default' },
      tags: { owner: 'us' },
    };
    expect(
      create({ ...given, canarySettings: { deploymentId: second, percentTraffic: 10.5 } }),
    ).toMatchObject({
      status: 201,
      body: {
        ...given,
        canarySettings: { deploymentId: second, percentTraffic: 10.5, useStageCache: false },
      },
    });
  });

  test.each([
    [{ deploymentId: 'nope' }, 400, 'BadRequestException', 'Deployment id does not exist'],
    [
      { canarySettings: { deploymentId: 'nope' } },
      400,
      'BadRequestException',
      'Deployment id does not exist',
    ],
    [{ stageName: 'a/b' }, 400, 'BadRequestException', 'Stage name only allows a-zA-Z0-9_-'],
    [{ stageName: null }, 400, 'ValidationException', undefined],
    [{ stageName: true }, 400, 'SerializationException', undefined],
    [{ variables: { a: 'b c' } }, 400, 'BadRequestException', undefined],
    [{ variables: { a: 1 } }, 400, 'SerializationException', undefined],
  ])('%j is refused', (input, status, type, message) => {
    const refused = create(input);
    expect(refused).toMatchObject({ status, type });
    if (message !== undefined) expect(refused.body.message).toBe(message);
    expect(aws.ask('GET', stages).body).toEqual({ item: [] });
  });

  test('a second one of the same name is a conflict', () => {
    create({});
    expect(create({})).toMatchObject({
      status: 409,
      type: 'ConflictException',
      body: { message: 'Stage already exists' },
    });
  });

  test('GetStages has no pages and finds those of a deployment', () => {
    for (let number = 0; number < 30; number += 1) create({ stageName: `s${number}` });
    create({ stageName: 'other', deploymentId: second });
    expect(aws.ask('GET', stages).body.item).toHaveLength(31);
    expect(aws.ask('GET', `${stages}?deploymentId=${second}`).body.item).toHaveLength(1);
    expect(aws.ask('GET', `${stages}/none`)).toMatchObject({
      status: 404,
      body: { message: 'Invalid Stage identifier specified' },
    });
  });
});

describe('UpdateStage (8.3)', () => {
  beforeEach(() => create({ description: 'dev stage', variables: { a: '1' } }));

  test('replaces its members, whose values are texts', () => {
    const { body } = patch(
      replace('/deploymentId', second),
      replace('/description', 'new'),
      replace('/tracingEnabled', 'true'),
      replace('/cacheClusterEnabled', 'true'),
      replace('/cacheClusterSize', '0.5'),
      replace('/clientCertificateId', 'abc'),
      replace('/documentationVersion', '1.0'),
    );
    expect(body).toMatchObject({
      deploymentId: second,
      description: 'new',
      tracingEnabled: true,
      cacheClusterEnabled: true,
      cacheClusterStatus: 'AVAILABLE',
      cacheClusterSize: '0.5',
      clientCertificateId: 'abc',
      documentationVersion: '1.0',
    });
    expect(stage()).toEqual(body);
  });

  test('variables are added, replaced and removed', () => {
    expect(
      patch({ op: 'add', path: '/variables/b', value: '2' }, replace('/variables/a', '3')).body.variables,
    ).toEqual({
      a: '3',
      b: '2',
    });
    patch({ op: 'remove', path: '/variables/a' }, { op: 'remove', path: '/variables/b' });
    expect(stage().variables).toBeUndefined();
    expect(patch(replace('/variables/a-b', '3')).status).toBe(400);
    expect(patch(replace('/variables/__proto__', '3')).body.variables).toEqual(
      JSON.parse('{"__proto__":"3"}'),
    );
  });

  test('access logs need a destination and a format that names the request', () => {
    const format = '{"id":"$context.requestId"}\n';
    patch({
      op: 'add',
      path: '/accessLogSettings/destinationArn',
      value: 'arn:aws:logs:us-east-1:0:log-group:a',
    });
    expect(patch(replace('/accessLogSettings/format', format)).body.accessLogSettings).toEqual({
      destinationArn: 'arn:aws:logs:us-east-1:0:log-group:a',
      format,
    });
    expect(patch(replace('/accessLogSettings/format', '')).body.message).toBe(
      'Access Log value must not be empty',
    );
    expect(patch(replace('/accessLogSettings/format', '$context.status')).status).toBe(400);
    patch({ op: 'remove', path: '/accessLogSettings' });
    expect(stage().accessLogSettings).toBeUndefined();
  });

  test('is done as a whole or not at all', () => {
    const before = stage();
    expect(patch(replace('/description', 'new'), replace('/deploymentId', 'nope'))).toMatchObject({
      status: 400,
      body: { message: 'Deployment id does not exist' },
    });
    expect(stage()).toEqual(before);
  });

  test.each([
    '/tags/a',
    '/canarySettings',
    '/unknown',
    '/stageName',
    '/lit/ANY/caching/enabled',
    '/*/*/no/such',
  ])('%s is refused with AWS’s list of paths', path => {
    const { status, body } = patch(replace(path, 'x'));
    expect(status).toBe(400);
    expect(body.message).toMatch(
      `Invalid method setting path: ${path}. Must be one of: [/deploymentId, /description, /cacheClusterEnabled`,
    );
    expect(body.message).toContain(
      '/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}',
    );
    expect(body.message).toContain('/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching');
  });
});

describe('method settings (8.3)', () => {
  beforeEach(() => create({}));

  test('the first touch of a key writes all the defaults', () => {
    expect(patch(replace('/*/*/logging/loglevel', 'INFO')).body.methodSettings).toEqual({
      '*/*': {
        metricsEnabled: false,
        loggingLevel: 'INFO',
        dataTraceEnabled: false,
        throttlingBurstLimit: 5000,
        throttlingRateLimit: 10000,
        cachingEnabled: false,
        cacheTtlInSeconds: 300,
        cacheDataEncrypted: false,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      },
    });
  });

  test('an entry begins as the general one and is not rewritten by it later', () => {
    patch(replace('/*/*/caching/enabled', 'true'), replace('/*/*/throttling/burstLimit', '123'));
    patch(replace('/test/GET/throttling/burstLimit', '124'));
    patch(replace('/*/*/throttling/burstLimit', '100'));
    expect(stage().methodSettings).toMatchObject({
      '*/*': { throttlingBurstLimit: 100, cachingEnabled: true },
      'test/GET': { throttlingBurstLimit: 124, cachingEnabled: true },
    });
  });

  test('slashes inside a path come escaped', () => {
    patch(replace('/~1a~1{b}/GET/metrics/enabled', 'true'), replace('/~1/GET/metrics/enabled', 'true'));
    expect(Object.keys(stage().methodSettings)).toEqual(['a/{b}/GET', '/GET']);
  });

  test('an entry is removed as a whole, and an absent one is an error with a blank at its end', () => {
    const absent = 'because there is no method setting for this method ';
    expect(patch({ op: 'remove', path: '/*/*' }).body.message).toBe(
      `Cannot remove method setting */* ${absent}`,
    );
    patch(replace('/~1a~1b/GET/metrics/enabled', 'true'));
    patch({ op: 'remove', path: '/~1a~1b/GET' });
    expect(stage().methodSettings).toEqual({});
  });

  test.each([
    ['logging/loglevel', 'DEBUG'],
    ['throttling/burstLimit', '1.5'],
    ['throttling/rateLimit', 'fast'],
    ['caching/ttlInSeconds', '3601'],
    ['caching/unauthorizedCacheControlHeaderStrategy', 'FAIL'],
  ])('%s of %s is refused', (setting, value) => {
    expect(patch(replace(`/*/*/${setting}`, value)).status).toBe(400);
    expect(stage().methodSettings).toEqual({});
  });
});

describe('canary releases (9)', () => {
  const promotion = [
    replace('/canarySettings/percentTraffic', '0.0'),
    { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
    { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
  ];

  test('9.1: a share of traffic makes a canary of the stage’s own deployment', () => {
    create({});
    expect(patch(replace('/canarySettings/percentTraffic', '50')).body.canarySettings).toEqual({
      deploymentId: first,
      percentTraffic: 50,
      useStageCache: false,
    });
  });

  test('9.1: a deployment makes a canary without traffic', () => {
    create({});
    expect(patch(replace('/canarySettings/deploymentId', second)).body.canarySettings).toEqual({
      deploymentId: second,
      percentTraffic: 0,
      useStageCache: false,
    });
    expect(patch({ op: 'add', path: '/canarySettings/deploymentId', value: second }).body.message).toBe(
      'Invalid add operation with path: /canarySettings/deploymentId',
    );
    expect(patch(replace('/canarySettings/deploymentId', 'nope')).body.message).toBe(
      'Deployment id does not exist',
    );
  });

  test('9.1: removing the canary leaves production as it is', () => {
    create({ variables: { a: '1' }, canarySettings: { deploymentId: second, percentTraffic: 50 } });
    const { canarySettings: _gone, lastUpdatedDate: _date, ...production } = stage();
    const { body } = patch({ op: 'remove', path: '/canarySettings' });
    expect(body).toMatchObject(production);
    expect(body.canarySettings).toBeUndefined();
  });

  test('9.2: promotion points production at the canary and merges its variables', () => {
    create({
      variables: { testVar: 'test', testVar2: 'test2' },
      canarySettings: {
        deploymentId: second,
        percentTraffic: 50,
        stageVariableOverrides: { testVar: 'override' },
      },
    });
    expect(patch(...promotion).body).toMatchObject({
      deploymentId: second,
      variables: { testVar: 'override', testVar2: 'test2' },
      canarySettings: {
        deploymentId: second,
        percentTraffic: 0,
        stageVariableOverrides: { testVar: 'override' },
      },
    });
  });

  test('9.2: without a canary there is nothing to promote, unless the same patch makes one', () => {
    create({ variables: { a: '1' } });
    expect(patch(...promotion.slice(1))).toMatchObject({
      status: 400,
      body: { message: 'Promotion not available. Canary does not exist.' },
    });
    expect(patch(...promotion).body).toMatchObject({ deploymentId: first, variables: { a: '1' } });
  });

  test('9.2: any other copy is refused', () => {
    create({ canarySettings: { deploymentId: second, percentTraffic: 50 } });
    const wrong = { op: 'copy', from: '/variables', path: '/canarySettings/stageVariableOverrides' };
    expect(patch(wrong).body.message).toBe(
      'Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    );
  });

  test('8.3: parts of a canary that is not there cannot be removed', () => {
    create({});
    for (const part of ['stageVariableOverrides', 'badPath']) {
      expect(patch({ op: 'remove', path: `/canarySettings/${part}` }).body.message).toBe(
        `Cannot remove method setting canarySettings/${part} because there is no method setting for this method `,
      );
    }
    expect(patch(replace('/canarySettings/badPath', 'x')).body.message).toMatch(
      'Invalid method setting path: /canarySettings/badPath. Must be one of: [/deploymentId,',
    );
  });

  test('8.3: overrides are set and removed one by one', () => {
    create({ canarySettings: { deploymentId: second, percentTraffic: 50 } });
    const path = '/canarySettings/stageVariableOverrides/testVar';
    expect(patch(replace(path, 'updated')).body.canarySettings.stageVariableOverrides).toEqual({
      testVar: 'updated',
    });
    expect(patch({ op: 'remove', path }).body.canarySettings).toEqual({
      deploymentId: second,
      percentTraffic: 50,
      useStageCache: false,
    });
  });

  test.each(['-0.1', '100.1', '', 'half', 'NaN'])('a share of "%s" is refused', share => {
    create({});
    expect(patch(replace('/canarySettings/percentTraffic', share)).status).toBe(400);
    expect(stage().canarySettings).toBeUndefined();
  });
});

test('whatever a patch says, it is done or refused, and a stage never points at nothing', () => {
  create({});
  const paths = fc.oneof(
    fc.constantFrom(
      '/deploymentId',
      '/canarySettings/deploymentId',
      '/canarySettings/percentTraffic',
      '/canarySettings',
      '/canarySettings/stageVariableOverrides/a',
      '/variables/a',
      '/variables',
      '/*/*/logging/loglevel',
      '/~1a/GET/throttling/burstLimit',
      '/~1a/GET',
      '/',
      '',
      '/__proto__/x',
      '/variables/__proto__',
    ),
    fc.string(),
  );
  const operation = fc.record(
    {
      op: fc.constantFrom('add', 'replace', 'remove', 'copy', 'move', 'test'),
      path: paths,
      value: fc.oneof(fc.constantFrom('50', 'INFO', first, second, 'true'), fc.string()),
      from: paths,
    },
    { requiredKeys: ['op', 'path'] },
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 6 }), operations => {
      const before = stage();
      const { status, body } = patch(...operations);
      expect([200, 400]).toContain(status);
      if (status === 400) expect(stage()).toEqual(before);
      else expect(stage()).toEqual(body);
      const { deploymentId, canarySettings } = stage();
      expect([first, second]).toContain(deploymentId);
      expect([undefined, first, second]).toContain(canarySettings?.deploymentId);
    }),
    { seed: 1, numRuns: 500 },
  );
});
