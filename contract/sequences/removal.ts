/** The request that removes again what a single request made. Pure; who sends it, and when, is not known here. */
import type { Exchange } from '../exchange.ts';
import type { Contract, Operation } from '../model.ts';
import { basisOf } from '../plan/cases/basis.ts';
import type { Case } from '../plan/cases/case.ts';
import type { CasePlanOptions } from '../plan/cases/options.ts';
import type { ConfiguredHints } from './hints.ts';
import { makersOf, makingOf, removingStep, type Unremovable } from './made.ts';
import { resolveStep } from './resolve.ts';
import type { Resource } from './resources.ts';
import type { Step } from './sequence.ts';

export type Removal =
  | { readonly kind: 'request'; readonly planned: Case }
  | { readonly kind: 'stays'; readonly reason: Unremovable };

export interface RemovalOptions extends CasePlanOptions {
  readonly hints?: ConfiguredHints;
  /** The DELETEs that may be used. Default: all of them. */
  readonly mayRemove?: (operation: Operation) => boolean;
}

/**
 * For the exchanges of a contract: how what they made is removed; undefined when they made nothing.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { removals } from './contract/sequences/removal.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { post: { responses: { "201": {} } } } }\n');
 * if (contract !== undefined) {
 *   const removalOf = removals(contract);
 *   console.log(typeof removalOf);
 * }
 * ```
 */
export function removals(
  contract: Contract,
  options: RemovalOptions = {},
): (exchange: Exchange) => Removal | undefined {
  const makers = makersOf(contract, options.hints);
  const steps = new Map<Resource, Step | undefined>();
  const stepOf = (resource: Resource): Step | undefined => {
    if (!steps.has(resource)) steps.set(resource, plannedStep(resource, options));
    return steps.get(resource);
  };
  return exchange => {
    const making = makingOf(makers, exchange, resource => stepOf(resource) !== undefined);
    if (making?.kind !== 'made') return making;
    const { resource, exchange: made } = making;
    const step = stepOf(resource);
    const resolved =
      step === undefined ? undefined : resolveStep({ id: `${resource.path} clean-up` }, step, [made]);
    return resolved?.kind === 'case'
      ? { kind: 'request', planned: resolved.case }
      : { kind: 'stays', reason: 'no-id' };
  };
}

function plannedStep(resource: Resource, options: RemovalOptions): Step | undefined {
  const { mayRemove = () => true } = options;
  return removingStep(resource, remove =>
    mayRemove(remove) ? basisOf(remove, options, [])?.least : undefined,
  );
}
