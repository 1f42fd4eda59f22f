/**
 * `npm start` and `npm test` in a fresh clone: installs what is missing, then runs a script on the project's own Node.
 * Plain JavaScript without dependencies, because it is all there is before the first install.
 *
 *   node scripts/bootstrap.js SCRIPT [ARGUMENT ...]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [script, ...scriptArguments] = process.argv.slice(2);

if (script === undefined) fail('usage: node scripts/bootstrap.js SCRIPT [ARGUMENT ...]');
if (!isInstalled()) install();

const bin = join(root, 'node_modules', '.bin');
const path = process.env.PATH ?? '';
if (!path.split(delimiter).includes(bin)) process.env.PATH = bin + delimiter + path;

const node = developmentNode();
if (realpathSync(process.execPath) === node) {
  process.argv.splice(1, 2, join(root, script));
  await import(pathToFileURL(join(root, script)).href);
} else {
  run(node);
}

/** npm writes `node_modules/.package-lock.json` when an install is complete: what it put there, in the lock file's form. */
function isInstalled() {
  const wanted = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).packages).every(
    ([place, entry]) =>
      place === '' || (have[place] === undefined ? entry.optional : have[place].version === entry.version),
  );
}

/** Development and optional packages are asked for by name, because NODE_ENV=production would leave them out. */
function install() {
  process.stderr.write('Installing what is missing (npm ci) …\n');
  const npm = process.env.npm_execpath ?? '';
  const isNpm = basename(npm) === 'npm-cli.js';
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync(isNpm ? process.execPath : 'npm', isNpm ? [npm, ...words] : words, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !isNpm && process.platform === 'win32',
  });
  if (result.status !== 0) fail('npm ci failed. Check the network, then run it by hand to see more.');
}

/** The Node that the lock file brings, else this one when it can strip types itself. */
function developmentNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  if (existsSync(own)) return realpathSync(own);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return realpathSync(process.execPath);
  return fail(
    `rehearsal is developed on Node.js 24, and this is ${process.versions.node}. There is no package of Node.js 24 for ${process.platform} ${process.arch}: install it yourself.`,
  );
}

/** The script's exit code becomes ours; a signal becomes 128 and its number, as in a shell. */
function run(node) {
  const child = spawn(node, [join(root, script), ...scriptArguments], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well; anybody else sends it only to us.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => fail(`${node} does not start: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function fail(sentence) {
  process.stderr.write(`error: ${sentence}\n`);
  process.exit(2);
}
