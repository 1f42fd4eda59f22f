/**
 * Reads XML as far as it can be held against a schema: elements, attributes and text. Says where a text stops being
 * well-formed. Knows no schema, expands no entity that a document declares, and fetches nothing.
 *
 * @see https://www.w3.org/TR/xml/
 */

export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own characters, without those of its children. */
  readonly text: string;
}

export type XmlDocument =
  | {
      readonly root: XmlElement;
      /** A document type, which may declare entities; none of them is ever expanded. */
      readonly documentType: boolean;
    }
  | { readonly malformed: string; readonly line: number; readonly column: number };

/** Elements deeper than this are refused rather than read: nobody sends them, and a stack has an end. */
const DEEPEST = 512;

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*/uy;
const SPACE = /[ \t\r\n]*/y;
const TEXT = /[^<&]*/y;
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*));/uy;
/** What XML 1.0 has no way to write. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The document's root element, or the first thing that is wrong.
 *
 * @example
 * ```ts
 * import { parseXml } from './contract/http/xml-document.ts';
 *
 * const read = parseXml('<pet id="7"><name>Rex</name></pet>');
 * if ('root' in read) console.log(read.root.children[0]?.text); // Rex
 * ```
 */
export function parseXml(source: string): XmlDocument {
  const cursor: Cursor = { source, at: source.startsWith('\ufeff') ? 1 : 0, declaresEntities: false };
  try {
    const forbidden = FORBIDDEN.exec(source);
    if (forbidden !== null) fail({ ...cursor, at: forbidden.index }, 'a character that XML does not have');
    prolog(cursor);
    if (!looking(cursor, '<'))
      fail(cursor, cursor.at === source.length ? 'no element' : 'text outside the root');
    const root = element(cursor, 0);
    trivia(cursor);
    if (cursor.at < source.length)
      fail(cursor, looking(cursor, '<') ? 'a second root element' : 'text behind the root element');
    return { root, documentType: cursor.declaresEntities };
  } catch (error) {
    if (!(error instanceof NotWellFormed)) throw error;
    const before = source.slice(0, error.at).split('\n');
    return { malformed: error.message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

interface Cursor {
  readonly source: string;
  at: number;
  /** A document type may declare what `&name;` means. */
  declaresEntities: boolean;
}

class NotWellFormed extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

function fail({ at }: Cursor, message: string): never {
  throw new NotWellFormed(message, at);
}

function looking({ source, at }: Cursor, word: string): boolean {
  return source.startsWith(word, at);
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.source);
  if (found === null) return undefined;
  cursor.at = pattern.lastIndex;
  return found;
}

/** Goes behind the next occurrence of a word. */
function behind(cursor: Cursor, word: string, what: string): string {
  const end = cursor.source.indexOf(word, cursor.at);
  if (end === -1) fail(cursor, `${what} that does not end`);
  const inner = cursor.source.slice(cursor.at, end);
  cursor.at = end + word.length;
  return inner;
}

function prolog(cursor: Cursor): void {
  if (looking(cursor, '<?xml') && /\s/.test(cursor.source[cursor.at + 5] ?? '')) {
    behind(cursor, '?>', 'an XML declaration');
  }
  trivia(cursor);
  if (!looking(cursor, '<!DOCTYPE')) return;
  cursor.declaresEntities = true;
  const type = /<!DOCTYPE[^>[]*(?:\[[^\]]*\][^>]*)?>/y;
  if (take(cursor, type) === undefined) fail(cursor, 'a document type that does not end');
  trivia(cursor);
}

/** Space, comments and processing instructions, which may stand around the root. */
function trivia(cursor: Cursor): void {
  for (;;) {
    take(cursor, SPACE);
    if (!aside(cursor)) return;
  }
}

/** A comment or a processing instruction; false where there is none. */
function aside(cursor: Cursor): boolean {
  if (looking(cursor, '<!--')) {
    cursor.at += 4;
    if (behind(cursor, '-->', 'a comment').includes('--')) fail(cursor, 'a comment with -- inside');
    return true;
  }
  if (!looking(cursor, '<?')) return false;
  if (/^<\?xml\s/i.test(cursor.source.slice(cursor.at, cursor.at + 6)))
    fail(cursor, 'an XML declaration that does not come first');
  behind(cursor, '?>', 'a processing instruction');
  return true;
}

function element(cursor: Cursor, depth: number): XmlElement {
  if (depth > DEEPEST) fail(cursor, `elements more than ${DEEPEST} deep`);
  cursor.at += 1;
  const name = take(cursor, NAME)?.[0] ?? fail(cursor, 'a < that begins no element');
  const attributes = attributesOf(cursor, name);
  if (looking(cursor, '/>')) {
    cursor.at += 2;
    return { name, attributes, children: NO_CHILDREN, text: '' };
  }
  cursor.at += 1;
  let children: XmlElement[] | undefined;
  let text = '';
  for (;;) {
    text += characters(cursor);
    if (cursor.at >= cursor.source.length) fail(cursor, `<${name}> that is not closed`);
    if (looking(cursor, '</')) break;
    if (looking(cursor, '<![CDATA[')) {
      cursor.at += 9;
      text += behind(cursor, ']]>', 'a CDATA section');
    } else if (!aside(cursor)) {
      children ??= [];
      children.push(element(cursor, depth + 1));
    }
  }
  const start = cursor.at;
  const closed = take(cursor, END)?.[1];
  if (closed !== name)
    fail(
      { ...cursor, at: start },
      `<${name}> that is closed as ${closed === undefined ? 'nothing' : `</${closed}>`}`,
    );
  return { name, attributes, children: children ?? NO_CHILDREN, text };
}

/** Shared, because there may be a million elements without any. */
const NO_CHILDREN: readonly XmlElement[] = [];
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const END = /<\/([^<>\s]*)[ \t\r\n]*>/y;

function attributesOf(cursor: Cursor, owner: string): ReadonlyMap<string, string> {
  // Most elements have none, and to ask costs less than to look for space.
  if (cursor.source[cursor.at] === '>') return NO_ATTRIBUTES;
  let attributes: Map<string, string> | undefined;
  for (;;) {
    const before = cursor.at;
    take(cursor, SPACE);
    if (looking(cursor, '>') || looking(cursor, '/>')) return attributes ?? NO_ATTRIBUTES;
    const name = take(cursor, NAME)?.[0];
    if (name === undefined || before + name.length === cursor.at)
      fail(cursor, `<${owner}> that does not end`);
    const [, quote] = take(cursor, /[ \t\r\n]*=[ \t\r\n]*(["'])/y) ?? [];
    if (quote === undefined) fail(cursor, `the attribute ${name} without a value in quotes`);
    const value = behind(cursor, quote, `the attribute ${name}`);
    if (value.includes('<')) fail(cursor, `a < in the attribute ${name}`);
    attributes ??= new Map();
    if (attributes.has(name)) fail(cursor, `the attribute ${name} twice`);
    const inner: Cursor = { ...cursor, source: value, at: 0 };
    const text = characters(inner);
    attributes.set(name, text);
  }
}

/** Characters up to the next markup, references replaced. */
function characters(cursor: Cursor): string {
  let text = '';
  if (cursor.source[cursor.at] === '<') return text;
  for (;;) {
    const plain = take(cursor, TEXT)?.[0] ?? '';
    if (plain.includes(']]>')) fail(cursor, ']]> outside a CDATA section');
    text += plain;
    if (!looking(cursor, '&')) return text;
    const found = take(cursor, REFERENCE);
    if (found === undefined) fail(cursor, 'a & that begins no reference');
    text += referred(cursor, found);
  }
}

function referred(cursor: Cursor, [whole, decimal, hexadecimal, name = '']: RegExpExecArray): string {
  if (name !== '') {
    const known = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
    if (known === undefined && !cursor.declaresEntities) fail(cursor, `${whole}, which nothing declares`);
    return known ?? whole;
  }
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || FORBIDDEN.test(String.fromCodePoint(code)))
    fail(cursor, `${whole}, which is no character of XML`);
  return String.fromCodePoint(code);
}
