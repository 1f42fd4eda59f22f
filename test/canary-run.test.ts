/** `rehearsal canary` from end to end, over real HTTP: what it comes to, and what the stage serves then. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Transition } from '../gateway/stages/stage.ts';
import { newWorld, type World, type WorldOptions } from './canary/canary-world.ts';
import { type Manner, type SmallApi, serveSmall, smallDocument } from './canary/small-api.ts';

let open: { readonly close: () => Promise<void> }[];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  for (const one of open.toReversed()) await one.close();
  vi.unstubAllEnvs();
});

async function serving(manner?: Manner): Promise<SmallApi> {
  const api = await serveSmall(manner);
  open.push(api);
  return api;
}

async function worldOf(
  baseline: SmallApi,
  canary: string,
  options: Partial<WorldOptions> = {},
): Promise<World> {
  const world = await newWorld({ document: smallDocument(), backend: baseline.address, ...options });
  open.push(world);
  await world.release(10, { backend: canary });
  return world;
}

const RUN = ['canary', 'run', 'prod', '--steps', '50'];
const QUICK = ['--steps', '50', '--margin', '0.05', '--no-sequences'];

describe('a healthy canary', () => {
  test('is promoted step by step, tested again, and nothing is left of it', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    const { variables, canary } = await world.served();
    const ended = await world.run(
      'canary',
      'run',
      'prod',
      '--steps',
      '20,50',
      '--margin',
      '0.1',
      '--no-latency',
    );
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.said).toMatch(
      /20 % of[\s\S]*promote: [\s\S]*50 % of[\s\S]*promoted: The canary is production now\.\n$/,
    );
    expect(await world.served()).toEqual({
      deploymentId: canary?.deploymentId,
      variables: { ...variables, ...canary?.variables },
      canary: undefined,
    });
    const status = await world.run('canary', 'status', 'prod', '--json');
    expect(JSON.parse(status.said)).toMatchObject({
      canary: null,
      lock: null,
      lastRun: { steps: [20, 50], phase: { kind: 'ended', outcome: 'promoted' } },
    });
  });

  test('is promoted too where it fails as often as the baseline', { timeout: 120_000 }, async () => {
    const manner = { failsEvery: 25 };
    const world = await worldOf(await serving(manner), (await serving(manner)).address);
    const { exitCode, said } = await world.run(...RUN, '--margin', '0.1', '--no-latency');
    expect([exitCode, said]).toEqual([0, expect.stringContaining('promoted: ')]);
  });

  test('is held where somebody wants that, and promoted by hand', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    const held = await world.run('canary', 'run', 'prod', ...QUICK, '--then', 'hold', '--no-latency');
    expect(held.exitCode).toBe(0);
    const { canary } = await world.served();
    expect(canary?.percentTraffic).toBe(50);
    expect((await world.run('canary', 'check', 'prod', '--margin', '0.05', '--no-latency')).exitCode).toBe(0);
    expect(await world.run('canary', 'promote', 'prod')).toMatchObject({ exitCode: 0 });
    expect(await world.served()).toMatchObject({ deploymentId: canary?.deploymentId, canary: undefined });
  });

  test('is taken back by hand after its promotion, from what was saved before it', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    const before = await world.served();
    await world.run('canary', 'promote', 'prod');
    expect(await world.run('canary', 'rollback', 'prod')).toMatchObject({ exitCode: 0 });
    expect(await world.served()).toEqual({ ...before, canary: undefined });
    expect(await world.run('canary', 'rollback', 'prod')).toMatchObject({ exitCode: 2 });
  });
});

describe('a canary that is rolled back', () => {
  test('takes half as long again', { timeout: 120_000 }, async () => {
    const world = await worldOf(await serving({ ms: 80 }), (await serving({ ms: 120 })).address);
    const { exitCode, said } = await world.run(...RUN, '--depth', 'examples', '--concurrency', '2');
    expect([exitCode, said]).toEqual([1, expect.stringContaining('times as long as the baseline')]);
    expect((await world.served()).canary).toBeUndefined();
  });

  test('breaks only once it is production, and is taken back', { timeout: 120_000 }, async () => {
    let production = false;
    const onTransition = ({ kind }: Transition): void => {
      production ||= kind === 'promoting';
    };
    const baseline = await serving();
    const canary = await serving({ fails: () => production });
    const world = await worldOf(baseline, canary.address, { config: { hooks: { onTransition } } });
    const before = await world.served();
    const { exitCode, said } = await world.run('canary', 'run', 'prod', ...QUICK, '--no-latency');
    expect([exitCode, said]).toEqual([
      1,
      expect.stringContaining('promoted and taken back: After the promotion'),
    ]);
    expect(await world.served()).toEqual({ ...before, canary: undefined });
  });

  test('is sent to a back end that is not there, by a variable of its own', async () => {
    const world = await worldOf(await serving(), '127.0.0.1:1');
    const { exitCode, said } = await world.run('canary', 'run', 'prod', ...QUICK);
    expect([exitCode, said]).toEqual([1, expect.stringContaining('rolled back: ')]);
    expect((await world.served()).canary).toBeUndefined();
  });
});

describe('nothing is decided, and the stage is as it was', () => {
  const untouched = async (world: World, ...args: readonly string[]): Promise<string> => {
    const before = await world.served();
    const { exitCode, said } = await world.run('canary', 'run', 'prod', ...QUICK, ...args);
    expect([exitCode, said]).toEqual([3, expect.any(String)]);
    expect(await world.served()).toEqual(before);
    return said;
  };

  test('where nobody can tell the sides', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    await world.plane.updateStage({
      restApiId: world.apiId,
      stageName: 'prod',
      patchOperations: [{ op: 'remove', path: '/accessLogSettings' }],
    });
    expect(await untouched(world, '--max-requests', '400')).toContain('which side');
  });

  test('where the stage is gone half-way', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    let asked = 0;
    world.relay.mishap = (_method, url) => {
      if (url.includes('/_user_request_/')) asked += 1;
      return asked > 40 && url.includes('/_user_request_/') ? 'drop' : undefined;
    };
    expect(await untouched(world)).toContain('no longer answers');
  });

  test.each([
    ['throttles', { status: 429, type: 'TooManyRequestsException', message: 'Rate exceeded' }],
    ['expired', { status: 403, type: 'ExpiredTokenException', message: 'The security token is expired' }],
    [
      'apigateway:PATCH on arn:aws:apigateway:us-east-1::/restapis/x/stages/prod',
      {
        status: 403,
        type: 'AccessDeniedException',
        message:
          'User: arn:aws:iam::1:user/ann is not authorized to perform: apigateway:PATCH on resource: arn:aws:apigateway:us-east-1::/restapis/x/stages/prod',
      },
    ],
  ])('where the control plane takes no change: %s', async (words, mishap) => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
    const world = await worldOf(await serving(), (await serving()).address);
    world.relay.mishap = method => (method === 'PATCH' ? mishap : undefined);
    expect(await untouched(world)).toContain(words);
    world.relay.mishap = () => undefined;
    const next = await world.run('canary', 'run', 'prod', ...QUICK, '--no-latency');
    expect([next.exitCode, next.said]).toEqual([0, expect.stringContaining('a run of prod was cut off')]);
  });

  test('where there is too little of everything', async () => {
    const world = await worldOf(await serving(), (await serving()).address);
    expect(await untouched(world, '--max-requests', '20')).toContain('inconclusive, and as it was before');
  });
});
