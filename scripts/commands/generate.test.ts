import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PETS } from '../../contract-tests/pets.fixture.ts';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';
import type { Config, GatewayStageConfig } from '../config/config.ts';
import { applyChanges, changesFor } from '../generated-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-generate-'));
  mkdirSync(join(folder, 'specs'));
  write('specs/pets.yaml', PETS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function generate(...args: readonly string[]): Promise<Ended> {
  return generateWith({}, ...args);
}

async function generateWith(config: Config, ...args: readonly string[]): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    cwd: folder,
    env: {},
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
  const exitCode = await main(['generate', ...args], context);
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const FRESH: Ended = { exitCode: 0, stdout: 'All generated files are fresh.\n', stderr: '' };
const GATEWAY = 'gateway/generated/pets.openapi.json';
/** One collection, an environment for the mock and for each server, and rows for the named examples. */
const POSTMAN = [
  'collections/pets.postman_collection',
  'environments/pets.mock.postman_environment',
  'environments/pets.pets-example-com-v1.postman_environment',
  'data/pets.createPet',
]
  .map(name => `wrote postman/${name}.json\n`)
  .join('');
const TEST_FILE = 'contract-tests/pets.contract.test.ts';
const HANDLERS = 'mock-server/generated/pets.handlers.ts';

describe('writing', () => {
  test('every target of every document, each in its folder', async () => {
    expect(await generate()).toEqual({
      exitCode: 0,
      stdout: `wrote ${GATEWAY}\nwrote ${HANDLERS}\n${POSTMAN}wrote ${TEST_FILE}\n`,
      stderr: 'specs/pets.yaml as gateway: 5 not validated, 1 left out\n--losses lists them.\n',
    });
    expect(await generate()).toEqual(FRESH);
  });

  test('a test file that names its document, and nothing more', async () => {
    await generate('vitest');
    expect(read(TEST_FILE)).toBe(`// Made by rehearsal generate vitest from ../specs/pets.yaml. Do not edit.
import { contractTests } from 'rehearsal/vitest';

await contractTests({
  name: 'pets',
  spec: new URL('../specs/pets.yaml', import.meta.url),
});
`);
  });

  test('the named targets and documents, in JavaScript, elsewhere', async () => {
    write('Our Pets#2.openapi.yaml', PETS);
    const { stdout } = await generate('vitest', 'Our Pets#2.openapi.yaml', '--out', 'made/here', '--js');
    expect(stdout).toBe('wrote made/here/our-pets-2.contract.test.js\n');
    expect(read('made/here/our-pets-2.contract.test.js')).toContain(
      "new URL('../../Our%20Pets%232.openapi.yaml', import.meta.url)",
    );
    expect(readdirSync(folder).toSorted()).toEqual(['Our Pets#2.openapi.yaml', 'made', 'specs']);
  });

  test('again when the document changed', async () => {
    await generate();
    write('specs/pets.yaml', PETS.replace('title: Pets', 'title: Animals'));
    // The rows of examples do not tell the title.
    const postman = POSTMAN.replace('wrote postman/data/pets.createPet.json\n', '');
    expect((await generate()).stdout).toBe(`wrote ${GATEWAY}\nwrote ${HANDLERS}\n${postman}`);
    expect(read(HANDLERS)).toContain('title: "Animals"');
  });
});

describe('--check', () => {
  test('names what is stale, missing, left over or not generated, and writes nothing', async () => {
    write('specs/cats.yaml', PETS);
    write('specs/dogs.yaml', PETS);
    await generate('vitest');
    expect(await generate('vitest', '--check')).toMatchObject({ exitCode: 0, stdout: '' });
    write(TEST_FILE, `${read(TEST_FILE)}\n`);
    rmSync(join(folder, 'contract-tests/cats.contract.test.ts'));
    write('contract-tests/cats.contract.test.js', '// mine\n');
    write('contract-tests/dogs.contract.test.ts', '// mine\n');
    write(
      'contract-tests/old.contract.test.ts',
      '// Made by rehearsal generate vitest from ../specs/old.yaml. Do not edit.\n',
    );
    const before = readdirSync(join(folder, 'contract-tests'));
    const { exitCode, stdout } = await generate('vitest', '--check');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')).toEqual([
      `stale: ${TEST_FILE}`,
      'missing: contract-tests/cats.contract.test.ts',
      'not generated: contract-tests/dogs.contract.test.ts',
      'left over: contract-tests/old.contract.test.ts',
      'Run rehearsal generate to mend this.',
      '',
    ]);
    expect(readdirSync(join(folder, 'contract-tests'))).toEqual(before);
  });
});

describe('what is left over', () => {
  test('is removed when its document is gone, or when its file has another name now', async () => {
    await generate('vitest', '--js');
    write(
      'contract-tests/old.contract.test.ts',
      '// Made by rehearsal generate vitest from ../specs/old.yaml. Do not edit.\n',
    );
    const { stdout } = await generate('vitest');
    expect(stdout.split('\n').toSorted()).toEqual([
      '',
      'removed contract-tests/old.contract.test.ts',
      'removed contract-tests/pets.contract.test.js',
      `wrote ${TEST_FILE}`,
    ]);
  });

  test('stays when it is of another document, of another target, or of nobody', async () => {
    write('specs/cats.yaml', PETS);
    await generate('vitest');
    const others = {
      'contract-tests/a.ts': '// Made by rehearsal generate msw from ../specs/old.yaml. Do not edit.\n',
      'contract-tests/b.ts': `\n// Made by rehearsal generate vitest from ../specs/old.yaml. Do not edit.\n`,
    };
    for (const [path, text] of Object.entries(others)) write(path, text);
    expect(await generate('vitest', 'specs/pets.yaml')).toEqual(FRESH);
  });
});

test('a document in several files is all in what holds it, and stale when one of them has changed', async () => {
  write('specs/common.yaml', 'Pet: { type: object }\n');
  write('specs/pets.yaml', PETS.replaceAll('"#/components/schemas/Pet"', '"common.yaml#/Pet"'));
  expect((await generate('msw')).exitCode).toBe(0);
  expect(readFileSync(join(folder, 'mock-server/generated/pets.handlers.ts'), 'utf8')).toContain(
    '"common.yaml": {',
  );
  expect((await generate('msw', '--check')).exitCode).toBe(0);
  write('specs/common.yaml', 'Pet: { type: object, title: changed }\n');
  expect((await generate('msw', '--check')).exitCode).toBe(1);
});

describe('refusals write nothing', () => {
  test('a file that was not generated, unless told', async () => {
    mkdirSync(join(folder, 'contract-tests'));
    write(TEST_FILE, '// mine\n');
    const refused = await generate();
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(
      /^error: contract-tests\/pets\.contract\.test\.ts is there.* --force\.\n$/,
    );
    expect(readdirSync(folder).toSorted()).toEqual(['contract-tests', 'specs']);
    expect((await generate('--force')).exitCode).toBe(0);
    expect(await generate()).toEqual(FRESH);
  });

  test('with --strict an output that validates less, and tells why', async () => {
    const { exitCode, stderr } = await generate('gateway', '--strict', '--losses');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('apigateway-security');
    expect(stderr).toContain('specs/pets.yaml:');
    expect(readdirSync(folder)).toEqual(['specs']);
  });

  test('two documents of one name', async () => {
    mkdirSync(join(folder, 'next'));
    write(
      'next/pets.json',
      JSON.stringify({ openapi: '3.1.1', info: { title: 'P', version: '1' }, paths: {} }),
    );
    const { exitCode, stderr } = await generate('vitest', 'specs/pets.yaml', 'next/pets.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('vitest of ../specs/pets.yaml, and vitest of ../next/pets.json');
    expect(readdirSync(folder).toSorted()).toEqual(['next', 'specs']);
  });

  test('a misspelt target', async () => {
    expect(await generate('vitesst')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "vitest"?'),
    });
  });

  test('a document that cannot be used', async () => {
    write('specs/pets.yaml', 'openapi: 3.1.1\npaths: 7\n');
    expect((await generate()).exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(['specs']);
  });

  test('a folder that is a file', async () => {
    write('contract-tests', 'mine');
    const { exitCode, stderr } = await generate();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: .*contract-tests.* cannot be written: /);
    expect(readdirSync(folder).toSorted()).toEqual(['contract-tests', 'specs']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written to', async () => {
    mkdirSync(join(folder, 'contract-tests'));
    chmodSync(join(folder, 'contract-tests'), 0o555);
    expect(await generate('vitest')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--out') });
    chmodSync(join(folder, 'contract-tests'), 0o755);
  });
});

describe('files and the disk', () => {
  const file = (path: string, text: string): { target: string; path: string; text: string } => ({
    target: 'test',
    path: join(folder, path),
    text,
  });

  test('when one of several cannot be written, all the old ones stay', () => {
    write('a.txt', 'old');
    mkdirSync(join(folder, 'b.txt'));
    expect(() => applyChanges([file('a.txt', 'new'), file('b.txt', 'new')], [])).toThrow(/it is a folder/);
    expect(read('a.txt')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt', 'specs']);
  });

  test('two files of one path are refused, whoever makes them', () => {
    const one = file('a.txt', '');
    expect(() => changesFor([one, { ...one, target: 'other' }], new Set())).toThrow(
      /test of .*, and other of /,
    );
  });
});

test('what is too large for an output is refused before all of it is read', async () => {
  const paths = Array.from({ length: 320 }, (_, index) => `  /p${index}: { get: { responses: {} } }\n`);
  // A whole reading would find this, and it would be told first.
  const broken = "  /last: { get: { responses: { '200': { $ref: '#/nowhere' } } } }\n";
  write(
    'specs/pets.yaml',
    `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n${paths.join('')}${broken}`,
  );
  const { exitCode, stderr } = await generate('gateway');
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('322 resources') });
  expect(stderr).not.toContain('nowhere');
  expect((await generate('gateway', '--any-size')).stderr).toContain('nowhere');
});

describe('for a stage', () => {
  const of = (more: Partial<GatewayStageConfig>): Config => ({
    stages: { live: { provider: 'aws', ...more }, mine: { provider: 'url', url: 'http://x' } },
  });

  test('documents stand beside those for no stage, and none is left over from another', async () => {
    await generate('gateway');
    const config = of({ integration: 'aws_proxy' });
    const wrote = 'wrote gateway/generated/live/pets.openapi.json\n';
    expect(await generateWith(config, 'gateway', '--stage', 'live')).toMatchObject({ stdout: wrote });
    expect(read('gateway/generated/live/pets.openapi.json')).toContain('"type": "aws_proxy"');
    const fresh = { exitCode: 0, stdout: '' };
    expect(await generateWith(config, 'gateway', '--stage', 'live', '--check')).toMatchObject(fresh);
    expect(await generate('gateway', '--check')).toMatchObject(fresh);
  });

  test('templates have what the stage has, but no secret', async () => {
    const config = of({
      stage: 'prod',
      integration: 'aws_proxy',
      variables: { function: 'pets', key: { env: 'PETS_KEY' } },
      settings: { 'GET /pets': { throttlingRateLimit: 5 } },
    });
    const args = ['gateway', '--stage', 'live', '--format', 'cloudformation', '--yaml'];
    const wrote = 'wrote gateway/generated/live/pets.cloudformation.yaml\n';
    expect(await generateWith(config, ...args)).toMatchObject({ exitCode: 0, stdout: wrote });
    const template = read('gateway/generated/live/pets.cloudformation.yaml');
    for (const words of ['StageName: prod', 'function: pets', 'Ref: KeyVariable', 'ThrottlingRateLimit: 5'])
      expect(template).toContain(words);
    const refused = await generateWith(config, ...args, '--canary', '10');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--keep-deployment') });
  });

  test('a template has further stages that share the document', async () => {
    const live = { provider: 'aws', integration: 'aws_proxy', variables: { function: 'pets' } } as const;
    const stages = {
      live,
      beta: { ...live, variables: { function: 'next' } },
      mocks: { provider: 'local' },
    } as const;
    const args = ['gateway', '--stage', 'live', '--format', 'cloudformation'];
    await generateWith(
      { stages },
      ...args,
      '--and-stages',
      'beta',
      '--canary',
      '5',
      '--keep-deployment',
      'Old1',
    );
    const { Resources } = JSON.parse(read('gateway/generated/live/pets.cloudformation.json'));
    expect(Resources.StageLive.Properties).toMatchObject({
      DeploymentId: { Ref: 'Old1' },
      CanarySetting: { PercentTraffic: 5 },
    });
    expect(Resources.StageBeta.Properties).toMatchObject({
      Variables: { function: 'next' },
      DeploymentId: { Ref: 'Old1' },
    });
    expect(Resources.StageBeta.Properties).not.toHaveProperty('CanarySetting');
    for (const [more, words] of [
      [['--and-stages', 'mocks'], 'live and mocks have different back ends'],
      [['--and-stages', 'live'], 'which --stage has already'],
      [['--and-stages', 'none'], 'not "none"'],
      [['--and-stages', 'beta', '--format', 'openapi'], 'imported without stages'],
    ] as const) {
      const { exitCode, stderr } = await generateWith({ stages }, ...args, ...more);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) });
    }
  });

  test('a flag stands over the configuration', async () => {
    await generateWith(of({ integration: 'mock' }), 'gateway', '--stage', 'live', '--integration', 'http');
    expect(read('gateway/generated/live/pets.openapi.json')).toContain('"type": "http"');
  });

  test.each<[string, Partial<GatewayStageConfig>, string]>([
    ['an address', {}, '--stage takes a stage of API Gateway, and mine is an address.'],
    ['a stage', {}, '--stage takes a stage of the configuration, not "liv": did you mean "live"?'],
    [
      'an operation',
      { integrations: { operations: { 'GET /pet': 'http' } } },
      'the operation "GET /pet", which no document has: did you mean "GET /pets"?',
    ],
    ['a tag', { integrations: { tags: { none: 'http' } } }, 'the tag "none", which no document has.'],
    ['a scheme', { authorizers: { none: 'iam' } }, 'the security scheme "none", which no document has.'],
  ])('%s that is not there, or not of API Gateway, is refused', async (what, more, words) => {
    const stage = what === 'a stage' ? 'liv' : what === 'an address' ? 'mine' : 'live';
    const { exitCode, stderr } = await generateWith(of(more), 'gateway', '--stage', stage);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) });
  });
});

describe('files that people may change', () => {
  const COLLECTION = 'postman/collections/pets.postman_collection.json';
  const ENVIRONMENT = 'postman/environments/pets.mock.postman_environment.json';

  test('keep what is theirs; a secret that stands there is told, and --check finds nothing stale', async () => {
    await generate('postman');
    const added = '{ "name": "mine", "request": "https://a.example" }';
    write(COLLECTION, read(COLLECTION).replace('"item": [', `"item": [${added},`));
    write(
      ENVIRONMENT,
      read(ENVIRONMENT).replace('"key": "key", "value": ""', '"key": "key", "value": "a-secret"'),
    );
    const { exitCode, stderr } = await generate('postman');
    expect(stderr).toContain(`note: ${COLLECTION} keeps 1 item of your own.`);
    expect(stderr).toContain(`note: ${ENVIRONMENT} holds the value of key, which stays.`);
    expect(stderr).not.toContain('a-secret');
    expect(exitCode).toBe(0);
    expect(read(COLLECTION)).toContain('"mine"');
    expect(read(ENVIRONMENT)).toContain('a-secret');
    expect(await generate('postman', '--check')).toMatchObject({ exitCode: 0, stdout: '' });
    rmSync(join(folder, 'specs/pets.yaml'));
    write('specs/other.yaml', PETS);
    expect((await generate('postman')).stderr).toContain(
      `${ENVIRONMENT} is made of nothing any more and stays`,
    );
    expect(read(ENVIRONMENT)).toContain('a-secret');
  });

  test('are left alone when one of them is half a file', async () => {
    await generate('postman');
    const half = read(COLLECTION).slice(0, 900);
    write(COLLECTION, half);
    rmSync(join(folder, ENVIRONMENT));
    const { exitCode, stderr } = await generate('postman');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${COLLECTION} is no JSON any more: line`);
    expect(read(COLLECTION)).toBe(half);
    expect(() => read(ENVIRONMENT)).toThrow();
    expect((await generate('postman', '--force')).exitCode).toBe(0);
  });

  test('of two documents with one title are told apart by name', async () => {
    write('specs/other.yaml', PETS);
    const { exitCode, stderr } = await generate('postman');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/note: \S*other\.yaml and \S*pets\.yaml are all called Pets/);
    const [first, second] = [read(COLLECTION), read('postman/collections/other.postman_collection.json')].map(
      text => new Set([...text.matchAll(/"id": "([^"]+)"/g)].map(([, id]) => id)),
    );
    expect(first?.intersection(second ?? new Set()).size).toBe(0);
  });
});

test('each stage of the configuration has an environment: its address, its variables, and nothing secret', async () => {
  const config: Config = {
    specs: { pets: 'specs/pets.yaml' },
    stages: {
      mine: { provider: 'url', url: 'http://user:word@localhost:3000/v1' },
      dev: { provider: 'local' },
      prod: {
        provider: 'aws',
        region: 'eu-west-2',
        apis: { pets: 'a1b2c3d4e5' },
        variables: { release: 'v1', token: { env: 'STAGE_TOKEN' } },
      },
    },
  };
  await generateWith(config, 'postman', 'specs/pets.yaml');
  const values = (stage: string): Readonly<Record<string, readonly [value: string, type: string]>> => {
    const { values: all } = JSON.parse(
      read(`postman/environments/pets.${stage}.postman_environment.json`),
    ) as {
      readonly values: readonly { readonly key: string; readonly value: string; readonly type: string }[];
    };
    return Object.fromEntries(all.map(({ key, value, type }) => [key, [value, type]]));
  };
  expect(values('mine')).toMatchObject({
    baseUrl: ['http://localhost:3000/v1', 'default'],
    key: ['', 'secret'],
  });
  expect(values('dev')).toMatchObject({
    baseUrl: ['{{endpoint}}/restapis/{{apiId}}/dev/_user_request_', 'default'],
    apiId: ['', 'default'],
    'rehearsal.stage': ['apigateway-mock', 'default'],
  });
  expect(values('prod')).toMatchObject({
    baseUrl: ['https://a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com/prod', 'default'],
    'rehearsal.stage': ['apigateway', 'default'],
    'stageVariables.release': ['v1', 'default'],
    'stageVariables.token': ['', 'secret'],
    key: ['', 'secret'],
  });
});
