/** What was broken, by operation and clause, with the counts of both sides and a witness of each. Knows no statistics. */
import type { Exchange } from '../../contract/exchange.ts';
import type { ToldFailure } from '../events.ts';
import type { KnownSide } from './answer.ts';
import type { Clause } from './breaks.ts';
import type { AttributedOutcome } from './send-attributed.ts';

export interface ClauseFindings {
  readonly operation: string;
  readonly check: string;
  readonly place: string;
  readonly failure: ToldFailure;
  /** Failing answers by side, repeats included. */
  readonly failed: Readonly<Record<KnownSide, number>>;
  /** Cases that failed, by their ids. */
  readonly cases: readonly string[];
  /** The first failing exchange of each side. */
  readonly witness: Readonly<Partial<Record<KnownSide, Exchange>>>;
}

export interface CanaryFindings {
  /** The clauses that the answer breaks. */
  readonly note: (outcome: AttributedOutcome) => readonly Clause[];
  /** In the order in which they were first seen. */
  readonly all: () => readonly ClauseFindings[];
}

interface Gathered {
  readonly operation: string;
  readonly check: string;
  readonly place: string;
  readonly failure: ToldFailure;
  readonly failed: Record<KnownSide, number>;
  readonly cases: Set<string>;
  readonly witness: Partial<Record<KnownSide, Exchange>>;
}

export function newCanaryFindings(): CanaryFindings {
  const byClause = new Map<string, Gathered>();
  return {
    note: attributed => {
      const { side } = attributed;
      const clauses = brokenClauses(attributed);
      if (side === 'unknown') return clauses;
      for (const { clause, failure, exchange } of clausesWithFailures(attributed)) {
        const { operation, check, place } = clause;
        const key = [operation, check, place].join('\n');
        let found = byClause.get(key);
        if (found === undefined) {
          found = {
            operation,
            check,
            place,
            failure,
            failed: { baseline: 0, canary: 0 },
            cases: new Set(),
            witness: {},
          };
          byClause.set(key, found);
        }
        found.failed[side] += 1;
        found.cases.add(clause.case);
        found.witness[side] ??= exchange;
      }
      return clauses;
    },
    all: () =>
      [...byClause.values()].map(one => ({ ...one, failed: { ...one.failed }, cases: [...one.cases] })),
  };
}

/** The clauses that an answer breaks; warnings break none. */
export function brokenClauses(attributed: AttributedOutcome): readonly Clause[] {
  return clausesWithFailures(attributed).map(({ clause }) => clause);
}

interface ClauseFailure {
  readonly clause: Clause;
  readonly failure: ToldFailure;
  readonly exchange: Exchange;
}

function clausesWithFailures({ asked, sent, outcome }: AttributedOutcome): readonly ClauseFailure[] {
  if (outcome.kind !== 'failed') return [];
  const byPlace = new Map<string, ClauseFailure>();
  for (const failure of outcome.failures) {
    if (failure.severity !== 'error') continue;
    const { document, pointer } = failure.source;
    const place = `${document.name}#${pointer}`;
    const clause: Clause = { operation: asked.operation, check: failure.check, place, case: sent.id };
    const key = `${failure.check}\n${place}`;
    if (!byPlace.has(key)) byPlace.set(key, { clause, failure, exchange: outcome.exchange });
  }
  return [...byPlace.values()];
}
