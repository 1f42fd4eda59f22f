/**
 * What does a case plan cost? Every case of GitHub's document (13 MB) in a fresh process that reads the file, takes the
 * cases one by one and keeps none: CPU, the most memory it ever held, and when the first case was there, beside a
 * process that merely reads and parses the same file.
 *
 *   npm run bench -- case-plan [runs]
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import { githubDocument } from './github-document.ts';
import { median, table } from './report.ts';

interface Reading {
  readonly operations: number;
  readonly cases: number;
  /** Seconds from the start of the process. */
  readonly first: number;
  readonly cpu: number;
  readonly megabytes: number;
}

const LIMITS: Partial<Record<Depth, readonly [cpu: number, first: number, megabytes: number]>> = {
  standard: [10, 2, 1024],
};

/** Reads and parses a file; what no plan can do without. */
const BARE = `
JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

async function child(file: string, depth: Depth): Promise<void> {
  const [loaded] = await loadContracts([file]);
  const operations = loaded?.contract?.operations ?? [];
  let cases = 0;
  let first = 0;
  for (const operation of operations) {
    for (const _ of casePlan(operation, { depth })) {
      if (cases === 0) first = performance.now() / 1000;
      cases += 1;
    }
  }
  const { user, system } = process.cpuUsage();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const reading: Reading = {
    operations: operations.length,
    cases,
    first,
    cpu: (user + system) / 1e6,
    megabytes,
  };
  process.stdout.write(JSON.stringify(reading));
}

const [word, file, depth] = process.argv.slice(2);
if (word === 'child' && file !== undefined) {
  await child(file, (depth ?? 'standard') as Depth);
} else {
  const runs = Number(word ?? 3);
  const document = githubDocument();
  const script = join(import.meta.dirname, 'case-plan.ts');
  const read = (args: readonly string[]): Reading =>
    JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Reading;
  const rows: string[][] = [];
  for (const asked of ['examples', 'standard', 'deep'] as const) {
    const ours: Reading[] = [];
    const bare: Reading[] = [];
    for (let run = 0; run < runs; run += 1) {
      ours.push(read([script, 'child', document, asked]));
      bare.push(read(['-e', BARE, document]));
    }
    const [{ operations, cases } = { operations: 0, cases: 0 }] = ours;
    const cpu = median(ours.map(reading => reading.cpu));
    const [cpuLimit, firstLimit, megabytesLimit] = LIMITS[asked] ?? [];
    const within = (value: string, limit: number | undefined): string =>
      limit === undefined ? value : `${value} (at most ${limit})`;
    rows.push([
      asked,
      String(cases),
      (cases / operations).toFixed(1),
      within(cpu.toFixed(2), cpuLimit),
      median(bare.map(reading => reading.cpu)).toFixed(2),
      ((cpu / cases) * 1e6).toFixed(0),
      within(median(ours.map(reading => reading.first)).toFixed(2), firstLimit),
      within(median(ours.map(reading => reading.megabytes)).toFixed(0), megabytesLimit),
      median(bare.map(reading => reading.megabytes)).toFixed(0),
    ]);
  }
  process.stdout.write(
    table(
      [
        'depth',
        'cases',
        'per operation',
        'CPU s',
        'bare CPU s',
        'µs a case',
        'first case s',
        'MB',
        'bare MB',
      ],
      rows,
    ),
  );
}
