/** Parts of an export in the words of a document's version. What an export cannot say is not made up. */
import { entriesOf, isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Dialect } from '../../contract/model.ts';
import {
  type MethodView,
  type ParameterView,
  type ResponseView,
  referredName,
  VALIDATOR,
} from './gateway-view.ts';
import { INTEGRATION } from './plain-integration.ts';

export interface WrittenParts {
  /** Keys that lead to where schemas have their names, and schemes theirs. */
  readonly schemaKeys: readonly string[];
  readonly schemeKeys: readonly string[];
  readonly operation: (method: MethodView) => JsonObject;
  readonly parameter: (parameter: ParameterView) => JsonObject;
  readonly response: (response: ResponseView, status: string) => JsonObject;
  readonly header: () => JsonObject;
  readonly media: (model: Json) => JsonObject;
  readonly schema: (model: Json) => Json;
  /** What a body with one model is, as a member of its operation or an item of its parameters. */
  readonly body: (models: ReadonlyMap<string, Json>) => JsonObject;
  readonly security: (alternatives: readonly JsonObject[]) => readonly Json[];
}

/**
 * @param refer - the `$ref` to what a model is made of; it is asked for every model that is written
 * @param schemeName - what a scheme of the export is called in the document
 */
export function writtenParts(
  dialect: Dialect,
  refer: (model: string) => string,
  schemeName: (name: string) => string,
): WrittenParts {
  const swagger = dialect === '2.0';
  const schema = (model: Json): Json => writtenSchema(model, refer, dialect === '3.1' || dialect === '3.2');
  const media = (model: Json): JsonObject => ({ schema: schema(model) });
  const header = (): JsonObject => (swagger ? { type: 'string' } : { schema: { type: 'string' } });
  const content = (models: ReadonlyMap<string, Json>): JsonObject =>
    Object.fromEntries([...models].map(([type, model]) => [type, media(model)]));

  const parameter = ({ name, in: place, required, description }: ParameterView): JsonObject => ({
    name,
    in: place,
    ...(description === undefined ? {} : { description }),
    ...(required ? { required } : {}),
    ...header(),
  });
  const body = (models: ReadonlyMap<string, Json>): JsonObject => {
    const [only = {}] = models.values();
    return swagger
      ? { name: referredName(only) ?? 'body', in: 'body', required: true, schema: schema(only) }
      : { content: content(models), required: true };
  };
  const response = ({ description, headers, models }: ResponseView, status: string): JsonObject => {
    const [only] = models.values();
    return {
      description: description ?? `${status} response`,
      ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers.map(name => [name, header()])) }),
      ...(only === undefined ? {} : swagger ? { schema: schema(only) } : { content: content(models) }),
    };
  };
  /** The service asks for all that it lists, which OpenAPI says in one requirement. */
  const security = (alternatives: readonly JsonObject[]): readonly Json[] => [
    Object.fromEntries(
      alternatives.flatMap(one => entriesOf(one).map(([name, scopes]) => [schemeName(name), scopes])),
    ),
  ];
  const operation = (method: MethodView): JsonObject => {
    const parameters: Json[] = [...method.parameters.values()].map(parameter);
    const hasBody = method.body.size > 0;
    if (swagger && hasBody) parameters.push(body(method.body));
    const types = new Set([...method.responses.values()].flatMap(({ models }) => [...models.keys()]));
    return {
      ...method.words,
      ...(method.operationId === undefined ? {} : { operationId: method.operationId }),
      ...(swagger && hasBody ? { consumes: [...method.body.keys()] } : {}),
      ...(swagger && types.size > 0 ? { produces: [...types] } : {}),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(!swagger && hasBody ? { requestBody: body(method.body) } : {}),
      responses: Object.fromEntries(
        [...method.responses].map(([status, one]) => [status, response(one, status)]),
      ),
      ...(method.security.length === 0 ? {} : { security: security(method.security) }),
      ...(method.validator === undefined ? {} : { [VALIDATOR]: method.validator.name }),
      ...(method.integration === undefined ? {} : { [INTEGRATION]: method.integration.written }),
    };
  };
  return {
    schemaKeys: swagger ? ['definitions'] : ['components', 'schemas'],
    schemeKeys: swagger ? ['securityDefinitions'] : ['components', 'securitySchemes'],
    operation,
    parameter,
    response,
    header,
    media,
    schema,
    body,
    security,
  };
}

const MAPS = new Set(['properties', 'patternProperties', 'definitions']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'items']);
const SCHEMAS = new Set(['items', 'additionalProperties', 'additionalItems', 'not']);

/** A model is JSON Schema draft 4; from 3.1 on its exclusive bounds are numbers and null is a type. */
function writtenSchema(model: Json, refer: (model: string) => string, modern: boolean): Json {
  const visit = (json: Json): Json => {
    if (!isObject(json)) return json;
    const name = referredName(json);
    if (name !== undefined) return { $ref: refer(name) };
    const written = Object.fromEntries(
      entriesOf(json).map(([key, value]): readonly [string, Json] => {
        if (MAPS.has(key) && isObject(value))
          return [key, Object.fromEntries(entriesOf(value).map(([one, item]) => [one, visit(item)]))];
        if (LISTS.has(key) && isArray(value)) return [key, value.map(visit)];
        return [key, SCHEMAS.has(key) ? visit(value) : value];
      }),
    );
    return modern ? modernised(written) : written;
  };
  return visit(model);
}

function modernised(schema: JsonObject): JsonObject {
  const { nullable, $schema: _draft, ...rest } = schema;
  const written: Record<string, Json> = { ...rest };
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof written[exclusive] !== 'boolean') continue;
    const value = own(written, bound);
    const excludes = written[exclusive] === true && value !== undefined;
    delete written[exclusive];
    if (!excludes || value === undefined) continue;
    delete written[bound];
    written[exclusive] = value;
  }
  const { type } = written;
  if (nullable === true && typeof type === 'string') written['type'] = [type, 'null'];
  return written;
}
