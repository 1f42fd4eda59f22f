import { afterEach, describe, expect, test } from 'vitest';
import { createStageObserver } from '../observe/stage-observer.ts';
import type { GatewayResponse } from '../state/records.ts';
import { GatewayFailure } from './failure.ts';
import { gatewayAnswer } from './gateway-response.ts';
import { newInvocation } from './invocation.ts';
import { API_ID, type Reply, type Served, type Sketch, serve } from './invoke.fixture.ts';
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
    const invocation = newInvocation(request, release, account, 0);
    // No authorizer denies yet, so the failure is made here.
    const { status, body } = gatewayAnswer(invocation, new GatewayFailure('ACCESS_DENIED'));
    expect([status, body]).toEqual(expected);
    await served.close();
  }
  served = await serve({ methods: {} });
});

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
