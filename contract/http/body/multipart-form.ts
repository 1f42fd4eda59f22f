/**
 * `multipart/form-data` as an object: which type a part has, which value its bytes hold. Files are byte strings.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#encoding-multipart-media-types
 */
import { parseJson } from '../../json/parse.ts';
import { stringifyJson } from '../../json/stringify.ts';
import { isArray, isObject, type Json, setOwn } from '../../json/value.ts';
import type { Encoding, MediaType, Schema } from '../../model.ts';
import { coerce } from '../coerce.ts';
import { isJson, isText, isXml } from '../media-type.ts';
import { kindsOf, propertySchema, type View, viewsOf } from '../schema-views.ts';
import { readPairs } from '../style-read.ts';
import { type Place, scalarText, type Unwritable, writePairs } from '../style-write.ts';
import { byteString, stringBytes, utf8Bytes, utf8Text } from './bytes.ts';
import { belonging, firstFitting, hasStyle, holdsObjects } from './form-urlencoded.ts';
import { joinParts, type NewPart, type Part, splitParts } from './multipart.ts';
import { decodeXml, encodeXml } from './xml.ts';

/** The object behind the parts of a body. */
export function decodeMultipart(
  mediaType: MediaType,
  contentType: string,
  bytes: Uint8Array,
): { readonly value: Json } | { readonly malformed: string } {
  const split = splitParts(contentType, bytes);
  if ('malformed' in split) return split;
  const byName = new Map<string, Part[]>();
  for (const [index, part] of split.parts.entries()) {
    if (part.name === undefined) return { malformed: `part ${index + 1} has no name` };
    const known = byName.get(part.name);
    if (known === undefined) byName.set(part.name, [part]);
    else known.push(part);
  }
  return firstFitting(mediaType, view => decodeFields(mediaType, view, byName));
}

function decodeFields(
  mediaType: MediaType,
  view: View,
  byName: ReadonlyMap<string, readonly Part[]>,
): { readonly value: Json } | { readonly malformed: string } {
  const object: Record<string, Json> = {};
  const done = new Set<string>();
  for (const [name, encoding] of mediaType.encoding) {
    if (!hasStyle(encoding)) continue;
    const schema = propertySchema(view, name);
    if (isFile(schema) || (byName.get(name) ?? []).some(part => part.filename !== undefined)) continue;
    const texts = new Map([...byName].map(([key, parts]) => [key, parts.map(textOf)]));
    const { style = 'form', explode } = encoding;
    const read = readPairs(texts, { name, style, explode }, schema, text => text, new Set(byName.keys()));
    if ('malformed' in read) return { malformed: `part ${JSON.stringify(name)}: ${read.malformed}` };
    if (read.value !== undefined) setOwn(object, name, read.value);
    for (const member of belonging(texts, name, encoding, schema)) done.add(member);
  }
  for (const [name, parts] of byName) {
    if (done.has(name)) continue;
    const schema = propertySchema(view, name);
    const values: Json[] = [];
    for (const part of parts) {
      const read = decodePart(part, schema, mediaType.encoding.get(name));
      if ('malformed' in read) return { malformed: `part ${JSON.stringify(name)}: ${read.malformed}` };
      values.push(read.value);
    }
    const [first = null] = values;
    const listed = kindsOf(schema).includes('array') && !(values.length === 1 && isArray(first));
    setOwn(object, name, listed ? values.map(value => coerceItem(schema, value)) : first);
  }
  return { value: object };
}

/** A part as a value. For an array the value is an item, whose text is turned into the item's type later. */
function decodePart(
  part: Part,
  schema: Schema | undefined,
  encoding: Encoding | undefined,
): { readonly value: Json } | { readonly malformed: string } {
  const said = part.headers.get('content-type') ?? encoding?.contentType?.split(',')[0]?.trim();
  if (said !== undefined && isJson(said)) {
    const text = utf8Text(part.bytes);
    const read = text === undefined ? undefined : parseJson(text);
    if (read === undefined) return { malformed: 'it is not UTF-8' };
    return 'value' in read ? read : { malformed: `it is not JSON: ${read.error.message}` };
  }
  if (said !== undefined && isXml(said) && schema !== undefined && holdsParts(schema)) {
    const read = decodeXml({ schema }, said, part.bytes, 'request');
    if (!('raw' in read)) return read;
  }
  const binary = part.filename !== undefined || (said !== undefined && !isText(said) && !isXml(said));
  if (binary || isFile(schema)) return { value: byteString(part.bytes) };
  const text = textOf(part);
  if (said === undefined && holdsObjects(schema)) {
    const read = parseJson(text);
    if ('value' in read && typeof read.value === 'object') return read;
  }
  return { value: kindsOf(schema).includes('array') ? text : coerce(schema, text) };
}

/** A text of XML is a text; what has parts is read. */
function holdsParts(schema: Schema): boolean {
  return !kindsOf(schema).includes('scalar');
}

function textOf(part: Part): string {
  return utf8Text(part.bytes) ?? byteString(part.bytes);
}

/** Texts of a list become what the list's items are; what is no text any more stays. */
function coerceItem(schema: Schema | undefined, value: Json): Json {
  if (typeof value !== 'string') return value;
  const list = coerce(schema, [value]);
  return isArray(list) ? (list[0] ?? null) : list;
}

/** Nothing has to be encoded inside a part. */
const PART_PLACE: Place = { percent: false, encode: text => text };

/** The body of an object; why, when it cannot be written. */
export function encodeMultipart(
  mediaType: MediaType,
  value: Json,
): { readonly bytes: Uint8Array; readonly boundary: string } | Unwritable {
  if (!isObject(value)) return { why: 'a multipart form carries objects only' };
  const [view] = viewsOf(mediaType.schema === undefined ? [] : [mediaType.schema]);
  const parts: NewPart[] = [];
  for (const [name, field] of Object.entries(value)) {
    const schema = view === undefined ? undefined : propertySchema(view, name);
    const written = encodeField(name, field, schema, mediaType.encoding.get(name));
    if ('why' in written) return { why: `part ${JSON.stringify(name)}: ${written.why}` };
    parts.push(...written.parts);
  }
  return joinParts(parts);
}

function encodeField(
  name: string,
  value: Json,
  schema: Schema | undefined,
  encoding: Encoding | undefined,
): { readonly parts: readonly NewPart[] } | Unwritable {
  if (!name.isWellFormed()) return { why: 'its name holds a lone surrogate' };
  if (encoding !== undefined && hasStyle(encoding) && !isFile(schema)) {
    const { style = 'form', explode } = encoding;
    const written = writePairs(value, { name, style, explode }, PART_PLACE);
    if ('why' in written) return written;
    const parts: NewPart[] = [];
    for (const [key, text] of written.pairs) {
      const bytes = utf8Bytes(text);
      if (bytes === undefined) return LONE;
      parts.push({ name: key, filename: undefined, contentType: undefined, headers: [], bytes });
    }
    return { parts };
  }
  if (isArray(value) && value.length === 0) return { why: 'an empty list leaves nothing to send' };
  const parts: NewPart[] = [];
  const items = isArray(value) && !wholeJson(schema, encoding) ? value : [value];
  const itemSchema = isArray(value) ? (itemOf(schema) ?? schema) : schema;
  for (const item of items) {
    const part = encodeItem(name, item, itemSchema, encoding);
    if ('why' in part) return part;
    parts.push(part);
  }
  return { parts };
}

function encodeItem(
  name: string,
  value: Json,
  schema: Schema | undefined,
  encoding: Encoding | undefined,
): NewPart | Unwritable {
  const said = encoding?.contentType
    ?.split(',')[0]
    ?.trim()
    .replace('image/*', 'image/png')
    .replace('*/*', OCTETS);
  if (said !== undefined && isXml(said) && typeof value === 'object' && value !== null) {
    const written = encodeXml({ schema }, value);
    if ('why' in written) return written;
    const bytes = utf8Bytes(written.text);
    if (bytes === undefined) return LONE;
    return { name, filename: undefined, contentType: said, headers: [], bytes };
  }
  const file = isFile(schema) && typeof value === 'string';
  const text = scalarText(value);
  const json = (said !== undefined && isJson(said)) || text === undefined;
  const binary = file || (said !== undefined && !json && !isText(said) && !isXml(said));
  const bytes = json ? utf8Bytes(stringifyJson(value)) : binary ? stringBytes(text) : utf8Bytes(text);
  if (bytes === undefined) return LONE;
  return {
    name,
    filename: binary ? name : undefined,
    contentType: said ?? (json ? 'application/json' : file ? fileType(schema) : undefined),
    headers: [],
    bytes,
  };
}

const OCTETS = 'application/octet-stream';
const LONE: Unwritable = { why: 'it holds a lone surrogate' };

/** An array that is one JSON document and not a part for each item: only where each item cannot be one. */
function wholeJson(schema: Schema | undefined, encoding: Encoding | undefined): boolean {
  return (
    encoding?.contentType !== undefined && isJson(encoding.contentType) && !kindsOf(schema).includes('array')
  );
}

function itemOf(schema: Schema | undefined): Schema | undefined {
  if (schema === undefined) return undefined;
  for (const view of viewsOf([schema])) for (const part of view.schemas) if (part.items) return part.items;
  return undefined;
}

/** 3.0 writes a file as `format: binary`, 3.1 as a `contentMediaType` without `contentEncoding`. */
function isFile(schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  return viewsOf([schema]).some(view =>
    view.schemas.some(
      part =>
        part.format === 'binary' ||
        (part.contentMediaType !== undefined && part.contentEncoding === undefined),
    ),
  );
}

function fileType(schema: Schema | undefined): string {
  for (const view of viewsOf(schema === undefined ? [] : [schema])) {
    for (const part of view.schemas) if (part.contentMediaType !== undefined) return part.contentMediaType;
  }
  return OCTETS;
}
