/** What the bodies of an exchange say, read by the document's media types, and the resource that stands in them. */
import { contentTypeOf, documentedResponse, type Exchange, hasNoBody } from '../exchange.ts';
import { decodeBody } from '../http/body/body.ts';
import { mediaTypeFor } from '../http/content.ts';
import { isJson } from '../http/media-type.ts';
import { parseJson } from '../json/parse.ts';
import { joinPointer } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Direction } from '../schema/validate.ts';

export interface ReadBody {
  readonly value: Json;
  /** What the document says about it. */
  readonly schema: Schema | undefined;
}

/** The value of the answer's body; undefined when there is none that can be read. */
export function answerBody(exchange: Exchange): ReadBody | undefined {
  const { case: tested, response } = exchange;
  if (hasNoBody(exchange) || response.body.length === 0) return undefined;
  const type = contentTypeOf(response);
  if (type === undefined) return undefined;
  const content = documentedResponse(tested.operation, response.status)?.content ?? [];
  return read(content, type, response.body, 'response');
}

/** The value of the body that was sent; undefined when there is none that can be read. */
export function sentBody({ case: { operation, request } }: Exchange): ReadBody | undefined {
  const { body, contentType } = request;
  if (body === undefined || body.length === 0 || contentType === undefined) return undefined;
  return read(operation.requestBody?.content ?? [], contentType, body, 'request');
}

function read(
  content: Parameters<typeof mediaTypeFor>[0],
  type: string,
  bytes: Uint8Array,
  direction: Direction,
): ReadBody | undefined {
  const media = mediaTypeFor(content, type);
  if (media !== undefined) {
    const decoded = decodeBody(media, type, bytes, { direction });
    return 'value' in decoded ? { value: decoded.value, schema: media.schema } : undefined;
  }
  if (!isJson(type)) return undefined;
  const parsed = parseJson(new TextDecoder().decode(bytes));
  return 'value' in parsed ? { value: parsed.value, schema: undefined } : undefined;
}

export interface Resource {
  readonly value: JsonObject;
  /** Where in the body it stands. */
  readonly pointer: string;
}

/**
 * The object in a body that has any of the properties looked for: the body itself, else the only object in it that has
 * some, as in `{ "data": { … } }`.
 */
export function resourceIn(body: Json, names: Iterable<string>): Resource | undefined {
  if (!isObject(body)) return undefined;
  const wanted = [...names];
  const fits = (value: Json): boolean => wanted.some(name => own(value, name) !== undefined);
  if (fits(body)) return { value: body, pointer: '' };
  const inside = Object.entries(body).filter(
    (entry): entry is [string, JsonObject] => isObject(entry[1]) && fits(entry[1]),
  );
  const [only] = inside;
  return only !== undefined && inside.length === 1
    ? { value: only[1], pointer: joinPointer('', only[0]) }
    : undefined;
}
