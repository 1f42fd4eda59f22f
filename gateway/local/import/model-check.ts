/** Why API Gateway takes no model of a schema: what is not JSON Schema draft 4, and what is empty or too long. */
import { isObject, type Json, type JsonObject } from '../../../contract/json/value.ts';
import { mapSchemas } from './model-schema.ts';

/** Bytes of a model's schema (reference 15). */
const SCHEMA_LIMIT = 400 * 1024;

/** What OpenAPI and later drafts know and draft 4 does not (reference 4.1 and 6.6, 6). */
const UNSUPPORTED = new Set([
  'nullable',
  'discriminator',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
  'example',
  'examples',
  'deprecated',
  'const',
  'contains',
  'if',
  'then',
  'else',
  'propertyNames',
]);

/** The reason in AWS's words, or undefined for a schema that it takes. */
export function modelFault(schema: JsonObject, text: string): string | undefined {
  if (Object.keys(schema).length === 0)
    return 'Model schema must have at least 1 property or array items defined';
  const unsupported = new Set<string>();
  const visit = (node: Json): Json => {
    if (!isObject(node)) return node;
    for (const key of Object.keys(node)) if (UNSUPPORTED.has(key)) unsupported.add(key);
    mapSchemas(node, visit);
    return node;
  };
  visit(schema);
  if (unsupported.size > 0)
    return invalid(
      `Invalid model schema specified. Unsupported keyword(s): ${JSON.stringify([...unsupported])}`,
    );
  if (Buffer.byteLength(text) > SCHEMA_LIMIT) return invalid('Invalid model schema specified');
  return undefined;
}

function invalid(reason: string): string {
  return `Validation Result: warnings : [], errors : [${reason}]`;
}
