/**
 * Canaries that are only numbers: answers of two sides with known rates and times, judged as in earnest after each of
 * them, repeats included. Seeded, so that a figure can be seen again.
 */
import { random } from '../contract/schema/random.ts';
import type { Clause } from '../contract-tests/canary/breaks.ts';
import { newCanaryJudge } from '../contract-tests/canary/canary-judge.ts';
import type { Decision } from '../contract-tests/canary/decision.ts';
import type { JudgeOptions } from '../contract-tests/canary/evidence.ts';
import { atMost } from '../contract-tests/canary/sends-needed.ts';

export interface SimulatedCase {
  readonly operation: string;
  readonly id: string;
  /** How often each side fails. */
  readonly baseline: number;
  readonly canary: number;
}

export interface Simulation {
  readonly cases: readonly SimulatedCase[];
  readonly share: number;
  /** Answers after which it ends, repeats not counted. */
  readonly answers: number;
  readonly judge?: Omit<JudgeOptions, 'cases' | 'share'>;
  /** The canary takes so many times as long. Default: 1. */
  readonly slower?: number;
  /** By how much all answers become slower with each request, as a logarithm: the machine warms up or tires. */
  readonly drift?: number;
}

export interface Simulated {
  readonly decision: Decision | undefined;
  readonly baseline: number;
  readonly canary: number;
  readonly repeats: number;
}

/** Operations of so many cases each, all of which fail as often. */
export function evenCases(
  operations: number,
  each: number,
  rates: { readonly baseline: number; readonly canary: number },
): readonly SimulatedCase[] {
  return Array.from({ length: operations * each }, (_, index) => ({
    operation: `GET /${index % operations}`,
    id: `case ${index}`,
    ...rates,
  }));
}

/** Repeats of one break that are simulated at the most. */
const MOST_REPEATS = 200;
/** How much times vary from answer to answer, and from case to case, as logarithms. */
const NOISE = 0.3;
const BETWEEN_CASES = 0.8;

export function simulate(simulation: Simulation, seed: number): Simulated {
  const { cases, share, answers, slower = 1, drift = 0 } = simulation;
  const chance = random(seed, 'canary');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
  const usual = new Map(cases.map(one => [one, BETWEEN_CASES * normal()]));
  const judge = newCanaryJudge({ ...simulation.judge, cases: byOperation(cases), share });
  const clauseOf = ({ operation, id }: SimulatedCase): Clause => ({
    operation,
    check: 'status',
    place: 'api.yaml#/',
    case: id,
  });
  const drawn = (one: SimulatedCase): { readonly side: 'baseline' | 'canary'; readonly failed: boolean } => {
    const side = chance.next() < share ? 'canary' : 'baseline';
    return { side, failed: chance.next() < one[side] };
  };
  const count = { baseline: 0, canary: 0 };
  let repeats = 0;
  let decision: Decision | undefined;
  let queue: SimulatedCase[] = [];
  for (let index = 0; index < answers && decision === undefined; index += 1) {
    if (queue.length === 0)
      queue = cases
        .map(one => [chance.next(), one] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, one]) => one);
    const one = queue.pop();
    if (one === undefined) break;
    const { side, failed } = drawn(one);
    count[side] += 1;
    const log = (usual.get(one) ?? 0) + NOISE * normal() + drift * index;
    const ms = 20 * Math.exp(log) * (side === 'canary' ? slower : 1);
    const { operation, id } = one;
    const answer = { source: 'cases' as const, side, operation, case: id, failed, judged: true, ms };
    judge.observe(answer, failed ? [clauseOf(one)] : []);
    for (const trial of judge.openTrials()) {
      let now = trial;
      for (let sent = 0; now.state === 'open' && sent < MOST_REPEATS; sent += 1) {
        const again = drawn(one);
        repeats += 1;
        now = judge.repeat(trial.clause, again.side, again.failed);
      }
      judge.giveUp(trial.clause);
    }
    decision = judge.decision();
  }
  return { decision, ...count, repeats };
}

function byOperation(cases: readonly SimulatedCase[]): ReadonlyMap<string, readonly string[]> {
  const grouped = Map.groupBy(cases, ({ operation }) => operation);
  return new Map([...grouped].map(([operation, own]) => [operation, own.map(({ id }) => id)]));
}

/** The most of so many runs that may do what they do with this probability each, but for one chance in a thousand. */
export function mostAllowed(runs: number, probability: number): number {
  let most = 0;
  while (atMost(most, runs, probability) < 0.999) most += 1;
  return most;
}

/** How many runs roll back or promote, and how many answers of the canary it took. */
export interface Outcomes {
  readonly runs: number;
  readonly rolledBack: number;
  readonly promoted: number;
  readonly inconclusive: number;
  /** Middle number of answers of the canary before the decision, of all runs; infinite where half have none. */
  readonly medianCanary: number;
}

export function simulateMany(simulation: Simulation, runs: number, seed: number): Outcomes {
  const all = Array.from({ length: runs }, (_, run) => simulate(simulation, seed + run));
  const sorted = all
    .map(({ decision, canary }) => (decision === undefined ? Number.POSITIVE_INFINITY : canary))
    .toSorted((a, b) => a - b);
  const of = (kind: Decision['kind']): number => all.filter(({ decision }) => decision?.kind === kind).length;
  return {
    runs,
    rolledBack: of('rollback'),
    promoted: of('promote'),
    inconclusive: of('inconclusive'),
    medianCanary: sorted[Math.floor(runs / 2)] ?? Number.POSITIVE_INFINITY,
  };
}
