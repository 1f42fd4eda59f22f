/** The hints for sequences in the configuration, held against the documents. */
import type { Operation } from '../contract/model.ts';
import { type ConfiguredHints, wrongId, wrongItem } from '../contract/sequences/hints.ts';
import type { TestConfig } from './config/config.ts';
import { requireKnown, usage } from './select-cases.ts';

/** @throws RehearsalError USAGE for an unknown operation, and for a hint that it cannot have */
export function sequenceHints(
  { sequences = {} }: TestConfig = {},
  operations: readonly Operation[],
): ConfiguredHints {
  const keys = operations.map(({ key }) => key);
  for (const [key, hint] of Object.entries(sequences)) {
    requireKnown('operation', key, keys);
    if (hint === false) continue;
    for (const operation of operations.filter(candidate => candidate.key === key)) {
      const { id, item } = hint;
      const wrong = (name: string, reason: string | undefined): void => {
        if (reason !== undefined) throw usage(`test.sequences["${key}"].${name} ${reason}.`);
      };
      wrong('id', id === undefined ? undefined : wrongId(id, operation));
      wrong('item', item === undefined ? undefined : wrongItem(item, operation));
    }
  }
  return sequences;
}
