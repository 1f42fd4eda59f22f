/**
 * A walk through a document as written, past what is somebody's data: examples, defaults, enums and extensions may
 * hold things that look like references or schemas and are none.
 */
import { escapeToken } from '../json/pointer.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json/value.ts';

/** Calls `visit` for every object that belongs to the document itself. */
export function walkRaw(root: Json, visit: (raw: JsonObject, pointer: string) => void): void {
  const walk = (raw: Json, pointer: string, place: Place): void => {
    if (isArray(raw)) {
      raw.forEach((item, index) => {
        walk(item, `${pointer}/${index}`, place === 'names' ? 'object' : place);
      });
    } else if (isObject(raw)) {
      if (place !== 'names') visit(raw, pointer);
      for (const key of Object.keys(raw)) {
        const next = place === 'names' ? 'object' : placeBelow(key);
        if (next !== 'data') walk(raw[key] as Json, `${pointer}/${escapeToken(key)}`, next);
      }
    }
  };
  walk(root, '', 'object');
}

/** `names`: a map whose keys people choose, so that `example` or `$ref` there is a name. */
export type Place = 'object' | 'names' | 'data';

const DATA = new Set(['example', 'default', 'enum', 'const', 'value', 'dataValue']);
const MAPS = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'examples',
  'links',
  'callbacks',
  'dependentSchemas',
  'requestBodies',
  'securitySchemes',
  'securityDefinitions',
  'pathItems',
  'mediaTypes',
  'content',
  'encoding',
  'variables',
  'scopes',
  'mapping',
  'paths',
  'webhooks',
  'additionalOperations',
]);

/** What stands under a key of an object. */
export function placeBelow(key: string): Place {
  if (key.startsWith('x-') || DATA.has(key)) return 'data';
  return MAPS.has(key) ? 'names' : 'object';
}
