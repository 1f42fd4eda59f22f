import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXTENSIONS } from '../gateway/local/export/export-view.ts';
import { createGateway, type Gateway } from '../gateway/local/gateway.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/local-gateway-import.md'), 'utf8');
const petstore = readFileSync(join(root, 'test/corpus/apigw-console-petstore.json'), 'utf8');

/** The files that the page's commands name. */
const FILES: Readonly<Record<string, string>> = {
  '@apigw-console-petstore.json': petstore,
  '@petstore.json': petstore.replaceAll('${uri}', 'http://127.0.0.1:8080/pets'),
};

interface Shown {
  readonly command: string;
  readonly language: string;
  readonly output: string;
}

/** Each command of the page with what it shows as its output. */
const shown: readonly Shown[] = [...page.matchAll(/```sh\n([^`]*?)```\n\n```(\w+)\n([^`]*?)```/g)].map(
  ([, commands = '', language = '', output = '']) => ({
    command:
      commands
        .trim()
        .split('\n')
        .findLast(line => line.startsWith('curl ')) ?? '',
    language,
    output,
  }),
);

let gateway: Gateway;
let base: string;

beforeAll(async () => {
  gateway = createGateway({ seed: 1, clock: () => 1_700_000_000_000 });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  base = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
});
afterAll(() => gateway.close());

/** Runs a line of curl as far as the page uses it. */
function run(command: string, api: string): Promise<Response> {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, ...kinds]) => kinds.join(''));
  const after = (option: string): string | undefined => words[words.indexOf(option) + 1 || words.length];
  const address = words.find(word => word.startsWith('http')) ?? '';
  const file = after('--data-binary');
  const body = file === undefined ? after('-d') : FILES[file];
  const [name = 'accept', value = '*/*'] = (after('-H') ?? '').split(': ').filter(part => part !== '');
  return fetch(address.replace('http://127.0.0.1:4567', base).replace('$API', api), {
    method: after('-X') ?? 'GET',
    headers: { [name]: value },
    ...(body !== undefined && { body }),
  });
}

describe('docs/reference/local-gateway-import.md', () => {
  test('shows what its commands print', async () => {
    expect(shown.map(({ language }) => language)).toEqual(['json', 'json', 'json', 'html', 'http', 'yaml']);
    let api = '';
    for (const { command, language, output } of shown) {
      const answer = await run(command, api);
      const text = await answer.text();
      if (language === 'json') {
        const printed = JSON.parse(text);
        expect(printed).toEqual(JSON.parse(output));
        if ('rootResourceId' in printed) api = printed.id;
      } else if (language === 'http') {
        const [status = '', ...headers] = output.trim().split('\n');
        expect(status).toBe(`HTTP/1.1 ${answer.status} OK`);
        for (const header of headers) {
          const [name = '', value] = header.split(': ');
          expect(answer.headers.get(name), name).toBe(value);
        }
      } else {
        let from = 0;
        for (const part of output.split('…\n').map(lines => lines.trimEnd())) {
          const at = text.indexOf(part, from);
          expect(at, part).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
      }
    }
  });

  test('names every extension of an export', () => {
    for (const extension of EXTENSIONS) expect(page).toContain(`\`${extension}\``);
  });
});
