import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { insertMembers, type Member } from './insert-members.ts';

const EXAMPLES = { pointer: '/a', key: 'examples', value: { one: { value: [1, 'yes'] } } };

describe('into a text', () => {
  test.each<[string, string, readonly Member[], string | undefined]>([
    [
      'a block, whose comments and alignment stay',
      '# top\na:   # here\n    b: 1   # beside\n    # below\nc: {d:   2}\n',
      [EXAMPLES],
      '# top\na:   # here\n    b: 1   # beside\n    examples:\n      one:\n        value:\n          - 1\n          - "yes"\n    # below\nc: {d:   2}\n',
    ],
    [
      'the end of a text without a last line break',
      'a:\n  b: |\n    text\n    more',
      [EXAMPLES],
      'a:\n  b: |\n    text\n    more\n  examples:\n    one:\n      value:\n        - 1\n        - "yes"\n',
    ],
    [
      'braces on one line',
      'a: { b: 1 }\n',
      [EXAMPLES],
      'a: { b: 1, "examples": {"one":{"value":[1,"yes"]}} }\n',
    ],
    ['empty braces', 'a: {}\n', [{ ...EXAMPLES, value: 7 }], 'a: { "examples": 7 }\n'],
    [
      'JSON, with its own indentation',
      '{\n    "a": {\n        "b": 1\n    }\n}\n',
      [EXAMPLES],
      '{\n    "a": {\n        "b": 1,\n        "examples": {\n            "one": {\n                "value": [\n                    1,\n                    "yes"\n                ]\n            }\n        }\n    }\n}\n',
    ],
    [
      'several at once, below numbers and in lists',
      'a:\n  200: { b: 1 }\n  l:\n    - x: 1\n',
      [
        { pointer: '/a/200', key: 'c', value: 2 },
        { pointer: '/a/l/0', key: 'more', value: 2 },
      ],
      'a:\n  200: { b: 1, "c": 2 }\n  l:\n    - x: 1\n      more: 2\n',
    ],
    ['a place that is not there', 'a: { b: 1 }\n', [{ ...EXAMPLES, pointer: '/z' }], undefined],
    ['a place that is no object', 'a: 1\n', [EXAMPLES], undefined],
    ['a member that is there', 'a: { examples: 1 }\n', [EXAMPLES], undefined],
    ['a broken text', 'a: {\n', [EXAMPLES], undefined],
  ])('%s', (_what, text, members, expected) => {
    expect(insertMembers(text, members)).toBe(expected);
  });

  test('whatever is inserted is read back as it was, and nothing else has changed', () => {
    const json = fc
      .jsonValue({ maxDepth: 3, noUnicodeString: false } as never)
      .filter(value => !JSON.stringify(value).includes('__proto__'));
    const texts = [
      'a:\n  b: 1 # c\nz: 1\n',
      'a: {b: 1}\nz: 1\n',
      '{\n  "a": {\n    "b": 1\n  },\n  "z": 1\n}\n',
      '{"a":{"b":1},"z":1}',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), json, (text, value) => {
        const inserted = insertMembers(text, [{ pointer: '/a', key: 'new', value: value as never }]) ?? '';
        // -0 is no number of JSON.
        const expected = JSON.parse(JSON.stringify({ a: { b: 1, new: value }, z: 1 }));
        expect(parse(inserted)).toEqual(expected);
        for (const line of text.split('\n').filter(one => one.includes('#')))
          expect(inserted).toContain(line);
      }),
      { numRuns: 300 },
    );
  });
});
