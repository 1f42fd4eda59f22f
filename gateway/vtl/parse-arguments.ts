/** What stands in the parentheses of a directive that is no `#if` and no `#set`: values with blanks or commas between. */
import { bareValue, type ParseContext, startsValue } from './parse-expression.ts';
import type { MacroArgument } from './syntax.ts';
import { SyntaxFault } from './template-error.ts';
import { literalBetween, type TokenReader } from './token-reader.ts';

export type DirectiveArgument =
  | (MacroArgument & { readonly kind: 'value' })
  /** The name of a macro, and the `in` of a loop. */
  | { readonly kind: 'word'; readonly word: string };

/** The arguments up to the closing parenthesis. @throws SyntaxFault */
export function argumentsOf(context: ParseContext, name: string): readonly DirectiveArgument[] {
  const { reader } = context;
  const found: DirectiveArgument[] = [];
  while (hasMore(reader)) {
    reader.skip('blank');
    if (reader.skip(',')) reader.skip('blank');
    const token = reader.peek();
    if (token.kind === 'word') {
      if (!allowsWord(name, found.length)) {
        throw new SyntaxFault(token.at, `${token.image} is no value; a text stands in quotes`);
      }
      reader.take();
      found.push({ kind: 'word', word: token.image });
    } else {
      const first = reader.taken.length;
      const value = bareValue(context, 'value');
      found.push({ kind: 'value', value, literal: literalBetween(reader, first, reader.taken.length) });
    }
  }
  return found;
}

/** Two tokens are enough to know; a third is not asked for. */
function hasMore(reader: TokenReader): boolean {
  const blank = reader.peek().kind === 'blank' ? 1 : 0;
  const { kind } = reader.peek(blank);
  if (kind !== ',') return kind === 'word' || startsValue(kind);
  if (blank === 1) return true;
  const next = reader.peek(1).kind;
  return next === 'blank' || next === 'word' || startsValue(next);
}

function allowsWord(name: string, index: number): boolean {
  switch (name) {
    case 'macro':
      return index === 0;
    case 'foreach':
      return index === 1;
    case 'break':
    case 'define':
    case 'evaluate':
    case 'include':
    case 'literal':
    case 'parse':
    case 'stop':
      return false;
    default:
      return true;
  }
}
