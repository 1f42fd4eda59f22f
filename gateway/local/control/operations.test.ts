import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contents } from './any-calls.fixture.ts';
import { control } from './control.fixture.ts';
import { type Connected, connect, refusalOf } from './control-client.fixture.ts';
import { OPERATIONS } from './operations.ts';
import { UNIMPLEMENTED_OPERATIONS } from './unimplemented.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

interface Modelled {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
}

/** The service model that the client carries: schemas of operations are lists that begin with 9. */
function modelledOperations(): readonly Modelled[] {
  return Object.values(sdk).flatMap((schema: unknown) => {
    if (!Array.isArray(schema) || schema[0] !== 9) return [];
    const [method, target, status] = schema[3].http;
    return [{ name: String(schema[2]), method, target, status }];
  });
}

test('13.2: each operation of the service model is there once, by its name, verb and path', () => {
  const shape = (path: string): string => path.replaceAll(/\{[^}]+\}/g, '{}');
  const ours = OPERATIONS.map(({ name, method, path, query }) => ({
    name,
    method,
    target: shape(path) + (query === undefined ? '' : `?${new URLSearchParams(query)}`),
  }));
  const theirs = modelledOperations().map(({ name, method, target }) => ({
    name,
    method,
    target: shape(target),
  }));
  expect(theirs.length).toBeGreaterThan(120);
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(ours.toSorted(byName)).toEqual(theirs.toSorted(byName));
});

test('13.1: each served operation succeeds with the status of the service model', () => {
  const served = OPERATIONS.filter(operation => !UNIMPLEMENTED_OPERATIONS.includes(operation));
  const modelled = new Map(modelledOperations().map(({ name, status }) => [name, status]));
  expect(served.map(({ name, status }) => [name, status])).toEqual(
    served.map(({ name }) => [name, modelled.get(name)]),
  );
});

test('each served operation is sent by the client in some test', () => {
  const folder = join(import.meta.dirname, '..');
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.test.ts'),
  );
  const text = tests.map(path => readFileSync(join(folder, path), 'utf8')).join('');
  const served = OPERATIONS.filter(operation => !UNIMPLEMENTED_OPERATIONS.includes(operation));
  expect(served.filter(({ name }) => !text.includes(`new ${name}Command(`))).toEqual([]);
  // And read page by page, where the client has a paginator for it.
  const paginators = served.map(({ name }) => `paginate${name}`).filter(name => name in sdk);
  expect(paginators.length).toBeGreaterThan(3);
  expect(paginators.filter(name => !text.includes(`${name}(`))).toEqual([]);
});

test('an operation that is not served names itself, whatever it is sent', async () => {
  const { client, endpoint } = connected;
  expect(await refusalOf(client.send(new sdk.CreateApiKeyCommand({ name: 'key' })))).toBe(
    'NotImplementedException: The local API Gateway does not implement CreateApiKey yet.',
  );
  expect(
    await refusalOf(client.send(new sdk.FlushStageCacheCommand({ restApiId: 'a', stageName: 'b' }))),
  ).toContain('FlushStageCache');
  const csv = await fetch(`${endpoint}/apikeys?mode=import&format=csv`, { method: 'POST', body: 'Name,key' });
  expect(csv.status).toBe(501);
  expect(await csv.json()).toEqual({
    message: 'The local API Gateway does not implement ImportApiKeys yet.',
  });
});

test('every operation that is not served says so in AWS’s shape, and does nothing', () => {
  const { ask, api, store } = control();
  api();
  const before = JSON.stringify(contents(store));
  for (const { name, method, path, query } of UNIMPLEMENTED_OPERATIONS) {
    const target = `${path.replaceAll(/\{\w+\}/g, 'x')}?${new URLSearchParams(query)}`;
    expect(ask(method, target, method === 'GET' ? undefined : {})).toEqual({
      status: 501,
      type: 'NotImplementedException',
      body: { message: `The local API Gateway does not implement ${name} yet.` },
    });
  }
  expect(JSON.stringify(contents(store))).toBe(before);
});

test.each([
  ['GET', '/'],
  ['GET', '/restapi'],
  ['GET', '/restapis/'],
  ['DELETE', '/restapis'],
  ['OPTIONS', '/restapis'],
  ['GET', '/restapis/a/b/c/d/e/f'],
  ['GET', '//restapis'],
])('%s %s is no operation', async (method, path) => {
  const answer = await fetch(`${connected.endpoint}${path}`, { method });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get('x-amz-apigw-id')).toMatch(/^[\w+/]{15}=$/);
});

test.each([['{'], ['[]'], ['"text"'], ['\u0000'], ['name=pets'], ['{"name": "a"} {}']])(
  'the body %j cannot be deserialised',
  async body => {
    const answer = await fetch(`${connected.endpoint}/restapis`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('SerializationException');
  },
);

test('a body is read as JSON whatever content type it claims', async () => {
  const answer = await fetch(`${connected.endpoint}/restapis`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '{"name": "pets"}',
  });
  expect(answer.status).toBe(201);
});

test('13.1: lists come in pages of 25, or as many as asked, and position goes with more alone', async () => {
  const { client, endpoint } = connected;
  const { id = '' } = await client.send(new sdk.CreateRestApiCommand({ name: 'many' }));
  for (let number = 0; number < 27; number += 1) {
    await client.send(new sdk.CreateRequestValidatorCommand({ restApiId: id, name: `v${number}` }));
  }
  const list = async (query: string): Promise<{ item: { name: string }[]; position?: string }> =>
    (await fetch(`${endpoint}/restapis/${id}/requestvalidators${query}`)).json() as never;
  const first = await list('');
  expect(first.item).toHaveLength(25);
  const rest = await list(`?position=${first.position}`);
  expect(rest.item.map(({ name }) => name)).toEqual(['v25', 'v26']);
  expect(rest.position).toBeUndefined();
  expect((await list('?limit=500')).item).toHaveLength(27);
  expect((await list('?limit=27')).position).toBeUndefined();
});

test('the paginators of the client see every item once', async () => {
  const { client } = connected;
  const { id: restApiId = '', rootResourceId = '' } = await client.send(
    new sdk.CreateRestApiCommand({ name: 'paged' }),
  );
  for (const pathPart of ['a', 'b', 'c', 'd', 'e']) {
    await client.send(new sdk.CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart }));
  }
  const paths: (string | undefined)[] = [];
  for await (const { items = [] } of sdk.paginateGetResources({ client, pageSize: 2 }, { restApiId })) {
    paths.push(...items.map(({ path }) => path));
  }
  expect(paths).toEqual(['/', '/a', '/b', '/c', '/d', '/e']);

  const models: (string | undefined)[] = [];
  for await (const { items = [] } of sdk.paginateGetModels({ client, pageSize: 1 }, { restApiId })) {
    models.push(...items.map(({ name }) => name));
  }
  expect(models).toEqual(['Empty', 'Error']);

  const apis: (string | undefined)[] = [];
  for await (const { items = [] } of sdk.paginateGetRestApis({ client, pageSize: 1 }, {})) {
    apis.push(...items.map(({ name }) => name));
  }
  expect(apis).toEqual(expect.arrayContaining(['many', 'paged']));
});
