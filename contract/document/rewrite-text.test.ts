import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { entriesOf, isArray, isObject, type Json, jsonEqual } from '../json/value.ts';
import { parseDocument } from './parse-document.ts';
import { rewriteText } from './rewrite-text.ts';

function rewritten(text: string, change: (value: Json) => Json): string | undefined {
  const { document } = parseDocument(text, { name: 'a.yaml', uri: 'memory:///a.yaml' });
  return document && rewriteText(document, change(document.value))?.text;
}

/** Over what is there, member by member. */
function merged(value: Json, over: Json): Json {
  if (!isObject(value) || !isObject(over)) return over;
  return {
    ...value,
    ...Object.fromEntries(entriesOf(over).map(([key, item]) => [key, merged(value[key] ?? null, item)])),
  };
}

describe('a text that says something else', () => {
  test.each<[string, string, Json, string | undefined]>([
    ['a value, and the comment behind it stays', 'a: 1 # one\nb: 2\n', { a: 2 }, 'a: 2 # one\nb: 2\n'],
    [
      'members at the end of two nested objects, each in its own',
      '# top\na:\n  b:\n    c: 1 # c\n',
      { a: { b: { d: 2 }, e: 3 }, f: 4 },
      '# top\na:\n  b:\n    c: 1 # c\n    d: 2\n  e: 3\nf: 4\n',
    ],
    ['keys that are numbers keep their form', '200:\n  d: x\n', { '200': { d: 'z' } }, '200:\n  d: z\n'],
    ['a list that grows', 'a:\n- 1 # one\nb: 1\n', { a: [1, 2] }, 'a:\n- 1 # one\n- 2\nb: 1\n'],
    ['a list between brackets', 'a: [x]\n', { a: ['x', 'y'] }, 'a: [x, "y"]\n'],
    [
      'JSON keeps its alignment',
      '{\n  "a":   1,\n  "b": {\n    "c": [1,   2]\n  }\n}\n',
      { a: { x: true }, b: { d: 1 } },
      '{\n  "a": {\n    "x": true\n  },\n  "b": {\n    "c": [1,   2],\n    "d": 1\n  }\n}\n',
    ],
    ['a text in lines before a comment', 'a: x # keep\n', { a: 'one\ntwo' }, 'a: "one\\ntwo" # keep\n'],
    ['lines that end as on Windows', 'a:\r\n  b: 1\r\n', { a: { c: 2 } }, 'a:\r\n  b: 1\r\n  c: 2\r\n'],
    ['what is not written at all', 'a:\nb: 1\n', { a: 5 }, 'a: 5\nb: 1\n'],
    [
      'a change behind an alias would change two places',
      'a: &x\n  c: 1\nb: *x\n',
      { a: { c: 2 } },
      undefined,
    ],
    ['nothing', 'a:   {b:  1}\n', {}, 'a:   {b:  1}\n'],
  ])('%s', (_about, text, over, expected) => {
    expect(rewritten(text, value => merged(value, over))).toBe(expected);
  });

  test('members that go take their lines along', () => {
    expect(rewritten('a: 1\nb: # why\n  c: 2\n  d: 3\ne: 4\n', () => ({ a: 1, b: { d: 3 } }))).toBe(
      'a: 1\nb: # why\n  d: 3\n',
    );
    expect(rewritten('{"a": 1, "b": 2, "c": 3}', () => ({ b: 2 }))).toBe('{"b": 2}');
  });

  test('any object becomes any other that has its members, as block and as JSON', () => {
    const key = fc.constantFrom('a', 'b', 'c', '200', 'x y', 'yes');
    const { tree } = fc.letrec<{ tree: Json; map: Json }>(tie => ({
      map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 6 }),
          fc.integer(),
          fc.constant(null),
          fc.boolean(),
          fc.constant('a\nb\n'),
        ),
        tie('map'),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    const objects = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(objects, objects, fc.boolean(), (value, over, json) => {
        const text = json ? JSON.stringify(value, null, 2) : stringify(value);
        const wanted = merged(value as Json, over as Json);
        const { document } = parseDocument(text, { name: 'a.yaml', uri: 'memory:///a.yaml' });
        fc.pre(document !== undefined && jsonEqual(document.value, value as Json) && !isArray(wanted));
        const text2 = document && rewriteText(document, wanted)?.text;
        expect(text2).toBeDefined();
        const again = parseDocument(text2 ?? '', { name: 'a.yaml', uri: 'memory:///a.yaml' });
        expect(jsonEqual(again.document?.value ?? null, wanted)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
