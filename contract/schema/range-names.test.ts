import { expect, test } from 'vitest';
import { rangesAmong } from './range-names.ts';

test.each([
  [['checkIn', 'checkOut'], 'checkIn checkOut'],
  [['valid_until', 'valid_from'], 'valid_from valid_until'],
  [['startDate', 'endDate', 'name'], 'startDate endDate'],
  [['price-min', 'price-max'], 'price-min price-max'],
  [['minPrice', 'maxWeight'], ''],
  [['start', 'weekend'], ''],
  [['from', 'to'], 'from to'],
])('%j', (names, expected) => {
  expect(rangesAmong(names).map(({ from, to }) => `${from} ${to}`)).toEqual(
    expected === '' ? [] : [expected],
  );
});
