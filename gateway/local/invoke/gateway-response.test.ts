import { afterEach, describe, expect, test } from 'vitest';
import { RESPONSE_TYPES, type ResponseType } from '../gateway-responses/response-types.ts';
import { createStageObserver } from '../observe/stage-observer.ts';
import type { GatewayResponse } from '../state/records.ts';
import { GatewayFailure } from './failure.ts';
import { gatewayAnswer } from './gateway-response.ts';
import { newInvocation } from './invocation.ts';
import { API_ID, type Reply, type Served, type Sketch, serve } from './invoke.fixture.ts';
import type { StageAnswer } from './model.ts';
import { createStagesServed } from './stages-served.ts';

let served: Served;
afterEach(() => served.close());

async function refused(
  response: Partial<GatewayResponse>,
  headers: Readonly<Record<string, string>> = {},
  more: Partial<Sketch> = {},
): Promise<Reply> {
  served = await serve({
    methods: { 'GET /{id}': { apiKeyRequired: true } },
    gatewayResponses: [{ responseType: 'INVALID_API_KEY', ...response }],
    ...more,
  });
  return served.ask('GET', '/a%20b?q=x%20y', { headers });
}

describe('5.2: which gateway response counts', () => {
  test('5.2: the one that was put for the type, its status alone changed', async () => {
    const { status, body } = await refused({ statusCode: '418' });
    expect([status, body]).toEqual([418, '{"message":"Forbidden"}']);
  });

  test('5.2: what DEFAULT_4XX was given counts for a type that was given nothing', async () => {
    const { status, body, headers } = await refused({
      responseType: 'DEFAULT_4XX',
      statusCode: '444',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
      responseTemplates: { 'application/json': '{"type":"$context.error.responseType"}' },
    });
    expect([status, body]).toEqual([444, '{"type":"INVALID_API_KEY"}']);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  test('5.2: without a status of its own a default leaves each type its status', async () => {
    const { status } = await refused({ responseType: 'DEFAULT_4XX' });
    expect(status).toBe(403);
  });
});

describe('5.3: templates and headers', () => {
  test('5.3: names are replaced, directives are text, and what is unset leaves nothing', async () => {
    const template = [
      '#set($x = 1)$x',
      '$context.error.message.',
      '$context.error.messageString',
      '$context.stage$context.resourcePath',
      '$stageVariables.color|$stageVariables.none|',
      '$method.request.path.id method.request.querystring.q $method.request.header.X-Me',
      '$context.nothing|${context.error.responseType}',
      '$context.error.validationErrorString|',
    ].join('\n');
    const { body } = await refused(
      { responseTemplates: { 'application/json': template } },
      { 'x-me': 'me' },
      { stage: { variables: { color: 'red' } } },
    );
    expect(body.split('\n')).toEqual([
      '#set($x = 1)$x',
      'Forbidden.',
      '"Forbidden"',
      'test/{id}',
      'red||',
      'a%20b x y me',
      '|INVALID_API_KEY',
      '|',
    ]);
  });

  test('5.3: the template is chosen by Accept, and its type is the answer’s', async () => {
    const responseTemplates = { 'application/json': '{}', 'text/html': '<p/>' };
    const html = await refused({ responseTemplates }, { Accept: 'text/html,*/*' });
    expect([html.body, html.headers['content-type']]).toEqual(['<p/>', 'text/html']);
    const other = await served.ask('GET', '/x', { headers: { Accept: 'image/png' } });
    expect([other.body, other.headers['content-type']]).toEqual(['{}', 'application/json']);
  });

  test('5.3: headers take literals, the request, context and stage variables', async () => {
    const { headers } = await refused(
      {
        responseParameters: {
          'gatewayresponse.header.Literal': "'a'",
          'gatewayresponse.header.Query': 'method.request.querystring.q',
          'gatewayresponse.header.Error': 'context.error.responseType',
          'gatewayresponse.header.Variable': 'stageVariables.color',
          'gatewayresponse.header.None': 'stageVariables.none',
          'gatewayresponse.header.content-type': "'text/plain'",
        },
      },
      {},
      { stage: { variables: { color: 'red' } } },
    );
    expect(headers).toMatchObject({
      literal: 'a',
      query: 'x y',
      error: 'INVALID_API_KEY',
      variable: 'red',
      'content-type': 'text/plain',
      'x-amzn-errortype': 'ForbiddenException',
      'x-amzn-requestid': expect.any(String),
      'x-amz-apigw-id': expect.any(String),
    });
    expect(headers['none']).toBeUndefined();
  });
});

test('5.1: ACCESS_DENIED says Message with a capital while nobody put a response for it', async () => {
  const put = { responseType: 'DEFAULT_4XX', statusCode: '418' };
  for (const [gatewayResponses, expected] of [
    [[], [403, '{"Message":"User is not authorized to access this resource"}']],
    [[put], [418, '{"message":"User is not authorized to access this resource"}']],
  ] as const) {
    served = await serve({ methods: { 'GET /': {} }, gatewayResponses });
    const { status, body } = answerTo(new GatewayFailure('ACCESS_DENIED'));
    expect([status, body]).toEqual(expected);
    await served.close();
  }
  served = await serve({ methods: {} });
});

/** The table of 5.1: status, message and name of the error. */
const BY_ITSELF: readonly (readonly [ResponseType, number, string | null, string])[] = [
  [
    'MISSING_AUTHENTICATION_TOKEN',
    403,
    'Missing Authentication Token',
    'MissingAuthenticationTokenException',
  ],
  ['RESOURCE_NOT_FOUND', 404, 'Not Found', 'ResourceNotFoundException'],
  ['UNAUTHORIZED', 401, 'Unauthorized', 'UnauthorizedException'],
  ['ACCESS_DENIED', 403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  ['INVALID_API_KEY', 403, 'Forbidden', 'ForbiddenException'],
  ['QUOTA_EXCEEDED', 429, 'Limit Exceeded', 'LimitExceededException'],
  ['THROTTLED', 429, 'Too Many Requests', 'TooManyRequestsException'],
  ['BAD_REQUEST_PARAMETERS', 400, 'Bad Request', 'BadRequestException'],
  ['BAD_REQUEST_BODY', 400, 'Invalid request body', 'BadRequestException'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'Unsupported Media Type', 'BadRequestException'],
  ['REQUEST_TOO_LARGE', 413, 'Request Too Long', 'RequestTooLargeException'],
  [
    'INVALID_SIGNATURE',
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    'InvalidSignatureException',
  ],
  ['EXPIRED_TOKEN', 403, 'The security token included in the request is expired', 'ExpiredTokenException'],
  ['WAF_FILTERED', 403, 'Forbidden', 'ForbiddenException'],
  ['API_CONFIGURATION_ERROR', 500, 'Internal server error', 'InternalServerErrorException'],
  ['AUTHORIZER_CONFIGURATION_ERROR', 500, null, 'AuthorizerConfigurationException'],
  ['AUTHORIZER_FAILURE', 500, null, 'AuthorizerFailureException'],
  ['INTEGRATION_FAILURE', 504, 'Internal server error', 'InternalServerErrorException'],
  ['INTEGRATION_TIMEOUT', 504, 'Endpoint request timed out', 'InternalServerErrorException'],
];

test('5.1: each type has its status, message and error, and what was put for one counts for it alone', async () => {
  const put = { statusCode: '299', responseTemplates: { 'application/json': '$context.error.responseType' } };
  for (const [type, status, message, errorType] of BY_ITSELF) {
    for (const gatewayResponses of [[], [{ responseType: type, ...put }]]) {
      served = await serve({ methods: { 'GET /': {} }, gatewayResponses });
      const answer = answerTo(new GatewayFailure(type));
      expect(answer.headers).toEqual(['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType]);
      const [told] = Object.values(JSON.parse(gatewayResponses.length === 0 ? String(answer.body) : '[1]'));
      if (gatewayResponses.length === 0) expect([type, answer.status, told]).toEqual([type, status, message]);
      // This one alone cannot be customised.
      else if (type === 'REQUEST_TOO_LARGE') expect(answer.status).toBe(413);
      else expect([answer.status, answer.body]).toEqual([299, type]);
      await served.close();
    }
  }
  expect(BY_ITSELF).toHaveLength(RESPONSE_TYPES.length - 2);
  served = await serve({ methods: {} });
});

/** What a failure is answered with, for those that no request can bring about yet. */
function answerTo(failure: GatewayFailure): StageAnswer {
  const stages = createStagesServed(served.store, createStageObserver(served.logs));
  const release = stages.find(API_ID, 'test')?.production;
  if (release === undefined) throw new Error('the stage is not there');
  const request = {
    verb: 'GET',
    path: '/',
    query: '',
    headers: [],
    body: new Uint8Array(),
    sourceIp: '127.0.0.1',
    httpVersion: '1.1',
    domainName: 'a',
    port: 80,
  };
  const account = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' };
  return gatewayAnswer(newInvocation(request, release, account, 0), failure);
}

describe('5.1 and 10.2: what each type says by itself', () => {
  const identitySource = 'method.request.header.Token';
  const authorizers = [
    { id: 'auth00', name: 'a', type: 'TOKEN', identitySource },
    { id: 'auth01', name: 'b', type: 'REQUEST', identitySource, authorizerResultTtlInSeconds: 0 },
  ];
  test.each([
    [{ apiKeyRequired: true }, {}, 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    [{ apiKeyRequired: true }, { 'x-api-key': 'k' }, 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    [
      { authorizationType: 'AWS_IAM' },
      {},
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ],
    [
      { authorizationType: 'AWS_IAM' },
      { Authorization: 'AWS4-HMAC-SHA256 …' },
      500,
      '{"message":null}',
      'AuthorizerConfigurationException',
    ],
    [
      { authorizationType: 'CUSTOM', authorizerId: 'auth00' },
      {},
      401,
      '{"message":"Unauthorized"}',
      'UnauthorizedException',
    ],
    [
      { authorizationType: 'CUSTOM', authorizerId: 'auth00' },
      { Token: 't' },
      500,
      '{"message":null}',
      'AuthorizerConfigurationException',
    ],
    [
      { authorizationType: 'CUSTOM', authorizerId: 'auth01' },
      {},
      500,
      '{"message":null}',
      'AuthorizerConfigurationException',
    ],
    [
      { authorizationType: 'COGNITO_USER_POOLS' },
      {},
      500,
      '{"message":null}',
      'AuthorizerConfigurationException',
    ],
    [
      { integration: { type: 'AWS_PROXY' } },
      {},
      500,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
  ])('5.1: %o with %o', async (method, headers, status, body, type) => {
    served = await serve({ methods: { 'GET /': method }, authorizers });
    const reply = await served.ask('GET', '/', {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace('…', 'x')]),
      ),
    });
    expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([status, body, type]);
    expect(served.faults).toEqual([]);
  });
});
