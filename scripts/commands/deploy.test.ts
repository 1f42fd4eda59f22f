import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../gateway/stages/canary/lock.ts';
import { DOCUMENT_TAG } from '../../gateway/stages/find-api.ts';
import type { StageState } from '../../gateway/stages/stage.ts';
import { stageState } from '../../gateway/stages/stage-state.ts';
import type { Config, GatewayStageConfig } from '../config/config.ts';
import { newProject, type Project, petsDocument } from '../deploy/project.fixture.ts';
import { apiOf, type OpenPlane, openPlane } from '../gateway-stage.ts';
import { stageHistory } from '../stage-history.ts';

let project: Project;
let config: { stages: Record<string, GatewayStageConfig> };
let keep: OpenPlane;
let closing: (() => Promise<void>)[];

/** The gateway of the folder goes on between two commands, so that a test can look into it. */
beforeEach(async () => {
  config = { stages: { dev: { provider: 'local', integration: 'mock' } } };
  project = newProject(config as Config);
  project.write('specs/pets.yaml', petsDocument());
  closing = [];
  keep = await openPlane('dev', 'deploy', 'deploy', {
    ...project.context(),
    atEnd: close => void closing.push(close),
  });
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  project.remove();
});

function configure(dev: Partial<GatewayStageConfig>): void {
  config.stages['dev'] = { provider: 'local', integration: 'mock', ...dev };
}

async function stateNow(document = 'pets'): Promise<StageState> {
  const api = await apiOf(keep, document);
  const state = api && (await stageState(keep.plane, { apiId: api.id, stageName: 'dev' }));
  if (state === undefined) throw new Error('There is no stage.');
  return state;
}

async function deployments(document = 'pets'): Promise<readonly string[]> {
  const api = await apiOf(keep, document);
  const { items = [] } = await keep.plane.getDeployments({ restApiId: api?.id });
  return items.map(({ description = '' }) => description);
}

describe('rehearsal deploy', () => {
  test('makes an API, a stage and a deployment, says so, and asks the stage', async () => {
    const { exitCode, stdout, stderr } = await project.run(['deploy', 'dev']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^pets on dev: a new stage\n {2}\+ REST API "Pets"\n/);
    expect(stdout).toMatch(
      /\npets: dev serves deployment \w+, http:\/\/\S+\/dev\/_user_request_\npets: 2 smoke cases, kept\n$/,
    );
    const api = await apiOf(keep, 'pets');
    expect(api).toMatchObject({ name: 'Pets', tags: { [DOCUMENT_TAG]: 'pets' } });
    expect(await deployments()).toEqual([expect.stringMatching(/^rehearsal pets sha256:[0-9a-f]{12}$/)]);
    expect((await project.run(['test', 'dev'])).exitCode).toBe(0);
    expect(stageHistory(project.folder, 'dev')).toMatchObject([
      { event: 'deployed', apiId: api?.id },
      { event: 'tested', verdict: 'kept' },
    ]);
  });

  test('does nothing where nothing changed, and deploys what did', async () => {
    await project.run(['deploy', 'dev']);
    const before = await stateNow();
    const again = await project.run(['deploy', 'dev']);
    expect(again).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('pets on dev: nothing to do'),
    });
    expect(await stateNow()).toEqual(before);
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    expect((await project.run(['deploy', 'dev'])).stdout).toContain(
      `~ stage dev points at it instead of ${before.deploymentId}`,
    );
    expect(await deployments()).toHaveLength(2);
    // Back to the first: its deployment is there still.
    project.write('specs/pets.yaml', petsDocument());
    await project.run(['deploy', 'dev']);
    expect((await stateNow()).deploymentId).toBe(before.deploymentId);
    expect(await deployments()).toHaveLength(2);
  });

  test('stops before what breaks clients, unless told', async () => {
    await project.run(['deploy', 'dev']);
    const before = await stateNow();
    project.write('specs/pets.yaml', petsDocument({ limit: 50, name: 'Tom' }));
    const stopped = await project.run(['deploy', 'dev']);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stdout).toContain('Query parameter "limit": the upper limit 100 became 50.');
    expect(stopped.stdout).toMatch(/\nNothing was deployed: 1 change breaks clients of dev\./);
    expect(await stateNow()).toEqual(before);
    expect((await project.run(['deploy', 'dev', '--allow-breaking'])).exitCode).toBe(0);
    expect((await stateNow()).deploymentId).not.toBe(before.deploymentId);
  });

  test('compares with the export of the stage where the release came from elsewhere', async () => {
    await project.run(['deploy', 'dev']);
    rmSync(join(project.folder, '.rehearsal/deployed'), { recursive: true });
    expect((await project.run(['deploy', 'dev'])).stdout).toContain('document: no changes');
    const removed = petsDocument().replace(/ {2}\/pets\/\{petId\}:[\s\S]*?(?=components:)/, '');
    project.write('specs/pets.yaml', removed);
    const stopped = await project.run(['deploy', 'dev']);
    expect(stopped).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('GET /pets/{petId}') });
    expect(stopped.stdout).toContain('document: 1 breaking change');
  });

  test('keeps what a double cannot hold, and sees it change', async () => {
    project.write('specs/pets.yaml', petsDocument({ limit: 9223372036854775807n }));
    expect(await project.run(['deploy', 'dev'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await project.run(['deploy', 'dev'])).stdout).toContain('nothing to do');
    project.write('specs/pets.yaml', petsDocument({ limit: 9223372036854775806n }));
    expect(await project.run(['deploy', 'dev'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('the upper limit 9223372036854775807 became 9223372036854775806.'),
    });
  });

  test('with --dry-run it only says what it would do', async () => {
    const { exitCode, stdout } = await project.run(['deploy', 'dev', '--dry-run']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+ stage dev');
    expect(await apiOf(keep, 'pets')).toBeUndefined();
  });

  test('sets variables and settings, only where they differ, and takes away what is not named', async () => {
    configure({
      variables: { release: 'v1', partner: { env: 'PARTNER' } },
      settings: {
        '*': { throttlingRateLimit: 50, dataTraceEnabled: true },
        listPets: { cachingEnabled: true, cacheTtlInSeconds: 60 },
      },
      tracingEnabled: true,
      cacheClusterSize: '0.5',
    });
    const first = await project.run(['deploy', 'dev'], { PARTNER: 'hush' });
    expect(first.stdout).toContain('+ variable partner: ***');
    expect(first.stdout).not.toContain('hush');
    expect(await stateNow()).toMatchObject({
      variables: { release: 'v1', partner: 'hush' },
      tracing: true,
      cacheClusterSize: '0.5',
      methodSettings: {
        '*/*': { throttlingRateLimit: 50, cachingEnabled: false },
        'pets/GET': { throttlingRateLimit: 50, cachingEnabled: true, cacheTtlInSeconds: 60 },
      },
    });
    expect((await project.run(['deploy', 'dev'], { PARTNER: 'hush' })).stdout).toContain('nothing to do');
    configure({ variables: { release: 'v2' }, settings: { '*': { throttlingBurstLimit: 5 } } });
    const { stdout } = await project.run(['deploy', 'dev']);
    expect(
      stdout
        .split('\n')
        .filter(line => /^ {2}[-+~]/.test(line))
        .toSorted(),
    ).toEqual(
      [
        '  ~ setting * throttlingBurstLimit: 5000 -> 5',
        '  ~ setting * dataTraceEnabled: true -> false',
        '  ~ variable release: v1 -> v2',
        '  - settings of pets/GET',
        '  - variable partner',
      ].toSorted(),
    );
    const { variables, methodSettings } = await stateNow();
    expect(variables).toEqual({ release: 'v2' });
    expect(Object.keys(methodSettings)).toEqual(['*/*']);
    expect((await project.run(['deploy', 'dev'])).stdout).toContain('nothing to do');
  });

  test('what answers single operations is as the stage says', async () => {
    configure({
      integrations: { operations: { listPets: { type: 'http_proxy', backend: 'http://127.0.0.1:1' } } },
    });
    await project.run(['deploy', 'dev', '--no-smoke']);
    const { stdout } = await project.run(['export', 'dev']);
    const { paths } = JSON.parse(stdout);
    const types = ['/pets', '/pets/{petId}'].map(
      path => paths[path].get['x-amazon-apigateway-integration'].type,
    );
    expect(types).toEqual(['http_proxy', 'mock']);
    configure({ integrations: { operations: { listPet: 'mock' } } });
    expect(await project.run(['deploy', 'dev'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "listPets"?'),
    });
  });

  test('each document has an API of its own', async () => {
    project.write('specs/desk.yaml', petsDocument({ title: 'Desk' }));
    expect((await project.run(['deploy', 'dev', '--spec', 'specs/desk.yaml'])).exitCode).toBe(0);
    expect(await apiOf(keep, 'pets')).toBeUndefined();
    const { stdout } = await project.run(['deploy', 'dev']);
    expect(stdout).toContain('desk on dev: nothing to do');
    expect((await apiOf(keep, 'pets'))?.id).not.toBe((await apiOf(keep, 'desk'))?.id);
  });

  test('an API that is named keeps its name', async () => {
    configure({ apis: { pets: 'The pets of the shop' } });
    await project.run(['deploy', 'dev']);
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    expect((await project.run(['deploy', 'dev'])).stdout).toContain('REST API "The pets of the shop"');
    expect((await keep.plane.getRestApis({})).items).toHaveLength(1);
  });

  test('smoke cases that fail are exit code 1, with the deployment that was there before', async () => {
    await project.run(['deploy', 'dev']);
    const { deploymentId } = await stateNow();
    const integration = `      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 200}' }
        responses: { default: { statusCode: '200', responseTemplates: { application/json: 'no pets' } } }
`;
    configure({ integration: 'document' });
    project.write(
      'specs/pets.yaml',
      petsDocument().replace('      operationId', `${integration}      operationId`),
    );
    const { exitCode, stdout } = await project.run(['deploy', 'dev']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`2 smoke cases, broken; before, the stage was at deployment ${deploymentId}`);
    expect((await project.run(['deploy', 'dev', '--no-smoke'])).exitCode).toBe(0);
  });
});

describe('rehearsal deploy --canary', () => {
  test('gives the release a share and leaves the rest as it is', async () => {
    configure({ variables: { release: 'v1', region: 'eu' } });
    await project.run(['deploy', 'dev']);
    const before = await stateNow();
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    configure({ variables: { release: 'v2', region: 'eu' } });
    const { exitCode, stdout } = await project.run(['deploy', 'dev', '--canary', '10']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('pets on dev: a canary');
    expect(stdout).toContain("+ canary's variable release: v2");
    const state = await stateNow();
    expect(state).toMatchObject({
      deploymentId: before.deploymentId,
      variables: before.variables,
      canary: { percentTraffic: 10, variables: { release: 'v2' } },
    });
    expect(state.canary?.deploymentId).not.toBe(before.deploymentId);
    expect((await project.run(['deploy', 'dev', '--canary', '10'])).stdout).toContain('nothing to do');
    await project.run(['deploy', 'dev', '--canary', '25']);
    expect(await stateNow()).toEqual({
      ...state,
      canary: { ...state.canary, percentTraffic: 25 },
      updated: expect.any(Number),
    });
  });

  test('a canary that is there is no failure: the release takes its place, and what to do is said', async () => {
    await project.run(['deploy', 'dev']);
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    await project.run(['deploy', 'dev', '--canary', '10']);
    const before = await stateNow();
    project.write('specs/pets.yaml', petsDocument({ name: 'Ann' }));
    const { exitCode, stdout } = await project.run(['deploy', 'dev']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `! dev has a canary, deployment ${before.canary?.deploymentId} with 10 % of the traffic.`,
    );
    expect(stdout).toContain('rehearsal canary promote dev');
    const state = await stateNow();
    expect(state.deploymentId).toBe(before.deploymentId);
    expect(state.canary?.percentTraffic).toBe(10);
    expect(state.canary?.deploymentId).not.toBe(before.canary?.deploymentId);
  });

  test('nothing is tried on a canary that the stage serves already, unless it is deployed again', async () => {
    await project.run(['deploy', 'dev']);
    const before = await stateNow();
    const { exitCode, stdout } = await project.run(['deploy', 'dev', '--canary', '10']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('pets on dev: nothing to do');
    expect(stdout).toContain('! dev serves this release already, so there is nothing to try on a canary.');
    expect(await stateNow()).toEqual(before);
    await project.run(['deploy', 'dev', '--canary', '10', '--redeploy']);
    const { canary, deploymentId } = await stateNow();
    expect(deploymentId).toBe(before.deploymentId);
    expect(canary).toMatchObject({
      percentTraffic: 10,
      deploymentId: expect.not.stringMatching(deploymentId),
    });
    expect(await deployments()).toHaveLength(2);
  });

  test('a canary that nobody could judge is told as one', async () => {
    const log = {
      destinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:pets',
      format: '$context.requestId',
    };
    configure({ integration: 'http_proxy', backend: 'https://pets.example', accessLogSettings: log });
    await project.run(['deploy', 'dev', '--no-smoke']);
    configure({ integration: 'http_proxy', backend: 'https://new.example', accessLogSettings: log });
    const { stdout } = await project.run(['deploy', 'dev', '--canary', '10', '--dry-run']);
    expect(stdout).toContain('this canary cannot be\n    judged.');
    const telling = { ...log, format: '$context.requestId $context.deploymentId' };
    configure({ integration: 'http_proxy', backend: 'https://new.example', accessLogSettings: telling });
    const judged = await project.run(['deploy', 'dev', '--canary', '10', '--dry-run']);
    expect(judged.stdout).not.toContain('cannot be');
  });

  test('other variables alone are worth a canary', async () => {
    configure({ variables: { release: 'v1' } });
    await project.run(['deploy', 'dev']);
    configure({ variables: { release: 'v2' } });
    await project.run(['deploy', 'dev', '--canary', '10']);
    expect((await stateNow()).canary).toMatchObject({ percentTraffic: 10, variables: { release: 'v2' } });
  });

  test('a stage that somebody is at work on is left alone, unless taken over', async () => {
    await project.run(['deploy', 'dev']);
    const before = await stateNow();
    const { id: apiId = '' } = (await apiOf(keep, 'pets')) ?? {};
    const lock = await takeLock(
      { plane: keep.plane, apiId, stageName: 'dev' },
      { owner: 'ann@build-7', run: 'r1', now: Date.now },
    );
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    expect(await project.run(['deploy', 'dev'])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The stage dev is in the hands of ann@build-7'),
    });
    expect(await stateNow()).toEqual(before);
    expect((await project.run(['deploy', 'dev', '--take-over'])).exitCode).toBe(0);
    await expect(lock.renew()).resolves.toBeUndefined();
  });

  test('a stage that is new has nothing to be a canary of', async () => {
    const { exitCode, stdout } = await project.run(['deploy', 'dev', '--canary', '10']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('a new stage, with nothing there to be a canary of');
    expect((await stateNow()).canary).toBeUndefined();
  });

  test.each(['101', '-1', 'ten', ''])('takes no share of %s', async percent => {
    expect(await project.run(['deploy', 'dev', `--canary=${percent}`])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--canary takes a share of the traffic from 0 to 100'),
    });
  });
});

describe('what is refused before anything is sent', () => {
  test.each<[string, Partial<GatewayStageConfig>, string]>([
    ['an operation that no document has', { settings: { 'GET /pet': {} } }, 'did you mean "GET /pets"?'],
    ['an API of a document that nobody has', { apis: { pest: 'a1b2c3d4e5' } }, 'did you mean "pets"?'],
    ['a variable that is not set', { variables: { partner: { env: 'PARTNER' } } }, 'PARTNER is not set'],
  ])('%s', async (_, dev, told) => {
    configure(dev);
    expect(await project.run(['deploy', 'dev'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(told),
    });
    expect((await keep.plane.getRestApis({})).items).toEqual([]);
  });

  test('a value of the environment that the service does not take, without the value', async () => {
    configure({ variables: { partner: { env: 'PARTNER' } } });
    const { exitCode, stderr } = await project.run(['deploy', 'dev'], { PARTNER: 'hush {it}' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The stage variable partner cannot be set from PARTNER: holds');
    expect(stderr).not.toContain('hush');
  });

  test('the API of another document', async () => {
    project.write('specs/desk.yaml', petsDocument({ title: 'Desk' }));
    await project.run(['deploy', 'dev', '--spec', 'specs/desk.yaml']);
    const desk = await apiOf(keep, 'desk');
    configure({ apis: { pets: desk?.id ?? '' } });
    const before = await stateNow('desk');
    expect(await project.run(['deploy', 'dev', '--spec', 'specs/pets.yaml'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`The REST API ${desk?.id} is not one of pets: its tag`),
    });
    expect(await stateNow('desk')).toEqual(before);
  });

  test('an API made by hand that has nothing in common with the document, unless forced', async () => {
    const { id = '', rootResourceId = '' } = await keep.plane.createRestApi({ name: 'Orders' });
    const method = { restApiId: id, resourceId: rootResourceId, httpMethod: 'GET' };
    configure({ apis: { pets: id } });
    await keep.plane.putMethod({ ...method, authorizationType: 'NONE' });
    await keep.plane.putIntegration({ ...method, type: 'MOCK' });
    expect(await project.run(['deploy', 'dev'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('called "Orders", it has no operation in common with the document'),
    });
    expect((await project.run(['deploy', 'dev', '--force'])).exitCode).toBe(0);
  });

  test('a stage that nobody named, and one that is no gateway', async () => {
    expect(await project.run(['deploy', 'dve'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "dev"?'),
    });
    (config.stages as Record<string, unknown>)['mine'] = { provider: 'url', url: 'http://localhost:1' };
    expect(await project.run(['deploy', 'mine'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('A stage of the provider local or aws can.'),
    });
  });

  test('what the service would not import', async () => {
    configure({ integration: 'document' });
    const integration =
      "      x-amazon-apigateway-integration: { type: http_proxy, uri: 'https://pets.example' }\n";
    project.write(
      'specs/pets.yaml',
      petsDocument().replace('      operationId', `${integration}      operationId`),
    );
    const { exitCode, stderr } = await project.run(['deploy', 'dev']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('API Gateway refused PutRestApi: ');
    expect(stderr).not.toContain('    at ');
  });
});

test('what is remembered stands beside the configuration, and nothing of a run without changes', async () => {
  mkdirSync(join(project.folder, 'elsewhere'));
  await project.run(['deploy', 'dev']);
  await project.run(['deploy', 'dev']);
  const history = readFileSync(join(project.folder, '.rehearsal/history/dev.ndjson'), 'utf8');
  expect(history.trim().split('\n')).toHaveLength(1);
});
