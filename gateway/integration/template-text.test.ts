import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VELOCITY } from '../vtl/dialect.ts';
import { compileTemplate } from '../vtl/template.ts';
import { literal, quoted, settingsFor } from './template-text.ts';

/** Texts full of what Velocity looks for. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '$',
        '#',
        '\\',
        '{',
        '}',
        '!',
        'if',
        '(',
        ')',
        'end',
        'set',
        'd',
        '[[',
        ']]',
        '*',
        '\n',
        '\r\n',
        ' ',
        "'",
        '"',
        '\u2028',
        '😀',
        'foo',
        '.',
        '$foo',
        '#if($x)',
        '##',
        '#*',
      ),
      { maxLength: 14 },
    )
    .map(parts => parts.join('')),
);

describe.each([
  ['API Gateway', undefined],
  ['Apache Velocity 1.7', VELOCITY],
])('a text in a template of %s', (_name, dialect) => {
  const render = (body: string): string =>
    compileTemplate(settingsFor(body) + body, dialect === undefined ? {} : { dialect }).render();

  test('comes out as it is', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(render(literal(text))).toBe(text);
      }),
      { numRuns: 3_000, seed: 1 },
    );
  });

  test('comes out as it is between directives too', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const body = `#if(1 == 1)${literal(one)}#{else}${literal(other)}#{end}#if(1 == 2)${literal(one)}#{else}${literal(other)}#{end}`;
        expect(render(body)).toBe(one + other);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test('compares as it is, as a string', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(render(`#set($x = ${quoted(text)})#if($x == ${quoted(text)})same#end`)).toBe('same');
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });
});

test('nothing is set that is not needed', () => {
  expect(settingsFor(literal('{"a": 1}'))).toBe('');
  expect(literal('costs $5')).toBe('costs ${d}5');
});
