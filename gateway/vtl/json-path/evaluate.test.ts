import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, LimitReached, Meter } from '../meter.ts';
import { fromJson } from '../value-json.ts';
import { toJson } from '../value-text.ts';
import type { Value } from '../values.ts';
import { evaluatePath, type PathResult } from './evaluate.ts';
import { compilePath } from './parse-path.ts';

function read(document: string): Value {
  const json = fromJson(document);
  if ('error' in json) throw new Error(json.error.message);
  return json.value;
}

function ask(source: string, root: Value, steps = DEFAULT_LIMITS.steps): PathResult {
  const path = compilePath(source);
  if (path.kind === 'refused') throw new Error(path.message);
  return evaluatePath(path, root, new Meter({ ...DEFAULT_LIMITS, steps }));
}

test.each([
  ['$.a.x', { kind: 'absent', message: 'there is no "x"', position: 3 }],
  ['$.a.x.y', { kind: 'absent', message: 'there is no "x"', position: 3 }],
  ['$.l[5]', { kind: 'absent', message: 'there is no item 5 among 2', position: 3 }],
  ['$.l[-1]', { kind: 'absent', message: 'there is no item -1 among 2', position: 3 }],
  ['$.l.x', { kind: 'absent', message: '"x" is asked of what is no object', position: 3 }],
  ['$.n[0]', { kind: 'absent', message: 'an index is asked of null', position: 3 }],
  ['$.a[0]', { kind: 'failed', message: 'an index is asked of what is no array', position: 3 }],
  [
    '$.s[?(@.x)]',
    { kind: 'failed', message: 'a filter is asked of what is no array and no object', position: 3 },
  ],
  ['$.l[?(@ == x)]', { kind: 'failed', message: '"x" is compared with a number and is none', position: 6 }],
  [
    "$['a','l'].x",
    { kind: 'failed', message: 'several names can only stand at the end of a path', position: 1 },
  ],
])('%s says why it finds nothing, and where', (source, result) => {
  expect(ask(source, read('{"a":{"b":1},"l":[1,2],"n":null,"s":"t"}'))).toEqual(result);
});

test('length() counts items and members, unless a member is called so', () => {
  const root = read('{"l":[1,2,3],"o":{"a":1},"own":{"length()":7},"s":"text"}');
  expect(ask('$.l.length()', root)).toEqual({ kind: 'found', value: 3 });
  expect(ask('$.o.length()', root)).toEqual({ kind: 'found', value: 1 });
  expect(ask('$.own.length()', root)).toEqual({ kind: 'found', value: 7 });
  expect(ask('$.s.length()', root).kind).toBe('absent');
  expect(ask('$.l.length().x', root).kind).toBe('absent');
});

test('a definite path gives the very value, which a template may then change', () => {
  const root = read('{"a":{"b":[1]}}') as Map<Value, Value>;
  expect(ask('$', root)).toEqual({ kind: 'found', value: root });
  const found = ask('$.a', root);
  expect(found.kind === 'found' && found.value).toBe(root.get('a'));
});

test('work without end is refused', () => {
  const tree = (levels: number): string => (levels === 0 ? '1' : `[${tree(levels - 1)},${tree(levels - 1)}]`);
  const wide = read(tree(10));
  expect(ask('$..*', wide, 100_000).kind).toBe('found');
  expect(() => ask('$..*..*..*..*..*', wide, 100_000)).toThrow(LimitReached);
  expect(() => ask('$[?(@[0] == 1)]', read(`[${'[1],'.repeat(5000)}1]`), 5000)).toThrow(LimitReached);
  const itself: Value[] = [];
  itself.push(itself);
  expect(() => ask('$..a', itself)).toThrow(LimitReached);
  const deep = read('['.repeat(1000) + ']'.repeat(1000));
  expect(ask('$..x', deep)).toEqual({ kind: 'found', value: [] });
  expect(ask(`$${'[0]'.repeat(400)}`, deep).kind).toBe('found');
});

test('patterns that would make other engines backtrack are answered in time', () => {
  const root = read(JSON.stringify([{ s: `${'a'.repeat(50_000)}!` }]));
  expect(ask('$[?(@.s =~ /(a+)+/)]', root)).toEqual({ kind: 'found', value: [] });
});

test('every place of a value is reached by its path, and by a scan for its name', () => {
  const name = fc.string({
    unit: fc.constantFrom('a', 'b', 'ä', '.', ' ', '$', '-', '1', '?'),
    minLength: 1,
    maxLength: 4,
  });
  const json = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(1, 'x', true, 0.5),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  const places = (value: unknown, path: string): (readonly [string, unknown])[] => [
    [path, value],
    ...(Array.isArray(value)
      ? value.flatMap((item, index) => places(item, `${path}[${index}]`))
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, member]) => places(member, `${path}['${key}']`))
        : []),
  ];
  fc.assert(
    fc.property(json, value => {
      const root = read(JSON.stringify(value));
      for (const [path, place] of places(value, '$')) {
        const found = ask(path, root);
        const text = found.kind === 'found' ? toJson(found.value, new Meter(DEFAULT_LIMITS)) : found.message;
        expect(text).toBe(toJson(read(JSON.stringify(place)), new Meter(DEFAULT_LIMITS)));
      }
    }),
  );
});

test('no text and no value makes anything but an answer', () => {
  const piece = fc.constantFrom(
    ...[
      "'",
      '"',
      '[',
      ']',
      '.',
      '..',
      '*',
      '$',
      '@',
      '?',
      '(',
      ')',
      ',',
      ':',
      '-',
      '\\',
      '/',
      ' ',
      '\n',
      '\u{1F600}',
      '!',
    ],
    ...[
      '==',
      '&&',
      '||',
      '=~',
      '[?(',
      ')]',
      '.a',
      "['a']",
      '[0]',
      '(@.length-1)',
      '/a+/i',
      'null',
      '99999999999',
      '٣',
      '()',
    ],
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 14 }).map(parts => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, fc.jsonValue({ maxDepth: 3 }), (text, value) => {
      for (const source of [text, `$${text}`, `$.a${text}`]) {
        const path = compilePath(source);
        if (path.kind === 'refused') {
          expect(path.position).toBeGreaterThanOrEqual(0);
          expect(path.position).toBeLessThanOrEqual(source.length);
        } else evaluatePath(path, read(JSON.stringify({ a: value })), new Meter(DEFAULT_LIMITS));
      }
    }),
    { numRuns: 1000 },
  );
});
