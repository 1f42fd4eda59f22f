import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
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
