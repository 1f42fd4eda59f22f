/** What is made is listed, what is deleted is not, and pages hold each item once. */
import type { MorePages } from '../../claim.ts';
import { type Draft, type Made, newDraft, ownId } from '../draft.ts';
import { type Listing, listingOf, pageSize } from '../lists.ts';
import type { Resource } from '../resources.ts';
import type { Input, Sequence, Unplanned } from '../sequence.ts';
import { askUnknown } from '../unknown.ts';
import type { Kind } from './kind.ts';

/** Pages that are walked through; a longer list is not judged as a whole. */
const MOST_PAGES = 40;
const FEW_PAGES = 5;
const LARGE_PAGE = 100;
const SMALL_PAGE = 2;

export const listed: Kind = {
  name: 'listed',
  title: 'what is created is in the list, what is deleted is not',
  description:
    'Creates two items, which must have ids of their own, and reads the list to its last page, in pages as large as may be. Then deletes one of the two and reads the list again.',
  claims: ['another', 'lists', 'unlisted'],
  plan: (resource, options) => {
    const listing = listingOf(resource);
    if (resource.create === undefined || listing === undefined) return undefined;
    const draft = newDraft(resource, options, 5);
    const first = draft.make(resource);
    const id = idPointer(first);
    const second =
      first === undefined
        ? undefined
        : draft.make(resource, {
            name: 'create another',
            ...(resource.kind === 'collection'
              ? { claims: [{ kind: 'another' as const, than: first.step, id }] }
              : {}),
          });
    if (first === undefined || second === undefined) return draft.fail('listed', 'no-sample');
    const { shape } = listing;
    const size = pageSize(listing, LARGE_PAGE);
    const walked = ask(draft, listing, second, size, {
      name: 'read the list',
      about: [first, second],
      claims: [{ kind: 'lists', shape, more: moreOf(listing, size), ids: [] }],
    });
    if (walked === undefined) return draft.fail('listed', 'no-sample');
    const removed = draft.ask(resource.remove, first, { name: 'delete the first' });
    if (removed !== undefined) {
      draft.removed(first, removed);
      ask(draft, listing, second, size, {
        name: 'read the list again',
        about: [first],
        needs: [{ step: removed, outcome: 'accepted' }],
        claims: [{ kind: 'unlisted', shape, ids: [] }],
      });
    }
    return draft.end('listed', 'what is created is listed', { alone: true });
  },
};

export const paged: Kind = {
  name: 'paged',
  title: 'each item is on one page only, no page is longer than asked for, and there is a last one',
  description: `Creates three items and walks through the list in pages of two, by number, by offset, by the token or by the link that the page before gave, ${MOST_PAGES} pages at most. Where nothing may be created, walks through what is there.`,
  claims: ['page', 'lists'],
  plan: (resource, options) => {
    const listing = listingOf(resource);
    if (listing === undefined || listing.walk.kind === 'none') return undefined;
    const size = pageSize(listing, SMALL_PAGE);
    if (resource.create !== undefined) return overOwn(resource, options, listing, size);
    return resource.kind === 'given' ? overGiven(resource, options, listing, size) : undefined;
  },
};

/** What is there already may be changed by others meanwhile, so little of it is looked at, and nothing is missed. */
function overGiven(
  resource: Resource,
  options: Parameters<Kind['plan']>[1],
  listing: Listing,
  size: number | undefined,
): Sequence | Unplanned {
  const draft = newDraft(resource, options, 6);
  const unknown = askUnknown(draft, resource, options.seed ?? 0);
  const walked = ask(draft, listing, undefined, size, {
    name: 'read the list',
    about: [],
    claims: [{ kind: 'page', shape: listing.shape, size, more: moreOf(listing, size) }],
  });
  return walked === undefined
    ? draft.fail('paged', 'no-sample')
    : draft.end('paged', 'each item is on one page', {
        alone: true,
        probes: { unknown, made: undefined, read: undefined },
      });
}

function overOwn(
  resource: Resource,
  options: Parameters<Kind['plan']>[1],
  listing: Listing,
  size: number | undefined,
): Sequence | Unplanned {
  const draft = newDraft(resource, options, 6);
  const items = [1, 2, 3].map(number => draft.make(resource, { name: `create item ${number}` }));
  const made = items.filter(item => item !== undefined);
  const [first] = made;
  if (first === undefined || made.length < items.length) return draft.fail('paged', 'no-sample');
  const { shape } = listing;
  const more = moreOf(listing, size);
  const walked = ask(draft, listing, first, size, {
    name: 'read the list',
    about: made,
    claims: [
      { kind: 'page', shape, size, more },
      { kind: 'lists', shape, more, ids: [] },
    ],
  });
  return walked === undefined
    ? draft.fail('paged', 'no-sample')
    : draft.end('paged', 'each item is on one page', { alone: true });
}

function ask(
  draft: Draft,
  listing: Listing,
  item: Made | undefined,
  size: number | undefined,
  extra: Pick<Parameters<Draft['ask']>[2], 'name' | 'claims' | 'needs'> & { readonly about: readonly Made[] },
): number | undefined {
  const { about, ...rest } = extra;
  const inputs: Input[] =
    listing.size === undefined || size === undefined
      ? []
      : [{ into: { kind: 'parameter', parameter: listing.size }, from: [{ kind: 'constant', value: size }] }];
  return draft.ask(listing.operation, item, {
    ...rest,
    inputs,
    walk: {
      ...listing.walk,
      shape: listing.shape,
      firm: listing.firm,
      most: item === undefined ? FEW_PAGES : MOST_PAGES,
      size,
    },
    about: about.map(ownId),
  });
}

/** A page by number or offset shows by being full that there may be another. */
function moreOf({ walk, firm }: Listing, size: number | undefined): MorePages {
  switch (walk.kind) {
    case 'none':
      return { kind: 'none' };
    case 'page':
    case 'offset':
      return { kind: 'full', size: size ?? 1, firm };
    case 'token':
      return { kind: 'token', pointer: walk.pointer };
    case 'link':
      return { kind: 'link' };
    default:
      return walk satisfies never;
  }
}

/** Where the id stands in the answer that made an item. */
function idPointer(item: Made | undefined): string | undefined {
  const [source] = item === undefined ? [] : ownId(item);
  return source?.kind === 'response-body' ? source.pointer : undefined;
}
