/**
 * The rules that find the tokens of Velocity 1.7, state by state, in the order in which ties are settled.
 */
import type { State, TokenKind } from './tokens.ts';

export interface Rule {
  readonly kind: TokenKind;
  /**
   * `token` ends one, `more` only begins one, `pass` throws away what was begun, `special` does so too but keeps its
   * signs for the next token.
   */
  readonly sort: 'token' | 'more' | 'pass' | 'special';
  /** Where a match that begins here ends; not beyond `at` when there is none. */
  readonly find: (source: string, at: number) => number;
  /** The characters that a match can begin with. */
  readonly first: RegExp;
  /** Characters given back when the rule opens something. */
  readonly backs?: number;
}

function rule(
  kind: TokenKind,
  first: RegExp,
  pattern: RegExp,
  sort: Rule['sort'] = 'token',
  backs?: number,
): Rule {
  const sticky = new RegExp(pattern.source, 'y');
  const find = (source: string, at: number): number => {
    sticky.lastIndex = at;
    return sticky.test(source) ? sticky.lastIndex : -1;
  };
  return { kind, sort, find, first, ...(backs === undefined ? {} : { backs }) };
}

/** The longest string that begins here; a quote within one is written twice. */
function findString(source: string, at: number): number {
  const quote = source.charAt(at);
  if (quote !== '"' && quote !== "'") return -1;
  let end = -1;
  for (let next = source.indexOf(quote, at + 1); next !== -1; next = source.indexOf(quote, next + 2)) {
    end = next + 1;
    if (source.charAt(end) !== quote) break;
  }
  return end;
}

/** The last run of backslashes: rules that begin with one ask for its end at each of them. */
let run = { source: '', from: 0, to: 0 };

function backslashesEnd(source: string, at: number): number {
  if (run.source === source && at >= run.from && at < run.to) return run.to;
  let to = at;
  while (source.charCodeAt(to) === 0x5c) to += 1;
  run = { source, from: at, to };
  return to;
}

/** `$` or `$!`, with the backslashes before either sign. */
function findDollar(source: string, at: number): number {
  const dollar = backslashesEnd(source, at);
  if (source.charAt(dollar) !== '$') return -1;
  const bang = backslashesEnd(source, dollar + 1);
  return source.charAt(bang) === '!' ? bang + 1 : dollar + 1;
}

const DIRECTIVE = /#(?:[a-zA-Z_@][a-zA-Z0-9_@]*|\{[a-zA-Z_][a-zA-Z0-9_@]*\})/y;

/** A directive after an odd number of backslashes. */
function findEscapedDirective(source: string, at: number): number {
  const hash = backslashesEnd(source, at);
  if ((hash - at) % 2 === 0) return -1;
  DIRECTIVE.lastIndex = hash;
  return DIRECTIVE.test(source) ? DIRECTIVE.lastIndex : -1;
}

const STRING: Rule = { kind: 'string', sort: 'token', find: findString, first: /["']/ };
const BLANK = rule('blank', /[ \t\n\r]/, /[ \t\n\r]+/);
const NAME = rule('name', /[a-zA-Z_]/, /[a-zA-Z_][a-zA-Z0-9_-]*/);
const DOT = rule('dot', /\./, /\.[a-zA-Z]/);
const BOOLEANS = [rule('true', /t/, /true/), rule('false', /f/, /false/)];
const NUMBERS = [
  rule('integer', /[-0-9]/, /-?[0-9]+(?:\.\.)?/),
  rule(
    'double',
    /[-.0-9]/,
    /-?(?:[0-9]+\.[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)/,
  ),
];
const WORDS = [
  rule('word', /[a-zA-Z_@]/, /[a-zA-Z_@][a-zA-Z0-9_@]*/),
  rule('bracketed word', /\{/, /\{[a-zA-Z_][a-zA-Z0-9_@]*\}/),
];
const LISTS = [
  rule('[', /\[/, /\[/),
  rule(']', /\]/, /\]/),
  rule(',', /,/, /,/),
  rule('..', /\./, /\.\./),
  rule(':', /:/, /:/),
  rule('{', /\{/, /\{/),
  rule('}', /\}/, /\}/),
];
const OPEN = rule('(', /\(/, /\(/);
const INDEX = rule('index [', /\[/, /\[/);
const SET = rule('set', /[ \t#]/, /[ \t]*(?:#set|#\{set\}) *\(/);
const EMPTY_INDEX = rule('empty index', /\$/, /\$(?:(?:!|\\!)?\[|\.)/);

/** Rules of every state, after its own. */
const EVERYWHERE: readonly Rule[] = [
  { kind: 'dollar', sort: 'more', find: findDollar, first: /[\\$]/ },
  rule('verbatim', /#/, /#\[\[/, 'more'),
  rule('comment', /#/, /#\*\*[^#]/, 'more', 1),
  rule('comment', /#/, /#\*/, 'more'),
  rule('hash', /#/, /#/, 'more'),
];

/** Begins a comment in these states only: after `$x.y` two signs are text. */
const LINE_COMMENT = rule('line comment', /#/, /##/);

const OPERATORS = [
  rule('operator', /[-+*/%&|<>=!anolge]/, /[-+*/%]|&&|and|\|\||or|<=?|lt|le|>=?|gt|ge|==|eq|!=|ne|!|not/),
  rule('=', /=/, /=/),
];

const END_OF_LINE = '(?:[ \\t]*(?:\\r\\n|\\n|\\r))?';

const IN_STATE: Readonly<Record<State, readonly Rule[]>> = {
  text: [
    { kind: 'escaped directive', sort: 'token', find: findEscapedDirective, first: /\\/ },
    SET,
    ...EVERYWHERE,
    LINE_COMMENT,
    rule('double escape', /\\/, /\\\\/),
    rule('escape', /\\/, /\\/),
    rule('text', /[^$#\\]/, /[^$#\\]+/),
    EMPTY_INDEX,
  ],
  reference: [
    INDEX,
    SET,
    ...EVERYWHERE,
    LINE_COMMENT,
    ...BOOLEANS,
    NAME,
    DOT,
    rule('reference {', /\{/, /\{/),
    rule('reference }', /\}/, /\}/),
    rule('terminator', /[\s\S]/, /[\s\S]/, 'special'),
    EMPTY_INDEX,
  ],
  modifier: [
    INDEX,
    OPEN,
    SET,
    ...EVERYWHERE,
    ...BOOLEANS,
    NAME,
    DOT,
    rule('reference {', /\{/, /\{/),
    rule('reference }', /\}/, /\}/),
    rule('terminator', /[\s\S]/, /[\s\S]/, 'special'),
  ],
  arguments: [
    ...LISTS,
    rule('arguments )', /\)/, /\)/),
    SET,
    ...EVERYWHERE,
    BLANK,
    STRING,
    ...BOOLEANS,
    ...NUMBERS,
    NAME,
    DOT,
  ],
  index: [rule('index ]', /\]/, /\]/), ...EVERYWHERE, BLANK, STRING, ...BOOLEANS, ...NUMBERS],
  hash: [
    ...EVERYWHERE,
    LINE_COMMENT,
    rule('end', /[e{]/, new RegExp(`(?:end|\\{end\\})${END_OF_LINE}`)),
    rule('if', /[i{]/, /if|\{if\}/),
    rule('elseif', /[e{]/, /elseif|\{elseif\}/),
    rule('else', /[e{]/, new RegExp(`(?:else|\\{else\\})${END_OF_LINE}`)),
    ...NUMBERS,
    ...WORDS,
    rule('terminator', /[\s\S]/, /[\s\S]/, 'special'),
  ],
  directive: [
    ...LISTS,
    OPEN,
    rule(')', /\)/, new RegExp(`\\)${END_OF_LINE}`)),
    ...EVERYWHERE,
    LINE_COMMENT,
    BLANK,
    STRING,
    ...BOOLEANS,
    ...OPERATORS,
    ...NUMBERS,
    ...WORDS,
  ],
  verbatim: [
    ...EVERYWHERE,
    rule('verbatim', /\]/, /\]\]#/),
    rule('passed', /[\s\S]/, /[^\\$#\]]+|[\s\S]/, 'more'),
  ],
  comment: [
    ...EVERYWHERE,
    rule('comment', /\*/, /\*#/),
    rule('passed', /[\s\S]/, /[^\\$#*]+|[\s\S]/, 'pass'),
  ],
  'line comment': [
    ...EVERYWHERE,
    rule('line end', /[\r\n]/, /\r\n|\n|\r/),
    rule('passed', /[\s\S]/, /[^\\$#\r\n]+|[\s\S]/, 'pass'),
  ],
};

/** The rules that may find something at a character, by its code; those at 128 are for all characters beyond ASCII. */
export function rulesAt(state: State, code: number): readonly Rule[] {
  return BY_CHARACTER[state][Math.min(code, 128)] ?? [];
}

const byCharacter = (rules: readonly Rule[]): readonly (readonly Rule[])[] =>
  Array.from({ length: 129 }, (_, code) =>
    rules.filter(({ first }) => first.test(String.fromCharCode(code))),
  );

const BY_CHARACTER: Readonly<Record<State, readonly (readonly Rule[])[]>> = {
  text: byCharacter(IN_STATE.text),
  reference: byCharacter(IN_STATE.reference),
  modifier: byCharacter(IN_STATE.modifier),
  arguments: byCharacter(IN_STATE.arguments),
  index: byCharacter(IN_STATE.index),
  hash: byCharacter(IN_STATE.hash),
  directive: byCharacter(IN_STATE.directive),
  verbatim: byCharacter(IN_STATE.verbatim),
  comment: byCharacter(IN_STATE.comment),
  'line comment': byCharacter(IN_STATE['line comment']),
};
