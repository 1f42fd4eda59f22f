/**
 * A server for the throughput benches, in a process of its own: `mock N` serves N documents, `bare` is Fastify with the
 * same strings written by hand. Prints its port.
 */
import fastify from 'fastify';
import { contractFromValue } from '../contract/read.ts';
import { createMockServer } from '../mock-server/server.ts';
import { BODY, documentFor, LARGE, SMALL } from './mock-questions.ts';

function mock(count: number): ReturnType<typeof fastify> {
  const contracts = Array.from({ length: count }, (_item, index) => {
    const { contract } = contractFromValue(documentFor(index));
    if (contract === undefined) throw new Error('the document is no contract');
    return contract;
  });
  return createMockServer(contracts);
}

/**
 * What somebody writes who wants the same answers and no mock: routes, parsed bodies, strings. To a POST the same
 * message goes out, its headers too; Fastify adds a charset to one of them.
 */
function bare(refusal: string): ReturnType<typeof fastify> {
  const app = fastify();
  app.get('/v10/stations', (_request, reply) => reply.type('application/json').send(SMALL));
  app.get('/v10/trips', (_request, reply) => reply.type('application/json').send(LARGE));
  app.post<{ Body: { readonly seats?: unknown } }>('/v10/bookings', (request, reply) =>
    typeof request.body.seats === 'number'
      ? reply.code(201).type('application/json').header('access-control-allow-origin', '*').send(BODY)
      : reply
          .code(400)
          .type('application/problem+json')
          .header('x-rehearsal-refusal', 'invalid-request')
          .header('access-control-allow-origin', '*')
          .send(refusal),
  );
  return app;
}

const [, , kind, argument = '1'] = process.argv;
const app = kind === 'bare' ? bare(argument) : mock(Number(argument));
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
// An exit in order, so that a profiler may write what it has.
process.on('SIGTERM', () => process.exit());
// With --expose-gc, tells what the heap holds when nothing is left that nobody needs.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  process.stdout.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
// Whoever reads the port may send a signal at once, so the ears are there before the word.
process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
