import { afterEach, expect, test } from 'vitest';
import { API_ID, ask, type Served, type Sketch, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

const mapped = (extra: Record<string, string> = {}): Sketch['methods'] => ({
  'GET /': {
    responses: {
      200: {
        responseParameters: {
          'method.response.header.Canary': 'context.isCanaryRequest',
          'method.response.header.Deployment': 'context.deploymentId',
          'method.response.header.Stage': 'context.stage',
          'method.response.header.Test': 'stageVariables.testVar',
          'method.response.header.Default': 'stageVariables.defaultVar',
          'method.response.header.None': 'stageVariables.noStageVar',
          ...extra,
        },
      },
    },
  },
});

async function canaryAt(percentTraffic: number, chances: readonly number[]): Promise<Served> {
  served = await serve(
    {
      methods: mapped(),
      stage: {
        variables: { testVar: 'default', defaultVar: 'default' },
        canarySettings: {
          deploymentId: 'second',
          percentTraffic,
          stageVariableOverrides: { testVar: 'canary', noStageVar: 'canary' },
          useStageCache: false,
        },
      },
    },
    chances,
  );
  served.deploy('second', { methods: mapped() });
  // The stage was written before its canary's deployment was.
  served.updateStage({});
  return served;
}

test('9.3: production keeps its variables, the canary sees them overlaid, and each tells its deployment', async () => {
  const { ask } = await canaryAt(50, [0.9, 0.1]);
  const { headers: production } = await ask('GET', '/');
  expect(production).toMatchObject({
    canary: 'false',
    deployment: 'first1',
    stage: 'test',
    test: 'default',
    default: 'default',
  });
  expect(production['none']).toBeUndefined();
  const { headers: canary } = await ask('GET', '/');
  expect(canary).toMatchObject({
    canary: 'true',
    deployment: 'second',
    stage: 'test',
    test: 'canary',
    default: 'default',
    none: 'canary',
  });
});

test('9.3: 0 and 100 are exact, and a fraction counts', async () => {
  await canaryAt(0, [0]);
  expect((await served.ask('GET', '/')).headers['canary']).toBe('false');
  const at = async (percentTraffic: number): Promise<unknown> => {
    const stage = served.store.get('stage', API_ID, 'test');
    if (stage?.canarySettings === undefined) throw new Error('the stage is gone');
    served.updateStage({ canarySettings: { ...stage.canarySettings, percentTraffic } });
    return (await served.ask('GET', '/')).headers['canary'];
  };
  expect(await at(0.1)).toBe('true');
  await served.close();
  await canaryAt(100, [0.999_999_999]);
  expect((await served.ask('GET', '/')).headers['canary']).toBe('true');
  expect(await at(99.9)).toBe('false');
  expect(await at(10.5)).toBe('false');
});

test('9.3: without a canary isCanaryRequest is unset, and removing the canary takes effect at once', async () => {
  await canaryAt(100, [0]);
  expect((await served.ask('GET', '/')).headers['canary']).toBe('true');
  const { canarySettings: _gone, ...stage } = served.store.get('stage', API_ID, 'test') ?? {};
  served.store.put('stage', API_ID, 'test', stage as never);
  const { headers } = await served.ask('GET', '/');
  expect([headers['canary'], headers['deployment'], headers['test']]).toEqual([
    undefined,
    'first1',
    'default',
  ]);
});

test('9.3: counters and logs of the canary are its own; its lines stand in the stage’s group too', async () => {
  await canaryAt(50, [0.9, 0.1, 0.1]);
  served.updateStage({ accessLogSettings: { format: '$context.requestId $context.deploymentId' } });
  for (const path of ['/', '/', '/nothing']) await served.ask('GET', path);
  const read = async (rest: string): Promise<unknown> =>
    JSON.parse((await ask(served.port, 'GET', `/_rehearsal/stages/${API_ID}/test/${rest}`)).body);
  expect(await read('metrics')).toMatchObject({
    apiId: API_ID,
    stageName: 'test',
    production: { deploymentId: 'first1', count: 1, '4XXError': 0, '5XXError': 0 },
    canary: { deploymentId: 'second', count: 2, '4XXError': 1, '5XXError': 0, latency: { count: 2 } },
  });
  const deployments = async (rest: string): Promise<unknown> =>
    ((await read(rest)) as { lines: string[] }).lines.map(line => line.split(' ')[1]);
  expect(await deployments('logs/access')).toEqual(['first1', 'second', 'second']);
  expect(await deployments('logs/access?canary=true')).toEqual(['second', 'second']);
  expect(await deployments('logs/access?lines=1')).toEqual(['second']);
});
