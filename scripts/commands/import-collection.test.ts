import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../cli.ts';

const PETS = `# The pets of the shop.
openapi: 3.1.1
info: { title: Pets, version: "1" }
servers: [{ url: https://pets.example/v1 }]
paths:
  /pets/{id}: # one of them
    get:
      responses:
        "200":
          description: A pet
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
              examples:
                rex: { value: { name: Rex } } # the first
        "404": { description: None } # no body at all
  /pets/mine:
    get: { responses: { "200": { description: Mine, content: { text/plain: { schema: { type: string } } } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string }, password: { type: string } } }
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-import-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function importing(collection: object, ...words: readonly string[]): Promise<Ended> {
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(collection));
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(['import', 'shop.json', 'pets.yaml', ...words], {
    cwd: folder,
    env: {},
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const JSON_TYPE = [{ key: 'Content-Type', value: 'application/json; charset=utf-8' }];

/** One item in a folder, with responses of format 2.1. */
function withResponses(path: readonly string[], response: readonly object[]): object {
  return {
    info: {
      name: 'Shop',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [
      {
        name: 'pets',
        item: [
          {
            name: 'one',
            request: { method: 'GET', url: { raw: '{{base}}/', host: ['{{base}}'], path } },
            response,
          },
        ],
      },
    ],
  };
}

const FOUND = { name: 'Found one!', code: 200, header: JSON_TYPE, body: '{"name":"Mia"}' };

test('a saved response is shown first, and then written as an example, every other byte left', async () => {
  const collection = withResponses(['v1', 'pets', ':id'], [FOUND]);
  const shown = await importing(collection);
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toMatch(/^\+ +found-one:/m);
  expect(shown.stderr).toMatch(/1 change, nothing is written yet: --write --expect \w+/);
  expect(readFileSync(join(folder, 'pets.yaml'), 'utf8')).toBe(PETS);

  const written = await importing(collection, '--write');
  expect(written.stdout).toContain('example found-one of GET /pets/{id} 200');
  const text = readFileSync(join(folder, 'pets.yaml'), 'utf8');
  expect(PETS.split('\n').filter(line => !text.includes(line))).toEqual([]);
  expect(text).toMatch(/# the first\n +found-one:/);
  expect((await importing(collection)).stdout).toBe('');
});

test('what cannot be an example is told with its reason, and a secret is taken out', async () => {
  const { exitCode, stdout, stderr } = await importing(
    withResponses(
      ['pets', '7'],
      [
        { ...FOUND, name: 'broken', body: '{"name":7}' },
        { ...FOUND, name: 'half', body: '{"name"' },
        { ...FOUND, name: 'gone', code: 404, body: '{}' },
        { ...FOUND, name: 'teapot', code: 418 },
        { ...FOUND, name: 'bare', code: null },
        { ...FOUND, name: 'known', body: '{"name":"Rex"}' },
        { ...FOUND, name: 'secret', body: '{"name":"Leo","password":"hunter2"}' },
      ],
    ),
  );
  expect(exitCode).toBe(0);
  const told = stderr.split('\n').filter(line => line.startsWith('note: '));
  expect(told.map(line => line.replace(/ shop\.json.*$/, ''))).toEqual([
    expect.stringMatching(/^note: "broken" of GET \/pets\/7 stays out: it breaks its schema at \/name: /),
    'note: "half" of GET /pets/7 stays out: its body cannot be read.',
    'note: "gone" of GET /pets/7 stays out: GET /pets/{id} documents no application/json; charset=utf-8 with 404.',
    'note: "teapot" of GET /pets/7 stays out: GET /pets/{id} documents no 418.',
    'note: "bare" of GET /pets/7 stays out: it was saved without a status.',
  ]);
  expect(stdout).toContain('secret');
  expect(stdout).not.toContain('hunter2');
  expect(stdout).not.toContain('known');
});

test('format 2.0 has addresses and headers as texts; the path that says most is the right one', async () => {
  const { stdout } = await importing({
    info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
    item: [
      {
        name: 'mine',
        request: 'https://pets.example/v1/pets/mine?x=1',
        response: [
          { name: 'all', code: 200, header: 'Server: a\r\nContent-Type: text/plain\r\n', body: 'Rex' },
        ],
      },
    ],
  });
  expect(stdout).toContain('Rex');
  expect(stdout).toContain('all');
});

test('format 1, and a collection of another API, are refused', async () => {
  const old = await importing({ id: 'a', name: 'Shop', order: [], requests: [] });
  expect(old).toMatchObject({ exitCode: 2 });
  expect(old.stderr).toContain('Export it from Postman as Collection v2.1');
  const other = await importing(withResponses(['shops'], [FOUND]));
  expect(other).toMatchObject({ exitCode: 2 });
});

test('what we generated and nobody has changed brings nothing', async () => {
  const out: string[] = [];
  const output = { write: (text: string): void => void out.push(text), isTTY: false, columns: 80 };
  await main(['generate', 'postman', 'pets.yaml'], {
    cwd: folder,
    env: {},
    stdout: output,
    stderr: output,
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  });
  const text = readFileSync(join(folder, 'postman/collections/pets.postman_collection.json'), 'utf8');
  const { exitCode, stdout, stderr } = await importing(JSON.parse(text) as object);
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/saved responses? (is|are) as rehearsal generate has made them/);
});
