/**
 * How an API that is too large for one falls apart by the tags of its operations: an operation goes with its first tag.
 * Only says what would become of it.
 */
import type { Contract } from '../../contract/model.ts';
import { placeOperations } from '../document/resource-paths.ts';
import { tagOf } from '../split-contract.ts';
import { resourcesOf } from './resources-of.ts';

export interface PlannedPart {
  /** `untagged` for what has none. */
  readonly tag: string;
  readonly operations: number;
  readonly resources: number;
}

/** The parts in the order in which their tags first appear. */
export function splitPlan(contract: Contract): readonly PlannedPart[] {
  const byTag = Map.groupBy(contract.operations, tagOf);
  return [...byTag].map(([tag, operations]) => ({
    tag,
    operations: operations.length,
    resources: resourcesOf(placeOperations(operations, () => {}).map(({ path }) => path)),
  }));
}
