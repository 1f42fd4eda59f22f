/**
 * How much of the tester's CPU goes into testing? Two readings, both in requests per CPU second:
 *
 * - warm: `run`, which plans every case, sends it and judges the answer, beside two plain loops that fire the very same
 *   requests and look at nothing: over the same transport, and with `fetch`. One process, taken in turn.
 * - whole: a fresh `rehearsal test` process, from its start and the reading of the document to the verdict, beside a fresh
 *   process that fires the same requests with `fetch`.
 *
 * The mock stands in a process of its own, so its CPU is not counted.
 *
 *   npm run bench -- test-throughput [document…]
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { run } from '../contract-tests/run.ts';
import { createTransport } from '../contract-tests/transport.ts';
import { cpuOfProcess, startMock } from './processes.ts';
import { median, table } from './report.ts';

const ROOT = join(import.meta.dirname, '..');
const CORPUS = join(ROOT, 'test/corpus');
const CONNECTIONS = 16;
/** Small documents are run several times for one reading. */
const REQUESTS_A_READING = 1000;
/** Of a run, so that it sends what the loops send. */
const SAME_REQUESTS = ['--no-sequences', '--no-clean-up'];
const WARM_UPS = 3;
const READINGS = 5;
const WHOLE_READINGS = 5;

async function test(contract: Contract, url: string): Promise<void> {
  const summary = await run({
    contracts: [{ name: 'document', contract }],
    baseUrl: url,
    concurrency: CONNECTIONS,
    // The loops beside it send cases, and no sequences.
    sequences: { off: true },
    cleanUp: { off: true },
  });
  if (summary.verdict !== 'kept')
    throw new Error(`${summary.verdict}: ${summary.reason ?? `${summary.failures} failures`}`);
}

/** The rival: the same requests, as many at once, and nobody looks at the answers. */
async function fire(requests: readonly CaseRequest[], url: string): Promise<void> {
  const transport = createTransport({ connections: CONNECTIONS });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      await transport.send(url, request);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  transport.close();
}

/** The plain loop that anybody would write: `fetch`, and nobody looks at the answers. */
async function fireWithFetch(requests: readonly CaseRequest[], url: string): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { method, path, query, contentType } = request;
      const headers = [...request.headers] as [string, string][];
      if (contentType !== undefined) headers.push(['Content-Type', contentType]);
      const body = request.body === undefined || method === 'GET' ? null : Buffer.from(request.body);
      const address = `${url}${path}${query === '' ? '' : `?${query}`}`;
      const response = await fetch(address, { method, headers, body, redirect: 'manual' });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

/** CPU seconds, user and system, of this process. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Fires the requests of a file at a base address, as anybody would write it. */
const FETCH_LOOP = `
const { readFileSync } = require('node:fs');
const [base, file] = process.argv.slice(1);
const requests = JSON.parse(readFileSync(file, 'utf8'));
let next = 0;
const work = async () => {
  for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
    const headers = request.contentType === undefined ? request.headers : [...request.headers, ['Content-Type', request.contentType]];
    const body = request.body === undefined || request.method === 'GET' ? undefined : Buffer.from(request.body, 'base64');
    const query = request.query === '' ? '' : '?' + request.query;
    const response = await fetch(base + request.path + query, { method: request.method, headers, body, redirect: 'manual' });
    await response.arrayBuffer();
  }
};
Promise.all(Array.from({ length: ${CONNECTIONS} }, work)).then(() => process.exit());
`;

function wholeProcesses(
  file: string,
  url: string,
  requests: readonly CaseRequest[],
): { readonly tester: number; readonly loop: number } {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-bench-'));
  const list = join(folder, 'requests.json');
  const written = requests.map(request => ({
    ...request,
    body: request.body === undefined ? undefined : Buffer.from(request.body).toString('base64'),
  }));
  writeFileSync(list, JSON.stringify(written));
  const tester: number[] = [];
  const loop: number[] = [];
  for (let reading = 0; reading < WHOLE_READINGS; reading += 1) {
    tester.push(cpuOfProcess(['scripts/rehearsal.js', 'test', url, '--spec', file, ...SAME_REQUESTS]));
    loop.push(cpuOfProcess(['-e', FETCH_LOOP, url, list]));
  }
  rmSync(folder, { recursive: true });
  return { tester: requests.length / median(tester), loop: requests.length / median(loop) };
}

const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : readdirSync(CORPUS)
        .filter(name => /\.(ya?ml|json)$/.test(name))
        .map(name => join(CORPUS, name));

const rows: string[][] = [];
for (const file of files) {
  const mock = await startMock(file);
  const [loaded] = await loadContracts([file]);
  const contract = loaded?.contract;
  if (contract === undefined) throw new Error(file);
  const requests = contract.operations.flatMap(operation =>
    [...casePlan(operation)].map(({ request }) => request),
  );
  const passes = Math.ceil(REQUESTS_A_READING / requests.length);
  const repeat = (work: () => Promise<void>) => async (): Promise<void> => {
    for (let pass = 0; pass < passes; pass += 1) await work();
  };
  const tester = repeat(() => test(contract, mock.url));
  const loop = repeat(() => fire(requests, mock.url));
  const sent = passes * requests.length;
  const fetchLoop = repeat(() => fireWithFetch(requests, mock.url));
  const rates: { readonly tester: number; readonly loop: number; readonly fetch: number }[] = [];
  for (let reading = -WARM_UPS; reading < READINGS; reading += 1) {
    const rate = {
      tester: sent / (await cpuOf(tester)),
      loop: sent / (await cpuOf(loop)),
      fetch: sent / (await cpuOf(fetchLoop)),
    };
    if (reading >= 0) rates.push(rate);
  }
  const whole = wholeProcesses(file, mock.url, requests);
  mock.stop();
  rows.push([
    file.split('/').at(-1) ?? file,
    String(requests.length),
    median(rates.map(rate => rate.tester)).toFixed(0),
    median(rates.map(rate => rate.loop)).toFixed(0),
    median(rates.map(rate => rate.tester / rate.loop)).toFixed(2),
    median(rates.map(rate => rate.fetch)).toFixed(0),
    median(rates.map(rate => rate.tester / rate.fetch)).toFixed(2),
    whole.tester.toFixed(0),
    whole.loop.toFixed(0),
    (whole.tester / whole.loop).toFixed(2),
  ]);
}
process.stdout.write(
  table(
    [
      'document',
      'cases',
      'warm: tester',
      'same transport',
      'ratio',
      'fetch loop',
      'ratio',
      'whole: tester',
      'fetch loop',
      'ratio',
    ],
    rows,
  ),
);
process.exit();
