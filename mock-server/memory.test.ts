/** What strangers send is not kept: after a round of it the server holds as much as before. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { createMockServer } from './server.ts';

const MEGABYTE = 1024 * 1024;

const { contract } = contractFromText(`
openapi: 3.1.1
info: { title: T, version: '1' }
paths:
  /things/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
      responses: { '200': { description: thing, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } } }
  /things:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: integer } } } } } }
      responses: { '204': { description: done } }
`);
if (contract === undefined) throw new Error('no contract');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use, on the heap and beside it. */
function inUse(): number {
  // What one collection lets go of, the next takes away.
  for (let time = 0; time < 3; time += 1) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('memory is back where it was after large, deep, endless and ever new requests', async () => {
  const server = createMockServer(contract);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const post = async (body: string | Uint8Array<ArrayBuffer>): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${url}/things`, { method: 'POST', headers, body })).arrayBuffer();
  };
  const round = async (number: number): Promise<void> => {
    await post(new Uint8Array(50 * MEGABYTE + 1).fill(0x20));
    await post(`{"a":"${'x'.repeat(20 * MEGABYTE)}"}`);
    await post('['.repeat(100_000));
    const many = Array.from({ length: 10_000 }, (_item, index) => `filter[a${index}]=${index}`).join('&');
    await server.inject(`/things/a?${many}`);
    for (let index = 0; index < 500; index += 1) {
      const fresh = `${number}-${index}-${'y'.repeat(8000)}`;
      const path = `/things/${fresh}?q=${fresh}`;
      await server.inject({ url: path, headers: { accept: `application/json;v=${fresh}` } });
      await server.inject({ url: path, headers: { prefer: `dynamic=true, seed=${index}` } });
    }
    for (let index = 0; index < 50; index += 1) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      const closed = once(socket, 'close');
      const head =
        'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n';
      socket.write(head + '{'.repeat(100_000), () => socket.destroy());
      await closed;
    }
  };
  await round(0);
  const before = inUse();
  await round(1);
  await round(2);
  expect(inUse() - before).toBeLessThan(4 * MEGABYTE);
  await server.close();
});
