/** Bodies as they are written: of an example, or of a sample of the media type's schema. */
import { encodeBody } from '../../http/body/body.ts';
import type { Json } from '../../json/value.ts';
import type { Example, MediaType } from '../../model.ts';
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
  const made = sample(schema, { direction: 'request', parts, seed });
  if ('value' in made) return writeBody(content, made.value);
  for (const { value } of examples) {
    if (value !== undefined && isValid(schema, value, 'request')) return writeBody(content, value);
  }
  return { why: 'no-sample' };
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
