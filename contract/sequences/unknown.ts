/** The question that shows whether a server knows what it has: asks for something that nobody made. */
import type { Draft } from './draft.ts';
import { madeUp } from './made-up.ts';
import { pathParameter, type Resource, variablesOf } from './resources.ts';

/** Adds the step; undefined where no id is known to be nobody's. */
export function askUnknown(draft: Draft, { read, itemPath }: Resource, seed: number): number | undefined {
  const parameter = read === undefined ? undefined : pathParameter(read, variablesOf(itemPath) - 1);
  const value = parameter === undefined ? undefined : madeUp(parameter, seed);
  if (parameter === undefined || value === undefined) return undefined;
  // What it stands under is not there either, which answers the same question.
  return draft.ask(read, undefined, {
    name: 'read what nobody made',
    expectation: 'any',
    inputs: [{ into: { kind: 'parameter', parameter }, from: [{ kind: 'constant', value }] }],
    claims: [{ kind: 'unknown' }],
    settles: false,
  });
}
