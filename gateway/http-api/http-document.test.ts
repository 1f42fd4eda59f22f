import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/json/value.ts';
import { contractFromValue } from '../../contract/read.ts';
import { gatewayTarget } from '../target.ts';
import { type HttpDocument, type HttpDocumentOptions, httpDocument } from './http-document.ts';

const RESPONSES: Json = { '200': { description: 'x' } };
const PROXY: HttpDocumentOptions = { integrations: { all: 'http_proxy' } };

function made(
  get: Readonly<Record<string, Json>>,
  options: HttpDocumentOptions = PROXY,
  root: Readonly<Record<string, Json>> = {},
): HttpDocument & { readonly told: readonly string[]; readonly get: Json } {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/pets/{id}': { get: { responses: RESPONSES, ...get } } },
    ...root,
  });
  if (contract === undefined) throw new Error('no contract');
  const document = httpDocument(contract, options);
  const paths = (document.document as { readonly paths: Record<string, Record<string, Json>> }).paths;
  const told = document.losses.map(({ effect, rule, message }) => `${effect} ${rule}: ${message}`);
  return { ...document, told, get: paths['/pets/{id}']?.['get'] ?? null };
}

const integration = (json: Json): Readonly<Record<string, Json>> => ({
  'x-amazon-apigateway-integration': json,
});

test('a document is routes to back ends, and CORS that the service answers', () => {
  const { document, told } = made({ operationId: 'getPet' });
  expect(document).toEqual({
    openapi: '3.0.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/pets/{id}': {
        get: {
          operationId: 'getPet',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { default: { description: 'The answer of GET /pets/{id}' } },
          'x-amazon-apigateway-integration': {
            type: 'http_proxy',
            httpMethod: 'GET',
            uri: 'https://${stageVariables.backend}/pets/{id}',
            payloadFormatVersion: '1.0',
          },
        },
      },
    },
    'x-amazon-apigateway-cors': { allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'] },
    'x-amazon-apigateway-importexport-version': '1.0',
  });
  expect(told).toEqual([]);
});

test('what a REST API would check or keep out is told', () => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const policy = { 'x-amazon-apigateway-policy': { Version: '2012-10-17' } };
  expect(made({ parameters }, PROXY, policy).told).toEqual([
    expect.stringMatching(/^unvalidated apigateway-http-validation: .* GET \/pets\/\{id\} demands/),
    expect.stringMatching(/^unvalidated apigateway-http-setting: .*no resource policies/),
  ]);
});

describe('integrations', () => {
  test('of the document keep what both kinds have, in the words of an HTTP API', () => {
    const own = {
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: 'arn:aws:lambda:eu-west-1:123456789012:function:pets',
      credentials: 'arn:aws:iam::123456789012:role/pets',
      timeoutInMillis: 50_000,
      passthroughBehavior: 'when_no_match',
      cacheKeyParameters: ['method.request.path.id'],
      responses: { default: { statusCode: '200' } },
      tlsConfig: { insecureSkipVerification: true },
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.header.X-Id': 'method.request.path.id',
        'integration.request.querystring.stage': 'context.stage',
        'integration.request.header.X-Fix': "'it's'",
        'integration.request.header.X-All': 'method.request.multivalueheader.A',
        'append:header.Y': '$request.header.Z',
      },
    };
    const { get, told } = made(integration(own));
    expect(get).toMatchObject({
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        uri: own.uri,
        httpMethod: 'POST',
        credentials: own.credentials,
        timeoutInMillis: 30_000,
        requestParameters: {
          'overwrite:header.X-Id': '$request.path.id',
          'overwrite:querystring.stage': '$context.stage',
          'overwrite:header.X-Fix': "it's",
          'append:header.Y': '$request.header.Z',
        },
        // The function is one of a REST API's.
        payloadFormatVersion: '1.0',
      },
    });
    expect(JSON.stringify(get)).not.toMatch(
      /cacheKey|passthrough|"responses":\{"default":\{"statusCode|tlsConfig/,
    );
    expect(told).toEqual([
      expect.stringContaining('sets integration.request.header.X-All'),
      expect.stringContaining('is not verified'),
    ]);
  });

  test('that are made tell functions of requests as HTTP APIs do', () => {
    expect(made({}, { integrations: { all: 'aws_proxy' } }).get).toMatchObject({
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        payloadFormatVersion: '2.0',
      },
    });
  });

  test.each<[string, Readonly<Record<string, Json>>, HttpDocumentOptions, string]>([
    ['none at all', {}, {}, 'mock'],
    ['the mock of the document', integration({ type: 'mock' }), {}, 'mock'],
    ['a service of AWS', integration({ type: 'AWS', uri: 'arn:x' }), {}, 'aws'],
    ['one that was chosen and no proxy', {}, { integrations: { all: 'http' } }, 'http'],
  ])('%s leaves an operation without an answer', (_name, get, options, type) => {
    expect(made(get, options).unanswered).toEqual([{ key: 'GET /pets/{id}', type }]);
  });

  test('that only a REST API has give way to the one that was chosen', () => {
    const { get, told, unanswered } = made(integration({ type: 'mock' }));
    expect(get).toMatchObject({ 'x-amazon-apigateway-integration': { type: 'http_proxy' } });
    expect(unanswered).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/^changed .*of the type mock/)]);
  });
});

describe('preflights', () => {
  const root = {
    paths: { '/pets': { options: { responses: RESPONSES, ...integration({ type: 'mock' }) } } },
  };

  test('are the service’s own matter', () => {
    const { document, placed, told } = made({}, {}, root);
    expect(document).toMatchObject({ paths: {} });
    expect(placed).toEqual([]);
    expect(told).toEqual([expect.stringContaining('answer preflights themselves')]);
    expect(made({}, { cors: false }, root).unanswered).toEqual([{ key: 'OPTIONS /pets', type: 'mock' }]);
  });

  test('are answered as the document says', () => {
    const own = { 'x-amazon-apigateway-cors': { allowOrigins: ['https://a.example'] } };
    for (const cors of [true, false]) expect(made({}, { ...PROXY, cors }, own).document).toMatchObject(own);
    expect(made({}, { ...PROXY, cors: false }).document).not.toHaveProperty('x-amazon-apigateway-cors');
  });
});

describe('authorizers', () => {
  const asked = (
    scheme: Readonly<Record<string, Json>>,
    more: HttpDocumentOptions = {},
  ): ReturnType<typeof made> =>
    made(
      { security: [{ user: ['read'] }] },
      { ...PROXY, ...more },
      { components: { securitySchemes: { user: scheme } } },
    );
  const AUTHORIZER = 'x-amazon-apigateway-authorizer';

  test('of the type jwt come along, with scopes', () => {
    const jwtConfiguration = { issuer: 'https://a.example', audience: ['pets'] };
    const scheme = {
      type: 'oauth2',
      flows: { clientCredentials: { tokenUrl: 'https://a.example/token', scopes: { read: 'x' } } },
      [AUTHORIZER]: { type: 'jwt', jwtConfiguration },
    };
    const { get, document, told } = asked(scheme);
    expect(told).toEqual([]);
    expect(get).toMatchObject({ security: [{ user: ['read'] }] });
    expect(document).toMatchObject({
      components: {
        securitySchemes: {
          user: {
            type: 'oauth2',
            flows: {},
            [AUTHORIZER]: { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration },
          },
        },
      },
    });
  });

  test('that see the request are asked as a REST API asks them', () => {
    const authorizer = {
      type: 'request',
      authorizerUri: 'arn:x',
      identitySource: 'method.request.header.Token, context.stage',
    };
    const scheme = { type: 'apiKey', name: 'Token', in: 'header', [AUTHORIZER]: authorizer };
    expect(asked(scheme).document).toMatchObject({
      components: {
        securitySchemes: {
          user: {
            name: 'Token',
            [AUTHORIZER]: {
              identitySource: '$request.header.Token,$context.stage',
              authorizerPayloadFormatVersion: '1.0',
            },
          },
        },
      },
    });
  });

  test.each<[string, Readonly<Record<string, Json>>]>([
    [
      'a token alone',
      { type: 'apiKey', name: 'T', in: 'header', [AUTHORIZER]: { type: 'token', authorizerUri: 'arn:x' } },
    ],
    [
      'a user pool',
      { type: 'apiKey', name: 'T', in: 'header', [AUTHORIZER]: { type: 'cognito_user_pools' } },
    ],
    ['a key', { type: 'apiKey', name: 'x-api-key', in: 'header' }],
    ['a password', { type: 'http', scheme: 'basic' }],
  ])('for %s are not to be had', (_name, scheme) => {
    const { get, told } = asked(scheme);
    expect(get).not.toHaveProperty('security');
    expect(told).toEqual([
      expect.stringMatching(/^unvalidated apigateway-http-security: .*credentials of user/),
    ]);
  });

  test('are what somebody chose, who issues tokens among that', () => {
    const basic = { type: 'http', scheme: 'bearer' };
    const user = { type: 'jwt', issuer: 'https://a.example', audience: ['pets'] } as const;
    const { document, told, get } = asked(basic, { authorizers: { user } });
    expect(told).toEqual([]);
    expect(get).toMatchObject({ security: [{ user: ['read'] }] });
    expect(JSON.stringify(document)).toContain(
      '"jwtConfiguration":{"issuer":"https://a.example","audience":["pets"]}',
    );
  });

  test('are IAM where somebody chose it, or the back end', () => {
    const basic = { type: 'http', scheme: 'basic' };
    const { document, told } = asked(basic, { authorizers: { user: 'iam' } });
    expect(document).toMatchObject({
      components: { securitySchemes: { user: { 'x-amazon-apigateway-authtype': 'awsSigv4' } } },
    });
    expect(told).toEqual([]);
    expect(asked(basic, { authorizers: { user: 'back_end' } }).told).toEqual([]);
  });
});

describe('the target', () => {
  const emitted = (paths: Json, choices: Readonly<Record<string, unknown>>): unknown => {
    const { contract } = contractFromValue({ openapi: '3.1.1', info: { title: 'T', version: '1' }, paths });
    if (contract === undefined) throw new Error('no contract');
    const input = {
      name: 'pets',
      contract,
      spec: 'pets.yaml',
      language: 'ts',
      choices: { kind: 'http', ...choices },
    } as const;
    gatewayTarget.refuse?.(input);
    return gatewayTarget.emit(input).map(({ path }) => path);
  };
  const pets = { '/pets': { get: { responses: RESPONSES } }, '/cats': { get: { responses: RESPONSES } } };

  test('refuses mocks, and says what to use instead', () => {
    const words =
      /no mock integrations, and GET \/pets \(and 1 more\).*--integration http_proxy or aws_proxy.*REST API/;
    expect(() => emitted(pets, {})).toThrow(words);
    expect(() => emitted(pets, { mock: true, integration: 'http_proxy' })).toThrow(words);
    expect(emitted(pets, { integration: 'http_proxy' })).toEqual(['pets.http.openapi.json']);
    expect(emitted(pets, { integration: 'aws_proxy', format: 'sam', body: 's3' })).toEqual([
      'pets.http.sam.json',
      'pets.http.openapi.json',
    ]);
  });

  test('refuses Swagger, canaries and more routes than there may be', () => {
    const integration = 'http_proxy';
    expect(() => emitted(pets, { integration, format: 'swagger' })).toThrow(/imported as OpenAPI 3.0/);
    const canary = { canary: '10', keepDeployment: 'Deployment1', format: 'cloudformation' };
    expect(() => emitted(pets, { integration, ...canary })).toThrow(/no canaries/);
    const many = Object.fromEntries(
      Array.from({ length: 301 }, (_, index) => [`/p${index}`, { get: { responses: RESPONSES } }]),
    );
    expect(() => emitted(many, { integration })).toThrow(/301 routes.*300 at most/);
    expect(emitted(many, { integration, anySize: true })).toHaveLength(1);
  });
});
