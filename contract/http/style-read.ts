/**
 * Texts of a style back into values: the other direction of `style-write.ts`. A schema decides which shape is read,
 * since `a,b` may be a list or a text; where it leaves several open, the first reading that is valid is taken.
 */
import type { Json } from '../json/value.ts';
import type { Schema, Style } from '../model.ts';
import { isValid } from '../schema/validate.ts';
import { readBrackets } from './brackets.ts';
import { coerce } from './coerce.ts';
import type { NamedValues } from './named-values.ts';
import { type Decode, type Malformed, type Raw, undecodable } from './raw.ts';
import { type Kind, kindsOf, objectFacts } from './schema-views.ts';
import type { Styled } from './style-write.ts';

/** `undefined`: it was not sent. */
export type ParsedParameter =
  /** `unchecked`: the text could not be understood, so it must not be validated; says why. */
  { readonly value: Json | undefined; readonly unchecked?: string } | { readonly malformed: string };

const DELIMITERS: Readonly<Partial<Record<Style, string>>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/** Reads a style that is one text. */
export function readText(
  text: string,
  styled: Styled,
  schema: Schema | undefined,
  decode: Decode,
): ParsedParameter {
  const { name, style, explode } = styled;
  if (style === 'matrix') return readMatrix(text, styled, schema, decode);
  if (style === 'label') {
    if (!text.startsWith('.')) return { malformed: `style label begins with a full stop; ${name} does not` };
    return readDelimited(text.slice(1), explode, explode ? '.' : ',', schema, decode);
  }
  const delimiter = DELIMITERS[style];
  if (delimiter !== undefined) return readOldDelimited(text, delimiter, schema, decode);
  return readDelimited(text, explode, ',', schema, decode);
}

function readMatrix(
  text: string,
  styled: Styled,
  schema: Schema | undefined,
  decode: Decode,
): ParsedParameter {
  const { name, explode } = styled;
  if (!text.startsWith(';')) return { malformed: `style matrix begins with a semicolon; ${name} does not` };
  const parts = text.slice(1).split(';');
  const pairs: [string, string][] = [];
  for (const part of parts) {
    const equals = part.indexOf('=');
    const label = decode(equals === -1 ? part : part.slice(0, equals));
    if (label === undefined) return undecodable(part);
    pairs.push([label, equals === -1 ? '' : part.slice(equals + 1)]);
  }
  return firstFitting(schema, orderKinds(schema, pairs.length > 1), kind => {
    if (kind === 'object' && explode) return decodeMembers(pairs, decode);
    const values = pairs.map(([, value]) => value);
    if (pairs.some(([label]) => label !== name)) {
      return { malformed: `style matrix names the parameter: expected ";${name}=", found ";${parts[0]}"` };
    }
    if (kind === 'array' && explode) return decodeAll(values, decode);
    return splitAs(kind, values[0] ?? '', false, ',', decode);
  });
}

function readDelimited(
  text: string,
  explode: boolean,
  delimiter: string,
  schema: Schema | undefined,
  decode: Decode,
): ParsedParameter {
  return firstFitting(schema, orderKinds(schema, text.includes(delimiter)), kind =>
    splitAs(kind, text, explode, delimiter, decode),
  );
}

/** Blank, bar and tab divide whether they come encoded or not. */
function readOldDelimited(
  text: string,
  delimiter: string,
  schema: Schema | undefined,
  decode: Decode,
): ParsedParameter {
  const decoded = decode(text);
  if (decoded === undefined) return undecodable(text);
  return readDelimited(decoded, false, delimiter, schema, plain => plain);
}

/**
 * Reads a style that is name and value pairs. Of a value that is sent several times where one is wanted, the first
 * counts.
 *
 * @param taken - names that belong to other parameters, which an exploded object must not gather
 */
export function readPairs(
  values: NamedValues,
  styled: Styled,
  schema: Schema | undefined,
  decode: Decode,
  taken?: ReadonlySet<string>,
): ParsedParameter {
  const { name, style, explode } = styled;
  if (style === 'deepObject') return readDeep(values, name, schema, decode);
  if (explode) return readExploded(values, name, schema, decode, taken);
  const text = values.get(name)?.[0];
  if (text === undefined) return ABSENT;
  const delimiter = DELIMITERS[style];
  if (delimiter !== undefined) return readOldDelimited(text, delimiter, schema, decode);
  const read = readDelimited(text, false, ',', schema, decode);
  // Many clients encode the comma too (URLSearchParams does); where that leaves no valid value, it divides as well.
  if (schema === undefined || text.includes(',') || !/%2c/i.test(text) || !('value' in read)) return read;
  if (read.value === undefined || isValid(schema, read.value, 'request')) return read;
  const lenient = readDelimited(text.replace(/%2c/gi, ','), false, ',', schema, decode);
  return 'value' in lenient && lenient.value !== undefined && isValid(schema, lenient.value, 'request')
    ? lenient
    : read;
}

function readExploded(
  values: NamedValues,
  name: string,
  schema: Schema | undefined,
  decode: Decode,
  taken: ReadonlySet<string> | undefined,
): ParsedParameter {
  const own = values.get(name);
  const kinds = orderKinds(schema, own !== undefined && own.length > 1);
  const present = kinds.filter(kind => kind === 'object' || own !== undefined);
  if (present.length === 0) return ABSENT;
  return firstFitting(schema, present, kind => {
    if (kind === 'object') {
      const pairs = schema === undefined ? [] : gather(values, schema, taken);
      return pairs.length === 0 ? undefined : decodeMembers(pairs, decode);
    }
    if (own === undefined) return undefined;
    if (kind === 'scalar') return decode(own[0] ?? '') ?? undecodable(own[0] ?? '');
    const list = decodeAll(own, decode);
    // `name=` alone is an empty list where an empty text could not be an item.
    if (Array.isArray(list) && list.length === 1 && list[0] === '' && schema !== undefined) {
      if (!isValid(schema, coerce(schema, list), 'request')) return [];
    }
    return list;
  });
}

/** The pairs that make up an exploded object: declared properties, and the rest where the schema speaks of a rest. */
function gather(
  values: NamedValues,
  schema: Schema,
  taken: ReadonlySet<string> | undefined,
): [string, string][] {
  const { names, more } = objectFacts(schema);
  const pairs: [string, string][] = [];
  const add = (member: string, sent: readonly string[]): void => {
    for (const value of sent) pairs.push([member, value]);
  };
  if (more) {
    for (const [member, sent] of values) {
      if (names.has(member) || taken?.has(member) !== true) add(member, sent);
    }
  } else {
    for (const member of names) {
      const sent = values.get(member);
      if (sent !== undefined) add(member, sent);
    }
  }
  return pairs;
}

function splitAs(
  kind: Kind,
  text: string,
  explode: boolean,
  delimiter: string,
  decode: Decode,
): Raw | Malformed {
  if (kind === 'scalar') return decode(text) ?? undecodable(text);
  const parts = text === '' ? [] : text.split(delimiter);
  if (kind === 'array') return decodeAll(parts, decode);
  const pairs: [string, string][] = [];
  if (explode) {
    for (const part of parts) {
      const equals = part.indexOf('=');
      if (equals === -1) return { malformed: `expected name=value, found ${JSON.stringify(part)}` };
      pairs.push([part.slice(0, equals), part.slice(equals + 1)]);
    }
  } else {
    if (parts.length % 2 === 1)
      return { malformed: 'expected names and values in turn, found an odd number of them' };
    for (let at = 0; at < parts.length; at += 2) pairs.push([parts[at] as string, parts[at + 1] as string]);
  }
  for (const pair of pairs) {
    const label = decode(pair[0]);
    if (label === undefined) return undecodable(pair[0]);
    pair[0] = label;
  }
  return decodeMembers(pairs, decode);
}

function decodeAll(texts: readonly string[], decode: Decode): readonly string[] | Malformed {
  const list: string[] = [];
  for (const text of texts) {
    const item = decode(text);
    if (item === undefined) return undecodable(text);
    list.push(item);
  }
  return list;
}

/** Pairs whose names are decoded already. A name that stands several times has a list. */
function decodeMembers(
  pairs: readonly (readonly [string, string])[],
  decode: Decode,
): ReadonlyMap<string, Raw> | Malformed {
  const members = new Map<string, string | string[]>();
  for (const [name, text] of pairs) {
    const value = decode(text);
    if (value === undefined) return undecodable(text);
    const known = members.get(name);
    if (known === undefined) members.set(name, value);
    else if (typeof known === 'string') members.set(name, [known, value]);
    else known.push(value);
  }
  return members;
}

function readDeep(
  values: NamedValues,
  name: string,
  schema: Schema | undefined,
  decode: Decode,
): ParsedParameter {
  const raw = readBrackets(values, name, decode);
  if (raw !== undefined) return isMalformed(raw) ? raw : { value: coerce(schema, raw) };
  const plain = values.get(name)?.[0];
  if (plain === undefined) return ABSENT;
  // Sent as a plain value: not this style, and the schema will say what it wants instead.
  const value = decode(plain);
  return value === undefined ? undecodable(plain) : { value };
}

/** The kinds to try, the likelier first: several values or a delimiter speak for a list. */
function orderKinds(schema: Schema | undefined, several: boolean): readonly Kind[] {
  const kinds = kindsOf(schema);
  if (kinds.length === 1) return kinds;
  const order: readonly Kind[] = several ? ['array', 'object', 'scalar'] : ['scalar', 'array', 'object'];
  return order.filter(kind => kinds.includes(kind));
}

/** The first reading that is valid, else the first that can be read at all. */
function firstFitting(
  schema: Schema | undefined,
  kinds: readonly Kind[],
  read: (kind: Kind) => Raw | Malformed | undefined,
): ParsedParameter {
  let fallback: ParsedParameter | undefined;
  for (const kind of kinds) {
    const raw = read(kind);
    if (raw === undefined) continue;
    if (isMalformed(raw)) {
      fallback ??= raw;
      continue;
    }
    const value = coerce(schema, raw);
    if (kinds.length === 1 || schema === undefined || isValid(schema, value, 'request')) return { value };
    if (fallback === undefined || 'malformed' in fallback) fallback = { value };
  }
  return fallback ?? ABSENT;
}

function isMalformed(raw: Raw | Malformed): raw is Malformed {
  return typeof raw === 'object' && 'malformed' in raw;
}

const ABSENT: ParsedParameter = { value: undefined };
