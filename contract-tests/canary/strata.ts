/** Counts of both sides, kept apart by the share of the traffic that the canary had when they came. */
import type { KnownSide } from './answer.ts';
import type { Rate, Stratum } from './two-rates.ts';

export interface Strata {
  readonly add: (share: number, side: KnownSide, answers: number, failed: number) => void;
  readonly all: () => readonly Stratum[];
  readonly total: (side: KnownSide) => Rate;
}

interface Counter {
  answers: number;
  failed: number;
}

export function newStrata(): Strata {
  const byShare = new Map<
    number,
    { readonly share: number; readonly baseline: Counter; readonly canary: Counter }
  >();
  return {
    add: (share, side, answers, failed) => {
      let stratum = byShare.get(share);
      if (stratum === undefined) {
        stratum = { share, baseline: { answers: 0, failed: 0 }, canary: { answers: 0, failed: 0 } };
        byShare.set(share, stratum);
      }
      stratum[side].answers += answers;
      stratum[side].failed += failed;
    },
    all: () => [...byShare.values()],
    total: side => {
      const total = { answers: 0, failed: 0 };
      for (const stratum of byShare.values()) {
        total.answers += stratum[side].answers;
        total.failed += stratum[side].failed;
      }
      return total;
    },
  };
}
