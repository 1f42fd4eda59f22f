import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';

const DOCUMENT = `openapi: 3.1.1
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      parameters: [{ name: size, in: query, schema: { type: integer } }]
      responses: { '204': { description: done } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-lint-'));
  writeFileSync(join(folder, 'pets.yaml'), DOCUMENT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function rulesFor(...args: readonly string[]): Promise<readonly string[]> {
  const out: string[] = [];
  const context: CommandContext = {
    cwd: folder,
    env: {},
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: () => {}, isTTY: false, columns: 80 },
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  };
  await main(['lint', 'pets.yaml', '--format', 'json', ...args], context);
  return [...out.join('').matchAll(/"(apigateway-[a-z-]+)"/g)].map(([, rule = '']) => rule);
}

test.each([
  ['no service', [], []],
  ['API Gateway', ['--for', 'apigateway'], ['apigateway-parameter']],
  ['its HTTP APIs', ['--for', 'apigateway-http'], ['apigateway-http-validation']],
  ['one rule of them', ['--for', 'apigateway-http', '--rule', 'apigateway-http-routes'], []],
])('for %s', async (_name, args, rules) => {
  expect(await rulesFor(...args)).toEqual(rules);
});
