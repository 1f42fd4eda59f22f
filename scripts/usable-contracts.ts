/** The contracts of a command that needs whole documents. What is wrong with them is told first, all at once. */
import { RehearsalError } from '../contract/errors.ts';
import type { LoadedContract } from '../contract/load/load-contracts.ts';
import type { Problem } from '../contract/problem.ts';
import { type CommandContext, type NamedContract, takesColour } from './command.ts';
import { textProblems } from './problems/text.ts';

/**
 * The contracts that can be used.
 *
 * @throws RehearsalError DOCUMENT_INVALID when one of the documents cannot be read as a contract
 */
export function usableContracts(
  loaded: readonly LoadedContract[],
  context: CommandContext,
): readonly NamedContract[] {
  tellProblems(
    loaded.flatMap(({ problems }) => problems),
    context,
  );
  return loaded.map(({ name, contract, problems }) => {
    const fatal = problems.filter(({ severity }) => severity === 'fatal').length;
    if (contract !== undefined && fatal === 0) return { name, contract };
    throw new RehearsalError('DOCUMENT_INVALID', {
      count: fatal === 1 ? '1 problem' : `${fatal} problems`,
      name,
    });
  });
}

/** Problems on standard error, for people: not by `printProblems`, whose other formats load every rule there is. */
export function tellProblems(problems: readonly Problem[], context: CommandContext): void {
  if (problems.length === 0) return;
  context.stderr.write(textProblems(problems, { colour: takesColour(context.stderr, context.env) }));
}
