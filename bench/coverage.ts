/**
 * What does it cost to know what was seen? CPU of the same run with and without coverage, taken in turn; and, since that
 * difference is smaller than the noise of a run, the CPU that coverage takes for the events of one run by itself. The
 * mock stands in a process of its own.
 *
 *   npm run bench -- coverage [document…]
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { newCoverage } from '../contract-tests/coverage.ts';
import type { RunEvent } from '../contract-tests/events.ts';
import { run } from '../contract-tests/run.ts';
import { startMock } from './processes.ts';
import { median, table } from './report.ts';

const CORPUS = join(import.meta.dirname, '..', 'test/corpus');
const WARM_UPS = 2;
const READINGS = 5;

/** CPU seconds, user and system, of this process. */
async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
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
  const contracts = [{ name: file, contract }];
  let events: RunEvent[] = [];
  const bare = async (): Promise<void> => {
    events = [];
    await run({ contracts, baseUrl: mock.url, listeners: [event => void events.push(event)] });
  };
  const covered = async (): Promise<void> => {
    const { listener, record } = newCoverage();
    const kept: RunEvent[] = [];
    await run({ contracts, baseUrl: mock.url, listeners: [event => void kept.push(event), listener] });
    record();
  };
  const alone = (): void => {
    const { listener, record } = newCoverage();
    for (const event of events) listener(event);
    record();
  };
  const readings: { readonly without: number; readonly with: number; readonly alone: number }[] = [];
  for (let reading = -WARM_UPS; reading < READINGS; reading += 1) {
    const figures = { without: await cpuOf(bare), with: await cpuOf(covered), alone: await cpuOf(alone) };
    if (reading >= 0) readings.push(figures);
  }
  mock.stop();
  const cases = events.filter(({ kind }) => kind === 'case-finished').length;
  const aloneSeconds = median(readings.map(figures => figures.alone));
  rows.push([
    file.split('/').at(-1) ?? file,
    String(cases),
    median(readings.map(({ without }) => without)).toFixed(2),
    median(readings.map(figures => figures.with)).toFixed(2),
    median(readings.map(figures => figures.with / figures.without)).toFixed(2),
    ((aloneSeconds / cases) * 1e6).toFixed(0),
    `${median(readings.map(figures => (figures.alone / figures.without) * 100)).toFixed(1)} %`,
  ]);
}
process.stdout.write(
  table(
    ['document', 'cases', 'CPU s without', 'with', 'ratio', 'coverage alone: µs a case', 'of the run'],
    rows,
  ),
);
process.exit();
