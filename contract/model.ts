/**
 * The contract: what an OpenAPI document says once versions and references are settled. Types only.
 *
 * Everything after `contract/build/` reads this and never the document. What is settled: Swagger 2.0 bodies, form
 * parameters, hosts and collection formats stand as their 3.x equals; `nullable` has become a type `null`; boolean
 * `exclusiveMinimum` has become a number; `$ref` has become the node it names (the very same object, so recursion
 * is a cycle of objects). Nodes below an operation are built when they are first read.
 */
import type { Json, JsonObject, JsonType } from './json/value.ts';
import type { Problem } from './problem.ts';
import type { Source } from './source.ts';

/** The OpenAPI version line a document follows. */
export type Dialect = '2.0' | '3.0' | '3.1' | '3.2';

export interface Contract {
  readonly source: Source;
  readonly dialect: Dialect;
  readonly title: string;
  readonly version: string;
  readonly description: string | undefined;
  /** At least one; a document without any has the server `/`. */
  readonly servers: readonly Server[];
  readonly tags: readonly Tag[];
  /** In document order: paths, then methods as written. */
  readonly operations: readonly Operation[];
  /** Requests that the API sends out. Their `path` is the webhook's name. */
  readonly webhooks: readonly Operation[];
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** `x-…` members of the document's root, untouched. */
  readonly extensions: ReadonlyMap<string, Json>;
  /** The problems met so far. Grows as nodes are read; `lint` reads them all. */
  readonly problems: readonly Problem[];
  /** The contract's own fields as written, for outputs that carry them through. */
  readonly raw: JsonObject;
}

export interface Tag {
  readonly source: Source;
  readonly name: string;
  readonly description: string | undefined;
}

export interface Server {
  readonly source: Source;
  /** With variables still in it: `https://{region}.example.com/v1`. */
  readonly url: string;
  readonly description: string | undefined;
  readonly variables: ReadonlyMap<string, ServerVariable>;
}

export interface ServerVariable {
  readonly default: string;
  readonly enum: readonly string[] | undefined;
}

/** Upper case. `ANY` is API Gateway's `x-amazon-apigateway-any-method`: every method not declared beside it. */
export type Method = string;

export interface Operation {
  readonly source: Source;
  readonly contract: Contract;
  /** `GET /pets/{id}`: unique in a contract. */
  readonly key: string;
  readonly id: string | undefined;
  readonly method: Method;
  /** The path template as written, without any base path. */
  readonly path: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** The operation's own, else its path item's, else the contract's. */
  readonly servers: readonly Server[];
  /** Path item's and operation's merged; headers that OpenAPI says to ignore (Accept, Content-Type, Authorization) left out. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  /** In document order. */
  readonly responses: readonly Response[];
  /** Alternatives, any one of which is enough. None: the operation is open. */
  readonly security: readonly SecurityRequirement[];
  readonly callbacks: ReadonlyMap<string, readonly Operation[]>;
  readonly extensions: ReadonlyMap<string, Json>;
}

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie' | 'querystring';

export type Style =
  | 'matrix'
  | 'label'
  | 'simple'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie'
  /** Swagger 2.0's `collectionFormat: tsv`, which 3.x cannot say. */
  | 'tabDelimited';

export interface Parameter {
  readonly source: Source;
  readonly name: string;
  readonly in: ParameterLocation;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly allowEmptyValue: boolean;
  readonly style: Style;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** The value's schema; a parameter has either this or `content`. */
  readonly schema: Schema | undefined;
  /** The value is a document of this media type, written as text. */
  readonly content: MediaType | undefined;
  readonly examples: readonly Example[];
  readonly extensions: ReadonlyMap<string, Json>;
}

/** A response header or a part's header: a parameter in `header` with style `simple`. */
export interface Header {
  readonly source: Source;
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly explode: boolean;
  readonly schema: Schema | undefined;
  readonly content: MediaType | undefined;
  readonly examples: readonly Example[];
}

export interface RequestBody {
  readonly source: Source;
  readonly description: string | undefined;
  readonly required: boolean;
  /** In document order. */
  readonly content: readonly MediaType[];
}

export interface MediaType {
  readonly source: Source;
  /** The media type or range as written: `application/json; charset=utf-8`, `image/*`. */
  readonly mediaType: string;
  readonly schema: Schema | undefined;
  /** 3.2: the schema of each item of a sequential media type such as `text/event-stream`. */
  readonly itemSchema: Schema | undefined;
  /** `example` and `examples` of this object; those of the schema stay with the schema. */
  readonly examples: readonly Example[];
  /** Of the parts of a form or multipart body, by property name. */
  readonly encoding: ReadonlyMap<string, Encoding>;
}

export interface Encoding {
  readonly source: Source;
  readonly contentType: string | undefined;
  readonly headers: ReadonlyMap<string, Header>;
  /** Undefined unless written: then the part is serialised by content type and not by style. */
  readonly style: Style | undefined;
  readonly explode: boolean;
  readonly allowReserved: boolean;
}

export interface Example {
  readonly source: Source;
  /** The key in `examples`; the single `example` has none. */
  readonly name: string | undefined;
  readonly summary: string | undefined;
  /** The value as data (`value`, 3.2 `dataValue`). */
  readonly value: Json | undefined;
  /** 3.2 `serializedValue`: the bytes as sent. */
  readonly serializedValue: string | undefined;
  readonly externalValue: string | undefined;
  /** What `externalValue` names; undefined where nobody has looked for it. */
  readonly external: ExternalValue | undefined;
}

/** The file that an example names, as it was found when the document was loaded, or why it was not. */
export type ExternalValue =
  | { readonly bytes: Uint8Array }
  | { readonly unavailable: string; readonly fix: string };

export interface Response {
  readonly source: Source;
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string | undefined;
  /** Keyed by the name as written; HTTP compares without case. `Content-Type` is left out, as OpenAPI says. */
  readonly headers: ReadonlyMap<string, Header>;
  readonly content: readonly MediaType[];
  readonly links: ReadonlyMap<string, Link>;
}

export interface Link {
  readonly source: Source;
  readonly name: string;
  readonly description: string | undefined;
  /** The operation it leads to, when there is one. */
  readonly operation: Operation | undefined;
  /** Parameter name (`id` or `path.id`) to a constant or a runtime expression. */
  readonly parameters: ReadonlyMap<string, Json>;
  readonly requestBody: Json | undefined;
}

/** All of these together make one alternative; an empty list is "no credentials", written `{}`. */
export type SecurityRequirement = readonly RequiredScheme[];

export interface RequiredScheme {
  readonly name: string;
  /** Undefined when the document names a scheme it does not define. */
  readonly scheme: SecurityScheme | undefined;
  readonly scopes: readonly string[];
}

export type SecurityScheme =
  | ({
      readonly kind: 'apiKey';
      readonly in: 'query' | 'header' | 'cookie';
      readonly parameter: string;
    } & SchemeCommon)
  | ({
      readonly kind: 'http';
      readonly scheme: string;
      readonly bearerFormat: string | undefined;
    } & SchemeCommon)
  | ({ readonly kind: 'oauth2'; readonly flows: ReadonlyMap<string, OAuthFlow> } & SchemeCommon)
  | ({ readonly kind: 'openIdConnect'; readonly url: string } & SchemeCommon)
  | ({ readonly kind: 'mutualTLS' } & SchemeCommon);

export interface SchemeCommon {
  readonly source: Source;
  /** Its key under `securitySchemes`. */
  readonly name: string;
  readonly description: string | undefined;
  readonly extensions: ReadonlyMap<string, Json>;
}

export interface OAuthFlow {
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly refreshUrl: string | undefined;
  readonly scopes: ReadonlyMap<string, string>;
}

/** A value that may be anything, null included: `undefined` means "not written". */
export interface Given {
  readonly value: Json;
}

/**
 * A schema in the words of JSON Schema 2020-12, whatever dialect it was written in. Keywords that were not written
 * are `undefined`; a keyword whose value has the wrong form is a problem and stays `undefined`.
 */
export interface Schema {
  readonly source: Source;
  /** Its key under `components.schemas` or `definitions`, when it stands there. */
  readonly name: string | undefined;
  /** Set for the schemas `true` and `false`; then nothing else is. */
  readonly always: boolean | undefined;

  /** A `$ref` with keywords beside it (3.1 on); a lone `$ref` is settled and never seen. Holds in addition to the rest. */
  readonly reference: Schema | undefined;
  /** `$dynamicRef`: the schema found lexically, and the anchor by which an outer resource may override it. */
  readonly dynamicReference: { readonly anchor: string | undefined; readonly target: Schema } | undefined;
  /** The schema resource this one belongs to, for `$dynamicRef`: its `$dynamicAnchor`s by name. */
  readonly dynamicAnchors: ReadonlyMap<string, Schema>;

  readonly types: readonly JsonType[] | undefined;
  readonly enum: readonly Json[] | undefined;
  readonly const: Given | undefined;

  readonly minimum: number | bigint | undefined;
  readonly maximum: number | bigint | undefined;
  readonly exclusiveMinimum: number | bigint | undefined;
  readonly exclusiveMaximum: number | bigint | undefined;
  readonly multipleOf: number | bigint | undefined;

  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
  readonly format: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentMediaType: string | undefined;
  readonly contentSchema: Schema | undefined;

  readonly prefixItems: readonly Schema[] | undefined;
  readonly items: Schema | undefined;
  readonly contains: Schema | undefined;
  readonly minContains: number | undefined;
  readonly maxContains: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly uniqueItems: boolean;
  readonly unevaluatedItems: Schema | undefined;

  readonly properties: ReadonlyMap<string, Schema>;
  readonly patternProperties: ReadonlyMap<string, Schema>;
  readonly additionalProperties: Schema | undefined;
  readonly propertyNames: Schema | undefined;
  readonly required: readonly string[];
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas: ReadonlyMap<string, Schema>;
  readonly unevaluatedProperties: Schema | undefined;

  readonly allOf: readonly Schema[];
  readonly anyOf: readonly Schema[] | undefined;
  readonly oneOf: readonly Schema[] | undefined;
  readonly not: Schema | undefined;
  readonly if: Schema | undefined;
  readonly then: Schema | undefined;
  readonly else: Schema | undefined;

  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly default: Given | undefined;
  /** `examples`, or the single `example` of 2.0 and 3.x. */
  readonly examples: readonly Json[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly deprecated: boolean;
  readonly discriminator: Discriminator | undefined;
  readonly xml: Xml | undefined;
  readonly extensions: ReadonlyMap<string, Json>;
}

export interface Discriminator {
  readonly source: Source;
  readonly propertyName: string;
  /** Every value that names a schema: the written mapping, then the names of the `oneOf`/`anyOf` members. */
  readonly mapping: ReadonlyMap<string, Schema>;
  /** 3.2: for values that nothing else names. */
  readonly defaultMapping: Schema | undefined;
}

export interface Xml {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly prefix: string | undefined;
  readonly attribute: boolean;
  readonly wrapped: boolean;
  /** 3.2: `element`, `attribute`, `text`, `cdata` or `none`; settled from `attribute` and `wrapped` before. */
  readonly nodeType: string | undefined;
}
