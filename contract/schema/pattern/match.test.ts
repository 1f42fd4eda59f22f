import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from './match.ts';
import { isUnicodePattern, parsePattern } from './parse.ts';

function matches(pattern: string, text: string): boolean | string {
  const compiled = compilePattern(pattern);
  return compiled.kind === 'fault' ? compiled.message : compiled.test(text);
}

describe('a pattern matches as the engine says', () => {
  test.each([
    ['', '', true],
    ['a', 'bab', true],
    ['^a', 'ba', false],
    ['a$', 'ab', false],
    ['^$', '', true],
    ['^$', 'a', false],
    ['^a|b$', 'ab', true],
    ['^(ab){2,3}$', 'ababab', true],
    ['^(ab){2,3}$', 'abababab', false],
    ['^.$', '\u{1F600}', true],
    ['^..$', '\u{1F600}', false],
    ['^[^a]$', '\u{1F600}', true],
    ['^\\p{L}+$', 'Größe', true],
    ['^\\w+$', 'Größe', false],
    ['^\\d$', '\u0663', false],
    ['^\\s$', '\ufeff', true],
    ['\\bcat\\b', 'a cat!', true],
    ['\\bcat\\b', 'concat', false],
    ['\\B', '', true],
    ['^(?=.*\\d)(?=.*[a-z]).{4,}$', 'ab1c', true],
    ['^(?=.*\\d)(?=.*[a-z]).{4,}$', 'abcd', false],
    ['^(?!admin$)[a-z]+$', 'admin', false],
    ['^(?!admin$)[a-z]+$', 'admins', true],
    ['(?<=\\$)\\d+', 'cost $5', true],
    ['(?<!\\$)\\b\\d+', 'cost $5', false],
    ['^(?=(?=a)ab(?!c))', 'abd', true],
    ['^(?=(?=a)ab(?!c))', 'abc', false],
    ['^a.c$', 'a\nc', false],
    ['(?s)^a.c$', 'a\nc', true],
    ['(?m)^b$', 'a\nb', true],
    ['^b$', 'a\nb', false],
    ['(?i)^straße$', 'STRAßE', true],
    ['^[[:alpha:]]+\\z', 'abc', true],
    ['^[a-z]{2,3}$', 'ab', true],
    ['^[a-z]{2,3}$', 'a', false],
    ['^[a-z]{2,3}$', 'abcd', false],
    ['^[a-zé]{2}$', 'aé', true],
    ['^[a-zé]{2}$', 'aè', false],
    ['^.{1}$', '\u{1F600}', true],
    ['^.{0,65535}$', 'a\nb', false],
    ['^[\\s\\S]{1,262144}$', 'a\nb', true],
    ['(?m)^a{2}$', 'aa\nb', true],
    ['[^]', '', false],
    ['[]', 'a', false],
    ['a{0}', 'b', true],
    ['^(a*)*$', 'aaa', true],
    ['^(a*)+$', 'aab', false],
    ['^(|a)+$', '', true],
    ['^(?:(?=a)|b)*ab$', 'bbab', true],
    ['^\\uD83D\\uDE00$', '\u{1F600}', true],
    ['\\uD83D', '\u{1F600}', false],
    ['\\uD83D', '\uD83D', true],
  ])('%s on %j: %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));
});

/** Small patterns of the standard syntax, dense in what is easy to get wrong. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      '\u{1F600}',
      '.',
      '[ab]',
      '[^a]',
      '\\w',
      '\\W',
      '^',
      '$',
      '\\b',
      '\\B',
      '[^\\d-]',
      '',
    ),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,}', '{0,2}', '{2,3}?'))
      .map(([a, q]) => `(?:${a})${q}`),
    fc.tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('node')).map(([l, a]) => `(${l}${a})`),
  ),
})).node;

const text = fc
  .array(fc.constantFrom('a', 'b', ' ', '\u{1F600}', '\n', '\uD83D', '\uDE00', '-', '1'), { maxLength: 7 })
  .map(parts => parts.join(''));

describe('properties', () => {
  test('small patterns agree with RegExp on small texts', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 6 }), (source, texts) => {
        const engine = new RegExp(source, 'u');
        // V8 lets zero-width assertions match between the halves of a pair: /(?=\B)(?<!.)/u finds index 2 of "a😀".
        const pairs = !/\(\?[=!<]|\\b/i.test(source);
        for (const any of texts) {
          const one = pairs ? any : any.replace(/[\ud800-\udfff]/g, 'é');
          expect([one, matches(source, one)]).toEqual([one, engine.test(one)]);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('what RegExp reads under u is read here; what it reads in neither way is a fault or a known habit', () => {
    const piece = fc.constantFrom(
      ...'ab^$.*+?()[]{}|\\-,0123dwsbBpPkuxc:=!<>'.split(''),
      '\\d',
      '[a-',
      '(?:',
      '(?<n>',
      '\\p{L}',
      '{2}',
      '{2,}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 9 }).map(parts => parts.join('')),
        source => {
          const read = parsePattern(source).kind === 'pattern';
          if (isUnicodePattern(source)) expect([source, read]).toEqual([source, true]);
          if (!read) return;
          expect(isUnicodePattern(source) || isOldPattern(source) || isHabit(source)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

function isOldPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** What only other dialects write: inline flags, Python's named groups. */
function isHabit(source: string): boolean {
  return /^\(\?|\(\?P|\\p/i.test(source);
}

describe('patterns that would keep a backtracking engine busy for ever', () => {
  const long = 'a'.repeat(50_000);
  // Without a period, so that no set of states comes back.
  let seed = 1;
  const mixed = Array.from(long, () => ((seed = (seed * 48_271) % 2_147_483_647) % 2 === 0 ? 'a' : 'b')).join(
    '',
  );
  test.each([
    ['^(a+)+$', `${long}!`, false],
    ['^(a|a)*$', `${long}!`, false],
    ['^(a|aa)+$', `${long}!`, false],
    ['(.*a){20}', 'b'.repeat(50_000), false],
    ['(.*a){20}', long, true],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', long, false],
    ['a*b', long, false],
    ['(a?){50}a{50}$', `${long}!`, false],
    ['(?=(a+)+$)', `${long}!`, false],
    ['^(?=(a|a)*!)(a+)+!$', `${long}!`, true],
    ['(?<=^(a+)+)!', `${long}!`, true],
    ['(x+x+)+y', 'x'.repeat(50_000), false],
    ['(a|b)*a(a|b){14}!', 'ab'.repeat(25_000), false],
    ['(a|b)*a(a|b){1000}!', mixed, false],
    ['(a|b)*a(a|b){1000}!', `${mixed}a${mixed.slice(0, 1000)}!`, true],
    ['^(.{0,400}a.{0,400}b){5}!', mixed, false],
  ])('%s', (source, one, expected) => expect(matches(source, one)).toBe(expected), 10_000);
});

describe('what is not checked says why', () => {
  test.each([
    ['(a)\\1', 'it refers back to a group, and that cannot be matched in bounded time'],
    ['(a{1000}){1000}', 'its repeat counts, written out, make more than 10,000 steps'],
    ['((((a{99}){99}){99}){99}){99}', 'its repeat counts, written out, make more than 10,000 steps'],
    ['a{99999999999999999999}', 'its repeat counts, written out, make more than 10,000 steps'],
    ['(a', '"(" is never closed'],
  ])('%s', (source, why) => expect(matches(source, 'aa')).toBe(why));

  test('nested pluses do not double', () => {
    expect(matches(`${'('.repeat(100)}a${')+'.repeat(100)}$`, 'aaa')).toBe(true);
  });

  test('an empty body repeated without end is harmless', () => {
    expect(matches('^(?:){99999999999}a$', 'a')).toBe(true);
    expect(matches('^(?:)*a$', 'a')).toBe(true);
  });

  test('as many different characters as a text can hold', () => {
    const all = Array.from({ length: 5000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    expect(matches(all, all)).toBe('it tells more than 2,000 sets of characters apart');
  });
});
