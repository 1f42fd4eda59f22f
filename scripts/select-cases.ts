/** What of the documents `--operation`, `--tag`, `--exclude` and `--safe` leave to be tested. */
import { CHECKS } from '../contract/checks/index.ts';
import { RehearsalError } from '../contract/errors.ts';
import type { Operation } from '../contract/model.ts';
import { SAFE_METHODS } from '../contract/plan/cases/options.ts';
import { type CommandContext, listOption, type OptionValues } from './command.ts';
import { nearest } from './config/nearest.ts';

/**
 * Which operations to test. A name that fits none is a mistake, not a wish for nothing.
 *
 * @param safe - leave out what may change something, and say how much that is
 * @param known - operations whose names are no mistake: those of other documents of the command too
 * @throws RehearsalError USAGE for an unknown name
 */
export function selectOperations(
  options: OptionValues,
  operations: readonly Operation[],
  safe: boolean,
  context: CommandContext,
  known: readonly Operation[] = operations,
): (operation: Operation) => boolean {
  const named = listOption(options, 'operation');
  const tags = listOption(options, 'tag');
  const names = new Set(known.flatMap(({ key, id }) => (id === undefined ? [key] : [key, id])));
  for (const name of named) requireKnown('operation', name, names);
  const knownTags = new Set(known.flatMap(operation => operation.tags));
  for (const tag of tags) requireKnown('tag', tag, knownTags);
  const excluded = new Set(listOption(options, 'exclude'));
  for (const name of excluded)
    requireKnown('operation, tag or check', name, [
      ...names,
      ...knownTags,
      ...CHECKS.map(check => check.name),
    ]);
  const wanted = (operation: Operation): boolean =>
    !excludes(options, operation) &&
    (named.length === 0 || named.includes(operation.key) || named.includes(operation.id ?? operation.key)) &&
    (tags.length === 0 || operation.tags.some(tag => tags.includes(tag)));
  if (!safe) return wanted;
  const held = operations.filter(operation => wanted(operation) && !SAFE_METHODS.has(operation.method));
  if (held.length > 0) {
    context.stderr.write(
      `note: ${held.length} of ${operations.filter(wanted).length} operations are not safe and are left out.\n`,
    );
  }
  return operation => wanted(operation) && SAFE_METHODS.has(operation.method);
}

/** Whether `--exclude` names an operation. */
export function excludes(options: OptionValues, { key, id, tags }: Operation): boolean {
  const names = listOption(options, 'exclude');
  return [key, ...(id === undefined ? [] : [id]), ...tags].some(name => names.includes(name));
}

/** @throws RehearsalError USAGE, with the nearest of the names, when a name is not among them */
export function requireKnown(kind: string, name: string, names: Iterable<string>, command = 'test'): void {
  const all = new Set(names);
  if (all.has(name)) return;
  throw usage(`There is no ${kind} ${JSON.stringify(name)}${suggestion(name, all)}`, command);
}

/** The end of a sentence about an unknown word: what was meant, where something is near. */
export function suggestion(word: string, names: Iterable<string>): string {
  const meant = nearest(word, names);
  return meant === undefined ? '.' : `: did you mean ${JSON.stringify(meant)}?`;
}

/** A mistake in a command line, that of `rehearsal test` unless told. */
export function usage(reason: string, command = 'test'): RehearsalError {
  return new RehearsalError('USAGE', { reason, command });
}
