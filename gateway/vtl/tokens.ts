/** The tokens of Velocity 1.7 and the rules that find them, state by state, in the order in which ties are settled. */

/** Where the lexer is; each has rules of its own. */
export type State =
  | 'text'
  /** After `$`, until a character that belongs to no reference. */
  | 'reference'
  /** After a dot of a reference. */
  | 'modifier'
  /** Between the parentheses of a method. */
  | 'arguments'
  /** Between the brackets of a reference. */
  | 'index'
  /** After `#`, until it is known of what. */
  | 'hash'
  /** Between the parentheses of a directive. */
  | 'directive'
  | 'verbatim'
  | 'comment'
  | 'line comment';

export type TokenKind =
  | 'text'
  | 'escape'
  | 'double escape'
  | 'escaped directive'
  | 'empty index'
  | 'verbatim'
  | 'comment'
  | 'line comment'
  | 'line end'
  | 'set'
  | 'if'
  | 'elseif'
  | 'else'
  | 'end'
  | 'word'
  | 'bracketed word'
  | 'name'
  | 'dot'
  | 'reference {'
  | 'reference }'
  | 'index ['
  | 'index ]'
  | 'arguments )'
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | ':'
  | '..'
  | '='
  | 'blank'
  | 'string'
  | 'integer'
  | 'double'
  | 'true'
  | 'false'
  | 'operator'
  | 'end of template'
  /** Of these the lexer makes no tokens. */
  | 'dollar'
  | 'hash'
  | 'terminator'
  | 'passed';

export interface Token {
  readonly kind: TokenKind;
  /** As written, with the signs that began it. The parser takes from it what is no part of the token. */
  image: string;
  /** The offset of the image. */
  readonly at: number;
  /** Signs before it that belong to no token, and print. */
  readonly special: string;
}

export interface Rule {
  readonly kind: TokenKind;
  /**
   * `token` ends one, `more` only begins one, `pass` throws away what was begun, `special` does so too but keeps its
   * signs for the next token.
   */
  readonly sort: 'token' | 'more' | 'pass' | 'special';
  /** Where a match that begins here ends; not beyond `at` when there is none. */
  readonly find: (source: string, at: number) => number;
  /** Characters given back when the rule opens something. */
  readonly backs?: number;
}

function rule(kind: TokenKind, pattern: RegExp, sort: Rule['sort'] = 'token', backs?: number): Rule {
  const sticky = new RegExp(pattern.source, 'y');
  const find = (source: string, at: number): number => {
    sticky.lastIndex = at;
    return sticky.test(source) ? sticky.lastIndex : -1;
  };
  return { kind, sort, find, ...(backs === undefined ? {} : { backs }) };
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

const STRING: Rule = { kind: 'string', sort: 'token', find: findString };
const BLANK = rule('blank', /[ \t\n\r]+/);
const NAME = rule('name', /[a-zA-Z_][a-zA-Z0-9_-]*/);
const DOT = rule('dot', /\.[a-zA-Z]/);
const BOOLEANS = [rule('true', /true/), rule('false', /false/)];
const NUMBERS = [
  rule('integer', /-?[0-9]+(?:\.\.)?/),
  rule(
    'double',
    /-?(?:[0-9]+\.[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)/,
  ),
];
const WORDS = [
  rule('word', /[a-zA-Z_@][a-zA-Z0-9_@]*/),
  rule('bracketed word', /\{[a-zA-Z_][a-zA-Z0-9_@]*\}/),
];
const LISTS = [
  rule('[', /\[/),
  rule(']', /\]/),
  rule(',', /,/),
  rule('..', /\.\./),
  rule(':', /:/),
  rule('{', /\{/),
  rule('}', /\}/),
];
const OPEN = rule('(', /\(/);
const INDEX = rule('index [', /\[/);
const SET = rule('set', /[ \t]*(?:#set|#\{set\}) *\(/);
const EMPTY_INDEX = rule('empty index', /\$(?:!|\\!)?\[/);

/** Rules of every state, after its own. */
const EVERYWHERE: readonly Rule[] = [
  { kind: 'dollar', sort: 'more', find: findDollar },
  rule('verbatim', /#\[\[/, 'more'),
  rule('comment', /#\*\*[^#]/, 'more', 1),
  rule('comment', /#\*/, 'more'),
  rule('hash', /#/, 'more'),
];

/** Begins a comment in these states only: after `$x.y` two signs are text. */
const LINE_COMMENT = rule('line comment', /##/);

const OPERATORS = [
  rule('operator', /[-+*/%]|&&|and|\|\||or|<=?|lt|le|>=?|gt|ge|==|eq|!=|ne|!|not/),
  rule('=', /=/),
];

const END_OF_LINE = '(?:[ \\t]*(?:\\r\\n|\\n|\\r))?';

export const RULES: Readonly<Record<State, readonly Rule[]>> = {
  text: [
    { kind: 'escaped directive', sort: 'token', find: findEscapedDirective },
    SET,
    ...EVERYWHERE,
    LINE_COMMENT,
    rule('double escape', /\\\\/),
    rule('escape', /\\/),
    rule('text', /[^$#\\]+/),
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
    rule('reference {', /\{/),
    rule('reference }', /\}/),
    rule('terminator', /[\s\S]/, 'special'),
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
    rule('reference {', /\{/),
    rule('reference }', /\}/),
    rule('terminator', /[\s\S]/, 'special'),
  ],
  arguments: [
    ...LISTS,
    rule('arguments )', /\)/),
    SET,
    ...EVERYWHERE,
    BLANK,
    STRING,
    ...BOOLEANS,
    ...NUMBERS,
    NAME,
    DOT,
  ],
  index: [rule('index ]', /\]/), ...EVERYWHERE, BLANK, STRING, ...BOOLEANS, ...NUMBERS],
  hash: [
    ...EVERYWHERE,
    LINE_COMMENT,
    rule('end', new RegExp(`(?:end|\\{end\\})${END_OF_LINE}`)),
    rule('if', /if|\{if\}/),
    rule('elseif', /elseif|\{elseif\}/),
    rule('else', new RegExp(`(?:else|\\{else\\})${END_OF_LINE}`)),
    ...NUMBERS,
    ...WORDS,
    rule('terminator', /[\s\S]/, 'special'),
  ],
  directive: [
    ...LISTS,
    OPEN,
    rule(')', new RegExp(`\\)${END_OF_LINE}`)),
    ...EVERYWHERE,
    LINE_COMMENT,
    BLANK,
    STRING,
    ...BOOLEANS,
    ...OPERATORS,
    ...NUMBERS,
    ...WORDS,
  ],
  verbatim: [...EVERYWHERE, rule('verbatim', /\]\]#/), rule('passed', /[^\\$#\]]+|[\s\S]/, 'more')],
  comment: [...EVERYWHERE, rule('comment', /\*#/), rule('passed', /[^\\$#*]+|[\s\S]/, 'pass')],
  'line comment': [
    ...EVERYWHERE,
    rule('line end', /\r\n|\n|\r/),
    rule('passed', /[^\\$#\r\n]+|[\s\S]/, 'pass'),
  ],
};
