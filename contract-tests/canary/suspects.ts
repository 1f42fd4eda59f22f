/**
 * Whom a failing sequence is to be blamed on. Its steps are answered by both sides, and what fails may be what an earlier
 * step did. So there are several suspects: each step, each operation that has several of them, with and without its first, as in
 * a walk through pages, and all of them together. The capital of a trial is divided evenly, and each part is put on "the
 * run fails exactly when the canary answered here". Pure.
 */
import type { KnownSide, Side } from './answer.ts';
import { logSum } from './two-rates.ts';

/** A request of a run, in order. */
export interface RunStep {
  readonly operation: string;
  readonly side: Side;
}

export interface Suspect {
  /** `step 2`, `operation GET /pets`, `later GET /pets`, `all`: the same from run to run. */
  readonly id: string;
  readonly operation: string;
  /** Runs by their end; `canary` are those where the canary answered here. */
  readonly failed: Readonly<Record<KnownSide, number>>;
  readonly clean: Readonly<Record<KnownSide, number>>;
  readonly logEvidence: number;
}

/** The suspects of a sequence, before any run. Runs that go another way know some of them only. */
export function suspectsOf(steps: readonly RunStep[]): readonly Suspect[] {
  const none = { baseline: 0, canary: 0 };
  const suspect = (id: string, operation: string): Suspect => ({
    id,
    operation,
    failed: none,
    clean: none,
    logEvidence: 0,
  });
  const byOperation = Map.groupBy(steps, ({ operation }) => operation);
  return [
    ...steps.map(({ operation }, index) => suspect(`step ${index}`, operation)),
    ...[...byOperation].flatMap(([operation, own]) => [
      ...(own.length > 1 && own.length < steps.length ? [suspect(`operation ${operation}`, operation)] : []),
      ...(own.length > 2 ? [suspect(`later ${operation}`, operation)] : []),
    ]),
    ...(steps.length > 1 ? [suspect('all', steps.at(-1)?.operation ?? '')] : []),
  ];
}

/** What one more run says of each of them. A run with a step of nobody's says nothing. */
export function afterRun(
  suspects: readonly Suspect[],
  steps: readonly RunStep[],
  fails: boolean,
  share: number,
): readonly Suspect[] {
  if (steps.some(({ side }) => side === 'unknown')) return suspects;
  return suspects.map(suspect => {
    const own = ownSteps(suspect, steps);
    if (own.length === 0) return suspect;
    const isCanary = own.some(({ side }) => side === 'canary');
    const side = isCanary ? 'canary' : 'baseline';
    const which = fails ? 'failed' : 'clean';
    const none = (1 - share) ** own.length;
    const won = fails === isCanary ? -Math.log(isCanary ? 1 - none : none) : Number.NEGATIVE_INFINITY;
    return {
      ...suspect,
      [which]: { ...suspect[which], [side]: suspect[which][side] + 1 },
      logEvidence: suspect.logEvidence + won,
    };
  });
}

function ownSteps({ id, operation }: Suspect, steps: readonly RunStep[]): readonly RunStep[] {
  if (id === 'all') return steps;
  const same = steps.filter(step => step.operation === operation);
  if (id.startsWith('operation ')) return same;
  if (id.startsWith('later ')) return same.slice(1);
  return steps.slice(Number(id.slice('step '.length))).slice(0, 1);
}

/** `ln E` of all of them together. */
export function logOfAll(suspects: readonly Suspect[]): number {
  return logSum(suspects.map(({ logEvidence }) => logEvidence)) - Math.log(suspects.length);
}

/** Of those that no run speaks for, the one that takes the fewest steps to explain the failures; of equals the likeliest. */
export function mainSuspect(suspects: readonly Suspect[]): Suspect | undefined {
  const breadth = ({ id, logEvidence, failed }: Suspect): number => {
    if (logEvidence === Number.NEGATIVE_INFINITY || failed.canary === 0) return 3;
    if (id.startsWith('step ')) return 0;
    return id === 'all' ? 2 : 1;
  };
  return suspects.toSorted((a, b) => breadth(a) - breadth(b) || b.logEvidence - a.logEvidence)[0];
}
