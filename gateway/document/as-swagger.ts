/**
 * The document for API Gateway in the words of Swagger 2.0. It says less: one schema for all media types of a body, and
 * no choice between schemas. What it cannot say is told as a loss; what an API answers is the same.
 *
 * @see https://spec.openapis.org/oas/v2.0
 */
import { isJson } from '../../contract/http/media-type.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { withSubstance } from '../lower/model-names.ts';

/** Where references to models lead. */
export const DEFINITIONS = '#/definitions/';

/** Keywords that Swagger 2.0 has no word for, and API Gateway no ear in it. */
const CHOICES = ['oneOf', 'anyOf', 'not'] as const;

/**
 * @param document - as OpenAPI 3.0, with references to {@link DEFINITIONS}
 * @param told - hears of each model that lost a choice, with the keyword
 */
export function asSwagger(
  document: JsonObject,
  told: {
    readonly choice: (model: string, keyword: string) => void;
    readonly body: (path: string, method: string, mediaType: string) => void;
  },
): Json {
  const { openapi: _version, info, paths, components, servers, ...rest } = document;
  const [server] = servers !== undefined && isArray(servers) ? servers : [];
  const endpoint = own(server, ENDPOINT);
  const schemas = objectOf(objectOf(components)['schemas']);
  const schemes = objectOf(objectOf(components)['securitySchemes']);
  const definitions = Object.entries(schemas).map(
    ([name, schema]) =>
      [
        name,
        withSubstance(
          withoutChoices(schema, keyword => told.choice(name, keyword)),
          name,
        ),
      ] as const,
  );
  const items = Object.entries(objectOf(paths)).map(
    ([path, item]) =>
      [
        path,
        Object.fromEntries(
          Object.entries(objectOf(item)).map(
            ([method, operation]) =>
              [
                method,
                swaggerOperation(objectOf(operation), mediaType => told.body(path, method, mediaType)),
              ] as const,
          ),
        ),
      ] as const,
  );
  return {
    swagger: '2.0',
    info: info ?? {},
    paths: Object.fromEntries(items),
    ...(definitions.length === 0 ? {} : { definitions: Object.fromEntries(definitions) }),
    ...(Object.keys(schemes).length === 0 ? {} : { securityDefinitions: schemes }),
    ...rest,
    ...(endpoint === undefined ? {} : { [ENDPOINT]: endpoint }),
  };
}

/** Here it stands at the root. */
const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

function swaggerOperation(operation: JsonObject, lost: (mediaType: string) => void): Json {
  const { operationId, parameters, requestBody, responses, ...rest } = operation;
  const body = requestBody === undefined ? undefined : swaggerBody(objectOf(requestBody), lost);
  const list = [
    ...(isArray(parameters) ? parameters.map(swaggerParameter) : []),
    ...(body?.parameter === undefined ? [] : [body.parameter]),
  ];
  return {
    ...(operationId === undefined ? {} : { operationId }),
    ...(body === undefined ? {} : { consumes: body.consumes }),
    ...(list.length === 0 ? {} : { parameters: list }),
    responses: Object.fromEntries(
      Object.entries(objectOf(responses)).map(([status, response]) => [
        status,
        swaggerResponse(objectOf(response)),
      ]),
    ),
    ...rest,
  };
}

/** A schema beside a parameter is its type there. */
function swaggerParameter(parameter: Json): Json {
  const { schema: _schema, ...rest } = objectOf(parameter);
  return { ...rest, type: 'string' };
}

function swaggerResponse({ headers, ...rest }: JsonObject): Json {
  if (headers === undefined) return rest;
  const types = Object.keys(objectOf(headers)).map(name => [name, { type: 'string' }] as const);
  return { ...rest, headers: Object.fromEntries(types) };
}

/** The model of plain JSON counts for every media type that has it; a type with another one is left to go unchecked. */
function swaggerBody(
  { content, required }: JsonObject,
  lost: (mediaType: string) => void,
): { readonly consumes: readonly string[]; readonly parameter: Json | undefined } {
  const types = Object.entries(objectOf(content)).map(([mediaType, media]) => ({
    mediaType,
    schema: objectOf(media)['schema'],
  }));
  const modelled = types.filter(({ mediaType, schema }) => schema !== undefined && isJson(mediaType));
  // A method with models and none for this type could not be exported.
  const first = modelled.find(({ mediaType }) => mediaType === 'application/json') ?? modelled[0];
  if (first?.schema === undefined) {
    return { consumes: types.map(({ mediaType }) => mediaType), parameter: undefined };
  }
  const schema = first.schema;
  const reference = (of: Json | undefined): string => JSON.stringify(of);
  for (const other of types) {
    if (other.schema !== undefined && reference(other.schema) !== reference(schema)) lost(other.mediaType);
  }
  // A text would be held against the model of JSON, so its type is not named; its template takes it.
  const consumes = types.filter(other => reference(other.schema) === reference(schema));
  return {
    consumes: consumes.map(({ mediaType }) => mediaType),
    parameter: { name: 'body', in: 'body', required: required === true, schema },
  };
}

/** Without what Swagger cannot say the schema admits more, never less: what is left out stood beside the rest. */
function withoutChoices(schema: Json, lost: (keyword: string) => void): Json {
  if (!isObject(schema)) return schema;
  const kept: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (CHOICES.some(choice => choice === keyword)) lost(keyword);
    else if (keyword === 'properties' && isObject(value)) {
      kept[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, sub]) => [name, withoutChoices(sub, lost)]),
      );
    } else if (keyword === 'allOf' && isArray(value)) {
      kept[keyword] = value.map(sub => withoutChoices(sub, lost));
    } else if (keyword === 'items' || keyword === 'additionalProperties') {
      kept[keyword] = withoutChoices(value, lost);
    } else kept[keyword] = value;
  }
  return withNamedProperties(kept);
}

/** Swagger's readers want each required property among the properties; what it may be stays what it was. */
function withNamedProperties(schema: JsonObject): JsonObject {
  const { required, additionalProperties } = schema;
  if (!isArray(required)) return schema;
  const properties = objectOf(schema['properties']);
  const missing = required.map(String).filter(name => !Object.hasOwn(properties, name));
  if (missing.length === 0) return schema;
  const value = isObject(additionalProperties ?? null) ? objectOf(additionalProperties) : {};
  const added = Object.fromEntries(missing.map(name => [name, value]));
  return { ...schema, properties: { ...properties, ...added } };
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}
