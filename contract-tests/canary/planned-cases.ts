/** The cases that a check of a canary sends, and what it leaves out. */
import type { Operation } from '../../contract/model.ts';
import { casePlan } from '../../contract/plan/case-plan.ts';
import type { CasePlanOptions } from '../../contract/plan/cases/options.ts';
import { baseUrlOf } from '../base-url.ts';
import { plural, SKIPPED_BECAUSE } from '../summary-text.ts';
import type { PlannedCase } from './case-rounds.ts';
import type { CheckCanaryOptions } from './check-options.ts';

export interface PlannedCases {
  readonly cases: readonly PlannedCase[];
  /** The ids by operation; operations without any are there only when traffic is judged alone. */
  readonly byOperation: ReadonlyMap<string, readonly string[]>;
  /** What operations are called, by method and path. */
  readonly byRoute: ReadonlyMap<string, string>;
  readonly called: ReadonlyMap<Operation, string>;
  readonly leftOut: readonly string[];
}

export function plannedCases(
  {
    contracts,
    baseUrl,
    select = () => true,
    selectCase = () => true,
    withoutCases = false,
  }: Pick<CheckCanaryOptions, 'contracts' | 'baseUrl' | 'select' | 'selectCase' | 'withoutCases'>,
  plan: CasePlanOptions,
): PlannedCases {
  const cases: PlannedCase[] = [];
  const byOperation = new Map<string, readonly string[]>();
  const byRoute = new Map<string, string>();
  const names = new Map<Operation, string>();
  const skipped = new Map<string, number>();
  const silent: string[] = [];
  for (const { name, contract } of contracts) {
    for (const operation of contract.operations) {
      const called = contracts.length === 1 ? operation.key : `${name}: ${operation.key}`;
      byRoute.set(operation.key, called);
      names.set(operation, called);
      if (!select(operation)) continue;
      const own = withoutCases ? [] : casesOf(operation, called);
      if (own.length > 0 || withoutCases)
        byOperation.set(
          called,
          own.map(({ planned }) => planned.id),
        );
      else silent.push(called);
      cases.push(...own);
    }
  }
  return { cases, byOperation, byRoute, called: names, leftOut: leftOutLines() };

  function casesOf(operation: Operation, called: string): readonly PlannedCase[] {
    const planned = casePlan(operation, plan);
    const own = [...planned]
      .filter(selectCase)
      .map(one => ({ planned: one, baseUrl: baseUrlOf(operation, baseUrl), operation: called }));
    for (const { reason, count } of planned.skipped)
      skipped.set(SKIPPED_BECAUSE[reason], (skipped.get(SKIPPED_BECAUSE[reason]) ?? 0) + count);
    return own;
  }

  function leftOutLines(): readonly string[] {
    return [
      ...[...skipped].map(([why, count]) => `${plural(count, 'case')} not made: ${why}.`),
      ...(silent.length === 0 ? [] : [`Without a case, so nobody asked: ${silent.join(', ')}.`]),
    ];
  }
}
