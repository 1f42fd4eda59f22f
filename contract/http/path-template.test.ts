import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comparePathTemplates,
  expandPath,
  matchPath,
  parsePathTemplate,
  pathShape,
} from './path-template.ts';

function match(template: string, path: string): Record<string, string> | undefined {
  const found = matchPath(parsePathTemplate(template), path);
  return found && Object.fromEntries(found);
}

describe('matchPath', () => {
  test.each([
    ['/pets', '/pets', {}],
    ['/', '/', {}],
    ['/pets', '/pets/', undefined],
    ['/pets/', '/pets', undefined],
    ['/pets/', '/pets/', {}],
    ['/pets', '/Pets', undefined],
    ['/pets/{id}', '/pets/7', { id: '7' }],
    ['/pets/{id}', '/pets/', undefined],
    ['/pets/{id}', '/pets/7/8', undefined],
    ['/pets/{id}', '/pets/a%2Fb', { id: 'a%2Fb' }],
    ['/pets/{id}/', '/pets/7/', { id: '7' }],
    ['/pets/{id}.json', '/pets/a.json.json', { id: 'a.json' }],
    ['/pets/{id}.json', '/pets/.json', undefined],
    ['/pets/{id}.json', '/pets/a.xml', undefined],
    ['/a/{b}-{c}', '/a/x-y-z', { b: 'x', c: 'y-z' }],
    ['/a/{b}-{c}', '/a/--z', { b: '-', c: 'z' }],
    ['/a/{b}-{c}', '/a/x-', undefined],
    ['/a/{b}{c}', '/a/xyz', { b: 'x', c: 'yz' }],
    ['/a/({b},{c})', '/a/(1,2)', { b: '1', c: '2' }],
    ['/{proxy+}', '/a/b/c', { proxy: 'a/b/c' }],
    ['/{proxy+}', '/', undefined],
    ['/x/{proxy+}', '/x/', undefined],
    ['/x/{proxy+}', '/x/a/', { proxy: 'a/' }],
    ['/{a}/{proxy+}', '/1/2/3', { a: '1', proxy: '2/3' }],
    ['/a b/é', '/a%20b/%c3%a9', {}],
    ['/a%20b', '/a b', {}],
    ['/a~b', '/a%7Eb', {}],
    ['/a%7eb/{x}', '/a~b/1', { x: '1' }],
    ['/a%2Fb', '/a/b', undefined],
    ['/a%2fb', '/a%2Fb', {}],
    ['/a{b', '/a%7Bb', {}],
    ['/a}{', '/a%7D%7B', {}],
    ['/{a/b}', '/1', { 'a/b': '1' }],
    ['/{__proto__}', '/1', Object.fromEntries([['__proto__', '1']])],
    ['/pets:batch', '/pets:batch', {}],
    ['/pets/{id}:cancel', '/pets/7:cancel', { id: '7' }],
    ['/%zz', '/%zz', {}],
    ['//a', '//a', {}],
    ['//a', '/a', undefined],
  ])('%s on %s', (template, path, variables) => {
    expect(match(template, path)).toEqual(variables);
  });

  test('finds what expandPath filled in, whatever the values', () => {
    const templates = ['/a/{x}/{y}', '/{x}.json/{y}', '/{x}', '/p-{x}-q/{y}.{z}', '/a/{proxy+}'].map(
      parsePathTemplate,
    );
    const value = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map(text => encodeURIComponent(text.toWellFormed()));
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        (template, values) => {
          const named = new Map(
            template.names.map((name, index) => [name, (values[index] as string).replaceAll('.', '')]),
          );
          fc.pre([...named.values()].every(text => text !== ''));
          const path = expandPath(template, name => named.get(name)) as string;
          expect(matchPath(template, path)).toEqual(named);
        },
      ),
    );
  });

  test('takes linear time on a segment made to backtrack', () => {
    const many = `/${'{a}-'.repeat(50)}!`;
    expect(match(many, `/${'-'.repeat(100_000)}`)).toBeUndefined();
  });
});

test('expandPath is undefined without a value', () => {
  expect(expandPath(parsePathTemplate('/a/{x}'), () => undefined)).toBeUndefined();
  expect(expandPath(parsePathTemplate('/a b/{x}'), () => '1')).toBe('/a%20b/1');
  expect(expandPath(parsePathTemplate('/'), () => '1')).toBe('/');
});

test('concrete before templated, left to right, greedy last', () => {
  const order = [
    '/pets/{id}/owners/x',
    '/{proxy+}',
    '/pets/mine',
    '/pets/{id}.json',
    '/pets/{id}',
    '/{kind}/mine',
    '/pets/{proxy+}',
    '/{kind}/{id}',
    '/pets/{id}/owners/{owner}',
    '/pets',
    '/pets/{id}-full.json',
    '/{kind}',
  ]
    .map(parsePathTemplate)
    .sort(comparePathTemplates)
    .map(({ text }) => text);
  expect(order).toEqual([
    '/pets/mine',
    '/pets/{id}-full.json',
    '/pets/{id}.json',
    '/pets/{id}/owners/x',
    '/pets/{id}/owners/{owner}',
    '/pets/{id}',
    '/pets/{proxy+}',
    '/pets',
    '/{kind}/mine',
    '/{kind}/{id}',
    '/{kind}',
    '/{proxy+}',
  ]);
});

test('templates that differ in names alone have one shape', () => {
  const shape = (text: string): string => pathShape(parsePathTemplate(text));
  expect(shape('/a/{x}')).toBe(shape('/a/{y}'));
  expect(shape('/a b/{x}-{y}')).toBe(shape('/a%20b/{q}-{r}'));
  expect(shape('/a/{x+}')).not.toBe(shape('/a/{x}'));
  expect(shape('/a/{x}.json')).not.toBe(shape('/a/{x}'));
  expect(shape('/a/{x}/')).not.toBe(shape('/a/{x}'));
});
