/**
 * Template text to a tree: text, references and directives. The order in which tokens are asked for is that of
 * Velocity's own parser, since asking for one may change what the next one is.
 */
import { argumentsOf, type DirectiveArgument } from './parse-arguments.ts';
import { deeper, type ParseContext, parseExpression } from './parse-expression.ts';
import { parseReference } from './parse-reference.ts';
import type { Block, Expression, Statement } from './syntax.ts';
import { SyntaxFault } from './template-error.ts';
import { imagesBetween, literalBetween, newTokenReader, unexpected } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** Directives that are read like a macro's call; what follows the name says whether a block belongs to it. */
const DIRECTIVES: Readonly<Record<string, 'line' | 'block'>> = {
  break: 'line',
  define: 'block',
  evaluate: 'line',
  foreach: 'block',
  include: 'line',
  literal: 'block',
  macro: 'block',
  parse: 'line',
  stop: 'line',
};

/** Names that an escape takes the meaning from. */
const CONTROL = new Set(['if', 'elseif', 'else', 'end', 'set']);

/**
 * The tree of a template. `macros` holds the names of macros known so far and gets those that are defined here;
 * offsets of faults count from the first character of the template in which the text stands.
 *
 * @throws SyntaxFault
 */
export function parseTemplate(source: string, macros: Set<string> = new Set()): Block {
  return parseText(source, macros, 0);
}

function parseText(source: string, macros: Set<string>, depth: number): Block {
  const context: StatementContext = {
    reader: newTokenReader(source),
    depth,
    macros,
    parseReference,
    parseInside: (text, origin) => parseInside(text, origin, macros, context.depth),
  };
  const block = parseBlock(context);
  const last = context.reader.peek();
  if (last.kind !== 'end of template') throw unexpected(last, 'text or a directive outside of a block');
  return block;
}

/** The inside of a string. A blank behind it keeps a `$` at its end from being half a token. */
function parseInside(text: string, origin: number, macros: Set<string>, depth: number): Block {
  const padded = !text.includes('##');
  try {
    const block = parseText(padded ? `${text} ` : text, macros, depth);
    return padded ? withoutLastBlank(block) : block;
  } catch (error) {
    if (error instanceof SyntaxFault) throw new SyntaxFault(origin + error.offset, error.message);
    throw error;
  }
}

/** Whatever prints last loses its last character; when nothing is left of it, nothing prints. */
function withoutLastBlank(block: Block): Block {
  const last = block.at(-1);
  return last?.kind === 'text' && last.text.endsWith(' ')
    ? [...block.slice(0, -1), { kind: 'text', text: last.text.slice(0, -1) }]
    : [...block, { kind: 'trim' }];
}

interface StatementContext extends ParseContext {
  readonly macros: Set<string>;
}

/** Statements until something comes that ends a block. */
function parseBlock(context: StatementContext): Block {
  const block: Statement[] = [];
  for (;;) {
    const statement = parseStatement(context);
    if (statement === undefined) return block;
    const before = block.at(-1);
    if (statement.kind === 'text' && before?.kind === 'text') {
      block[block.length - 1] = { kind: 'text', text: before.text + statement.text };
    } else if (statement.kind !== 'text' || statement.text !== '') block.push(statement);
  }
}

function parseStatement(context: StatementContext): Statement | undefined {
  const { reader } = context;
  const { kind } = reader.peek();
  switch (kind) {
    case 'name':
      return parseReference(context);
    case 'reference {':
      return reader.peek(1).kind === 'name' ? parseReference(context) : text(reader.take());
    case 'if':
      return deeper(context, () => parseIf(context));
    case 'set':
      return parseSet(context);
    case 'word':
    case 'bracketed word':
      return deeper(context, () => parseDirective(context));
    case 'comment':
    case 'line comment': {
      const { image } = reader.take();
      if (kind === 'line comment') reader.skip('line end');
      return { kind: 'text', text: image.slice(0, Math.max(0, image.search(/##|#\*/))) };
    }
    case 'verbatim':
      return { kind: 'text', text: reader.take().image.slice(3, -3) };
    case 'escaped directive':
      return escapedDirective(context);
    case 'double escape':
      return escapes(context);
    case 'text':
    case 'escape':
    case 'empty index':
    case '(':
    case ')':
    case 'string':
    case 'integer':
    case 'double':
    case 'dot':
    case 'reference }':
      return text(reader.take());
    default:
      return undefined;
  }
}

function text({ special, image }: Token): Statement {
  return { kind: 'text', text: special + image };
}

/** `\#if` prints `#if`, and so do macros that are known by now; `\#other` prints its backslash too. */
function escapedDirective({ reader, macros }: StatementContext): Statement {
  const { image } = reader.take();
  const last = image.lastIndexOf('\\');
  const directive = image.slice(last + 1);
  const known = isKnown(directive.replace(/^#\{?|\}$/g, ''), macros);
  return { kind: 'text', text: known ? '\\'.repeat(last >> 1) + directive : image };
}

/** Pairs of backslashes before a directive are halved. */
function escapes({ reader, macros }: StatementContext): Statement {
  let count = 0;
  while (reader.skip('double escape')) count += 1;
  const { kind, image } = reader.peek();
  const halved =
    kind === 'if' ||
    kind === 'else' ||
    kind === 'elseif' ||
    kind === 'end' ||
    isDirective(image.slice(1), macros);
  return { kind: 'text', text: '\\'.repeat(halved ? count : 2 * count) };
}

function isDirective(name: string, macros: ReadonlySet<string>): boolean {
  return Object.hasOwn(DIRECTIVES, name) || macros.has(name);
}

function isKnown(name: string, macros: ReadonlySet<string>): boolean {
  return CONTROL.has(name) || isDirective(name, macros);
}

function parseIf(context: StatementContext): Statement {
  const { reader } = context;
  const branches = [];
  const { at } = reader.peek();
  do {
    const { image } = reader.take();
    reader.skip('blank');
    reader.expect('(', `"(" after ${image.trim()}`);
    const test = parseExpression(context);
    reader.expect(')', '")" or an operator');
    branches.push({ test, block: parseBlock(context) });
  } while (reader.peek().kind === 'elseif');
  const otherwise = reader.skip('else') ? parseBlock(context) : [];
  expectEnd(context, at, '#if');
  return { kind: 'if', branches, otherwise };
}

function parseSet(context: StatementContext): Statement {
  const { reader } = context;
  const { at } = reader.take();
  reader.skip('blank');
  const first = reader.peek();
  if (first.kind !== 'name' && first.kind !== 'reference {') throw unexpected(first, 'a reference to set');
  const target = parseReference(context);
  reader.skip('blank');
  reader.expect('=', '"=" after the reference to set');
  const value = parseExpression(context);
  reader.expect(')', '")" or an operator');
  reader.lexer.endSet();
  return { kind: 'set', at: at + leadingBlanks(reader.taken, at), target, value };
}

/** `#set` swallows the blanks before it, which are no place to show. */
function leadingBlanks(taken: readonly Token[], at: number): number {
  const token = taken.findLast(one => one.at === at && one.kind === 'set');
  return token === undefined ? 0 : token.image.search(/[^ \t]/);
}

function expectEnd({ reader }: ParseContext, at: number, what: string): void {
  const token = reader.peek();
  if (token.kind === 'end of template') throw new SyntaxFault(at, `${what} has no #end`);
  reader.expect('end', `#end of ${what}`);
}

function parseDirective(context: StatementContext): Statement {
  const { reader } = context;
  const first = reader.taken.length;
  const head = reader.take();
  const { at } = head;
  const name = head.kind === 'word' ? head.image.slice(1) : head.image.slice(2, -1);
  reader.lexer.enterDirective();
  if (!reader.lexer.beforeParenthesis()) {
    reader.lexer.leaveDirective();
    return withoutParentheses(name, at, head);
  }
  reader.skip('blank');
  reader.expect('(', `"(" after #${name}`);
  const found = argumentsOf(context, name);
  reader.skip('blank');
  reader.expect(')', `a value, "," or ")" among the arguments of #${name}`);
  const isBlock = Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name] === 'block' : name.startsWith('@');
  const inside = reader.taken.length;
  const block = isBlock ? parseBlock(context) : undefined;
  const insideLiteral = literalBetween(reader, inside, reader.taken.length);
  if (block !== undefined) expectEnd(context, at, `#${name}`);
  const literal = imagesBetween(reader, first, reader.taken.length);
  if (name === 'literal') {
    const [argument] = found;
    return { kind: 'text', text: argument?.kind === 'value' ? argument.literal() : insideLiteral() };
  }
  return directive(context, { name, at, found, block: block ?? [], literal });
}

interface DirectiveParts {
  readonly name: string;
  readonly at: number;
  readonly found: readonly DirectiveArgument[];
  readonly block: Block;
  readonly literal: () => string;
}

function directive(context: StatementContext, parts: DirectiveParts): Statement {
  const { name, at, found, block, literal } = parts;
  const [first, , third, fourth] = found;
  switch (name) {
    case 'foreach':
      // The word between is not looked at, and without a list there is nothing to go through.
      if (first?.kind !== 'value') throw new SyntaxFault(at, '#foreach is written #foreach($item in $list)');
      return {
        kind: 'foreach',
        at,
        variable: variableName(first),
        items: third?.kind === 'value' ? third.value : undefined,
        // What stands where the block is looked for takes its place.
        block: fourth === undefined ? block : blockOf(fourth),
      };
    case 'define':
      if (first?.kind !== 'value' || found.length > 1) {
        throw new SyntaxFault(at, '#define is written #define($name)');
      }
      return { kind: 'define', at, name: first.literal().slice(1), block };
    case 'evaluate':
      if (first?.kind !== 'value' || found.length > 1 || !canBeText(first.value)) {
        throw new SyntaxFault(at, '#evaluate takes one string or reference');
      }
      return { kind: 'evaluate', at, text: first.value };
    case 'break':
      if (found.length > 1) throw new SyntaxFault(at, '#break takes one scope at most');
      return { kind: 'break', at, scope: first?.kind === 'value' ? first.value : undefined };
    case 'stop':
      return { kind: 'stop' };
    case 'include':
    case 'parse':
      throw new SyntaxFault(at, `#${name} asks for a file, and templates have none`);
    case 'macro': {
      const [named, ...parameters] = found;
      if (named?.kind !== 'word') throw new SyntaxFault(at, '#macro is written #macro(name $parameter …)');
      context.macros.add(named.word);
      return {
        kind: 'macro',
        name: named.word,
        parameters: parameters.map(one => (one.kind === 'value' ? variableName(one) : one.word)),
        block,
      };
    }
    default: {
      const word = found.find(one => one.kind === 'word')?.word;
      const values = found.flatMap(one => (one.kind === 'value' ? [one] : []));
      const body = name.startsWith('@') ? block : undefined;
      const called = body === undefined ? name : name.slice(1);
      return { kind: 'call', at, name: called, arguments: values, body, literal, word };
    }
  }
}

function blockOf(argument: DirectiveArgument): Block {
  return argument.kind === 'value' && argument.value.kind === 'reference' ? [argument.value] : [];
}

function canBeText(value: Expression): boolean {
  return (
    value.kind === 'reference' ||
    value.kind === 'interpolation' ||
    (value.kind === 'constant' && typeof value.value === 'string')
  );
}

/** What is no reference has a name that none can have. */
function variableName({ value, literal }: DirectiveArgument & { readonly kind: 'value' }): string {
  return value.kind === 'reference' ? value.name : literal().slice(1);
}

/** `#stop`, `#break`, a macro's name alone, or a `#` that means nothing. */
function withoutParentheses(name: string, at: number, head: Token): Statement {
  switch (name) {
    case 'stop':
      return { kind: 'stop' };
    case 'break':
      return { kind: 'break', at, scope: undefined };
    default:
      break;
  }
  if (Object.hasOwn(DIRECTIVES, name)) throw new SyntaxFault(at, `expected "(" after #${name}`);
  if (name.startsWith('@')) return { kind: 'text', text: `#${name}` };
  const literal = (): string => head.image;
  return { kind: 'call', at, name, arguments: [], body: undefined, literal, word: undefined };
}
