import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let checkout: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

/** What `npm start` does in the small checkout, with everything it said. */
function bootstrap(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const words = ['scripts/bootstrap.js', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: checkout, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Pulls what a colleague made elsewhere: a lock file, newer than what is installed, for a version of the one dependency. */
function pull(version: string): void {
  const colleague = mkdtempSync(join(tmpdir(), 'rehearsal-colleague-'));
  const tarball = `dependency-${version}.tgz`;
  mkdirSync(join(colleague, 'dependency'));
  writeFileSync(join(colleague, 'dependency/package.json'), JSON.stringify({ name: 'dependency', version }));
  execFileSync('npm', ['pack', './dependency', '--silent'], { cwd: colleague });
  const manifest = { private: true, type: 'module', devDependencies: { dependency: `file:${tarball}` } };
  writeFileSync(join(colleague, 'package.json'), JSON.stringify(manifest));
  execFileSync('npm', ['install', '--package-lock-only', '--silent'], { cwd: colleague });
  for (const file of ['package.json', 'package-lock.json', tarball]) {
    copyFileSync(join(colleague, file), join(checkout, file));
  }
  rmSync(colleague, { recursive: true });
  touchLock();
}

function touchLock(): void {
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(checkout, 'package-lock.json'), later, later);
}

function installedVersion(): unknown {
  const file = join(checkout, 'node_modules/dependency/package.json');
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
    : undefined;
}

/** A development Node of the checkout: this one, but another file, so that the bootstrap has to start it. */
function bringNode(): void {
  const path = `node_modules/node-${process.platform}-${process.arch}/bin/node`;
  write(path, `#!/bin/sh\nBROUGHT=yes exec '${process.execPath}' "$@"\n`);
  chmodSync(join(checkout, path), 0o755);
}

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'rehearsal-bootstrap-'));
  mkdirSync(join(checkout, 'scripts'));
  copyFileSync(join(root, 'scripts/bootstrap.js'), join(checkout, 'scripts/bootstrap.js'));
  write(
    'scripts/say.js',
    `console.log(JSON.stringify(process.argv.slice(2)), process.env.BROUGHT, process.env.PATH.includes('.bin'));
     process.exitCode = 7;`,
  );
  pull('1.0.0');
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const INSTALLING = 'Installing what is missing (npm ci) …\n';

test('installs when nothing is there, when the lock file asks for something else, and at no other time', () => {
  const said = '["--once","a b"] undefined true\n';
  expect(bootstrap('scripts/say.js', '--once', 'a b')).toEqual({
    status: 7,
    stdout: said,
    stderr: INSTALLING,
  });
  expect(installedVersion()).toBe('1.0.0');
  expect(bootstrap('scripts/say.js', '--once', 'a b')).toEqual({ status: 7, stdout: said, stderr: '' });
  touchLock();
  expect(bootstrap('scripts/say.js').stderr).toBe('');
  pull('1.0.1');
  expect(bootstrap('scripts/say.js').stderr).toBe(INSTALLING);
  expect(installedVersion()).toBe('1.0.1');
});

test('says in one line that an install failed', () => {
  write('package-lock.json', '{}');
  const { status, stderr } = bootstrap('scripts/say.js');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: npm ci failed\./m);
});

test.skipIf(process.platform === 'win32')(
  'runs on the Node that the lock file brought, which keeps its exit code',
  () => {
    bootstrap('scripts/say.js');
    bringNode();
    expect(bootstrap('scripts/say.js', '--once')).toEqual({
      status: 7,
      stdout: '["--once"] yes true\n',
      stderr: '',
    });
  },
);

test.skipIf(process.platform === 'win32').each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s reaches the script and ends in %i', async (signal, code) => {
  bootstrap('scripts/say.js');
  bringNode();
  write('scripts/serve.js', 'setInterval(() => {}, 1000); console.log(process.pid);');
  const child: ChildProcess = spawn(process.execPath, ['scripts/bootstrap.js', 'scripts/serve.js'], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(child.stdout ?? child, 'data');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([code, null]);
  expect(() => process.kill(Number(String(pid)), 0)).toThrow('ESRCH');
});
