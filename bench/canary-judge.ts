/**
 * How often does the judge of canaries cry wolf, how often does it let a bad canary pass, and how many answers does it
 * need? Simulated releases, looked at after each answer; the rival is what scripts do: a z test at every answer.
 *
 *   npm run bench -- canary-judge [runs]
 */
import { random } from '../contract/schema/random.ts';
import {
  evenCases,
  mostAllowed,
  type SimulatedCase,
  type Simulation,
  simulateMany,
} from '../test/canary-simulation.ts';
import { median, table } from './report.ts';

const RUNS = Number(process.argv[2] ?? 2000);
const NEVER = 1e-300;
const started = process.cpuUsage();

/** What a stage looks like on both sides: mostly sound, one operation that often fails, one that always does. */
const RAGGED: readonly SimulatedCase[] = [
  ...evenCases(8, 5, { baseline: 0.01, canary: 0.01 }),
  ...evenCases(1, 4, { baseline: 0.3, canary: 0.3 }).map(one => ({
    ...one,
    operation: 'flaky',
    id: `f ${one.id}`,
  })),
  ...evenCases(1, 2, { baseline: 1, canary: 1 }).map(one => ({
    ...one,
    operation: 'broken',
    id: `b ${one.id}`,
  })),
];

const rows: string[][] = [];
for (const alpha of [0.1, 0.05, 0.01]) {
  for (const share of [0.5, 0.1]) {
    const simulation: Simulation = {
      cases: RAGGED,
      share,
      answers: 600,
      drift: 0.001,
      judge: { alpha, promoteAlpha: NEVER, latency: { tolerance: 0, warmUp: 0 } },
    };
    const { rolledBack } = simulateMany(simulation, RUNS, 1);
    rows.push(
      verdictRow(`no difference, ${percent(share)} canary`, alpha, rolledBack, mostAllowed(RUNS, alpha)),
    );
  }
}
for (const alpha of [0.1, 0.05, 0.01]) {
  for (const share of [0.5, 0.1]) {
    const margin = 0.03;
    const simulation: Simulation = {
      cases: evenCases(8, 5, { baseline: 0.005, canary: 0.005 + margin }),
      share,
      answers: 1000,
      judge: { alpha: NEVER, promoteAlpha: alpha, margin, latency: false },
    };
    const { promoted } = simulateMany(simulation, RUNS, 2);
    rows.push(
      verdictRow(`worse by the margin, ${percent(share)} canary`, alpha, promoted, mostAllowed(RUNS, alpha)),
    );
  }
}
process.stdout.write(
  `Wrong decisions in ${RUNS} runs each, a look after every answer\n\n` +
    table(['canary', 'alpha', 'wrong', 'part', 'at most (exact binomial, 99.9 %)'], rows),
);

const power: string[][] = [];
const POWER_RUNS = Math.ceil(RUNS / 4);
const powerOf = (name: string, simulation: Simulation): void => {
  const { rolledBack, medianCanary } = simulateMany(simulation, POWER_RUNS, 3);
  power.push([name, percent(simulation.share), percent(rolledBack / POWER_RUNS), String(medianCanary)]);
};
for (const share of [0.5, 0.25, 0.1, 0.05]) {
  powerOf('1 % against 5 %', {
    cases: evenCases(8, 5, { baseline: 0.01, canary: 0.05 }),
    share,
    answers: Math.ceil(1500 / share),
    judge: { promoteAlpha: NEVER, latency: false },
  });
}
for (const share of [0.5, 0.1]) {
  powerOf('one operation of 11 fails in half of its answers', {
    cases: [
      ...evenCases(10, 5, { baseline: 0.01, canary: 0.01 }),
      ...evenCases(1, 5, { baseline: 0.01, canary: 0.5 }).map(one => ({
        ...one,
        operation: 'GET /worse',
        id: `w ${one.id}`,
      })),
    ],
    share,
    answers: Math.ceil(1500 / share),
    judge: { promoteAlpha: NEVER, latency: false },
  });
  powerOf('one operation of 11 always fails', {
    cases: [
      ...evenCases(10, 5, { baseline: 0.01, canary: 0.01 }),
      ...evenCases(1, 5, { baseline: 0, canary: 1 }).map(one => ({
        ...one,
        operation: 'GET /broken',
        id: `w ${one.id}`,
      })),
    ],
    share,
    answers: Math.ceil(1500 / share),
    judge: { promoteAlpha: NEVER, latency: false },
  });
  powerOf('1.5 times as slow', {
    cases: evenCases(8, 5, { baseline: 0, canary: 0 }),
    share,
    answers: Math.ceil(1500 / share),
    slower: 1.5,
    judge: { promoteAlpha: NEVER },
  });
}
process.stdout.write(
  `\nBad canaries rolled back, alpha 0.05, ${POWER_RUNS} runs each\n\n` +
    table(['canary', 'share', 'rolled back', 'median canary answers'], power),
);

const healthy = [0.5, 0.1].map(share => {
  const outcomes = simulateMany(
    { cases: evenCases(8, 5, { baseline: 0, canary: 0 }), share, answers: Math.ceil(3000 / share) },
    Math.ceil(POWER_RUNS / 5),
    4,
  );
  return [percent(share), percent(outcomes.promoted / outcomes.runs), String(outcomes.medianCanary)];
});
process.stdout.write(
  `\nHealthy canaries without any failure, margin 1 %\n\n` +
    table(['share', 'promoted', 'median canary answers'], healthy),
);

const foil = [0.01, 0.05].map(rate => {
  const alarms = Array.from({ length: RUNS }, (_, run) => peekedTest(rate, rate, 3000, run));
  const found = Array.from({ length: POWER_RUNS }, (_, run) => peekedTest(rate, 5 * rate, 3000, run));
  return [
    percent(rate),
    percent(alarms.filter(at => at !== undefined).length / RUNS),
    String(median(found.map(at => at ?? Number.POSITIVE_INFINITY))),
  ];
});
process.stdout.write(
  `\nThe rival: a one-sided z test at 0.05 after each of 3000 pairs\n\n` +
    table(['failure rate', 'healthy canaries rolled back', 'median pairs to find five times as many'], foil),
);

const { user, system } = process.cpuUsage(started);
process.stdout.write(`\n${((user + system) / 1e6).toFixed(0)} s of CPU\n`);

/** The pair at which it first calls the canary worse. */
function peekedTest(baseline: number, canary: number, pairs: number, seed: number): number | undefined {
  const chance = random(seed, 'z');
  let [x, y] = [0, 0];
  for (let n = 1; n <= pairs; n += 1) {
    if (chance.next() < baseline) x += 1;
    if (chance.next() < canary) y += 1;
    const pooled = (x + y) / (2 * n);
    const spread = Math.sqrt((2 * pooled * (1 - pooled)) / n);
    if (n >= 20 && spread > 0 && (y - x) / n / spread > 1.645) return n;
  }
  return undefined;
}

function verdictRow(name: string, alpha: number, wrong: number, most: number): string[] {
  return [
    name,
    String(alpha),
    String(wrong),
    percent(wrong / RUNS),
    `${most}${wrong > most ? ' EXCEEDED' : ''}`,
  ];
}

function percent(part: number): string {
  return `${Number((part * 100).toFixed(2))} %`;
}
