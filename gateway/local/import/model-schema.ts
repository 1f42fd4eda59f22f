/**
 * A schema of a document as the text of a model: JSON Schema draft 4, its references turned to the models of the API
 * (reference 4.1).
 */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { isArray, isObject, type Json, type JsonObject, own, setOwn } from '../../../contract/json/value.ts';

export interface ModelSchema {
  readonly schema: JsonObject;
  /** References that lead to no model, as they were written. */
  readonly unknown: readonly string[];
}

const REFERENCE = /^#\/(definitions|components\/schemas)\/([^/]+)$/;
const MODEL_ADDRESS = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/** Keywords under which a schema stands, a list of them, or an object of them. */
const ONE = new Set(['items', 'not', 'additionalProperties', 'additionalItems']);
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'items']);
const NAMED = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);

/** The name of the model a reference leads to, whether there is one or not. */
export function modelNameOf(reference: Json | undefined): string | undefined {
  if (typeof reference !== 'string') return undefined;
  return REFERENCE.exec(reference)?.[2] ?? MODEL_ADDRESS.exec(reference)?.[1];
}

/** The address under which the schema of one model refers to another. */
function modelAddress(apiId: string, name: string): string {
  return `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
}

/** The name in such an address. */
export function nameInAddress(address: Json | undefined): string | undefined {
  return typeof address === 'string' ? MODEL_ADDRESS.exec(address)?.[1] : undefined;
}

/** Rewrites references. What stands beside one is dropped: draft 4 does not read it. */
export function modelSchemaOf(
  schema: JsonObject,
  apiId: string,
  isModel: (name: string) => boolean,
): ModelSchema {
  const unknown: string[] = [];
  const visit = (node: Json): Json => {
    if (!isObject(node)) return node;
    const reference = own(node, '$ref');
    if (reference !== undefined) {
      const name = modelNameOf(reference);
      if (name !== undefined && isModel(name)) return { $ref: modelAddress(apiId, name) };
      unknown.push(typeof reference === 'string' ? reference : stringifyJson(reference));
      return {};
    }
    return mapSchemas(node, visit);
  };
  const result = visit(schema);
  return { schema: isObject(result) ? result : {}, unknown };
}

/** The schema with its subschemas changed. Extensions are left out: no validator knows them. */
export function mapSchemas(schema: JsonObject, change: (subschema: Json) => Json): JsonObject {
  const changed: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-')) continue;
    if (isArray(value)) setOwn(changed, key, LIST.has(key) ? value.map(change) : value);
    else if (ONE.has(key)) setOwn(changed, key, change(value));
    else if (NAMED.has(key) && isObject(value)) setOwn(changed, key, mapValues(value, change));
    else setOwn(changed, key, value);
  }
  return changed;
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
