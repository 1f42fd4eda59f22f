/**
 * Where a run that did not end left its stage. A stage that is as the last word of the journal allows is gone on with;
 * any other was changed by somebody else, and nobody can say what they meant.
 */
import type { Journal, Outcome } from './journal.ts';
import { differences, promoted, type Release, withoutCanary, withPercent } from './release.ts';

/** How an interrupted run left its stage. */
export type Standing =
  | { readonly kind: 'as-left'; readonly words: string }
  | { readonly kind: 'changed'; readonly differences: readonly string[] };

/** Holds a stage against the last word of a run that did not end. */
export function standing(journal: Journal, found: Release): Standing {
  const [nearest = [], ...others] = possible(journal).map(release => differences(release, found));
  const least = others.reduce((best, next) => (next.length < best.length ? next : best), nearest);
  if (least.length > 0) return { kind: 'changed', differences: least };
  return { kind: 'as-left', words: leftWords(journal, found) };
}

/** All that a stage can serve while the phase lasts: before its change, and after it. */
function possible({ before, steps, phase }: Journal): readonly Release[] {
  const at = (percent: number): Release => withPercent(before, percent);
  const anyStep = [before, ...steps.map(at)];
  const after = promoted(before);
  switch (phase.kind) {
    case 'begun':
      return [before];
    case 'moving':
      return [phase.step === 0 ? before : at(steps[phase.step - 1] ?? 0), at(steps[phase.step] ?? 0)];
    case 'judging':
      return [at(steps[phase.step] ?? 0)];
    case 'promoting':
      return [...anyStep, after];
    case 'confirming':
      return [after];
    case 'ending':
      return [after, withoutCanary(after)];
    case 'undoing':
      return [after, withoutCanary(after), at(0), withoutCanary(before)];
    case 'rolling-back':
      return [...anyStep, withoutCanary(before)];
    case 'restoring':
      return anyStep;
    case 'ended':
      return [endOf(phase.outcome, before, after, at(steps.at(-1) ?? 0))];
  }
}

function endOf(outcome: Outcome, before: Release, after: Release, last: Release): Release {
  switch (outcome) {
    case 'promoted':
      return withoutCanary(after);
    case 'held':
      return last;
    case 'inconclusive':
      return before;
    case 'rolled-back':
    case 'undone':
      return withoutCanary(before);
  }
}

function leftWords({ steps, phase, before }: Journal, { canary, deploymentId }: Release): string {
  const share = canary === undefined ? '' : `the canary gets ${canary.percentTraffic} %`;
  switch (phase.kind) {
    case 'begun':
      return `nothing was changed yet, ${share}`;
    case 'moving':
      return `${share}, and was to get ${steps[phase.step] ?? 0} %`;
    case 'judging':
      return `${share} and was being judged`;
    case 'promoting':
      return deploymentId === before.canary?.deploymentId
        ? 'the canary was promoted'
        : `the canary was found good and was to be promoted, ${share}`;
    case 'confirming':
      return 'the canary was promoted, and production was to be tested again';
    case 'ending':
      return canary === undefined
        ? 'the canary was promoted, and nothing is left of it'
        : 'the canary was promoted and tested, and only its settings were to go';
    case 'undoing':
      return deploymentId === before.deploymentId
        ? 'production serves again what it did before the promotion'
        : 'the promotion was to be undone';
    case 'rolling-back':
      return canary === undefined ? 'the canary is gone' : `the canary was to be rolled back, ${share}`;
    case 'restoring':
      return `nothing was decided, ${share} and was to get ${before.canary?.percentTraffic ?? 0} %`;
    case 'ended':
      return `it ended: ${phase.outcome}`;
  }
}
