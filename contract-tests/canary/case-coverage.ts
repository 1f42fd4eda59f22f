/** Which cases and operations both sides have answered. A promotion waits for it; nothing is decided by it alone. Pure. */
import type { Answer, KnownSide } from './answer.ts';

export interface CaseCoverage {
  readonly observe: (answer: Answer) => void;
  /** Judged answers of a side to an operation: to our cases, or to anybody's requests where we have none. */
  readonly judged: (operation: string, side: KnownSide) => number;
  readonly cases: (operation: string) => readonly string[];
  /** Cases that a side has not answered yet. */
  readonly missing: (operation: string, side: KnownSide) => readonly string[];
}

interface Seen {
  readonly cases: readonly string[];
  readonly judged: Record<KnownSide, number>;
  readonly answered: Readonly<Record<KnownSide, Set<string>>>;
}

export function newCaseCoverage(cases: ReadonlyMap<string, readonly string[]>): CaseCoverage {
  const seen = new Map<string, Seen>(
    [...cases].map(([operation, ids]) => [
      operation,
      {
        cases: ids,
        judged: { baseline: 0, canary: 0 },
        answered: { baseline: new Set(), canary: new Set() },
      },
    ]),
  );
  return {
    observe: ({ source, side, operation, case: id, judged }) => {
      const one = operation === undefined ? undefined : seen.get(operation);
      if (one === undefined || side === 'unknown' || source === 'sequences') return;
      const speaks = source === 'cases' || one.cases.length === 0;
      if (judged && speaks) one.judged[side] += 1;
      if (id !== undefined) one.answered[side].add(id);
    },
    judged: (operation, side) => seen.get(operation)?.judged[side] ?? 0,
    cases: operation => seen.get(operation)?.cases ?? [],
    missing: (operation, side) => {
      const one = seen.get(operation);
      return one === undefined ? [] : one.cases.filter(id => !one.answered[side].has(id));
    },
  };
}
