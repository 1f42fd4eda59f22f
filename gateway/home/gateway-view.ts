/**
 * What API Gateway knows of a document: methods, models, authorizers and settings in one form, whichever version it is
 * written in and whether it was imported or exported. Two documents that make the same API have the same view.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { SourceDocument } from '../../contract/source.ts';
import { INTEGRATION, plainIntegration } from './plain-integration.ts';

export interface GatewayView {
  readonly document: SourceDocument;
  readonly title: string;
  /** By verb and path, variables without their names: `GET /pets/{}`. */
  readonly methods: ReadonlyMap<string, MethodView>;
  /** References among them are to `#/…/<name>` still. */
  readonly models: ReadonlyMap<string, NamedPart>;
  readonly schemes: ReadonlyMap<string, NamedPart>;
  readonly validators: ReadonlyMap<string, Json>;
  /** Extensions of the root that are settings of the API, by their names. */
  readonly settings: ReadonlyMap<string, NamedPart>;
}

export interface NamedPart {
  readonly pointer: string;
  readonly json: Json;
}

export interface MethodView {
  readonly pointer: string;
  readonly key: string;
  /** `GET`, or `ANY`. */
  readonly verb: string;
  readonly path: string;
  readonly operationId: string | undefined;
  /** Summaries, descriptions and tags, where documentation was exported. */
  readonly words: JsonObject;
  /** By place and name: `query limit`. */
  readonly parameters: ReadonlyMap<string, ParameterView>;
  /** Models of the body by media type. */
  readonly body: ReadonlyMap<string, Json>;
  readonly responses: ReadonlyMap<string, ResponseView>;
  readonly security: readonly JsonObject[];
  /** The validator's name and what it does. */
  readonly validator: { readonly name: string; readonly does: Json } | undefined;
  /** As it is written, and as it compares. */
  readonly integration: { readonly written: JsonObject; readonly plain: Json } | undefined;
}

export interface ParameterView {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly pointer: string;
}

export interface ResponseView {
  readonly pointer: string;
  readonly description: string | undefined;
  readonly headers: readonly string[];
  readonly models: ReadonlyMap<string, Json>;
}

const ANY = 'x-amazon-apigateway-any-method';
export const VALIDATOR = 'x-amazon-apigateway-request-validator';
export const VALIDATORS = 'x-amazon-apigateway-request-validators';
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head', ANY]);
const WORDS = ['tags', 'summary', 'description', 'deprecated', 'externalDocs'];
const SETTINGS = [
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-minimum-compression-size',
  'x-amazon-apigateway-binary-media-types',
  'x-amazon-apigateway-security-policy',
  'x-amazon-apigateway-endpoint-access-mode',
];

/** Reads a document for API Gateway: one that is imported there, or one that GetExport gave. */
export function gatewayView(document: SourceDocument): GatewayView {
  const root = withoutOwnNames(document.value);
  const validators = new Map(entriesOf(own(root, VALIDATORS)));
  const methods = entriesOf(own(root, 'paths')).flatMap(([path, item]) =>
    entriesOf(item)
      .filter(([member]) => METHODS.has(member))
      .map(([member, operation]) => methodView(root, path, member, operation, validators)),
  );
  return {
    document,
    title: textOf(own(own(root, 'info'), 'title')) ?? '',
    methods: new Map(methods.map(method => [method.key, method])),
    models: named(root, '/definitions', '/components/schemas'),
    schemes: named(root, '/securityDefinitions', '/components/securitySchemes'),
    validators,
    settings: new Map(
      SETTINGS.flatMap(name => {
        const json = own(root, name);
        return json === undefined ? [] : [[name, { pointer: joinPointer('', name), json }] as const];
      }),
    ),
  };
}

/** `GET /pets/{}`: variables may be called differently on the two sides. A greedy one is no other. */
export function methodKey(verb: string, path: string): string {
  return `${verb} ${path.replace(/\{[^{}]*?(\+?)\}/g, '{$1}').replace(/(.)\/$/, '$1')}`;
}

/** The name that a reference leads to, in either version. */
export function referredName(json: Json | undefined): string | undefined {
  const reference = own(json, '$ref');
  return typeof reference === 'string'
    ? /^#\/(?:definitions|components\/schemas)\/([^/]+)$/.exec(reference)?.[1]
    : undefined;
}

/** What the service calls a model that nobody has named: it is what stood in its place. */
const MADE_NAME = /^MODEL[0-9a-f]{6,}$/;

function withoutOwnNames(root: Json): Json {
  const models = named(root, '/definitions', '/components/schemas');
  if (![...models.keys()].some(name => MADE_NAME.test(name))) return root;
  const visit = (json: Json, above: readonly string[]): Json => {
    if (isArray(json)) return json.map(item => visit(item, above));
    if (!isObject(json)) return json;
    const name = referredName(json);
    const model = name !== undefined && MADE_NAME.test(name) ? models.get(name) : undefined;
    if (name !== undefined && model !== undefined && !above.includes(name))
      return visit(model.json, [...above, name]);
    return Object.fromEntries(entriesOf(json).map(([key, item]) => [key, visit(item, above)]));
  };
  return visit(root, []);
}

function named(root: Json, ...pointers: readonly string[]): ReadonlyMap<string, NamedPart> {
  const parts = pointers.flatMap(pointer => {
    const map = pointer
      .slice(1)
      .split('/')
      .reduce<Json | undefined>((json, token) => own(json, token), root);
    return entriesOf(map).map(
      ([name, json]) => [name, { pointer: joinPointer(pointer, name), json }] as const,
    );
  });
  return new Map(parts);
}

function methodView(
  root: Json,
  path: string,
  member: string,
  operation: Json,
  validators: ReadonlyMap<string, Json>,
): MethodView {
  const verb = member === ANY ? 'ANY' : member.toUpperCase();
  const pointer = joinPointer('', 'paths', path, member);
  const shared = own(own(own(root, 'paths'), path), 'parameters');
  const parameters = [
    ...parametersOf(root, shared, joinPointer('', 'paths', path, 'parameters')),
    ...parametersOf(root, own(operation, 'parameters'), joinPointer(pointer, 'parameters')),
  ];
  const validator = textOf(own(operation, VALIDATOR) ?? own(root, VALIDATOR));
  const does = validator === undefined ? undefined : validators.get(validator);
  const integration = own(operation, INTEGRATION);
  const security = own(operation, 'security') ?? own(root, 'security');
  return {
    pointer,
    key: methodKey(verb, path),
    verb,
    path,
    operationId: textOf(own(operation, 'operationId')),
    words: Object.fromEntries(
      WORDS.flatMap(name => {
        const value = own(operation, name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    parameters: new Map(parameters.map(one => [`${one.in} ${one.name}`, one])),
    body: bodyOf(root, operation),
    responses: new Map(
      entriesOf(own(operation, 'responses')).map(([status, response]) => [
        status,
        responseView(response, joinPointer(pointer, 'responses', status)),
      ]),
    ),
    security: isArray(security) ? security.filter(one => isObject(one)) : [],
    validator: validator === undefined || does === undefined ? undefined : { name: validator, does },
    integration: isObject(integration)
      ? { written: integration, plain: plainIntegration(integration) }
      : undefined,
  };
}

function parametersOf(root: Json, list: Json | undefined, pointer: string): readonly ParameterView[] {
  if (!isArray(list)) return [];
  return list.flatMap((item, index) => {
    const parameter = followed(root, item);
    const name = textOf(own(parameter, 'name'));
    const place = textOf(own(parameter, 'in'));
    if (name === undefined || place === undefined || !['path', 'query', 'header'].includes(place)) return [];
    return [
      {
        name,
        in: place,
        required: own(parameter, 'required') === true,
        description: textOf(own(parameter, 'description')),
        pointer: joinPointer(pointer, index),
      },
    ];
  });
}

/** Exports have no references to parameters; documents that people wrote have. */
function followed(root: Json, json: Json): Json {
  const reference = textOf(own(json, '$ref'));
  if (reference?.startsWith('#/') !== true) return json;
  return (
    reference
      .slice(2)
      .split('/')
      .reduce<Json | undefined>((found, token) => own(found, token), root) ?? json
  );
}

/** Models only: a media type without one is nothing that API Gateway remembers of a body. */
function bodyOf(root: Json, operation: Json): ReadonlyMap<string, Json> {
  const content = own(followed(root, own(operation, 'requestBody') ?? null), 'content');
  if (content !== undefined) return modelsOf(content);
  const parameters = own(operation, 'parameters');
  const body = isArray(parameters) ? parameters.find(one => own(one, 'in') === 'body') : undefined;
  const schema = own(body, 'schema');
  return new Map(schema === undefined ? [] : [['application/json', schema]]);
}

function modelsOf(content: Json): ReadonlyMap<string, Json> {
  return new Map(
    entriesOf(content).flatMap(([type, media]) => {
      const schema = own(media, 'schema');
      return schema === undefined ? [] : [[type, schema] as const];
    }),
  );
}

function responseView(response: Json, pointer: string): ResponseView {
  const schema = own(response, 'schema');
  return {
    pointer,
    description: textOf(own(response, 'description')),
    headers: entriesOf(own(response, 'headers')).map(([name]) => name),
    models:
      schema === undefined
        ? modelsOf(own(response, 'content') ?? null)
        : new Map([['application/json', schema]]),
  };
}

function textOf(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}
