/**
 * Problem details say the status of the answer that they stand in, and generators must not let the two differ. Only the
 * one who sends knows it where a document gives a range, `default`, or a schema to sample from.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3.1.2
 */
import { utf8Text } from '../http/body/bytes.ts';
import { encodeJson } from '../http/body/json.ts';
import { parseMediaType } from '../http/media-type.ts';
import { parseJson } from '../json/parse.ts';
import { isObject, own } from '../json/value.ts';
import type { MediaType } from '../model.ts';
import { isValid } from '../schema/validate.ts';

/** The body with its `status` put right; the very same one where it is no problem, says nothing, or may say nothing else. */
export function withProblemStatus(
  content: MediaType | undefined,
  body: Uint8Array,
  status: number,
): Uint8Array {
  const media = content === undefined ? undefined : parseMediaType(content.mediaType);
  if (media?.subtype !== 'problem+json') return body;
  const text = utf8Text(body);
  const read = text === undefined ? undefined : parseJson(text);
  if (read === undefined || !('value' in read) || !isObject(read.value)) return body;
  const said = own(read.value, 'status');
  if (typeof said !== 'number' || said === status) return body;
  const value = { ...read.value, status };
  const allowed = content?.schema === undefined || isValid(content.schema, value, 'response');
  return allowed ? encodeJson(value) : body;
}
