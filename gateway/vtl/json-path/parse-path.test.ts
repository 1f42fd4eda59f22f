import { expect, test } from 'vitest';
import { compilePath } from './parse-path.ts';

function refusal(source: string): string {
  const path = compilePath(source);
  if (path.kind === 'path') throw new Error(`${source} is a path`);
  return `${path.position} ${path.message}`;
}

test.each([
  ['', '0 the path is empty'],
  [' \t', '0 the path is empty'],
  ['$a', '1 after "$" a path goes on with "." or "["'],
  ['  $a', '3 after "$" a path goes on with "." or "["'],
  ['$..', '0 the path ends with "..", which looks for nothing'],
  ['$.a.', '3 the path ends with "."'],
  ['$.a b', `3 a blank stands in the path; write such a name as ['a b']`],
  ['a.b c', `3 a blank stands in the path; write such a name as ['a b']`],
  ['$.a["b"]', '3 ["b"] holds no name in single quotes, no index, slice or filter'],
  ["$.a['b'", '3 "[" is never closed'],
  ['$.a[1', '3 "[" is never closed'],
  ['$.a[:]', '3 an index is missing'],
  ['$.a[1-2]', '3 "1-2" is no index'],
  ['$.a[9999999999]', '3 "9999999999" is no index'],
  ['$.a[(@.count-1)]', '3 only (@.length-N) and (@.size()-N) are known as scripts'],
  ['$.a[?@.b]', '3 a filter is written as [?(…)]'],
  ['$.a[?(@.b]', '3 the brackets or quotes of the filter do not match'],
  ["$.a[?(@.b == 'x)]", '3 the brackets or quotes of the filter do not match'],
  ['$.a[?(b)]', '6 "b" begins with neither "@" nor "$", and compares nothing'],
  ['$.a[?(@..b)]', '6 the path @..b of a filter is not definite'],
  ['$.a[?(@.b && )]', '12 the filter ends with an operator'],
  ['$.a[?(@.b && () && @.c)]', '12 a criterion is missing'],
  ['$.a[?(@.b == !@.c)]', '6 "!" can only stand before a path that is asked to exist'],
  ['$.a[?(@.b =~ /(/)]', '3 the brackets or quotes of the filter do not match'],
  ['$.a[?(@.b =~ /[/)]', '3 the brackets or quotes of the filter do not match'],
  [
    '$.a[?(@.b =~ /b**/)]',
    '6 the pattern /b**/ cannot be used: a quantifier follows another, and there is nothing to repeat',
  ],
  [
    '$.a[?(@.b =~ /(b)\\1/)]',
    '6 the pattern /(b)\\1/ cannot be used: it refers back to a group, and that cannot be matched in bounded time',
  ],
])('%j is refused with its place', (source, message) => {
  expect(refusal(source)).toBe(message);
});

test('a path is compiled once', () => {
  expect(compilePath('$.once')).toBe(compilePath('$.once'));
});

test('paths made to be costly are refused at once', () => {
  expect(refusal(`$${'.a'.repeat(600)}`)).toContain('more than 500 steps');
  expect(refusal(`$.${'a'.repeat(100_000)}`)).toContain('100002 characters long');
  expect(refusal('[?(@'.repeat(4000))).toContain('do not match');
  const nested = (levels: number): string => `$${'[?(@'.repeat(levels)}.a${')]'.repeat(levels)}`;
  expect(refusal(nested(30))).toContain('filters are nested more than 20 levels deep');
  expect(refusal(`$[?(${'('.repeat(19_000)}@.a)]`)).toContain('do not match');
  expect(compilePath(`$[?(@.a${' && @.a'.repeat(2000)})]`).kind).toBe('path');
});

test('definite paths name one place', () => {
  const definite = (source: string): boolean => {
    const path = compilePath(source);
    return path.kind === 'path' && path.definite;
  };
  for (const source of ['$', '$.a', "$['a','b']", '$.a[0]', '$.a[(@.length-1)].b', 'a.b'])
    expect(definite(source)).toBe(true);
  for (const source of ['$.*', '$..a', '$.a[0,1]', '$.a[0:1]', '$.a[?(@.b)]', '$.a[*].b'])
    expect(definite(source)).toBe(false);
});
