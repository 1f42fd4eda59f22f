import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContracts } from '../../../contract/load/load-contracts.ts';
import { createMockServer } from '../../../mock-server/server.ts';
import { type Between, between, PETS } from '../proxy.fixture.ts';
import { newRecorder } from './recorder.ts';

const DOCUMENT = PETS.replace(', example: { name: Mock }', '').replace(
  'schema: { type: object, properties: { name: { type: string } } } } } }\n        ',
  'schema: { type: object, properties: { name: { type: string }, token: { type: string, minLength: 3 } } } } } }\n        ',
);

let folder = '';
let file = '';
let open: Between[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-record-'));
  file = join(folder, 'pets.yaml');
  writeFileSync(file, DOCUMENT);
});
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

interface Recording {
  readonly url: string;
  readonly lines: readonly string[];
  readonly text: () => string;
}

async function recording(
  answer: (method: string, path: string) => unknown,
  which: 'kept' | 'all' = 'kept',
): Promise<Recording> {
  const [loaded] = await loadContracts([file], { cwd: folder });
  const contract = loaded?.contract;
  if (contract === undefined) throw new Error('it is no contract');
  const lines: string[] = [];
  const hide = (text: string): string => text.replaceAll('known-secret', '***');
  const started = await between(
    ({ method = '', url = '' }, response) => {
      const value = answer(method, url);
      const status = value === undefined ? 204 : method === 'POST' ? 201 : 200;
      response.writeHead(status, value === undefined ? {} : { 'content-type': 'application/json' });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    },
    { contract, onJudged: newRecorder({ which, hide, tell: line => void lines.push(line) }) },
  );
  open.push(started);
  return { url: started.url, lines, text: () => readFileSync(file, 'utf8') };
}

function post(url: string, value: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(value) });
}

async function served(): Promise<ReturnType<typeof createMockServer>> {
  const [loaded] = await loadContracts([file], { cwd: folder });
  expect(loaded?.problems).toEqual([]);
  if (loaded === undefined) throw new Error('nothing loaded');
  return createMockServer(loaded);
}

test('the mock gives the recorded answer to the recorded request, and the rest of the file is as it was', async () => {
  const { url, lines, text } = await recording((method, path) => ({ name: `${method} ${path}` }));
  await (await fetch(`${url}/pets/7`)).text();
  await (await fetch(`${url}/pets/8`)).text();
  await (await post(`${url}/pets`, { name: 'Rex' })).text();
  expect(lines).toEqual([
    expect.stringMatching(/^recorded GET \/pets\/\{id\} 200 as get-pets-id-200 in /),
    expect.stringMatching(/ as get-pets-id-200-2 in /),
    expect.stringMatching(/^recorded POST \/pets 201 as post-pets-201 in /),
  ]);
  const mock = await served();
  expect((await mock.inject('/v1/pets/8')).json()).toEqual({ name: 'GET /api/pets/8' });
  expect((await mock.inject('/v1/pets/7')).json()).toEqual({ name: 'GET /api/pets/7' });
  const payload = { name: 'Rex' };
  expect((await mock.inject({ method: 'POST', url: '/v1/pets', payload })).json()).toEqual({
    name: 'POST /api/pets',
  });
  const kept = text()
    .split('\n')
    .filter(line => !line.includes('examples'));
  for (const line of kept) expect(DOCUMENT.split('\n')).toContain(line);
});

test('one answer to one request: a second could never be chosen', async () => {
  let count = 0;
  const { url, lines } = await recording(() => {
    count += 1;
    return { name: `time ${count}` };
  });
  for (const id of [7, 7, 8]) await (await fetch(`${url}/pets/${id}`)).text();
  expect(lines).toHaveLength(2);
});

test('not twice the same, not what breaks the document, not what has no body', async () => {
  const answers = [{ name: 'Rex' }, { name: 'Rex' }, { name: 7 }];
  const { url, lines } = await recording(method => (method === 'DELETE' ? undefined : answers.shift()));
  for (let time = 0; time < 3; time += 1) await (await fetch(`${url}/pets/7`)).text();
  await fetch(`${url}/pets/7`, { method: 'DELETE', headers: { 'x-key': 'k' } });
  expect(lines).toHaveLength(1);
});

test('what breaks the document, when it is asked for', async () => {
  const { url, lines, text } = await recording(() => ({ name: 7 }), 'all');
  await (await fetch(`${url}/pets/7`)).text();
  expect(lines).toHaveLength(1);
  expect(text()).toContain('{"name":7}');
});

test('secrets stay outside: by schema, by name, and those that are known', async () => {
  const { url, text } = await recording(() => ({ name: 'known-secret', token: 'abc-123-xyz' }));
  await (await post(`${url}/pets`, { name: 'Rex', password: 'hunter2', apiKey: 'k-12345' })).text();
  expect(text()).toContain('post-pets-201');
  expect(text()).not.toMatch(/known-secret|abc-123|hunter2|k-12345/);
  await served();
});

test('a document that has an example there, one that has changed, and one that is 2.0', async () => {
  writeFileSync(file, PETS);
  const first = await recording(() => ({ name: 'Rex' }));
  await (await fetch(`${first.url}/pets/7`)).text();
  expect(first.lines).toEqual([expect.stringMatching(/is not recorded: there is an "example"/)]);
  expect(first.text()).toBe(PETS);

  writeFileSync(file, DOCUMENT);
  const second = await recording(() => ({ name: 'Rex' }));
  writeFileSync(file, 'openapi: 3.1.1\n');
  await (await fetch(`${second.url}/pets/7`)).text();
  expect(second.lines).toEqual([expect.stringMatching(/is not as it was when the document was read/)]);
  expect(second.text()).toBe('openapi: 3.1.1\n');

  writeFileSync(
    file,
    "swagger: '2.0'\ninfo: { title: T, version: '1' }\nbasePath: /v1\npaths: { /pets: { get: { produces: [application/json], responses: { '200': { description: d, schema: { type: object } } } } } }\n",
  );
  const third = await recording(() => ({ name: 'Rex' }));
  await (await fetch(`${third.url}/pets`)).text();
  expect(third.lines).toEqual([expect.stringMatching(/OpenAPI 2\.0 has no named examples/)]);
});

test('ten of one kind are enough', async () => {
  let name = 0;
  const { url, lines } = await recording(() => ({ name: `number ${(name += 1)}` }));
  for (let time = 1; time <= 11; time += 1) await (await fetch(`${url}/pets/${time}`)).text();
  expect(lines.at(-1)).toBe('GET /pets/{id} 200 is recorded 10 times, which is enough');
});

test('XML is recorded as the value behind it', async () => {
  const pet =
    '{ type: object, xml: { name: pet }, properties: { id: { type: integer, xml: { attribute: true } }, name: { type: string } } }';
  const content = `content: { application/xml: { schema: ${pet} } }`;
  writeFileSync(
    file,
    `openapi: 3.1.1\ninfo: { title: Pets, version: "1" }\nservers: [{ url: /v1 }]\npaths:\n  /pets:\n    post:\n      requestBody: { ${content} }\n      responses: { "201": { description: Made, ${content} } }\n`,
  );
  const [loaded] = await loadContracts([file], { cwd: folder });
  if (loaded?.contract === undefined) throw new Error('it is no contract');
  const { contract } = loaded;
  const lines: string[] = [];
  const onJudged = newRecorder({ which: 'kept', hide: text => text, tell: line => void lines.push(line) });
  const started = await between(
    (_request, response) =>
      void response
        .writeHead(201, { 'content-type': 'application/xml' })
        .end('<pet id="8"><name>Rex</name></pet>'),
    { contract, onJudged },
  );
  open.push(started);
  const headers = { 'content-type': 'application/xml' };
  const body = '<pet id="7"><name>Rex</name></pet>';
  await (await fetch(`${started.url}/pets`, { method: 'POST', headers, body })).text();
  expect(lines).toEqual([expect.stringContaining('POST /pets')]);
  const [again] = await loadContracts([file], { cwd: folder });
  if (again?.contract === undefined) throw new Error('it is no contract');
  const { requestBody, responses } = again.contract.operations[0] ?? {};
  expect(requestBody?.content[0]?.examples.map(({ value }) => value)).toEqual([{ id: 7, name: 'Rex' }]);
  expect(responses?.[0]?.content[0]?.examples.map(({ value }) => value)).toEqual([{ id: 8, name: 'Rex' }]);
  const mocked = await createMockServer(again.contract).inject({
    method: 'POST',
    url: '/v1/pets',
    headers,
    payload: body,
  });
  expect(mocked.body).toContain('<pet id="8"><name>Rex</name></pet>');
});
