/**
 * Media types and media ranges: parsing, which range covers which type, what kind of content a type is, and the
 * choice an `Accept` header makes. Knows names only, no bodies.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */

export interface MediaRange {
  /** Lower case; `*` in a range. */
  readonly type: string;
  readonly subtype: string;
  /** Names in lower case, values as written without their quotes. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const TYPE = new RegExp(`^[ \\t]*(${TOKEN})/(${TOKEN})[ \\t]*(?:;|$)`);
const SPACE = /[ \t]*/y;
const PARAMETER = new RegExp(`(?:(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?[ \\t]*(?:;|$)`, 'y');
const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/** Texts already parsed. Bounded, since header values come from strangers. */
const parsed = new Map<string, MediaRange | undefined>();
const MAX_PARSED = 500;

/**
 * Parses a media type or range; undefined when it is neither. A lone asterisk is taken for the range of everything.
 *
 * @example
 * ```ts
 * import { parseMediaType } from './contract/http/media-type.ts';
 *
 * console.log(parseMediaType('text/html; charset="utf-8"')?.parameters.get('charset')); // utf-8
 * ```
 */
export function parseMediaType(text: string): MediaRange | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const range = parse(text.trim() === '*' ? '*/*' : text);
  if (text.length < 200) {
    if (parsed.size >= MAX_PARSED) parsed.clear();
    parsed.set(text, range);
  }
  return range;
}

function parse(text: string): MediaRange | undefined {
  const head = TYPE.exec(text);
  const [whole = '', type = '', subtype = ''] = head ?? [];
  if (head === null || (type === '*' && subtype !== '*')) return undefined;
  if (whole.length === text.length) {
    return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters: NO_PARAMETERS };
  }
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = whole.length;
  while (PARAMETER.lastIndex < text.length) {
    // Apart from the rest, or blanks could be shared out between two places in very many ways.
    SPACE.lastIndex = PARAMETER.lastIndex;
    SPACE.exec(text);
    PARAMETER.lastIndex = SPACE.lastIndex;
    const found = PARAMETER.exec(text);
    if (found === null) return undefined;
    const [, name, token, quoted] = found;
    // The first of a name that stands twice counts, as in MIME Sniffing, 4.4.
    if (name !== undefined && !parameters.has(name.toLowerCase())) {
      parameters.set(name.toLowerCase(), token ?? quoted?.replace(/\\(.)/g, '$1') ?? '');
    }
  }
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters };
}

/** True when the range covers the type: wildcards, and each parameter that the range names. */
export function matchesMediaType(range: string, type: string): boolean {
  if (range === type && !range.includes('*')) return true;
  const wanted = parseMediaType(range);
  const given = parseMediaType(type);
  return wanted !== undefined && given !== undefined && covers(wanted, given);
}

function covers(range: MediaRange, type: MediaRange): boolean {
  if (range.type !== '*' && range.type !== type.type) return false;
  if (range.subtype !== '*' && range.subtype !== type.subtype) return false;
  for (const [name, value] of range.parameters) {
    if (name === 'q') continue;
    const given = type.parameters.get(name);
    // UTF-8 is what a type without charset means here, so naming it asks for nothing more.
    if (given === undefined && name === 'charset' && /^utf-?8$/i.test(value)) continue;
    if (given === undefined || !sameParameter(name, given, value)) return false;
  }
  return true;
}

/** Only charsets are known to be compared without case (RFC 9110, 8.3.2). */
function sameParameter(name: string, a: string, b: string): boolean {
  return a === b || (name === 'charset' && a.toLowerCase() === b.toLowerCase());
}

/** How exact a range is: parameters before a full type before a type with any subtype before everything. Larger is more exact. */
export function specificity(range: MediaRange): number {
  if (range.type === '*') return 0;
  if (range.subtype === '*') return 1;
  return 2 + range.parameters.size - (range.parameters.has('q') ? 1 : 0);
}

/**
 * The index of the most exact of `ranges` that covers a type: how a `content` map is read (3.1.1, 4.8.14.2). Of equal
 * ones the first. A range with parameters that the type lacks still counts when none fits better, because documents
 * write `application/json; version=1` where clients send `application/json`.
 */
export function mostSpecific(ranges: readonly string[], type: string): number | undefined {
  if (ranges.length === 1 && ranges[0] === type) return 0;
  const given = parseMediaType(type);
  if (given === undefined) return undefined;
  let best: number | undefined;
  let bestScore = -1;
  for (const [index, text] of ranges.entries()) {
    const range = parseMediaType(text);
    if (range === undefined) continue;
    const score = covers(range, given)
      ? specificity(range)
      : given.parameters.size === 0 && range.type === given.type && range.subtype === given.subtype
        ? 1.5
        : -1;
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

/**
 * The available type that an `Accept` header likes best; undefined when it refuses all of them. By `q`, then by the
 * more exact range, then by the order of the header, then by the order of `available`. Without a header, or with one
 * that holds nothing readable, the first. `available` may hold ranges: a document may promise `image/*`.
 *
 * @example
 * ```ts
 * import { negotiate } from './contract/http/media-type.ts';
 *
 * console.log(negotiate('text/*;q=0.5, application/json', ['text/plain', 'application/json'])); // 1
 * ```
 */
export function negotiate(accept: string | undefined, available: readonly string[]): number | undefined {
  if (available.length === 0) return undefined;
  if (accept === undefined || accept === '*/*') return 0;
  const wishes = parseAccept(accept);
  if (wishes.length === 0) return 0;
  let best: { readonly index: number; readonly wish: Wish } | undefined;
  for (const [index, text] of available.entries()) {
    const type = parseMediaType(text);
    if (type === undefined) continue;
    const wish = wishFor(wishes, type);
    if (wish === undefined || wish.quality === 0) continue;
    if (best === undefined || compareWishes(wish, best.wish) < 0) best = { index, wish };
  }
  return best?.index;
}

interface Wish {
  readonly range: MediaRange;
  readonly quality: number;
  readonly exactness: number;
  readonly order: number;
}

/** The wish that decides about a type: the most exact one (12.5.1). A promised range takes the best that it meets. */
function wishFor(wishes: readonly Wish[], type: MediaRange): Wish | undefined {
  let chosen: Wish | undefined;
  for (const wish of wishes) {
    const open = type.type === '*' || type.subtype === '*';
    if (open ? !meets(wish.range, type) : !covers(wish.range, type)) continue;
    if (
      chosen === undefined ||
      (open ? compareWishes(wish, chosen) < 0 : wish.exactness > chosen.exactness)
    ) {
      chosen = wish;
    }
  }
  return chosen;
}

function meets(a: MediaRange, b: MediaRange): boolean {
  if (a.type === '*' || b.type === '*') return true;
  return a.type === b.type && (a.subtype === '*' || b.subtype === '*' || a.subtype === b.subtype);
}

function compareWishes(a: Wish, b: Wish): number {
  return b.quality - a.quality || b.exactness - a.exactness || a.order - b.order;
}

function parseAccept(accept: string): readonly Wish[] {
  const wishes: Wish[] = [];
  for (const part of splitList(accept)) {
    const range = parseMediaType(part);
    if (range === undefined) continue;
    const q = range.parameters.get('q');
    const quality = q === undefined ? 1 : /^(?:0(?:\.\d*)?|1(?:\.0*)?|\.\d+)$/.test(q) ? Number(q) : 1;
    wishes.push({ range, quality, exactness: specificity(range), order: wishes.length });
  }
  return wishes;
}

/** Splits at commas outside quoted strings. */
function splitList(text: string): readonly string[] {
  return text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}

/** `application/json`, `text/json` and every `+json`; not the sequences of JSON texts. */
export function isJson(mediaType: string): boolean {
  if (mediaType === 'application/json') return true;
  const type = parseMediaType(mediaType);
  return type !== undefined && (type.subtype === 'json' || type.subtype.endsWith('+json'));
}

/** `application/xml`, `text/xml` and every `+xml`. */
export function isXml(mediaType: string): boolean {
  const type = parseMediaType(mediaType);
  return type !== undefined && (type.subtype === 'xml' || type.subtype.endsWith('+xml'));
}

const TEXTS = new Set([
  'javascript',
  'ecmascript',
  'yaml',
  'x-yaml',
  'graphql',
  'toml',
  'sql',
  'jwt',
  'jose',
]);

/** Types whose bodies are characters: `text/*`, and those of `application/*` that are known to be. */
export function isText(mediaType: string): boolean {
  const type = parseMediaType(mediaType);
  if (type === undefined) return false;
  return (
    type.type === 'text' ||
    type.subtype.endsWith('+yaml') ||
    (type.type === 'application' && TEXTS.has(type.subtype))
  );
}

/** `application/x-www-form-urlencoded`. */
export function isForm(mediaType: string): boolean {
  return hasEssence(mediaType, 'application', 'x-www-form-urlencoded');
}

/** `multipart/form-data` and every other `multipart/*`. */
export function isMultipart(mediaType: string): boolean {
  return parseMediaType(mediaType)?.type === 'multipart';
}

/** JSON texts one after another: `application/jsonl`, `application/x-ndjson`, `application/json-seq`. */
export function isJsonSequence(mediaType: string): boolean {
  const subtype = parseMediaType(mediaType)?.subtype;
  return (
    subtype !== undefined &&
    (/^(?:x-)?(?:ndjson|jsonl|json-lines|json-seq)$/.test(subtype) || subtype.endsWith('+json-seq'))
  );
}

/** `text/event-stream`. */
export function isEventStream(mediaType: string): boolean {
  return hasEssence(mediaType, 'text', 'event-stream');
}

function hasEssence(mediaType: string, type: string, subtype: string): boolean {
  const given = parseMediaType(mediaType);
  return given !== undefined && given.type === type && given.subtype === subtype;
}
