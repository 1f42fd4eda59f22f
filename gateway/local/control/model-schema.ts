/** What the schema of a model may be: JSON Schema draft 4 as text, with other models named by their addresses. */
import { parseJson } from '../../../contract/json/parse.ts';
import { isArray, isObject, type Json } from '../../../contract/json/value.ts';
import { badRequest } from './aws-error.ts';

const SCHEMA_LIMIT = 400 * 1024;

/**
 * @param schema - as it was given, if it was
 * @param contentType - only schemas of JSON are looked into
 * @throws AwsError BadRequestException
 */
export function modelSchemaOf(schema: string | undefined, contentType: string): string {
  if (schema === undefined || schema.trim() === '' || schema.trim() === '{}') {
    throw badRequest('Model schema must have at least 1 property or array items defined');
  }
  if (Buffer.byteLength(schema) > SCHEMA_LIMIT) throw invalidSchema('Model schema exceeds 400 KB');
  if (/[/+]json\b/.test(contentType)) {
    const parsed = parseJson(schema);
    if (!('value' in parsed) || !isObject(parsed.value))
      throw invalidSchema('Invalid model schema specified');
  }
  return schema;
}

function invalidSchema(reason: string): Error {
  return badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${reason}]`);
}

/** The names of the models of an API that a schema refers to. */
export function modelsNamedIn(schema: Json, apiId: string): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (value: Json): void => {
    if (isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    const name = modelNameOf(value['$ref'], apiId);
    if (name !== undefined) names.add(name);
    Object.values(value).forEach(look);
  };
  look(schema);
  return names;
}

/** The model of an API that a `$ref` points to. */
export function modelNameOf(ref: Json | undefined, apiId: string): string | undefined {
  if (typeof ref !== 'string') return undefined;
  const [, api, name] =
    /^https:\/\/apigateway\.amazonaws\.com\/restapis\/([^/]+)\/models\/([^/#]+)$/.exec(ref) ?? [];
  return api === apiId ? name : undefined;
}
