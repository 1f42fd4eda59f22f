/**
 * What Swagger 2.0 writes differently, put into 3.x's words: parameters that are their own schema, `collectionFormat`,
 * bodies and form fields among the parameters, `produces` and `consumes`, `securityDefinitions`.
 *
 * @see https://swagger.io/specification/v2/
 */
import { isArray, isObject, type Json, type JsonObject, own, setOwn } from '../json/value.ts';
import type {
  Encoding,
  MediaType,
  OAuthFlow,
  ParameterLocation,
  RequestBody,
  Schema,
  Style,
} from '../model.ts';
import { below, type Source } from '../source.ts';
import {
  type BuildContext,
  child,
  children,
  lazy,
  type Node,
  type ObjectNode,
  settle,
  stringOf,
} from './context.ts';
import { unnamedExample } from './example-object.ts';
import { buildSchema } from './schema-object.ts';

/** A parameter or header of 2.0 carries schema keywords itself; members that are none are simply unknown keywords. */
export function swaggerItemSchema(context: BuildContext, node: ObjectNode): Schema | undefined {
  return own(node.raw, 'type') === undefined && own(node.raw, 'enum') === undefined
    ? undefined
    : buildSchema(context, { raw: withoutParameterWords(node.raw), source: node.source });
}

/** `required: true` of a parameter is not the list that a schema's `required` is. */
function withoutParameterWords(raw: JsonObject): JsonObject {
  const schema: Record<string, Json> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (key !== 'required' && key !== 'name' && key !== 'in') setOwn(schema, key, value);
  }
  return schema;
}

/** `collectionFormat` as a style; `csv` is the default. */
export function swaggerStyle(
  raw: JsonObject,
  location: ParameterLocation | 'formData',
): { style: Style; explode: boolean } {
  const inQuery = location === 'query' || location === 'formData';
  switch (own(raw, 'collectionFormat')) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'tsv':
      return { style: 'tabDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    default:
      return { style: inQuery ? 'form' : 'simple', explode: false };
  }
}

/** The media types an operation takes or gives: its own list, else the document's. */
export function swaggerMediaTypes(
  root: Json,
  operation: Json,
  key: 'consumes' | 'produces',
): readonly string[] {
  const list = own(operation, key) ?? own(root, key);
  return isArray(list) ? list.filter((type): type is string => typeof type === 'string') : [];
}

/** The request body that `in: body` or `in: formData` parameters make. */
export function swaggerRequestBody(
  context: BuildContext,
  parameters: readonly ObjectNode[],
  consumes: readonly string[],
  operation: Source,
): RequestBody | undefined {
  const body = parameters.findLast(node => own(node.raw, 'in') === 'body');
  if (body !== undefined) {
    const types = consumes.length > 0 ? consumes : ['application/json'];
    return {
      source: body.source,
      description: stringOf(body.raw, 'description'),
      required: own(body.raw, 'required') === true,
      content: types.map(mediaType =>
        swaggerMediaType(context, mediaType, body.source, child(body, 'schema'), undefined),
      ),
    };
  }
  const fields = new Map(
    parameters
      .filter(node => own(node.raw, 'in') === 'formData')
      .map(node => [stringOf(node.raw, 'name') ?? '', node]),
  );
  const first = parameters.find(node => own(node.raw, 'in') === 'formData');
  if (first === undefined) return undefined;
  const hasFile = [...fields.values()].some(node => own(node.raw, 'type') === 'file');
  const forms = consumes.filter(type => /^(application\/x-www-form-urlencoded|multipart\/)/i.test(type));
  const types =
    forms.length > 0 ? forms : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
  return {
    source: operation,
    description: undefined,
    required: [...fields.values()].some(node => own(node.raw, 'required') === true),
    content: types.map(mediaType => formMediaType(context, mediaType, fields, operation)),
  };
}

/** A form: one object schema over the fields, which only exists in the model. */
function formMediaType(
  context: BuildContext,
  mediaType: string,
  fields: ReadonlyMap<string, ObjectNode>,
  operation: Source,
): MediaType {
  const properties: Record<string, Json> = {};
  for (const [name, node] of fields) setOwn(properties, name, withoutParameterWords(node.raw));
  const required = [...fields].filter(([, node]) => own(node.raw, 'required') === true).map(([name]) => name);
  const schema = lazy(() => {
    // The schema stands nowhere in the document, so it gets an address below the operation that nothing else has.
    const source = below(operation, 'x-rehearsal-form');
    return buildSchema(context, { raw: { type: 'object', properties, required }, source });
  });
  const encoding = new Map<string, Encoding>(
    [...fields].map(([name, node]) => [
      name,
      {
        source: node.source,
        contentType: undefined,
        headers: new Map(),
        allowReserved: false,
        ...swaggerStyle(node.raw, 'formData'),
      },
    ]),
  );
  return {
    source: operation,
    mediaType,
    get schema() {
      return schema();
    },
    itemSchema: undefined,
    examples: [],
    encoding,
  };
}

/** The content of a 2.0 response: its schema under every media type it may be written in, each with its example. */
export function swaggerResponseContent(
  context: BuildContext,
  response: ObjectNode,
  produces: readonly string[],
): readonly MediaType[] {
  const examples = child(response, 'examples');
  const schema = child(response, 'schema');
  const written = children(examples, true).map(([type]) => type);
  if (schema === undefined && written.length === 0) return [];
  const types = [
    ...new Set([
      ...(produces.length > 0 ? produces : written.length > 0 ? [] : ['application/json']),
      ...written,
    ]),
  ];
  return types.map(mediaType => {
    const example = examples === undefined ? undefined : child(examples, mediaType);
    return swaggerMediaType(context, mediaType, response.source, schema, example);
  });
}

function swaggerMediaType(
  context: BuildContext,
  mediaType: string,
  owner: Node['source'],
  schema: Node | undefined,
  example: Node | undefined,
): MediaType {
  const built = lazy(() => (schema === undefined ? undefined : buildSchema(context, schema)));
  const settled = settle(context, example);
  return {
    source: example?.source ?? owner,
    mediaType,
    get schema() {
      return built();
    },
    itemSchema: undefined,
    examples: settled === undefined ? [] : [unnamedExample(settled)],
    encoding: new Map(),
  };
}

/** 2.0 has one flow a scheme, at the top level and under other names. */
export function swaggerFlows(raw: JsonObject): ReadonlyMap<string, OAuthFlow> {
  const names: Readonly<Record<string, string>> = {
    application: 'clientCredentials',
    accessCode: 'authorizationCode',
  };
  const flow = stringOf(raw, 'flow') ?? 'implicit';
  const scopes = own(raw, 'scopes');
  return new Map([
    [
      names[flow] ?? flow,
      {
        authorizationUrl: stringOf(raw, 'authorizationUrl'),
        tokenUrl: stringOf(raw, 'tokenUrl'),
        refreshUrl: undefined,
        scopes: new Map(
          isObject(scopes) ? Object.entries(scopes).map(([name, text]) => [name, String(text)]) : [],
        ),
      },
    ],
  ]);
}
