/**
 * A local API Gateway for the benches, in a process of its own and with the memory that `rehearsal gateway` has: `FILE`
 * keeps its state there, without one it keeps nothing. Prints its port.
 */
import { createGateway } from '../gateway/local/gateway.ts';
import { limitYoungObjects } from '../scripts/young-objects.ts';

limitYoungObjects();
const { server, close } = createGateway({ file: process.argv[2] });
process.on('SIGTERM', () => {
  close().then(() => process.exit());
});
// With --expose-gc, tells what the heap holds when nothing is left that nobody needs.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  process.stdout.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  // Whoever reads the port may send a signal at once, so the ears are there before the word.
  process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
});
