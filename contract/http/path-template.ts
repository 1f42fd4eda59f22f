/**
 * Path templates: which path fits which template, what its variables hold, and which of two fitting templates goes
 * first. Knows paths as they travel, percent-encoded; what a variable's text means is the parameter's matter.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#path-templating
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html `{proxy+}`
 */
import { percentDecode } from './percent-encoding.ts';

export interface PathTemplate {
  /** As written in the document. */
  readonly text: string;
  /** Of the variables, in order; `{proxy+}` is called `proxy`. */
  readonly names: readonly string[];
  readonly segments: readonly Segment[];
  /** The last segment is a `{name+}`, which takes slashes too. */
  readonly greedy: boolean;
}

/** What stands between two slashes: texts and variables in turn, beginning with a text that may be empty. */
interface Segment {
  /** One more than there are variables; in canonical percent-encoding. */
  readonly literals: readonly string[];
  readonly variables: readonly string[];
}

/**
 * Parses a template. Every text is one: a brace without its partner stands for itself.
 *
 * @example
 * ```ts
 * import { matchPath, parsePathTemplate } from './contract/http/path-template.ts';
 *
 * const template = parsePathTemplate('/pets/{id}.json');
 * console.log(matchPath(template, '/pets/a%2Fb.json')?.get('id')); // a%2Fb
 * ```
 */
export function parsePathTemplate(text: string): PathTemplate {
  const names: string[] = [];
  const segments: Segment[] = [];
  let literals: string[] = [''];
  let variables: string[] = [];
  let greedy = false;
  const closeSegment = (): void => {
    segments.push({ literals: literals.map(canonical), variables });
    literals = [''];
    variables = [];
  };
  // A name may hold a slash (3.2, 4.7.2), so expressions are found before segments are.
  for (const [token, expression] of text.replace(/^\//, '').matchAll(/\{([^{}]+)\}|\/|[^{/]+|\{/g)) {
    if (token === '/') closeSegment();
    else if (expression === undefined) literals.push((literals.pop() ?? '') + token);
    else {
      greedy = expression.endsWith('+') && expression.length > 1;
      const name = greedy ? expression.slice(0, -1) : expression;
      names.push(name);
      variables.push(name);
      literals.push('');
    }
  }
  closeSegment();
  const last = segments.at(-1);
  return {
    text,
    names,
    segments,
    greedy: greedy && text.endsWith('+}') && last?.variables.length === 1 && last.literals[0] === '',
  };
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();

/**
 * The variables of a path that fits the template, still encoded; undefined when it does not fit. A variable takes at
 * least one character. Where one segment holds several, each ends where the next text first stands.
 *
 * @param path - percent-encoded, without query, as in the request line
 */
export function matchPath(template: PathTemplate, path: string): ReadonlyMap<string, string> | undefined {
  const { segments } = template;
  const found: Map<string, string> | undefined = template.names.length === 0 ? undefined : new Map();
  let start = path.startsWith('/') ? 1 : 0;
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index] as Segment;
    const isLast = index === segments.length - 1;
    const slash = path.indexOf('/', start);
    const end = isLast && template.greedy ? path.length : slash === -1 ? path.length : slash;
    if (!matchSegment(segment, path.slice(start, end), found)) return undefined;
    if (isLast) return end === path.length ? (found ?? NO_VARIABLES) : undefined;
    if (end === path.length) return undefined;
    start = end + 1;
  }
  return undefined;
}

function matchSegment(segment: Segment, text: string, found: Map<string, string> | undefined): boolean {
  const { literals, variables } = segment;
  const first = literals[0] ?? '';
  if (variables.length === 0) return text === first || (odd(text) && canonical(text) === first);
  const last = literals[variables.length] ?? '';
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let start = first.length;
  for (let index = 0; index < variables.length; index += 1) {
    const next = index === variables.length - 1 ? end : text.indexOf(literals[index + 1] ?? '', start + 1);
    if (next <= start || next > end) return false;
    found?.set(variables[index] as string, text.slice(start, next));
    start = next + (literals[index + 1] ?? '').length;
  }
  return true;
}

/** The path with its variables filled in; undefined when `textOf` has none for a name. Values are already encoded. */
export function expandPath(
  template: PathTemplate,
  textOf: (name: string) => string | undefined,
): string | undefined {
  let path = '';
  for (const { literals, variables } of template.segments) {
    path += `/${literals[0] ?? ''}`;
    for (const [index, name] of variables.entries()) {
      const value = textOf(name);
      if (value === undefined) return undefined;
      path += value + (literals[index + 1] ?? '');
    }
  }
  return path;
}

/**
 * Orders templates so that the first that fits is the one to take: concrete segments before templated ones, from left
 * to right, more text before less, `{proxy+}` last.
 */
export function comparePathTemplates(a: PathTemplate, b: PathTemplate): number {
  const count = Math.min(a.segments.length, b.segments.length);
  for (let index = 0; index < count; index += 1) {
    const order = openness(a, index) - openness(b, index);
    if (order !== 0) return order;
    const text = textLength(b, index) - textLength(a, index);
    if (text !== 0) return text;
  }
  return b.segments.length - a.segments.length;
}

function openness(template: PathTemplate, index: number): number {
  const segment = template.segments[index] as Segment;
  if (segment.variables.length === 0) return 0;
  if (template.greedy && index === template.segments.length - 1) return 3;
  return segment.literals.some(text => text !== '') ? 1 : 2;
}

/** How much of a mixed segment is text; among concrete ones nothing is to be ordered. */
function textLength(template: PathTemplate, index: number): number {
  const segment = template.segments[index] as Segment;
  return segment.variables.length === 0 ? 0 : segment.literals.join('').length;
}

/** The template without its variables' names: two templates of one shape fit the same paths and may not both stand. */
export function pathShape(template: PathTemplate): string {
  return template.segments
    .map(({ literals, variables }, index) => {
      const greedy = template.greedy && index === template.segments.length - 1;
      return `/${literals.join('{}')}${greedy && variables.length > 0 ? '+' : ''}`;
    })
    .join('');
}

/** True when a text may have another canonical form. */
function odd(text: string): boolean {
  return /[^\w.~!$&'()*+,;=:@-]/.test(text);
}

/**
 * One form for all spellings of a text: unreserved characters bare, others encoded in upper case, the delimiters that
 * may stand in a path (RFC 3986, 3.3) as written, since `%2C` and `,` differ there.
 */
function canonical(text: string): string {
  if (!odd(text)) return text;
  return text.replace(/%[0-9a-fA-F]{2}|[^\w.~!$&'()*+,;=:@-]/gu, part => {
    if (part.length === 3 && part.startsWith('%')) {
      const plain = percentDecode(part);
      return plain !== undefined && /[\w.~-]/.test(plain) ? plain : part.toUpperCase();
    }
    return encodeURIComponent(part.toWellFormed());
  });
}
