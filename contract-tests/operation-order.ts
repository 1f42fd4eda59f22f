/** Puts what comes in the order of answers into the order of the documents, so that two reports of one run compare. */
import type { Operation } from '../contract/model.ts';
import type { RunStarted } from './events.ts';

export interface OperationOrder<Item> {
  readonly add: (operation: Operation, item: Item) => void;
  /** Everything by operation, in the order of the documents. */
  readonly groups: () => readonly (readonly [Operation, readonly Item[]])[];
  readonly items: () => readonly Item[];
}

export function operationOrder<Item>({ contracts }: RunStarted): OperationOrder<Item> {
  const places = new Map<Operation, number>();
  for (const { contract } of contracts) {
    for (const operation of contract.operations) places.set(operation, places.size);
  }
  const added = new Map<Operation, Item[]>();
  const groups = (): readonly (readonly [Operation, readonly Item[]])[] =>
    [...added].toSorted(([a], [b]) => (places.get(a) ?? places.size) - (places.get(b) ?? places.size));
  return {
    add: (operation, item) => {
      const items = added.get(operation);
      if (items === undefined) added.set(operation, [item]);
      else items.push(item);
    },
    groups,
    items: () => groups().flatMap(([, items]) => items),
  };
}
