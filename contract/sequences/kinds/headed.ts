/** HEAD is what GET is, and what the client has already is not sent again. */
import type { Operation, Parameter } from '../../model.ts';
import { newDraft } from '../draft.ts';
import type { Kind } from './kind.ts';

export const headed: Kind = {
  name: 'headed',
  title: 'HEAD answers as GET does, and what the client has already is answered with 304',
  description:
    'Reads an item, and whatever can be read without an id, and asks for it with HEAD; where the document has 304, also once more with the ETag it came with.',
  claims: ['head-of', 'not-modified'],
  plan: (resource, options) => {
    const { create, read, head, kind } = resource;
    if (read === undefined || (create === undefined && kind !== 'single')) return undefined;
    const draft = newDraft(resource, options, 7);
    const item = draft.make(resource);
    const first = draft.ask(read, item, { name: 'read it' });
    const get = draft.ask(read, item, { name: 'read it again' });
    if (first === undefined || get === undefined || (item === undefined && create !== undefined))
      return draft.fail('headed', 'no-sample');
    draft.ask(head ?? read, item, {
      name: 'ask with HEAD',
      method: 'HEAD',
      ...(head === undefined ? { expectation: 'any' as const } : {}),
      needs: [{ step: get, outcome: 'accepted' }],
      claims: [{ kind: 'head-of', get, first, documented: head !== undefined }],
      settles: false,
    });
    // A mock may well document 304 and keep no versions.
    if (create !== undefined && read.responses.some(({ status }) => status === '304'))
      draft.ask(read, item, {
        name: 'read it with its ETag',
        needs: [{ step: get, outcome: 'accepted' }],
        inputs: [
          {
            into: { kind: 'header', name: 'If-None-Match' },
            from: [{ kind: 'response-header', step: get, name: 'ETag' }],
          },
        ],
        expectation: 'any',
        claims: [{ kind: 'not-modified', of: get }],
        optional: true,
        settles: false,
      });
    return draft.end('headed', 'HEAD answers as GET does', {
      alone: create === undefined,
      remembers: create !== undefined,
    });
  },
};

export const conditional: Kind = {
  name: 'conditional',
  title: 'a change of another version than there is, is refused, and what was changed has another ETag',
  description:
    'For a PUT or PATCH with a documented 412: reads an item, changes it with an If-Match that nothing has, reads it again, then changes it and compares the ETags.',
  claims: ['precondition', 'unchanged', 'new-tag'],
  plan: (resource, options) => {
    const { create, read, replace, modify } = resource;
    const write = [replace, modify].find(operation => operation !== undefined && hasPrecondition(operation));
    const change = write ?? replace;
    if (create === undefined || read === undefined || change === undefined) return undefined;
    if (!hasTag(read)) return undefined;
    const draft = newDraft(resource, options, 8);
    const item = draft.make(resource);
    const before = draft.ask(read, item, { name: 'read it' });
    const bodies = draft.bodies(change);
    if (item === undefined || before === undefined || bodies.length === 0)
      return draft.fail('conditional', 'no-sample');
    if (write !== undefined) {
      const tried = draft.ask(write, item, {
        name: 'change it with an If-Match that nothing has',
        bodies,
        expectation: 'any',
        needs: [{ step: before, outcome: 'accepted' }],
        inputs: [
          {
            into: { kind: 'header', name: 'If-Match' },
            from: [{ kind: 'constant', value: '"rehearsal"' }],
          },
        ],
        claims: [{ kind: 'precondition' }],
        settles: false,
      });
      if (tried !== undefined)
        draft.ask(read, item, {
          name: 'read it again',
          needs: [
            { step: before, outcome: 'accepted' },
            { step: tried, outcome: 'refused' },
          ],
          claims: [{ kind: 'unchanged', before, refused: tried }],
        });
    }
    const written = draft.ask(change, item, { name: 'change it', bodies });
    if (written !== undefined)
      draft.ask(read, item, {
        name: 'read what was changed',
        needs: [
          { step: before, outcome: 'accepted' },
          { step: written, outcome: 'accepted' },
        ],
        claims: [{ kind: 'new-tag', before, written }],
      });
    return draft.end('conditional', 'changes of another version are refused');
  },
};

function hasPrecondition({ responses, parameters }: Operation): boolean {
  return responses.some(({ status }) => status === '412') && parameters.some(isIfMatch);
}

function isIfMatch({ in: place, name }: Parameter): boolean {
  return place === 'header' && name.toLowerCase() === 'if-match';
}

function hasTag({ responses }: Operation): boolean {
  return responses.some(
    ({ status, headers }) =>
      status.startsWith('2') && [...headers.keys()].some(name => name.toLowerCase() === 'etag'),
  );
}
