import { afterEach, expect, test } from 'vitest';
import type { Model } from '../state/records.ts';
import { API_ID, type Served, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

function model(name: string, schema: object): Model {
  return {
    id: name.toLowerCase().padEnd(6, '0'),
    name,
    contentType: 'application/json',
    schema: JSON.stringify(schema),
  };
}

const address = (name: string): string =>
  `https://apigateway.amazonaws.com/restapis/${API_ID}/models/${name}`;

test('4: a body is held against the model of its media type, and its models', async () => {
  served = await serve({
    models: [
      model('Pet', {
        type: 'object',
        required: ['price'],
        properties: { price: { type: 'number' }, owner: { $ref: address('Person') } },
      }),
      model('Person', {
        type: 'object',
        required: ['name'],
        properties: { pets: { type: 'array', items: { $ref: address('Pet') } } },
      }),
    ],
    requestValidators: [
      { id: 'bodies', name: 'bodies', validateRequestBody: true, validateRequestParameters: false },
    ],
    methods: {
      'POST /pets': {
        requestValidatorId: 'bodies',
        requestModels: { 'application/json': 'Pet', 'application/vnd.none+json': 'Gone' },
        integration: { requestTemplates: { 'application/json': '{"statusCode": 200}' } },
      },
      'POST /unchecked': { requestModels: { 'application/json': 'Pet' } },
    },
    gatewayResponses: [
      {
        responseType: 'BAD_REQUEST_BODY',
        responseTemplates: {
          'application/json':
            '{"message": $context.error.messageString, "why": "$context.error.validationErrorString"}',
        },
      },
    ],
  });
  const post = async (body: string, type = 'application/json'): Promise<readonly [number, string]> => {
    const reply = await served.ask('POST', '/pets', { headers: { 'content-type': type }, body });
    return [reply.status, reply.body];
  };
  expect((await post('{"price": 1, "owner": {"name": "a", "pets": [{"price": 2.5}]}}'))[0]).toBe(200);
  const [status, body] = await post('{"owner": {"pets": [{"price": "x"}]}}');
  expect(status).toBe(400);
  expect(body).toContain('"message": "Invalid request body"');
  expect(body).toContain(
    '[object has missing required properties (["price"]), object has missing required properties (["name"]), instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])]',
  );
  // An empty body is held as {} [L].
  expect((await post(''))[0]).toBe(400);
  expect((await post('{"price":'))[0]).toBe(400);
  // Neither a media type without a model nor a model that is gone stands in the way.
  expect((await post('{}', 'text/plain'))[0]).not.toBe(400);
  expect((await post('{}', 'application/vnd.none+json'))[0]).not.toBe(400);
  expect(
    (
      await served.ask('POST', '/unchecked', {
        headers: { 'content-type': 'application/json' },
        body: '{"statusCode": 200}',
      })
    ).status,
  ).not.toBe(400);
});

test('what of a model bodies are not held against stands in the execution log', async () => {
  const settings = {
    metricsEnabled: false,
    loggingLevel: 'ERROR',
    dataTraceEnabled: false,
    throttlingBurstLimit: 5000,
    throttlingRateLimit: 10_000,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  };
  served = await serve({
    models: [
      model('Pet', { properties: { twice: { pattern: '^(a+)\\1$' }, owner: { $ref: address('None') } } }),
    ],
    requestValidators: [
      { id: 'bodies', name: 'bodies', validateRequestBody: true, validateRequestParameters: false },
    ],
    stage: { methodSettings: { '*/*': settings } },
    methods: {
      'POST /pets': {
        requestValidatorId: 'bodies',
        requestModels: { 'application/json': 'Pet' },
        integration: { requestTemplates: { 'application/json': '{"statusCode": 200}' } },
      },
    },
  });
  const { status } = await served.ask('POST', '/pets', {
    headers: { 'content-type': 'application/json' },
    body: '{"twice": "x"}',
  });
  expect(status).toBe(200);
  const lines = served.logs.last(`${API_ID}/test/execution`, 10).map(line => line.replace(/^\([^)]*\) /, ''));
  const before = 'Request body is not held against all of its model:';
  expect(lines.toSorted()).toEqual([
    `${before} the pattern ^(a+)\\1$ cannot be used: it refers back to a group, and that cannot be matched in bounded time (model Pet, at /properties/twice/pattern)`,
    `${before} the reference ${address('None')} leads to no schema of this API (model Pet, at /properties/owner/$ref)`,
  ]);
});
