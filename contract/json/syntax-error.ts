/**
 * Where a text stops being JSON, in words for people. Engines name the place each in their own way or not at all, so
 * a text that `JSON.parse` refused is scanned once more here; nothing is built.
 */

/** A place in a text; line and column count from 1, columns in UTF-16 units. */
export interface TextPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$+.-]+/uy;
const STRING_PART = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | 'comma or end';

/** The first mistake of a text, or undefined when there is none. Loops instead of recursion: any depth will do. */
export function findSyntaxError(text: string): (TextPlace & { readonly message: string }) | undefined {
  /** Open brackets with their offsets. */
  const open: number[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at += matchAt(SPACE, text, at);
    const char = text[at];
    if (char === undefined) {
      if (expected === 'comma or end' && open.length === 0) return undefined;
      return mistake(text, at, `the text ends ${unfinished(text, open.at(-1))}`);
    }
    switch (expected) {
      case 'key or }':
      case 'key': {
        if (char === '}' && expected === 'key or }') {
          open.pop();
          at += 1;
          expected = 'comma or end';
          break;
        }
        if (char === '}') return mistake(text, at, 'there is a comma before "}"');
        if (char !== '"')
          return mistake(text, at, `expected a key in double quotes, found ${shown(text, at)}`);
        const end = scanString(text, at);
        if (typeof end !== 'number') return end;
        at = end + matchAt(SPACE, text, end);
        if (text[at] === undefined) break;
        if (text[at] !== ':')
          return mistake(text, at, `expected ":" after the key, found ${shown(text, at)}`);
        at += 1;
        expected = 'value';
        break;
      }
      case 'value':
      case 'value or ]': {
        if (char === '{' || char === '[') {
          open.push(at);
          at += 1;
          expected = char === '{' ? 'key or }' : 'value or ]';
          break;
        }
        if (char === ']' && expected === 'value or ]') {
          open.pop();
          at += 1;
        } else if (char === ']' && text[open.at(-1) ?? -1] === '[') {
          return mistake(text, at, 'there is a comma before "]"');
        } else if (char === '"') {
          const end = scanString(text, at);
          if (typeof end !== 'number') return end;
          at = end;
        } else {
          const length = literalLength(text, at);
          if (length === 0) return mistake(text, at, `expected a value, found ${shown(text, at)}`);
          at += length;
        }
        expected = 'comma or end';
        break;
      }
      case 'comma or end': {
        const bracket = open.at(-1);
        if (bracket === undefined)
          return mistake(text, at, `expected the end of the text, found ${shown(text, at)}`);
        const inObject = text[bracket] === '{';
        if (char === ',') expected = inObject ? 'key' : 'value';
        else if (char === (inObject ? '}' : ']')) open.pop();
        else {
          return mistake(text, at, `expected "," or "${inObject ? '}' : ']'}", found ${shown(text, at)}`);
        }
        at += 1;
        break;
      }
      default:
        expected satisfies never;
    }
  }
}

/** The offset after a string, or what is wrong inside it. */
function scanString(text: string, start: number): number | (TextPlace & { readonly message: string }) {
  let at = start + 1;
  for (;;) {
    at += matchAt(STRING_PART, text, at);
    const char = text[at];
    if (char === '"') return at + 1;
    if (char === undefined) return mistake(text, start, 'this string has no closing quote');
    if (char !== '\\') {
      return mistake(
        text,
        at,
        char === '\n' || char === '\r'
          ? 'this string has no closing quote on its line'
          : `a string holds the control character ${codePoint(char)}; write it as \\${codePoint(char).replace('U+', 'u')}`,
      );
    }
    const length = matchAt(ESCAPE, text, at);
    if (length === 0)
      return mistake(text, at, `${JSON.stringify(text.slice(at, at + 2))} is no escape that JSON knows`);
    at += length;
  }
}

function literalLength(text: string, at: number): number {
  for (const word of ['true', 'false', 'null']) {
    if (text.startsWith(word, at) && matchAt(WORD, text, at) === word.length) return word.length;
  }
  const number = matchAt(NUMBER, text, at);
  return number === matchAt(WORD, text, at) ? number : 0;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function shown(text: string, at: number): string {
  const word = text.slice(at, at + Math.min(matchAt(WORD, text, at), 20));
  if (word !== '') return JSON.stringify(word);
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return /[\p{C}\p{Z}]/u.test(char) ? codePoint(char) : char === '"' ? 'a string' : `"${char}"`;
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function unfinished(text: string, bracket: number | undefined): string {
  if (bracket === undefined) return 'before there is a value';
  const kind = text[bracket] === '{' ? 'object' : 'list';
  return `inside the ${kind} that begins on line ${placeAt(text, bracket).line}`;
}

function mistake(text: string, offset: number, message: string): TextPlace & { readonly message: string } {
  return { message, ...placeAt(text, offset) };
}

/** Line and column of an offset. */
export function placeAt(text: string, offset: number): TextPlace {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) {
    line += 1;
    start = end + 1;
  }
  return { offset, line, column: offset - start + 1 };
}
