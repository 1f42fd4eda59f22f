/** A replacement is seen, and a second one of the same changes nothing. */
import { newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';

export const replaced: Kind = {
  name: 'replaced',
  title: 'what is replaced by PUT shows the new values, and the same PUT once more changes nothing',
  description:
    'Creates an item, replaces it with other values and reads it; then sends the same PUT again and reads it again.',
  claims: ['shows', 'same'],
  plan: (resource, options) => {
    const { create, read, replace } = resource;
    if (create === undefined || read === undefined || replace === undefined) return undefined;
    const draft = newDraft(resource, options, 1);
    const item = draft.make(resource);
    const bodies = draft.bodies(replace);
    const written = draft.ask(replace, item, { name: 'replace it', bodies });
    if (item === undefined || written === undefined || bodies.length === 0)
      return draft.fail('replaced', 'no-sample');
    const shown = draft.ask(read, item, {
      name: 'read it',
      needs: [{ step: written, outcome: 'accepted' }],
      claims: [{ kind: 'shows', written, how: 'updated' }],
    });
    const again = draft.ask(replace, item, {
      name: 'replace it with the same',
      bodies: [{ kind: 'again', step: written }],
      needs: [{ step: written, outcome: 'accepted' }],
    });
    if (shown === undefined || again === undefined) return draft.fail('replaced', 'no-sample');
    draft.ask(read, item, {
      name: 'read it again',
      needs: [
        { step: shown, outcome: 'accepted' },
        { step: again, outcome: 'accepted' },
      ],
      claims: [{ kind: 'same', as: shown }],
    });
    return draft.end('replaced', 'what is replaced shows the new values');
  },
};
