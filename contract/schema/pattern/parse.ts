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
import { ANY, type CharSet, complement, LINE_ENDS } from './char-set.ts';
import { type Cursor, cased, codePoint, Fault } from './cursor.ts';
import { characterClass, characterEscape, classEscape } from './escape.ts';
import { groupHead, reference } from './group-head.ts';

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
