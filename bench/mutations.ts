/**
 * How many seeded faults do the contract tests find, and how often do they accuse a server that keeps its document? A
 * whole run, at the depth that it names, for each fault of `test/mutations/catalogue/`, and one for each depth and seed over
 * each server without a fault.
 *
 *   npm run bench -- mutations [word in the fault's name…]
 */
import { APIS, type ApiName, rehearse } from '../test/mutations/rehearse.ts';
import { listedFaults, see } from '../test/mutations/seen.ts';
import { CONFORMING } from '../test/mutations/served.ts';
import { table } from './report.ts';

const words = process.argv.slice(2);
const faults = listedFaults().filter(({ id }) => words.length === 0 || words.some(word => id.includes(word)));
const started = process.cpuUsage();

const counts = new Map<string, { total: number; caught: number; another: number }>();
const missed: string[] = [];
for (const fault of faults) {
  const { caught, checks } = await see(fault, true);
  const count = counts.get(fault.class) ?? { total: 0, caught: 0, another: 0 };
  counts.set(fault.class, count);
  count.total += 1;
  if (caught) count.caught += 1;
  else if (checks.length > 0) count.another += 1;
  if (!caught)
    missed.push(
      `${fault.id}: ${fault.what}. Expected ${fault.caughtBy}, found ${checks.join(', ') || 'nothing'}.`,
    );
}

let runs = 0;
let cases = 0;
const alarms: string[] = [];
for (const name of words.length === 0 ? (Object.keys(APIS) as ApiName[]) : []) {
  for (const depth of ['examples', 'standard', 'deep'] as const) {
    for (const seed of [0, 1, 2]) {
      const { summary, details } = await rehearse(name, CONFORMING, { plan: { depth, seed } });
      runs += 1;
      cases += summary.cases;
      alarms.push(...details.map(detail => `${name}, ${depth}, seed ${seed}: ${detail}`));
    }
  }
}

const all = [...counts.values()];
const sum = (of: 'total' | 'caught' | 'another'): number =>
  all.reduce((total, count) => total + count[of], 0);
const { user, system } = process.cpuUsage(started);
process.stdout.write(
  table(
    ['class', 'faults', 'caught', 'by another check'],
    [
      ...counts,
      ['all', { total: sum('total'), caught: sum('caught'), another: sum('another') }] as const,
    ].map(([name, { total, caught, another }]) => [name, String(total), String(caught), String(another)]),
  ) +
    [...missed, ...alarms].map(line => `${line}\n`).join('') +
    `${alarms.length} false alarms in ${runs} runs (${cases} cases) over servers that keep their documents; ` +
    `${((user + system) / 1e6).toFixed(0)} s of CPU, servers included\n`,
);
process.exit();
