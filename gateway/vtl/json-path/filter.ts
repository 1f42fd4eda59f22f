/**
 * `[?(…)]` to criteria. Jayway 2.0.0 splits the filter at `&&` and `||`, wherever they stand, drops brackets at the
 * edges of what is between, and looks for the first operator; so grouping means nothing, `&&` binds closer, and the
 * last criterion is asked first.
 */
import { compilePattern } from '../../../contract/schema/pattern/match.ts';
import { type Criterion, type JsonPath, type Operand, type Operator, Refused } from './path.ts';

type ParsePath = (source: string, offset: number) => JsonPath;

/** `text` is the bracket, whose `?` stands at `mark`; `position` is its place in the path. */
export function parseFilter(
  text: string,
  position: number,
  mark: number,
  parsePath: ParsePath,
): readonly (readonly Criterion[])[] {
  const start = text.lastIndexOf('[', mark);
  const inside = unwrapped(text.slice(start, filterEnd(text, start, position)), position);
  const groups: Criterion[][] = [[]];
  let joined = true;
  let at = position + Math.max(0, text.indexOf(inside, start));
  for (const piece of inside.split(/(?<=&&|\|\|)|(?=&&|\|\|)/)) {
    const word = piece.trim();
    if (word === '&&' || word === '||') {
      if (joined) throw new Refused(`"${word}" stands without a criterion before it`, at);
      joined = true;
      if (word === '||') groups.unshift([]);
    } else {
      if (!joined) throw new Refused('two criteria stand beside each other', at);
      joined = false;
      groups[0]?.unshift(parseCriterion(withoutBrackets(word, at), at, parsePath));
    }
    at += piece.length;
  }
  if (joined) throw new Refused('the filter ends with an operator', at);
  return groups;
}

/** After the first `]` that stands in no round bracket and in no quotes. */
function filterEnd(text: string, start: number, position: number): number {
  let quoted = false;
  let round = 0;
  let square = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === "'" && text[at - 1] !== '\\') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') round += 1;
    else if (char === ')') round -= 1;
    else if (char === '[') square += 1;
    else if (char === ']') {
      square -= 1;
      if (round !== 0) continue;
      if (square !== 0) break;
      return at + 1;
    }
  }
  throw new Refused('the brackets or quotes of the filter do not match', position);
}

/** What stands between `[?(` and `)]`. */
function unwrapped(text: string, position: number): string {
  const found = /^\[\s*\?\s*\((?<inside>[\s\S]*)\)\s*\]$/.exec(text)?.groups?.['inside'];
  if (found === undefined) throw new Refused('a filter is written as [?(…)]', position);
  return found.trim();
}

/** Leading `[`, `?`, `(` and trailing `)` count for nothing. */
function withoutBrackets(word: string, position: number): string {
  const from = word.search(/[^[?( ]/);
  let to = word.length;
  while (to > 0 && (word[to - 1] === ')' || word[to - 1] === ' ')) to -= 1;
  if (from === -1 || from >= to) throw new Refused('a criterion is missing', position);
  return word.slice(from, to);
}

/** In the order in which they are looked for. */
const OPERATORS: readonly Operator[] = ['==', '>=', '<=', '!=', '<', '>', '=~'];

function parseCriterion(text: string, position: number, parsePath: ParsePath): Criterion {
  const operator = OPERATORS.find(known => text.includes(known));
  const at = operator === undefined ? text.length : text.indexOf(operator);
  const left = text.slice(0, at).trim();
  const right = text.slice(at + (operator?.length ?? 0)).trim();
  if (/^!?@|^\$/.test(left)) {
    // The sign is dropped where an operator follows.
    const wanted = !left.startsWith('!');
    const path = definitePath(wanted ? left : left.slice(1), position, parsePath);
    if (operator === undefined) return { kind: 'exists', path, wanted };
    return {
      kind: 'compare',
      left: { kind: 'path', path },
      operator,
      right: parseOperand(right, position, parsePath),
      position,
    };
  }
  if (operator === undefined)
    throw new Refused(`"${text}" begins with neither "@" nor "$", and compares nothing`, position);
  return {
    kind: 'compare',
    left: parseOperand(left, position, parsePath),
    operator,
    right: parseOperand(right, position, parsePath),
    position,
  };
}

function parseOperand(text: string, position: number, parsePath: ParsePath): Operand {
  if (text.startsWith('!@'))
    throw new Refused('"!" can only stand before a path that is asked to exist', position);
  if (text.startsWith('@') || text.startsWith('$'))
    return { kind: 'path', path: definitePath(text, position, parsePath) };
  if (text.startsWith("'") && text.endsWith("'")) {
    if (text.length === 1) throw new Refused('a quote is never closed', position);
    return { kind: 'text', text: text.slice(1, -1) };
  }
  if (text.startsWith('/') && (text.endsWith('/') || text.endsWith('/i')))
    return parsePattern(text, position);
  return { kind: 'text', text };
}

function definitePath(text: string, position: number, parsePath: ParsePath): JsonPath {
  const path = parsePath(text, position);
  if (!path.definite) throw new Refused(`the path ${text} of a filter is not definite`, position);
  return path;
}

/** `/…/` and `/…/i`, which must match the whole text. */
function parsePattern(text: string, position: number): Operand {
  const end = text.lastIndexOf('/');
  if (end === 0) throw new Refused('a pattern is never closed', position);
  const source = text.slice(1, end);
  const flags = /^\(\?[a-z]+\)/.exec(source)?.[0] ?? '';
  const ignoringCase = text.endsWith('i') ? '(?i:' : '(?:';
  const compiled = compilePattern(`${flags}^${ignoringCase}${source.slice(flags.length)})$`);
  if (compiled.kind === 'compiled') return { kind: 'pattern', source, test: compiled.test };
  throw new Refused(`the pattern ${text} cannot be used: ${compiled.message}`, position);
}
