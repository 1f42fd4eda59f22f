/**
 * Does a mock's memory stay where it is? Resident megabytes of the server's process, and what its heap holds, over many requests, valid ones,
 * refused ones and ever new URLs in turn.
 *
 *   npm run bench -- mock-memory [requests]
 */
import { join } from 'node:path';
import { fire, residentOf, startServer, type Target, wire } from './load.ts';
import { INVALID_BODY, VALID_BODY } from './mock-questions.ts';
import { table } from './report.ts';

const total = Number(process.argv[2] ?? 300_000);
const STEPS = 10;
const script = join(import.meta.dirname, 'mock-server-process.ts');
const server = await startServer(['--expose-gc', script, 'mock', '1']);

/** Megabytes that the server's heap holds after a collection. */
function heapOf({ process: child }: Target): Promise<number> {
  return new Promise(resolve => {
    child.stdout?.once('data', (chunk: Buffer) =>
      resolve(Number(/\d+/.exec(chunk.toString())?.[0]) / 2 ** 20),
    );
    child.kill('SIGUSR2');
  });
}

async function rowOf(requests: number): Promise<string[]> {
  const resident = residentOf(server.pid).toFixed(0);
  return [String(requests), resident, (await heapOf(server)).toFixed(1)];
}

const rows = [await rowOf(0)];
for (let step = 1; step <= STEPS; step += 1) {
  const part = Math.round(total / STEPS / 4);
  await fire(server, [wire('GET', '/v10/stations?page=2')], part);
  await fire(server, [wire('POST', '/v10/bookings', VALID_BODY)], part);
  await fire(server, [wire('POST', '/v10/bookings', INVALID_BODY)], part);
  // Seven digits each, so that all answers are equally long.
  const fresh = Array.from({ length: part }, (_item, index) => {
    const number = 1_000_000 + step * 100_000 + index;
    return wire('GET', `/v10/stations?page=${number}`, undefined, [`X-Trace: ${number}`]);
  });
  await fire(server, fresh, part);
  rows.push(await rowOf(part * 4 * step));
}
process.stdout.write(table(['requests', 'RSS MB', 'heap MB after a collection'], rows));
server.process.kill();
process.exit();
