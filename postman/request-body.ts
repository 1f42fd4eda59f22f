/**
 * The body of a case in one of Postman's modes: form fields where the receiver reads the same from them, else the text as
 * it is. Bytes that are no text cannot stand in a collection.
 */
import { utf8Text } from '../contract/http/body/bytes.ts';
import { type Part, splitParts } from '../contract/http/body/multipart.ts';
import { isForm, isJson, isXml, parseMediaType } from '../contract/http/media-type.ts';
import { formDecode } from '../contract/http/percent-encoding.ts';
import type { Json, JsonObject } from '../contract/json/value.ts';
import type { CaseRequest } from '../contract/plan/cases/case.ts';
import { LIMITS } from './limits.ts';

export type WrittenBody =
  | {
      readonly kind: 'body';
      readonly body: JsonObject | undefined;
      /** Postman makes the Content-Type itself, with a boundary of its own. */
      readonly ownType: boolean;
    }
  | { readonly kind: 'unwritable'; readonly reason: string };

/** What Postman sends for the body of a request. */
export function requestBody({ body, contentType }: CaseRequest): WrittenBody {
  if (body === undefined) return { kind: 'body', body: undefined, ownType: false };
  const text = utf8Text(body);
  const parts = contentType === undefined ? undefined : formParts(contentType, body);
  if (parts !== undefined)
    return { kind: 'body', body: { mode: 'formdata', formdata: parts }, ownType: true };
  if (text === undefined) return { kind: 'unwritable', reason: LIMITS.bytes.reason };
  // A byte order mark is left out of the text, so it would not be sent.
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf)
    return { kind: 'unwritable', reason: LIMITS['byte-order-mark'].reason };
  const fields = contentType !== undefined && isForm(contentType) ? formFields(text) : undefined;
  if (fields !== undefined)
    return { kind: 'body', body: { mode: 'urlencoded', urlencoded: fields }, ownType: false };
  return { kind: 'body', body: rawBody(text, contentType), ownType: false };
}

function rawBody(text: string, contentType: string | undefined): JsonObject {
  const type = contentType ?? '';
  const language = isJson(type) ? 'json' : isXml(type) ? 'xml' : 'text';
  return { mode: 'raw', raw: text, options: { raw: { language } } };
}

/** Undefined where a field cannot be decoded, is given twice with others between, or has no name or value. */
function formFields(text: string): readonly Json[] | undefined {
  if (text === '') return undefined;
  const fields: { readonly key: string; readonly value: string }[] = [];
  for (const pair of text.split('&')) {
    const at = pair.indexOf('=');
    const key = at < 1 ? undefined : formDecode(pair.slice(0, at));
    const value = formDecode(pair.slice(at + 1));
    if (key === undefined || value === undefined) return undefined;
    fields.push({ key, value });
  }
  // Newman puts fields of one name together.
  return new Set(fields.map(({ key }) => key)).size === fields.length ? fields : undefined;
}

/** Undefined for what is no form, or has a part that fields cannot say: a file, a header of its own, other bytes. */
function formParts(contentType: string, body: Uint8Array): readonly Json[] | undefined {
  const type = parseMediaType(contentType);
  if (type?.type !== 'multipart' || type.subtype !== 'form-data') return undefined;
  const split = splitParts(contentType, body);
  if ('malformed' in split || split.parts.length === 0) return undefined;
  const fields: Json[] = [];
  for (const part of split.parts) {
    const value = isPlain(part) ? utf8Text(part.bytes) : undefined;
    if (value === undefined || part.name === undefined || part.name === '') return undefined;
    const typed = part.headers.get('content-type');
    fields.push({
      key: part.name,
      value,
      type: 'text',
      ...(typed === undefined ? {} : { contentType: typed }),
    });
  }
  return fields;
}

function isPlain({ filename, headers, name = '' }: Part): boolean {
  return (
    filename === undefined &&
    !/[^\x20-\x7e]|"/.test(name) &&
    [...headers.keys()].every(header => header === 'content-disposition' || header === 'content-type')
  );
}
