/** Our own files held against our own schemas, with our own validator: each is one more schema in one more contract. */
import type { JsonObject } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { contractFromValue } from '../../contract/read.ts';

/** A JSON Schema of ours as a schema of the model, with what its `$defs` hold. */
export function ownSchema(schema: JsonObject): Schema {
  // In an OpenAPI document the root is another one.
  const moved = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, ...Own } = JSON.parse(moved) as { readonly $defs?: JsonObject };
  const { contract } = contractFromValue({ openapi: '3.1.1', components: { schemas: { ...$defs, Own } } });
  const read = contract?.schemas.get('Own');
  if (read === undefined) throw new Error('A schema of our own must be readable.');
  return read;
}
