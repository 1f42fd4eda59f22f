/**
 * Sets of code points, the leaves of a parsed pattern. Knows nothing of the syntax they were written in.
 */

/** Both ends belong to it. */
export interface CharRange {
  readonly from: number;
  readonly to: number;
}

/** Sorted, disjoint, never touching; no ranges at all matches nothing. */
export type CharSet = readonly CharRange[];

export const LAST_CODE_POINT = 0x10ffff;

/** The ranges in order, with neighbours joined. */
export function charSet(ranges: readonly CharRange[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else joined.push({ from: range.from, to: range.to });
  }
  return joined;
}

export function complement(set: CharSet): CharSet {
  const outside: CharRange[] = [];
  let next = 0;
  for (const { from, to } of set) {
    if (from > next) outside.push({ from: next, to: from - 1 });
    next = to + 1;
  }
  if (next <= LAST_CODE_POINT) outside.push({ from: next, to: LAST_CODE_POINT });
  return outside;
}

export function hasCodePoint(set: CharSet, code: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = set[middle];
    if (range === undefined) return false;
    if (code < range.from) high = middle - 1;
    else if (code > range.to) low = middle + 1;
    else return true;
  }
  return false;
}

/** True when no code point belongs to both. */
export function disjoint(a: CharSet, b: CharSet): boolean {
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return true;
    if (left.to < right.from) i++;
    else if (right.to < left.from) j++;
    else return false;
  }
}

function range(from: number | string, to: number | string = from): CharRange {
  const code = (end: number | string): number => (typeof end === 'number' ? end : (end.codePointAt(0) ?? 0));
  return { from: code(from), to: code(to) };
}

/** What `\d`, `\w` and `\s` mean in ECMA-262, and `.` without and with the `s` flag. */
export const DIGITS: CharSet = charSet([range('0', '9')]);
export const WORD: CharSet = charSet([range('a', 'z'), range('A', 'Z'), range('0', '9'), range('_')]);
export const SPACE: CharSet = charSet([
  range(9, 13),
  range(0x20),
  range(0xa0),
  range(0x1680),
  range(0x2000, 0x200a),
  range(0x2028, 0x2029),
  range(0x202f),
  range(0x205f),
  range(0x3000),
  range(0xfeff),
]);
export const LINE_ENDS: CharSet = charSet([range(10), range(13), range(0x2028, 0x2029)]);
export const ANY: CharSet = charSet([range(0, LAST_CODE_POINT)]);

/** The POSIX classes, in ASCII as POSIX's own locale has them. */
export const POSIX: ReadonlyMap<string, CharSet> = new Map([
  ['alpha', charSet([range('a', 'z'), range('A', 'Z')])],
  ['digit', DIGITS],
  ['alnum', charSet([range('a', 'z'), range('A', 'Z'), range('0', '9')])],
  ['upper', charSet([range('A', 'Z')])],
  ['lower', charSet([range('a', 'z')])],
  ['space', charSet([range(9, 13), range(' ')])],
  ['blank', charSet([range(9), range(' ')])],
  ['punct', charSet([range('!', '/'), range(':', '@'), range('[', '`'), range('{', '~')])],
  ['xdigit', charSet([range('0', '9'), range('a', 'f'), range('A', 'F')])],
  ['word', WORD],
  ['cntrl', charSet([range(0, 31), range(127)])],
  ['print', charSet([range(' ', '~')])],
  ['graph', charSet([range('!', '~')])],
]);

const properties = new Map<string, CharSet | undefined>();

/**
 * The code points of a Unicode property (`L`, `Script=Greek`), asked of the engine we run in; undefined when it
 * knows no such property.
 */
export function unicodeProperty(name: string): CharSet | undefined {
  if (properties.has(name)) return properties.get(name);
  let set: CharSet | undefined;
  if (/^[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?$/.test(name)) {
    try {
      set = scan(new RegExp(`\\p{${name}}+`, 'gu'));
    } catch {
      set = undefined;
    }
  }
  properties.set(name, set);
  return set;
}

function scan(runs: RegExp): CharSet {
  const ranges: CharRange[] = [];
  const size = 0x1000;
  for (let base = 0; base <= LAST_CODE_POINT; base += size) {
    // Planes 4 to 13 are empty: what holds for one code point there holds for all but the last two of each plane.
    if (base >= 0x40000 && base < 0xe0000 && (base & 0xffff) !== 0xf000) {
      runs.lastIndex = 0;
      if (runs.test(String.fromCodePoint(base))) ranges.push({ from: base, to: base + size - 1 });
      continue;
    }
    // Lone surrogates would join to pairs in a string; each is asked alone.
    if (base >= 0xd000 && base < 0xe000) {
      for (let code = base; code < base + size; code++) {
        runs.lastIndex = 0;
        if (runs.test(String.fromCodePoint(code))) ranges.push({ from: code, to: code });
      }
      continue;
    }
    const text = String.fromCodePoint(...Array.from({ length: size }, (_, index) => base + index));
    const width = base < 0x10000 ? 1 : 2;
    runs.lastIndex = 0;
    for (const run of text.matchAll(runs)) {
      const from = base + run.index / width;
      ranges.push({ from, to: from + run[0].length / width - 1 });
    }
  }
  return charSet(ranges);
}

/** The set together with every other case of its letters, as the flags `iu` compare. */
export function closeOverCase(set: CharSet): CharSet {
  const extra: CharRange[] = [];
  for (const family of caseFamilies()) {
    if (family.some(code => hasCodePoint(set, code))) {
      for (const code of family) extra.push({ from: code, to: code });
    }
  }
  return extra.length === 0 ? set : charSet([...set, ...extra]);
}

let families: readonly (readonly number[])[] | undefined;

/** Code points that differ in case only, in groups. Nothing beyond plane 1 has a case. */
function caseFamilies(): readonly (readonly number[])[] {
  if (families !== undefined) return families;
  const byFold = new Map<number, number[]>();
  for (let code = 0; code < 0x20000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const folded = fold(code);
    const family = byFold.get(folded);
    if (family === undefined) byFold.set(folded, [code]);
    else family.push(code);
  }
  families = [...byFold.values()].filter(family => family.length > 1);
  return families;
}

/** Simple case folding, close enough: lower of upper, save where Unicode's fold is the letter itself. */
function fold(code: number): number {
  const DOTLESS_I = 0x131;
  if (code === DOTLESS_I) return code;
  const upper = singleCodePoint(String.fromCodePoint(code).toUpperCase()) ?? code;
  return singleCodePoint(String.fromCodePoint(upper).toLowerCase()) ?? code;
}

function singleCodePoint(text: string): number | undefined {
  const code = text.codePointAt(0);
  return code !== undefined && text.length === (code > 0xffff ? 2 : 1) ? code : undefined;
}
