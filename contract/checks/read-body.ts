/** The body of an answer as its documented media type reads it: once for all checks, and once for equal bodies. */
import {
  contentTypeOf,
  documentedResponse,
  type Exchange,
  hasNoBody,
  headerValues,
  type ReceivedResponse,
} from '../exchange.ts';
import { type DecodedBody, decodeBody } from '../http/body/body.ts';
import { decodeJsonSequence } from '../http/body/json.ts';
import { mediaTypeFor } from '../http/content.ts';
import { isJsonSequence, isXml } from '../http/media-type.ts';
import { kindsOf } from '../http/schema-views.ts';
import type { MediaType, Schema } from '../model.ts';
import type { Finding } from './check.ts';

export interface ReadBody {
  /** The entry of `content` that speaks about it. */
  readonly content: MediaType;
  /** The Content-Type as received. */
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly decoded: DecodedBody;
  /** What the whole value is held against, and what each of its items is. */
  readonly schema: Schema | undefined;
  readonly itemSchema: Schema | undefined;
}

let last: { readonly exchange: Exchange; readonly body: ReadBody | undefined } | undefined;

/** Undefined where there is no body, or none that the document describes. */
export function readBody(exchange: Exchange): ReadBody | undefined {
  if (last?.exchange !== exchange) last = { exchange, body: read(exchange) };
  return last.body;
}

/** A check of bodies alone: what was found is kept as long as the body is. */
export function onceForEachBody(
  judge: (body: ReadBody) => readonly Finding[],
): (exchange: Exchange) => readonly Finding[] {
  const found = new WeakMap<ReadBody, readonly Finding[]>();
  return exchange => {
    const body = readBody(exchange);
    if (body === undefined) return NOTHING;
    let findings = found.get(body);
    if (findings === undefined) found.set(body, (findings = judge(body)));
    return findings;
  };
}

const NOTHING: readonly Finding[] = [];

function read(exchange: Exchange): ReadBody | undefined {
  const { case: tested, response } = exchange;
  // Of a body that is cut off, or still coded in a way that nobody took off, nothing can be said.
  if (response.body.length === 0 || hasNoBody(exchange) || !isWhole(response)) return undefined;
  const type = contentTypeOf(response);
  if (type === undefined) return undefined;
  const documented = documentedResponse(tested.operation, response.status);
  const content = documented === undefined ? undefined : mediaTypeFor(documented.content, type);
  return content === undefined ? undefined : remembered(content, type, response.body);
}

/** Codings that are taken off before an answer gets here. */
const KNOWN_CODINGS = /^(?:(?:identity|x-gzip|gzip|deflate|br|zstd)[ \t]*(?:,[ \t]*|$))*$/i;

/** True for a body that is all there, and without its Content-Encoding. */
export function isWhole(response: ReceivedResponse): boolean {
  if (response.framing !== undefined) return false;
  return headerValues(response, 'content-encoding').every(codings => KNOWN_CODINGS.test(codings));
}

/** Servers give the same answer again and again; the last few of each media type are not read twice. */
const known = new WeakMap<MediaType, ReadBody[]>();
const KEPT = 4;

function remembered(content: MediaType, type: string, bytes: Uint8Array): ReadBody {
  const list = known.get(content) ?? [];
  const before = list.find(entry => entry.type === type && sameBytes(entry.bytes, bytes));
  if (before !== undefined) return before;
  const body = bodyOf(content, type, bytes);
  list.unshift(body);
  if (list.length > KEPT) list.pop();
  known.set(content, list);
  return body;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** Before 3.2 documents describe a sequence of JSON texts by the schema of one: no sequence is an object. */
function bodyOf(content: MediaType, type: string, bytes: Uint8Array): ReadBody {
  const { schema, itemSchema } = content;
  if (itemSchema === undefined && isJsonSequence(type) && kindsOf(schema).join() === 'object') {
    const decoded = decodeJsonSequence(type, bytes);
    return { content, type, bytes, decoded, schema: undefined, itemSchema: schema };
  }
  // What XML says of a value is less than a schema asks, and has a check of its own.
  const decoded: DecodedBody = isXml(type)
    ? { raw: true, why: 'XML has a check of its own' }
    : decodeBody(content, type, bytes, { direction: 'response' });
  return { content, type, bytes, decoded, schema, itemSchema };
}
