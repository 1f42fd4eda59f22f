/** A schema as API Gateway keeps it, so that what the service cannot say is told apart from what a stage says otherwise. */
import type { Dialect, Schema } from '../contract/model.ts';
import { contractFromValue } from '../contract/read.ts';
import { schemaLowering } from '../gateway/lower/lower-schema.ts';
import { modelNames } from '../gateway/lower/model-names.ts';

const ROOT = { info: { title: 'Models', version: '1' }, paths: {} };

/**
 * The schema after it was lowered to a model and read again; undefined where no model can be made of it.
 *
 * @param dialect - of the export: what 2.0 has no word for, nobody reads there
 */
export function loweredSchema(schema: Schema, dialect: Dialect): Schema | undefined {
  const isSwagger = dialect === '2.0';
  const lowering = schemaLowering(
    modelNames(),
    isSwagger ? '#/definitions/' : '#/components/schemas/',
    () => {},
  );
  lowering.refer(schema, schema.name ?? 'Body');
  const models = lowering.models();
  const schemas = Object.fromEntries(models.map(({ name, json }) => [name, json]));
  const { contract } = contractFromValue(
    isSwagger
      ? { swagger: '2.0', ...ROOT, definitions: schemas }
      : { openapi: '3.0.1', ...ROOT, components: { schemas } },
  );
  const own = models.find(model => model.schema === schema);
  return own === undefined ? undefined : contract?.schemas.get(own.name);
}
