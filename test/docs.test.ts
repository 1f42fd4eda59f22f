import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, main } from '../scripts/cli.ts';
import { referencePages } from '../scripts/docs/pages.ts';

const root = join(import.meta.dirname, '..');

describe('generated reference pages', async () => {
  for (const page of await referencePages()) {
    test(`${page.path} says what the code says`, () => {
      expect(readFileSync(join(root, page.path), 'utf8')).toBe(page.text);
    });
  }
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const paths = [...text.matchAll(/`([a-z][\w./-]*\/[\w./-]*|[\w-]+\.(?:ts|md))`/g)].map(
    match => match[1] ?? '',
  );

  test('names paths', () => {
    expect(paths.length).toBeGreaterThan(10);
  });

  for (const path of new Set(paths)) {
    test(`${path} exists`, () => {
      expect(existsSync(join(root, path)), path).toBe(true);
    });
  }

  test('names every room that holds code', () => {
    const rooms = readdirSync(root, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !/^(\.|node_modules|dist|coverage)/.test(entry.name))
      .map(entry => `${entry.name}/`);
    for (const room of rooms) expect(text, room).toContain(room);
  });
});

describe('commands', () => {
  for (const entry of COMMANDS) {
    test(`${entry.usage} has its own file`, () => {
      const [verb] = entry.usage.split(' ');
      expect(existsSync(join(root, `scripts/commands/${verb}.ts`))).toBe(true);
    });
  }
});

test('every target of a room is in the list', () => {
  const files = globSync('{gateway,mock-server,postman,contract-tests}/**/target.ts', { cwd: root }).filter(
    file => readFileSync(join(root, file), 'utf8').includes('defineTarget('),
  );
  const list = readFileSync(join(root, 'scripts/targets.ts'), 'utf8');
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(list).toContain(`'../${file}'`);
});

test('the files generated from specs/ are fresh', async () => {
  const told: string[] = [];
  const output = { write: (text: string) => void told.push(text), isTTY: false, columns: 80 };
  const context = {
    cwd: root,
    env: {},
    stdout: output,
    stderr: output,
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(root),
  };
  const exitCode = await main(['generate', '--check'], context);
  expect([exitCode, told.join('')]).toEqual([0, '']);
});
