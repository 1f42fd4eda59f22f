/** The contracts of a command that uses all of every document. Apart, since `mock` needs none of the reading it takes. */
import { fatalProblems } from '../contract/lint/fatal-problems.ts';
import type { LoadedContract } from '../contract/load/load-contracts.ts';
import type { CommandContext, NamedContract } from './command.ts';
import { usableContracts } from './usable-contracts.ts';

/**
 * What `usableContracts` gives, after every part has been read: what is broken in any of them is told before the command
 * does anything. A contract test must not end as kept because the schema it should have looked at is missing.
 *
 * @throws RehearsalError DOCUMENT_INVALID when any part of one of the documents cannot be read
 */
export function wholeContracts(
  loaded: readonly LoadedContract[],
  context: CommandContext,
): readonly NamedContract[] {
  const read = loaded.map(document => {
    const { contract, problems } = document;
    // The list grows while the parts are read, and only what is fatal is this command's matter.
    const before = [...problems];
    const fatal = contract === undefined ? [] : fatalProblems(contract);
    return { ...document, problems: [...before, ...fatal.filter(problem => !before.includes(problem))] };
  });
  return usableContracts(read, context);
}
