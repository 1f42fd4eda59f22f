/** What the schema of a model may be: JSON Schema draft 4 as text, with other models named by their addresses. */
import { parseJson } from '../../../contract/json/parse.ts';
import { isArray, isObject, type Json } from '../../../contract/json/value.ts';
import { modelFault } from '../import/model-check.ts';
import { nameInAddress } from '../import/model-schema.ts';
import { validationResult } from '../rules/validation-result.ts';
import { badRequest, refuseFault } from './aws-error.ts';

/**
 * @param schema - as it was given, if it was
 * @param contentType - only schemas of JSON are looked into
 * @throws AwsError BadRequestException
 */
export function modelSchemaOf(schema: string | undefined, contentType: string): string {
  if (schema === undefined || schema.trim() === '') {
    throw badRequest('Model schema must have at least 1 property or array items defined');
  }
  if (/[/+]json\b/.test(contentType)) refuseFault(schemaFault(schema));
  return schema;
}

function schemaFault(schema: string): string | undefined {
  const parsed = parseJson(schema);
  const fault =
    'value' in parsed && isObject(parsed.value)
      ? modelFault(parsed.value, schema)
      : validationResult('Invalid model schema specified');
  return fault?.startsWith('Validation Result') ? `Invalid model specified: ${fault}` : fault;
}

/** The names of the models that a schema refers to. */
export function modelsNamedIn(schema: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (value: Json): void => {
    if (isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    const name = nameInAddress(value['$ref']);
    if (name !== undefined) names.add(name);
    Object.values(value).forEach(look);
  };
  look(schema);
  return names;
}
