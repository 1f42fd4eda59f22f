/**
 * The sequence plan: what is worth asking in several requests that build on each other. The runner sends it, and a
 * Postman collection can be made of it. Lazy, as the case plan is.
 */
import type { Contract, Operation } from '../model.ts';
import type { CasePlanOptions } from '../plan/cases/options.ts';
import { type ConfiguredHints, hintsOf } from './hints.ts';
import { KINDS } from './kinds/index.ts';
import { type Resource, readablesOf, resourcesOf } from './resources.ts';
import type { Sequence, Unplanned } from './sequence.ts';

export interface SequencePlanOptions extends CasePlanOptions {
  /** The operations that may be used. Default: all of them. */
  readonly select?: (operation: Operation) => boolean;
  /** Only sequences of safe methods. */
  readonly safe?: boolean;
  /** What to know of operations where their paths do not tell; stands over the document's own hints. */
  readonly hints?: ConfiguredHints;
}

export interface SequencePlan extends Iterable<Sequence> {
  /** Operations that a sequence may use; found by paths and methods alone, before anything is planned. */
  readonly operations: ReadonlySet<Operation>;
  /** What could not be planned. Complete once all sequences have been taken. */
  readonly unplanned: readonly Unplanned[];
}

/**
 * The sequences of a contract, those of one resource together and the one first that shows whether the server has a
 * memory. The same document and options give the same sequences.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { sequencePlan } from './contract/sequences/sequence-plan.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { post: { responses: { "201": {} } } } }\n');
 * if (contract !== undefined) {
 *   for (const { id, steps } of sequencePlan(contract)) console.log(id, steps.map(step => step.name));
 * }
 * ```
 */
export function sequencePlan(contract: Contract, options: SequencePlanOptions = {}): SequencePlan {
  const selected = contract.operations.filter(options.select ?? (() => true));
  const hintOf = hintsOf(options.hints);
  const wanted = selected.filter(operation => hintOf(operation).leftOut !== true);
  const resources: readonly Resource[] = [...resourcesOf(wanted, hintOf), ...readablesOf(wanted)];
  const operations = usedBy(resources);
  const leftOut =
    wanted.length === selected.length
      ? []
      : [...usedBy([...resourcesOf(selected, hintOf), ...readablesOf(selected)])].filter(
          operation => hintOf(operation).leftOut === true,
        );
  let unplanned: Unplanned[] = [];
  return {
    operations,
    get unplanned() {
      return unplanned;
    },
    *[Symbol.iterator]() {
      unplanned = leftOut.map(({ key }) => ({ reason: 'left-out', what: key }));
      for (const resource of resources) {
        for (const { plan } of KINDS) {
          const planned = plan(resource, options);
          if (planned === undefined) continue;
          if ('reason' in planned) unplanned.push(planned);
          else unplanned.push(...(planned.without ?? []));
          if ('reason' in planned) continue;
          if (planned.writes && options.safe === true)
            unplanned.push({ reason: 'would-write', what: planned.id });
          else yield planned;
        }
      }
    },
  };
}

function usedBy(resources: readonly Resource[]): ReadonlySet<Operation> {
  return new Set(
    resources.flatMap(({ create, list, read, head, replace, modify, remove }) =>
      [create, list, read, head, replace, modify, remove].filter(operation => operation !== undefined),
    ),
  );
}
