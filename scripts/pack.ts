/**
 * `npm run pack [-- --out FOLDER]`: compiles the sources into `dist/`, gives it a `package.json` of its own and packs
 * it. What users install has neither the development Node nor anything a bundler made.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The addresses a user may import, each with its source. Heavy parts get addresses of their own. */
const ENTRIES: Readonly<Record<string, string>> = {
  '.': 'scripts/index',
  './config': 'scripts/config/config',
  './fastify': 'mock-server/plugin',
  './msw': 'mock-server/msw/handlers',
  './msw/text': 'mock-server/msw/handlers-from-text',
  './newman': 'scripts/newman-reporter',
  './vitest': 'scripts/vitest',
  './vitest/config': 'contract-tests/vitest/case-tags',
  './vtl': 'gateway/vtl/index',
};

/** What an entry of its own needs, and who does not use that entry never installs. */
const OPTIONAL_PEERS: readonly string[] = ['@aws-sdk/client-cloudwatch-logs', 'msw', 'newman', 'vitest'];

/** What stands beside the code: where it is in the checkout, and where in the package. */
const PAGES: Readonly<Record<string, string>> = {
  'README.md': 'README.md',
  LICENSE: 'LICENSE',
  'CHANGELOG.md': 'CHANGELOG.md',
  'docs/reference/rehearsal.config.schema.json': 'rehearsal.config.schema.json',
};

/** Those of our dependencies need 22.19; 23 and 25 are past their lives. */
const ENGINES = '^22.19.0 || ^24.0.0 || >=26.0.0';

const root = join(import.meta.dirname, '..');
const { out } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } }).values;
const dist = resolve(out);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
run(process.execPath, [
  join(root, 'node_modules/typescript/bin/tsc'),
  ...['-p', join(root, 'tsconfig.build.json'), '--outDir', dist],
]);
copyFileSync(join(root, 'scripts/rehearsal.js'), join(dist, 'scripts/rehearsal.js'));
cpSync(join(root, 'scripts/newman'), join(dist, 'scripts/newman'), { recursive: true });
for (const [from, to] of Object.entries(PAGES)) copyFileSync(join(root, from), join(dist, to));
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
run('npm', ['pack', '--silent', '--pack-destination', dist]);

/** The `package.json` of what is published, from the private one: no scripts, nothing that only development needs. */
function manifest(): Readonly<Record<string, unknown>> {
  const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, dependencies } = source;
  const development = source['devDependencies'] as Readonly<Record<string, string>>;
  const code = Object.entries(ENTRIES).map(([address, file]) => [
    address,
    { types: `./${file}.d.ts`, default: `./${file}.js` },
  ]);
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    engines: { node: ENGINES },
    bin: { rehearsal: 'scripts/rehearsal.js' },
    exports: {
      ...Object.fromEntries(code),
      './rehearsal.config.schema.json': './rehearsal.config.schema.json',
      './package.json': './package.json',
    },
    sideEffects: false,
    dependencies,
    peerDependencies: Object.fromEntries(
      OPTIONAL_PEERS.map(peer => [peer, rangeOf(development[peer] ?? '*')]),
    ),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL_PEERS.map(peer => [peer, { optional: true }])),
  };
}

/** What we develop with exactly may be later for others. */
function rangeOf(version: string): string {
  return /^\d/.test(version) ? `^${version}` : version;
}

/** Runs a tool; when it fails, its own words are all there is to say. */
function run(command: string, args: readonly string[]): void {
  const shell = command === 'npm' && process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { cwd: dist, stdio: ['ignore', 2, 2], shell });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
