import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { JsonObject } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { contractFromValue } from '../../contract/read.ts';
import { type OpenedGateway, openGateway } from '../../test/import-document.ts';
import { gatewayDocument } from '../document/gateway-document.ts';

const text: JsonObject = { content: { 'text/plain': { schema: { type: 'string' } } } };

function petsContract(): Contract {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets/{id}': {
        put: {
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'size', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          ],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: {
            '200': { description: 'x', headers: { ETag: { schema: { type: 'string' } } }, ...text },
            '404': { description: 'x', ...text },
            '4XX': { description: 'x', ...text },
          },
        },
      },
    },
  });
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

let gateway: OpenedGateway;
let backend: Server;
const seen: string[] = [];
beforeAll(async () => {
  gateway = await openGateway();
  backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push(`${method} ${url} ${headers['x-trace']} ${headers['x-other']} ${Buffer.concat(chunks)}`);
      response.writeHead(Number(/code=(\d+)/.exec(String(headers['x-trace']))?.[1] ?? 200), {
        etag: '"1"',
        'x-secret': 'x',
        'content-type': 'text/plain',
      });
      response.end('real');
    });
  });
  await new Promise<void>(resolve => {
    backend.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  await gateway.close();
  backend.closeAllConnections();
  backend.close();
});

async function deploy(): Promise<string> {
  const { port } = backend.address() as AddressInfo;
  const all = { type: 'http', backend: `http://127.0.0.1:${port}/v1` } as const;
  return gateway.deploy(stringifyJson(gatewayDocument(petsContract(), { integrations: { all } }).document));
}

test('what is declared comes through, both ways, and the answer says who gave it', async () => {
  const stage = await deploy();
  seen.length = 0;
  const answer = await fetch(`${stage}/pets/7?size=a&size=b&other=c`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-trace': 'me', 'x-other': 'no' },
    body: '{"a":1}',
  });
  expect(seen).toEqual(['PUT /v1/pets/7?size=a&size=b me undefined {"a":1}']);
  expect([answer.status, await answer.text()]).toEqual([200, 'real']);
  const headers = ['content-type', 'etag', 'x-secret'].map(name => answer.headers.get(name));
  expect(headers).toEqual(['text/plain', '"1"', null]);
  expect(answer.headers.get('x-rehearsal-deployment')).not.toBeNull();
});

test.each([
  ['one that the document has', 404, 404],
  ['one of a range', 418, 400],
  ['one that it does not know', 503, 500],
  ['another success', 201, 500],
])('a status: %s', async (_about, sent, got) => {
  const stage = await deploy();
  const answer = await fetch(`${stage}/pets/7`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-trace': `code=${sent}` },
    body: '{}',
  });
  await answer.arrayBuffer();
  expect(answer.status).toBe(got);
});
