import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RehearsalError } from '../contract/errors.ts';
import { DOCUMENT_TAG } from '../gateway/stages/find-api.ts';
import type { CommandContext } from './command.ts';
import type { Config, GatewayStageConfig } from './config/config.ts';
import { apiOf, deployedStage, type OpenPlane, openPlane } from './gateway-stage.ts';
import { readStage } from './stage.ts';

let folder: string;
let closing: (() => Promise<void>)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-gateway-stage-'));
  closing = [];
});
afterEach(async () => {
  await endCommand();
  rmSync(folder, { recursive: true });
});

async function endCommand(): Promise<void> {
  for (const close of closing.splice(0).toReversed()) await close();
}

function contextOf(config: Config, env: CommandContext['env'] = {}): CommandContext {
  const output = { write: () => {}, isTTY: false, columns: 80 };
  return {
    cwd: folder,
    env,
    stdout: output,
    stderr: output,
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
    atEnd: close => void closing.push(close),
  };
}

const open = (dev: Partial<GatewayStageConfig> = {}): Promise<OpenPlane> =>
  openPlane('dev', 'deploy', 'deploy', contextOf({ stages: { dev: { provider: 'local', ...dev } } }));

async function codeOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.catch((thrown: unknown) => thrown);
  return error instanceof RehearsalError ? `${error.code} ${error.message}` : String(error);
}

async function made(opened: OpenPlane, document: string): Promise<string> {
  const { plane } = opened;
  const { id = '', rootResourceId = '' } = await plane.createRestApi({
    name: document,
    tags: { [DOCUMENT_TAG]: document },
  });
  const method = { restApiId: id, resourceId: rootResourceId, httpMethod: 'GET' };
  await plane.putMethod({ ...method, authorizationType: 'NONE' });
  await plane.putIntegration({ ...method, type: 'MOCK' });
  await plane.createDeployment({ restApiId: id, stageName: 'dev' });
  return id;
}

describe('the gateway of a folder', () => {
  test('is started where none runs, and what it was given is there the next time', async () => {
    const first = await open();
    const id = await made(first, 'pets');
    const { url } = await deployedStage(first, 'pets');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/restapis\/[a-z0-9]{10}\/dev\/_user_request_$/);
    await endCommand();
    const second = await open();
    expect((await deployedStage(second, 'pets')).apiId).toBe(id);
  });

  test('is shared by the stages of a command, and ends with the last of them', async () => {
    const first = await open();
    const announced = JSON.parse(readFileSync(join(folder, '.rehearsal/gateway.json'), 'utf8'));
    await open();
    const last = closing.splice(0, 2).toReversed();
    for (const close of last) await close();
    expect((await fetch(`${announced.endpoint}/_rehearsal/`)).status).toBe(200);
    await endCommand();
    expect(await codeOf(fetch(`${announced.endpoint}/_rehearsal/`))).toContain('fetch failed');
    expect(() => readFileSync(join(folder, '.rehearsal/gateway.json'))).toThrow();
    first.plane.destroy();
  });

  test('is the one that runs there, from another process', async () => {
    const command = [join(import.meta.dirname, 'rehearsal.js'), 'gateway', '--port', '0', '--json'];
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const { url } = JSON.parse(line) as { readonly url: string };
      const opened = await open();
      await made(opened, 'pets');
      expect((await deployedStage(opened, 'pets')).url).toContain(`${url}/restapis/`);
    } finally {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    // What it was given is there for the next, which starts one of its own.
    expect((await deployedStage(await open(), 'pets')).document).toBe('pets');
  });

  test('is not taken for what answers at its old address', async () => {
    const other = createServer((_, response) => response.end('{}'));
    await new Promise<void>(done => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    (await open()).plane.destroy();
    await endCommand();
    writeFileSync(
      join(folder, '.rehearsal/gateway.json'),
      JSON.stringify({ endpoint: `http://127.0.0.1:${port}` }),
    );
    const opened = await open();
    expect((await opened.plane.getRestApis({})).items).toEqual([]);
    other.close();
  });
});

describe('the API of a document', () => {
  test('is the one with its tag, or the one that is named', async () => {
    const opened = await open();
    const pets = await made(opened, 'pets');
    const desk = await made(opened, 'desk');
    expect((await apiOf(opened, 'pets'))?.id).toBe(pets);
    expect((await apiOf(opened, 'desk'))?.id).toBe(desk);
    expect(await apiOf(opened, 'barn')).toBeUndefined();
    const named = await open({ apis: { barn: desk, stable: 'pets', 'no one': 'aaaaaaaaaa' } });
    expect((await apiOf(named, 'barn'))?.id).toBe(desk);
    expect((await apiOf(named, 'stable'))?.id).toBe(pets);
    expect(await codeOf(deployedStage(named, 'no one'))).toContain(
      'STAGE_NOT_DEPLOYED no one is not on the stage dev: there is no REST API "aaaaaaaaaa".',
    );
  });

  test('is nobody’s when two that are in use could be it', async () => {
    const opened = await open();
    await made(opened, 'pets');
    await made(opened, 'pets');
    expect(await codeOf(deployedStage(opened, 'pets'))).toMatch(
      /^API_AMBIGUOUS There are 2 REST APIs with the tag/,
    );
  });

  test('may have no such stage', async () => {
    const opened = await open({ stage: 'live' });
    const id = await made(opened, 'pets');
    expect(await codeOf(deployedStage(opened, 'pets'))).toContain(`its REST API ${id} has no stage live.`);
  });

  test('is where the stage’s requests go', async () => {
    const dev: GatewayStageConfig = { provider: 'local', integration: 'mock', timeout: 5 };
    const context = contextOf({ stages: { dev } });
    const id = await made(await openPlane('dev', 'send', 'test', context), 'pets');
    const stage = await readStage('dev', {}, await context.config(), context, 'pets');
    expect(stage).toMatchObject({
      kind: 'apigateway-mock',
      timeoutMs: 5000,
      gateway: { apiId: id, document: 'pets' },
    });
    expect(stage.url).toBe(stage.gateway?.url);
    expect(await codeOf(readStage('dev', {}, await context.config(), context))).toContain('USAGE');
  });
});

test.each<[Partial<GatewayStageConfig>, string]>([
  [{ region: 'eu-central-1' }, 'https://a1.execute-api.eu-central-1.amazonaws.com/dev'],
  [{ region: 'cn-north-1', stage: 'v2' }, 'https://a1.execute-api.cn-north-1.amazonaws.com.cn/v2'],
  [
    { region: 'eu-central-1', endpoint: 'https://vpce-1.apigateway.eu-central-1.vpce.amazonaws.com' },
    'https://a1.execute-api.eu-central-1.amazonaws.com/dev',
  ],
  [
    { region: 'eu-central-1', endpoint: 'http://localhost:4566/' },
    'http://localhost:4566/restapis/a1/dev/_user_request_',
  ],
  [{ region: 'eu-central-1', url: 'https://{stage}.example.com/{api}/' }, 'https://dev.example.com/a1'],
])('an API at AWS is reached where %j says', async (given, url) => {
  const dev: GatewayStageConfig = { provider: 'aws', ...given };
  const opened = await openPlane('dev', 'send', 'test', contextOf({ stages: { dev } }));
  expect(opened.stageOf('pets', 'a1').url).toBe(url);
});

describe('what cannot be opened', () => {
  test('a stage that nobody named', async () => {
    const context = contextOf({ stages: { prod: { provider: 'local' } } });
    expect(await codeOf(openPlane('prd', 'deploy', 'deploy', context))).toContain('did you mean "prod"?');
    expect(await codeOf(openPlane('prod', 'deploy', 'deploy', contextOf({})))).toContain('names no stages');
  });

  test('a server that is no gateway, with the providers that are', async () => {
    const context = contextOf({ stages: { mine: { provider: 'url', url: 'http://localhost' } } });
    expect(await codeOf(openPlane('mine', 'canary', 'canary', context))).toBe(
      'STAGE_CANNOT The stage mine is of the provider url and cannot have a canary. A stage of the provider local or aws can.',
    );
  });
});
