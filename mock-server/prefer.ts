/**
 * What a client wishes by `Prefer`, in the words that users of mocks know: `code=404, example=missing`. The same
 * wishes may stand in the query as `__code=404&__example=missing`, where a header cannot be set.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */
import { formDecode } from '../contract/http/percent-encoding.ts';

export interface Preferences {
  /** The status to answer with. */
  readonly code: number | undefined;
  /** The name of the example to answer with. */
  readonly example: string | undefined;
  /** A body made from the schema in place of an example. */
  readonly dynamic: boolean | undefined;
  /** Which of the bodies that can be made from the schema. */
  readonly seed: number | undefined;
  /** Milliseconds to wait before the answer. */
  readonly delay: number | undefined;
}

/** Nothing wished for. */
export const NO_PREFERENCES: Preferences = {
  code: undefined,
  example: undefined,
  dynamic: undefined,
  seed: undefined,
  delay: undefined,
};

/** The longest wait in milliseconds; whoever wishes for more gets this much. */
export const LONGEST_DELAY = 60_000;

const PREFERENCE = /[\s,;]*([!#$%&'*+.^`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;]*))?/y;
const UNREADABLE = /[\s,;]*[^\s,;]+/y;

/** Longer headers wish for nothing; the longest sensible one has a hundred characters. */
const MAX_LENGTH = 4096;

/**
 * The preferences of a header, the first of each name counting. What is not understood is not a fault: a server may
 * ignore any preference.
 *
 * @example
 * ```ts
 * import { parsePrefer } from './mock-server/prefer.ts';
 *
 * console.log(parsePrefer('code=404; example="not found"').example); // not found
 * ```
 */
export function parsePrefer(header: string | undefined): Preferences {
  if (header === undefined || header.length > MAX_LENGTH) return NO_PREFERENCES;
  const wishes: Wishes = { ...NO_PREFERENCES };
  let at = 0;
  while (at < header.length) {
    PREFERENCE.lastIndex = at;
    const found = PREFERENCE.exec(header);
    if (found === null) {
      UNREADABLE.lastIndex = at;
      if (!UNREADABLE.test(header)) break;
      at = UNREADABLE.lastIndex;
      continue;
    }
    at = PREFERENCE.lastIndex;
    const [, name = '', written = ''] = found;
    wish(wishes, name, /^".*"$/s.test(written) ? written.slice(1, -1).replace(/\\(.)/gs, '$1') : written);
  }
  return settled(wishes);
}

/** A query without the wishes in it, and the wishes. */
export interface QueryPreferences {
  readonly preferences: Preferences;
  readonly query: string;
}

/**
 * The preferences of a query: `__code`, `__example`, `__dynamic`, `__seed`, `__delay`, as users of other mocks write
 * them. They are taken out, so that they are no parameters of the operation.
 *
 * @param declared - true for a parameter that the operation has itself, which is then no wish
 * @example
 * ```ts
 * import { queryPreferences } from './mock-server/prefer.ts';
 *
 * console.log(queryPreferences('limit=1&__code=404', () => false).query); // limit=1
 * ```
 */
export function queryPreferences(query: string, declared: (name: string) => boolean): QueryPreferences {
  if (!query.includes('__')) return { preferences: NO_PREFERENCES, query };
  const wishes: Wishes = { ...NO_PREFERENCES };
  const rest = query.split('&').filter(part => {
    const [, name = '', value = ''] = /^__(code|example|dynamic|seed|delay)(?:=(.*))?$/s.exec(part) ?? [];
    if (name === '' || declared(`__${name}`)) return true;
    wish(wishes, name, formDecode(value) ?? '');
    return false;
  });
  return { preferences: settled(wishes), query: rest.join('&') };
}

/** The first that wishes for something, name by name. */
export function mergePreferences(first: Preferences, second: Preferences): Preferences {
  if (second === NO_PREFERENCES) return first;
  if (first === NO_PREFERENCES) return second;
  return {
    code: first.code ?? second.code,
    example: first.example ?? second.example,
    dynamic: first.dynamic ?? second.dynamic,
    seed: first.seed ?? second.seed,
    delay: first.delay ?? second.delay,
  };
}

type Wishes = { -readonly [Name in keyof Preferences]: Preferences[Name] };

function wish(wishes: Wishes, name: string, value: string): void {
  switch (name.toLowerCase()) {
    case 'code':
      if (/^[2-5]\d\d$/.test(value)) wishes.code ??= Number(value);
      break;
    case 'example':
      if (value !== '') wishes.example ??= value;
      break;
    case 'dynamic':
      // RFC 7240 has a preference without a value mean the same as one with an empty value: yes.
      if (/^(?:true|1|false|0|)$/i.test(value)) wishes.dynamic ??= !/^(?:false|0)$/i.test(value);
      break;
    case 'seed':
      if (/^\d{1,15}$/.test(value)) wishes.seed ??= Number(value);
      break;
    case 'delay':
      if (/^\d{1,15}$/.test(value)) wishes.delay ??= Math.min(Number(value), LONGEST_DELAY);
      break;
  }
}

function settled(wishes: Wishes): Preferences {
  return Object.values(wishes).every(value => value === undefined) ? NO_PREFERENCES : wishes;
}

/** The `Preference-Applied` header for preferences that were kept (RFC 7240, section 3). */
export function preferenceApplied(kept: Preferences): string {
  const applied: string[] = [];
  if (kept.code !== undefined) applied.push(`code=${kept.code}`);
  if (kept.example !== undefined) applied.push(`example=${tokenOrQuoted(kept.example)}`);
  if (kept.dynamic !== undefined) applied.push(`dynamic=${kept.dynamic}`);
  if (kept.seed !== undefined) applied.push(`seed=${kept.seed}`);
  if (kept.delay !== undefined) applied.push(`delay=${kept.delay}`);
  return applied.join(', ');
}

/** Names come from documents and may hold anything; a header holds visible ASCII. */
function tokenOrQuoted(text: string): string {
  if (/^[!#$%&'*+.^`|~\w-]+$/.test(text)) return text;
  const visible = text.toWellFormed().replace(/[^\x20-\x7e]+/g, part => encodeURIComponent(part));
  return `"${visible.replace(/["\\]/g, '\\$&')}"`;
}
