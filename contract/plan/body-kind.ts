/** How a body of a media type is written down. Knows names of media types, nothing of values. */
import {
  isEventStream,
  isForm,
  isJson,
  isJsonSequence,
  isMultipart,
  isText,
  isXml,
  parseMediaType,
} from '../http/media-type.ts';

export type BodyKind =
  | 'json'
  /** One JSON value a line: `application/x-ndjson`, `application/jsonl`. */
  | 'json-lines'
  /** RFC 7464: each JSON text after a record separator. */
  | 'json-sequence'
  | 'event-stream'
  | 'xml'
  | 'form'
  | 'text'
  | 'binary';

/** Subtypes of `application` that are bytes and nothing else; so are all of image, audio, video, font and model. */
const BINARY =
  /^(octet-stream|pdf|(x-)?(zip|gzip|tar|rar|bzip2?|xz|zstd|protobuf|msgpack)|x-zip-compressed|x-7z-compressed|vnd\.(ms-|openxmlformats|oasis|rar).*|msword|grpc.*|cbor|avro|wasm|java-archive|pkcs.*|pkix.*|.*\+(cbor|zip|gzip|protobuf))$/;

/** The kind of body that a media type stands for; undefined for one that only a schema or a value can tell. */
export function bodyKind(mediaType: string): BodyKind | undefined {
  if (isJson(mediaType)) return 'json';
  if (isEventStream(mediaType)) return 'event-stream';
  if (isJsonSequence(mediaType)) return /json-seq\b/i.test(mediaType) ? 'json-sequence' : 'json-lines';
  if (isXml(mediaType)) return 'xml';
  if (isForm(mediaType) || isMultipart(mediaType)) return 'form';
  if (isText(mediaType)) return 'text';
  const { type, subtype } = parseMediaType(mediaType) ?? { type: '', subtype: '' };
  if (/^(image|audio|video|font|model)$/.test(type)) return 'binary';
  return type === 'application' && BINARY.test(subtype) ? 'binary' : undefined;
}
