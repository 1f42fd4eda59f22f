/** How few other answers would have changed a decision, so that people see how near it was. Pure. */
import type { Decision } from './decision.ts';
import type { Evidence } from './evidence.ts';
import { ON_THE_WHOLE } from './failure-rates.ts';
import { leastThat, withCanaryFailures } from './outlook.ts';
import { ALIKE, twoRates, WORSE } from './two-rates.ts';

export function otherwise(decision: Decision, evidence: Evidence): readonly string[] {
  switch (decision.kind) {
    case 'promote':
      return promotedOtherwise(evidence);
    case 'rollback':
      return decision.because === 'failure-rate'
        ? rolledBackOtherwise(evidence)
        : [OTHERWISE[decision.because]];
    case 'inconclusive':
      return decision.takes?.lacks ?? [];
  }
}

const OTHERWISE = {
  break:
    'One clean answer of the canary, or one failing answer of the baseline, to a repeat of the same case.',
  latency: 'A larger tolerance, or a canary that is no slower than it allows.',
  'latency-budget': 'Fewer answers of the canary over the limit, or a larger budget.',
} as const;

function promotedOtherwise({ settings, rates }: Evidence): readonly string[] {
  const strata = rates.strata();
  const alike = twoRates(ALIKE, settings.margin);
  const worse = twoRates(WORSE, 0);
  const { answers, failed } = rates.total('canary');
  const left = answers - failed;
  const held = leastThat(
    more => alike.logEvidence(withCanaryFailures(strata, more)) < -Math.log(settings.alpha.promote),
    left,
  );
  const back = leastThat(
    more => worse.logEvidence(withCanaryFailures(strata, more)) >= neededOnTheWhole(settings.alpha.rates),
    left,
  );
  return [
    ...(held === undefined
      ? []
      : [`${failures(held)} more of the canary: held, for the margin would not be excluded.`]),
    ...(back === undefined ? [] : [`${failures(back)} more of the canary: rolled back.`]),
  ];
}

function rolledBackOtherwise({ settings, rates }: Evidence): readonly string[] {
  const strata = rates.strata();
  const worse = twoRates(WORSE, 0);
  const fewer = leastThat(
    less => worse.logEvidence(withCanaryFailures(strata, -less)) < neededOnTheWhole(settings.alpha.rates),
    rates.total('canary').failed,
  );
  return fewer === undefined || fewer === 0
    ? ['Fewer failures of the canary at the operations that most of the evidence comes from.']
    : [`${failures(fewer)} fewer of the canary: not rolled back, as far as the whole is concerned.`];
}

/** As if no operation added to it. */
function neededOnTheWhole(alpha: number): number {
  return -Math.log(alpha * ON_THE_WHOLE);
}

function failures(count: number): string {
  return `${count} ${count === 1 ? 'failure' : 'failures'}`;
}
