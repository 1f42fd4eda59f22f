import { describe, expect, test } from 'vitest';
import { exchangeOf } from '../checks/sample-exchange.fixture.ts';
import type { Exchange } from '../exchange.ts';
import { isEnd, totalsOf } from './pages.ts';

const page = (body: string, properties: string, more: Record<string, unknown> = {}): Exchange =>
  exchangeOf({
    operation: `parameters: [{ name: limit, in: query, schema: { type: integer } }]
responses: { "200": { description: a, headers: { X-Total-Count: { schema: { type: integer } } }, content: { application/json: { schema: { type: object, properties: { items: { type: array, items: { type: object, properties: { id: { type: integer } } } }, ${properties} } } } } } }`,
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body,
    ...more,
  });

const SHAPE = { items: '/items', id: 'id' };
const names = (exchange: Exchange): readonly string[] =>
  totalsOf(exchange, SHAPE).map(({ name, value }) => `${name} ${value}`);

describe('totals', () => {
  test.each([
    ['{"total":3}', 'total: {}', ['total 3']],
    ['{"totalItems":3}', 'totalItems: {}', ['totalItems 3']],
    ['{"meta":{"total":3}}', 'meta: { properties: { total: {} } }', ['total 3']],
    [
      '{"pagination":{"total_count":3}}',
      'pagination: { properties: { total_count: {} } }',
      ['total_count 3'],
    ],
    // Nobody promised it, it counts a page as often as a list, or it is no number of things.
    ['{"total":3}', 'other: {}', []],
    ['{"count":3}', 'count: {}', []],
    ['{"total":3.5}', 'total: {}', []],
    ['{"total":"3"}', 'total: {}', []],
    ['{"order":{"total":3}}', 'order: { properties: { total: {} } }', []],
  ])('%s with %s', (body, properties, expected) => {
    expect(names(page(body, properties))).toEqual(expected);
  });

  test('in a header that is documented', () => {
    const headers = { 'Content-Type': 'application/json', 'X-Total-Count': '7' };
    expect(names(page('{}', 'a: {}', { headers }))).toEqual(['X-Total-Count 7']);
  });
});

describe('the end of a list', () => {
  const FULL = { kind: 'full', size: 2, firm: false } as const;
  const two = page('{"total":3,"items":[{"id":1},{"id":2}]}', 'total: {}');
  const cut = page('{"total":3,"items":[{"id":1}]}', 'total: {}');
  const none = page('{"total":3,"items":[]}', 'total: {}');

  test('comes with a page that is not full, unless the total says otherwise', () => {
    expect(isEnd([two], SHAPE, FULL)).toBe(false);
    expect(isEnd([cut], SHAPE, FULL)).toBe(false);
    expect(isEnd([cut], SHAPE, { ...FULL, firm: true })).toBe(true);
    expect(isEnd([two, cut], SHAPE, FULL)).toBe(true);
    expect(isEnd([page('{"items":[{"id":1}]}', 'total: {}')], SHAPE, FULL)).toBe(true);
  });

  test('comes with a page without items, whatever the total says', () => {
    expect(isEnd([none], SHAPE, FULL)).toBe(true);
  });
});
