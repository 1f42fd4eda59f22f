/** Where a command begins with a canary: at the first word of a new journal, or at the last of a run that was cut off. */
import { randomUUID } from 'node:crypto';
import { RehearsalError } from '../../contract/errors.ts';
import type { Ending, Journal, Phase } from '../../gateway/stages/canary/journal.ts';
import { requireDeployment } from '../../gateway/stages/canary/operations.ts';
import {
  differences,
  isSameAsProduction,
  promoted,
  type Release,
  withoutCanary,
} from '../../gateway/stages/canary/release.ts';
import { standing } from '../../gateway/stages/canary/standing.ts';
import type { OpenCanary } from './open-canaries.ts';

export interface RampWishes {
  /** Undefined: as the run before, or as usual. */
  readonly steps: readonly number[] | undefined;
  readonly ending: Ending | undefined;
  /** Forgets a run that was cut off. */
  readonly afresh: boolean;
}

export interface Beginning {
  readonly journal: Journal;
  /** How the run that is gone on with left the stage; undefined for a new one. */
  readonly resumed: string | undefined;
}

export const USUAL_STEPS: readonly number[] = [5, 25, 50];

/** Of a new run. */
export function newJournal(
  { stage, now }: OpenCanary,
  before: Release,
  rest: Pick<Journal, 'steps' | 'ending' | 'phase'>,
): Journal {
  const at = new Date(now()).toISOString();
  const { document, name, apiId, stageName } = stage;
  const place = { document, stage: name, apiId, stageName };
  const run = randomUUID().slice(0, 8);
  return { version: 1, run, ...place, before, ...rest, known: [], began: at, changed: at };
}

/**
 * Where a ramp begins.
 *
 * @throws RehearsalError CANARY_NONE, CANARY_SAME, CANARY_LEFT, CANARY_JOURNAL
 */
export function beginRamp(canary: OpenCanary, release: Release, wishes: RampWishes): Beginning {
  const { stage, journal: store } = canary;
  const last = wishes.afresh ? undefined : store.read();
  if (last !== undefined && last.phase.kind !== 'ended') {
    const left = standing(last, release);
    if (left.kind === 'changed') throw leftOtherwise(last, left.differences);
    return { journal: resumedJournal(last, release, wishes), resumed: left.words };
  }
  if (release.canary === undefined) throw new RehearsalError('CANARY_NONE', { stage: stage.name });
  if (isSameAsProduction(release)) throw new RehearsalError('CANARY_SAME', { stage: stage.name });
  const { steps = USUAL_STEPS, ending = 'promote' } = wishes;
  return {
    journal: newJournal(canary, release, { steps, ending, phase: { kind: 'begun' } }),
    resumed: undefined,
  };
}

/** Other steps begin with the first of them, as long as nothing has been decided. */
function resumedJournal(last: Journal, release: Release, wishes: RampWishes): Journal {
  const { steps = last.steps, ending = last.ending } = wishes;
  const { kind } = last.phase;
  if (!['begun', 'moving', 'judging', 'restoring'].includes(kind)) return last;
  const same = steps.length === last.steps.length && steps.every((step, index) => step === last.steps[index]);
  if (same && kind !== 'restoring') return { ...last, ending };
  // The percentage that it has counts as a step which is done, so that the next change knows where it starts.
  const present = release.canary?.percentTraffic ?? 0;
  return { ...last, ending, steps: [present, ...steps], phase: { kind: 'moving', step: 1 } };
}

function leftOtherwise({ stage, changed }: Journal, found: readonly string[]): RehearsalError {
  const when = `${changed.slice(0, 19)}Z`;
  return new RehearsalError('CANARY_LEFT', { stage, when, differences: found.join(', ') });
}

/**
 * A rollback: of the canary that is there, else of the last promotion, which is known from the journal.
 *
 * @throws RehearsalError CANARY_NONE, CANARY_JOURNAL, DEPLOYMENT_GONE, and those of `askPlane`
 */
export async function beginRollback(canary: OpenCanary, release: Release, reason: string): Promise<Journal> {
  const last = canary.journal.read();
  if (last !== undefined && isPromotionOf(last, release)) {
    // Asked before anything is written down: what cannot be done is not to be gone on with.
    await requireDeployment(canary.address, last.before.deploymentId);
    return { ...last, phase: { kind: 'undoing', reason } };
  }
  if (release.canary === undefined) throw new RehearsalError('CANARY_NONE', { stage: canary.stage.name });
  return newJournal(canary, release, { steps: [], ending: 'hold', phase: { kind: 'rolling-back', reason } });
}

/** Whether the stage serves what the journal's run has promoted, with or without what is left of the canary. */
function isPromotionOf(journal: Journal, release: Release): boolean {
  const { before, phase } = journal;
  const after = promoted(before);
  const undone = phase.kind === 'ended' && phase.outcome !== 'promoted';
  return (
    !undone &&
    before.canary !== undefined &&
    differences(withoutCanary(before), withoutCanary(release)).length > 0 &&
    [after, withoutCanary(after)].some(one => differences(one, release).length === 0)
  );
}

/**
 * A promotion that somebody decided.
 *
 * @throws RehearsalError CANARY_NONE, CANARY_SAME, CANARY_JOURNAL
 */
export function beginPromotion(canary: OpenCanary, release: Release, reason: string): Journal {
  const last = canary.journal.read();
  if (last !== undefined && last.phase.kind !== 'ended' && isPromotionOf(last, release))
    return { ...last, phase: { kind: 'ending' } };
  if (release.canary === undefined) throw new RehearsalError('CANARY_NONE', { stage: canary.stage.name });
  if (isSameAsProduction(release)) throw new RehearsalError('CANARY_SAME', { stage: canary.stage.name });
  const phase: Phase = { kind: 'promoting', reason };
  return newJournal(canary, release, { steps: [], ending: 'promote', phase });
}
