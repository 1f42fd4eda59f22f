import { request as httpRequest } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { createMockServer } from './server.ts';

const DOCUMENT = {
  openapi: '3.1.1',
  paths: {
    '/text': { get: { responses: answer('text/plain', 'Straße 🎭 \u2028') } },
    '/long': { get: { responses: answer('application/json', { list: Array(3000).fill('äöü €') }) } },
    '/bytes': { get: { responses: answer('application/octet-stream', '\u0000ÿþ') } },
    '/nothing': { get: { responses: { 204: { description: 'nothing' } } } },
    '/empty': { get: { responses: { 200: { description: 'empty' } } } },
    '/counted': {
      get: {
        parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' } }],
        responses: { 204: { description: 'fine' } },
      },
    },
  },
};

function answer(mediaType: string, example: unknown): object {
  return { 200: { description: 'fine', content: { [mediaType]: { schema: {}, example } } } };
}

interface Received {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

async function ask(server: FastifyInstance, path: string): Promise<Received> {
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, agent: false }, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { date: _date, ...headers } = incoming.headers;
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        const body = Buffer.concat(chunks).toString('hex');
        resolve({ status: incoming.statusCode, headers: lines.toSorted(), body });
      });
    });
    outgoing.on('error', reject).end();
  });
}

async function answersOf(prepare: (server: FastifyInstance) => void): Promise<readonly Received[]> {
  const server = createMockServer(DOCUMENT);
  prepare(server);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const paths = [...Object.keys(DOCUMENT.paths), '/counted?limit=ü', '/nowhere/"ß\\', '/text?__code=404'];
  try {
    return await Promise.all(paths.map(path => ask(server, encodeURI(path))));
  } finally {
    await server.close();
  }
}

describe('an answer is the same on both ways out', () => {
  test('past Fastify, and by Fastify where somebody listens', async () => {
    let heard = 0;
    const byFastify = await answersOf(server => {
      server.addHook('onSend', (_request, _reply, payload, done) => {
        heard += 1;
        done(null, payload);
      });
    });
    const directly = await answersOf(() => undefined);
    expect(heard).toBe(directly.length);
    expect(directly).toEqual(byFastify);
    expect(directly.map(({ status }) => status)).toEqual([200, 200, 200, 204, 200, 400, 400, 404, 404]);
  });

  test('what a hook makes of a payload is sent', async () => {
    const server = createMockServer(DOCUMENT);
    server.addHook('onSend', async () => 'changed');
    expect((await server.inject('/text')).payload).toBe('changed');
  });

  test('a hook of a plugin that is not about the answers stays in its plugin', async () => {
    const server = createMockServer(DOCUMENT);
    let heard = 0;
    await server.register(async inner => {
      inner.get('/__own', (_request, reply) => reply.send('own'));
      inner.addHook('onSend', async (_request, _reply, payload) => {
        heard += 1;
        return payload;
      });
    });
    expect((await server.inject('/text')).payload).toBe('Straße 🎭 \u2028');
    expect(heard).toBe(0);
    expect((await server.inject('/__own')).payload).toBe('own');
    expect(heard).toBe(1);
  });
});
