/**
 * Values into the texts of a style (OpenAPI 3.1.1, 4.8.12.3; RFC 6570). Knows styles and delimiters; where the text
 * goes and how its characters are encoded there is the caller's matter.
 *
 * A text from which the value cannot be read back is never written: the answer is then why. That is so for more than
 * one level of nesting outside deepObject, for empty lists and objects that leave no trace, for a list of one empty
 * text where it would look like an empty list, and for a delimiter inside an item where nothing can hide it.
 */
import { isArray, isObject, type Json, type JsonObject } from '../json/value.ts';
import type { Style } from '../model.ts';
import { MAX_LEVELS } from './brackets.ts';
import { triplet } from './percent-encoding.ts';

/** How a parameter or a form field is written. */
export interface Styled {
  readonly name: string;
  readonly style: Style;
  readonly explode: boolean;
}

/** Where a text goes. */
export interface Place {
  /** Texts are percent-encoded there, so a delimiter inside an item can be hidden. */
  readonly percent: boolean;
  /** Makes characters fit for the place; undefined for what cannot stand there. `name` tells names from values. */
  readonly encode: (text: string, name?: boolean) => string | undefined;
}

export interface Unwritable {
  readonly why: string;
}

export type WrittenText = { readonly text: string } | Unwritable;
export type Pair = readonly [name: string, value: string];
export type WrittenPairs = { readonly pairs: readonly Pair[] } | Unwritable;

/** The text of a value that is not an array or object: `''` for null. Undefined for those, NaN and infinity. */
export function scalarText(value: Json): string | undefined {
  if (value === null) return '';
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return undefined;
  }
}

/** The delimiters of styles from before RFC 6570. None may stand in a URI, so there they are encoded themselves. */
const DELIMITERS: Readonly<Partial<Record<Style, string>>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/** Styles that are one text: `simple`, `label`, `matrix`, and the delimited ones of 2.0 in paths and headers. */
export function writeText(value: Json, styled: Styled, place: Place): WrittenText {
  const { style, explode } = styled;
  if (style === 'matrix') return writeMatrix(value, styled, place);
  if (style === 'label') {
    const written = writeDelimited(value, explode, explode ? '.' : ',', place);
    return 'why' in written ? written : { text: `.${written.text}` };
  }
  const delimiter = DELIMITERS[style];
  return writeDelimited(value, explode && delimiter === undefined, delimiter ?? ',', place);
}

function writeMatrix(value: Json, { name, explode }: Styled, place: Place): WrittenText {
  const key = place.encode(name, true);
  if (key === undefined) return unencodable(name);
  const one = (label: string, text: string): string => (text === '' ? `;${label}` : `;${label}=${text}`);
  if (explode && typeof value === 'object' && value !== null) {
    const written = isArray(value) ? repeat(key, value, place) : members(value as JsonObject, place);
    return 'why' in written
      ? written
      : { text: written.pairs.map(([label, text]) => one(label, text)).join('') };
  }
  const written = writeDelimited(value, false, ',', place);
  return 'why' in written ? written : { text: one(key, written.text) };
}

/** Styles that are name and value pairs: `form`, `cookie`, the delimited ones, and `deepObject`. */
export function writePairs(value: Json, styled: Styled, place: Place): WrittenPairs {
  const { name, style, explode } = styled;
  if (style === 'deepObject') return writeDeep(value, name, place);
  const key = place.encode(name, true);
  if (key === undefined) return unencodable(name);
  if (explode && typeof value === 'object' && value !== null) {
    return isArray(value) ? repeat(key, value, place) : members(value as JsonObject, place);
  }
  const written = writeDelimited(value, false, DELIMITERS[style] ?? ',', place);
  return 'why' in written ? written : { pairs: [[key, written.text]] };
}

/** One text: a scalar, or items with delimiters between them. */
function writeDelimited(value: Json, explode: boolean, delimiter: string, place: Place): WrittenText {
  if (typeof value !== 'object' || value === null) {
    const text = scalarText(value);
    if (text === undefined) return { why: `${String(value)} is no JSON number` };
    const encoded = place.encode(text);
    return encoded === undefined ? unencodable(text) : { text: encoded };
  }
  const parts: string[] = [];
  const entries: readonly (readonly [string | undefined, Json])[] = isArray(value)
    ? value.map(item => [undefined, item])
    : Object.entries(value as JsonObject);
  for (const [name, member] of entries) {
    const text = scalarText(member);
    if (text === undefined) return NESTED;
    const item = writeItem(text, delimiter, false, place);
    const key = name === undefined ? '' : writeItem(name, delimiter, explode, place);
    if (item === undefined || key === undefined) return clash(item === undefined ? text : String(name));
    if (name === undefined) parts.push(item);
    else if (explode) parts.push(`${key}=${item}`);
    else parts.push(key, item);
  }
  if (parts.length === 1 && parts[0] === '') {
    return { why: 'a list of one empty text looks like an empty list' };
  }
  return {
    text: parts.join(
      place.percent && delimiter !== ',' && delimiter !== '.' ? triplet(delimiter) : delimiter,
    ),
  };
}

/** An item that can be told from its neighbours; `beforeEquals` for a name that an equals sign follows. */
function writeItem(text: string, delimiter: string, beforeEquals: boolean, place: Place): string | undefined {
  const encoded = place.encode(text, beforeEquals);
  if (encoded === undefined) return undefined;
  // An encoded blank, bar or tab is a delimiter as well.
  if (delimiter !== ',' && delimiter !== '.') return text.includes(delimiter) ? undefined : encoded;
  const hidden = hide(encoded, delimiter, place);
  return beforeEquals && hidden !== undefined ? hide(hidden, '=', place) : hidden;
}

function hide(encoded: string, char: string, place: Place): string | undefined {
  if (!encoded.includes(char)) return encoded;
  return place.percent ? encoded.replaceAll(char, triplet(char)) : undefined;
}

function repeat(key: string, list: readonly Json[], place: Place): WrittenPairs {
  if (list.length === 0) return { why: 'an empty list leaves nothing to send' };
  return collect(
    list.map(item => [key, scalarText(item)]),
    place,
  );
}

function members(object: JsonObject, place: Place): WrittenPairs {
  const entries = Object.entries(object);
  if (entries.length === 0) return { why: 'an empty object leaves nothing to send' };
  const pairs: [string, string | undefined][] = [];
  for (const [name, member] of entries) {
    const key = place.encode(name, true);
    if (key === undefined) return unencodable(name);
    pairs.push([key, scalarText(member)]);
  }
  return collect(pairs, place);
}

function collect(raw: readonly (readonly [string, string | undefined])[], place: Place): WrittenPairs {
  const pairs: Pair[] = [];
  for (const [key, text] of raw) {
    if (text === undefined) return NESTED;
    const encoded = place.encode(text);
    if (encoded === undefined) return unencodable(text);
    pairs.push([key, encoded]);
  }
  return { pairs };
}

/**
 * `color[R]=100`. OpenAPI leaves deeper levels open; they are written as most servers read them, `a[b][c]=1` and
 * `a[list][0]=1`.
 */
function writeDeep(value: Json, name: string, place: Place): WrittenPairs {
  if (typeof value !== 'object' || value === null) return { why: 'style deepObject writes objects only' };
  const pairs: Pair[] = [];
  const visit = (item: Json, label: string, depth: number): Unwritable | undefined => {
    if (typeof item !== 'object' || item === null) {
      const text = scalarText(item);
      const key = place.encode(label, true);
      const encoded = text === undefined ? undefined : place.encode(text);
      if (key === undefined || encoded === undefined) return unencodable(text ?? String(item));
      pairs.push([key, encoded]);
      return undefined;
    }
    if (depth >= MAX_LEVELS) return { why: `style deepObject is written up to ${MAX_LEVELS} levels` };
    const entries: [string, Json][] = Object.entries(item as JsonObject);
    if (entries.length === 0) {
      return { why: `an empty ${isObject(item) ? 'object' : 'list'} leaves nothing to send` };
    }
    for (const [key, child] of entries) {
      if (key === '' || /[[\]]/.test(key)) {
        return { why: `the name ${JSON.stringify(key)} cannot stand between brackets` };
      }
      const unwritable = visit(child, `${label}[${key}]`, depth + 1);
      if (unwritable !== undefined) return unwritable;
    }
    return undefined;
  };
  return visit(value, name, 0) ?? { pairs };
}

const NESTED: Unwritable = { why: 'this style carries one level of values only' };

function clash(text: string): Unwritable {
  return { why: `${JSON.stringify(text)} holds a delimiter or a character that cannot be sent here` };
}

function unencodable(text: string): Unwritable {
  return { why: `${JSON.stringify(text)} holds a character that cannot be sent here` };
}
