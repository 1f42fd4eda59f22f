/**
 * What stands between `[` and `]`: names, indexes, slices, `(@.length-1)`, or a filter, which is only recognised here.
 * The first character that begins one of these decides; what stands before it is passed over.
 */
import { Refused, type Step } from './path.ts';

/** A filter whose `?` stands at `at` of the bracket's text. */
export interface FilterBracket {
  readonly kind: 'filter';
  readonly at: number;
}

type BracketStep = Exclude<Step, { readonly kind: 'filter' }>;

/** `text` is the bracket with what closes it, `position` its place in the path. */
export function parseBracket(text: string, position: number): BracketStep | FilterBracket {
  if (text === '[*]') return { kind: 'wildcard', position };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '?') return { kind: 'filter', at };
    if (char === "'") return { kind: 'property', names: parseNames(text, at, position), position };
    if (char === '@') return { kind: 'fromLength', offset: parseScript(text, at, position), position };
    if (isDigit(char) || char === ':' || char === '-') return parseIndexes(text, at, position);
  }
  throw new Refused(`${text} holds no name in single quotes, no index, slice or filter`, position);
}

/** `'a','b'`: what stands in quotes up to the first `]`, which quotes do not hide. There are no escapes. */
function parseNames(text: string, start: number, position: number): readonly string[] {
  const end = text.indexOf(']', start);
  if (end === -1) throw new Refused('"[" is never closed', position);
  const parts = text.slice(start, end).split("'");
  // Every second part stood in quotes; one that no quote ends is no name.
  return parts.filter((_, index) => index % 2 === 1 && index < parts.length - 1);
}

/** `(@.length-1)` and `(@.size()-1)` from the `@` on: what is added to the length. */
function parseScript(text: string, start: number, position: number): number {
  const minus = text.indexOf('-', start + 2);
  const name = text.slice(start + 2, minus === -1 ? text.length : minus).replace(/[ ()]/g, '');
  if (minus === -1 || (name !== 'length' && name !== 'size'))
    throw new Refused('only (@.length-N) and (@.size()-N) are known as scripts', position);
  const end = text.indexOf(')', minus);
  if (end === -1) throw new Refused('"(" is never closed', position);
  return javaInteger(text.slice(minus, end).replaceAll(' ', ''), position);
}

/**
 * `1`, `1,2`, `1:`, `:1`, `1:2`, from the first digit, sign or colon on; blanks count for nothing. In mixtures such as
 * `1,2:3` the first form of this list that was seen wins.
 */
function parseIndexes(text: string, start: number, position: number): BracketStep {
  const numbers: number[] = [];
  const seen = { comma: false, openEnd: false, openStart: false };
  let digits = '';
  const take = (): void => {
    numbers.push(javaInteger(digits, position));
    digits = '';
  };
  let at = start;
  for (; /[\d,:\- ]/.test(text.charAt(at)); at += 1) {
    const char = text.charAt(at);
    if (char === ',') {
      take();
      seen.comma = true;
    } else if (char === ':') {
      if (digits === '') seen.openStart = true;
      else take();
      const before = numbers.length;
      for (at += 1; /[\d\- ]/.test(text.charAt(at)); at += 1) if (text[at] !== ' ') digits += text[at];
      if (digits === '' && before > 0 && !seen.openStart) seen.openEnd = true;
      else take();
      // Whatever else ended the number is passed over.
      if (text[at] === ']') break;
    } else if (char !== ' ') digits += char;
  }
  if (at >= text.length) throw new Refused('"[" is never closed', position);
  if (digits !== '') take();
  const [first = 0, second = 0] = numbers;
  if (numbers.length === 1 && !seen.openEnd && !seen.openStart)
    return { kind: 'index', index: first, position };
  if (seen.comma) return { kind: 'indexes', indexes: numbers, position };
  if (seen.openEnd) return { kind: 'sliceFrom', from: first, position };
  if (seen.openStart) return { kind: 'sliceTo', to: first, position };
  return { kind: 'slice', from: first, to: second, position };
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** `Integer.parseInt`. */
function javaInteger(digits: string, position: number): number {
  const value = /^[+-]?\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(value >= -0x80000000 && value <= 0x7fffffff))
    throw new Refused(digits === '' ? 'an index is missing' : `"${digits}" is no index`, position);
  return value + 0;
}
