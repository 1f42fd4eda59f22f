/** Does a list still hold what was deleted? */
import { idsOnPage, itemsWithId } from '../compare/pages.ts';
import { saysItIsOver } from '../compare/says-it-is-over.ts';
import { claimsOf, type Exchange, isAccepted } from '../exchange.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { DELETED, JSON_TYPE, LIST_PETS, MADE_REX } from './item-samples.ts';

const CLAIM = { kind: 'unlisted', shape: { items: '', id: 'id' }, ids: ['7'] } as const;

export const deletedStillListed: Check = {
  name: 'deleted-still-listed',
  title: 'A list does not hold what was deleted',
  severity: 'error',
  appliesTo: 'sequences: each page of a list after something was deleted',
  description:
    'The list is read without any filter. A server that shows deletions late is asked again for a while first. Items that say themselves that they are over, such as by a `status` of `cancelled`, may stay.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.5',
  samples: {
    passing: {
      operation: LIST_PETS,
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3}]',
      earlier: [MADE_REX, DELETED],
      claims: [CLAIM],
    },
    failing: {
      operation: LIST_PETS,
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3},{"id":7}]',
      earlier: [MADE_REX, DELETED],
      claims: [CLAIM],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'unlisted').flatMap(({ shape, ids }) => {
    const listed = idsOnPage(exchange, shape) ?? [];
    return ids
      .filter(id => listed.includes(id) && !itemsWithId(exchange, shape, id).every(saysItIsOver))
      .map(id => ({
        received: `an item with ${shape.id} ${id}${timesAsked(exchange)}`,
        documented: 'no such item, since it was deleted',
        source: exchange.case.operation.source,
      }));
  });
}
