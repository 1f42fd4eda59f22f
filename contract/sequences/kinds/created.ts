/** What was made is there, and is what was sent. Its first requests also show whether the server has a memory at all. */
import type { Operation } from '../../model.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import { pathParameter, type Resource, variablesOf } from '../resources.ts';
import { askUnknown } from '../unknown.ts';
import type { Kind } from './kind.ts';

export const created: Kind = {
  name: 'created',
  title: 'what is created can be read, and is what was sent',
  description:
    'Asks for an id that nobody made, creates an item, reads it, and reads it at the address that Location gives. The first and the third answer show whether the server keeps what it is told; where it does not, as a mock, no sequence of this resource is judged.',
  claims: ['unknown', 'readable', 'shows', 'located'],
  plan: (resource, options) => {
    const { create, read } = resource;
    if (create === undefined) return undefined;
    const draft = newDraft(resource, options, 0);
    const unknown = askUnknown(draft, resource, options.seed ?? 0);
    const item = draft.make(resource);
    if (item === undefined) return draft.fail('created', 'no-sample');
    const made = item.step;
    const shown = draft.ask(read, item, {
      name: 'read it',
      claims: [
        { kind: 'readable', made },
        { kind: 'shows', written: made, how: 'created' },
      ],
    });
    if (read !== undefined) askLocated(draft, resource, read, item);
    return draft.end('created', 'what is created can be read', {
      probes: { unknown, made, read: shown },
    });
  },
};

function askLocated(draft: Draft, { variable, itemPath, kind }: Resource, read: Operation, item: Made): void {
  const place = variablesOf(itemPath) - 1;
  const parameter = pathParameter(read, place);
  if (parameter === undefined || variable === undefined || kind === 'named') return;
  // Where the id was taken from Location, it has just been read there.
  if (item.ids.get(place)?.[0]?.kind === 'location') return;
  const ids = new Map(item.ids).set(place, [
    { kind: 'location', step: item.step, path: itemPath, name: variable },
  ]);
  draft.ask(
    read,
    { ...item, ids },
    {
      name: 'read it at its Location',
      claims: [{ kind: 'located', made: item.step }],
      optional: true,
    },
  );
}
