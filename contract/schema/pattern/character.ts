/** Which member of a set of characters to write: letters of a word, digits in order, else what the set has. */
import type { Random } from '../random.ts';
import { type CharSet, hasCodePoint } from './char-set.ts';

/** What has been written so far, as far as it matters to the next character. */
export interface Hand {
  readonly seed: number;
  readonly chance: Random;
  /** One entry a code point. */
  readonly text: readonly string[];
  /** Kinds of characters take turns, because a rule for passwords wants some of each. */
  readonly mixed: boolean;
  /** Characters that a look-ahead hopes for, by position. */
  readonly wanted: ReadonlyMap<number, string>;
  letters: number;
  digits: number;
}

const WORD = 'sample';
const KINDS: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  '!@#$%^&*-_+=.?',
  ' ',
];

/** A readable member of the set; undefined when it has none that travels. */
export function character(set: CharSet, hand: Hand): string | undefined {
  const position = hand.text.length;
  const wanted = hand.wanted.get(position);
  if (wanted !== undefined && has(set, wanted)) return wanted;
  const { seed, chance } = hand;
  if (hand.mixed || seed % 3 === 2) {
    const start = hand.mixed ? position + seed : chance.integer(0, KINDS.length - 1);
    for (let index = 0; index < KINDS.length; index += 1) {
      const kind = KINDS[(start + index) % KINDS.length] ?? '';
      const found = fromKind(set, kind, seed === 0 ? position >> 2 : chance.integer(0, kind.length - 1));
      if (found !== undefined) return found;
    }
  }
  if (seed === 0) {
    const letter = WORD.charAt(hand.letters % WORD.length);
    const char = [letter, letter.toUpperCase()].find(one => has(set, one));
    if (char !== undefined) {
      hand.letters += 1;
      return char;
    }
    const digit = '1234567890'.charAt(hand.digits % 10);
    if (has(set, digit)) {
      hand.digits += 1;
      return digit;
    }
  }
  for (const kind of KINDS) {
    const found = fromKind(set, kind, seed === 0 ? 0 : chance.integer(0, kind.length - 1));
    if (found !== undefined) return found;
  }
  return anyOf(set, seed === 0 ? 0 : chance.next());
}

function fromKind(set: CharSet, kind: string, start: number): string | undefined {
  for (let index = 0; index < kind.length; index += 1) {
    const char = kind.charAt((start + index) % kind.length);
    if (has(set, char)) return char;
  }
  return undefined;
}

/** No lone surrogates: they do not survive the way over the wire. Controls come last. */
function anyOf(set: CharSet, share: number): string | undefined {
  const open = set
    .map(({ from, to }) => ({ from: from < 32 && to >= 32 ? 32 : from, to }))
    .flatMap(({ from, to }) =>
      from > 0xdfff || to < 0xd800
        ? [{ from, to }]
        : [
            { from, to: 0xd7ff },
            { from: 0xe000, to },
          ].filter(part => part.from <= part.to && part.from >= from && part.to <= to),
    )
    .sort((a, b) => Number(a.to < 32) - Number(b.to < 32));
  const range = open[Math.floor(share * open.length)] ?? open[0];
  if (range === undefined) return undefined;
  return String.fromCodePoint(range.from + Math.floor(share * Math.min(range.to - range.from, 64)));
}

function has(set: CharSet, char: string): boolean {
  return hasCodePoint(set, char.codePointAt(0) ?? -1);
}
