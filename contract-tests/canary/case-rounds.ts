/**
 * Which case is sent next. Nobody can address a side, so a case is sent until both sides have answered it, and those of
 * an operation until it has its least number of judged answers; then all of them come round again, in another order each
 * time. What removes things comes last and is not sent again for more evidence, since it leaves less to ask about.
 */
import type { Case } from '../../contract/plan/cases/case.ts';
import { random } from '../../contract/schema/random.ts';
import { removes } from '../case-queue.ts';

export interface PlannedCase {
  readonly planned: Case;
  readonly baseUrl: string;
  /** What reports call its operation. */
  readonly operation: string;
}

export interface CaseRounds {
  /** At most so many; none when there is no case at all. */
  readonly next: (most: number) => readonly PlannedCase[];
}

/**
 * @param isMissing - a side has not answered the case yet, or its operation too seldom
 * @param tries - how often a case is sent for that
 */
export function newCaseRounds(
  cases: readonly PlannedCase[],
  isMissing: (one: PlannedCase) => boolean,
  { seed, tries }: { readonly seed: number; readonly tries: number },
): CaseRounds {
  const staying = cases.filter(({ planned }) => !removes(planned.operation));
  const removing = cases.filter(({ planned }) => removes(planned.operation));
  const sent = new Map<PlannedCase, number>();
  let queue: PlannedCase[] = [];
  let rounds = 0;
  const lacking = (among: readonly PlannedCase[]): readonly PlannedCase[] =>
    among.filter(one => (sent.get(one) ?? 0) < tries && isMissing(one));
  const fill = (): void => {
    rounds += 1;
    const groups = [lacking(staying), lacking(removing), staying, removing];
    queue = shuffled(groups.find(group => group.length > 0) ?? [], seed, rounds);
  };
  return {
    next: most => {
      if (queue.length === 0) fill();
      const taken = queue.splice(0, most);
      for (const one of taken) sent.set(one, (sent.get(one) ?? 0) + 1);
      return taken;
    },
  };
}

function shuffled<Item>(items: readonly Item[], seed: number, round: number): Item[] {
  const chance = random(seed, `round ${round}`);
  return items
    .map(item => [chance.next(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
