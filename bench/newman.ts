/**
 * What does a contract test cost beside newman? Both as whole processes against the same mock, for the same requests:
 * `rehearsal test` with all its checks, and newman with three assertions for each request (status, media type, JSON).
 * Newman is installed elsewhere and named, so that it is no dependency for a bench alone.
 *
 *   npm run bench -- newman path/to/node_modules/newman/bin/newman.js [document…]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { cpuOfProcess, startMock } from './processes.ts';
import { median, table } from './report.ts';

const CORPUS = join(import.meta.dirname, '../test/corpus');
const READINGS = 3;
/** Of a run, so that it sends what the collection holds: no sequences. */
const SAME_REQUESTS = ['--no-sequences', '--no-clean-up'];

const [newman, ...named] = process.argv.slice(2);
if (newman === undefined) {
  process.stderr.write('npm run bench -- newman PATH, where PATH is the file newman/bin/newman.js\n');
  process.exit(2);
}
const files =
  named.length > 0 ? named : ['museum.yaml', 'apigw-realworld-backend.yaml'].map(name => join(CORPUS, name));

const TESTS = [
  "pm.test('status', () => pm.expect(pm.response.code).to.be.within(200, 499));",
  "pm.test('media type', () => pm.expect(pm.response.headers.get('Content-Type') || '').to.be.a('string'));",
  "pm.test('body', () => { if ((pm.response.headers.get('Content-Type') || '').includes('json')) pm.response.json(); });",
];

/** A case as an item of a collection. Bodies that are no text stay out: newman reads them from files. */
function itemOf({ id, request }: Case, url: string): object {
  const { method, path, query, headers, contentType, body } = request;
  const header = headers.map(([key, value]) => ({ key, value }));
  if (contentType !== undefined) header.push({ key: 'Content-Type', value: contentType });
  return {
    name: id,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: TESTS } }],
    request: {
      method,
      header,
      url: `${url}${path}${query === '' ? '' : `?${query}`}`,
      ...(body === undefined ? {} : { body: { mode: 'raw', raw: new TextDecoder().decode(body) } }),
    },
  };
}

const rows: string[][] = [];
for (const file of files) {
  const mock = await startMock(file);
  const [loaded] = await loadContracts([file]);
  if (loaded?.contract === undefined) throw new Error(file);
  const cases = loaded.contract.operations.flatMap(operation => [...casePlan(operation)]);
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-bench-'));
  const collection = join(folder, 'collection.json');
  const info = {
    name: 'bench',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  };
  writeFileSync(collection, JSON.stringify({ info, item: cases.map(one => itemOf(one, mock.url)) }));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    ours.push(cpuOfProcess(['scripts/rehearsal.js', 'test', mock.url, '--spec', file, ...SAME_REQUESTS]));
    theirs.push(
      cpuOfProcess([
        newman,
        'run',
        collection,
        '--reporters',
        'json',
        '--reporter-json-export',
        join(folder, 'out.json'),
      ]),
    );
  }
  rmSync(folder, { recursive: true });
  mock.stop();
  const each = (seconds: readonly number[]): number => (median(seconds) / cases.length) * 1000;
  rows.push([
    file.split('/').at(-1) ?? file,
    String(cases.length),
    each(ours).toFixed(2),
    each(theirs).toFixed(2),
    (each(ours) / each(theirs)).toFixed(2),
  ]);
}
process.stdout.write(
  table(['document', 'requests', 'ours, CPU ms each', 'newman', 'ratio (target 0.25)'], rows),
);
process.exit();
