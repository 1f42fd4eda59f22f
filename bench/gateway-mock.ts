/**
 * How near to bare Fastify is a mock of the local API Gateway? Requests for each second of the server's CPU, for a mock
 * integration with a mapping template on each side, against a Fastify route that sends the same bytes. Each server has a
 * process of its own; the load comes from this one.
 *
 *   npm run bench -- gateway-mock [rounds]
 */
import { join } from 'node:path';
import { ANSWER, BODY, DOCUMENT } from './gateway-questions.ts';
import { answerTo, rate, residentOf, startServer, wire } from './load.ts';
import { median, table } from './report.ts';

const SERVER = join(import.meta.dirname, 'gateway-server-process.ts');
const REQUESTS = 10_000;
const WARM_UPS = 3;
const TARGET = '0.5';

const rounds = Number(process.argv[2] ?? 15);
const gateway = await startServer([SERVER, 'gateway']);
const bare = await startServer([SERVER, 'bare']);

const control = `http://127.0.0.1:${gateway.port}/restapis`;
const imported = await fetch(`${control}?mode=import`, { method: 'POST', body: JSON.stringify(DOCUMENT) });
const { id } = (await imported.json()) as { readonly id: string };
await fetch(`${control}/${id}/deployments`, {
  method: 'POST',
  body: JSON.stringify({ stageName: 'bench' }),
});
const stage = `/restapis/${id}/bench/_user_request_`;

const QUESTIONS = [
  {
    name: 'GET, parameters and a loop',
    ours: wire('GET', `${stage}/pets/7?scope=public`),
    theirs: wire('GET', '/pets/7?scope=public'),
  },
  {
    name: 'POST, JSONPath and overrides',
    ours: wire('POST', `${stage}/pets/7`, BODY),
    theirs: wire('POST', '/pets/7', BODY),
  },
];

const rows: string[][] = [];
for (const { name, ours, theirs } of QUESTIONS) {
  for (const [target, request] of [
    [gateway, ours],
    [bare, theirs],
  ] as const) {
    const got = await answerTo(target, request);
    if (got.body !== ANSWER) throw new Error(`${name}: ${got.status} ${got.body.slice(0, 200)}`);
  }
  const pairs: (readonly [number, number])[] = [];
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    // In turn, so that whatever else the machine does is shared.
    const first = round % 2 === 0 ? await rate(gateway, [ours], REQUESTS) : undefined;
    const second = await rate(bare, [theirs], REQUESTS);
    const pair = [first ?? (await rate(gateway, [ours], REQUESTS)), second] as const;
    if (round >= 0) pairs.push(pair);
  }
  const ratios = pairs.map(([one, other]) => one / other).toSorted((a, b) => a - b);
  const quarter = Math.floor(ratios.length / 4);
  rows.push([
    name,
    median(pairs.map(([one]) => one)).toFixed(0),
    median(pairs.map(([, other]) => other)).toFixed(0),
    median(ratios).toFixed(2),
    `${ratios[quarter]?.toFixed(2)} to ${ratios.at(-1 - quarter)?.toFixed(2)}`,
    TARGET,
  ]);
}
process.stdout.write(
  table(['question', 'gateway, requests/CPU s', 'bare Fastify', 'ratio', 'middle half', 'target'], rows),
);
process.stdout.write(
  `RSS after the load: ${residentOf(gateway.pid).toFixed(0)} MB (bare ${residentOf(bare.pid).toFixed(0)})\n`,
);
for (const { process: child } of [gateway, bare]) child.kill();
process.exit();
