import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSecretIndex } from './secret-index.ts';

/** How it is defined: what lies within an occurrence of a secret is hidden, neighbouring parts of one are one. */
function hiddenSlowly(text: string, secrets: readonly string[]): string {
  const covered = new Array<boolean>(text.length).fill(false);
  const begins = new Array<boolean>(text.length).fill(false);
  for (const secret of secrets)
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
      if (covered[at] !== true) begins[at] = true;
      covered.fill(true, at, at + secret.length);
    }
  let hidden = '';
  for (let at = 0; at < text.length; at += 1) {
    if (covered[at] !== true) hidden += text[at];
    else if (begins[at] === true && (covered[at - 1] !== true || !overlaps(text, secrets, at)))
      hidden += '***';
  }
  return hidden;
}

/** Whether an occurrence goes over the border before a character. */
function overlaps(text: string, secrets: readonly string[], border: number): boolean {
  return secrets.some(secret => {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1))
      if (at < border && border < at + secret.length) return true;
    return false;
  });
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '\u{1F600}'), minLength: 3, maxLength: 6 });

describe.each([
  ['a few as they are', 1000],
  ['many as fingerprints', 0],
])('%s', (_how, few) => {
  test('hide every secret wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 12 }), (secrets, words) => {
        const long = secrets.filter(secret => secret.length >= 3);
        const index = newSecretIndex({ shortest: 3, few });
        for (const secret of secrets) index.add(secret);
        const text = words.join('');
        expect(index.hide(text, '***')).toBe(hiddenSlowly(text, long));
      }),
    );
  });

  test('also where a text is longer than is read at once', () => {
    const index = newSecretIndex({ shortest: 6, few });
    for (const secret of ['open-sesame', 'a-much-longer-secret-than-that']) index.add(secret);
    for (const at of [0, 65_530, 65_535, 65_536, 131_066]) {
      const text = `${'x'.repeat(at)}open-sesame${'y'.repeat(70_000)}a-much-longer-secret-than-that`;
      expect(index.hide(text, '*')).toBe(`${'x'.repeat(at)}*${'y'.repeat(70_000)}*`);
    }
  });

  test('those that overlap leave no rest', () => {
    const index = newSecretIndex({ shortest: 6, few });
    for (const secret of ['abcdefgh', 'efghijklmnop', 'abcdef']) index.add(secret);
    expect(index.hide('<abcdefghijklmnop> <abcdefx>', '*')).toBe('<*> <*x>');
  });
});

test('one after the other, none is forgotten', () => {
  const index = newSecretIndex({ shortest: 6, few: 10 });
  const secrets = Array.from(
    { length: 3000 },
    (_, number) => `token-${number * 7919}-${'z'.repeat(number % 40)}`,
  );
  for (const secret of secrets) index.add(secret);
  for (const secret of secrets) expect(index.hide(`<${secret}>`, '*')).not.toContain(secret);
  expect(index.hide('token-of-nobody', '*')).toBe('token-of-nobody');
});

test('when there are more than it holds, everything is hidden', () => {
  const index = newSecretIndex({ shortest: 6, few: 2, most: 5 });
  for (let number = 0; number < 5; number += 1) index.add(`secret-${number}`);
  expect(index.hide('plain text', '*')).toBe('plain text');
  index.add('one-more');
  expect([index.hide('plain text', '*'), index.hide('', '*')]).toEqual(['*', '']);
});

test('what is too short is not taken', () => {
  const index = newSecretIndex({ shortest: 6 });
  index.add('short');
  expect([index.isEmpty(), index.hide('short', '*')]).toEqual([true, 'short']);
});
