/**
 * Does a mock's memory stay where it is? Resident megabytes of the server's process over many requests, valid ones,
 * refused ones and ever new URLs in turn.
 *
 *   npm run bench -- mock-memory [requests]
 */
import { join } from 'node:path';
import { fire, residentOf, startServer, wire } from './load.ts';
import { INVALID_BODY, VALID_BODY } from './mock-questions.ts';
import { table } from './report.ts';

const total = Number(process.argv[2] ?? 300_000);
const STEPS = 10;
const server = await startServer([join(import.meta.dirname, 'mock-server-process.ts'), 'mock', '1']);
const rows = [['0', residentOf(server.pid).toFixed(0)]];
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
  rows.push([String(part * 4 * step), residentOf(server.pid).toFixed(0)]);
}
process.stdout.write(table(['requests', 'RSS MB'], rows));
server.process.kill();
process.exit();
