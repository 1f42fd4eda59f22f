/**
 * Deployments against another implementation of the control plane, where its command is on the machine: moto's server,
 * which takes what AWS's own client sends. It knows neither canaries nor exports nor tags by ARN, and no integration without
 * an address.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyDeployment } from './apply-deployment.ts';
import { readRelease, type StageAddress, undoPromotion } from './canary/operations.ts';
import { type Release, releaseOf } from './canary/release.ts';
import { type ControlPlane, openControlPlane } from './control-plane.ts';
import { DOCUMENT_TAG, findApi } from './find-api.ts';
import { type DeployPlan, planDeployment, type WantedRelease } from './plan-deployment.ts';
import type { StageState } from './stage.ts';

const hasMoto = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some(folder => existsSync(join(folder, 'moto_server')));

describe.skipIf(!hasMoto)('a control plane of somebody else', () => {
  let server: ChildProcess;
  let plane: ControlPlane;
  beforeAll(async () => {
    server = spawn('moto_server', ['-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const endpoint = await addressOf(server);
    plane = await openControlPlane({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
    });
  }, 60_000);
  afterAll(() => {
    plane.destroy();
    server.kill();
  });

  const planned = async (wanted: WantedRelease): Promise<DeployPlan> =>
    planDeployment(plane, await findApi(plane, 'pets', undefined), wanted);
  const deploy = async (wanted: WantedRelease): Promise<StageState> =>
    (await applyDeployment(plane, await planned(wanted))).state;

  const addressed = async (
    hash: string,
  ): Promise<{ readonly address: StageAddress; readonly release: Release }> => {
    const state = await deploy(release(hash, hash));
    const apiId = (await findApi(plane, 'pets', undefined))?.id ?? '';
    return { address: { plane, apiId, stageName: 'dev' }, release: releaseOf(state) };
  };

  test('makes an API, a deployment and a stage with variables and settings', async () => {
    const state = await deploy(release('a1', 'v1'));
    expect(state).toMatchObject({
      variables: { release: 'v1' },
      methodSettings: { '*/*': { throttlingRateLimit: 50 } },
      tags: { [DOCUMENT_TAG]: 'pets' },
    });
    expect((await planned(release('a1', 'v1'))).steps).toEqual([]);
  });

  test('moves the stage to the next release with its variables, and back to the first', async () => {
    const first = await deploy(release('a1', 'v1'));
    const second = await deploy(release('b2', 'v2'));
    expect(second.variables).toEqual({ release: 'v2' });
    expect(second.deploymentId).not.toBe(first.deploymentId);
    const { steps } = await planned(release('a1', 'v1'));
    expect(steps.map(({ kind }) => kind)).toEqual(['update-stage']);
    expect((await deploy(release('a1', 'v1'))).deploymentId).toBe(first.deploymentId);
  });

  test('a promotion is undone: the deployment and the variables of before', async () => {
    const { release: before } = await addressed('u1');
    const { release: after, address } = await addressed('u2');
    expect(await undoPromotion(address, after, before)).toEqual(before);
    expect(await readRelease(address)).toEqual(before);
  });

  test.each([0, 1, 2])('goes on where a run was cut off after step %i', async step => {
    const wanted = release(`c${step}`, `v3-${step}`);
    const plan = await planned(wanted);
    const steps: string[] = [];
    const run = applyDeployment(plane, plan, ({ kind }) => {
      steps.push(kind);
      if (steps.length > step) throw new Error('killed');
    });
    await expect(run).rejects.toThrow('killed');
    await deploy(wanted);
    const { state, served, steps: left } = await planned(wanted);
    expect(left).toEqual([]);
    expect(served?.hash).toBe(wanted.hash);
    expect(state?.variables).toEqual({ release: `v3-${step}` });
  });
});

/** From what it says when it listens. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('no output');
  for await (const line of createInterface(stderr)) {
    const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) {
      // What it says later must not fill the pipe.
      stderr.resume();
      return address;
    }
  }
  throw new Error('moto_server ended before it listened.');
}

function release(hash: string, variable: string): WantedRelease {
  const integration = {
    type: 'http_proxy',
    httpMethod: 'GET',
    uri: `https://pets.example/${hash}`,
    responses: { default: { statusCode: '200' } },
  };
  const get = {
    responses: { 200: { description: 'ok' } },
    'x-amazon-apigateway-integration': integration,
  };
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
    wishes: {
      variables: { release: variable },
      secret: new Set(),
      settings: [{ place: { path: '*', verb: '*' }, settings: { throttlingRateLimit: 50 } }],
      cacheClusterSize: undefined,
      tracing: undefined,
      accessLog: undefined,
    },
    percent: undefined,
  };
}
