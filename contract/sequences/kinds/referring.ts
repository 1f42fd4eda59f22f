/** What refers to something else may be refused for that; whether it was shows when the same is taken with other values. */
import { namesOthers } from '../../compare/unspoken-rules.ts';
import { isJson } from '../../http/media-type.ts';
import { edges } from '../../plan/cases/edges.ts';
import { newDraft } from '../draft.ts';
import { referencesIn } from '../references.ts';
import type { Kind } from './kind.ts';

/** Values at their boundaries that are tried; every one is made and removed again. */
const MOST = 40;

export const referring: Kind = {
  name: 'referring',
  title: 'what names something else by its id is taken with every valid value, or with none',
  description:
    'For a POST that documents 400 or 422 and whose body names others by their ids: makes those, then sends bodies with one value at its boundary. After one that is refused sends another with the same ids; where that is taken, the ids were no reason.',
  claims: ['likewise'],
  plan: (resource, options) => {
    const { create, kind } = resource;
    if (create === undefined || kind !== 'collection' || options.depth === 'examples') return undefined;
    if (!create.responses.some(({ status }) => /^(4XX|400|422|default)$/i.test(status))) return undefined;
    const draft = newDraft(resource, options, 13);
    const base = draft.basis(create)?.bodies.find(({ content }) => isJson(content.mediaType))?.content;
    const [all, least] = draft.bodies(create);
    if (base?.schema === undefined || all?.kind !== 'value' || least?.kind !== 'value') return undefined;
    if (!namesOthers(all.value, base.schema)) return undefined;
    const item = draft.make(resource);
    if (item === undefined) return draft.fail('referring', 'no-sample');
    const references = new Set(referencesIn(create, resource).map(({ pointer }) => pointer));
    let left = MOST;
    for (const found of edges(base.schema, least.value, 'standard')) {
      // The ids themselves are those of what was made.
      if (found.kind !== 'found' || references.has(found.value.instance)) continue;
      if ((left -= 1) < 0) break;
      const { value, description } = found.value;
      const body = { kind: 'value', content: base, value } as const;
      const needs = [{ step: item.step, outcome: 'accepted' }] as const;
      const tried = draft.make(resource, { name: `create it: ${description}`, bodies: [body], needs });
      if (tried === undefined) break;
      draft.make(resource, {
        name: `create another after: ${description}`,
        needs: [...needs, { step: tried.step, outcome: 'refused' }],
        claims: [{ kind: 'likewise', refused: tried.step }],
        optional: true,
      });
    }
    return draft.steps.length === item.step + 1
      ? undefined
      : draft.end('referring', 'what names others is taken with every valid value', { remembers: false });
  },
};
