/** What was made is there, and is what was sent. Its first requests also show whether the server has a memory at all. */
import type { Operation } from '../../model.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import { madeUp } from '../made-up.ts';
import { pathParameter, type Resource, variablesOf } from '../resources.ts';
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
    const unknown = read === undefined ? undefined : askUnknown(draft, resource, read, options.seed ?? 0);
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

/** Asks for something that is not there. */
function askUnknown(draft: Draft, resource: Resource, read: Operation, seed: number): number | undefined {
  const parameter = pathParameter(read, variablesOf(resource.itemPath) - 1);
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
