import { expect, test } from 'vitest';
import { imported, methodAt, mockOperation, oas30, refusal, swagger } from './import.fixture.ts';

test('6.4 info names the API, its version as a text and its description; nothing else is there', () => {
  const { restApi, models } = imported({
    openapi: '3.0.1',
    info: { title: 'local-api', version: 1, description: 'An API.' },
    paths: {},
  }).snapshot;
  expect(restApi).toEqual({
    id: expect.stringMatching(/^[a-z0-9]{10}$/),
    name: 'local-api',
    version: '1',
    description: 'An API.',
    createdDate: 1_700_000_000,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
  });
  // 4.1: the two default models come with CreateRestApi, not with an import.
  expect(models).toEqual([]);
});

test('6.3 resources above a path are made without methods', () => {
  const { resources } = imported(oas30({ '/echo/{data}': { get: mockOperation() } })).snapshot;
  const [root, echo, data] = resources;
  expect(resources).toHaveLength(3);
  expect(root).toEqual({ id: root?.id, path: '/' });
  expect(echo).toEqual({ id: echo?.id, parentId: root?.id, path: '/echo', pathPart: 'echo' });
  expect(data).toMatchObject({ parentId: echo?.id, path: '/echo/{data}', pathPart: '{data}' });
  expect(echo?.id).toMatch(/^[a-z0-9]{6}$/);
});

test('1.1 the any-method is ANY, and verbs beside it stay', () => {
  const { resources } = imported(
    oas30({ '/{proxy+}': { 'x-amazon-apigateway-any-method': mockOperation(), get: mockOperation() } }),
  ).snapshot;
  expect(Object.keys(resources[1]?.resourceMethods ?? {}).toSorted()).toEqual(['ANY', 'GET']);
});

test('6.4 a seed makes ids repeatable', () => {
  const document = oas30({ '/pets': { get: mockOperation() } });
  expect(imported(document)).toEqual(imported(document));
});

test('1.4 AWS variables are filled in everywhere', () => {
  const uri =
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:f/invocations';
  const { snapshot } = imported(
    oas30({
      '/pets': {
        get: mockOperation({
          'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri },
        }),
      },
    }),
  );
  expect(methodAt(snapshot, '/pets', 'GET').methodIntegration?.uri).toBe(
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f/invocations',
  );
});

test('YAML and JSON are one', () => {
  const yaml = [
    'swagger: 2.0',
    'info: {title: pets, version: "1.0"}',
    'paths:',
    '  /pets:',
    '    get:',
    '      responses:',
    '        200: {description: fine}',
  ].join('\n');
  const json = swagger({ '/pets': { get: { responses: { 200: { description: 'fine' } } } } });
  expect(imported(yaml)).toEqual(imported(json));
});

test('6.5 text that is no JSON or YAML, and 6.6 (1) versions that AWS does not read, are invalid input', () => {
  for (const text of [
    '',
    'no document',
    '{"swagger": "2.0", "info"',
    'swagger: "2.0"\n\tinfo: {}',
    '[]',
    '"text"',
    '{}',
    '{"swagger": "1.2"}',
    '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}',
    '{"openapi": "2.0"}',
    '{"openapi": 3.0}',
    `a: &a [x]\nb: &b [${'*a,'.repeat(99)}]\nc: &c [${'*b,'.repeat(99)}]\nd: &d [${'*c,'.repeat(99)}]\ne: [${'*d,'.repeat(99)}]`,
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    '{"swagger": "2.0", "info": {}, "info": {}}',
  ])
    expect(refusal(text)).toBe('Invalid OpenAPI input.');
});

test('6.6 (1) definitions of more than 6 MB are refused', () => {
  const document = (length: number): string => JSON.stringify(oas30({}, { 'x-filling': 'x'.repeat(length) }));
  expect(imported(document(6 * 1024 * 1024 - 200)).warnings).toEqual([]);
  expect(refusal(document(6 * 1024 * 1024))).toContain('6291456 bytes');
});

test('6.5 with failonwarnings the warnings refuse the import, and stand in its message', () => {
  const document = oas30({ '/pets': { get: mockOperation({ security: [{ nobody: [] }] }) } });
  const { warnings } = imported(document);
  expect(warnings).toHaveLength(1);
  expect(refusal(document, { failOnWarnings: true })).toBe(`Warnings found during import:\n\t${warnings[0]}`);
});

test('6.5 errors are told together, warnings after them', () => {
  const document = oas30({
    '/pets': { get: mockOperation({ security: [{ nobody: [] }] }), trace: mockOperation() },
    '/pets/x{y}': {},
  });
  expect(refusal(document)).toBe(
    [
      'Errors found during import:',
      "\tUnable to put method 'TRACE' on resource at path '/pets': Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
      "\tUnable to create resource at path '/pets/x{y}': Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end and an optional plus sign before the closing brace.",
      'Additionally, these warnings were found:',
      "\tSecurity definition 'nobody' of method 'GET' on resource at path '/pets' not found. Ignoring.",
    ].join('\n'),
  );
});

test('6.6 (2) one variable below a resource, and nothing below a greedy one', () => {
  expect(refusal(oas30({ '/pets/{id}': {}, '/pets/{name}/x': {} }))).toContain(
    "Unable to create resource at path '/pets/{name}/x': A sibling ({id}) of this resource already has a variable path part -- only one is allowed",
  );
  expect(refusal(oas30({ '/{proxy+}/x': {} }))).toContain(
    'Cannot create a child of a resource with a greedy path variable: {proxy+}',
  );
  expect(imported(oas30({ '/a.b,c:d_e-f/{x.y_z-1}': {} })).snapshot.resources).toHaveLength(3);
});

test('6.6 (14) an API has 300 resources, 10 authorizers and 2000 documentation parts', () => {
  const paths = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_item, index) => [`/p${index}`, {}]));
  expect(imported(oas30(paths(299))).snapshot.resources).toHaveLength(300);
  expect(() => imported(oas30(paths(300)))).toThrow(
    expect.objectContaining({
      type: 'LimitExceededException',
      message:
        'Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
    }),
  );
  const scheme = {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [] },
  };
  const schemes = (count: number): object =>
    oas30(
      {},
      {
        components: {
          securitySchemes: Object.fromEntries(
            Array.from({ length: count }, (_item, index) => [`s${index}`, scheme]),
          ),
        },
      },
    );
  expect(imported(schemes(10)).snapshot.authorizers).toHaveLength(10);
  expect(() => imported(schemes(11))).toThrow('Maximum number of Authorizers');
  const words = (count: number): object =>
    oas30(
      {},
      {
        'x-amazon-apigateway-documentation': {
          documentationParts: Array.from({ length: count }, (_item, index) => ({
            location: { type: 'MODEL', name: `M${index}` },
            properties: { description: 'x' },
          })),
        },
      },
    );
  expect(imported(words(2000)).snapshot.documentationParts).toHaveLength(2000);
  expect(() => imported(words(2001))).toThrow('Maximum number of Documentation parts');
  expect(imported(words(2001), { ignoreDocumentation: true }).snapshot.documentationParts).toEqual([]);
});

test('6.6 (13) an operation without an integration is imported', () => {
  const { snapshot, warnings } = imported(
    oas30({ '/pets': { get: mockOperation({ 'x-amazon-apigateway-integration': undefined }) } }),
  );
  expect(warnings).toEqual([]);
  expect(methodAt(snapshot, '/pets', 'GET')).toEqual({
    httpMethod: 'GET',
    authorizationType: 'NONE',
    apiKeyRequired: false,
    methodResponses: { 200: { statusCode: '200' } },
  });
});

test('6.5 what an OpenAPI 3 document lacks is a parse issue, and recorded Swagger documents lack it without one', () => {
  const { warnings } = imported({
    openapi: '3.0.3',
    info: { title: 'pets' },
    paths: { '/x': { get: {}, put: { responses: { 200: {} } } } },
  });
  expect(warnings).toEqual([
    'Parse issue: attribute info.version is missing',
    "Parse issue: attribute paths.'/x'(get).responses is missing",
    "Parse issue: attribute paths.'/x'(put).responses.200.description is missing",
  ]);
  expect(
    imported({ swagger: '2.0', info: { title: 'pets' }, paths: { '/x': { get: {} } } }).warnings,
  ).toEqual([]);
});

test('an array in the place of an object is an error with its place', () => {
  expect(refusal(oas30([]))).toBe(
    'Errors found during import:\n\tParse issue: attribute paths is not of type `object`',
  );
  expect(refusal(oas30({ '/x': { get: { responses: [] } } }))).toContain(
    "Parse issue: attribute paths.'/x'(get).responses is not of type `object`",
  );
  expect(refusal(oas30({ '/x': { parameters: {}, get: mockOperation() } }))).toContain(
    "Parse issue: attribute paths.'/x'.parameters is not of type `array`",
  );
});

test('an API needs a name', () => {
  expect(refusal({ swagger: '2.0', paths: {} })).toBe('Errors found during import:\n\tInvalid Rest API name');
});

test('6.6 (11) what an API has no place for is passed over, and another verb is refused', () => {
  const more = { callbacks: {}, servers: [{ url: 'https://other.example' }], tags: ['x'], deprecated: true };
  const { snapshot, warnings } = imported(
    oas30({ '/pets': { summary: 'x', get: mockOperation(more) } }, { tags: [] }),
  );
  expect(warnings).toEqual([]);
  expect(methodAt(snapshot, '/pets', 'GET')).toEqual(
    methodAt(imported(oas30({ '/pets': { get: mockOperation() } })).snapshot, '/pets', 'GET'),
  );
  expect(refusal(oas30({ '/pets': { trace: mockOperation() } }))).toContain(
    'Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
  );
});

test('a thousand findings are listed, and the rest are counted', () => {
  const parameters = Array.from({ length: 1500 }, () => 7);
  const lines = refusal(oas30({ '/pets': { get: mockOperation({ parameters }) } })).split('\n');
  expect(lines).toHaveLength(1002);
  expect(lines.at(-1)).toBe('\t… and 500 more');
});
