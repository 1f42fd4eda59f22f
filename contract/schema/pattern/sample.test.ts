import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from './match.ts';
import { mismatches } from './mismatch.ts';
import { parsePattern } from './parse.ts';
import { type PatternSampleOptions, samplePattern } from './sample.ts';

function made(source: string, options: PatternSampleOptions = {}): string | undefined {
  const pattern = parsePattern(source);
  if (pattern.kind === 'fault') throw new Error(pattern.message);
  return samplePattern(pattern.node, options);
}

describe('samplePattern', () => {
  test.each([
    ['^\\d{3}-\\d{2}-\\d{4}$', '123-45-6789'],
    ['^[A-Z]{3}$', 'SAM'],
    ['^[a-z]+$', 'sample'],
    ['^\\d{5}(-\\d{4})?$', '12345'],
    ['^(active|closed)$', 'active'],
    ['^https?://', 'http://'],
    ['^(a+)-\\1$', 'aaaaaa-aaaaaa'],
    ['', ''],
  ])('%s gives the plain text %j', (source, text) => {
    expect(made(source)).toBe(text);
  });

  test.each([
    ['^(?=.*[A-Z])(?=.*\\d)(?=.*[!@#])[A-Za-z\\d!@#]{8,}$'],
    ['^(?=abc)[a-z]{5}$'],
    ['\\bword\\b'],
    ['^[^\\s/]+/[^\\s/]+$'],
    ['^\\p{Lu}\\p{Ll}*$'],
    ['^arn:aws:[a-z0-9-]+:[a-z]{2}-[a-z]+-\\d:\\d{12}:.+$'],
    ['^([0-9a-f]{2}:){5}[0-9a-f]{2}$'],
    ['^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$'],
  ])('%s is matched by every seed', source => {
    for (let seed = 0; seed < 30; seed += 1) expect(made(source, { seed })).toMatch(new RegExp(source, 'u'));
  });

  test('lengths are met, by padding where the pattern is open', () => {
    expect(made('^a', { minLength: 4 })).toMatch(/^a.{3}$/);
    expect(made('z$', { minLength: 4 })).toMatch(/^.{3}z$/);
    expect(made('^[a-z]+@[a-z]+$', { minLength: 30, maxLength: 30 })).toHaveLength(30);
    expect(made('^[a-z]+@[a-z]+$', { maxLength: 4 })).toHaveLength(4);
    expect(made('^abc$', { minLength: 4 })).toBeUndefined();
    expect(made('^abc$', { maxLength: 2 })).toBeUndefined();
    expect(made('^(a|bbbb)$', { minLength: 3 })).toBe('bbbb');
  });

  test('lengths count code points', () => {
    expect([...(made('^[\\u{1F600}-\\u{1F64F}]+$', { minLength: 3, maxLength: 3 }) ?? '')]).toHaveLength(3);
  });

  test('a text of a million million characters is refused, not made', () => {
    expect(made('^(a{1000000}){1000000}$')).toBeUndefined();
  });

  /** Patterns without look-arounds or references, which are met by construction. */
  const plain = fc.letrec<{ node: string; atom: string }>(tie => ({
    atom: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom('a', 'b', '0', '-', '\\d', '\\w', '[a-f]', '[^a-z]', '.', '\\s', 'é', '[A-Z0-9_]'),
      tie('node').map(inner => `(?:${inner})`),
      tie('node').map(inner => `(${inner})`),
    ),
    node: fc
      .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '{0,4}', '{2,}')), {
        minLength: 1,
        maxLength: 4,
      })
      .chain(parts =>
        fc
          .boolean()
          .map(choice =>
            parts.map(([atom, count]) => atom + count).join(choice && parts.length > 1 ? '|' : ''),
          ),
      ),
  })).node;

  test('every text matches its pattern, whatever the seed', () => {
    fc.assert(
      fc.property(plain, fc.nat(50), (inner, seed) => {
        const source = `^(?:${inner})$`;
        const compiled = compilePattern(source);
        if (compiled.kind === 'fault') throw new Error(compiled.message);
        expect(compiled.test(made(source, { seed }) ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('every text is as long as was asked', () => {
    fc.assert(
      fc.property(plain, fc.nat(12), fc.nat(12), fc.nat(5), (inner, least, more, seed) => {
        const text = made(`^(?:${inner})$`, { minLength: least, maxLength: least + more, seed });
        if (text === undefined) return;
        expect([...text].length).toBeGreaterThanOrEqual(least);
        expect([...text].length).toBeLessThanOrEqual(least + more);
      }),
      { numRuns: 500 },
    );
  });
});

describe('mismatches', () => {
  test.each([['^\\d{3}$'], ['^[a-z]+$'], ['^(red|green)$'], ['^.+$'], ['@'], ['^$'], ['^[!-~ ]*$']])(
    'some candidate does not match %s',
    source => {
      const pattern = new RegExp(source, 'u');
      expect([...mismatches(made(source) ?? '')].some(text => !pattern.test(text))).toBe(true);
    },
  );

  test('keep to the lengths asked for', () => {
    for (const text of mismatches('123', { minLength: 3, maxLength: 3 })) expect([...text]).toHaveLength(3);
  });
});
