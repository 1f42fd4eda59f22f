/** Of everything that is wrong with a request, the first in AWS's order is what it is refused for (apigateway.md 5.4). */
import { afterEach, expect, test } from 'vitest';
import { API_ID, type MethodSketch, type Reply, type Served, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

const VALIDATORS = [
  { id: 'both00', name: 'both', validateRequestBody: true, validateRequestParameters: true },
];
const MODELS = [
  { id: 'model1', name: 'Pet', contentType: 'application/json', schema: '{"required": ["name"]}' },
];
const AUTHORIZERS = [
  { id: 'auth00', name: 'a', type: 'TOKEN', identitySource: 'method.request.header.Token' },
];

/** Whatever a request can be refused for: who asks, without a key, with too little, for what is not served. */
const ALL_WRONG: MethodSketch = {
  apiKeyRequired: true,
  requestValidatorId: 'both00',
  requestParameters: { 'method.request.querystring.q': true },
  requestModels: { 'application/json': 'Pet' },
  integration: { passthroughBehavior: 'NEVER', requestTemplates: {} },
};

const told = ({ status, body }: Reply): string => `${status} ${body}`;

test('5.4: who asks goes before the key, the key before the request, parameters before the body, all before the integration', async () => {
  const { apiKeyRequired: _key, ...open } = ALL_WRONG;
  served = await serve({
    requestValidators: VALIDATORS,
    models: MODELS,
    authorizers: AUTHORIZERS,
    methods: {
      'POST /iam': { ...ALL_WRONG, authorizationType: 'AWS_IAM' },
      'POST /custom': { ...ALL_WRONG, authorizationType: 'CUSTOM', authorizerId: 'auth00' },
      'POST /key': ALL_WRONG,
      'POST /open': open,
    },
  });
  const post = async (path: string, body = '{}'): Promise<string> =>
    told(await served.ask('POST', path, { body, headers: { 'Content-Type': 'application/json' } }));
  expect(await post('/nowhere')).toBe('403 {"message":"Missing Authentication Token"}');
  expect(await post('/iam')).toBe('403 {"message":"Missing Authentication Token"}');
  expect(await post('/custom')).toBe('401 {"message":"Unauthorized"}');
  expect(await post('/key')).toBe('403 {"message":"Forbidden"}');
  expect(await post('/open')).toBe('400 {"message": "Missing required request parameters: [q]"}');
  expect(await post('/open?q=1')).toBe('400 {"message": "Invalid request body"}');
  expect(await post('/open?q=1', '{"name": "Rex"}')).toBe('415 {"message": "Unsupported Media Type"}');
});

test('5.4: a disabled endpoint goes before the route', async () => {
  served = await serve({ methods: {}, restApi: { disableExecuteApiEndpoint: true } });
  const reply = await served.ask('GET', '/nowhere');
  expect([told(reply), reply.headers['x-amzn-errortype']]).toEqual([
    '403 {"message":"Forbidden"}',
    'ForbiddenException',
  ]);
});

test('5.3: whatever refuses a request, the same four headers say so', async () => {
  served = await serve({ methods: { 'POST /open': ALL_WRONG } });
  const stage = `/restapis/${API_ID}/test/_user_request_`;
  for (const target of [
    `${stage}/open`,
    `${stage}/nowhere`,
    `${stage}/%zz`,
    `${stage}/${'a'.repeat(9000)}`,
    `/restapis/${API_ID}/other/_user_request_/open`,
  ]) {
    const { status, headers } = await served.ask('POST', '', { target });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers, target.slice(0, 80)).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': expect.stringMatching(/^[A-Za-z]+Exception$/),
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-amz-apigw-id': expect.stringMatching(/^[A-Za-z0-9+/]{15}=$/),
    });
  }
});
