/**
 * Sends sequences of a report again, each up to the last of its steps that failed: what a step stands on is made anew,
 * since what stood there then was removed.
 */
import type { Contract } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { slug } from '../contract/plan/cases/case-id.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import type { ConfiguredHints } from '../contract/sequences/hints.ts';
import type { Sequence } from '../contract/sequences/sequence.ts';
import { sequencePlan } from '../contract/sequences/sequence-plan.ts';
import { newProgress } from './case-queue.ts';
import type { CaseOutcome } from './events.ts';
import type { ReplayCase } from './replay-record.ts';
import { runSequences } from './run-sequences.ts';
import type { CaseSender } from './send-case.ts';
import { SKIPPED_BECAUSE } from './summary-text.ts';

export interface SequenceReplay {
  readonly baseUrl: string;
  /** As it was in the run, with the credentials of now. */
  readonly plan: CasePlanOptions;
  readonly hints: ConfiguredHints;
  readonly sender: CaseSender;
  readonly ended: () => boolean;
  /** Told of each step that was sent. */
  readonly judged?: (outcome: CaseOutcome, tested: Case) => void;
}

/** What came of a step, or why it was not sent. */
export type StepOutcome = CaseOutcome | { readonly kind: 'not-sent'; readonly why: string };

/**
 * Sends a sequence again.
 *
 * @param steps - those of the report, all of one sequence
 */
export async function replaySequence(
  id: string,
  steps: readonly ReplayCase[],
  contract: Contract,
  { baseUrl, plan, hints, sender, ended, judged }: SequenceReplay,
): Promise<(step: ReplayCase) => StepOutcome> {
  const planned = sequencePlan(contract, { ...plan, hints });
  const all: readonly Sequence[] = [...planned];
  const wanted = all.find(sequence => sequence.id === id);
  if (wanted === undefined)
    return () => ({ kind: 'not-sent', why: `the document has no sequence ${id} any more` });
  const last = lastStep(wanted, steps);
  const chosen = all.flatMap(sequence => {
    if (sequence === wanted) return [{ ...wanted, steps: wanted.steps.filter(({ index }) => index <= last) }];
    // Whether the server has a memory, the first of a group finds out for all of it.
    return sequence.group === wanted.group && sequence.probes !== undefined ? [sequence] : [];
  });
  const outcomes = new Map<string, CaseOutcome>();
  const skipped: string[] = [];
  await runSequences({
    plans: [
      {
        operations: planned.operations,
        unplanned: [],
        [Symbol.iterator]: () => chosen[Symbol.iterator](),
      },
    ],
    options: {},
    sender,
    concurrency: 1,
    ended,
    begin: operation => newProgress(operation, baseUrl),
    told: (sent, outcome) => {
      outcomes.set(sent.id, outcome);
      judged?.(outcome, sent);
    },
    skip: (reason, what) => skipped.push(`${what}: ${SKIPPED_BECAUSE[reason]}`),
  });
  return ({ case: step }) => {
    const why = skipped.find(text => text.startsWith(`${id}: `)) ?? `${id}: a step before it came to nothing`;
    return outcomes.get(step) ?? { kind: 'not-sent', why: why.slice(id.length + 2) };
  };
}

/** The last step that the report names, found by its words: of other operations there may be other steps before it. */
function lastStep({ id, steps }: Sequence, named: readonly ReplayCase[]): number {
  const found = steps.filter(({ operation, name }) => {
    const beginning = `${operation.key} sequence ${id.split(' ').map(slug).join(' ')} ${slug(name)}`;
    return named.some(step => step.case.startsWith(beginning));
  });
  return found.at(-1)?.index ?? Number.POSITIVE_INFINITY;
}
