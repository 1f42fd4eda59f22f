/**
 * Schemas as models of API Gateway: JSON Schema draft 4, written so that OpenAPI 3.0 allows it too, for requests. What
 * draft 4 can say in other words is said in them; what it cannot is told as a loss, and then the model allows more than
 * the schema, never less. Schemas with a name become models of their own, and so do schemas that come back to themselves.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @see https://datatracker.ietf.org/doc/html/draft-fge-json-schema-validation-00
 */
import type { Json, JsonObject } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { relaxedNames } from '../../contract/schema/keywords/direction.ts';
import type { Loss } from './loss.ts';
import { loweredApplicators } from './lower-applicators.ts';
import { isPlainNullable, loweredAssertions } from './lower-assertions.ts';
import type { ModelNames } from './model-names.ts';
import { schemaLosses } from './schema-losses.ts';

export interface SchemaLowering {
  /** The schema where it is used: a reference for one that is a model, else itself. */
  readonly use: (schema: Schema, wish: string) => Json;
  /** The reference to a schema that must be a model, whatever it is called. */
  readonly refer: (schema: Schema, wish: string) => Json;
  /** Every model that was referred to, with those that they refer to. */
  readonly models: () => readonly LoweredModel[];
}

export interface LoweredModel {
  readonly name: string;
  readonly schema: Schema;
  readonly json: Json;
}

/**
 * @param prefix - of a reference: `#/components/schemas/`
 * @param lose - hears of each loss once
 */
export function schemaLowering(
  names: ModelNames,
  prefix: string,
  lose: (loss: Loss) => void,
): SchemaLowering {
  const bodies = new Map<Schema, Json>();
  const told = new Set<Schema>();
  const above: Schema[] = [];
  const recursive = new Set<Schema>();

  const reference = (schema: Schema, wish: string): Json => ({ $ref: prefix + names.nameFor(schema, wish) });
  const wishFor = (schema: Schema): string =>
    schema.name ?? `${above.find(one => one.name !== undefined)?.name ?? 'Inline'} schema`;
  const lower = (schema: Schema): Json => {
    if (schema.name !== undefined) return reference(schema, schema.name);
    if (above.includes(schema)) recursive.add(schema);
    return recursive.has(schema) ? reference(schema, wishFor(schema)) : inline(schema);
  };
  const inline = (schema: Schema): Json => {
    if (!told.has(schema)) for (const loss of schemaLosses(schema)) lose(loss);
    told.add(schema);
    above.push(schema);
    const json = lowered(schema, lower);
    above.pop();
    return json;
  };
  return {
    use: (schema, wish) => {
      if (schema.name !== undefined) return reference(schema, schema.name);
      const json = inline(schema);
      // One that met itself below is a model now.
      return recursive.has(schema) ? reference(schema, wish) : json;
    },
    refer: reference,
    models: () => {
      // Lowering one model may name others.
      for (const [, schema] of names.entries()) {
        if (!bodies.has(schema)) bodies.set(schema, inline(schema));
      }
      return [...names.entries()].map(([name, schema]) => ({ name, schema, json: bodies.get(schema) ?? {} }));
    },
  };
}

/** One schema, its own keywords in the order in which people write them. */
function lowered(schema: Schema, lower: (schema: Schema) => Json): Json {
  if (schema.always === true) return {};
  if (schema.always === false) return { not: {} };
  const { title, description } = schema;
  const parts: Json[] = [];
  const json: Record<string, Json> = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...loweredAssertions(schema, parts),
    ...loweredApplicators(schema, lower, parts),
  };
  const relaxed = relaxedNames(schema, 'request');
  const required = schema.required.filter(name => !relaxed.has(name));
  // Draft 4 has no empty list of required names.
  if (required.length > 0) json['required'] = [...new Set(required)];
  if (parts.length > 0) json['allOf'] = parts;
  return isPlainNullable(schema) ? besideNull(json) : json;
}

/** OpenAPI 3.0 has no type of that name, and API Gateway no `nullable`: a list of one value is known to both. */
function besideNull(json: JsonObject): Json {
  const { title, description, ...rest } = json;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    oneOf: [rest, { enum: [null] }],
  };
}
