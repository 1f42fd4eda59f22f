/**
 * Java's way of writing regular expressions, rewritten for the reader of `contract/schema/pattern/`, which knows that of
 * ECMA-262: quotations, line ends, the ends of the text, and classes within classes.
 *
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
 */
import { type CharRange, type CharSet, charSet, complement } from '../../contract/schema/pattern/char-set.ts';
import { parsePattern } from '../../contract/schema/pattern/parse.ts';
import { ValueFault } from './meter.ts';

/** Escapes that only Java has, outside of classes. */
const ESCAPES: Readonly<Record<string, string>> = {
  A: '^',
  R: '(?:\\r\\n|[\\n\\x0b\\f\\r\\x85\\u2028\\u2029])',
  Z: '(?=(?:\\r\\n|[\\n\\r])?(?![\\s\\S]))',
  a: '\\x07',
  e: '\\x1b',
  h: '[ \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  z: '(?![\\s\\S])',
};

/** Deeper classes within classes nobody writes. */
const MAX_DEPTH = 20;

/** The pattern in the words of ECMA-262. @throws ValueFault for a class that cannot be read */
export function fromJava(source: string): string {
  // Most patterns have nothing of their own.
  if (!/\\(?:[AEHQRZaehz0]|x\{)|\[[^\]]*(?:\[|&&)|\{(?!\d+(?:,\d*)?\})/.test(source)) return source;
  let pattern = '';
  for (let at = 0; at < source.length; ) {
    const sign = source.charAt(at);
    if (sign === '\\') {
      const next = source.charAt(at + 1);
      if (next === 'Q') {
        const end = quotationEnd(source, at);
        pattern += quoted(source, at + 2, end);
        at = Math.min(source.length, end + 2);
      } else {
        const { text, end } = escapeAt(source, at);
        pattern += text.length === 2 && Object.hasOwn(ESCAPES, next) ? ESCAPES[next] : text;
        at = end;
      }
    } else if (sign === '[') {
      const { set, end } = readClass(source, at, 0);
      pattern += classOf(set);
      at = end;
    } else if (sign === '{' && !/^\{\d+(?:,\d*)?\}/.test(source.slice(at, at + 30))) {
      throw new ValueFault('a pattern has a "{" that begins no count; write it as "\\{"');
    } else {
      pattern += sign;
      at += 1;
    }
  }
  return pattern;
}

function quotationEnd(source: string, at: number): number {
  const end = source.indexOf('\\E', at + 2);
  return end === -1 ? source.length : end;
}

function quoted(source: string, from: number, to: number): string {
  return source.slice(from, to).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

const ESCAPE = /\\(?:0([0-3]?[0-7]{1,2})|x\{([0-9a-fA-F]+)\}|[pP]\{[^}]*\}|[\s\S]|$)/y;

/** An escape in the words of ECMA-262, and where it ends: `\0101` and `\x{41}` are "A". */
function escapeAt(source: string, at: number): { readonly text: string; readonly end: number } {
  ESCAPE.lastIndex = at;
  const [whole = '\\', octal, hexadecimal] = ESCAPE.exec(source) ?? [];
  const code = octal !== undefined ? Number.parseInt(octal, 8).toString(16) : hexadecimal;
  return { text: code === undefined ? whole : `\\u{${code}}`, end: at + whole.length };
}

/** A class with those inside it: next to each other they are joined, around `&&` only what is in both counts. */
function readClass(
  source: string,
  start: number,
  depth: number,
): { readonly set: CharSet; readonly end: number } {
  const negated = source.charAt(start + 1) === '^';
  let at = start + (negated ? 2 : 1);
  const first = at;
  let sides: CharSet[] = [];
  let plain = '';
  let inner: CharRange[] = [];
  const close = (): void => {
    sides = [...sides, charSet([...inner, ...setOf(plain)])];
    plain = '';
    inner = [];
  };
  if (depth > MAX_DEPTH) throw new ValueFault('a pattern has classes in classes that are too deep');
  for (;;) {
    const sign = source.charAt(at);
    if (sign === '') throw new ValueFault('a pattern has a class that is never closed');
    if (sign === ']' && at > first) break;
    if (sign === '[') {
      const nested = readClass(source, at, depth + 1);
      inner.push(...nested.set);
      at = nested.end;
    } else if (source.startsWith('&&', at)) {
      close();
      at += 2;
    } else if (sign === '\\' && source.charAt(at + 1) === 'Q') {
      const end = quotationEnd(source, at);
      plain += quoted(source, at + 2, end);
      at = Math.min(source.length, end + 2);
    } else if (sign === '\\') {
      const { text, end } = escapeAt(source, at);
      plain += text === '\\h' ? (ESCAPES['h'] ?? '').slice(1, -1) : text;
      at = end;
    } else {
      plain += sign === '^' && plain === '' ? '\\^' : sign;
      at += 1;
    }
  }
  close();
  const [one = [], ...others] = sides;
  const set = others.reduce(intersection, one);
  return { set: negated ? complement(set) : set, end: at + 1 };
}

function intersection(a: CharSet, b: CharSet): CharSet {
  return complement(charSet([...complement(a), ...complement(b)]));
}

/** What stands in a class without classes inside. */
function setOf(plain: string): CharSet {
  if (plain === '') return [];
  const parsed = parsePattern(`[${plain}]`);
  if (parsed.kind === 'pattern' && parsed.node.kind === 'set') return parsed.node.set;
  throw new ValueFault(`a pattern has the class ${JSON.stringify(plain.slice(0, 50))}, which cannot be read`);
}

function classOf(set: CharSet): string {
  const code = (point: number): string => `\\u{${point.toString(16)}}`;
  // A class of nothing matches nothing.
  return set.length === 0
    ? '(?![\\s\\S])[\\s\\S]'
    : `[${set.map(({ from, to }) => (from === to ? code(from) : `${code(from)}-${code(to)}`)).join('')}]`;
}
