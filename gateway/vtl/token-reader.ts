/** The tokens of a template in reading order, with as much looking ahead as the parser needs and not a token more. */
import { type Lexer, newLexer, shown } from './lexer.ts';
import { SyntaxFault } from './template-error.ts';
import type { Token, TokenKind } from './tokens.ts';

export interface TokenReader {
  readonly lexer: Lexer;
  /** What has been taken so far; the last one is at `taken.length - 1`. */
  readonly taken: Token[];
  /** The token that comes after `ahead` others. */
  peek(ahead?: number): Token;
  take(): Token;
  /** Takes a token of this kind, or nothing. */
  skip(kind: TokenKind): boolean;
  /** @throws SyntaxFault when another kind comes; `wanted` says what was expected, in words. */
  expect(kind: TokenKind, wanted: string): Token;
}

export function newTokenReader(source: string): TokenReader {
  const lexer = newLexer(source);
  const waiting: Token[] = [];
  const taken: Token[] = [];
  const reader: TokenReader = {
    lexer,
    taken,
    peek(ahead = 0) {
      while (waiting.length <= ahead) waiting.push(lexer.next());
      return waiting[ahead] as Token;
    },
    take() {
      const token = reader.peek();
      waiting.shift();
      taken.push(token);
      return token;
    },
    skip(kind) {
      if (reader.peek().kind !== kind) return false;
      reader.take();
      return true;
    },
    expect(kind, wanted) {
      const token = reader.peek();
      if (token.kind !== kind) throw unexpected(token, wanted);
      return reader.take();
    },
  };
  return reader;
}

/** What is thrown where a token stands that cannot. */
export function unexpected(token: Token, wanted: string): SyntaxFault {
  const found = token.kind === 'end of template' ? 'the end of the template' : shown(token.image.trim());
  return new SyntaxFault(token.at, `expected ${wanted}, found ${found}`);
}

/** As written, signs and blanks and all, from the token at one index to the one before another; joined when asked. */
export function literalBetween(reader: TokenReader, from: number, to: number): () => string {
  return () => {
    let literal = '';
    for (const token of reader.taken.slice(from, to)) {
      literal += token.kind === 'comment' ? '' : token.special + token.image;
    }
    return literal;
  };
}

/** As {@link literalBetween}, without the signs between tokens: what a call prints when there is no such macro. */
export function imagesBetween(reader: TokenReader, from: number, to: number): () => string {
  return () =>
    reader.taken
      .slice(from, to)
      .map(({ image }) => image)
      .join('');
}
