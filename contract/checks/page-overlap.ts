/** Is an item on one page only? */
import { idsOnPage } from '../compare/pages.ts';
import { claimsOf, type Exchange, earlierSteps, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS, PAGE_OF_TWO } from './item-samples.ts';

const FIRST_PAGE = {
  operation: LIST_PETS,
  request: 'GET /pets?limit=2',
  status: 200,
  headers: JSON_TYPE,
  body: '[{"id":3},{"id":7}]',
  step: 1,
} as const;

export const pageOverlap: Check = {
  name: 'page-overlap',
  title: 'No item is on two pages',
  severity: 'error',
  appliesTo: 'sequences: each page of a list but the first',
  description:
    'Pages are asked for by number, by offset, by the token or by the link that the page before gave, while nothing is made or removed. The same item twice, or the same page for ever, means that a client that goes through the pages misses others or never ends.',
  specification: 'https://www.rfc-editor.org/rfc/rfc8288#section-3',
  samples: {
    passing: {
      operation: LIST_PETS,
      request: 'GET /pets?limit=2&offset=2',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":8}]',
      earlier: [FIRST_PAGE],
      step: 1,
      claims: [PAGE_OF_TWO],
    },
    failing: {
      operation: LIST_PETS,
      request: 'GET /pets?limit=2&offset=2',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":7},{"id":8}]',
      earlier: [FIRST_PAGE],
      step: 1,
      claims: [PAGE_OF_TWO],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'page').flatMap(({ shape }) => {
    const before = new Set<string>();
    for (const page of earlierSteps(exchange, exchange.case.step?.index))
      for (const id of idsOnPage(page, shape) ?? []) before.add(id);
    const again = (idsOnPage(exchange, shape) ?? []).filter(id => before.has(id));
    const [first] = again;
    if (first === undefined) return [];
    return [
      {
        received: `${again.length === 1 ? 'an item' : `${again.length} items`} of a page before: ${shape.id} ${again.slice(0, 3).join(', ')}`,
        documented: 'items that were on no page before',
        source: exchange.case.operation.source,
      },
    ];
  });
}
