import { expect, test } from 'vitest';
import { createLogGroups } from './log-groups.ts';

const fail = (error: Error): never => {
  throw error;
};

test('a group keeps its last 1,000 lines, whatever is asked for', () => {
  const groups = createLogGroups(undefined, fail);
  for (let index = 0; index < 5000; index += 1) groups.write('a', [`${index}`]);
  expect(groups.last('a', 2)).toEqual(['4998', '4999']);
  expect(groups.last('a', 0)).toEqual([]);
  expect(groups.last('a', 1e9)).toHaveLength(1000);
  expect(groups.last('b', 10)).toEqual([]);
});

test('all groups together stay bounded: the one that rests longest goes', () => {
  const groups = createLogGroups(undefined, fail);
  const megabyte = 'a'.repeat(1_000_000);
  groups.write('resting', ['x']);
  groups.write('busy', ['y']);
  for (let index = 0; index < 40; index += 1) {
    groups.write('large', [megabyte]);
    groups.write('busy', [`${index}`]);
  }
  expect(groups.last('resting', 1)).toEqual([]);
  expect(groups.last('busy', 1)).toEqual(['39']);
});
