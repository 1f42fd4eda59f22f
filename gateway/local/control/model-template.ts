/**
 * What can be made of a model's schema: the same with every model it refers to inside it, and a mapping template that
 * prints a value of its shape.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetModelTemplate.html
 */
import { parseJson } from '../../../contract/json/parse.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { nameInAddress } from '../import/model-schema.ts';
import type { Model } from '../state/records.ts';
import { modelsNamedIn } from './model-schema.ts';

type ModelByName = (name: string) => Model | undefined;

/** The schema with the models it refers to, and those they refer to, as its `definitions`. */
export function flattenedSchema(model: Model, byName: ModelByName): string {
  const schema = schemaOf(model);
  if (schema === undefined) return model.schema;
  const definitions: Record<string, Json> = {};
  const gather = (from: Json): void => {
    for (const name of modelsNamedIn(from)) {
      const named = byName(name);
      const found = named && schemaOf(named);
      if (found === undefined || Object.hasOwn(definitions, name)) continue;
      definitions[name] = localRefs(found);
      gather(found);
    }
  };
  gather(schema);
  if (Object.keys(definitions).length === 0) return model.schema;
  return JSON.stringify({ ...(localRefs(schema) as JsonObject), definitions }, undefined, 2);
}

function localRefs(value: Json): Json {
  if (isArray(value)) return value.map(item => localRefs(item));
  if (!isObject(value)) return value;
  const name = nameInAddress(value['$ref']);
  if (name !== undefined) return { $ref: `#/definitions/${name}` };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, localRefs(member)]));
}

/** Models refer to each other in circles; a template goes round once. */
const DEPTH = 8;

/** A template that prints a value of the model's shape, with values to be put in the place of its own. */
export function mappingTemplateOf(model: Model, byName: ModelByName): string {
  const schema = schemaOf(model) ?? {};
  const deref = (of: Json): Json => {
    const name = nameInAddress(own(of, '$ref'));
    const named = name === undefined ? undefined : byName(name);
    return (named && schemaOf(named)) ?? of;
  };
  return `#set($inputRoot = $input.path('$'))\n${printed(schema, '', '$inputRoot', 0, deref)}`;
}

function printed(of: Json, indent: string, from: string, depth: number, deref: (of: Json) => Json): string {
  const schema = deref(of);
  const type = own(schema, 'type');
  const deeper = `${indent}  `;
  if (depth < DEPTH && (type === 'array' || own(schema, 'items') !== undefined)) {
    const item = printed(own(schema, 'items') ?? {}, deeper, '$elem', depth + 1, deref);
    return [
      '[',
      '##TODO: Update this foreach loop to reference array from input json',
      `#foreach($elem in ${from})`,
      `${deeper}${item} `,
      '#if($foreach.hasNext),#end',
      '#end',
      `${indent}]`,
    ].join('\n');
  }
  const properties = own(schema, 'properties');
  if (depth < DEPTH && isObject(properties) && Object.keys(properties).length > 0) {
    const members = Object.entries(properties).map(
      ([name, member]) =>
        `${deeper}${JSON.stringify(name)} : ${printed(member, deeper, `${from}.${name}`, depth + 1, deref)}`,
    );
    return `{\n${members.join(',\n')}\n${indent}}`;
  }
  return scalar(type);
}

function scalar(type: Json | undefined): string {
  switch (isArray(type) ? type[0] : type) {
    case 'integer':
      return '42';
    case 'number':
      return '42.42';
    case 'boolean':
      return 'true';
    case 'null':
      return 'null';
    case 'array':
      return '[ ]';
    case 'string':
      return '"foo"';
    default:
      return '{ }';
  }
}

function schemaOf({ schema }: Model): JsonObject | undefined {
  const parsed = parseJson(schema);
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
}
