/** Our own commands as processes of their own, and what a process costs from its start to its end. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

export interface Mock {
  readonly url: string;
  readonly stop: () => void;
}

/** `rehearsal mock` for one document; ready when this resolves. */
export function startMock(file: string): Promise<Mock> {
  const child = spawn(process.execPath, ['scripts/rehearsal.js', 'mock', file, '--port', '0', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split('\n').find(text => text.includes('"listening"'));
      if (line === undefined) return;
      const { url } = JSON.parse(line) as { readonly url: string };
      resolve({ url, stop: () => child.kill() });
    });
    child.on('exit', code => reject(new Error(`the mock of ${file} ended with ${code}`)));
  });
}

/** Makes a process tell what it used when it ends. */
const TELL = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write(`\\ncpu ${user + system}\\n`); });',
)}`;

/**
 * CPU seconds of a whole process.
 *
 * @param expected - the exit code that it must end with
 */
export function cpuOfProcess(args: readonly string[], expected = 0): number {
  const { stderr, status } = spawnSync(process.execPath, ['--import', TELL, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const told = /\ncpu (\d+)\n/.exec(stderr)?.[1];
  if (status !== expected || told === undefined) throw new Error(stderr);
  return Number(told) / 1e6;
}
