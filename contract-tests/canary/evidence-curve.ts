/** Evidence as it grew, in few enough points to be drawn and kept. */
import type { EvidenceNeeded, EvidencePoint } from './canary-events.ts';
import type { Evidence } from './evidence.ts';

export interface Curve {
  readonly add: (evidence: Evidence) => EvidencePoint;
  readonly points: () => readonly EvidencePoint[];
}

/** A line on a page has no more. */
const MOST_POINTS = 400;

export function newCurve(): Curve {
  let points: EvidencePoint[] = [];
  /** Every so many are kept; twice as many whenever there are too many. */
  let every = 1;
  let added = 0;
  let last: EvidencePoint | undefined;
  return {
    add: ({ bySide, rates, latency }) => {
      last = {
        ...bySide,
        worse: finite(rates.logWorse()),
        slower: latency === undefined ? undefined : finite(latency.logSlower()),
        alike: finite(rates.logAlike()),
      };
      if (added % every === 0) points.push(last);
      added += 1;
      if (points.length > MOST_POINTS) {
        points = points.filter((_, index) => index % 2 === 0);
        every *= 2;
      }
      return last;
    },
    points: () => (last === undefined || points.at(-1) === last ? points : [...points, last]),
  };
}

/** Capital that is lost for good has no logarithm that JSON could hold. */
function finite(log: number): number {
  return Math.max(log, -700);
}

export function neededOf({ settings: { alpha }, budget }: Evidence): EvidenceNeeded {
  return {
    worse: -Math.log(alpha.rates),
    slower: -Math.log(budget === undefined ? alpha.latency : alpha.latency / 2),
    alike: -Math.log(alpha.promote),
  };
}
