/** From page to page: what the next request of a walk says differently, by what the pages before held. */
import {
  bringsNothingNew,
  emptyPages,
  idsOnPage,
  isAskedAgain,
  isEnd,
  MOST_EMPTY,
  nextLink,
  nextToken,
} from '../compare/pages.ts';
import { type Exchange, isAccepted } from '../exchange.ts';
import type { Json } from '../json/value.ts';
import type { Parameter } from '../model.ts';
import type { PageWalk, Step } from './sequence.ts';

export type Page =
  | { readonly kind: 'first' }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly value: Json }
  | { readonly kind: 'address'; readonly path: string; readonly query: string }
  | { readonly kind: 'last' };

/** What comes after some pages. An answer that cannot be read is the last, and so is one without items. */
export function nextPage(walk: PageWalk, pages: readonly Exchange[]): Page {
  const before = pages.at(-1);
  if (before === undefined) return { kind: 'first' };
  const items = idsOnPage(before, walk.shape)?.length ?? 0;
  if (!isAccepted(before) || pages.length >= walk.most || walk.kind === 'none') return { kind: 'last' };
  if (goesRound(walk, pages)) return { kind: 'last' };
  switch (walk.kind) {
    case 'page':
    case 'offset': {
      if (isEnd(pages, walk.shape, { kind: 'full', size: walk.size ?? 1, firm: walk.firm }))
        return { kind: 'last' };
      if (walk.kind === 'page') {
        return { kind: 'parameter', parameter: walk.parameter, value: walk.first + pages.length };
      }
      const seen = pages.reduce((sum, page) => sum + (idsOnPage(page, walk.shape)?.length ?? 0), 0);
      return items === 0 ? { kind: 'last' } : { kind: 'parameter', parameter: walk.parameter, value: seen };
    }
    case 'token': {
      const token = nextToken(before, walk.pointer);
      return token === undefined
        ? { kind: 'last' }
        : { kind: 'parameter', parameter: walk.parameter, value: token };
    }
    case 'link': {
      const target = nextLink(before);
      const { path } = before.case.request;
      const { baseUrl = 'http://localhost' } = before;
      const asked = `${baseUrl}${path}`;
      if (target === undefined || !URL.canParse(target, asked)) return { kind: 'last' };
      const { pathname, search } = new URL(target, asked);
      // The base path stands before it, which no request names.
      const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');
      const own = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
      return { kind: 'address', path: own, query: search.slice(1) };
    }
    default:
      return walk satisfies never;
  }
}

/** Nothing new comes of going on, and checks have seen why. */
function goesRound(walk: PageWalk, pages: readonly Exchange[]): boolean {
  if (bringsNothingNew(pages, walk.shape) || emptyPages(pages, walk.shape) >= MOST_EMPTY) return true;
  return (walk.kind === 'token' || walk.kind === 'link') && isAskedAgain(pages, walk);
}

/** The step as it asks for a page. */
export function withPage(step: Step, page: Page | undefined): Step {
  if (page?.kind !== 'parameter') return step;
  const { parameter, value } = page;
  return {
    ...step,
    inputs: [...step.inputs, { into: { kind: 'parameter', parameter }, from: [{ kind: 'constant', value }] }],
  };
}
