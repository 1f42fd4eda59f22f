/** What travels, without a client's reading of it (apigateway.md 13.1). */
import { PutMethodCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control } from './control.fixture.ts';
import { type Connected, connect, newApi } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

test('13.1: every collection is `item`, whatever a client calls it', () => {
  const { ask, api } = control();
  const base = `/restapis/${api()}`;
  ask('POST', `${base}/deployments`, { stageName: 'v1' });
  for (const [collection, count] of [
    ['/restapis', 1],
    [`${base}/resources`, 1],
    [`${base}/models`, 2],
    [`${base}/requestvalidators`, 0],
    [`${base}/authorizers`, 0],
    [`${base}/gatewayresponses`, 21],
    [`${base}/documentation/parts`, 0],
    [`${base}/deployments`, 1],
    [`${base}/stages`, 1],
  ] as const) {
    const { body } = ask('GET', collection);
    expect([collection, Object.keys(body), body.item.length]).toEqual([collection, ['item'], count]);
  }
});

test('13.1: a page has 25 unless told, 500 at most, and a position while more remain', () => {
  const { ask, api, store } = control();
  const id = api();
  for (let at = 0; at < 501; at += 1) {
    store.put('model', id, `M${at}`, { id: `m${at}`, name: `M${at}`, contentType: 'a/b', schema: '' });
  }
  const list = (query: string): { item: readonly unknown[]; position?: string } =>
    ask('GET', `/restapis/${id}/models${query}`).body;
  // The two default models are there too.
  expect([list('').item.length, list('?limit=1').item.length]).toEqual([25, 1]);
  const most = list('?limit=5000');
  expect(most.item).toHaveLength(500);
  const rest = list(`?limit=500&position=${most.position}`);
  expect([rest.item.length, rest.position]).toEqual([3, undefined]);
});

test('13.1: the verb towards a back end is `httpMethod` on the wire', async () => {
  const { client, endpoint } = connected;
  const { restApiId, resourceId } = await newApi(client);
  await client.send(
    new PutMethodCommand({ restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' }),
  );
  const target = `${endpoint}/restapis/${restApiId}/resources/${resourceId}/methods/GET/integration`;
  const put = async (verb: object): Promise<unknown> => {
    const body = JSON.stringify({ type: 'HTTP', uri: 'http://pets.example', ...verb });
    return (await fetch(target, { method: 'PUT', body })).json();
  };
  expect(await put({ httpMethod: 'POST' })).toMatchObject({ type: 'HTTP', httpMethod: 'POST' });
  expect(await put({ integrationHttpMethod: 'POST' })).toEqual({
    message: 'Enumeration value for HttpMethod must be non-empty',
  });
});

test.each(['application/json', 'application/hal+json', '*/*', 'text/html'])(
  '13.1: whoever accepts %s gets plain JSON with dates in seconds, and no links',
  async accept => {
    const { endpoint, client } = connected;
    const { restApiId } = await newApi(client);
    const answer = await fetch(`${endpoint}/restapis/${restApiId}`, { headers: { accept } });
    expect(answer.headers.get('content-type')).toBe('application/json');
    const api = (await answer.json()) as object;
    expect(api).toMatchObject({ createdDate: 1_700_000_000 });
    expect(Object.keys(api).filter(key => key.startsWith('_'))).toEqual([]);
  },
);

test('13.1: every answer names its request, and every refusal its error', async () => {
  const { endpoint } = connected;
  for (const [method, path, body, status, type] of [
    ['GET', '/restapis', undefined, 200, null],
    ['GET', '/restapis/none', undefined, 404, 'NotFoundException'],
    ['POST', '/restapis', '{"name": "a", "description": ""}', 400, 'BadRequestException'],
    ['POST', '/restapis', '{}', 400, 'ValidationException'],
    ['POST', '/restapis', '{"name": 1}', 400, 'SerializationException'],
    ['GET', '/nothing', undefined, 404, 'UnknownOperationException'],
    ['POST', '/apikeys', '{}', 501, 'NotImplementedException'],
  ] as const) {
    const answer = await fetch(`${endpoint}${path}`, { method, ...(body === undefined ? {} : { body }) });
    expect([path, answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([path, status, type]);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('x-amz-apigw-id')).toMatch(/^[\w+/]{15}=$/);
    const found = (await answer.json()) as object;
    if (type !== null) expect(Object.keys(found)).toEqual(['message']);
  }
});
