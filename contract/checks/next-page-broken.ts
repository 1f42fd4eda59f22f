/** Is the next page there that the page before named? */
import { claimsOf, type Exchange, earlierSteps } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS, PAGE_OF_TWO } from './item-samples.ts';

const FIRST_PAGE = {
  operation: LIST_PETS,
  request: 'GET /pets?limit=2',
  status: 200,
  headers: { ...JSON_TYPE, Link: '</pets?page=2>; rel="next"' },
  body: '[{"id":3},{"id":7}]',
  step: 1,
} as const;

export const nextPageBroken: Check = {
  name: 'next-page-broken',
  title: 'The next page is there',
  severity: 'error',
  appliesTo: 'sequences: each page of a list but the first',
  description:
    'Asked for as the document and the page before say: by number or offset behind a full page, by the token or by the link in the answer. 400, 404, 410 and 422 mean that a client cannot go on.',
  specification: 'https://www.rfc-editor.org/rfc/rfc8288#section-3',
  samples: {
    passing: {
      operation: LIST_PETS,
      request: 'GET /pets?page=2',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":8}]',
      earlier: [FIRST_PAGE],
      step: 1,
      claims: [PAGE_OF_TWO],
    },
    failing: {
      operation: LIST_PETS,
      request: 'GET /pets?page=2',
      expectation: 'any',
      status: 404,
      earlier: [FIRST_PAGE],
      step: 1,
      claims: [PAGE_OF_TWO],
    },
  },
  check,
};

const LEADS_NOWHERE: ReadonlySet<number> = new Set([400, 404, 410, 422]);

function check(exchange: Exchange): readonly Finding[] {
  const { status } = exchange.response;
  const pages = earlierSteps(exchange, exchange.case.step?.index).length;
  if (!LEADS_NOWHERE.has(status) || pages === 0) return [];
  return claimsOf(exchange, 'page').map(() => ({
    received: `status ${status} for page ${pages + 1}`,
    documented: 'the next page, as the page before says that there may be one',
    source: exchange.case.operation.source,
  }));
}
