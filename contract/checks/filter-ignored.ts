/** Does a list hold only what it was asked for? */
import { answerBody } from '../compare/bodies.ts';
import { claimsOf, type Exchange, isAccepted } from '../exchange.ts';
import { joinPointer, valueAt } from '../json/pointer.ts';
import { isArray, jsonEqual, own } from '../json/value.ts';
import { timesAsked } from './asked.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, LIST_PETS } from './item-samples.ts';
import { shownValue } from './shown-value.ts';

const CLAIM = { kind: 'filtered', items: '', property: 'kind', value: 'dog' } as const;

export const filterIgnored: Check = {
  name: 'filter-ignored',
  title: 'A list that is asked for one kind holds no other',
  severity: 'error',
  appliesTo: 'sequences: a list asked for one value of a property that has an enum',
  description:
    'The parameter is called like the property, and both list the value, so that an item with another one was not asked for. Items without the property are left alone. Whether the list is complete is not asked here.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  samples: {
    passing: {
      operation: LIST_PETS,
      request: 'GET /pets?kind=dog',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3,"kind":"dog"}]',
      claims: [CLAIM],
    },
    failing: {
      operation: LIST_PETS,
      request: 'GET /pets?kind=dog',
      status: 200,
      headers: JSON_TYPE,
      body: '[{"id":3,"kind":"dog"},{"id":7,"kind":"cat"}]',
      claims: [CLAIM],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'filtered').flatMap(({ items, property, value }) => {
    const list = valueAt(answerBody(exchange)?.value, items);
    if (!isArray(list)) return [];
    const at = list.findIndex(item => {
      const has = own(item, property);
      return has !== undefined && has !== null && !jsonEqual(has, value);
    });
    if (at === -1) return [];
    return [
      {
        received: `an item with ${property} ${shownValue(own(list[at], property))}${timesAsked(exchange)}`,
        documented: `items with ${property} ${shownValue(value)}, as was asked for`,
        source: exchange.case.operation.source,
        instance: `${items}${joinPointer('', at, property)}`,
      },
    ];
  });
}
