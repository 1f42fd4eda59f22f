import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DOCUMENT_TAG } from '../../gateway/stages/find-api.ts';
import type { Config, StageConfig } from '../config/config.ts';
import { newProject, type Project, petsDocument } from '../deploy/project.fixture.ts';
import { apiOf, type OpenPlane, openPlane } from '../gateway-stage.ts';

let project: Project;
let stages: Record<string, StageConfig>;
let keep: OpenPlane;
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  stages = { dev: { provider: 'local', integration: 'mock' } };
  project = newProject({ stages } as Config);
  project.write('specs/pets.yaml', petsDocument());
  closing = [];
  const context = { ...project.context(), atEnd: (close: () => Promise<void>) => void closing.push(close) };
  keep = await openPlane('dev', 'deploy', 'deploy', context);
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  project.remove();
});

const addDesk = (): void => project.write('specs/desk.yaml', petsDocument({ title: 'Desk' }));
const addProd = (): void => {
  stages['prod'] = { provider: 'local', integration: 'mock', production: true };
};

describe('rehearsal stages', () => {
  test('tells what is on each, and the last verdict', async () => {
    stages['dev'] = {
      provider: 'local',
      integration: 'mock',
      variables: { release: 'v1', partner: { env: 'PARTNER' } },
    };
    stages['mine'] = { provider: 'url', url: 'http://localhost:3000' };
    const env = { PARTNER: 'hush' };
    await project.run(['deploy', 'dev'], env);
    project.write('specs/pets.yaml', petsDocument({ name: 'Tom' }));
    await project.run(['deploy', 'dev', '--canary', '10'], env);
    await project.run(['test', 'dev'], env);
    const told = await project.run(['stages', '--json']);
    expect(told.exitCode).toBe(0);
    expect(told.stdout).not.toContain('hush');
    const [dev, mine] = told.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(dev).toMatchObject({
      stage: 'dev',
      provider: 'local',
      document: 'pets',
      api: (await apiOf(keep, 'pets'))?.id,
      deployment: { hash: expect.stringMatching(/^[0-9a-f]{12}$/), created: expect.stringMatching(/Z$/) },
      canary: { percentTraffic: 10, hash: expect.any(String) },
      variables: { release: 'v1', partner: '***' },
      tested: { verdict: 'kept' },
    });
    expect(mine).toMatchObject({ stage: 'mine', provider: 'url', url: 'http://localhost:3000', api: null });
    const { stdout } = await project.run(['stages', 'dev']);
    expect(stdout).toMatch(/^stage +provider +document +API +deployment/);
    expect(stdout).toMatch(/\ndev +local +pets .+ 10 % .*release=v1 partner=\*\*\* +kept, \d+ s ago\n$/);
    expect((await project.run(['canary', 'rollback', 'dev'], env)).exitCode).toBe(0);
    expect((await project.run(['stages', 'dev'])).stdout).toMatch(/ canary rolled-back, \d+ s ago\n$/);
  });

  test('a stage without anything, one that nobody named, and one that does not answer', async () => {
    expect((await project.run(['stages'])).stdout).toMatch(/\ndev +local +pets +- +- +- +- +- +-\n$/);
    expect(await project.run(['stages', 'div'])).toMatchObject({ exitCode: 2 });
    stages['gone'] = { provider: 'local', endpoint: 'http://127.0.0.1:1' };
    const { exitCode, stdout, stderr } = await project.run(['stages']);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('PLANE_UNREACHABLE');
    expect(stderr).toContain('error: gone: The control plane does not answer GetRestApis');
  });
});

describe('rehearsal destroy', () => {
  test('removes the stage, and the API with its last one', async () => {
    stages['test'] = { provider: 'local', integration: 'mock' };
    await project.run(['deploy', 'dev', '--no-smoke']);
    await project.run(['deploy', 'test', '--no-smoke']);
    expect((await project.run(['destroy', 'dev', '--dry-run'])).stdout).toContain('would be removed');
    const first = await project.run(['destroy', 'dev']);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^pets: stage dev of the REST API/),
    });
    expect((await keep.plane.getRestApis({})).items).toHaveLength(1);
    expect((await project.run(['destroy', 'test'])).stdout).toMatch(/^pets: stage test and its REST API/);
    expect((await keep.plane.getRestApis({})).items).toEqual([]);
    expect(await project.run(['destroy', 'test'])).toMatchObject({
      exitCode: 0,
      stdout: 'pets: not on test\n',
    });
  });

  test('removes nothing of production without its name typed', async () => {
    addProd();
    await project.run(['deploy', 'prod', '--no-smoke']);
    for (const args of [[], ['--confirm', 'dev']]) {
      expect(await project.run(['destroy', 'prod', ...args])).toMatchObject({ exitCode: 2 });
      expect(await apiOf(keep, 'pets')).toBeDefined();
    }
    expect((await project.run(['destroy', 'prod', '--confirm', 'prod'])).exitCode).toBe(0);
    expect(await apiOf(keep, 'pets')).toBeUndefined();
  });

  test('removes nothing that it did not make', async () => {
    const { id = '', rootResourceId = '' } = await keep.plane.createRestApi({ name: 'Orders' });
    const method = { restApiId: id, resourceId: rootResourceId, httpMethod: 'GET' };
    await keep.plane.putMethod({ ...method, authorizationType: 'NONE' });
    await keep.plane.putIntegration({ ...method, type: 'MOCK' });
    await keep.plane.createDeployment({ restApiId: id, stageName: 'dev' });
    stages['dev'] = { provider: 'local', apis: { pets: id } };
    expect(await project.run(['destroy', 'dev'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Somebody else made the stage dev of pets'),
    });
    // A stage of its own on an API of somebody else's goes alone.
    stages['mine'] = { provider: 'local', integration: 'mock', apis: { pets: id } };
    await project.run(['deploy', 'mine', '--force', '--no-smoke']);
    await project.run(['destroy', 'mine']);
    const { item = [] } = await keep.plane.getStages({ restApiId: id });
    expect(item.map(({ stageName }) => stageName)).toEqual(['dev']);
  });

  test('removes what a run left that was cut off', async () => {
    await keep.plane.createRestApi({ name: 'Pets', tags: { [DOCUMENT_TAG]: 'pets' } });
    expect((await project.run(['destroy', 'dev'])).exitCode).toBe(0);
    expect((await keep.plane.getRestApis({})).items).toEqual([]);
  });
});

describe('a stage in the place of a file', () => {
  test('export prints what it serves, or writes a file for each document', async () => {
    await project.run(['deploy', 'dev', '--no-smoke']);
    const { exitCode, stdout } = await project.run(['export', 'dev']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ openapi: '3.0.1', info: { title: 'Pets' } });
    expect((await project.run(['export', 'dev', '--type', 'swagger', '--yaml'])).stdout).toContain(
      'swagger: "2.0"',
    );
    addDesk();
    await project.run(['deploy', 'dev', '--no-smoke']);
    expect((await project.run(['export', 'dev'])).exitCode).toBe(2);
    await project.run(['export', 'dev', '--out', 'exports/']);
    expect(readdirSync(join(project.folder, 'exports')).toSorted()).toEqual([
      'desk.oas30.json',
      'pets.oas30.json',
    ]);
  });

  test('what is not there cannot be exported', async () => {
    expect(await project.run(['export', 'dev'])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('pets is not on the stage dev: it has no REST API there.'),
    });
  });

  test('diff tells how a stage drifted from its document', async () => {
    await project.run(['deploy', 'dev', '--no-smoke']);
    expect(await project.run(['diff', 'specs/pets.yaml', 'dev'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('no drift from specs/pets.yaml to dev'),
    });
    project.write(
      'specs/pets.yaml',
      petsDocument().replace('limit, in: query,', 'limit, in: query, required: true,'),
    );
    const { stdout } = await project.run(['diff', 'specs/pets.yaml', 'dev', '--fail-on', 'safe']);
    expect(stdout).toContain('the stage does not require the parameter');
  });

  test('import brings home what the stage says and the document does not', async () => {
    await project.run(['deploy', 'dev', '--no-smoke']);
    expect(await project.run(['import', 'dev', 'specs/pets.yaml'])).toMatchObject({ exitCode: 0 });
    addDesk();
    expect(await project.run(['import', 'dev'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Each document has an export of its own'),
    });
  });
});

describe('rehearsal test', () => {
  test('sends each document of a stage to its own address, with a report of its own', async () => {
    addDesk();
    await project.run(['deploy', 'dev', '--no-smoke']);
    const { exitCode, stdout } = await project.run(['test', 'dev', '--reporter', 'json=report.json']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\ndev desk\n/);
    expect(stdout).toMatch(/\noperation +dev\nGET \/pets +✓\n.*\nverdict +kept\n$/s);
    const reports = readdirSync(project.folder).filter(name => name.startsWith('report'));
    expect(reports.toSorted()).toEqual(['report.dev.desk.json', 'report.dev.pets.json']);
    const [desk, pets] = await Promise.all(['desk', 'pets'].map(name => apiOf(keep, name)));
    for (const [name, api] of [
      ['desk', desk],
      ['pets', pets],
    ] as const)
      expect(readFileSync(join(project.folder, `report.dev.${name}.json`), 'utf8')).toContain(api?.id);
  });

  test('an operation that one document has is asked of that one alone', async () => {
    project.write(
      'specs/desk.yaml',
      petsDocument({ title: 'Desk' }).replaceAll('/pets', '/desks').replace('listPets', 'listDesks'),
    );
    await project.run(['deploy', 'dev', '--no-smoke']);
    const { exitCode, stdout } = await project.run(['test', 'dev', '--operation', 'listDesks']);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('/pets');
    expect(await project.run(['test', 'dev', '--operation', 'listDesk'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "listDesks"?'),
    });
  });

  test('--all-stages: each with its own report, one table of operations and stages', async () => {
    addProd();
    stages['empty'] = { provider: 'local' };
    stages['gone'] = { provider: 'url', url: 'http://127.0.0.1:1' };
    await project.run(['deploy', 'dev', '--no-smoke']);
    const document = petsDocument().replace(
      '      operationId',
      `      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 200}' }
        responses: { default: { statusCode: '200', responseTemplates: { application/json: 'no pets' } } }
      operationId`,
    );
    project.write('specs/pets.yaml', document);
    stages['prod'] = { provider: 'local', integration: 'document', production: true };
    await project.run(['deploy', 'prod', '--no-smoke']);
    const { exitCode, stdout, stderr } = await project.run([
      'test',
      '--all-stages',
      '--matrix',
      'stages.md',
      '--reporter',
      'junit=report.xml',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error: empty pets: pets is not on the stage empty');
    const table = stdout.slice(stdout.indexOf('\noperation ')).trim().split('\n');
    expect(table.map(line => line.split(/ {2,}/))).toEqual([
      ['operation', 'dev', 'prod', 'empty', 'gone'],
      ['GET /pets', '✓', expect.stringMatching(/^✗ \d+ of \d+$/), '-', '-'],
      ['GET /pets/{petId}', '✓', '✓', '-', '-'],
      ['verdict', 'kept', 'broken', 'not tested (STAGE_NOT_DEPLOYED)', 'not tested (STAGE_UNREACHABLE)'],
    ]);
    const markdown = readFileSync(join(project.folder, 'stages.md'), 'utf8');
    expect(markdown).toContain(
      '| operation | dev | prod | empty | gone |\n| --- | --- | --- | --- | --- |\n| `GET /pets` | ✓ |',
    );
    for (const name of ['report.dev.pets.xml', 'report.prod.pets.xml', 'report.gone.xml'])
      expect(existsSync(join(project.folder, name)), name).toBe(true);
  });

  test('wants a stage or all of them, not both and not neither', async () => {
    for (const args of [['test'], ['test', 'dev', '--all-stages']])
      expect(await project.run(args)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('Name a stage or a URL, or give --all-stages.'),
      });
  });
});
