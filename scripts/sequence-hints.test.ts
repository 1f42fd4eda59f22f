import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { main } from './cli.ts';
import { loadConfig } from './config/load-config.ts';
import { sequenceHints } from './sequence-hints.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-hints-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const { contract } = contractFromText(`openapi: 3.1.1
paths:
  /pets: { post: { responses: { '201': { description: Made } } } }
  /pets/{petId}: { get: { responses: { '200': { description: One } } } }
`);
const operations = contract?.operations ?? [];

test('hints for operations that there are go on as they are', () => {
  const sequences = {
    'POST /pets': { id: '$response.body#/key', item: '/pets/{petId}' },
    'GET /pets/{petId}': false,
  } as const;
  expect(sequenceHints({ sequences }, operations)).toEqual(sequences);
  expect(sequenceHints(undefined, operations)).toEqual({});
});

test.each([
  [{ 'POST /pet': false } as const, 'There is no operation "POST /pet": did you mean "POST /pets"?'],
  [{ 'POST /pets': { id: 'key' } }, 'test.sequences["POST /pets"].id is an expression such as'],
  [{ 'POST /pets': { item: '/dogs/{id}' } }, 'test.sequences["POST /pets"].item is a path of the document'],
  [
    { 'GET /pets/{petId}': { id: '$response.body#/id' } },
    '].id is for POST and PUT, not for GET /pets/{petId}',
  ],
])('%j is a mistake', (sequences, message) => {
  expect(() => sequenceHints({ sequences }, operations)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
  );
});

test.each([
  ['{ "POST /pets": { id: key } }', /test\.sequences\.POST \/pets\.id must match/],
  ['{ "POST /pets": { item: pets } }', /test\.sequences\.POST \/pets\.item must match/],
  ['{ "POST /pets": true }', /test\.sequences\.POST \/pets must not/],
  ['{ "POST /pets": "no" }', /test\.sequences\.POST \/pets must be/],
  ['{ "POST /pets": { ids: $response.body#/id } }', /ids is not a known key; did you mean "id"\?/],
  ['[POST]', /test\.sequences must be/],
])('a configuration with test.sequences: %s is invalid', async (text, message) => {
  const file = join(folder, 'odd.yaml');
  writeFileSync(file, `test:\n  sequences: ${text}\n`);
  await expect(loadConfig(folder, file)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(message),
  });
});

describe('against a server whose paths and names do not tell', () => {
  const THING = '{ type: object, required: [name], properties: { name: { type: string } } }';
  const DOCUMENT = `openapi: 3.1.1
info: { title: Things, version: "1" }
paths:
  /add-thing:
    post:
      requestBody: { required: true, content: { application/json: { schema: ${THING} } } }
      responses: { "201": { description: Made, content: { application/json: { schema: { type: object, properties: { data: { type: object, properties: { key: { type: string } } } } } } } } }
  /things/{thing}:
    parameters: [{ name: thing, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: One, content: { application/json: { schema: ${THING} } } }, "404": { description: None } } }
    delete: { responses: { "204": { description: Gone }, "404": { description: None } } }
`;
  const HINTS = "{ 'POST /add-thing': { id: '$response.body#/data/key', item: '/things/{thing}' } }";

  /** @param forgets - what was made is not there */
  async function rehearse(config: string, forgets = false): Promise<readonly [number, string, number]> {
    const things = new Map<string, unknown>();
    let made = 0;
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { method, url = '' } = request;
        const say = (status: number, body?: unknown): void => {
          const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
          const allow = url === '/add-thing' ? 'POST' : 'GET, HEAD, DELETE';
          response.writeHead(status, { ...type, ...(status === 405 ? { Allow: allow } : {}) });
          response.end(body === undefined || method === 'HEAD' ? undefined : JSON.stringify(body));
        };
        if (url === '/add-thing') {
          if (method !== 'POST') return say(405);
          made += 1;
          if (!forgets) things.set(`/things/k${made}`, JSON.parse(text));
          return say(201, { data: { key: `k${made}` } });
        }
        const thing = things.get(url);
        if (method !== 'GET' && method !== 'HEAD' && method !== 'DELETE') return say(405);
        if (thing === undefined) return say(404);
        if (method === 'DELETE') things.delete(url);
        return method === 'DELETE' ? say(204) : say(200, thing);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    writeFileSync(join(folder, 'things.yaml'), DOCUMENT);
    const file = join(folder, 'rehearsal.config.yaml');
    writeFileSync(file, config);
    let output = '';
    const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ['test', url, '--spec', 'things.yaml', '--sequences-only', '--verbose'];
    const exitCode = await main(args, {
      cwd: folder,
      env: {},
      stdout: sink,
      stderr: sink,
      config: async () => (await loadConfig(folder, file)).config,
      configFolder: () => Promise.resolve(folder),
    });
    await new Promise(resolve => server.close(resolve).closeAllConnections());
    return [exitCode, output, things.size];
  }

  test('hints of the configuration find what is made, and clean it up', async () => {
    const [exitCode, output, left] = await rehearse(`test: { sequences: ${HINTS} }\n`);
    expect([exitCode, left]).toEqual([0, 0]);
    expect(output).toMatch(/^kept: 0 failures in \d+ cases/m);
  });

  test('and see that it is not there', async () => {
    const [exitCode, output] = await rehearse(`test: { sequences: ${HINTS} }\n`, true);
    expect([exitCode, output]).toEqual([1, expect.stringContaining('created-not-readable')]);
  });

  test('without them nobody knows', async () => {
    const [exitCode, output] = await rehearse('test: {}\n', true);
    expect([exitCode, output]).toEqual([3, expect.stringContaining('There was no case to send.')]);
  });

  test('an operation that is left out is counted and named', async () => {
    const hints = HINTS.replace(/ }$/, ", 'DELETE /things/{thing}': false }");
    const [exitCode, output, left] = await rehearse(`test: { sequences: ${hints} }\n`);
    expect([exitCode, left > 0]).toEqual([0, true]);
    expect(output).toMatch(/not made {2}1 left out of sequences\n +DELETE \/things\/\{thing\}\n/);
  });
});
