/** The media type an answer is really sent with: ranges such as `image/*` cannot stand in a Content-Type header. */
import type { MediaType, Schema } from '../model.ts';

/** One member for each range, for when the schema says nothing better. */
const MEMBER: Readonly<Record<string, string>> = {
  application: 'application/json',
  text: 'text/plain',
  image: 'image/png',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  font: 'font/woff2',
  multipart: 'multipart/form-data',
};

/**
 * The media type as written, with its parameters; of a range, the member that fits the schema. What is no media type
 * at all is taken for JSON.
 */
export function concreteMediaType(content: MediaType): string {
  const written = content.mediaType.trim();
  if (isTemplate(written)) return 'application/json';
  const [essence = ''] = written.split(';');
  if (!essence.includes('*')) return written;
  const type = essence.split('/')[0]?.trim().toLowerCase() ?? '*';
  if (type === '*' || type === 'application') {
    const kind = valueKind(content);
    if (kind === 'binary') return 'application/octet-stream';
    return kind === 'text' && type === '*' ? 'text/plain' : 'application/json';
  }
  return MEMBER[type] ?? 'application/octet-stream';
}

/** `default` (which 2.0 tools write) and the like: nothing that could stand in a header. */
function isTemplate(written: string): boolean {
  return !/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;.*)?$/.test(written) || /[^\t\x20-\x7e]/.test(written);
}

function valueKind(content: MediaType): 'structure' | 'binary' | 'text' {
  const { schema } = content;
  if (schema === undefined) return typeof content.examples[0]?.value === 'string' ? 'text' : 'structure';
  if (isBinarySchema(schema)) return 'binary';
  const types = effectiveTypes(schema);
  return types?.every(type => type === 'string') === true ? 'text' : 'structure';
}

/** `format: binary` of 2.0 and 3.0. From 3.1 on binary content has no schema at all, or one without a type. */
export function isBinarySchema(schema: Schema): boolean {
  return schema.format === 'binary' || schema.reference?.format === 'binary';
}

/** The types of a schema, looked for one reference deep. */
export function effectiveTypes(schema: Schema): Schema['types'] {
  return schema.types ?? schema.reference?.types;
}
