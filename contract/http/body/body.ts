/**
 * Bodies of every media type, as values and as bytes. What is not understood is said to be unread: never guessed, and
 * never passed as checked.
 */
import type { DuplicateKey } from '../../json/parse.ts';
import { isArray, type Json } from '../../json/value.ts';
import type { MediaType, Schema } from '../../model.ts';
import type { Direction } from '../../schema/validate.ts';
import { coerce } from '../coerce.ts';
import {
  isEventStream,
  isForm,
  isJson,
  isJsonSequence,
  isMultipart,
  isText,
  isXml,
  parseMediaType,
} from '../media-type.ts';
import { parseQuery } from '../named-values.ts';
import { kindsOf } from '../schema-views.ts';
import { scalarText, type Unwritable } from '../style-write.ts';
import { byteString, stringBytes, utf8Bytes } from './bytes.ts';
import { bodyText, charsetOf } from './charset.ts';
import { decodeEventStream, encodeEventStream } from './event-stream.ts';
import { decodeForm, encodeForm } from './form-urlencoded.ts';
import { decodeJson, decodeJsonSequence, encodeJson, encodeJsonSequence } from './json.ts';
import { decodeMultipart, encodeMultipart } from './multipart-form.ts';
import { decodeXml, encodeXml } from './xml.ts';

export type DecodedBody =
  | {
      readonly value: Json;
      /** Only when asked for: keys of a JSON body of which all but the last value are lost. */
      readonly duplicateKeys?: readonly DuplicateKey[];
    }
  /** The bytes were not read, and nothing may be said about them; `why` names the reason. */
  | { readonly raw: true; readonly why: string }
  | { readonly malformed: string };

export interface DecodeOptions {
  readonly duplicateKeys?: boolean;
  /** Where the body comes from; a request's unless told. */
  readonly direction?: Direction;
}

/** Larger files are not turned into text only to be measured. */
const MAX_FILE = 4_194_304;

/**
 * The value of a body.
 *
 * JSON is UTF-8; texts and forms become the types the schema asks for; files are byte strings, one character a byte.
 * XML is read by the schema's `xml` hints. A body of bytes without a schema is `raw` too: there is nothing it could break. Sequences
 * (JSON lines, event streams) are lists where the document describes their items.
 *
 * @param mediaType - the entry of `content` that covers the content type
 * @param contentType - the `Content-Type` as sent
 * @example
 * ```ts
 * import { decodeBody } from './contract/http/body/body.ts';
 * import type { MediaType } from './contract/model.ts';
 *
 * export const read = (media: MediaType, bytes: Uint8Array): unknown => decodeBody(media, 'application/json', bytes);
 * ```
 */
export function decodeBody(
  mediaType: MediaType,
  contentType: string,
  bytes: Uint8Array,
  options: DecodeOptions = {},
): DecodedBody {
  if (isJson(contentType)) return decodeJson(contentType, bytes, options.duplicateKeys);
  if (isMultipart(contentType)) {
    return parseMediaType(contentType)?.subtype === 'form-data'
      ? decodeMultipart(mediaType, contentType, bytes)
      : { raw: true, why: 'only multipart/form-data is read, no other multipart type' };
  }
  if (isXml(contentType)) return decodeXml(mediaType, contentType, bytes, options.direction ?? 'request');
  if (isSequence(contentType)) return decodeSequence(mediaType, contentType, bytes);
  if (isForm(contentType)) {
    const read = bodyText(contentType, bytes);
    return 'text' in read ? decodeForm(mediaType, parseQuery(read.text)) : unreadText(read);
  }
  const { schema } = mediaType;
  if (structured(schema)) {
    // An object under `text/plain` or a vendor's own type is JSON in all but name; of others nothing is known.
    const read = mayBeJson(contentType) ? decodeJson(contentType, bytes) : undefined;
    if (read !== undefined && 'value' in read) return read;
    return { raw: true, why: `its schema describes what ${contentType} cannot be read as` };
  }
  if (isText(contentType)) {
    const read = bodyText(contentType, bytes);
    return 'text' in read ? { value: coerce(schema, read.text) } : unreadText(read);
  }
  if (schema === undefined) return { raw: true, why: `${contentType} has no schema` };
  if (bytes.length > MAX_FILE) return { raw: true, why: `files of more than ${MAX_FILE} bytes are not read` };
  return { value: byteString(bytes) };
}

/** Sequences are lists where the document describes their items or a list, and texts where it describes a text. */
function decodeSequence(mediaType: MediaType, contentType: string, bytes: Uint8Array): DecodedBody {
  const { schema, itemSchema } = mediaType;
  const kinds = kindsOf(schema);
  const asList = itemSchema !== undefined || kinds.includes('array');
  if (!asList && structured(schema)) {
    return {
      raw: true,
      why: `"schema" of ${contentType} describes neither a text nor a list; "itemSchema" would`,
    };
  }
  if (asList && isJsonSequence(contentType)) return decodeJsonSequence(contentType, bytes);
  const read = bodyText(contentType, bytes);
  if (!('text' in read)) return unreadText(read);
  return { value: asList ? decodeEventStream(read.text) : coerce(schema, read.text) };
}

function isSequence(contentType: string): boolean {
  return isJsonSequence(contentType) || isEventStream(contentType);
}

/** True when the schema allows objects and lists only. */
function structured(schema: Schema | undefined): boolean {
  return schema !== undefined && !kindsOf(schema).includes('scalar');
}

const BYTES = new Set(['octet-stream', 'pdf', 'zip', 'gzip', 'x-tar', 'x-zip-compressed', 'x-gzip', 'wasm']);

/** Types without a form of their own that are known here: plain text, and what a vendor made up. */
function mayBeJson(contentType: string): boolean {
  const type = parseMediaType(contentType);
  if (type === undefined) return false;
  if (type.type === 'text') return type.subtype === 'plain';
  return type.type === 'application' && !isText(contentType) && !BYTES.has(type.subtype);
}

function unreadText(read: { readonly unread: string } | { readonly malformed: string }): DecodedBody {
  return 'malformed' in read ? read : { raw: true, why: `the charset ${read.unread} is not read` };
}

export type EncodedBody =
  | { readonly bytes: Uint8Array; readonly contentType: string }
  /** The value cannot be sent as this media type; says why. */
  | { readonly unsupported: string };

/**
 * The bytes of a value, and the content type to send with them: the media type as written, a boundary added, a range
 * such as `image/*` made a type.
 *
 * @example
 * ```ts
 * import { encodeBody } from './contract/http/body/body.ts';
 * import type { MediaType } from './contract/model.ts';
 *
 * export const write = (media: MediaType): unknown => encodeBody(media, { name: 'Rex' });
 * ```
 */
export function encodeBody(mediaType: MediaType, value: Json): EncodedBody {
  const contentType = concreteType(mediaType, value);
  if (isJson(contentType)) return { bytes: encodeJson(value), contentType };
  if (isSequence(contentType) && typeof value !== 'string') return encodeSequence(contentType, value);
  if (isForm(contentType)) {
    const written = encodeForm(mediaType, value);
    return 'why' in written ? { unsupported: written.why } : textBody(written.text, contentType);
  }
  if (isMultipart(contentType)) {
    if (parseMediaType(contentType)?.subtype !== 'form-data') {
      return { unsupported: 'only multipart/form-data is written, no other multipart type' };
    }
    const written: { readonly bytes: Uint8Array; readonly boundary: string } | Unwritable = encodeMultipart(
      mediaType,
      value,
    );
    if ('why' in written) return { unsupported: written.why };
    return { bytes: written.bytes, contentType: `multipart/form-data; boundary=${written.boundary}` };
  }
  if (isXml(contentType)) {
    const written = encodeXml(mediaType, value);
    return 'why' in written ? { unsupported: written.why } : textBody(written.text, contentType);
  }
  const text = scalarText(value);
  if (text === undefined) {
    if (mayBeJson(contentType)) return { bytes: encodeJson(value), contentType };
    return {
      unsupported: `${contentType} carries texts only, and this is ${isArray(value) ? 'a list' : 'an object'}`,
    };
  }
  if (isText(contentType) || isSequence(contentType)) return textBody(text, contentType);
  const bytes = stringBytes(text);
  return bytes === undefined ? { unsupported: LONE } : { bytes, contentType };
}

/** A list as a sequence; a single value as a sequence of one, for documents that describe the item alone. */
function encodeSequence(contentType: string, value: Json): EncodedBody {
  const items = isArray(value) ? value : [value];
  if (isJsonSequence(contentType)) return { bytes: encodeJsonSequence(contentType, items), contentType };
  const text = encodeEventStream(items);
  return text === undefined
    ? { unsupported: 'an event holds a line break where there may be none' }
    : textBody(text, contentType);
}

const LONE = 'a lone surrogate cannot be sent';

function textBody(text: string, contentType: string): EncodedBody {
  const charset = charsetOf(contentType);
  const latin = charset === 'iso-8859-1' || charset === 'latin1';
  if (!latin && charset !== 'utf-8' && charset !== 'us-ascii') {
    return { unsupported: `the charset ${charset} is not written` };
  }
  if (latin && /[^\u0000-\u00ff]/.test(text))
    return { unsupported: 'ISO-8859-1 does not have these characters' };
  if (charset === 'us-ascii' && /[^\u0000-\u007f]/.test(text))
    return { unsupported: 'US-ASCII does not have these characters' };
  const bytes = latin ? stringBytes(text) : utf8Bytes(text);
  return bytes === undefined ? { unsupported: LONE } : { bytes, contentType };
}

/** A range becomes the type that fits the value best. */
function concreteType({ mediaType }: MediaType, value: Json): string {
  const range = parseMediaType(mediaType);
  if (range === undefined || (range.type !== '*' && range.subtype !== '*')) return mediaType;
  const text = typeof value === 'string';
  switch (range.type) {
    case '*':
      return text ? 'text/plain' : 'application/json';
    case 'application':
      return text ? 'application/octet-stream' : 'application/json';
    case 'text':
      return 'text/plain';
    case 'multipart':
      return 'multipart/form-data';
    case 'image':
      return 'image/png';
    case 'audio':
      return 'audio/mpeg';
    case 'video':
      return 'video/mp4';
    default:
      return `${range.type}/x-unknown`;
  }
}
