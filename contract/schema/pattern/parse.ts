/**
 * ECMA-262 regular expressions, as `pattern` holds them, to a small tree. Flags, class escapes and group names are
 * settled here; a reader of the tree meets code points, sets and structure only.
 *
 * The reading is that of the `u` flag, as JSON Schema asks. What only the older grammar (annex B) takes is read as
 * engines without `u` read it, and a few habits of other dialects are taken where nothing else can be meant.
 *
 * @see https://tc39.es/ecma262/#sec-patterns
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
import {
  ANY,
  type CharRange,
  type CharSet,
  charSet,
  closeOverCase,
  complement,
  DIGITS,
  LINE_ENDS,
  POSIX,
  SPACE,
  unicodeProperty,
  WORD,
} from './char-set.ts';

export type PatternNode =
  | { readonly kind: 'empty' }
  /** One code point out of the set. A literal is a set of one. */
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly PatternNode[] }
  /** `max` may be Infinity. */
  | {
      readonly kind: 'repeat';
      readonly node: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    }
  /** Capturing groups only; the others leave no trace. Counted from 1. */
  | { readonly kind: 'group'; readonly node: PatternNode; readonly index: number }
  | { readonly kind: 'backReference'; readonly index: number }
  /** `^` and `$`; `multiline` is the `m` flag, which no pattern has unless it says `(?m)`. */
  | { readonly kind: 'start' | 'end'; readonly multiline: boolean }
  /** `\b`, negated `\B`. */
  | { readonly kind: 'boundary'; readonly negated: boolean }
  | {
      readonly kind: 'look';
      readonly direction: 'ahead' | 'behind';
      readonly negated: boolean;
      readonly node: PatternNode;
    };

export interface Pattern {
  readonly kind: 'pattern';
  readonly source: string;
  readonly node: PatternNode;
}

/** No engine would take it, or engines disagree on what it means. */
export interface PatternFault {
  readonly kind: 'fault';
  /** What is wrong, a sentence without its full stop. */
  readonly message: string;
  /** Where, in UTF-16 units from 0. */
  readonly position: number;
}

/** Nested deeper than this, no reader of the tree could walk it safely. */
const MAX_DEPTH = 200;
const MAX_LENGTH = 65_536;

/**
 * Parses the source of a pattern, without slashes or flags.
 *
 * @example
 * ```ts
 * import { parsePattern } from './contract/schema/pattern/parse.ts';
 *
 * const pattern = parsePattern('^[a-z]{2,3}$');
 * if (pattern.kind === 'fault') console.log(pattern.message, pattern.position);
 * ```
 */
export function parsePattern(source: string): Pattern | PatternFault {
  if (source.length > MAX_LENGTH) {
    return {
      kind: 'fault',
      message: `the pattern is ${source.length} characters long; ${MAX_LENGTH} are read`,
      position: MAX_LENGTH,
    };
  }
  try {
    return { kind: 'pattern', source, node: parse(source) };
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', message: error.message, position: error.position };
    throw error;
  }
}

/** Thrown inside this file only: a recursive descent has no shorter way out. */
class Fault extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

interface Cursor {
  readonly source: string;
  at: number;
  groups: number;
  depth: number;
  flags: Flags;
  /** True when the engine takes the source with the `u` flag: then nothing needs tolerance. */
  readonly strict: boolean;
  readonly names: ReadonlyMap<string, number>;
  readonly total: number;
}

function parse(source: string): PatternNode {
  const cursor: Cursor = {
    source,
    at: 0,
    groups: 0,
    depth: 0,
    flags: { i: false, m: false, s: false },
    strict: isUnicodePattern(source),
    ...groupsOf(source),
  };
  const node = disjunction(cursor);
  if (cursor.at < source.length) throw new Fault('")" closes no group', cursor.at);
  return node;
}

/** True when the engine itself takes the source with the `u` flag. */
export function isUnicodePattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Capturing groups are counted before, because a reference may stand before its group. */
function groupsOf(source: string): { names: Map<string, number>; total: number } {
  const names = new Map<string, number>();
  let total = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '(' && !inClass) {
      const name = /^\(\?P?<([^=!>][^>]*)>/.exec(source.slice(at, at + 200))?.[1];
      if (source[at + 1] !== '?' || name !== undefined) total++;
      if (name !== undefined && !names.has(name)) names.set(name, total);
    }
  }
  return { names, total };
}

function disjunction(cursor: Cursor): PatternNode {
  const nodes = [alternative(cursor)];
  while (cursor.source[cursor.at] === '|') {
    cursor.at++;
    nodes.push(alternative(cursor));
  }
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'choice', nodes };
}

function alternative(cursor: Cursor): PatternNode {
  const nodes: PatternNode[] = [];
  for (;;) {
    const char = cursor.source[cursor.at];
    if (char === undefined || char === '|' || char === ')') break;
    const node = term(cursor);
    if (node.kind !== 'empty') nodes.push(node);
  }
  if (nodes.length === 0) return { kind: 'empty' };
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'sequence', nodes };
}

function term(cursor: Cursor): PatternNode {
  const begin = cursor.at;
  const node = atom(cursor);
  const count = quantifier(cursor);
  if (count === undefined) return node;
  // Asked of the text: a group around an assertion leaves no trace in the tree, and may be repeated.
  if (/^(?:[$^]|\\[bBAZz]|\(\?<[=!])/.test(cursor.source.slice(begin, begin + 4))) {
    throw new Fault('a quantifier stands after an assertion, which cannot be repeated', begin);
  }
  return { kind: 'repeat', node, ...count };
}

/** `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`; undefined when none stands here. */
function quantifier(cursor: Cursor): { min: number; max: number; lazy: boolean } | undefined {
  const { source, at } = cursor;
  let min: number;
  let max: number;
  if (source[at] === '*') [min, max] = [0, Number.POSITIVE_INFINITY];
  else if (source[at] === '+') [min, max] = [1, Number.POSITIVE_INFINITY];
  else if (source[at] === '?') [min, max] = [0, 1];
  else {
    const counts = braces(source, at);
    if (counts === undefined) return undefined;
    [min, max] = [counts.min, counts.max];
    if (min > max) throw new Fault(`the bounds of ${counts.text} are out of order`, at);
    cursor.at += counts.text.length - 1;
  }
  cursor.at++;
  const lazy = source[cursor.at] === '?';
  if (lazy) cursor.at++;
  const next = source[cursor.at];
  if (next === '+') {
    throw new Fault('possessive quantifiers such as "a++" do not exist in ECMA-262', cursor.at);
  }
  if (next === '*' || next === '?' || braces(source, cursor.at) !== undefined) {
    throw new Fault('a quantifier follows another, and there is nothing to repeat', cursor.at);
  }
  return { min, max, lazy };
}

function braces(source: string, at: number): { min: number; max: number; text: string } | undefined {
  if (source[at] !== '{') return undefined;
  const match = /^\{(\d{1,20})(?:(,)(\d{0,20}))?\}/.exec(source.slice(at, at + 50));
  if (match === null) return undefined;
  const [text, low, comma, high] = match;
  const min = Number(low);
  const max = comma === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
  return { min, max, text };
}

function atom(cursor: Cursor): PatternNode {
  const { source, at } = cursor;
  const char = source[at];
  switch (char) {
    case '^':
      cursor.at++;
      return { kind: 'start', multiline: cursor.flags.m };
    case '$':
      cursor.at++;
      return { kind: 'end', multiline: cursor.flags.m };
    case '.':
      cursor.at++;
      return { kind: 'set', set: cursor.flags.s ? ANY : complement(LINE_ENDS) };
    case '[':
      return { kind: 'set', set: characterClass(cursor) };
    case '(':
      return group(cursor);
    case '\\':
      return escapeSequence(cursor);
    case '*':
    case '+':
    case '?':
      throw new Fault(`"${char}" has nothing to repeat`, at);
    case '{':
      // Annex B: a brace that begins no quantifier is itself.
      if (braces(source, at) !== undefined) throw new Fault('"{" has nothing to repeat', at);
      break;
  }
  return literal(cursor, codePoint(cursor));
}

function literal(cursor: Cursor, code: number): PatternNode {
  return { kind: 'set', set: cased(cursor, [{ from: code, to: code }]) };
}

function cased(cursor: Cursor, set: CharSet): CharSet {
  return cursor.flags.i ? closeOverCase(set) : set;
}

/** The code point here, and past it. */
function codePoint(cursor: Cursor): number {
  const code = cursor.source.codePointAt(cursor.at);
  if (code === undefined) throw new Fault('the pattern ends too early', cursor.at);
  cursor.at += code > 0xffff ? 2 : 1;
  return code;
}

function group(cursor: Cursor): PatternNode {
  const begin = cursor.at;
  if (++cursor.depth > MAX_DEPTH) throw new Fault(`groups are nested deeper than ${MAX_DEPTH}`, begin);
  const outer = cursor.flags;
  const head = groupHead(cursor);
  if (head === undefined) {
    cursor.depth--;
    return { kind: 'empty' };
  }
  if (typeof head === 'object' && head.kind === 'backReference') {
    cursor.depth--;
    return head;
  }
  const node = disjunction(cursor);
  if (cursor.source[cursor.at] !== ')') throw new Fault('"(" is never closed', begin);
  cursor.at++;
  cursor.depth--;
  cursor.flags = outer;
  if (head === 'plain') return node;
  return { ...head, node };
}

type GroupHead =
  | 'plain'
  | { readonly kind: 'group'; readonly index: number }
  | { readonly kind: 'look'; readonly direction: 'ahead' | 'behind'; readonly negated: boolean }
  | { readonly kind: 'backReference'; readonly index: number };

/** What stands between `(` and the group's content; undefined for `(?i)`, which has none. */
function groupHead(cursor: Cursor): GroupHead | undefined {
  const { source, at } = cursor;
  const head = source.slice(at, at + 200);
  const take = (length: number): void => {
    cursor.at += length;
  };
  if (!head.startsWith('(?')) {
    take(1);
    return { kind: 'group', index: ++cursor.groups };
  }
  if (head.startsWith('(?:')) {
    take(3);
    return 'plain';
  }
  const look = /^\(\?(<?)([=!])/.exec(head);
  if (look !== null) {
    take(look[0].length);
    return { kind: 'look', direction: look[1] === '<' ? 'behind' : 'ahead', negated: look[2] === '!' };
  }
  // `(?P<name>` is how Python writes it; it can mean nothing else.
  const named = /^\(\?P?<([^>]*)>/.exec(head);
  if (named !== null) {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(named[1] ?? '')) {
      throw new Fault(`"${named[1]}" is not a group name`, at);
    }
    take(named[0].length);
    return { kind: 'group', index: ++cursor.groups };
  }
  const python = /^\(\?P=([^)]*)\)/.exec(head);
  if (python !== null) {
    take(python[0].length);
    return reference(cursor, python[1] ?? '', at);
  }
  const flags = /^\(\?([a-z]*)(?:-([a-z]*))?([:)])/i.exec(head);
  if (flags !== null) {
    const [text, on = '', off = '', end] = flags;
    if (end === ')' && at > 0) {
      throw new Fault(
        `"${text}" stands inside the pattern; flags without a group are read at the start only`,
        at,
      );
    }
    cursor.flags = withFlags(cursor.flags, on, off, at);
    take(text.length);
    return end === ':' ? 'plain' : undefined;
  }
  if (head.startsWith('(?>')) throw new Fault('atomic groups "(?>…)" do not exist in ECMA-262', at);
  throw new Fault(`"${head.slice(0, 3)}" begins no kind of group`, at);
}

function withFlags(flags: Flags, on: string, off: string, at: number): Flags {
  const next: { i: boolean; m: boolean; s: boolean } = { ...flags };
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const) {
    for (const letter of letters) {
      if (letter === 'i' || letter === 'm' || letter === 's') next[letter] = value;
      // `u` is what a JSON Schema pattern is read with anyway.
      else if (letter !== 'u' || !value)
        throw new Fault(`the flag "${letter}" does not exist in ECMA-262`, at);
    }
  }
  return next;
}

function reference(cursor: Cursor, name: string, at: number): { kind: 'backReference'; index: number } {
  const index = cursor.names.get(name);
  if (index === undefined) throw new Fault(`no group is called "${name}"`, at);
  return { kind: 'backReference', index };
}

/** An escape outside a class. */
function escapeSequence(cursor: Cursor): PatternNode {
  const { source, at } = cursor;
  const char = source[at + 1];
  switch (char) {
    case 'b':
    case 'B':
      cursor.at += 2;
      return { kind: 'boundary', negated: char === 'B' };
    // Anchors of other dialects. Engines without `u` read them as letters, which nobody writes so.
    case 'A':
      cursor.at += 2;
      return { kind: 'start', multiline: false };
    case 'Z':
    case 'z':
      cursor.at += 2;
      return { kind: 'end', multiline: false };
    case 'k': {
      const name = /^\\k<([^>]*)>/.exec(source.slice(at, at + 200));
      if (name === null) throw new Fault('"\\k" must name a group, as in "\\k<name>"', at);
      cursor.at += name[0].length;
      return reference(cursor, name[1] ?? '', at);
    }
  }
  const digits = /^\\([1-9]\d{0,9})/.exec(source.slice(at, at + 12));
  if (digits !== null) {
    const index = Number(digits[1]);
    if (index > cursor.total) {
      throw new Fault(`"${digits[0]}" refers to group ${index}, and there are ${cursor.total}`, at);
    }
    cursor.at += digits[0].length;
    return { kind: 'backReference', index };
  }
  const set = classEscape(cursor);
  if (set !== undefined) return { kind: 'set', set: cased(cursor, set) };
  return literal(cursor, characterEscape(cursor));
}

/** `\d`, `\W`, `\p{L}` and kin; undefined, and nothing consumed, when something else stands here. */
function classEscape(cursor: Cursor): CharSet | undefined {
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
function characterEscape(cursor: Cursor): number {
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

function characterClass(cursor: Cursor): CharSet {
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
