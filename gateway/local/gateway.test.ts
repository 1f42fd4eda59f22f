import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createGateway, type Gateway } from './gateway.ts';

let gateway: Gateway;
afterEach(() => gateway.close());

async function listening(): Promise<number> {
  gateway = createGateway({ seed: 1, clock: () => 1_700_000_000_000 });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  return (gateway.server.address() as AddressInfo).port;
}

function get(port: number, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/restapis', headers }, response => {
      let body = '';
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('an API is created, listed and deleted over HTTP', async () => {
  const base = `http://127.0.0.1:${await listening()}/restapis`;
  const created = await fetch(base, { method: 'POST', body: JSON.stringify({ name: 'pets' }) });
  expect(created.status).toBe(201);
  const api = (await created.json()) as { id: string };
  expect(api).toMatchObject({ name: 'pets', createdDate: 1_700_000_000, apiKeySource: 'HEADER' });
  expect(await (await fetch(base)).json()).toEqual({ item: [api] });
  expect((await fetch(`${base}/${api.id}`, { method: 'DELETE' })).status).toBe(202);
  const gone = await fetch(`${base}/${api.id}`);
  expect(gone.status).toBe(404);
  expect(gone.headers.get('x-amzn-errortype')).toBe('NotFoundException');
  expect(await gone.json()).toEqual({
    message: `Invalid API identifier specified 000000000000:${api.id}`,
  });
});

test('names and pages from elsewhere are refused', async () => {
  const port = await listening();
  expect((await get(port, { host: `127.0.0.1:${port}` })).status).toBe(200);
  expect((await get(port, { host: 'localhost', origin: `http://localhost:${port}` })).status).toBe(200);
  expect((await get(port, { host: 'rebound.example' })).status).toBe(403);
  expect((await get(port, { host: 'localhost', origin: 'https://rebound.example' })).status).toBe(403);
  expect((await get(port, { host: 'localhost', origin: 'null' })).status).toBe(403);
});

test('an imported API is deployed, invoked, observed and tried, and its stage changes at once', async () => {
  const base = `http://127.0.0.1:${await listening()}`;
  const send = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> =>
    (await fetch(`${base}${path}`, { method, body: JSON.stringify(body) })).json() as never;
  const { id, rootResourceId } = await send('POST', '/restapis?mode=import', {
    swagger: '2.0',
    info: { title: 'pets', version: '1' },
    paths: {
      '/': {
        get: {
          responses: { 200: { description: 'ok' } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: {
              default: {
                statusCode: '200',
                responseTemplates: { 'application/json': '"$stageVariables.color $context.stage"' },
              },
            },
          },
        },
      },
    },
  });
  await send('POST', `/restapis/${id}/deployments`, { stageName: 'dev', variables: { color: 'red' } });
  const invoke = async (): Promise<string> =>
    (await fetch(`${base}/restapis/${id}/dev/_user_request_/`)).text();
  expect(await invoke()).toBe('"red dev"');
  const patchOperations = [{ op: 'replace', path: '/variables/color', value: 'blue' }];
  await send('PATCH', `/restapis/${id}/stages/dev`, { patchOperations });
  expect(await invoke()).toBe('"blue dev"');
  const metrics = await (await fetch(`${base}/_rehearsal/stages/${id}/dev/metrics`)).json();
  expect(metrics).toMatchObject({ production: { count: 2 }, canary: { count: 0 } });
  const tried = await send('POST', `/restapis/${id}/resources/${rootResourceId}/methods/GET`, {
    stageVariables: { color: 'green' },
  });
  expect(tried).toMatchObject({ status: 200, body: '"green test-invoke-stage"' });
});

test('9.3: a seed makes the split of a canary the same each time, whatever else was asked; the share is that of its percentage', async () => {
  const split = async (seed: number, apis: number): Promise<string> => {
    gateway = createGateway({ seed, clock: () => 1_700_000_000_000 });
    await new Promise<void>(resolve => {
      gateway.server.listen(0, '127.0.0.1', resolve);
    });
    const base = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
    const send = async (path: string, body: object): Promise<Record<string, string>> =>
      (await fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as never;
    for (let made = 0; made < apis; made += 1) await send('/restapis', { name: 'other' });
    const responses = {
      default: { statusCode: '200', responseTemplates: { 'application/json': '$context.isCanaryRequest' } },
    };
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    const get = {
      responses: { 200: { description: 'ok' } },
      'x-amazon-apigateway-integration': { type: 'mock', requestTemplates, responses },
    };
    const { id } = await send('/restapis?mode=import', {
      swagger: '2.0',
      info: { title: 'pets', version: '1' },
      paths: { '/': { get } },
    });
    await send(`/restapis/${id}/deployments`, { stageName: 'dev' });
    await send(`/restapis/${id}/deployments`, { stageName: 'dev', canarySettings: { percentTraffic: 30 } });
    let found = '';
    for (let asked = 0; asked < 300; asked += 1) {
      found += (await (await fetch(`${base}/restapis/${id}/dev/_user_request_/`)).text())[0];
    }
    await gateway.close();
    return found;
  };
  const one = await split(1, 0);
  expect(await split(1, 3)).toBe(one);
  expect(await split(2, 0)).not.toBe(one);
  // Of 300 requests 90 are expected; five standard deviations are 40.
  expect(Math.abs(one.replaceAll('f', '').length - 90)).toBeLessThan(40);
  gateway = createGateway();
});

test('closing does not wait for connections on which nothing was asked', async () => {
  const port = await listening();
  const socket = connect(port, '127.0.0.1');
  await new Promise(resolve => socket.on('connect', resolve));
  // A request on another connection has gone round, so the first one is known to the server.
  await get(port, {});
  const closed = new Promise(resolve => socket.on('close', resolve));
  await gateway.close();
  await closed;
  gateway = createGateway();
});
