/** The tokens of Velocity 1.7, and the states in which they are read. */

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
