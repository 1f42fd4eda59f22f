/**
 * Sends the sequences of a check of a canary. The stage picks a side for each request, so the steps of one run are answered
 * by both. That is no harm: if the sides are alike, how a run goes says nothing about the side of any of its steps.
 */
import type { Operation } from '../../contract/model.ts';
import type { Case, SkipReason } from '../../contract/plan/cases/case.ts';
import type { SequencePlan } from '../../contract/sequences/sequence-plan.ts';
import { newProgress } from '../case-queue.ts';
import type { CaseOutcome } from '../events.ts';
import { runSequences, type SequenceOptions } from '../run-sequences.ts';
import type { CaseSender } from '../send-case.ts';
import { plural, SKIPPED_BECAUSE } from '../summary-text.ts';

/** A run of a sequence, its steps in order. */
export interface SequenceSent {
  /** `pets.yaml: created pets`: of all documents there is one. */
  readonly id: string;
  readonly steps: readonly SentStep[];
}

/** A step as it was sent. */
export interface SentStep {
  readonly operation: Operation;
  readonly sent: Case;
  readonly outcome: CaseOutcome;
}

export interface SequenceRounds {
  /** Sends all of them once; the runs. */
  readonly next: () => Promise<readonly SequenceSent[]>;
  /** Sends one of them again; none when there is no such sequence. */
  readonly again: (id: string) => Promise<SequenceSent | undefined>;
  /** What could not be asked, a sentence for each reason. */
  readonly leftOut: () => readonly string[];
}

export interface SequenceRoundsOptions {
  readonly plans: readonly SequencePlan[];
  readonly options: SequenceOptions;
  readonly sender: CaseSender;
  readonly baseUrl: string;
  readonly concurrency: number;
  readonly ended: () => boolean;
}

export function newSequenceRounds(settings: SequenceRoundsOptions): SequenceRounds {
  const { plans, options, sender, baseUrl, concurrency, ended } = settings;
  /** Of the first round: later ones leave out the same. */
  let skipped: Map<SkipReason, number> | undefined;
  const kept = new Set<string>();
  const sendAll = async (
    chosen: readonly SequencePlan[],
    count: Map<SkipReason, number>,
  ): Promise<readonly SequenceSent[]> => {
    const runs = new Map<string, SentStep[]>();
    await runSequences({
      plans: chosen,
      options,
      sender,
      concurrency,
      ended,
      kept,
      begin: operation => newProgress(operation, baseUrl),
      told: (sent, outcome, { operation }) => {
        const id = idOf(operation, sent.step?.sequence ?? '');
        const steps = runs.get(id);
        if (steps === undefined) runs.set(id, [{ operation, sent, outcome }]);
        else steps.push({ operation, sent, outcome });
      },
      skip: reason => void count.set(reason, (count.get(reason) ?? 0) + 1),
    });
    return [...runs].map(([id, steps]) => ({ id, steps }));
  };
  return {
    next: async () => {
      const count = new Map<SkipReason, number>();
      const runs = await sendAll(plans, count);
      skipped ??= count;
      return runs;
    },
    again: async id => {
      const chosen = plans.flatMap(plan => {
        const found = [...plan].filter(
          ({ id: own, steps: [first] }) => first !== undefined && idOf(first.operation, own) === id,
        );
        const { operations } = plan;
        return found.length === 0
          ? []
          : [{ operations, unplanned: [], [Symbol.iterator]: () => found[Symbol.iterator]() }];
      });
      return (await sendAll(chosen, new Map())).find(run => run.id === id);
    },
    leftOut: () =>
      [...(skipped ?? [])].map(
        ([reason, count]) => `${plural(count, 'step')} of sequences not made: ${SKIPPED_BECAUSE[reason]}.`,
      ),
  };
}

function idOf({ contract }: Operation, sequence: string): string {
  return `${contract.source.document.name}: ${sequence}`;
}
