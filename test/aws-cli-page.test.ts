/**
 * `docs/aws-cli.md` as somebody follows it: the gateway's command, then every block of the page in the order of reading,
 * by the real AWS CLI. `UPDATE_PAGE=1` writes what came out into the page.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/aws-cli.md');
const hasCli = spawnSync('aws', ['--version']).status === 0;
const ADDRESS = 'http://127.0.0.1:4567';

let folder = '';
let gateway: ChildProcess;
let url = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-aws-cli-'));
  const words = ['gateway', '--memory', '--seed', '1', '--port', '0', '--json'];
  gateway = spawn(process.execPath, [join(root, 'scripts/rehearsal.js'), ...words], { cwd: folder });
  if (gateway.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(gateway.stdout), 'line')) as [string];
  url = (JSON.parse(line) as { url: string }).url;
});
afterAll(() => {
  gateway.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));
}

/** Runs a block's commands one by one in one shell's world, and gives the block with what they printed. */
function replayed(block: string, before: readonly string[]): string {
  const commands = block.split('\n').filter(line => line.startsWith('$ '));
  const done = [...before];
  const lines: string[] = [];
  for (const command of commands) {
    const script = [...done, 'echo @@@', command.slice(2)].join('\n').replaceAll(ADDRESS, url);
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    const said = `${stdout.slice(stdout.lastIndexOf('@@@') + 4)}${stderr}`.trim();
    lines.push(command, ...(said === '' ? [] : [said]));
  }
  return `${lines.join('\n')}\n`.replaceAll(url, ADDRESS);
}

describe.skipIf(!hasCli)('docs/aws-cli.md, followed with the AWS CLI', () => {
  test('every block prints what the page shows', { timeout: 120_000 }, () => {
    const text = readFileSync(page, 'utf8');
    let next = text;
    const world: string[] = [];
    for (const block of blocksOf(text)) {
      if (block.language === 'yaml') writeFileSync(join(folder, 'greeting.yaml'), block.text);
      // The gateway itself runs already.
      if (block.language === 'sh' && !block.text.startsWith('npx')) world.push(block.text);
      if (block.language !== 'console') continue;
      next = next.replace(block.text, () => replayed(block.text, world));
    }
    if (process.env['UPDATE_PAGE'] === '1') writeFileSync(page, next);
    expect(next).toBe(text);
  });
});
