/** Is a page as long as it was asked to be? */
import { idsOnPage } from '../compare/pages.ts';
import { claimsOf, type Exchange, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS, PAGE_OF_TWO } from './item-samples.ts';

export const pageSize: Check = {
  name: 'page-size',
  title: 'A page holds no more items than asked for',
  severity: 'error',
  appliesTo: 'sequences: pages of a list that were asked for with a size',
  description: 'Fewer items may be on a page, more may not.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  samples: {
    passing: {
      operation: LIST_PETS,
      request: 'GET /pets?limit=2',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3},{"id":7}]',
      claims: [PAGE_OF_TWO],
    },
    failing: {
      operation: LIST_PETS,
      request: 'GET /pets?limit=2',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3},{"id":7},{"id":8}]',
      claims: [PAGE_OF_TWO],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'page').flatMap(({ shape, size }) => {
    const count = idsOnPage(exchange, shape)?.length ?? 0;
    if (size === undefined || count <= size) return [];
    return [
      {
        received: `${count} items`,
        documented: `at most ${size}, as was asked for`,
        source: exchange.case.operation.source,
      },
    ];
  });
}
