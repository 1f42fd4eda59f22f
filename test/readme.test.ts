import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** The console blocks of the README: the command after `$ `, and the output shown below it. */
const shown = [...readme.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(match => ({
  command: match[1] ?? '',
  output: match[2] ?? '',
}));

function outputOf(command: string): string {
  const block = shown.find(candidate => candidate.command === command);
  expect(block, `README.md shows "${command}"`).toBeDefined();
  return block?.output ?? '';
}

/** Ports differ from run to run; nothing else may. */
function withoutPorts(text: string): string {
  return text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
}

function rehearsal(args: readonly string[]): string {
  return spawnSync(process.execPath, ['scripts/rehearsal.js', ...args], { cwd: root, encoding: 'utf8' })
    .stdout;
}

describe('README.md shows what really comes out', () => {
  test('of npm start -- --once, in under 12 lines', () => {
    const output = outputOf('npm start -- --once');
    expect(withoutPorts(rehearsal(['start', '--once']))).toBe(withoutPorts(output));
    expect(output.split('\n').length).toBeLessThan(12);
  });

  test('of rehearsal lint', () => {
    expect(rehearsal(['lint', 'test/readme/broken.yaml'])).toBe(
      outputOf('npx rehearsal lint test/readme/broken.yaml'),
    );
  });

  test('of rehearsal mock and a refused request', async () => {
    const child = spawn(
      process.execPath,
      ['scripts/rehearsal.js', 'mock', 'specs/box-office.yaml', '--port', '0'],
      { cwd: root },
    );
    children.push(child);
    let line = '';
    for await (const chunk of child.stdout) {
      line += String(chunk);
      if (line.includes('\n')) break;
    }
    expect(withoutPorts(line)).toBe(withoutPorts(outputOf('npx rehearsal mock specs/box-office.yaml')));
    const response = await fetch(`${/http:\S+/.exec(line)?.[0]}/productions?limit=0`);
    const [status, ...headers] = outputOf("curl -i 'http://127.0.0.1:4010/v1/productions?limit=0'")
      .trim()
      .split('\n');
    expect(status).toBe(`HTTP/1.1 ${response.status} ${response.statusText}`);
    for (const header of headers) {
      const [name = '', ...value] = header.split(': ');
      expect(response.headers.get(name), name).toBe(value.join(': '));
    }
  });

  test('and links to pages that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(match => match[1] ?? '');
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) expect(() => readFileSync(join(root, link)), link).not.toThrow(/ENOENT/);
  });
});
