/**
 * The cases of a run in turn, planned some at a time. Planning one case between two answers would wake the process for
 * each answer alone; while a batch is planned, answers gather and are then read together, which halves the CPU.
 */
import type { Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case, Skipped } from '../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import { baseUrlOf } from './base-url.ts';

/** The state of one operation: it is finished when its plan has ended and no case of it is open. */
export interface Progress {
  readonly operation: Operation;
  readonly baseUrl: string;
  cases: number;
  open: number;
  failed: number;
  ended: boolean;
  skipped: readonly Skipped[];
}

export interface CaseQueue {
  /** The next case to send; undefined when there are no more. */
  readonly next: () => { readonly planned: Case; readonly progress: Progress } | undefined;
}

/** Cases planned together, unless that takes too long: answers wait meanwhile, and their times are measured. */
const BATCH = 256;
const BATCH_MS = 4;

/**
 * @param planEnded - told after the last case of an operation was planned; some may still be open
 * @param wanted - the cases to send; the others are planned and forgotten
 */
export function newCaseQueue(
  operations: readonly Operation[],
  baseUrl: string,
  options: CasePlanOptions,
  planEnded: (progress: Progress) => void,
  wanted: (planned: Case) => boolean = () => true,
): CaseQueue {
  const source = casesOf(operations, baseUrl, options, wanted, planEnded);
  let batch: { readonly planned: Case; readonly progress: Progress }[] = [];
  let taken = 0;
  return {
    next: () => {
      if (taken === batch.length) {
        batch = [];
        taken = 0;
        const until = performance.now() + BATCH_MS;
        do {
          const next = source.next();
          if (next.done === true) break;
          batch.push(next.value);
        } while (batch.length < BATCH && performance.now() < until);
      }
      const next = batch[taken];
      if (next !== undefined) taken += 1;
      return next;
    },
  };
}

function* casesOf(
  operations: readonly Operation[],
  baseUrl: string,
  options: CasePlanOptions,
  wanted: (planned: Case) => boolean,
  planEnded: (progress: Progress) => void,
): Generator<{ readonly planned: Case; readonly progress: Progress }, undefined> {
  for (const operation of lastRemoving(operations)) {
    const progress = newProgress(operation, baseUrl);
    const plan = casePlan(operation, options);
    for (const planned of removes(operation) ? lastAccepted(plan) : plan) {
      if (!wanted(planned)) continue;
      progress.cases += 1;
      progress.open += 1;
      yield { planned, progress };
    }
    progress.skipped = plan.skipped;
    planEnded(progress);
  }
}

/** Whatever is asked about a thing that was removed already is answered with 404, and shows nothing. */
function lastRemoving(operations: readonly Operation[]): readonly Operation[] {
  return [
    ...operations.filter(operation => !removes(operation)),
    ...operations.filter(operation => removes(operation)),
  ];
}

/** The same within one operation that removes: first what must be refused, since it finds the thing still there. */
function lastAccepted(plan: Iterable<Case>): readonly Case[] {
  const cases = [...plan];
  const isHarmless = ({ expectation }: Case): boolean =>
    expectation === 'refused' || expectation === 'unauthenticated';
  return [...cases.filter(isHarmless), ...cases.filter(planned => !isHarmless(planned))];
}

/** What an operation is asked about may be gone afterwards. */
export function removes({ method }: Operation): boolean {
  return method === 'DELETE';
}

/** An operation of which nothing was sent yet. */
export function newProgress(operation: Operation, baseUrl: string): Progress {
  return {
    operation,
    baseUrl: baseUrlOf(operation, baseUrl),
    cases: 0,
    open: 0,
    failed: 0,
    ended: false,
    skipped: [],
  };
}
