import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  TestInvokeMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { afterEach, describe, expect, test } from 'vitest';
import { API_ID, type MethodSketch, type Served, serve } from '../invoke/invoke.fixture.ts';
import { connect, newApi } from './control-client.fixture.ts';

let served: Served;
let backEnd: Server | undefined;
afterEach(async () => {
  await served.close();
  backEnd?.close();
  backEnd?.closeAllConnections();
  backEnd = undefined;
});

/** What came back, whatever it is. */
// biome-ignore lint/suspicious/noExplicitAny: tests read into whatever came back
type Answered = any;

async function tested(method: MethodSketch, input: object = {}, path = '/pets/{petId}'): Promise<Answered> {
  served = await serve({ methods: { [`GET ${path}`]: method } });
  return invoke(input);
}

async function invoke(
  input: object,
  target = 'resources/r20000/methods/GET',
  api = API_ID,
): Promise<Answered> {
  const response = await fetch(`http://127.0.0.1:${served.port}/restapis/${api}/${target}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  return { code: response.status, ...((await response.json()) as object) };
}

/** The log without the times, which stand before each line but the first. */
function linesOf(log: string): readonly string[] {
  const [first = '', ...rest] = log.split('\n');
  expect(rest.pop()).toBe('');
  return [
    first,
    ...rest.map(line => {
      expect(line).toMatch(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} UTC \d{4} : /);
      return line.slice(31);
    }),
  ];
}

const ECHO: MethodSketch = {
  responses: {
    200: {
      responseTemplates: {
        'application/json': `$input.params('petId')|$input.params('foo')|$context.stage|$stageVariables.color`,
      },
    },
  },
};

describe('13.3 and 10.4: TestInvokeMethod', () => {
  test('13.3: a mock answers with its status, body, headers and the recorded log', async () => {
    const answer = await tested(ECHO, {
      pathWithQueryString: '/pets/123?foo=bar',
      headers: { k: 'v' },
      body: 'text',
      stageVariables: { color: 'red' },
    });
    expect(answer).toEqual({
      code: 200,
      status: 200,
      body: '123|bar|test-invoke-stage|red',
      headers: { 'Content-Type': 'application/json' },
      multiValueHeaders: { 'Content-Type': ['application/json'] },
      log: expect.any(String),
      latency: expect.any(Number),
    });
    const lines = linesOf(answer.log);
    expect(lines).toEqual([
      expect.stringMatching(/^Execution log for request [0-9a-f-]{36}$/),
      expect.stringMatching(/^Starting execution for request: [0-9a-f-]{36}$/),
      'HTTP Method: GET, Resource Path: /pets/123',
      'Method request path: {petId=123}',
      'Method request query string: {foo=bar}',
      'Method request headers: {k=v}',
      'Method request body before transformations: text',
      'Method response body after transformations: 123|bar|test-invoke-stage|red',
      'Method response headers: {Content-Type=application/json}',
      'Successfully completed execution',
      'Method completed with status: 200',
    ]);
    expect(answer.log).toContain('Wed Nov 25 13:57:15 UTC 2026 : Starting');
  });

  test('13.3: without a path the resource’s own is taken, braces and all; another path has no parameters', async () => {
    expect((await tested(ECHO)).body).toBe('{petId}||test-invoke-stage|');
    expect((await invoke({ pathWithQueryString: '/other/path?foo=1' })).body).toBe('|1|test-invoke-stage|');
  });

  test('13.3: authorisation and keys are ignored, validation is not, any content type counts as JSON', async () => {
    const answer = await tested(
      {
        ...ECHO,
        authorizationType: 'AWS_IAM',
        apiKeyRequired: true,
        integration: { passthroughBehavior: 'NEVER' },
      },
      { headers: { 'Content-Type': 'text/plain' } },
    );
    expect(answer.status).toBe(200);
    await served.close();
    served = await serve({
      methods: {
        'GET /pets/{petId}': {
          requestValidatorId: 'params',
          requestParameters: { 'method.request.querystring.q': true },
        },
      },
      requestValidators: [
        { id: 'params', name: 'p', validateRequestBody: false, validateRequestParameters: true },
      ],
    });
    const refused = await invoke({});
    expect([refused.code, refused.status, refused.body, refused.headers]).toEqual([
      200,
      400,
      '{"message": "Missing required request parameters: [q]"}',
      { 'x-amzn-ErrorType': 'BadRequestException' },
    ]);
  });

  test('13.3: a failure is an answer of 500 whose log says why', async () => {
    const answer = await tested({ integration: { requestTemplates: { 'application/json': '{}' } } });
    expect([answer.code, answer.status, answer.body, answer.headers]).toEqual([
      200,
      500,
      '{"message": "Internal server error"}',
      { 'x-amzn-ErrorType': 'InternalServerErrorException' },
    ]);
    expect(linesOf(answer.log).slice(-2)).toEqual([
      'Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template.',
      'Method completed with status: 500',
    ]);
  });

  test('13.3: a back end is waited for, and its trace stands before the other headers', async () => {
    backEnd = createServer((_request, response) => {
      response.end('from far');
    });
    await new Promise<void>(resolve => {
      backEnd?.listen(0, '127.0.0.1', resolve);
    });
    const uri = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/`;
    const answer = await tested({ integration: { type: 'HTTP', httpMethod: 'GET', uri } });
    expect(answer.body).toBe('from far');
    expect(Object.keys(answer.headers)).toEqual(['X-Amzn-Trace-Id', 'Content-Type']);
    expect(linesOf(answer.log)).toContain(`Sending request to ${uri}`);
  });

  test('13.3: AWS’s own client tries a method that was put with it', async () => {
    served = await serve({ methods: {} });
    const { client, close } = await connect();
    const at = { ...(await newApi(client)), httpMethod: 'GET' };
    await client.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }));
    await client.send(new PutMethodResponseCommand({ ...at, statusCode: '200' }));
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    await client.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates }));
    const responseTemplates = { 'application/json': "$input.params('q')" };
    await client.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseTemplates }));
    const answer = await client.send(
      new TestInvokeMethodCommand({
        ...at,
        pathWithQueryString: '/?q=a%20b',
        multiValueHeaders: { 'X-A': ['1', '2'] },
      }),
    );
    expect([answer.status, answer.body, answer.multiValueHeaders]).toEqual([
      200,
      'a b',
      { 'Content-Type': ['application/json'] },
    ]);
    expect(linesOf(answer.log ?? '')).toContain('Method request headers: {X-A=1, 2}');
    await close();
  });

  test('13.3: what is not there is refused as AWS does', async () => {
    await tested(ECHO);
    const resource = { code: 404, message: 'Invalid Resource identifier specified' };
    expect(await invoke({}, 'resources/none/methods/GET')).toEqual(resource);
    expect(await invoke({}, 'resources/r20000/methods/GET', 'nobody')).toEqual(resource);
    expect(await invoke({}, 'resources/r20000/methods/PUT')).toEqual({
      code: 404,
      message: 'Invalid Method identifier specified',
    });
  });
});
