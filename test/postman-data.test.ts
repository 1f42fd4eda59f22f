/** Law: newman runs the rows of a data file, a named example each, and holds each answer to the document and to its row. */
import { afterEach, expect, test } from 'vitest';
import type { Json } from '../contract/json/value.ts';
import { contractFromText } from '../contract/read.ts';
import type { GeneratedFile } from '../contract/target.ts';
import { createMockServer } from '../mock-server/server.ts';
import { mergeFile } from '../postman/merge/merge-file.ts';
import { postmanTarget } from '../postman/target.ts';
import { runNewman } from './newman-run.ts';

const { contract } = contractFromText(`
openapi: 3.1.1
info: { title: Pets, version: "1" }
servers: [{ url: https://pets.example/v1 }]
security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: query, name: key } } }
paths:
  /pets/{kind}:
    post:
      operationId: createPet
      parameters:
        - { name: kind, in: path, required: true, schema: { type: string }, examples: { rex: { value: dogs }, tom: { value: "big cats" } } }
        - { name: X-Trace, in: header, schema: { type: string }, examples: { rex: { value: t-1 } } }
        - { name: dry, in: query, schema: { type: boolean }, examples: { tom: { value: true } } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [name], properties: { name: { type: string, minLength: 2 } } }
            examples: { rex: { value: { name: Rex } }, tom: { value: { name: Tom } } }
      responses: { "201": {}, "400": {} }
`);
if (contract === undefined) throw new Error('no contract');

const files: readonly GeneratedFile[] = postmanTarget.emit({
  name: 'pets',
  contract,
  spec: 'pets.yaml',
  language: 'ts',
});
const collection = JSON.parse(files[0]?.text ?? '') as Json;
const data = files.find(({ path }) => path === 'data/pets.createPet.json') ?? { path: '', text: '' };
const rows = JSON.parse(data.text) as readonly Record<string, Json>[];

const servers: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function mock(): Promise<{ readonly baseUrl: string; readonly asked: readonly string[] }> {
  if (contract === undefined) throw new Error('no contract');
  const server = createMockServer(contract);
  const asked: string[] = [];
  server.addHook('preHandler', (request, _reply, done) => {
    asked.push(`${request.url} ${String(request.headers['x-trace'])} ${JSON.stringify(request.body)}`);
    done();
  });
  servers.push(server);
  return { baseUrl: `${await server.listen({ host: '127.0.0.1', port: 0 })}/v1`, asked };
}

test('a row for each named example, without secrets, and the first says where the file is from', () => {
  expect(rows.map(row => row['case'])).toEqual([
    'POST /pets/{kind} example rex',
    'POST /pets/{kind} example tom',
  ]);
  expect(rows[1]).toMatchObject({ path: '/pets/big%20cats', query: 'dry=true', body: '{"name":"Tom"}' });
  expect(data.text.split('\n')[0]).toContain('Made by rehearsal generate postman from ../pets.yaml.');
});

test('newman sends each row and judges its answer', async () => {
  const { baseUrl, asked } = await mock();
  const outcome = await runNewman(
    collection,
    { baseUrl, key: 'a-key' },
    { folders: ['Data'], rows, iterations: rows.length },
  );
  expect(outcome.failures).toEqual([]);
  expect(outcome.words).toEqual({
    'POST /pets/{kind} example rex': 'passed',
    'POST /pets/{kind} example tom': 'passed',
  });
  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain('/v1/pets/dogs?key=a-key t-1 ');
  expect(asked[1]).toContain('/v1/pets/big%20cats?dry=true&key=a-key undefined ');
});

test('a row of somebody’s own wants its own status, and a wrong one fails', async () => {
  const { baseUrl } = await mock();
  const body = '{"name":"x"}';
  const own = { ...rows[0], case: 'POST /pets/{kind} too short', body, status: 400 };
  const wrong = { ...own, case: 'POST /pets/{kind} hoped for', status: 201, expectation: 'any' };
  const { words, failures } = await runNewman(
    collection,
    { baseUrl },
    { folders: ['Data'], rows: [own, wrong], iterations: 2 },
  );
  expect(words['POST /pets/{kind} too short']).toBe('passed');
  expect(failures).toEqual([expect.stringContaining('status: received 400, documented 201 (the row)')]);
});

test('without rows the items are skipped, and say so', async () => {
  const { baseUrl, asked } = await mock();
  const { words } = await runNewman(collection, { baseUrl }, { folders: ['Data'] });
  expect(words).toEqual({
    'POST /pets/{kind} with data': 'skipped: no-data: it is sent with the rows of a data file, newman run -d',
  });
  expect(asked).toEqual([]);
});

test('rows that people have added stay when the file is made anew', () => {
  const added = `${data.text.trimEnd().slice(0, -1)},\n{"case":"POST /pets/{kind} too short","path":"/pets/x"}]\n`;
  const { text, notes } = mergeFile({ path: data.path, text: added }, data);
  expect(text).toBe(added);
  expect(notes).toEqual(['keeps 1 row of your own']);
});
