/** What stands between the parentheses of a directive or a method, with Velocity's precedence. */
import type { BinaryOperator, Block, Expression, Reference } from './syntax.ts';
import { SyntaxFault } from './template-error.ts';
import { literalBetween, type TokenReader, unexpected } from './token-reader.ts';
import type { Token, TokenKind } from './tokens.ts';
import { whole } from './values.ts';

/** What the parts of the parser share. */
export interface ParseContext {
  readonly reader: TokenReader;
  /** Reads the inside of a string; `origin` is the offset of its first character. */
  readonly parseInside: (text: string, origin: number) => Block;
  /** Reads a reference that begins at the next token. */
  readonly parseReference: (context: ParseContext) => Reference;
  /** How deep blocks, brackets and strings stand in each other. */
  depth: number;
}

/** Deeper than anybody writes, and shallow enough for every stack. */
const MAX_DEPTH = 200;

/** Of one strength: each stands in the next. */
const MAX_OPERATORS = 500;

/** Goes one level deeper while `read` reads. @throws SyntaxFault when that is too deep. */
export function deeper<T>(context: ParseContext, read: () => T): T {
  context.depth += 1;
  if (context.depth > MAX_DEPTH) {
    throw new SyntaxFault(context.reader.peek().at, `nested more than ${MAX_DEPTH} levels deep`);
  }
  const found = read();
  context.depth -= 1;
  return found;
}

/** Weakest first; operators of one row are read from the left. */
const PRECEDENCE: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { or: 'or', '||': 'or' },
  { and: 'and', '&&': 'and' },
  { '==': '==', eq: '==', '!=': '!=', ne: '!=' },
  { '<': '<', lt: '<', '>': '>', gt: '>', '<=': '<=', le: '<=', '>=': '>=', ge: '>=' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', '%': '%' },
];

/** A whole expression. @throws SyntaxFault */
export function parseExpression(context: ParseContext): Expression {
  return deeper(context, () => binary(context, 0));
}

function binary(context: ParseContext, level: number): Expression {
  const operators = PRECEDENCE[level];
  if (operators === undefined) return unary(context);
  const { reader } = context;
  const first = reader.taken.length;
  let left = binary(context, level + 1);
  for (let count = 0; ; count += 1) {
    const { kind, image, at } = reader.peek();
    const operator = kind === 'operator' && Object.hasOwn(operators, image) ? operators[image] : undefined;
    if (operator === undefined) return left;
    if (count === MAX_OPERATORS) {
      throw new SyntaxFault(at, `more than ${MAX_OPERATORS} operators in a row`);
    }
    const leftLiteral = operandLiteral(reader, first, reader.taken.length);
    reader.take();
    const second = reader.taken.length;
    const right = binary(context, level + 1);
    const rightLiteral = operandLiteral(reader, second, reader.taken.length);
    left = { kind: 'binary', at, operator, left, right, leftLiteral, rightLiteral };
  }
}

/** As written, without the blanks round it. */
function operandLiteral(reader: TokenReader, from: number, to: number): () => string {
  const literal = literalBetween(reader, from, to);
  return () => literal().trim();
}

function unary(context: ParseContext): Expression {
  const { reader } = context;
  const blank = reader.peek().kind === 'blank' ? 1 : 0;
  const { kind, image } = reader.peek(blank);
  if (kind !== 'operator' || (image !== '!' && image !== 'not')) return primary(context);
  if (blank === 1) reader.take();
  reader.take();
  return deeper(context, () => ({ kind: 'not', operand: unary(context) }));
}

function primary(context: ParseContext): Expression {
  const { reader } = context;
  reader.skip('blank');
  if (!reader.skip('(')) return parameter(context, 'value');
  const inner = parseExpression(context);
  reader.expect(')', '")" or an operator');
  reader.skip('blank');
  return inner;
}

const ANYWHERE: readonly TokenKind[] = ['string', 'integer', 'true', 'false', 'name', 'reference {'];
const NOT_IN_INDEX: readonly TokenKind[] = ['double', '[', '{'];

/** True when the token begins a value that {@link parameter} reads. */
export function startsValue(kind: TokenKind): boolean {
  return ANYWHERE.includes(kind) || NOT_IN_INDEX.includes(kind);
}

/** One value with the blanks round it: no operators. @throws SyntaxFault */
export function parameter(context: ParseContext, role: 'argument' | 'index' | 'value'): Expression {
  context.reader.skip('blank');
  const found = bareValue(context, role);
  context.reader.skip('blank');
  return found;
}

/** One value without the blanks round it. @throws SyntaxFault */
export function bareValue(context: ParseContext, role: 'argument' | 'index' | 'value'): Expression {
  const { reader } = context;
  const token = reader.peek();
  if (role === 'index' && NOT_IN_INDEX.includes(token.kind)) {
    throw unexpected(token, 'a string, a whole number or a reference as index');
  }
  switch (token.kind) {
    case 'name':
    case 'reference {':
      return deeper(context, () => context.parseReference(context));
    case 'string':
      return deeper(context, () => parseString(context));
    case 'integer':
      reader.take();
      return { kind: 'constant', value: integerOf(token) };
    case 'double':
      reader.take();
      return { kind: 'double', value: doubleOf(token) };
    case 'true':
    case 'false':
      reader.take();
      return { kind: 'constant', value: token.kind === 'true' };
    case '[':
      return deeper(context, () => parseList(context));
    case '{':
      return deeper(context, () => parseMap(context));
    default:
      throw unexpected(token, role === 'index' ? 'an index' : 'a value');
  }
}

/** Longer ones are refused: turning digits into a `bigint` is not linear. */
const MAX_DIGITS = 1000;

/** A `#` may have begun the token, and is no part of a number. */
function refuseSigns({ image, at }: Token): void {
  if (/[#$]/.test(image)) throw new SyntaxFault(at, `${JSON.stringify(image.slice(0, 20))} is no number`);
}

function doubleOf(token: Token): number {
  refuseSigns(token);
  return Number(token.image);
}

function integerOf(token: Token): number | bigint {
  refuseSigns(token);
  const { image, at } = token;
  if (image.length > MAX_DIGITS) throw new SyntaxFault(at, `a number of more than ${MAX_DIGITS} digits`);
  return whole(image.length < 16 ? Number(image) : BigInt(image));
}

function parseString(context: ParseContext): Expression {
  const token = context.reader.take();
  const quote = token.image.charAt(0);
  const inside = token.image.slice(1, -1);
  const single = quote === "'";
  const text = (single ? inside : unescaped(inside, token.at)).replaceAll(quote + quote, quote);
  if (single || !/[$#]/.test(token.image)) return { kind: 'constant', value: text };
  return { kind: 'interpolation', at: token.at, block: context.parseInside(text, token.at + 1) };
}

/** `\u0041` in double quotes is a character. */
function unescaped(text: string, at: number): string {
  return text.replace(/\\u([0-9a-fA-F]{0,4})/g, (_, digits: string) => {
    if (digits.length < 4) throw new SyntaxFault(at, '"\\u" takes four hexadecimal digits');
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
}

/** `[a, b]`, or `[1..3]` of two whole numbers or references. */
function parseList(context: ParseContext): Expression {
  const { reader } = context;
  const { at } = reader.take();
  const items: Expression[] = [];
  if (reader.skip(']')) return { kind: 'list', items };
  do {
    items.push(parameter(context, 'value'));
    const [from] = items;
    if (from !== undefined && items.length === 1 && canBound(from) && reader.skip('..')) {
      const to = parameter(context, 'value');
      if (!canBound(to)) throw unexpected(reader.peek(), 'a whole number or a reference as end of the range');
      reader.expect(']', '"]" after the range');
      return { kind: 'range', at, from, to };
    }
  } while (reader.skip(','));
  reader.expect(']', '"," or "]" in the list');
  return { kind: 'list', items };
}

function canBound(value: Expression): boolean {
  return (
    value.kind === 'reference' || (value.kind === 'constant' && /number|bigint/.test(typeof value.value))
  );
}

function parseMap(context: ParseContext): Expression {
  const { reader } = context;
  reader.take();
  const entries: (readonly [Expression, Expression])[] = [];
  const blank = reader.peek().kind === 'blank' ? 1 : 0;
  if (startsValue(reader.peek(blank).kind)) {
    do {
      const key = parameter(context, 'value');
      reader.expect(':', '":" after the key of the map');
      entries.push([key, parameter(context, 'value')]);
    } while (reader.skip(','));
  } else if (blank === 1) reader.take();
  if (!reader.skip('}')) reader.expect('reference }', '"," or "}" in the map');
  return { kind: 'map', entries };
}
