/**
 * How near to bare Fastify is a mock? Requests for each second of the server's CPU, against Fastify routes that parse
 * the same bodies and send the same strings, and 12 documents in one process against one. Each server has a process of
 * its own; the load comes from this one. A Prism that is installed elsewhere makes a row of its own when it is named.
 *
 *   npm run bench -- mock-throughput [rounds] [path of prism]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { answerTo, rate, residentOf, startServer, type Target, wire } from './load.ts';
import { BODY, documentFor, INVALID_BODY, LARGE, SMALL, VALID_BODY } from './mock-questions.ts';
import { median, table } from './report.ts';

const SERVER = join(import.meta.dirname, 'mock-server-process.ts');
const REQUESTS = 10_000;
const WARM_UPS = 3;
const DOCUMENTS = 12;
const PRISM_PORT = 24_010;

interface Question {
  readonly name: string;
  /** Undefined where the figure is only of interest. */
  readonly target: number | undefined;
  readonly requests: readonly Buffer[];
  readonly body: string | undefined;
}

const QUESTIONS: readonly Question[] = [
  { name: 'GET 0.5 kB', target: 0.95, requests: [wire('GET', '/v10/stations')], body: SMALL },
  {
    name: 'GET with a query',
    target: undefined,
    requests: [wire('GET', '/v10/stations?page=2')],
    body: SMALL,
  },
  { name: 'GET 56 kB', target: 0.95, requests: [wire('GET', '/v10/trips')], body: LARGE },
  { name: 'POST valid', target: 0.8, requests: [wire('POST', '/v10/bookings', VALID_BODY)], body: BODY },
  {
    name: 'POST refused',
    target: 0.8,
    requests: [wire('POST', '/v10/bookings', INVALID_BODY)],
    body: undefined,
  },
];

/** The rates of two servers, taken in turn. */
async function rates(
  [one, oneRequests]: readonly [Target, readonly Buffer[]],
  [other, otherRequests]: readonly [Target, readonly Buffer[]],
  rounds: number,
  count: number = REQUESTS,
): Promise<readonly (readonly [number, number])[]> {
  const found: (readonly [number, number])[] = [];
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await rate(one, oneRequests, count) : undefined;
    const second = await rate(other, otherRequests, count);
    const pair = [first ?? (await rate(one, oneRequests, count)), second] as const;
    if (round >= 0) found.push(pair);
  }
  return found;
}

function row(name: string, pairs: readonly (readonly [number, number])[], target: string): string[] {
  const ratios = pairs.map(([one, other]) => one / other).toSorted((a, b) => a - b);
  const quarter = Math.floor(ratios.length / 4);
  return [
    name,
    median(pairs.map(([one]) => one)).toFixed(0),
    median(pairs.map(([, other]) => other)).toFixed(0),
    median(ratios).toFixed(2),
    `${ratios[quarter]?.toFixed(2)} to ${ratios.at(-1 - quarter)?.toFixed(2)}`,
    target,
  ];
}

const rounds = Number(process.argv[2] ?? 15);
const prismPath = process.argv[3];
const ours = await startServer([SERVER, 'mock', '1']);
const refusal = (await answerTo(ours, QUESTIONS.at(-1)?.requests[0] ?? Buffer.alloc(0))).body;
const bare = await startServer([SERVER, 'bare', refusal]);
const many = await startServer([SERVER, 'mock', String(DOCUMENTS)]);
const targets = [ours, bare, many];
const rows: string[][] = [];

for (const { name, target, requests, body = refusal } of QUESTIONS) {
  for (const server of [ours, bare]) {
    const got = await answerTo(server, requests[0] ?? Buffer.alloc(0));
    if (got.body !== body) throw new Error(`${name}: ${got.status} ${got.body.slice(0, 200)}`);
  }
  rows.push(
    row(
      `${name}, bare Fastify`,
      await rates([ours, requests], [bare, requests], rounds),
      target === undefined ? '' : String(target),
    ),
  );
}

const spread = Array.from({ length: DOCUMENTS }, (_item, index) => wire('GET', `/v${10 + index}/stations`));
const first = spread.slice(0, 1);
rows.push(row(`${DOCUMENTS} documents, 1`, await rates([many, spread], [ours, first], rounds), '0.9'));

if (prismPath !== undefined) {
  const file = join(mkdtempSync(join(tmpdir(), 'rehearsal-bench-')), 'bench.json');
  writeFileSync(file, JSON.stringify({ ...documentFor(0), servers: [{ url: '/' }] }));
  const words = [
    'mock',
    file,
    '--port',
    String(PRISM_PORT),
    '--host',
    '127.0.0.1',
    '--multiprocess',
    'false',
  ];
  const child = spawn(process.execPath, [prismPath, ...words, '--verboseLevel', 'error'], {
    stdio: 'ignore',
  });
  const prism: Target = { pid: child.pid ?? 0, port: PRISM_PORT, process: child };
  const probe = wire('GET', '/stations');
  // With its log off it does not tell when it listens.
  while ((await answerTo(prism, probe).catch(() => undefined)) === undefined) await setTimeout(100);
  targets.push(prism);
  for (const { name, requests } of QUESTIONS) {
    const asked = requests.map(request => Buffer.from(request.toString().replace('/v10', '')));
    rows.push(
      row(`${name}, Prism`, await rates([ours, requests], [prism, asked], rounds, REQUESTS / 10), ''),
    );
  }
}
process.stdout.write(
  table(['question, rival', 'ours, requests/CPU s', 'rival', 'ratio', 'middle half', 'target'], rows),
);
process.stdout.write(
  `RSS after the load: ${residentOf(ours.pid).toFixed(0)} MB (bare ${residentOf(bare.pid).toFixed(0)})\n`,
);
for (const { process: child } of targets) child.kill();
process.exit();
