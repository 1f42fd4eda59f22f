import { expect, test } from 'vitest';
import { imported, methodAt, mockOperation, oas30, refusal, swagger } from './import.fixture.ts';

test('6.4 parameters of path, query and header are those of the method, and whether they are required', () => {
  const { snapshot, warnings } = imported(
    oas30(
      {
        '/pets/{petId}': {
          parameters: [
            { name: 'petId', in: 'path', schema: { type: 'string', pattern: 'x' } },
            { name: 'page', in: 'query', required: true },
          ],
          get: mockOperation({
            operationId: 'GetPet',
            parameters: [
              { name: 'page', in: 'query', schema: { type: 'integer', default: 1 } },
              { $ref: '#/components/parameters/trace' },
            ],
          }),
        },
      },
      { components: { parameters: { trace: { name: 'X-Trace', in: 'header', required: true } } } },
    ),
  );
  expect(warnings).toEqual([]);
  expect(methodAt(snapshot, '/pets/{petId}', 'GET')).toMatchObject({
    operationName: 'GetPet',
    requestParameters: {
      'method.request.path.petId': true,
      'method.request.querystring.page': false,
      'method.request.header.X-Trace': true,
    },
  });
});

test('4 names of parameters are unique across places', () => {
  const get = mockOperation({
    parameters: [
      { name: 'id', in: 'query' },
      { name: 'id', in: 'header' },
    ],
  });
  expect(refusal(oas30({ '/pets': { get } }))).toContain(
    "Unable to put method 'GET' on resource at path '/pets': Parameter names must be unique across querystring, header and path",
  );
});

test('6.6 (4) a cookie has no place in a method', () => {
  const { snapshot, warnings } = imported(
    oas30({ '/pets': { get: mockOperation({ parameters: [{ name: 'session', in: 'cookie' }] }) } }),
  );
  expect(methodAt(snapshot, '/pets', 'GET').requestParameters).toBeUndefined();
  expect(warnings).toEqual([
    "Unsupported parameter location 'cookie' for parameter 'session' of method 'GET' on resource at path '/pets'. Ignoring.",
  ]);
});

test('16.1 a name that no mapping expression can hold is refused', () => {
  expect(
    refusal(
      oas30({ '/pets': { get: mockOperation({ parameters: [{ name: 'filter[name]', in: 'query' }] }) } }),
    ),
  ).toContain('Invalid mapping expression parameter specified: method.request.querystring.filter[name]');
});

test('6.4 a request body becomes the models of the method, in both versions', () => {
  const schemas = { Pet: { type: 'object' } };
  const three = imported(
    oas30(
      {
        '/pets': {
          post: mockOperation({
            requestBody: {
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/Pet' } },
                'text/xml': { schema: { $ref: '#/components/schemas/Pet' } },
                'text/plain': {},
              },
            },
          }),
        },
      },
      { components: { schemas } },
    ),
  );
  expect(three.warnings).toEqual([]);
  expect(methodAt(three.snapshot, '/pets', 'POST').requestModels).toEqual({
    'application/json': 'Pet',
    'text/xml': 'Pet',
  });
  const body = { in: 'body', name: 'pet', schema: { $ref: '#/definitions/Pet' } };
  const two = imported(
    swagger(
      {
        '/pets': {
          post: mockOperation({ consumes: ['text/xml'], parameters: [body] }),
          put: mockOperation({ parameters: [body] }),
        },
      },
      { definitions: schemas },
    ),
  );
  expect(methodAt(two.snapshot, '/pets', 'POST').requestModels).toEqual({ 'text/xml': 'Pet' });
  expect(methodAt(two.snapshot, '/pets', 'PUT').requestModels).toEqual({ 'application/json': 'Pet' });
  expect(methodAt(two.snapshot, '/pets', 'PUT').requestParameters).toBeUndefined();
});

test('6.4 responses have models and headers, the headers never required', () => {
  const { snapshot } = imported(
    oas30(
      {
        '/pets': {
          get: mockOperation({
            responses: {
              200: {
                description: 'fine',
                headers: { 'X-Total': { schema: { type: 'integer' } }, 'x-lower': {} },
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
              },
              404: { $ref: '#/components/responses/Gone' },
            },
          }),
        },
      },
      {
        components: {
          schemas: { Pet: { type: 'object' } },
          responses: { Gone: { description: 'gone', headers: { 'X-Why': {} } } },
        },
      },
    ),
  );
  expect(methodAt(snapshot, '/pets', 'GET').methodResponses).toEqual({
    200: {
      statusCode: '200',
      responseModels: { 'application/json': 'Pet' },
      responseParameters: {
        'method.response.header.X-Total': false,
        'method.response.header.x-lower': false,
      },
    },
    404: { statusCode: '404', responseParameters: { 'method.response.header.X-Why': false } },
  });
});

test('16.1 a header that no mapping expression can hold is refused', () => {
  const responses = { 200: { description: 'fine', headers: { 'X A': {} } } };
  expect(refusal(oas30({ '/pets': { get: mockOperation({ responses }) } }))).toContain(
    "Unable to put method response '200' on 'GET' for resource at path '/pets': Invalid mapping expression specified: ",
  );
});

test('6.6 (9) responses at the root of Swagger 2.0 are not followed', () => {
  const { snapshot, warnings } = imported(
    swagger(
      {
        '/pets': {
          get: mockOperation({
            responses: { 500: { $ref: '#/responses/Bad' } },
            'x-amazon-apigateway-integration': undefined,
          }),
        },
      },
      { responses: { Bad: { description: 'bad', schema: { type: 'object' } } } },
    ),
  );
  expect(warnings).toEqual(["Unknown or invalid reference specified by '#/responses/Bad'. Ignoring."]);
  expect(methodAt(snapshot, '/pets', 'GET').methodResponses).toEqual({ 500: { statusCode: '500' } });
});

test('6.6 (10) `default` and ranges are no responses of a method', () => {
  const responses = {
    200: { description: 'fine' },
    '4XX': { description: 'no' },
    default: { description: 'other' },
  };
  const { snapshot, warnings } = imported(oas30({ '/pets': { get: mockOperation({ responses }) } }));
  expect(Object.keys(methodAt(snapshot, '/pets', 'GET').methodResponses ?? {})).toEqual(['200']);
  expect(warnings).toEqual([
    "Invalid response status code '4XX' for method 'GET' on resource at path '/pets'. Ignoring.",
    "Invalid response status code 'default' for method 'GET' on resource at path '/pets'. Ignoring.",
  ]);
});

test('references in circles, to nowhere and to other files are warnings', () => {
  const parameters = [
    { $ref: '#/components/parameters/a' },
    { $ref: 'other.yaml#/x' },
    { $ref: '#/nowhere' },
    { $ref: 7 },
  ];
  const { warnings } = imported(
    oas30(
      { '/pets': { get: mockOperation({ parameters }) } },
      {
        components: {
          parameters: { a: { $ref: '#/components/parameters/b' }, b: { $ref: '#/components/parameters/a' } },
        },
      },
    ),
  );
  expect(warnings).toEqual([
    "Unknown or invalid reference specified by '#/components/parameters/a'. Ignoring.",
    "Unknown or invalid reference specified by 'other.yaml#/x'. Ignoring.",
    "Unknown or invalid reference specified by '#/nowhere'. Ignoring.",
    "Unknown or invalid reference specified by '7'. Ignoring.",
  ]);
});

test('1.1 validators are resources, and the one of an operation wins over the one of the document', () => {
  const { snapshot, warnings } = imported(
    oas30(
      {
        '/pets': {
          get: mockOperation(),
          put: mockOperation({ 'x-amazon-apigateway-request-validator': 'params' }),
          post: mockOperation({ 'x-amazon-apigateway-request-validator': 'none' }),
        },
      },
      {
        'x-amazon-apigateway-request-validator': 'basic',
        'x-amazon-apigateway-request-validators': {
          basic: { validateRequestBody: true, validateRequestParameters: true },
          params: { validateRequestBody: false, validateRequestParameters: true },
        },
      },
    ),
  );
  const [basic, params] = snapshot.requestValidators;
  expect(basic).toEqual({
    id: basic?.id,
    name: 'basic',
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  expect(params).toMatchObject({ name: 'params', validateRequestBody: false });
  expect(methodAt(snapshot, '/pets', 'GET').requestValidatorId).toBe(basic?.id);
  expect(methodAt(snapshot, '/pets', 'PUT').requestValidatorId).toBe(params?.id);
  expect(methodAt(snapshot, '/pets', 'POST').requestValidatorId).toBeUndefined();
  expect(warnings).toEqual(["Request validator 'none' not found. Ignoring."]);
});
