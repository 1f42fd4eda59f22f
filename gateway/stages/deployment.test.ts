import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RehearsalError } from '../../contract/errors.ts';
import { applyDeployment } from './apply-deployment.ts';
import { type Call, type FrontedPlane, frontedPlane, type Refusal } from './control-plane.fixture.ts';
import { describeRelease } from './deployment-description.ts';
import { findApi } from './find-api.ts';
import { withAllMissing } from './missing-actions.ts';
import { type DeployPlan, planDeployment, type WantedRelease } from './plan-deployment.ts';
import type { StageState } from './stage.ts';
import type { StageWishes } from './stage-changes.ts';
import { stageState } from './stage-state.ts';

let fronted: FrontedPlane;
beforeEach(async () => {
  fronted = await frontedPlane();
});
afterEach(() => fronted.close());

const WISHES: StageWishes = {
  variables: { release: 'v1' },
  secret: new Set(),
  settings: [{ place: { path: '*', verb: '*' }, settings: { throttlingRateLimit: 50 } }],
  cacheClusterSize: undefined,
  tracing: undefined,
  accessLog: undefined,
};

function release(hash: string, given: Partial<WantedRelease> = {}): WantedRelease {
  const integration = {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200', responseTemplates: { 'application/json': `"${hash}"` } } },
  };
  const get = { responses: { 200: { description: 'ok' } }, 'x-amazon-apigateway-integration': integration };
  return {
    document: 'pets',
    title: 'Pets',
    definition: JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'Pets', version: '1' },
      paths: { '/pets': { get } },
    }),
    hash: hash.padEnd(12, '0'),
    commit: undefined,
    stageName: 'dev',
    wishes: WISHES,
    percent: undefined,
    ...given,
  };
}

async function planned(wanted: WantedRelease): Promise<DeployPlan> {
  return planDeployment(fronted.plane, await findApi(fronted.plane, 'pets', undefined), wanted);
}

async function deploy(wanted: WantedRelease): Promise<void> {
  await applyDeployment(fronted.plane, await planned(wanted));
}

interface Outcome {
  readonly apis: number;
  readonly deployments: readonly string[];
  readonly answers: string;
  readonly state: StageState | undefined;
}

/** Everything that may differ between two ways to the same end, ids and times aside. */
async function outcome(): Promise<Outcome> {
  const { plane, endpoint } = fronted;
  const { items: apis = [] } = await plane.getRestApis({});
  const [{ id: apiId = '' } = {}] = apis;
  const { items = [] } = await plane.getDeployments({ restApiId: apiId });
  const state = await stageState(plane, { apiId, stageName: 'dev' });
  const name = (id: string | undefined): string => items.find(one => one.id === id)?.description ?? 'nothing';
  const answer = await fetch(`${endpoint}/restapis/${apiId}/dev/_user_request_/pets`);
  return {
    apis: apis.length,
    deployments: items.map(({ description = '' }) => description).toSorted(),
    answers: await answer.text(),
    state: state && {
      ...state,
      deploymentId: name(state.deploymentId),
      canary: state.canary && { ...state.canary, deploymentId: name(state.canary.deploymentId) },
      created: 0,
      updated: 0,
    },
  };
}

const V1 = release('a1');
const V2 = release('b2', { wishes: { ...WISHES, variables: { release: 'v2' } } });
const CANARY = { ...V2, percent: 25 };

describe.each<[string, readonly WantedRelease[], WantedRelease]>([
  ['a first deployment', [], V1],
  ['a next deployment', [V1], V2],
  ['a canary', [V1], CANARY],
  ['another canary in the place of one', [V1, CANARY], { ...release('c3'), percent: 5 }],
])('%s', (_, before, wanted) => {
  test('ends the same after a run was cut off anywhere, whether the last call arrived or not', async () => {
    for (const one of before) await deploy(one);
    const from = fronted.calls.length;
    await deploy(wanted);
    const end = await outcome();
    expect(end.answers).toBe(wanted.percent === undefined ? `"${wanted.hash.slice(0, 2)}"` : end.answers);
    const writes = fronted.calls.slice(from).filter(isWrite).length;
    expect(writes).toBeGreaterThan(1);
    for (let cut = 0; cut < writes; cut += 1) {
      for (const arrives of [true, false]) {
        await fronted.close();
        fronted = await frontedPlane();
        for (const one of before) await deploy(one);
        await cutOff(wanted, cut, arrives);
        fronted.refuse = () => undefined;
        fronted.loses = () => false;
        await deploy(wanted);
        const told = `cut at write ${cut}, which ${arrives ? 'arrived' : 'did not arrive'}`;
        expect(await outcome(), told).toEqual(end);
        expect((await planned(wanted)).steps, told).toEqual([]);
      }
    }
  });
});

function isWrite({ method }: Call): boolean {
  return method !== 'GET';
}

/** The run ends at its write of that number, as if it had been killed: nothing is sent after it. */
async function cutOff(wanted: WantedRelease, cut: number, arrives: boolean): Promise<void> {
  let writes = 0;
  let dead = false;
  const gone: Refusal = { status: 400, type: 'BadRequestException', message: 'the process was killed' };
  fronted.refuse = call => {
    if (dead) return gone;
    if (!isWrite(call)) return undefined;
    writes += 1;
    if (writes <= cut) return undefined;
    dead = true;
    return arrives ? undefined : gone;
  };
  fronted.loses = () => dead;
  await expect(deploy(wanted)).rejects.toThrow(RehearsalError);
}

describe('a deployment', () => {
  test('sends nothing that changes where all is there', async () => {
    await deploy(V1);
    const from = fronted.calls.length;
    await deploy(V1);
    expect(fronted.calls.slice(from).filter(isWrite)).toEqual([]);
  });

  test('goes back to a release whose deployment is there without importing it again', async () => {
    await deploy(V1);
    await deploy(V2);
    const from = fronted.calls.length;
    await deploy(V1);
    expect(
      fronted.calls
        .slice(from)
        .filter(isWrite)
        .map(({ method }) => method),
    ).toEqual(['PATCH']);
    expect((await outcome()).answers).toBe('"a1"');
  });

  test('takes the stage and its variables over at once', async () => {
    await deploy(V1);
    const { steps } = await planned(V2);
    expect(steps.at(-1)).toMatchObject({
      kind: 'update-stage',
      patches: [{ path: '/deploymentId' }, { path: '/variables/release', value: 'v2' }],
    });
  });

  test('says so when somebody deletes what it was about to use', async () => {
    await deploy(V1);
    await deploy(V2);
    const plan = await planned(V1);
    const { id: apiId = '' } = plan.api ?? {};
    await fronted.plane.deleteDeployment({ restApiId: apiId, deploymentId: plan.deployment?.id });
    await expect(applyDeployment(fronted.plane, plan)).rejects.toMatchObject({ code: 'STAGE_CHANGED' });
    // The next run makes it anew.
    await deploy(V1);
    expect((await outcome()).answers).toBe('"a1"');
  });

  test('is sent again as long as the service throttles, and no longer', async () => {
    let left = 2;
    fronted.refuse = ({ method, path }) =>
      method === 'POST' && path.endsWith('/deployments') && left-- > 0
        ? { status: 429, type: 'TooManyRequestsException', message: 'Too Many Requests' }
        : undefined;
    await deploy(V1);
    expect((await outcome()).answers).toBe('"a1"');
    expect(
      fronted.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/deployments')),
    ).toHaveLength(3);
  });
});

describe('a connection that breaks after a call arrived', () => {
  test.each([
    ['CreateRestApi', 'POST', /\/restapis$/],
    ['CreateDeployment', 'POST', /\/deployments$/],
    ['CreateStage', 'POST', /\/stages$/],
  ])('of %s does not keep the deployment from its end', async (_, method, path) => {
    let left = 1;
    fronted.loses = call => call.method === method && path.test(call.path) && left-- > 0;
    // CreateStage is refused the second time, and the next run finds it.
    await deploy(V1).catch(() => {});
    await deploy(V1);
    await deploy(V2);
    const { answers, state } = await foundOutcome();
    expect(answers).toBe('"b2"');
    expect(state?.variables).toEqual({ release: 'v2' });
  });

  /** Of the API that is found by its tag, whatever else is there. */
  async function foundOutcome(): Promise<{ answers: string; state: StageState | undefined }> {
    const { id: apiId = '' } = (await findApi(fronted.plane, 'pets', undefined)) ?? {};
    const answer = await fetch(`${fronted.endpoint}/restapis/${apiId}/dev/_user_request_/pets`);
    const state = await stageState(fronted.plane, { apiId, stageName: 'dev' });
    return { answers: await answer.text(), state };
  }
});

describe('what the service does not allow', () => {
  test('names the action of IAM and what it is about, as AWS says it', async () => {
    fronted.refuse = ({ method }) =>
      method === 'POST'
        ? {
            status: 403,
            type: 'AccessDeniedException',
            message:
              'User: arn:aws:iam::123456789012:user/me is not authorized to perform: apigateway:POST on resource: arn:aws:apigateway:us-east-1::/restapis because no identity-based policy allows the apigateway:POST action',
          }
        : undefined;
    await expect(deploy(V1)).rejects.toMatchObject({
      code: 'PLANE_DENIED',
      exitCode: 3,
      message: expect.stringMatching(
        /^Not allowed: CreateRestApi\. Missing: apigateway:POST on arn:aws:apigateway:us-east-1::\/restapis\. /,
      ),
    });
  });

  test('names every action that is missing, and changes nothing to find out', async () => {
    await deploy(V1);
    const before = await outcome();
    fronted.refuse = ({ method, path }) =>
      method === 'PUT' || (method === 'PATCH' && path.includes('/stages/'))
        ? {
            status: 403,
            type: 'AccessDeniedException',
            message: `not authorized to perform: apigateway:${method} on resource: arn:aws:apigateway:us-east-1::${path.split('?')[0]}`,
          }
        : undefined;
    const plan = await planned(V2);
    const first = await applyDeployment(fronted.plane, plan).catch((error: unknown) => error);
    if (!(first instanceof RehearsalError)) throw new Error('It was not refused.');
    const { message } = await withAllMissing(fronted.plane, plan, first);
    expect(message).toMatch(
      /^Not allowed: PutRestApi and UpdateStage\. Missing: apigateway:PUT on \S+\/restapis\/\w+, and apigateway:PATCH on \S+\/stages\/dev\./,
    );
    fronted.refuse = () => undefined;
    expect(await outcome()).toEqual(before);
    // The same calls by somebody who may make them.
    await withAllMissing(fronted.plane, plan, first);
    expect(await outcome()).toEqual(before);
  });

  test('names the action also where the service does not', async () => {
    fronted.refuse = () => ({ status: 403, type: 'AccessDeniedException', message: 'Forbidden' });
    await expect(planned(V1)).rejects.toMatchObject({ message: expect.stringContaining('apigateway:GET') });
  });

  test.each<[Refusal, string]>([
    [
      {
        status: 403,
        type: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      },
      'PLANE_CREDENTIALS',
    ],
    [
      { status: 403, type: 'UnrecognizedClientException', message: 'The security token is invalid.' },
      'PLANE_CREDENTIALS',
    ],
    [{ status: 400, type: 'BadRequestException', message: 'No.' }, 'PLANE_REFUSED'],
  ])('%j is %s', async (refusal, code) => {
    fronted.refuse = () => refusal;
    await expect(planned(V1)).rejects.toMatchObject({ code });
  });

  test('is told apart from a plane that is not there', async () => {
    const { plane, close } = fronted;
    await plane.getRestApis({});
    await close();
    await expect(findApi(plane, 'pets', undefined)).rejects.toMatchObject({
      code: 'PLANE_UNREACHABLE',
      exitCode: 3,
    });
    fronted = await frontedPlane();
  });
});

test('a description says which release it is, and whose', () => {
  expect(V1.hash).toMatch(/^[0-9a-f]{12}$/);
  expect(describeRelease({ document: 'pets', hash: V1.hash, commit: '1a2b3c4' })).toBe(
    'rehearsal pets sha256:a10000000000 git:1a2b3c4',
  );
});
