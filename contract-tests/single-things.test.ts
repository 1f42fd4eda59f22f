import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { run } from './run.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const { contract } = contractFromText(`openapi: 3.1.1
paths:
  /me:
    get: { responses: { '200': { description: I, content: { application/json: { schema: { type: object, properties: {
      id: { type: integer, readOnly: true }, name: { type: string, minLength: 1 } } } } } } } }
    patch:
      requestBody: { required: true, content: { application/merge-patch+json: { schema: { type: object, properties: {
        id: { type: integer, readOnly: true }, name: { type: string, minLength: 1 } } } } } }
      responses: { '204': { description: Changed } }
`);

/** A server of one thing and nothing else. */
async function serve(
  takes: (name: string) => boolean,
): Promise<{ readonly url: string; readonly log: unknown[] }> {
  const me = { id: 7, name: 'Ada' };
  const log: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.method === 'PATCH') {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as { readonly name: string };
        log.push(body);
        if (takes(body.name)) me.name = body.name;
        outgoing.writeHead(204).end();
      } else {
        const text = JSON.stringify(me);
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        outgoing.end(incoming.method === 'HEAD' ? undefined : text);
      }
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log };
}

async function ask(url: string): ReturnType<typeof run> {
  if (contract === undefined) throw new Error('no contract');
  return run({
    contracts: [{ name: 'me', contract }],
    baseUrl: url,
    sequences: { only: true, patienceMs: 0 },
  });
}

test('a single thing is changed by PATCH where there is no PUT, and gets its old value back', async () => {
  const { url, log } = await serve(() => true);
  const { verdict, notJudged } = await ask(url);
  expect([verdict, notJudged.size]).toEqual(['kept', 0]);
  expect(log).toEqual([{ name: 'Ada' }, { name: expect.not.stringMatching('^Ada$') }, { name: 'Ada' }]);
});

test('where nothing shows that the server keeps anything, what it does not show is not judged', async () => {
  const { url } = await serve(() => false);
  const { failures, notJudged } = await ask(url);
  expect(failures).toBe(0);
  expect([...notJudged.keys()]).toEqual(['stateless']);
});
