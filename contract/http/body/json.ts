/**
 * JSON bodies, and sequences of JSON texts. UTF-8 alone (RFC 8259, 8.1); a byte order mark is tolerated. A key that
 * stands twice is no error, its last value counts, but whoever asks is told.
 */
import { type DuplicateKey, findDuplicateKeys, parseJson } from '../../json/parse.ts';
import { stringifyJson } from '../../json/stringify.ts';
import type { Json } from '../../json/value.ts';
import { utf8Bytes, utf8Text } from './bytes.ts';
import { charsetOf } from './charset.ts';

export type DecodedJson =
  | { readonly value: Json; readonly duplicateKeys?: readonly DuplicateKey[] }
  | { readonly malformed: string };

/** The value of a JSON body. */
export function decodeJson(contentType: string, bytes: Uint8Array, findDuplicates = false): DecodedJson {
  const text = jsonText(contentType, bytes);
  if (typeof text !== 'string') return text;
  const read = parseJson(text);
  if ('error' in read) return { malformed: syntaxMessage(read.error) };
  if (!findDuplicates) return read;
  const duplicateKeys = findDuplicateKeys(text);
  return duplicateKeys.length === 0 ? read : { value: read.value, duplicateKeys };
}

/** JSON Lines, NDJSON and RFC 7464's JSON sequences as a list; a blank line is no item. */
export function decodeJsonSequence(contentType: string, bytes: Uint8Array): DecodedJson {
  const text = jsonText(contentType, bytes);
  if (typeof text !== 'string') return text;
  const items: Json[] = [];
  for (const [index, part] of text.split(text.includes('\u001e') ? '\u001e' : /\r?\n/).entries()) {
    if (part.trim() === '') continue;
    const read = parseJson(part);
    if ('error' in read) return { malformed: `item ${index + 1}: ${syntaxMessage(read.error)}` };
    items.push(read.value);
  }
  return { value: items };
}

export function encodeJson(value: Json): Uint8Array {
  // JSON escapes lone surrogates, so there is always a UTF-8 form.
  return utf8Bytes(stringifyJson(value)) ?? new Uint8Array();
}

/** A list as lines, or with RFC 7464's separators where the type is `json-seq`. */
export function encodeJsonSequence(mediaType: string, items: readonly Json[]): Uint8Array {
  const start = mediaType.includes('json-seq') ? '\u001e' : '';
  return utf8Bytes(items.map(item => `${start}${stringifyJson(item)}\n`).join('')) ?? new Uint8Array();
}

function jsonText(contentType: string, bytes: Uint8Array): string | { readonly malformed: string } {
  // The hot path: no charset to look for.
  if (contentType !== 'application/json') {
    const charset = charsetOf(contentType);
    if (charset !== 'utf-8' && charset !== 'us-ascii') {
      return { malformed: `JSON is UTF-8, and this body says it is ${charset}` };
    }
  }
  return utf8Text(bytes) ?? { malformed: 'the body is not UTF-8' };
}

function syntaxMessage(error: {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `the body is not JSON: ${error.message} (line ${error.line}, column ${error.column})`;
}
