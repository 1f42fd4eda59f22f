/**
 * Bodies of every media type, as values and as bytes. What is not understood is said to be unread: never guessed, and
 * never passed as checked.
 */
import type { DuplicateKey } from '../../json/parse.ts';
import { isArray, type Json } from '../../json/value.ts';
import type { MediaType } from '../../model.ts';
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
import { scalarText, type Unwritable } from '../style-write.ts';
import { byteString, stringBytes, utf8Bytes } from './bytes.ts';
import { bodyText, charsetOf } from './charset.ts';
import { decodeEventStream, encodeEventStream } from './event-stream.ts';
import { decodeForm, encodeForm } from './form-urlencoded.ts';
import { decodeJson, decodeJsonSequence, encodeJson, encodeJsonSequence } from './json.ts';
import { decodeMultipart, encodeMultipart } from './multipart-form.ts';

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
}

/** Larger files are not turned into text only to be measured. */
const MAX_FILE = 4_194_304;

/**
 * The value of a body.
 *
 * JSON is UTF-8; texts and forms become the types the schema asks for; files are byte strings, one character a byte.
 * XML is not read (`raw`). A body of bytes without a schema is `raw` too: there is nothing it could break.
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
  if (isJsonSequence(contentType)) return decodeJsonSequence(contentType, bytes);
  if (isMultipart(contentType)) {
    return parseMediaType(contentType)?.subtype === 'form-data'
      ? decodeMultipart(mediaType, contentType, bytes)
      : { raw: true, why: 'only multipart/form-data is read, no other multipart type' };
  }
  if (isXml(contentType)) return { raw: true, why: 'XML is not read' };
  if (isForm(contentType) || isText(contentType)) {
    const read = bodyText(contentType, bytes);
    if ('malformed' in read) return read;
    if ('unread' in read) return { raw: true, why: `the charset ${read.unread} is not read` };
    if (isForm(contentType)) return decodeForm(mediaType, parseQuery(read.text));
    if (isEventStream(contentType) && mediaType.itemSchema !== undefined) {
      return { value: decodeEventStream(read.text) };
    }
    return { value: coerce(mediaType.schema, read.text) };
  }
  if (mediaType.schema === undefined) return { raw: true, why: `${contentType} has no schema` };
  if (bytes.length > MAX_FILE) return { raw: true, why: `files of more than ${MAX_FILE} bytes are not read` };
  return { value: byteString(bytes) };
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
  if (isJsonSequence(contentType)) {
    const bytes = encodeJsonSequence(contentType, value);
    return bytes === undefined
      ? { unsupported: `${contentType} carries lists only` }
      : { bytes, contentType };
  }
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
  if (isEventStream(contentType) && isArray(value)) {
    const text = encodeEventStream(value);
    return text === undefined
      ? { unsupported: 'the list holds something that is no event' }
      : textBody(text, contentType);
  }
  if (isXml(contentType) && typeof value !== 'string') return { unsupported: 'XML is not written' };
  const text = scalarText(value);
  if (text === undefined) {
    return {
      unsupported: `${contentType} carries texts only, and this is ${isArray(value) ? 'a list' : 'an object'}`,
    };
  }
  if (isText(contentType) || isXml(contentType)) return textBody(text, contentType);
  const bytes = stringBytes(text);
  return bytes === undefined ? { unsupported: LONE } : { bytes, contentType };
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
