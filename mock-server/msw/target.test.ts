import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getResponse, type RequestHandler } from 'msw';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractFromText } from '../../contract/read.ts';
import { mswTarget } from './target.ts';

/** In the checkout, so that `rehearsal/msw` is found. */
const folder = join(import.meta.dirname, `../../node_modules/.cache/msw-target-${process.pid}`);

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    const file = join(folder, `odd.handlers.${language}`);
    writeFileSync(
      file,
      text.replace("'rehearsal/msw'", `'${pathToFileURL(join(import.meta.dirname, 'handlers.ts'))}'`),
    );
    const module: { handlers: (options?: object) => readonly RequestHandler[] } = await import(
      /* @vite-ignore */ pathToFileURL(file).href
    );
    const request = new Request('https://odd.test/odd');
    const response = await getResponse([...module.handlers({ baseUrl: 'https://odd.test' })], request);
    expect(await response?.text()).toBe('{"__proto__":1,"id":9223372036854775807}');
  },
);
