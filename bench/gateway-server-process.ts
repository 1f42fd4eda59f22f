/**
 * A server for the bench of the gateway, in a process of its own: `gateway` is the local API Gateway with nothing in
 * it, `bare` is Fastify with the same strings written by hand. Prints its port.
 */
import fastify from 'fastify';
import { createGateway } from '../gateway/local/gateway.ts';
import { limitYoungObjects } from '../scripts/young-objects.ts';
import { ANSWER } from './gateway-questions.ts';

/** What somebody writes who wants the same answers and no gateway. */
function bare(): ReturnType<typeof fastify>['server'] {
  const app = fastify();
  app.get('/pets/:petId', (_request, reply) => reply.type('application/json').send(ANSWER));
  app.post('/pets/:petId', (_request, reply) => reply.type('application/json').send(ANSWER));
  void app.ready();
  return app.server;
}

if (process.argv[2] !== 'bare') limitYoungObjects();
const server = process.argv[2] === 'bare' ? bare() : createGateway({ seed: 1 }).server;
await new Promise<void>(resolve => {
  server.listen(0, '127.0.0.1', resolve);
});
const address = server.address();
// An exit in order, so that a profiler may write what it has.
process.on('SIGTERM', () => process.exit());
process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
