/** What was deleted is gone, and stays gone. */
import { newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';
import { askNeighbour, makeTwo } from './neighbour.ts';

export const deleted: Kind = {
  name: 'deleted',
  title:
    'what is deleted is not found, deleting it again does no harm, and what was not deleted is still there',
  description:
    'Creates two items, deletes one and reads both. Then deletes it once more, which may be answered with a success or with 404 or 410, and by nothing else.',
  claims: ['gone', 'untouched'],
  plan: (resource, options) => {
    const { create, read, remove } = resource;
    if (create === undefined || remove === undefined) return undefined;
    const draft = newDraft(resource, options, 3);
    const { item, neighbour } = makeTwo(draft, resource);
    const removed = draft.ask(remove, item, { name: 'delete it' });
    if (item === undefined || removed === undefined) return draft.fail('deleted', 'no-sample');
    draft.removed(item, removed);
    const needs = [{ step: removed, outcome: 'accepted' }] as const;
    draft.ask(read, item, {
      name: 'read it',
      needs,
      expectation: 'any',
      claims: [{ kind: 'gone', removed, by: 'read' }],
    });
    askNeighbour(draft, neighbour, removed);
    draft.ask(remove, item, {
      name: 'delete it again',
      needs,
      expectation: 'any',
      claims: [{ kind: 'gone', removed, by: 'delete' }],
      settles: false,
    });
    return draft.end('deleted', 'what is deleted is not found');
  },
};
