/** A second thing of the same kind, to see that what is done to the first is done to it alone. */
import type { Draft, Made } from '../draft.ts';
import type { Resource } from '../resources.ts';

export interface Neighbour {
  readonly item: Made;
  /** The step that has read it. */
  readonly before: number;
}

/**
 * Makes the item that a sequence is about, and one before it: what is made later may put an earlier one out of force,
 * as a new session does, and then nothing more is asked about the neighbour.
 */
export function makeTwo(
  draft: Draft,
  resource: Resource,
): { readonly item: Made | undefined; readonly neighbour: Neighbour | undefined } {
  const other = draft.make(resource, { name: 'create another' });
  const item = draft.make(resource);
  if (other === undefined || item === undefined) return { item, neighbour: undefined };
  const before = draft.ask(resource.read, other, { name: 'read the other' });
  return { item, neighbour: before === undefined ? undefined : { item: other, before } };
}

/** Reads the neighbour again after step `written`. */
export function askNeighbour(draft: Draft, neighbour: Neighbour | undefined, written: number): void {
  if (neighbour === undefined) return;
  const { item, before } = neighbour;
  draft.ask(item.resource.read, item, {
    name: 'read the other again',
    needs: [
      { step: before, outcome: 'accepted' },
      { step: written, outcome: 'accepted' },
    ],
    claims: [{ kind: 'untouched', before, written }],
    expectation: 'any',
  });
}
