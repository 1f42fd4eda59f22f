/**
 * The parts of a pattern that stand for one code point: escapes and classes.
 *
 * @see https://tc39.es/ecma262/#prod-CharacterEscape
 */
import {
  type CharRange,
  type CharSet,
  charSet,
  complement,
  DIGITS,
  POSIX,
  SPACE,
  unicodeProperty,
  WORD,
} from './char-set.ts';
import { type Cursor, cased, codePoint, Fault } from './cursor.ts';

/** `\d`, `\W`, `\p{L}` and kin; undefined, and nothing consumed, when something else stands here. */
export function classEscape(cursor: Cursor): CharSet | undefined {
  const { source, at } = cursor;
  const char = source[at + 1];
  const simple = { d: DIGITS, w: WORD, s: SPACE }[char?.toLowerCase() ?? ''];
  if (simple !== undefined && char !== undefined) {
    cursor.at += 2;
    const set = cased(cursor, simple);
    return char === char.toLowerCase() ? set : complement(set);
  }
  if (char !== 'p' && char !== 'P') return undefined;
  // `\pL` is what Go, Java and PCRE write for `\p{L}`; engines without `u` would read the letters "pL".
  const property = /^\\[pP](?:\{(\^?)([^}]*)\}|([LMNPSZC]))/.exec(source.slice(at, at + 100));
  const name = property?.[2] ?? property?.[3] ?? '';
  const set = unicodeProperty(name) ?? unicodeProperty(name.replace(/^Is/, ''));
  if (property === null || set === undefined) {
    throw new Fault(`"${property?.[0] ?? `\\${char}`}" names no Unicode property`, at);
  }
  cursor.at += property[0].length;
  return (char === 'P') !== (property[1] === '^') ? complement(set) : set;
}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);

/** An escape that stands for one code point. */
export function characterEscape(cursor: Cursor): number {
  const { source, at } = cursor;
  const char = source[at + 1];
  if (char === undefined) throw new Fault('the pattern ends with a lone "\\"', at);
  const control = CONTROLS.get(char);
  if (control !== undefined) {
    cursor.at += 2;
    return control;
  }
  const rest = source.slice(at, at + 14);
  const pair = /^\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(rest);
  if (pair !== null) {
    cursor.at += 12;
    return (
      (Number.parseInt(pair[1] ?? '', 16) - 0xd800) * 0x400 +
      Number.parseInt(pair[2] ?? '', 16) -
      0xdc00 +
      0x10000
    );
  }
  // `\x{41}` and `\U00000041` are other dialects' ways to write what `\u{41}` is here.
  const hex = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[ux]\{([0-9a-fA-F]{1,8})\}|U([0-9a-fA-F]{8}))/.exec(
    rest,
  );
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? hex[4] ?? '', 16);
    if (code > 0x10ffff) throw new Fault(`"${hex[0]}" is beyond the last code point`, at);
    cursor.at += hex[0].length;
    return code;
  }
  const letter = /^\\c([A-Za-z])/.exec(rest);
  if (letter !== null) {
    cursor.at += 3;
    return (letter[1] ?? '').charCodeAt(0) % 32;
  }
  const octal = /^\\(0[0-7]{0,2})/.exec(rest);
  if (octal !== null) {
    cursor.at += octal[0].length;
    return Number.parseInt(octal[1] ?? '', 8);
  }
  if (/[A-Za-z0-9]/.test(char)) {
    throw new Fault(`"\\${char}" means nothing in ECMA-262`, at);
  }
  // Annex B's identity escape: `\-`, `\_`, `\"`, `\ ` are themselves.
  cursor.at++;
  return codePoint(cursor);
}

/** `[…]`. */
export function characterClass(cursor: Cursor): CharSet {
  const { source } = cursor;
  const begin = cursor.at;
  cursor.at++;
  const negated = source[cursor.at] === '^';
  if (negated) cursor.at++;
  const ranges: CharRange[] = [];
  for (;;) {
    const char = source[cursor.at];
    if (char === undefined) throw new Fault('"[" is never closed', begin);
    if (char === ']') break;
    const position = cursor.at;
    const from = classMember(cursor);
    if (source[cursor.at] !== '-' || source[cursor.at + 1] === ']' || source[cursor.at + 1] === undefined) {
      ranges.push(...from);
      continue;
    }
    cursor.at++;
    const to = classMember(cursor);
    const low = single(from);
    const high = single(to);
    if (low === undefined || high === undefined) {
      // Annex B: beside a class escape the dash is itself.
      ranges.push(...from, { from: 0x2d, to: 0x2d }, ...to);
    } else if (low > high) {
      throw new Fault(`the range "${source.slice(position, cursor.at)}" is out of order`, position);
    } else {
      ranges.push({ from: low, to: high });
    }
  }
  cursor.at++;
  const set = cased(cursor, charSet(ranges));
  return negated ? complement(set) : set;
}

function single(set: CharSet): number | undefined {
  const only = set.length === 1 ? set[0] : undefined;
  return only !== undefined && only.from === only.to ? only.from : undefined;
}

function classMember(cursor: Cursor): CharSet {
  const { source, at } = cursor;
  if (source[at] === '\\') {
    const set = classEscape(cursor);
    if (set !== undefined) return set;
    if (source[at + 1] === 'b') {
      cursor.at += 2;
      return [{ from: 8, to: 8 }];
    }
    const code = characterEscape(cursor);
    return [{ from: code, to: code }];
  }
  // Under `u`, `[[:alpha:]]` is an error; so where it stands, POSIX is meant.
  const posix = cursor.strict ? null : /^\[:(\^?)([a-z]+):\]/.exec(source.slice(at, at + 16));
  const known = POSIX.get(posix?.[2] ?? '');
  if (posix !== null && known !== undefined) {
    cursor.at += posix[0].length;
    return posix[1] === '^' ? complement(known) : known;
  }
  const code = codePoint(cursor);
  return [{ from: code, to: code }];
}
