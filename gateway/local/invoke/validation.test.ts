import { afterEach, expect, test } from 'vitest';
import { API_ID, type Served, type Sketch, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

const VALIDATORS = [
  { id: 'both00', name: 'both', validateRequestBody: true, validateRequestParameters: true },
  { id: 'body00', name: 'body', validateRequestBody: true, validateRequestParameters: false },
  { id: 'params', name: 'params', validateRequestBody: false, validateRequestParameters: true },
];

const MODELS = [
  {
    id: 'model1',
    name: 'Pet',
    contentType: 'application/json',
    schema: JSON.stringify({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['price'],
      properties: {
        price: { type: 'number' },
        friend: { $ref: `https://apigateway.amazonaws.com/restapis/${API_ID}/models/Pet` },
      },
    }),
  },
];

const REQUIRED = {
  'method.request.querystring.qs1': true,
  'method.request.path.issuer': true,
  'method.request.header.x-header-param': true,
  'method.request.querystring.optional': false,
};

async function serveWith(
  method: Sketch['methods'][string],
  path = '/',
  more: Partial<Sketch> = {},
): Promise<void> {
  served = await serve({
    methods: { [`ANY ${path}`]: method },
    requestValidators: VALIDATORS,
    models: MODELS,
    ...more,
  });
}

test('4: missing parameters are named headers first, then path, then query', async () => {
  await serveWith({ requestValidatorId: 'params', requestParameters: REQUIRED });
  const reply = await served.ask('GET', '/');
  expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([
    400,
    '{"message": "Missing required request parameters: [x-header-param, issuer, qs1]"}',
    'BadRequestException',
  ]);
});

test('4: a parameter that is blank is missing, and one that is there passes whatever its value', async () => {
  await serveWith({ requestValidatorId: 'params', requestParameters: REQUIRED }, '/{issuer}');
  const ask = async (query: string, header?: string): Promise<string> =>
    (
      await served.ask(
        'GET',
        `/me${query}`,
        header === undefined ? {} : { headers: { 'X-Header-Param': header } },
      )
    ).body;
  expect(await ask('?qs1=', 'x')).toBe('{"message": "Missing required request parameters: [qs1]"}');
  expect(await ask('?qs1=%20', 'x')).toBe('{"message": "Missing required request parameters: [qs1]"}');
  expect(await ask('?QS1=1', 'x')).toBe('{"message": "Missing required request parameters: [qs1]"}');
  expect(await ask('?qs1=1')).toBe('{"message": "Missing required request parameters: [x-header-param]"}');
  expect(await ask('?qs1=1', 'x')).toBe('');
});

test('4: nothing is validated without a validator, or where it leaves parameters out', async () => {
  await serveWith({ requestParameters: REQUIRED, requestModels: { 'application/json': 'Pet' } });
  expect((await served.ask('POST', '/', { body: 'no' })).status).toBe(200);
  await served.close();
  await serveWith({ requestValidatorId: 'body00', requestParameters: REQUIRED });
  expect((await served.ask('GET', '/')).status).toBe(200);
});

const INVALID = [400, '{"message": "Invalid request body"}', 'BadRequestException'];

test('4: bodies are held against the model for their type, and an empty one as an empty object', async () => {
  await serveWith({ requestValidatorId: 'body00', requestModels: { 'application/json': 'Pet' } });
  const ask = async (body: string, type?: string): Promise<readonly unknown[]> => {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    const reply = await served.ask('POST', '/', { body, headers });
    return [reply.status, reply.body, reply.headers['x-amzn-errortype']];
  };
  const right = [200, '', undefined];
  expect(await ask('{"price": 1}')).toEqual(right);
  expect(await ask('{"price": 1}', 'application/json; charset=utf-8')).toEqual(right);
  expect(await ask('{"price": 1, "friend": {"price": 2, "friend": {"price": 3}}}')).toEqual(right);
  expect(await ask('{"price": 1, "friend": {"price": 2, "friend": {}}}')).toEqual(INVALID);
  expect(await ask('{"price": "1"}')).toEqual(INVALID);
  expect(await ask('')).toEqual(INVALID);
  expect(await ask('price=1')).toEqual(INVALID);
  expect(await ask('{"price": 1')).toEqual(INVALID);
  // No model for the type: the passthrough behavior judges, and a mock finds no status.
  expect((await ask('price=1', 'text/plain'))[0]).toBe(500);
});

test('4: an empty body is right where an empty object is', async () => {
  const schema = '{"type": "object"}';
  const models = [{ id: 'model2', name: 'Any', contentType: 'application/json', schema }];
  await serveWith({ requestValidatorId: 'body00', requestModels: { 'application/json': 'Any' } }, '/', {
    models,
  });
  expect((await served.ask('POST', '/')).status).toBe(200);
  expect((await served.ask('POST', '/', { body: '[]' })).status).toBe(400);
});

test('4: parameters go before the body, and one failure ends it', async () => {
  await serveWith({
    requestValidatorId: 'both00',
    requestParameters: REQUIRED,
    requestModels: { 'application/json': 'Pet' },
  });
  const { body } = await served.ask('POST', '/', { body: '{}' });
  expect(body).toContain('Missing required request parameters');
});

test('4: details are told in a template of BAD_REQUEST_BODY alone', async () => {
  await serveWith({ requestValidatorId: 'body00', requestModels: { $default: 'Pet' } }, '/', {
    gatewayResponses: [
      {
        responseType: 'BAD_REQUEST_BODY',
        responseTemplates: { 'application/json': '$context.error.validationErrorString' },
      },
    ],
  });
  const { body } = await served.ask('POST', '/', { body: '{}', headers: { 'Content-Type': 'text/x' } });
  expect(body).toBe('[object has missing required properties (["price"])]');
});
