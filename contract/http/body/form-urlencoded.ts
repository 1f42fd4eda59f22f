/**
 * `application/x-www-form-urlencoded` bodies: fields by `encoding` styles where one is written, else by content type,
 * as OpenAPI says: objects as JSON, arrays as the same name again and again, the rest as text.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#encoding-the-x-www-form-urlencoded-media-type
 */
import { parseJson } from '../../json/parse.ts';
import { stringifyJson } from '../../json/stringify.ts';
import { isArray, isObject, type Json, setOwn } from '../../json/value.ts';
import type { Encoding, MediaType, Schema } from '../../model.ts';
import { isValid } from '../../schema/validate.ts';
import { coerce } from '../coerce.ts';
import { isJson } from '../media-type.ts';
import type { NamedValues } from '../named-values.ts';
import { formDecode, percentEncode, percentEncodeExcept } from '../percent-encoding.ts';
import { kindsOf, objectFacts, propertySchema, type View, viewsOf } from '../schema-views.ts';
import { readPairs } from '../style-read.ts';
import { type Pair, type Place, scalarText, type Unwritable, writePairs } from '../style-write.ts';

/** Texts of a query or form body: everything encoded but what is unreserved. */
export const FORM_PLACE: Place = { percent: true, encode: percentEncode };

/** The same where `allowReserved` is set. `#[]&=+` and `%` mean something in a query and are encoded all the same. */
export const RESERVED_PLACE: Place = {
  percent: true,
  encode: (text, name) => (name === true ? percentEncode(text) : percentEncodeExcept(text, ":/?@!$'()*,;")),
};

/** The text of a form; why, when a field cannot be written. */
export function encodeForm(mediaType: MediaType, value: Json): { readonly text: string } | Unwritable {
  if (!isObject(value)) return { why: 'a form carries objects only' };
  const pairs: Pair[] = [];
  for (const [name, field] of Object.entries(value)) {
    const written = encodeField(name, field, mediaType.encoding.get(name));
    if ('why' in written) return { why: `field ${JSON.stringify(name)}: ${written.why}` };
    pairs.push(...written.pairs);
  }
  return { text: pairs.map(([name, text]) => `${name}=${text}`).join('&') };
}

function encodeField(
  name: string,
  value: Json,
  encoding: Encoding | undefined,
): { readonly pairs: readonly Pair[] } | Unwritable {
  const place = encoding?.allowReserved === true ? RESERVED_PLACE : FORM_PLACE;
  if (encoding !== undefined && hasStyle(encoding)) {
    return writePairs(value, { name, style: encoding.style ?? 'form', explode: encoding.explode }, place);
  }
  const asJson = encoding?.contentType !== undefined && isJson(encoding.contentType);
  if (isArray(value) && value.length === 0) return { why: 'an empty list leaves nothing to send' };
  const pairs: Pair[] = [];
  for (const item of isArray(value) ? value : [value]) {
    const key = place.encode(name, true);
    const text = place.encode(asJson ? stringifyJson(item) : (scalarText(item) ?? stringifyJson(item)));
    if (key === undefined || text === undefined) return { why: 'it holds a character that cannot be sent' };
    pairs.push([key, text]);
  }
  return { pairs };
}

/** The object behind the pairs of a form. */
export function decodeForm(
  mediaType: MediaType,
  values: NamedValues,
): { readonly value: Json } | { readonly malformed: string } {
  return firstFitting(mediaType, view => decodeFields(mediaType, view, values));
}

/** What the fields are under the first view of the schema that accepts them; under the first one when none does. */
export function firstFitting(
  { schema }: MediaType,
  decode: (view: View) => { readonly value: Json } | { readonly malformed: string },
): { readonly value: Json } | { readonly malformed: string } {
  const views = viewsOf(schema === undefined ? [] : [schema]);
  let fallback: { readonly value: Json } | undefined;
  for (const view of views) {
    const read = decode(view);
    if ('malformed' in read || views.length === 1 || schema === undefined) return read;
    if (isValid(schema, read.value, 'request')) return read;
    fallback ??= read;
  }
  return fallback ?? { value: {} };
}

function decodeFields(
  mediaType: MediaType,
  view: View,
  values: NamedValues,
): { readonly value: Json } | { readonly malformed: string } {
  const object: Record<string, Json> = {};
  const declared = new Set(view.schemas.flatMap(schema => [...schema.properties.keys()]));
  const done = new Set<string>();
  for (const name of declared) {
    const schema = propertySchema(view, name);
    const encoding = mediaType.encoding.get(name);
    if (encoding !== undefined && hasStyle(encoding)) {
      const { style = 'form', explode } = encoding;
      const read = readPairs(values, { name, style, explode }, schema, formDecode, declared);
      if ('malformed' in read) return { malformed: `field ${JSON.stringify(name)}: ${read.malformed}` };
      if (read.value !== undefined) setOwn(object, name, read.value);
      for (const member of belonging(values, name, encoding, schema)) done.add(member);
      continue;
    }
    const texts = decodeAll(values.get(name));
    if (texts === undefined) return undecodable(name);
    done.add(name);
    if (texts.length > 0) setOwn(object, name, decodeField(texts, schema, encoding));
  }
  for (const [name, sent] of values) {
    if (done.has(name)) continue;
    const texts = decodeAll(sent);
    if (texts === undefined) return undecodable(name);
    setOwn(object, name, decodeField(texts, propertySchema(view, name), mediaType.encoding.get(name)));
  }
  return { value: object };
}

function decodeField(
  texts: readonly string[],
  schema: Schema | undefined,
  encoding: Encoding | undefined,
): Json {
  const kinds = kindsOf(schema);
  const asJson = encoding?.contentType !== undefined && isJson(encoding.contentType);
  const values = texts.map(text => (asJson || holdsObjects(schema) ? jsonOr(text) : undefined));
  const [first] = values;
  if (first !== undefined && values.every(value => value !== undefined)) {
    if (texts.length === 1 && (!kinds.includes('array') || isArray(first))) return first;
    if (kinds.includes('array')) return values;
  }
  return coerce(schema, texts.length === 1 && !onlyArrays(kinds) ? (texts[0] as string) : texts);
}

function onlyArrays(kinds: readonly string[]): boolean {
  return kinds.length === 1 && kinds[0] === 'array';
}

/** True where the value, or each item of it, may be an object: those are written as JSON. */
export function holdsObjects(schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  const kinds = kindsOf(schema);
  if (kinds.includes('object')) return true;
  return (
    kinds.includes('array') &&
    viewsOf([schema]).some(view =>
      view.schemas.some(part => part.items !== undefined && kindsOf(part.items).includes('object')),
    )
  );
}

function jsonOr(text: string): Json | undefined {
  const read = parseJson(text);
  return 'value' in read ? read.value : undefined;
}

/** The names in a form that one field with a style takes up. */
export function belonging(
  values: NamedValues,
  name: string,
  { style, explode }: Encoding,
  schema: Schema | undefined,
): readonly string[] {
  if (style === 'deepObject') return [name, ...[...values.keys()].filter(key => key.startsWith(`${name}[`))];
  if (explode && schema !== undefined && kindsOf(schema).includes('object')) {
    return [name, ...objectFacts(schema).names];
  }
  return [name];
}

/** `style`, `explode` or `allowReserved` written: then those count and the content type does not (3.1.1, 4.8.15.1.2). */
export function hasStyle(encoding: Encoding): boolean {
  return encoding.style !== undefined || !encoding.explode || encoding.allowReserved;
}

function decodeAll(sent: readonly string[] | undefined): readonly string[] | undefined {
  const texts: string[] = [];
  for (const raw of sent ?? []) {
    const text = formDecode(raw);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

function undecodable(name: string): { readonly malformed: string } {
  return { malformed: `field ${JSON.stringify(name)} is not percent-encoded UTF-8` };
}
