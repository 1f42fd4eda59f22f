/** A replacement is seen, and a second one of the same changes nothing. */
import { isObject } from '../../json/value.ts';
import { type Draft, type Made, newDraft } from '../draft.ts';
import type { Resource } from '../resources.ts';
import type { Kind } from './kind.ts';
import { askNeighbour, makeTwo } from './neighbour.ts';

export const replaced: Kind = {
  name: 'replaced',
  title:
    'what is replaced by PUT shows the new values and nothing of the old, the same PUT once more changes nothing, and none changes another thing',
  description:
    'Creates two items, replaces one with other values and reads both; then sends the same PUT again and reads it again. At last sends a PUT with no more than is required, and reads whether the rest is gone.',
  claims: ['shows', 'untouched', 'same', 'drops'],
  plan: (resource, options) => {
    const { create, read, replace } = resource;
    if (create === undefined || read === undefined || replace === undefined) return undefined;
    const draft = newDraft(resource, options, 1);
    const { item, neighbour } = makeTwo(draft, resource);
    const bodies = draft.bodies(replace);
    const written = draft.ask(replace, item, { name: 'replace it', bodies });
    if (item === undefined || written === undefined || bodies.length === 0)
      return draft.fail('replaced', 'no-sample');
    const shown = draft.ask(read, item, {
      name: 'read it',
      needs: [{ step: written, outcome: 'accepted' }],
      claims: [{ kind: 'shows', written, how: 'updated' }],
    });
    askNeighbour(draft, neighbour, written);
    const again = draft.ask(replace, item, {
      name: 'replace it with the same',
      bodies: [{ kind: 'again', step: written }],
      needs: [{ step: written, outcome: 'accepted' }],
    });
    if (shown === undefined || again === undefined) return draft.fail('replaced', 'no-sample');
    const sameShown = draft.ask(read, item, {
      name: 'read it again',
      needs: [
        { step: shown, outcome: 'accepted' },
        { step: again, outcome: 'accepted' },
      ],
      claims: [{ kind: 'same', as: shown }],
    });
    if (sameShown !== undefined) askForLess(draft, resource, item, { first: again, before: sameShown });
    return draft.end('replaced', 'what is replaced shows the new values');
  },
};

/** Leaves out what may be left out, of values that step `first` sent and step `before` shows. */
function askForLess(
  draft: Draft,
  { read, replace }: Resource,
  item: Made,
  { first, before }: { readonly first: number; readonly before: number },
): void {
  if (replace === undefined) return;
  const [all, least] = draft.bodies(replace);
  if (all?.kind !== 'value' || least?.kind !== 'value') return;
  const { value } = least;
  if (!isObject(all.value) || !isObject(value)) return;
  if (Object.keys(all.value).every(name => Object.hasOwn(value, name))) return;
  const written = draft.ask(replace, item, {
    name: 'replace it with less',
    bodies: [least],
    needs: [{ step: before, outcome: 'accepted' }],
  });
  if (written === undefined) return;
  draft.ask(read, item, {
    name: 'read what is left',
    needs: [{ step: written, outcome: 'accepted' }],
    claims: [{ kind: 'drops', first, before, written }],
  });
}
