/** The schemas of models: which are taken, and which other models they name. */
import { isArray, isObject, type Json } from '../../../contract/json/value.ts';
import { nameInAddress } from '../import/model-schema.ts';
import { createRefusal, modelSchemaFault } from '../models/acceptance.ts';
import { badRequest } from './aws-error.ts';

/** @throws AwsError BadRequestException for a text that is no schema of a model */
export function modelSchemaOf(schema: string | undefined, contentType: string): string {
  const given = schema ?? '';
  const fault = modelSchemaFault(given, contentType);
  if (fault !== undefined) throw badRequest(createRefusal(fault));
  return given;
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
