/**
 * Breaks of a contract that somebody has accepted, each with a reason and the last day on which it is. Pure: it is told
 * what day it is.
 */
import type { Failure } from '../contract/checks/check.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { KnownBreak, Listener } from './events.ts';

/** What a failure must be to be this one: all that is written must fit. */
export interface BaselineEntry {
  readonly document?: string;
  /** `GET /pets` or an operationId. */
  readonly operation?: string;
  readonly check?: string;
  /** Where the document says what is broken. */
  readonly pointer?: string;
  /** A case id. */
  readonly case?: string;
  readonly reason: string;
  /** `2026-12-31`. */
  readonly expires: string;
}

export interface Baseline {
  /** For `SettleOptions.known`. */
  readonly known: (tested: Case, failure: Failure) => KnownBreak | undefined;
  /** Entries that no failure has fitted so far. */
  readonly stale: () => readonly BaselineEntry[];
}

/**
 * Looks for each failure among the entries, the first that has not expired before the others.
 *
 * @param today - as `2026-12-31`
 */
export function newBaseline(entries: readonly BaselineEntry[], today: string): Baseline {
  const unused = new Set(entries);
  const ordered = entries.toSorted((a, b) => Number(a.expires < today) - Number(b.expires < today));
  return {
    known: (tested, failure) => {
      const found = ordered.filter(entry => fits(entry, tested, failure));
      for (const entry of found) unused.delete(entry);
      const [first] = found;
      if (first === undefined) return undefined;
      const { reason, expires } = first;
      return { reason, expires, expired: expires < today };
    },
    stale: () => entries.filter(entry => unused.has(entry)),
  };
}

function fits(entry: BaselineEntry, { id, operation }: Case, failure: Failure): boolean {
  return (
    (entry.document === undefined || entry.document === operation.contract.source.document.name) &&
    (entry.operation === undefined ||
      entry.operation === operation.key ||
      entry.operation === operation.id) &&
    (entry.check === undefined || entry.check === failure.check) &&
    (entry.pointer === undefined || entry.pointer === failure.source.pointer) &&
    (entry.case === undefined || entry.case === id)
  );
}

/** Collects what a run found broken, as entries of a baseline: what is known already keeps its reason and its day. */
export function baselineOf(fresh: Pick<BaselineEntry, 'reason' | 'expires'>): {
  readonly listener: Listener;
  readonly entries: () => readonly BaselineEntry[];
} {
  const found = new Map<string, BaselineEntry>();
  return {
    listener: event => {
      if (event.kind !== 'case-finished' || event.outcome.kind !== 'failed') return;
      const { operation } = event.case;
      for (const { check, severity, source, known } of event.outcome.failures) {
        if (severity !== 'error' && known === undefined) continue;
        const place = {
          document: operation.contract.source.document.name,
          operation: operation.key,
          check,
          pointer: source.pointer,
        };
        const { reason, expires } = known === undefined || known.expired ? fresh : known;
        found.set(JSON.stringify(place), { ...place, reason, expires });
      }
    },
    entries: () => [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  };
}

/** An entry in one line. */
export function describeEntry({ case: id, operation, check, pointer }: BaselineEntry): string {
  return [id ?? operation, check, pointer].filter(word => word !== undefined && word !== '').join(' ');
}
