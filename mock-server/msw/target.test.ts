import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getResponse, type RequestHandler } from 'msw';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContracts } from '../../contract/load/load-contracts.ts';
import { contractFromText } from '../../contract/read.ts';
import { handlers as handlersOf } from './handlers.ts';
import { mswTarget } from './target.ts';

/** In the checkout, so that `rehearsal/msw` is found. */
const folder = join(import.meta.dirname, `../../node_modules/.cache/msw-target-${process.pid}`);

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The handlers that a generated module gives. */
async function handlersIn(name: string, text: string): Promise<readonly RequestHandler[]> {
  const file = join(folder, name);
  writeFileSync(
    file,
    text.replace("'rehearsal/msw'", `'${pathToFileURL(join(import.meta.dirname, 'handlers.ts'))}'`),
  );
  const module: { handlers: (options?: object) => readonly RequestHandler[] } = await import(
    /* @vite-ignore */ pathToFileURL(file).href
  );
  return module.handlers({ baseUrl: 'https://odd.test' });
}

const DOCUMENT = `{
  "openapi": "3.1.1",
  "info": { "title": "It's \\"odd\\"", "version": "1" },
  "paths": { "/odd": { "get": { "responses": { "200": { "content": { "application/json": {
    "schema": { "type": "object", "properties": { "__proto__": { "type": "integer" }, "id": { "const": 9223372036854775807 } }, "required": ["__proto__", "id"] },
    "example": { "__proto__": 1, "id": 9223372036854775807 }
  } } } } } } }
}`;

test.each(['js', 'ts'] as const)(
  'the module in %s gives the handlers of the document it holds',
  async language => {
    const { contract } = contractFromText(DOCUMENT);
    if (contract === undefined) throw new Error('no contract');
    const files = mswTarget.emit({ name: 'odd', contract, spec: '../odd.json', language });
    expect(files.map(({ path }) => path)).toEqual([`odd.handlers.${language}`]);
    const [{ text = '' } = {}] = files;
    expect(text.split('\n')[0]).toBe('// Made by rehearsal generate msw from ../odd.json. Do not edit.');
    expect(mswTarget.emit({ name: 'odd', contract, spec: '../odd.json', language })[0]?.text).toBe(text);
    const handlers = await handlersIn(`odd.handlers.${language}`, text);
    const response = await getResponse([...handlers], new Request('https://odd.test/odd'));
    expect(await response?.text()).toBe('{"__proto__":1,"id":9223372036854775807}');
  },
);

/** Files in folders above and below the document, which refer to each other and back to it. */
const FILES = {
  'specs/my api.yaml': `openapi: 3.1.1
info: { title: Pets, version: "1" }
paths:
  /pets: { $ref: paths/pets.yaml }
  /photo: { get: { responses: { "200": { content: { image/png: { examples: { one: { externalValue: photo.png } } } } } } } }
  /note: { get: { responses: { "200": { content: { text/plain: { examples: { one: { externalValue: ../note.txt } } } } } } } }
components: { schemas: { Id: { type: integer, const: 9007199254740993 } } }
`,
  'specs/paths/pets.yaml': `get:
  parameters: [{ $ref: "../../common.json#/limit" }]
  responses: { "200": { content: { application/json: { schema: { $ref: "../schemas.yaml#/Pet" } } } } }
`,
  'specs/schemas.yaml': `Pet: { type: object, required: [id, next], properties: { id: { $ref: "my api.yaml#/components/schemas/Id" }, next: { $ref: "../common.json#/kind" } } }
`,
  'common.json':
    '{ "kind": { "const": "cat" }, "limit": { "name": "limit", "in": "query", "schema": { "type": "integer" } } }',
  'note.txt': 'a note\n',
  'specs/photo.png': '\u0089PNG\r\n\u001a\n\0',
};

test.each(['js', 'ts'] as const)('a document of several files is all in the module in %s', async language => {
  const cwd = join(folder, `files-${language}`);
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text, path.endsWith('.png') ? 'latin1' : 'utf8');
  }
  const [loaded] = await loadContracts(['specs/my api.yaml'], { cwd, allowOutside: true });
  if (loaded?.contract === undefined) throw new Error('no contract');
  const { contract } = loaded;
  const [{ text = '' } = {}] = mswTarget.emit({ name: 'pets', contract, spec: 'my api.yaml', language });
  expect(text).not.toContain(cwd);
  expect(text).toContain('"my%20api.yaml": document,');
  expect(text).toContain('"../note.txt": new TextEncoder().encode("a note\\n"),');
  const generated = await handlersIn(`pets.handlers.${language}`, text);
  const read = handlersOf(contract, { baseUrl: 'https://odd.test' });
  for (const path of ['/pets', '/pets?limit=x', '/photo', '/note']) {
    const [a, b] = await Promise.all(
      [generated, read].map(list => getResponse([...list], new Request(`https://odd.test${path}`))),
    );
    expect([a?.status, [...(a?.headers ?? [])], await a?.text()]).toEqual([
      path.endsWith('x') ? 400 : 200,
      [...(b?.headers ?? [])],
      await b?.text(),
    ]);
  }
  const pet = await getResponse([...generated], new Request('https://odd.test/pets'));
  expect(await pet?.text()).toBe('{"id":9007199254740993,"next":"cat"}');
});
