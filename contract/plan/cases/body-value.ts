/** Bodies as they are written: of an example, or of a sample of the media type's schema. */
import { encodeBody } from '../../http/body/body.ts';
import { isArray, isObject, type Json, own, setOwn } from '../../json/value.ts';
import type { Example, MediaType, Schema } from '../../model.ts';
import { sample } from '../../schema/sample.ts';
import { isValid } from '../../schema/validate.ts';
import type { SkipReason } from './case.ts';
import type { WrittenBody } from './request-parts.ts';

export type BodyValue =
  | { readonly body: WrittenBody; readonly value: Json | undefined }
  | { readonly why: SkipReason };

/** A valid body of a media type with as many parts as asked for; one of its examples where no sample is found. */
export function bodyValue(content: MediaType, parts: 'required' | 'all', seed: number): BodyValue {
  const { schema, examples } = content;
  if (schema === undefined) {
    return writeBody(content, examples.find(({ value }) => value !== undefined)?.value ?? {});
  }
  const value = parts === 'required' ? leastValue(content, schema, seed) : sampled(schema, 'all', seed);
  if (value !== undefined) return writeBody(content, value);
  for (const { value } of examples) {
    if (value !== undefined && isValid(schema, value, 'request')) return writeBody(content, value);
  }
  return { why: 'no-sample' };
}

/**
 * A valid value with as little as may be sent. Lists in it have items where empty ones cannot be written, as in forms,
 * where they leave nothing to send.
 */
export function leastValue(content: MediaType, schema: Schema, seed: number): Json | undefined {
  const least = sampled(schema, 'required', seed);
  if (least === undefined || 'body' in writeBody(content, least)) return least;
  const most = sampled(schema, 'all', seed);
  const filled = most === undefined ? least : withItems(least, most);
  return isValid(schema, filled, 'request') ? filled : least;
}

function sampled(schema: Schema, parts: 'required' | 'all', seed: number): Json | undefined {
  const made = sample(schema, { direction: 'request', parts, seed });
  return 'value' in made ? made.value : undefined;
}

/** The value with the items of a fuller one in its empty lists. */
function withItems(value: Json, fuller: Json): Json {
  if (isArray(value)) return value.length === 0 && isArray(fuller) ? fuller : value;
  if (!isObject(value)) return value;
  const filled: Record<string, Json> = {};
  for (const [name, part] of Object.entries(value))
    setOwn(filled, name, withItems(part, own(fuller, name) ?? part));
  return filled;
}

/** The body that an example stands for. */
export function exampleBody(content: MediaType, example: Example): BodyValue {
  if (example.serializedValue !== undefined) {
    const bytes = new TextEncoder().encode(example.serializedValue);
    return { body: { contentType: content.mediaType, bytes }, value: undefined };
  }
  return example.value === undefined ? { why: 'example-elsewhere' } : writeBody(content, example.value);
}

export function writeBody(content: MediaType, value: Json): BodyValue {
  const written = encodeBody(content, value);
  return 'unsupported' in written ? { why: 'unsupported-body' } : { body: written, value };
}
