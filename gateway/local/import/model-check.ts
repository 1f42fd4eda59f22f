/** Why API Gateway takes no model of a schema, as an import says it. */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import type { JsonObject } from '../../../contract/json/value.ts';
import { modelSchemaFault, validationRefusal } from '../models/acceptance.ts';

/**
 * The reason in AWS's words, or undefined for a schema that it takes.
 *
 * @param text - of the schema, where that is at hand
 */
export function modelFault(schema: JsonObject, text: string = stringifyJson(schema)): string | undefined {
  const fault = modelSchemaFault(text);
  return fault && validationRefusal(fault);
}
