import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../contract/json/value.ts';
import { yamlText } from './yaml-text.ts';

const texts = fc.oneof(
  fc.constantFrom('on', 'No', 'null', '~', '200', '1e3', '1_0', '0x1F', '12:30', '2024-01-01', '=', '<<', ''),
  fc.constantFrom(
    'a: b',
    '- a',
    '# a',
    'a #b',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a`',
    '{a}',
    "'",
    '"',
    '\\',
    '|',
  ),
  fc.constantFrom('\n', 'a\r\nb', '\t', ' a ', '\u2028', '\u2029', '\u0085', '\uFEFF', '\u{1F600}', '\u0000'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const values: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 1e-7),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(texts, tie('json')), { maxLength: 4 })
      .map(entries => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
  ),
})).json;

describe.each(['1.1', '1.2'] as const)('for a reader of YAML %s', version => {
  test('the text is the value', () => {
    fc.assert(
      fc.property(values, value => {
        expect(parse(yamlText(value), { version, merge: version === '1.1' })).toEqual(value);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

test('is laid out for people', () => {
  const value = { a: [{ b: 1, 'c d': 'x' }, [true], []], on: {}, e: { f: 'two words' } };
  expect(yamlText(value)).toBe(
    'a:\n  - b: 1\n    "c d": x\n  - - true\n  - []\n"on": {}\ne:\n  f: "two words"\n',
  );
});
