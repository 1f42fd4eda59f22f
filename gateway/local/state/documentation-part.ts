/** Documentation parts as values: what a location is about, and the words as an object. */
import { parseJson } from '../../../contract/json/parse.ts';
import { isObject, type JsonObject } from '../../../contract/json/value.ts';
import type { DocumentationLocation, DocumentationPart } from './records.ts';

/** The same for all locations about one thing, whichever defaults they write out. */
export function locationKey(location: DocumentationLocation): string {
  const { type, path = '/', method = '*', statusCode = '*', name = '' } = location;
  return [type, path, method, statusCode, name].join(' ');
}

/** No words for a part that is not there, or holds no object. */
export function propertiesOf(part: DocumentationPart | undefined): JsonObject {
  const parsed = parseJson(part?.properties ?? '{}');
  const value = 'value' in parsed ? parsed.value : null;
  return isObject(value) ? value : {};
}
