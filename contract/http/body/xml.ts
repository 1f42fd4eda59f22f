/**
 * XML bodies: bytes, their encoding, and the values behind them. Entities are never expanded, so a document type, which
 * may declare some, is refused where a client sends one.
 */
import { isArray, isObject, type Json } from '../../json/value.ts';
import type { MediaType, Schema } from '../../model.ts';
import { type Direction, isValid } from '../../schema/validate.ts';
import { kindsOf } from '../schema-views.ts';
import { parseXml, type XmlElement } from '../xml-document.ts';
import { isWrapped, xmlFacts } from '../xml-facts.ts';
import { readXml } from '../xml-read.ts';
import { xmlDocument } from '../xml-write.ts';
import { bodyText } from './charset.ts';

/** Longer ones are not read: elements take many times the memory of their bytes. */
export const LONGEST_XML = 4_194_304;

export type DecodedXml =
  | { readonly value: Json }
  | { readonly raw: true; readonly why: string }
  | { readonly malformed: string };

/** The value of an XML body, by its schema. */
export function decodeXml(
  { schema }: Pick<MediaType, 'schema'>,
  contentType: string,
  bytes: Uint8Array,
  direction: Direction,
): DecodedXml {
  if (bytes.length > LONGEST_XML)
    return { raw: true, why: `XML of more than ${LONGEST_XML} bytes is not read` };
  const sent = xmlText(contentType, bytes);
  if ('unread' in sent) return { raw: true, why: `the charset ${sent.unread} is not read` };
  if ('malformed' in sent) return sent;
  const read = parseXml(sent.text);
  if ('malformed' in read) return { malformed: notXml(read) };
  const text = textAsSuch(schema, sent.text, read.root, direction);
  if (text !== undefined) return { value: text };
  if (read.documentType) {
    return direction === 'request'
      ? { malformed: 'the body declares a document type, which is refused because it may declare entities' }
      : { raw: true, why: 'XML with a document type is not read' };
  }
  const made = readXml(schema, read.root, direction);
  return 'misnamed' in made ? { malformed: `the element ${made.misnamed}` } : made;
}

/** What a text lacks to be XML, as a sentence. */
function notXml({
  malformed,
  line,
  column,
}: {
  readonly malformed: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `the body is not XML: ${malformed} (line ${line}, column ${column})`;
}

/** Documents that describe XML as a text mean all of it, or what stands in its one element. */
function textAsSuch(
  schema: Schema | undefined,
  text: string,
  { children }: XmlElement,
  direction: Direction,
): string | undefined {
  if (schema === undefined || !kindsOf(schema).includes('scalar')) return undefined;
  return children.length > 0 && isValid(schema, text, direction) ? text : undefined;
}

/**
 * The characters of an XML body. The content type's charset counts before the document's own word (RFC 7303, 3), and
 * without either it is UTF-8.
 */
export function xmlText(contentType: string, bytes: Uint8Array): ReturnType<typeof bodyText> {
  if (/;\s*charset\s*=/i.test(contentType)) return bodyText(contentType, bytes);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff|\0|.\0)/s.test(start)) return { unread: 'utf-16' };
  const named = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1];
  return bodyText(named === undefined ? contentType : `application/xml; charset=${named}`, bytes);
}

/** The text of a value; why, when XML has no way to write it. */
export function encodeXml(
  { schema }: Pick<MediaType, 'schema'>,
  value: Json,
): { readonly text: string } | { readonly why: string } {
  if (typeof value === 'string' && isXmlText(value)) return { text: value };
  const why = unwritable(schema, value, false);
  return why === undefined ? { text: xmlDocument(schema, value) } : { why };
}

/** A text that begins like XML is the document already. */
export function isXmlText(text: string): boolean {
  return /^\s*</.test(text);
}

/** Half a surrogate pair, and most control characters (XML 1.0, 2.2). */
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** What a reader could not tell from something else, or could not read at all. */
function unwritable(schema: Schema | undefined, value: Json, isMember: boolean): string | undefined {
  if (value === null) return 'nothing in XML is null to every reader';
  if (typeof value === 'string') {
    const writable = value.isWellFormed() && !UNWRITABLE.test(value);
    return writable ? undefined : 'XML does not have some of its characters';
  }
  const { xml, items, prefixItems, properties } = xmlFacts(schema);
  if (isArray(value)) {
    if (value.length === 0 && isMember && !isWrapped(xml)) return 'an empty list leaves nothing to send';
    return firstOf(value, (item, index) => unwritable(prefixItems[index] ?? items, item, false));
  }
  if (!isObject(value)) return undefined;
  return firstOf(Object.entries(value), ([name, member]) => unwritable(properties.get(name), member, true));
}

function firstOf<T>(
  list: readonly T[],
  why: (one: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, one] of list.entries()) {
    const found = why(one, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
