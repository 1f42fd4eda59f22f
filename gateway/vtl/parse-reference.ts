/** `$a.b("c")[0]` in its spellings, and the backslashes before it. */
import { type ParseContext, parameter } from './parse-expression.ts';
import type { Expression, Reference, Step } from './syntax.ts';
import { literalBetween, unexpected } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** Reads a reference that begins at the next token. @throws SyntaxFault */
export function parseReference(context: ParseContext): Reference {
  const { reader } = context;
  const first = reader.taken.length;
  const head = reader.take();
  const braces = head.kind === 'reference {';
  const named = braces ? reader.expect('name', 'the name of a reference after "{"') : head;
  const steps = parseSteps(context);
  if (braces) reader.expect('reference }', `"}" after \${${named.image}`);
  return asWritten(context, first, head, named, steps);
}

function parseSteps(context: ParseContext): readonly Step[] {
  const { reader } = context;
  const steps: Step[] = [];
  parseIndexes(context, steps);
  while (reader.peek().kind === 'dot' && reader.peek(1).kind === 'name') {
    reader.take();
    const { image: name, at } = reader.take();
    if (reader.peek().kind === '(' && startsArguments(reader.peek(1))) {
      reader.take();
      steps.push({ kind: 'method', at, name, arguments: parseArguments(context, name) });
    } else steps.push({ kind: 'member', at, name: interned(name) });
    parseIndexes(context, steps);
  }
  return steps;
}

function parseIndexes(context: ParseContext, steps: Step[]): void {
  const { reader } = context;
  while (reader.peek().kind === 'index [') {
    const { at } = reader.take();
    const index = parameter(context, 'index');
    reader.expect('index ]', '"]" after the index');
    steps.push({ kind: 'index', at, index });
  }
}

function startsArguments({ kind }: Token): boolean {
  switch (kind) {
    case 'arguments )':
    case 'blank':
    case 'string':
    case 'integer':
    case 'double':
    case '[':
    case '{':
    case 'true':
    case 'false':
    case 'name':
    case 'reference {':
      return true;
    default:
      return false;
  }
}

function parseArguments(context: ParseContext, name: string): readonly Expression[] {
  const { reader } = context;
  const found: Expression[] = [];
  if (reader.skip('arguments )')) return found;
  do found.push(parameter(context, 'argument'));
  while (reader.skip(','));
  if (reader.peek().kind !== 'arguments )') {
    throw unexpected(reader.peek(), `"," or ")" among the arguments of ${name}`);
  }
  reader.take();
  return found;
}

/** Tells apart what stands before the name. Takes from the first token what is no part of the reference. */
function asWritten(
  { reader }: ParseContext,
  first: number,
  head: Token,
  named: Token,
  steps: readonly Step[],
): Reference {
  const plain = {
    kind: 'reference',
    at: head.at,
    steps,
    backslashes: '',
    signs: '',
    escaped: false,
  } as const;
  const bang = head.image.indexOf('\\!');
  if (bang !== -1) {
    // `$\!x` is no reference: one backslash goes and the rest prints.
    const slash = head.image.indexOf('\\', head.image.indexOf('$'));
    const literal = head.image.slice(0, slash) + head.image.slice(slash + 1);
    return { ...plain, name: literal, settable: literal, steps: [], quiet: false, literal, bare: false };
  }
  const count = /^\\*/.exec(head.image)?.[0].length ?? 0;
  const backslashes = '\\'.repeat(count >> 1);
  head.image = head.image.slice(count);
  const dollar = Math.max(0, head.image.lastIndexOf('$'));
  const signs = head.image.slice(0, dollar);
  head.image = head.image.slice(dollar);
  const escaped = count % 2 === 1;
  const literal = literalBetween(reader, first, reader.taken.length)();
  const quiet = head.image.startsWith('$!');
  const bare = !head.image.startsWith('$');
  const name = interned(bare || named === head ? head.image.slice(bare ? 0 : quiet ? 2 : 1) : named.image);
  return {
    ...plain,
    name,
    // Velocity takes one character from the first token, whatever comes after it: `#set(${x} = 1)` sets no `$x`.
    settable: head.image.slice(1),
    backslashes,
    signs,
    escaped,
    quiet,
    literal: quiet && !escaped ? '' : literal,
    bare,
  };
}

/** The same text as the one instance that keys of objects are: maps then find it without reading it through. */
function interned(name: string): string {
  return Object.keys({ [name]: null })[0] ?? name;
}
