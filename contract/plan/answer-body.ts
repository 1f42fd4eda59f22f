/**
 * The body of an answer: which of the document's values it is made of, and its bytes. An example that breaks its own
 * schema is passed over and told as a problem; whatever is sent keeps to the schema as long as anything can.
 */

import { decodeBody, encodeBody } from '../http/body/body.ts';
import { stringBytes } from '../http/body/bytes.ts';
import { decodeXml, isXmlText } from '../http/body/xml.ts';
import { isMultipart } from '../http/media-type.ts';
import { xmlDocument } from '../http/xml-write.ts';
import { parseJson } from '../json/parse.ts';
import { stringifyJson } from '../json/stringify.ts';
import { isArray, isObject, type Json, own } from '../json/value.ts';
import type { Example, MediaType, Schema } from '../model.ts';
import type { Problem } from '../problem.ts';
import { sample } from '../schema/sample.ts';
import { validate } from '../schema/validate.ts';
import type { Source } from '../source.ts';
import { binarySample } from './binary-samples.ts';
import { type BodyKind, bodyKind } from './body-kind.ts';
import { effectiveTypes, isBinarySchema } from './concrete-media-type.ts';
import { withoutWriteOnly } from './write-only.ts';

/** Where a body comes from: an example of the media type, one of its schema, or made by us. */
export type BodyOrigin = 'example' | 'schema' | 'sample';

export interface AnswerBody {
  readonly origin: BodyOrigin;
  readonly bytes: Uint8Array;
  /** With the boundary, where the media type needs one; else as it came. */
  readonly contentType: string;
}

/** What the functions here are told about the place they make a body for. */
export interface BodyPlace {
  readonly content: MediaType;
  /** Concrete, with its parameters. */
  readonly mediaType: string;
  readonly report: (problem: Problem) => void;
}

/** The body that one example makes, once it is asked for; undefined when it cannot be used, which is reported. */
export function exampleBody(place: BodyPlace, example: Example): (() => AnswerBody) | undefined {
  return fromExample(place, example, 'example', true);
}

/**
 * The body when no named example is usable: the single example, the schema's own examples and default, a sample, and
 * only where all of these fail the first example however wrong it is.
 */
export function usualBody(place: BodyPlace): AnswerBody {
  const { content } = place;
  const single = content.examples.find(example => example.name === undefined);
  const given = single === undefined ? undefined : fromExample(place, single, 'example', true);
  if (given !== undefined) return given();
  for (const value of schemaExamples(content)) {
    const body = fromExample(place, unnamed(value, content.source), 'schema', false);
    if (body !== undefined) return body();
  }
  return sampleBody(place);
}

function schemaExamples(content: MediaType): readonly Json[] {
  const schema = content.schema;
  if (schema === undefined) return [];
  const { examples, reference } = schema;
  const fallback = schema.default ?? reference?.default;
  return [...examples, ...(reference?.examples ?? []), ...(fallback === undefined ? [] : [fallback.value])];
}

function unnamed(value: Json, source: Source): Example {
  return {
    source,
    value,
    name: undefined,
    summary: undefined,
    serializedValue: undefined,
    externalValue: undefined,
    external: undefined,
  };
}

function fromExample(
  place: BodyPlace,
  example: Example,
  origin: BodyOrigin,
  tell: boolean,
): (() => AnswerBody) | undefined {
  const bytes = bytesOf(example);
  if (bytes !== undefined) {
    const fault = bytesFault(place, bytes);
    if (fault === undefined) return () => ({ origin, bytes, contentType: place.mediaType });
    if (tell) place.report(brokenExample(example, fault));
    return undefined;
  }
  if (example.value === undefined) {
    if (tell && example.externalValue !== undefined) place.report(externalExample(example));
    return undefined;
  }
  const { kind, schema } = shapeOf(place);
  const { value: whole } = example;
  const pruned = withoutWriteOnly(schema, whole);
  const fault = valueFault(place.content, kind, schema, pruned);
  if (fault === undefined) return () => written(place, kind, schema, pruned, origin);
  // Where one alternative of a `oneOf` needs what another calls `writeOnly`, the example knows best.
  if (pruned !== whole && valueFault(place.content, kind, schema, whole) === undefined) {
    return () => written(place, kind, schema, whole, origin);
  }
  const text = serializedJson(kind, schema, whole);
  if (text !== undefined) return () => ({ origin, bytes: utf8(text), contentType: place.mediaType });
  if (tell) place.report(brokenExample(example, fault));
  return undefined;
}

/** The body that an example gives byte by byte: written out, or kept in a file. */
function bytesOf({ value, serializedValue, external }: Example): Uint8Array | undefined {
  if (serializedValue !== undefined) return utf8(serializedValue);
  return value === undefined && external !== undefined && 'bytes' in external ? external.bytes : undefined;
}

/** Why bytes may not be sent as they are, in a few words; undefined when they may. */
function bytesFault(place: BodyPlace, bytes: Uint8Array): string | undefined {
  const { kind, schema } = shapeOf(place);
  if (isMultipart(place.mediaType) && !/boundary=/i.test(place.mediaType)) {
    return 'the media type has no boundary, so the parts cannot be told apart';
  }
  const content = { ...place.content, mediaType: place.mediaType };
  const read = decodeBody(content, place.mediaType, bytes, { direction: 'response' });
  if ('malformed' in read) return read.malformed;
  // What we cannot read, nobody here can call wrong.
  return 'value' in read ? valueFault(place.content, kind, schema, read.value) : undefined;
}

/** Why a value may not be sent, in a few words; undefined when it may. */
function valueFault(
  content: MediaType,
  kind: BodyKind,
  schema: Schema | undefined,
  value: Json,
): string | undefined {
  if (kind === 'xml' && typeof value === 'string' && isXmlText(value)) return xmlFault(content, value);
  if (typeof value === 'string' && isOpaque(kind, schema)) return undefined;
  if (isSequential(kind)) return sequenceFault(content, value);
  return schema === undefined ? undefined : firstViolation(schema, value);
}

/** XML written out is held against the schema as a client would read it. */
function xmlFault(content: MediaType, text: string): string | undefined {
  const read = decodeXml(content, 'application/xml', utf8(text), 'response');
  if ('malformed' in read) return read.malformed;
  return 'raw' in read || content.schema === undefined
    ? undefined
    : firstViolation(content.schema, read.value);
}

/** A text that is the body already: XML and streams written out, and bytes that JSON cannot hold. */
function isOpaque(kind: BodyKind, schema: Schema | undefined): boolean {
  if (kind === 'json' || kind === 'text') return false;
  if (kind === 'form') return schema === undefined || effectiveTypes(schema)?.includes('string') !== true;
  return true;
}

function isSequential(kind: BodyKind): boolean {
  return kind === 'event-stream' || kind === 'json-lines' || kind === 'json-sequence';
}

/** Items are held against `itemSchema`, or against `schema` where a document older than 3.2 means the item by it. */
function sequenceFault(content: MediaType, value: Json): string | undefined {
  const { schema, itemSchema } = content;
  if (schema !== undefined && firstViolation(schema, value) === undefined) return undefined;
  const item = itemSchema ?? schema;
  if (item === undefined) return undefined;
  for (const one of isArray(value) ? value : [value]) {
    const fault = firstViolation(item, one);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function firstViolation(schema: Schema, value: Json): string | undefined {
  const [violation] = validate(schema, value, { direction: 'response', maxViolations: 1 });
  if (violation === undefined) return undefined;
  return `${violation.instance === '' ? '' : `${violation.instance}: `}${violation.message}`;
}

/** JSON that was written into the document as a text, as many do by mistake: sent as it stands when it is right then. */
function serializedJson(kind: BodyKind, schema: Schema | undefined, value: Json): string | undefined {
  if (kind !== 'json' || schema === undefined || typeof value !== 'string' || !/^\s*[[{]/.test(value)) {
    return undefined;
  }
  const parsed = parseJson(value);
  return 'value' in parsed && firstViolation(schema, parsed.value) === undefined ? value : undefined;
}

/** The body that a value makes; undefined where the schema does not allow it. */
export function valueBody(place: BodyPlace, value: Json): AnswerBody | undefined {
  const { kind, schema } = shapeOf(place);
  if (valueFault(place.content, kind, schema, value) !== undefined) return undefined;
  return written(place, kind, schema, value, 'example');
}

/**
 * A body made from the schema whatever the examples are; undefined where there is no schema or no value is known that
 * keeps to it.
 *
 * @param seed - the same seed makes the same body
 */
export function sampledBody(place: BodyPlace, seed: number): AnswerBody | undefined {
  const { kind, schema } = shapeOf(place);
  if (kind === 'binary' && !isEncodedText(schema)) return sampleBody(place);
  const wanted = isSequential(kind) ? (place.content.itemSchema ?? schema) : schema;
  if (wanted === undefined) return undefined;
  const made = sample(wanted, { direction: 'response', seed });
  return 'value' in made ? written(place, kind, schema, made.value, 'sample') : undefined;
}

function sampleBody(place: BodyPlace): AnswerBody {
  const { kind, schema } = shapeOf(place);
  const { itemSchema, source } = place.content;
  if (kind === 'binary' && !isEncodedText(schema)) {
    return { origin: 'sample', bytes: binarySample(essence(place.mediaType)), contentType: place.mediaType };
  }
  const wanted = isSequential(kind) ? (itemSchema ?? schema) : schema;
  if (wanted === undefined) return written(place, kind, undefined, blankValue(kind), 'sample');
  const made = sample(wanted, { direction: 'response' });
  if ('value' in made) return written(place, kind, schema, made.value, 'sample');
  const { source: at, message, fix } = made.problem;
  place.report({ rule: 'sample-impossible', severity: 'warning', message, source: at, fix });
  // Nothing that keeps to the schema is known, so the document's own word is the best there is.
  const example = place.content.examples.find(({ value }) => value !== undefined);
  const [value = example?.value ?? blankValue(kind)] = [example?.value, ...schemaExamples(place.content)];
  place.report({
    rule: 'answer-breaks-schema',
    severity: 'warning',
    message: `The answer in ${place.content.mediaType} does not keep to its schema, because no value is known that does.`,
    source,
    fix: 'Add an example that keeps to the schema, or loosen the schema.',
  });
  return written(place, kind, schema, value, example === undefined ? 'sample' : 'example');
}

/** What stands for a body of which the document says nothing but its media type. */
function blankValue(kind: BodyKind): Json {
  return kind === 'text' || kind === 'event-stream' ? 'sample' : {};
}

function isEncodedText(schema: Schema | undefined): boolean {
  return (
    schema !== undefined &&
    !isBinarySchema(schema) &&
    (schema.format === 'byte' || schema.contentEncoding !== undefined)
  );
}

/** How the body is written, and the schema its value is held against. */
function shapeOf(place: BodyPlace): { kind: BodyKind; schema: Schema | undefined } {
  const { schema } = place.content;
  const known = bodyKind(place.mediaType);
  if (known !== undefined) return { kind: known, schema };
  if (schema === undefined) {
    const value = place.content.examples[0]?.value;
    return { kind: value === undefined ? 'binary' : typeof value === 'string' ? 'text' : 'json', schema };
  }
  if (isBinarySchema(schema)) return { kind: 'binary', schema };
  const types = effectiveTypes(schema);
  return { kind: types?.every(type => type === 'string') === true ? 'text' : 'json', schema };
}

function written(
  place: BodyPlace,
  kind: BodyKind,
  schema: Schema | undefined,
  value: Json,
  origin: BodyOrigin,
): AnswerBody {
  const { content, mediaType } = place;
  const given = kind === 'form' ? value : textOf(kind, schema, value);
  if (kind === 'form' || kind === 'text') {
    // These know boundaries and charsets.
    const encoded = encodeBody({ ...content, schema, itemSchema: undefined, mediaType }, given);
    if ('bytes' in encoded) return { origin, ...encoded };
    place.report(unwritable(content, encoded.unsupported));
  }
  const text = typeof given === 'string' ? given : stringifyJson(given);
  const bytes = (kind === 'binary' ? stringBytes(text) : undefined) ?? new TextEncoder().encode(text);
  return { origin, bytes, contentType: mediaType };
}

function textOf(kind: BodyKind, schema: Schema | undefined, value: Json): string {
  switch (kind) {
    case 'json':
      return stringifyJson(value);
    case 'json-lines':
      return sequence(value, schema, item => `${stringifyJson(item)}\n`);
    case 'json-sequence':
      return sequence(value, schema, item => `\u001e${stringifyJson(item)}\n`);
    case 'event-stream':
      return sequence(value, schema, eventText);
    case 'xml':
      return typeof value === 'string' && isXmlText(value) ? value : xmlDocument(schema, value);
    case 'form':
    case 'text':
    case 'binary':
      return typeof value === 'string' ? value : stringifyJson(value);
    default:
      return kind satisfies never;
  }
}

/** A text is the stream already; a list is its items, unless the schema says that a list is one item. */
function sequence(value: Json, schema: Schema | undefined, write: (item: Json) => string): string {
  if (typeof value === 'string' && /[\n\u001e]/.test(value)) return value;
  const lists = schema === undefined || effectiveTypes(schema)?.includes('array') === true;
  return isArray(value) && (lists || firstViolation(schema, value) !== undefined)
    ? value.map(write).join('')
    : write(value);
}

const EVENT_FIELDS = ['event', 'id', 'retry', 'data'];

/**
 * One event. An object that speaks of nothing but event fields is an event; anything else is an event's data.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
function eventText(item: Json): string {
  if (
    !isObject(item) ||
    Object.keys(item).some(key => !EVENT_FIELDS.includes(key)) ||
    Object.keys(item).length === 0
  ) {
    return `${field('data', item)}\n`;
  }
  return `${EVENT_FIELDS.map(name => field(name, own(item, name))).join('')}\n`;
}

function field(name: string, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : stringifyJson(value);
  return text
    .split(/\r\n|\n|\r/)
    .map(line => `${name}: ${line}\n`)
    .join('');
}

function essence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function unwritable(content: MediaType, why: string): Problem {
  return {
    rule: 'answer-unwritable',
    severity: 'warning',
    message: `An answer in ${content.mediaType} cannot be written as such: ${why}. It is sent as it stands.`,
    source: content.source,
    fix: 'Give the example as a text, or change the media type or its schema.',
  };
}

function brokenExample(example: Example, fault: string): Problem {
  const name = example.name === undefined ? 'This example' : `The example "${example.name}"`;
  return {
    rule: 'example-invalid',
    severity: 'warning',
    message: `${name} breaks its own schema, so it is not answered with: ${fault}`,
    source: example.source,
    fix: 'Correct the example or the schema.',
  };
}

function externalExample(example: Example): Problem {
  const { external } = example;
  const { unavailable: reason, fix } =
    external !== undefined && 'unavailable' in external
      ? external
      : { unavailable: 'files were not looked for', fix: 'Write the example into the document.' };
  return {
    rule: 'example-external',
    severity: 'note',
    message: `The example ${JSON.stringify(example.externalValue)} stands outside the document and is not answered with: ${reason}.`,
    source: example.source,
    fix,
  };
}
