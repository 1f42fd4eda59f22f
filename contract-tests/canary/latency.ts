/**
 * Rule C: whether the canary is slower than the baseline by more than is tolerated. An answer is compared with earlier
 * answers to the same case, whoever gave them: it stands above a threshold or below it, and whether it does must say
 * nothing about the side. No distribution is assumed, and no steadiness of the machine, since the side was chosen by
 * chance at every moment. Pure.
 */
import type { Answer, KnownSide } from './answer.ts';
import { newStrata } from './strata.ts';
import { logSum, SLOWER, twoRates } from './two-rates.ts';

export interface Latency {
  readonly observe: (answer: Answer, share: number) => void;
  /** `ln E` against "the canary takes at most `1 + tolerance` times as long". */
  readonly logSlower: () => number;
  /** Middle of the last answers of a side, in milliseconds; undefined before there are any. */
  readonly median: (side: KnownSide) => number | undefined;
  /** How many answers were compared. */
  readonly compared: (side: KnownSide) => number;
  /** How much longer the canary takes, in the median over cases answered by both sides; undefined before there are any. */
  readonly ratio: () => number | undefined;
}

/** A bet that needs to see the middle, and two that need to see the tail: with a small share the canary is the tail. */
const QUANTILES: readonly number[] = [0.5, 0.75, 0.9];
/** Answers of a case that the next one is compared with. */
const OF_CASE = 9;
/** How far answers to all cases lay from what was usual for theirs: what is usual for these distances. */
const DISTANCES = 60;
const FEWEST_DISTANCES = 8;
/** Answers of a side kept for its median. */
const KEPT = 1000;

/**
 * @param tolerance - 0.1: a tenth more is not slower
 * @param warmUp - answers of each side to a case before it is compared: what starts cold is slow once
 */
export function newLatency({
  tolerance,
  warmUp,
}: {
  readonly tolerance: number;
  readonly warmUp: number;
}): Latency {
  const slower = twoRates(SLOWER, 0);
  const strata = QUANTILES.map(() => newStrata());
  const cases = new Map<string, CaseTimes>();
  const distances: number[] = [];
  const times: Readonly<Record<KnownSide, number[]>> = { baseline: [], canary: [] };
  return {
    observe: (answer, share) => {
      const { side, ms } = answer;
      const about = answer.case ?? answer.operation;
      if (side === 'unknown' || ms === undefined || about === undefined) return;
      const key = `${answer.source} ${about}`;
      let seen = cases.get(key);
      if (seen === undefined) cases.set(key, (seen = { baseline: [], canary: [], scored: [] }));
      // Decided by what came before: were it decided by this answer, its side would no longer be a matter of chance.
      const warm = seen.baseline.length >= warmUp && seen.canary.length >= warmUp;
      keep(seen[side], ms, KEPT);
      if (!warm) return;
      keep(times[side], ms, KEPT);
      // On the border of what is tolerated both sides score alike.
      const scored = Math.log(Math.max(ms, LEAST_MS)) - (side === 'canary' ? Math.log1p(tolerance) : 0);
      if (seen.scored.length > 0) {
        const distance = scored - quantile(seen.scored, 0.5);
        if (distances.length >= FEWEST_DISTANCES) {
          const usual = distances.toSorted((a, b) => a - b);
          for (const [index, at] of QUANTILES.entries())
            strata[index]?.add(share, side, 1, distance > inOrder(usual, at) ? 1 : 0);
        }
        keep(distances, distance, DISTANCES);
      }
      keep(seen.scored, scored, OF_CASE);
    },
    logSlower: () => logSum(strata.map(one => slower.logEvidence(one.all()) - Math.log(QUANTILES.length))),
    median: side => (times[side].length === 0 ? undefined : quantile(times[side], 0.5)),
    compared: side => strata[0]?.total(side).answers ?? 0,
    ratio: () => {
      const ratios = [...cases.values()].flatMap(({ baseline, canary }) => {
        const [base, other] = [baseline.slice(warmUp), canary.slice(warmUp)];
        return base.length === 0 || other.length === 0
          ? []
          : [quantile(other, 0.5) / Math.max(quantile(base, 0.5), LEAST_MS)];
      });
      return ratios.length === 0 ? undefined : quantile(ratios, 0.5);
    },
  };
}

interface CaseTimes extends Readonly<Record<KnownSide, number[]>> {
  readonly scored: number[];
}

/** What a clock cannot tell from nothing. */
const LEAST_MS = 0.01;

function keep(list: number[], value: number, most: number): void {
  list.push(value);
  if (list.length > most) list.shift();
}

/** Of a list that is not empty. */
function quantile(values: readonly number[], at: number): number {
  return inOrder(
    values.toSorted((a, b) => a - b),
    at,
  );
}

function inOrder(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}
