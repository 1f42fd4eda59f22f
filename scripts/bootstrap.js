/**
 * `npm start` and `npm test` in a fresh clone: installs what is missing, then runs a script on the project's own Node.
 * Plain JavaScript without dependencies, because it is all there is before the first install.
 *
 *   node scripts/bootstrap.js SCRIPT [ARGUMENT ...]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [script, ...scriptArguments] = process.argv.slice(2);

/** npm writes `node_modules/.package-lock.json` at the end of an install; older than the lock file means stale. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

function install() {
  process.stderr.write('Installing what is missing (npm ci) …\n');
  const npm = process.env.npm_execpath;
  const result =
    npm === undefined
      ? spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
          shell: process.platform === 'win32',
        })
      : spawnSync(process.execPath, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
        });
  if (result.status !== 0) {
    process.stderr.write('error: npm ci failed. Check the network and run it by hand to see why.\n');
    process.exit(result.status ?? 2);
  }
}

/** The Node that the lock file brings, else this one when it can strip types itself. */
function developmentNode() {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) return realpathSync(own);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  process.stderr.write(
    `error: rehearsal is developed on Node.js 24, and this is ${process.versions.node}. Install Node.js 24; there is no package of it for this platform.\n`,
  );
  process.exit(2);
}

function run(node) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [join(root, script), ...scriptArguments], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // A terminal sends Ctrl-C to both; the child decides what it means, and its exit code is ours.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

if (!isInstalled()) install();
const node = developmentNode();
if (realpathSync(process.execPath) === node) {
  process.argv.splice(1, 2, join(root, script));
  await import(pathToFileURL(join(root, script)).href);
} else {
  run(node);
}
