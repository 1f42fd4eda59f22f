/** What reports for machines say of a run as a whole: its documents, its operations and its counts, as plain data. */
import { createHash } from 'node:crypto';
import type { Skipped } from '../contract/plan/cases/case.ts';
import type { CleanUpSummary, OperationFinished, RunStarted, RunSummary, TestedContract } from './events.ts';
import type { Mask } from './mask.ts';

export interface StartRecord {
  readonly baseUrl: string;
  readonly documents: readonly DocumentRecord[];
  readonly depth: string;
  readonly seed: number;
}

export interface DocumentRecord {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** Of the text of the document itself, so that a report says which state of it was tested. */
  readonly sha256: string;
}

export interface OperationRecord {
  readonly document: string;
  readonly operation: string;
  readonly cases: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}

export interface SummaryRecord {
  readonly verdict: RunSummary['verdict'];
  readonly reason?: string;
  readonly stopped?: NonNullable<RunSummary['stopped']>;
  readonly counts: CountsRecord;
  /** What became of the things that single cases made. */
  readonly cleanUp?: CleanUpSummary;
  readonly milliseconds: number;
}

export interface CountsRecord
  extends Omit<RunSummary, 'verdict' | 'reason' | 'stopped' | 'notJudged' | 'skipped' | 'cleanUp' | 'ms'> {
  readonly notJudged: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
}

export function startRecord({ baseUrl, contracts, depth, seed }: RunStarted, mask: Mask): StartRecord {
  return { baseUrl: mask.text(baseUrl), documents: contracts.map(documentRecord), depth, seed };
}

export function documentRecord({ name, contract }: TestedContract): DocumentRecord {
  const sha256 = createHash('sha256').update(contract.source.document.text()).digest('hex');
  return { name, title: contract.title, version: contract.version, sha256 };
}

export function operationRecord({ operation, cases, failed, skipped }: OperationFinished): OperationRecord {
  return {
    document: operation.contract.source.document.name,
    operation: operation.key,
    cases,
    failed,
    skipped,
  };
}

export function summaryRecord(summary: RunSummary, mask: Mask): SummaryRecord {
  const { verdict, reason, stopped, notJudged, skipped, cleanUp, ms, ...rest } = summary;
  return {
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(stopped === undefined ? {} : { stopped }),
    counts: {
      ...rest,
      notJudged: Object.fromEntries(notJudged),
      skipped: Object.fromEntries(skipped.map(({ reason: why, count }) => [why, count])),
    },
    ...(cleanUp === undefined ? {} : { cleanUp: cleanUpRecord(cleanUp, mask) }),
    milliseconds: Math.round(ms),
  };
}

/** Addresses may hold what is secret. */
function cleanUpRecord({ removed, left }: CleanUpSummary, mask: Mask): CleanUpSummary {
  return {
    removed,
    left: left.map(one => ({ ...one, examples: one.examples.map(example => mask.text(example)) })),
  };
}
