/** What was deleted is gone, and stays gone. */
import { newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';

export const deleted: Kind = {
  name: 'deleted',
  title: 'what is deleted is not found, and deleting it again does no harm',
  description:
    'Creates an item, deletes it and reads it. Then deletes it once more, which may be answered with a success or with 404 or 410, and by nothing else.',
  claims: ['gone'],
  plan: (resource, options) => {
    const { create, read, remove } = resource;
    if (create === undefined || remove === undefined) return undefined;
    const draft = newDraft(resource, options, 3);
    const item = draft.make(resource);
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
