import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHttpDate, isParameter, listMembers, splitOutsideQuotes, uriFault } from './field-syntax.ts';

describe('dates', () => {
  test('every date that JavaScript writes for HTTP is one', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), date =>
        isHttpDate(date.toUTCString()),
      ),
    );
  });

  test.each([
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Thu, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    '1994-11-06T08:49:37Z',
    '',
  ])('%j is none', text => {
    expect(isHttpDate(text)).toBe(false);
  });
});

test('lists are split outside quotes, and empty members are none', () => {
  expect(listMembers('a, "b, \\"c", , d')).toEqual(['a', '"b, \\"c"', 'd']);
  expect(splitOutsideQuotes('a; b=";"; c', ';')).toEqual(['a', 'b=";"', 'c']);
});

test.each([
  ['no-cache', true],
  ['max-age=5', true],
  ['private="set-cookie"', true],
  ['max-age=', false],
  ['a b', false],
  ['a="x', false],
])('%s is a parameter: %s', (text, expected) => {
  expect(isParameter(text)).toBe(expected);
});

test.each([
  ['/pets/7', undefined],
  ['https://example.com/a?b=c#d', undefined],
  ['../pets', undefined],
  ['/käse', undefined],
  ['', 'it is empty'],
  ['/pets/{id}', '"{" stands in it as it is'],
  ['/a b', '" " stands in it as it is'],
  ['/100%', 'a percent sign begins no escape'],
  ['http://[', 'it cannot be resolved'],
])('%j as a reference: %s', (text, expected) => {
  expect(uriFault(text)).toBe(expected);
});
