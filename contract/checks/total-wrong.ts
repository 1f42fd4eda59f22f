/** Is the total that a list names the number of its items? */

import type { ListShape } from '../claim.ts';
import { idsOnPage, isEnd, type Total, totalsOf } from '../compare/pages.ts';
import { claimsOf, type Exchange, earlierSteps, isAccepted } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, MADE_REX } from './item-samples.ts';

const LIST = `parameters: [{ name: limit, in: query, schema: { type: integer } }]
responses:
  "200":
    description: Pets
    content: { application/json: { schema: { type: object, properties: { total: { type: integer }, items: { type: array, items: { type: object, properties: { id: { type: integer } } } } } } } }`;
const CLAIM = {
  kind: 'lists',
  shape: { items: '/items', id: 'id' },
  more: { kind: 'none' },
  ids: ['7'],
} as const;

export const totalWrong: Check = {
  name: 'total-wrong',
  title: 'The total of a list is the number of its items',
  severity: 'error',
  appliesTo: 'sequences: the pages of a list whose document names a total',
  description:
    'A total is what is called `totalCount`, `total_items` and the like, `total` beside pages, or stands in `X-Total-Count`. Only a list that was read to its end and without any filter is judged, of which every page named the same total: another one means that somebody else wrote meanwhile, unless on both of the first two pages it is the number of the items there. A total above what was found is told only where the server said itself that there is no further page, or the last one has no items, or fewer than the document lets ask for.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#response-object',
  samples: {
    passing: {
      operation: LIST,
      status: 200,
      headers: JSON_TYPE,
      body: '{"total":2,"items":[{"id":3},{"id":7}]}',
      earlier: [MADE_REX],
      claims: [CLAIM],
    },
    failing: {
      operation: LIST,
      status: 200,
      headers: JSON_TYPE,
      body: '{"total":1,"items":[{"id":3},{"id":7}]}',
      earlier: [MADE_REX],
      claims: [CLAIM],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'lists').flatMap(({ shape, more }) => {
    const pages = [...earlierSteps(exchange, exchange.case.step?.index), exchange];
    const counts = pages.map(page => idsOnPage(page, shape)?.length ?? Number.NaN);
    const found = [...totalsOf(exchange, shape)].filter(({ name }) =>
      isOfThePage(name, pages, counts, shape),
    );
    // Behind a page without items there is nothing, nor behind one that is shorter than it may be.
    const isFirm = more.kind === 'full' && more.firm;
    const saysTheEnd = more.kind === 'token' || more.kind === 'link' || isFirm || counts.at(-1) === 0;
    if (found.length === 0 && isEnd(pages, shape, more))
      found.push(...untrueOf(exchange, pages, shape, saysTheEnd));
    const listed = counts.reduce((sum, count) => sum + count, 0);
    return found.map(({ name, value, source }) => ({
      received: `${name} ${value}, and ${listed} items on ${pages.length === 1 ? 'one page' : `${pages.length} pages`}${timesAsked(exchange)}`,
      documented: 'the number of all items',
      source,
    }));
  });
}

/** On both of two pages with items the total is the number of the items there: no writer brings that about. */
function isOfThePage(
  name: string,
  pages: readonly Exchange[],
  counts: readonly number[],
  shape: ListShape,
): boolean {
  if (pages.length !== 2 || counts.some(count => !(count > 0))) return false;
  return pages.every((page, index) => totalOf(page, shape, name) === counts[index]);
}

/** The totals that all pages of a whole list name, and that are not the number of its items. */
function untrueOf(
  exchange: Exchange,
  pages: readonly Exchange[],
  shape: ListShape,
  saysTheEnd: boolean,
): readonly Total[] {
  const listed = pages.flatMap(
    (page): readonly (string | undefined)[] => idsOnPage(page, shape) ?? [undefined],
  );
  // What is on two pages, or cannot be read, cannot be counted.
  if (listed.includes(undefined) || new Set(listed).size < listed.length) return [];
  return totalsOf(exchange, shape)
    .filter(({ name, value }) => pages.every(page => totalOf(page, shape, name) === value))
    .filter(({ value }) => value < listed.length || (saysTheEnd && value > listed.length));
}

function totalOf(page: Exchange, shape: ListShape, name: string): number | undefined {
  return totalsOf(page, shape).find(total => total.name === name)?.value;
}
