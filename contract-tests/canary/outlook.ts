/** What a promotion would still take, and how few other answers would have changed a decision. Pure. */
import { ALIKE, type Rate, type Stratum, twoRates } from './two-rates.ts';

/** Beyond so many answers nobody waits. */
const MOST = 10_000_000;

/**
 * Further answers of the canary until the margin is excluded, if both sides go on failing as often as they did; 0 when
 * it is already, undefined when no number would do.
 */
export function answersUntilAlike(
  strata: readonly Stratum[],
  { share, margin, alpha }: { readonly share: number; readonly margin: number; readonly alpha: number },
): number | undefined {
  const test = twoRates(ALIKE, margin);
  const needed = -Math.log(alpha);
  const total = totalOf(strata);
  const enoughWith = (more: number): boolean => {
    const others = (more * (1 - share)) / share;
    const further: Stratum = {
      share,
      baseline: scaled(total.baseline, others),
      canary: scaled(total.canary, more),
    };
    return test.logEvidence([...strata, further]) >= needed;
  };
  return leastThat(enoughWith, MOST);
}

/** The least whole number for which something holds that goes on holding; undefined when there is none up to `most`. */
export function leastThat(holds: (count: number) => boolean, most: number): number | undefined {
  if (holds(0)) return 0;
  let low = 0;
  let high = 1;
  while (!holds(high)) {
    if (high >= most) return undefined;
    low = high;
    high = Math.min(most, high * 2);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The counts with so many failures of the canary more, or fewer where the number is negative. */
export function withCanaryFailures(strata: readonly Stratum[], more: number): readonly Stratum[] {
  let left = more;
  return strata.map(stratum => {
    const { answers, failed } = stratum.canary;
    const changed = Math.max(0, Math.min(answers, failed + left));
    left -= changed - failed;
    return { ...stratum, canary: { answers, failed: changed } };
  });
}

export function totalOf(strata: readonly Stratum[]): { readonly baseline: Rate; readonly canary: Rate } {
  const sum = (side: 'baseline' | 'canary'): Rate => ({
    answers: strata.reduce((all, stratum) => all + stratum[side].answers, 0),
    failed: strata.reduce((all, stratum) => all + stratum[side].failed, 0),
  });
  return { baseline: sum('baseline'), canary: sum('canary') };
}

function scaled({ answers, failed }: Rate, to: number): Rate {
  return { answers: to, failed: answers === 0 ? 0 : (failed / answers) * to };
}
