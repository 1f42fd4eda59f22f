/** Does a walk through the pages of a list come to an end? */
import { emptyPages, hasMorePages, isAskedAgain, MOST_EMPTY } from '../compare/pages.ts';
import { claimsOf, type Exchange, earlierSteps, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS, PAGE_OF_TWO } from './item-samples.ts';

const page = (query: string, next: string, body: string) =>
  ({
    operation: LIST_PETS,
    request: `GET /pets?${query}`,
    status: 200,
    headers: { ...JSON_TYPE, Link: `</pets?${next}>; rel="next"` },
    body,
    step: 1,
  }) as const;

const FIRST_PAGE = page('limit=2', 'after=7', '[{"id":3},{"id":7}]');

export const endlessList: Check = {
  name: 'endless-list',
  title: 'The pages of a list come to an end',
  severity: 'error',
  appliesTo: 'sequences: pages of a list that say themselves where the next one is',
  description: `A page that names as the next one a page that was there before sends clients round in circles. A page without items may name a next one, as where items are filtered; ${MOST_EMPTY} of them in a row mean that the list goes on for ever.`,
  specification: 'https://www.rfc-editor.org/rfc/rfc8288#section-3',
  samples: {
    passing: {
      ...page('after=7', 'after=8', '[{"id":8}]'),
      earlier: [FIRST_PAGE],
      claims: [PAGE_OF_TWO],
    },
    failing: {
      ...page('after=7', 'after=7', '[{"id":8}]'),
      earlier: [FIRST_PAGE],
      claims: [PAGE_OF_TWO],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  const before = earlierSteps(exchange, exchange.case.step?.index);
  return claimsOf(exchange, 'page').flatMap(({ shape, more }) => {
    if (!hasMorePages(exchange, shape, more)) return [];
    const pages = [...before, exchange];
    const again = isAskedAgain(pages, more);
    if (!again && emptyPages(pages, shape) < MOST_EMPTY) return [];
    return [
      {
        received: again
          ? `as the next page one that was there before, on page ${pages.length}`
          : `a next page, after ${MOST_EMPTY} in a row without an item`,
        documented: 'a last page',
        source: exchange.case.operation.source,
      },
    ];
  });
}
