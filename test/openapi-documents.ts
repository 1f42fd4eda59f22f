/**
 * OpenAPI documents of every version for properties: valid, and as nasty as valid documents may be. Names that clash once
 * they are made legal, references in circles, texts that mean something to templates, odd methods, paths and media types.
 */
import fc from 'fast-check';
import type { Json, JsonObject } from '../contract/json/value.ts';
import { HOSTILE } from './velocity/mock-templates.ts';

type Version = '2.0' | '3.0.3' | '3.1.1' | '3.2.0';

const NAMES = ['my_model', 'my-model', 'myModel', 'Pet', 'Pet.Toy', '1st', 'constructor', 'Model2'];
const PROPERTIES = ['id', 'name', '$foo', '#if', 'a.b', "it's", '__proto__', 'x y', '\u{1F600}', 'next'];
const PATHS = [
  '/',
  '/pets',
  '/pets/{id}',
  '/pets/{petId}/toys',
  '/pets/{id}/toys/{toy}',
  '/pets/{id}.json',
  '/pets/',
  '/a/{b}-{c}',
  '/a/b/c',
  '/files/{rest}',
  '/we~ird',
  '/{first}',
  '/v1.0/x,y:z',
];
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];
const BODY_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/merge-patch+json',
  'application/xml',
  'text/plain',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'image/*',
  '*/*',
];
const ANSWER_TYPES = [...BODY_TYPES.slice(0, 6), 'text/html', 'image/png', 'application/problem+json'];

const texts = fc.constantFrom(...HOSTILE, 'plain', '\u0000\u001f');

/**
 * A schema; `depth` bounds how far it nests.
 *
 * @param here - the names that may stand for the schema itself: none that leads back to it, which would have no end
 */
function schemas(
  version: Version,
  names: readonly string[],
  depth: number,
  here: readonly string[] = names,
): fc.Arbitrary<Json> {
  const prefix = version === '2.0' ? '#/definitions/' : '#/components/schemas/';
  const reference: fc.Arbitrary<Json> =
    here.length === 0
      ? fc.constant<Json>({ type: 'object' })
      : fc.constantFrom(...here).map((name): Json => ({ $ref: prefix + name }));
  const scalar: fc.Arbitrary<Json> = fc.oneof(
    fc.constant<Json>({}),
    fc.constant<Json>({ type: 'string', minLength: 1, maxLength: 9 }),
    fc.constant<Json>({ type: 'string', format: 'date-time' }),
    fc.constant<Json>({ type: 'string', pattern: '^[a-z]{2}$' }),
    fc.constant<Json>({ type: 'integer', format: 'int32', minimum: 1 }),
    fc.constant<Json>({ type: 'number', multipleOf: 0.5 }),
    fc.constant<Json>({ type: 'boolean' }),
    texts.map((text): Json => ({ type: 'string', enum: ['one', text === 'one' ? 'two' : text] })),
    ...(version === '3.0.3' ? [fc.constant<Json>({ type: 'string', nullable: true })] : []),
    ...(version.startsWith('3.1') || version.startsWith('3.2')
      ? [
          fc.constant<Json>(true),
          fc.constant<Json>({ type: ['string', 'null'] }),
          texts.map((text): Json => ({ const: text })),
          fc.constant<Json>({ type: 'number', exclusiveMinimum: 0 }),
        ]
      : []),
  );
  if (depth === 0) return fc.oneof(scalar, reference);
  const inner = schemas(version, names, depth - 1);
  const part = schemas(version, names, depth - 1, here);
  const object = fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...PROPERTIES), inner, { maxKeys: 4, noNullPrototype: true }),
      isRequired: fc.boolean(),
      additional: fc.constantFrom<Json | undefined>(undefined, false, true, { type: 'string' }),
    })
    .map(({ properties, isRequired, additional }): Json => {
      const required = Object.keys(properties).filter(name => isRequired && !isReference(properties[name]));
      return {
        type: 'object',
        properties,
        ...(required.length === 0 ? {} : { required }),
        ...(additional === undefined ? {} : { additionalProperties: additional }),
      };
    });
  const choices = version === '2.0' ? [] : (['anyOf', 'oneOf'] as const);
  return fc.oneof(
    scalar,
    reference,
    object,
    object,
    inner.map((items): Json => ({ type: 'array', items, maxItems: 3 })),
    fc.array(part, { minLength: 1, maxLength: 2 }).map((allOf): Json => ({ allOf })),
    ...choices.map(choice =>
      fc.array(part, { minLength: 1, maxLength: 2 }).map((list): Json => ({ [choice]: list })),
    ),
  );
}

function isReference(schema: Json | undefined): boolean {
  return typeof schema === 'object' && schema !== null && '$ref' in schema;
}

/** Parameters of an operation: those of its path, and some more. */
function parameters(version: Version, path: string): fc.Arbitrary<readonly Json[]> {
  const typed = (schema: JsonObject): JsonObject => (version === '2.0' ? schema : { schema });
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(
    ([, name = '']): Json => ({ name, in: 'path', required: true, ...typed({ type: 'string' }) }),
  );
  const others: readonly Json[] = [
    { name: 'limit', in: 'query', ...typed({ type: 'integer', minimum: 1 }) },
    { name: 'filter[a]', in: 'query', ...typed({ type: 'string' }) },
    { name: 'tags', in: 'query', ...typed({ type: 'array', items: { type: 'string' } }) },
    { name: 'id', in: 'query', ...typed({ type: 'string' }) },
    { name: 'X-Trace', in: 'header', required: true, ...typed({ type: 'string' }) },
    { name: 'x_under', in: 'header', ...typed({ type: 'string' }) },
    ...(version === '2.0'
      ? []
      : [
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
          { name: 'deep', in: 'query', style: 'deepObject', schema: { type: 'object' } },
          { name: 'json', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
        ]),
  ];
  return fc.subarray([...others]).map(some => [...inPath, ...some]);
}

/** Media types with schemas, and examples that are texts where anything goes. */
function contents(version: Version, names: readonly string[], types: readonly string[]): fc.Arbitrary<Json> {
  const media = fc.oneof(
    fc.constant<Json>({}),
    schemas(version, names, 1).map((schema): Json => ({ schema })),
    fc
      .dictionary(
        fc.constantFrom('one', "it's", 'a b', '$x'),
        texts.map((value): Json => ({ value })),
        {
          minKeys: 1,
          maxKeys: 3,
          noNullPrototype: true,
        },
      )
      .map((examples): Json => ({ schema: {}, examples })),
  );
  return fc.dictionary(fc.constantFrom(...types), media, { maxKeys: 2, noNullPrototype: true });
}

function responses(version: Version, names: readonly string[]): fc.Arbitrary<Json> {
  const headers: Json = {
    'X-Note': version === '2.0' ? { type: 'string' } : { schema: { type: 'string' }, example: 'a $b' },
  };
  const one: fc.Arbitrary<Json> =
    version === '2.0'
      ? fc.oneof(
          fc.constant<Json>({ description: 'x', headers }),
          schemas(version, names, 1).map((schema): Json => ({ description: 'x', schema })),
        )
      : fc.tuple(contents(version, names, ANSWER_TYPES), fc.boolean()).map(
          ([content, hasHeaders]): Json => ({
            description: 'x',
            content,
            ...(hasHeaders ? { headers } : {}),
          }),
        );
  const keys = ['200', '201', '204', '404', 'default', ...(version === '2.0' ? [] : ['4XX', '5XX'])];
  return fc.dictionary(fc.constantFrom(...keys), one, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
}

function operations(
  version: Version,
  names: readonly string[],
  path: string,
  method: string,
): fc.Arbitrary<Json> {
  const takesBody = ['put', 'post', 'patch'].includes(method);
  const security = fc.constantFrom<Json | undefined>(
    undefined,
    [],
    [{ key: [] }],
    [{ basic: [] }, { oauth: ['read'] }],
  );
  return fc
    .record({
      list: parameters(version, path),
      answers: responses(version, names),
      asks: security,
      content: contents(version, names, BODY_TYPES),
      required: fc.boolean(),
      form: fc.boolean(),
      schema: schemas(version, names, 1),
    })
    .map(({ list, answers, asks, content, required, form, schema }): Json => {
      const inBody: readonly Json[] =
        version !== '2.0' || !takesBody
          ? []
          : form
            ? [
                { name: 'file', in: 'formData', type: 'file' },
                { name: 'note', in: 'formData', type: 'string' },
              ]
            : [{ name: 'body', in: 'body', required, schema }];
      return {
        ...(asks === undefined ? {} : { security: asks }),
        ...(version === '2.0' && takesBody && form ? { consumes: ['multipart/form-data'] } : {}),
        parameters: [...list, ...inBody],
        ...(version !== '2.0' && takesBody && Object.keys(content as object).length > 0
          ? { requestBody: { required, content } }
          : {}),
        responses: answers,
      };
    });
}

function securitySchemes(version: Version): Json {
  const flow = { scopes: { read: 'x' }, tokenUrl: 'https://a.example/token' };
  return {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    basic: version === '2.0' ? { type: 'basic' } : { type: 'http', scheme: 'basic' },
    oauth:
      version === '2.0'
        ? { type: 'oauth2', flow: 'application', ...flow }
        : { type: 'oauth2', flows: { clientCredentials: flow } },
  };
}

/** A whole document. */
export function openApiDocuments(): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(fc.constantFrom<Version>('2.0', '3.0.3', '3.1.1', '3.2.0'), fc.subarray(NAMES, { minLength: 1 }))
    .chain(([version, names]) => {
      const methods = [
        ...METHODS.filter(name => version !== '2.0' || name !== 'trace'),
        ...(version === '3.2.0' ? ['query'] : []),
      ];
      const item = (path: string): fc.Arbitrary<Json> =>
        fc
          .subarray(methods, { minLength: 1, maxLength: 2 })
          .chain(some =>
            fc.record(
              Object.fromEntries(some.map(method => [method, operations(version, names, path, method)])),
            ),
          );
      const paths = fc
        .subarray(PATHS, { minLength: 1, maxLength: 4 })
        .chain(some => fc.record(Object.fromEntries(some.map(path => [path, item(path)]))));
      const models = fc.record(
        Object.fromEntries(
          names.map((name, index) => [name, schemas(version, names, 2, names.slice(index + 1))]),
        ),
      );
      return fc.record({ paths, models }).map(({ paths: all, models: named }): JsonObject => {
        const info = { title: 'Any $title #if', version: '1' };
        return version === '2.0'
          ? {
              swagger: '2.0',
              info,
              paths: all as Json,
              definitions: named as Json,
              securityDefinitions: securitySchemes(version),
            }
          : {
              openapi: version,
              info,
              paths: all as Json,
              components: { schemas: named as Json, securitySchemes: securitySchemes(version) },
            };
      });
    });
}
