/** Whoever comes in by one documented way comes in by the others. */
import { securityOf } from '../../plan/cases/anonymous.ts';
import { credentialHeaders, credentialsOf, scopedName, waysIn } from '../../plan/cases/credentials.ts';
import { newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';

export const admitted: Kind = {
  name: 'admitted',
  title: 'whoever is known by one of several credentials is known by the others',
  description:
    'For a GET that names alternatives, where there are credentials for several of them: asks with each, and with the first once more. What has an id is created first.',
  claims: ['admitted'],
  plan: (resource, options) => {
    const { read, create, kind, path } = resource;
    // A single thing that can be changed too stands in the list of what can be read once more.
    const single = kind === 'single' && path === read?.key;
    if (read === undefined || (create === undefined && !single)) return undefined;
    const { credentials: secrets = new Map<string, string>() } = options;
    const ways = waysIn(read, secrets).filter(way =>
      way.every(required => secrets.has(required.name) || secrets.has(scopedName(required))),
    );
    if (ways.length < 2) return undefined;
    const draft = newDraft(resource, options, 12);
    const item = draft.make(resource);
    const least = draft.basis(read)?.least;
    if (least === undefined || (create !== undefined && item === undefined))
      return draft.fail('admitted', 'no-sample');
    const hidden = credentialHeaders(read);
    const given = least.given.filter(([name]) => !hidden.has(name.toLowerCase()));
    const asked: number[] = [];
    for (const [index, way] of [...ways, ...ways.slice(0, 1)].entries()) {
      const names = way.map(({ name }) => name).join(' and ');
      const step = draft.ask(read, item, {
        name: `ask with ${names}${index === ways.length ? ' once more' : ''}`,
        why: securityOf(read),
        parts: { ...least, given, credentials: credentialsOf(way, secrets) },
        claims: [{ kind: 'admitted', as: [...asked] }],
        settles: false,
      });
      if (step !== undefined) asked.push(step);
    }
    return draft.end('admitted', 'every credential that is documented lets in', { remembers: false });
  },
};
