/** Does a list hold what was made? */

import { idsOnPage, isEnd } from '../compare/pages.ts';
import { claimsOf, type Exchange, earlierSteps, isAccepted } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS, MADE_REX } from './item-samples.ts';

const CLAIM = { kind: 'lists', shape: { items: '', id: 'id' }, more: { kind: 'none' }, ids: ['7'] } as const;

export const listIncomplete: Check = {
  name: 'list-incomplete',
  title: 'A list holds what was created',
  severity: 'error',
  appliesTo: 'sequences: the last page of a list after something was made',
  description:
    'The list is read without any filter, to its last page. A list that does not end within a bound is not judged.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3',
  samples: {
    passing: {
      operation: LIST_PETS,
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3},{"id":7}]',
      earlier: [MADE_REX],
      claims: [CLAIM],
    },
    failing: {
      operation: LIST_PETS,
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3}]',
      earlier: [MADE_REX],
      claims: [CLAIM],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'lists').flatMap(({ shape, more, ids }) => {
    const pages = [...earlierSteps(exchange, exchange.case.step?.index), exchange];
    if (!isEnd(pages, shape, more)) return [];
    const listed = new Set<string>();
    for (const page of pages) {
      const found = idsOnPage(page, shape);
      if (found === undefined) return [];
      for (const id of found) listed.add(id);
    }
    return ids
      .filter(id => !listed.has(id))
      .map(id => ({
        received: `${listed.size} items on ${pages.length === 1 ? 'one page' : `${pages.length} pages`}, none with ${shape.id} ${id}${timesAsked(exchange)}`,
        documented: `the item that was created before, with ${shape.id} ${id}`,
        source: exchange.case.operation.source,
      }));
  });
}
