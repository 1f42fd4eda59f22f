/**
 * Text to path. Jayway 2.0.0 reads paths in one pass without a grammar, and takes much that looks like a slip; what it
 * takes means the same here, what it refuses is refused here with a place and a reason.
 *
 * One thing is read in addition: `length()` at the end, which later versions of Jayway have and AWS documents.
 */
import { parseBracket } from './bracket.ts';
import { parseFilter } from './filter.ts';
import { isDefinite, isStraight, type JsonPath, type PathRefusal, Refused, type Step } from './path.ts';

/** A mapping template is 300 KB at most, and its longest useful path is far shorter than this. */
const MAX_LENGTH = 20_000;
/** Each may be a call in another, on values that are deep as well. */
const MAX_STEPS = 500;
/** Paths in filters of paths in filters. */
const MAX_DEPTH = 20;

/** Paths are few, and the same in each request; the lid is for templates that build them. */
const MAX_KEPT = 2000;
const kept = new Map<string, JsonPath | PathRefusal>();

/**
 * A path ready to be evaluated, or the reason why it cannot be. Never throws; the last 2,000 are kept.
 *
 * @example
 * ```ts
 * import { compilePath } from './gateway/vtl/json-path/parse-path.ts';
 *
 * const path = compilePath('$.pets[?(@.price < 10)].name');
 * console.log(path.kind === 'path' ? path.definite : `${path.message} at ${path.position}`);
 * ```
 */
export function compilePath(source: string): JsonPath | PathRefusal {
  let path = kept.get(source);
  if (path === undefined) {
    path = compile(source);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(source, path);
  }
  return path;
}

function compile(source: string): JsonPath | PathRefusal {
  try {
    return parse(source, 0, 0);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: 'refused', message: error.message, position: error.position };
  }
}

/** `offset` is where the text begins in the whole path, `depth` in how many filters it stands. */
function parse(source: string, offset: number, depth: number): JsonPath {
  if (source.length > MAX_LENGTH)
    throw new Refused(
      `the path is ${source.length} characters long; ${MAX_LENGTH} are read`,
      offset + MAX_LENGTH,
    );
  if (depth > MAX_DEPTH) throw new Refused(`filters are nested more than ${MAX_DEPTH} levels deep`, offset);
  const trimmed = javaTrim(source);
  if (trimmed === '') throw new Refused('the path is empty', offset);
  if (trimmed.endsWith('..')) throw new Refused('the path ends with "..", which looks for nothing', offset);
  const first = trimmed.charAt(0);
  const bare = first !== '$' && first !== '@';
  const text = bare ? `.${trimmed}` : trimmed.slice(1);
  // From a place in `text` to its place in the whole path.
  const shift = offset + source.indexOf(trimmed) + (bare ? -1 : 1);
  if (text !== '' && text[0] !== '.' && text[0] !== '[')
    throw new Refused(`after "${first}" a path goes on with "." or "["`, shift);
  const steps = parseSteps(text, shift, depth);
  if (steps.length > MAX_STEPS) throw new Refused(`the path has more than ${MAX_STEPS} steps`, shift);
  // Jayway looks at the step before, and at what follows, but not further back.
  const lenient = steps.map((_, at) => !steps.slice(Math.max(0, at - 1)).every(isDefinite));
  return {
    kind: 'path',
    source: trimmed,
    steps,
    lenient,
    straight: steps.every(isStraight),
    definite: steps.every(isDefinite),
    fromRoot: first !== '@',
  };
}

/** `String.trim` of Java: blanks are all characters up to U+0020, and no others. */
function javaTrim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= 0x20) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= 0x20) to -= 1;
  return text.slice(from, to);
}

function parseSteps(text: string, shift: number, depth: number): readonly Step[] {
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    const position = shift + at;
    const char = text[at];
    if (char === ' ') {
      throw new Refused("a blank stands in the path; write such a name as ['a b']", position);
    } else if (char === '$') {
      steps.push({ kind: 'self', position });
      at += 1;
    } else if (char === '*') {
      steps.push({ kind: 'wildcard', position });
      at += 1;
    } else if (char === '[') {
      const end = closingBracket(text, at);
      steps.push(bracketStep(text.slice(at, end), position, depth));
      at = end;
    } else if (char === '.' && text[at + 1] === '.') {
      steps.push({ kind: 'scan', position });
      at += 2;
    } else {
      if (char === '.') at += 1;
      if (at >= text.length) throw new Refused('the path ends with "."', position);
      const end = nameEnd(text, at);
      const name = text.slice(at, end);
      if (name === '*' && char === '.') steps.push({ kind: 'wildcard', position });
      else if (name !== '') steps.push({ kind: 'property', names: dottedNames(name, position), position });
      at = end;
    }
  }
  return steps;
}

/** After the bracket that closes the one at `start`, or the text's end. Quotes hide no bracket. */
function closingBracket(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '[') open += 1;
    else if (text[at] === ']' && --open === 0) return at + 1;
  }
  return text.length;
}

function nameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== '.' && text[end] !== '[' && text[end] !== ' ') end += 1;
  return end;
}

/** A dotted name is read as if it stood between `['` and `']`, so that a quote or a bracket in it ends it. */
function dottedNames(name: string, position: number): readonly string[] {
  if (!/['\]]/.test(name)) return [name];
  const step = parseBracket(`['${name}']`, position);
  return step.kind === 'property' ? step.names : [];
}

function bracketStep(text: string, position: number, depth: number): Step {
  const step = parseBracket(text, position);
  if (step.kind !== 'filter') return step;
  const parsePath = (source: string, offset: number): JsonPath => parse(source, offset, depth + 1);
  return { kind: 'filter', groups: parseFilter(text, position, step.at, parsePath), position };
}
