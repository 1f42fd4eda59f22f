/**
 * The life of a canary from its first step to its end, one phase after another: each is written into the journal before
 * anything is done, so that a run which is cut off at any point is finished by the next. Judging is somebody else's.
 */
import type { Transition } from '../stage.ts';
import type { Journal, JournalStore, Outcome, Phase } from './journal.ts';
import {
  endCanary,
  promote,
  readRelease,
  type StageAddress,
  setPercent,
  undoPromotion,
} from './operations.ts';
import { differences, promoted, type Release, withoutCanary, withPercent } from './release.ts';

export interface RampOptions {
  readonly stage: StageAddress;
  /** The first word of a run, or the last of one that did not end. */
  readonly journal: Journal;
  readonly store: JournalStore;
  /** Looks at the canary while it has the percentage of a step. */
  readonly judge: (step: RampStep) => Promise<Judgement>;
  /** Tests production once it is what the canary was. */
  readonly confirm: (known: readonly string[]) => Promise<Judgement>;
  /** Asked right before each change; what it throws stops the ramp there. */
  readonly guard: () => Promise<void>;
  /** Called around changes. What it throws stops the ramp, but no rollback. */
  readonly onTransition: (transition: Transition) => Promise<void>;
  /** Hears of what `onTransition` threw where it stopped nothing. */
  readonly onHookTrouble: (error: unknown) => void;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface RampStep {
  /** From 0. */
  readonly index: number;
  readonly percent: number;
  readonly release: Release;
}

export type Judgement =
  | {
      readonly kind: 'good' | 'bad' | 'unsure';
      readonly reason: string;
      /** Breaks that production has too. */
      readonly known?: readonly string[];
    }
  | { readonly kind: 'interrupted' };

export type RampResult =
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly reason: string }
  | { readonly kind: 'interrupted' }
  /** Promoted, and nobody could tell whether that was right. */
  | { readonly kind: 'unconfirmed'; readonly reason: string };

/**
 * Goes on from the journal's phase until the ramp has ended or cannot go on. Whatever is thrown or interrupted leaves the
 * stage as the journal says.
 *
 * @throws RehearsalError CANARY_CHANGED, CANARY_LOCKED, CANARY_UNVERIFIED, HOOK_FAILED, STATE_UNWRITABLE, and those of
 * `askPlane`
 */
export async function ramp(options: RampOptions): Promise<RampResult> {
  let journal = options.journal;
  for (;;) {
    journal = { ...journal, changed: new Date(options.now()).toISOString() };
    options.store.write(journal);
    const { phase } = journal;
    if (phase.kind === 'ended') {
      const percent = percentAtEnd(journal, phase.outcome);
      await tell(options, journal, { kind: phase.outcome, percent, reason: phase.reason });
      return phase;
    }
    if (options.signal.aborted) return { kind: 'interrupted' };
    const next = await act(options, journal, phase);
    if ('kind' in next) return next;
    journal = next;
  }
}

type Halt = Extract<RampResult, { kind: 'interrupted' | 'unconfirmed' }>;

/** Does what a phase says and gives the journal with the next. Done twice, it changes nothing the second time. */
async function act(
  options: RampOptions,
  journal: Journal,
  phase: Exclude<Phase, { kind: 'ended' }>,
): Promise<Journal | Halt> {
  const { stage, guard } = options;
  const { before, steps } = journal;
  const then = (next: Phase): Journal => ({ ...journal, phase: next });
  switch (phase.kind) {
    case 'begun':
      return then({ kind: 'moving', step: 0 });
    case 'moving': {
      const [from, to] = [percentBefore(journal, phase.step), steps[phase.step] ?? 0];
      const reason = phase.step === 0 ? 'The ramp begins.' : `The canary was found good at ${from} %.`;
      await tell(options, journal, { kind: 'moving', percent: to, reason });
      await setPercent(stage, withPercent(before, from), to, { guard });
      return then({ kind: 'judging', step: phase.step });
    }
    case 'judging': {
      const { step } = phase;
      const percent = steps[step] ?? 0;
      const judgement = await options.judge({ index: step, percent, release: withPercent(before, percent) });
      if (judgement.kind === 'interrupted') return judgement;
      const known = [...new Set([...journal.known, ...(judgement.known ?? [])])];
      return { ...journal, known, phase: afterJudging(journal, step, judgement) };
    }
    case 'promoting':
      await tell(options, journal, { kind: 'promoting', percent: 0, reason: phase.reason });
      await promote(stage, await asLeft(stage, journal), { guard });
      return then({ kind: 'confirming' });
    case 'confirming': {
      const judgement = await options.confirm(journal.known);
      if (judgement.kind === 'interrupted') return judgement;
      if (judgement.kind === 'unsure') return { kind: 'unconfirmed', reason: judgement.reason };
      return judgement.kind === 'good'
        ? then({ kind: 'ending' })
        : then({ kind: 'undoing', reason: `After the promotion: ${judgement.reason}` });
    }
    case 'ending':
      await endCanary(stage, promoted(before), { guard });
      return then({ kind: 'ended', outcome: 'promoted', reason: 'The canary is production now.' });
    case 'rolling-back':
      await tellAnyway(options, journal, phase.reason);
      await endCanary(stage, await asLeft(stage, journal), { guard });
      return then({ kind: 'ended', outcome: 'rolled-back', reason: phase.reason });
    case 'undoing':
      await tellAnyway(options, journal, phase.reason);
      await undo(stage, before, guard);
      return then({ kind: 'ended', outcome: 'undone', reason: phase.reason });
    case 'restoring': {
      const percent = before.canary?.percentTraffic ?? 0;
      await setPercent(stage, await asLeft(stage, journal), percent, { guard });
      return then({ kind: 'ended', outcome: 'inconclusive', reason: phase.reason });
    }
  }
}

function percentBefore({ before, steps }: Journal, step: number): number {
  return step === 0 ? (before.canary?.percentTraffic ?? 0) : (steps[step - 1] ?? 0);
}

function percentAtEnd({ before, steps }: Journal, outcome: Outcome): number {
  switch (outcome) {
    case 'held':
      return steps.at(-1) ?? 0;
    case 'inconclusive':
      return before.canary?.percentTraffic ?? 0;
    case 'promoted':
    case 'rolled-back':
    case 'undone':
      return 0;
  }
}

function afterJudging(
  { steps, ending }: Journal,
  step: number,
  { kind, reason }: Exclude<Judgement, { kind: 'interrupted' }>,
): Phase {
  if (kind === 'bad') return { kind: 'rolling-back', reason };
  if (kind === 'unsure') return { kind: 'restoring', reason };
  if (step + 1 < steps.length) return { kind: 'moving', step: step + 1 };
  return ending === 'promote'
    ? { kind: 'promoting', reason: 'The canary was found good at every step.' }
    : { kind: 'ended', outcome: 'held', reason };
}

/** The stage with the percentage that it has, if that is one of ours; anything else is found out by the next change. */
async function asLeft(stage: StageAddress, { before, steps }: Journal): Promise<Release> {
  const { canary } = await readRelease(stage);
  const ours = [before.canary?.percentTraffic, ...steps];
  return canary !== undefined && ours.includes(canary.percentTraffic)
    ? withPercent(before, canary.percentTraffic)
    : before;
}

/** Production as it was before the promotion, whether or not the canary's settings are gone already. */
async function undo(stage: StageAddress, before: Release, guard: RampOptions['guard']): Promise<void> {
  const found = await readRelease(stage);
  if (differences(withoutCanary(before), found).length === 0) return;
  const after = found.canary === undefined ? withoutCanary(promoted(before)) : promoted(before);
  await endCanary(stage, await undoPromotion(stage, after, before, { guard }), { guard });
}

type Turn = Pick<Transition, 'kind' | 'reason'> & { readonly percent: number };

function tell(options: RampOptions, journal: Journal, turn: Turn): Promise<void> {
  const { before, stage, document, apiId, stageName, run } = journal;
  const deployments = { baseline: before.deploymentId, canary: before.canary?.deploymentId ?? '' };
  return options.onTransition({ ...turn, stage, document, apiId, stageName, run, ...deployments });
}

/** A rollback waits for nobody. */
async function tellAnyway(options: RampOptions, journal: Journal, reason: string): Promise<void> {
  const turn: Turn = { kind: 'rolling-back', percent: 0, reason };
  await tell(options, journal, turn).catch(options.onHookTrouble);
}
