import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { MethodSetting } from '../state/records.ts';
import { API_ID, ask, type Served, type Sketch, serve } from './invoke.fixture.ts';

let served: Served;
const closing: (() => void)[] = [];
afterEach(async () => {
  await served.close();
  for (const close of closing.splice(0)) close();
});

const setting = (loggingLevel: string, dataTraceEnabled = true): MethodSetting => ({
  metricsEnabled: false,
  loggingLevel,
  dataTraceEnabled,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
});

const ID = '11111111-2222-3333-4444-555555555555';

async function executed(
  methods: Sketch['methods'],
  level: MethodSetting,
  path = '/pets/123?foo=bar&foo=baz',
  asking = {},
): Promise<readonly string[]> {
  served = await serve({ methods, stage: { methodSettings: { '*/*': level } } });
  await served.ask('GET', path, { headers: { 'X-Amzn-RequestId': ID, k: 'v' }, ...asking });
  return served.logs.last(`${API_ID}/test/execution`, 100);
}

const lines = (texts: readonly unknown[]): readonly unknown[] =>
  texts.map(text => (typeof text === 'string' ? `(${ID}) ${text}` : text));

describe('10.4: execution logs', () => {
  const BEFORE = [
    expect.stringMatching(/^\([0-9a-f-]{36}\) Extended Request Id: [A-Za-z0-9+/]{15}=$/),
    `Verifying Usage Plan for request: ${ID}. API Key:  API Stage: ${API_ID}/test`,
    "API Key  authorized because method 'GET /pets/{petId}' does not require API Key. Request will not contribute to throttle or quota limits",
    `Usage Plan check succeeded for API Key  and API Stage ${API_ID}/test`,
    `Starting execution for request: ${ID}`,
    'HTTP Method: GET, Resource Path: /pets/123',
  ];
  const TRACED = [
    'Method request path: {petId=123}',
    'Method request query string: {foo=bar, baz}',
    expect.stringContaining(`) Method request headers: {X-Amzn-RequestId=${ID}, k=v, Host=127.0.0.1:`),
    'Method request body before transformations: ',
  ];
  const mock = {
    'GET /pets/{petId}': { responses: { 200: { responseTemplates: { 'application/json': 'body' } } } },
  };

  test('10.4: a mock logs what is recorded, and none of the endpoint lines', async () => {
    expect(await executed(mock, setting('INFO'))).toEqual(
      lines([
        ...BEFORE,
        ...TRACED,
        'Method response body after transformations: body',
        'Method response headers: {Content-Type=application/json}',
        'Successfully completed execution',
        'Method completed with status: 200',
      ]),
    );
  });

  test('10.4: a back end adds its lines between the two', async () => {
    const backEnd = createServer((_request, response) => {
      response.sendDate = false;
      response.writeHead(200, { 'X-A': 'a', 'Content-Length': 4 }).end('body');
    });
    await new Promise<void>(resolve => {
      backEnd.listen(0, '127.0.0.1', resolve);
    });
    closing.push(() => {
      backEnd.close();
      backEnd.closeAllConnections();
    });
    const uri = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/x`;
    const found = await executed(
      { 'GET /pets/{petId}': { integration: { type: 'HTTP', httpMethod: 'GET', uri } } },
      setting('INFO'),
    );
    expect(found.slice(10)).toEqual(
      lines([
        `Endpoint request URI: ${uri}`,
        expect.stringMatching(
          /Endpoint request headers: \{Accept=application\/json, User-Agent=AmazonAPIGateway_abcdefghij, X-Amzn-Apigateway-Api-Id=abcdefghij, X-Amzn-Trace-Id=Root=1-\S+\}$/,
        ),
        'Endpoint request body after transformations: ',
        `Sending request to ${uri}`,
        expect.stringMatching(/\) Received response\. Status: 200, Integration latency: \d+ ms$/),
        'Endpoint response headers: {X-A=a, Content-Length=4, Connection=keep-alive, Keep-Alive=timeout=5}',
        'Endpoint response body before transformations: body',
        'Method response body after transformations: body',
        expect.stringContaining(
          'Method response headers: {Content-Type=application/json, X-Amzn-Trace-Id=Root=1-',
        ),
        'Successfully completed execution',
        'Method completed with status: 200',
      ]),
    );
  });

  test('10.4: without data trace nothing of the request is written', async () => {
    expect(await executed(mock, setting('INFO', false))).toEqual(
      lines([...BEFORE, 'Successfully completed execution', 'Method completed with status: 200']),
    );
  });

  test('10.4: a failure ends with its reason; ERROR writes that alone, OFF nothing', async () => {
    const broken = {
      'GET /pets/{petId}': { integration: { requestTemplates: { 'application/json': '{}' } } },
    };
    const reason =
      'Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template.';
    const all = await executed(broken, setting('INFO'));
    expect(all.slice(10)).toEqual(
      lines([
        reason,
        'Gateway response type: API_CONFIGURATION_ERROR with status code: 500',
        'Gateway response body: {"message": "Internal server error"}',
        'Gateway response headers: {Content-Type=application/json, x-amzn-ErrorType=InternalServerErrorException}',
        'Method completed with status: 500',
      ]),
    );
    await served.close();
    expect(await executed(broken, setting('ERROR'))).toEqual(
      lines([reason, 'Method completed with status: 500']),
    );
    await served.close();
    expect(await executed(broken, setting('OFF'))).toEqual([]);
  });

  test.each([
    ['#if(', 'Unable to transform request', /Mapping template of the request: .*line 1/],
    ['$util.urlDecode("%")', 'Unable to transform request', /Mapping template of the request: .*urlDecode/],
  ])('2.4: a template %s is told with its place', async (template, reason, detail) => {
    const found = await executed(
      { 'GET /pets/{petId}': { integration: { requestTemplates: { 'application/json': template } } } },
      setting('ERROR'),
    );
    expect(found).toEqual([
      expect.stringMatching(detail),
      `(${ID}) Execution failed due to configuration error: ${reason}`,
      `(${ID}) Method completed with status: 500`,
    ]);
  });

  test('2.4: a response template that fails is told too', async () => {
    const responses = { 200: { responseTemplates: { 'application/json': '$util.urlDecode("%")' } } };
    const found = await executed({ 'GET /pets/{petId}': { responses } }, setting('ERROR'));
    expect(found).toEqual([
      expect.stringMatching(/Mapping template of the response: .*urlDecode/),
      `(${ID}) Execution failed due to configuration error: Unable to transform response`,
      `(${ID}) Method completed with status: 500`,
    ]);
  });

  test.each([
    [
      { responses: { 200: { selectionPattern: '5' } } },
      'No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 200',
    ],
    [{ methodResponses: {} }, 'Output mapping refers to an invalid method response: 200'],
    [
      { integration: { type: 'HTTP', httpMethod: 'GET', uri: 'http://${stageVariables.no}/' } },
      'Invalid endpoint address',
    ],
    [
      { integration: { requestParameters: { 'integration.request.header.Content-Length': "'1'" } } },
      'Header Content-Length already present',
    ],
    [{ integration: { type: 'AWS' } }, 'The local gateway does not serve integrations of type AWS'],
  ])('2.4, 8.4 and 16.2: the reason of %o', async (method, reason) => {
    const found = await executed({ 'GET /pets/{petId}': method }, setting('ERROR'));
    expect(found[0]).toBe(`(${ID}) Execution failed due to configuration error: ${reason}`);
  });

  test('10.4: an event of more than 1,024 bytes is cut', async () => {
    const found = await executed(mock, setting('INFO'), '/pets/123', {
      headers: { 'X-Amzn-RequestId': ID, 'Content-Length': '4000' },
      body: 'ä'.repeat(2000),
    });
    const body = found.find(line => line.includes('body before transformations')) ?? '';
    expect(body).toMatch(/ä\[TRUNCATED\]$/);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1024);
    expect(Buffer.byteLength(body)).toBeGreaterThan(1000);
  });

  test('8.3: a setting of the method goes before the one for all', async () => {
    served = await serve({
      methods: { 'GET /a/b': {}, 'GET /c': {}, 'GET /': {} },
      stage: {
        methodSettings: { '*/*': setting('OFF'), 'a/b/GET': setting('INFO'), '/GET': setting('INFO') },
      },
    });
    for (const path of ['/a/b', '/c', '/']) await served.ask('GET', path);
    const paths = served.logs
      .last(`${API_ID}/test/execution`, 100)
      .flatMap(line => /Resource Path: (.*)/.exec(line)?.[1] ?? []);
    expect(paths).toEqual(['/a/b', '/']);
  });
});

describe('10.4: access logs', () => {
  const format =
    '$context.identity.sourceIp [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId $context.extendedRequestId $context.error.messageString $context.integrationStatus $context.authorizer.principalId\n';

  async function logged(folder?: string): Promise<void> {
    served = await serve(
      {
        methods: {
          'GET /pets/{petId}': { responses: { 200: { responseTemplates: { 'application/json': 'ä' } } } },
        },
        stage: { accessLogSettings: { format } },
      },
      [0.5],
      folder,
    );
    await served.ask('GET', '/pets/1', { headers: { 'X-Amzn-RequestId': ID } });
    await served.ask('GET', '/nothing', { headers: { 'X-Amzn-RequestId': 'no uuid' } });
  }

  const LINES = [
    expect.stringMatching(
      `^127\\.0\\.0\\.1 \\[25/Nov/2026:13:57:15 \\+0000\\] "GET /pets/\\{petId\\} HTTP/1\\.1" 200 2 ${ID} [A-Za-z0-9+/]{15}= - - -$`,
    ),
    expect.stringMatching(
      /^127\.0\.0\.1 \[.*\] "GET - HTTP\/1\.1" 403 42 [0-9a-f-]{36} [A-Za-z0-9+/]{15}= "Missing Authentication Token" - -$/,
    ),
  ];

  test('10.4: one line a request in the stage’s format, with a hyphen for what is unset', async () => {
    await logged();
    expect(served.logs.last(`${API_ID}/test/access`, 10)).toEqual(LINES);
  });

  test('3.5: what only access logs know: the answer, the back end, its errors, the API', async () => {
    const backEnd = createServer((_request, response) => response.writeHead(201).end('body'));
    await new Promise<void>(resolve => {
      backEnd.listen(0, '127.0.0.1', resolve);
    });
    closing.push(() => {
      backEnd.close();
      backEnd.closeAllConnections();
    });
    const uri = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/`;
    const names = [
      ...['status', 'responseLength', 'responseLatency', 'endpointType', 'integrationStatus'],
      ...['integration.status', 'integration.integrationStatus', 'integrationLatency', 'integration.latency'],
      ...['integrationErrorMessage', 'integration.error', 'error.message', 'error.messageString'],
      ...['error.responseType', 'error.validationErrorString', 'xrayTraceId', 'authorize.status'],
    ];
    const http = { type: 'HTTP_PROXY', httpMethod: 'GET' };
    served = await serve({
      methods: {
        'GET /far': { integration: { ...http, uri } },
        'GET /gone': { integration: { ...http, uri: 'http://127.0.0.1:1/' } },
        'GET /mock': {},
      },
      restApi: { endpointConfiguration: { types: ['REGIONAL'] } },
      stage: {
        accessLogSettings: {
          format: `$context.requestId ${names.map(name => `$context.${name}`).join('|')}`,
        },
      },
    });
    for (const path of ['/far', '/gone', '/mock', '/nowhere']) await served.ask('GET', path);
    const found = served.logs
      .last(`${API_ID}/test/access`, 10)
      .map(line => line.replace(/^\S+ /, '').split('|'));
    const number = expect.stringMatching(/^\d+$/);
    const trace = expect.stringMatching(/^Root=1-/);
    const network = 'Execution failed due to a network error communicating with endpoint';
    const told = 'Network error communicating with endpoint';
    expect(found).toEqual([
      ['201', '4', number, 'REGIONAL', '201', '201', '201', number, number, ...'------', trace, '-'],
      ['504', number, number, 'REGIONAL', '-', '-', '-', number, number, network, network]
        .concat([told, `"${told}"`, 'INTEGRATION_FAILURE', '-'])
        .concat([trace, '-']),
      ['200', '0', number, 'REGIONAL', ...'-----------', '-', '-'],
      ['403', '42', number, 'REGIONAL', ...'-------', 'Missing Authentication Token']
        .concat(['"Missing Authentication Token"', 'MISSING_AUTHENTICATION_TOKEN', '-'])
        .concat(['-', '-']),
    ]);
  });

  test('10.4: a value with a line break does not begin another line', async () => {
    const template = `#set($context.mine = $input.params('q')){"statusCode": 200}`;
    served = await serve({
      methods: { 'GET /': { integration: { requestTemplates: { 'application/json': template } } } },
      stage: { accessLogSettings: { format: '$context.requestId\n $context.mine' } },
    });
    await served.ask('GET', '/?q=a%0D%0Ab', { headers: { 'X-Amzn-RequestId': ID } });
    expect(served.logs.last(`${API_ID}/test/access`, 10)).toEqual([`${ID}  a\\r\\nb`]);
  });

  test('10.4: with a folder they stand in a file of the stage', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-logs-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    await logged(folder);
    await served.logs.close();
    expect(readFileSync(join(folder, API_ID, 'test', 'access.log'), 'utf8').split('\n')).toEqual([
      ...LINES,
      '',
    ]);
  });

  test('a file that was moved away is begun anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-logs-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    await logged(folder);
    await served.logs.close();
    const file = join(folder, API_ID, 'test', 'access.log');
    renameSync(file, `${file}.old`);
    await served.ask('GET', '/nothing');
    await served.logs.close();
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([LINES[1], '']);
    expect(readFileSync(`${file}.old`, 'utf8').split('\n')).toHaveLength(3);
  });

  test('9.3: the lines of a canary stand in a file of its own too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-logs-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const canarySettings = { deploymentId: 'first1', percentTraffic: 100, useStageCache: false };
    served = await serve(
      {
        methods: { 'GET /': {} },
        stage: {
          accessLogSettings: { format: '$context.requestId' },
          methodSettings: { '*/*': setting('INFO') },
          canarySettings,
        },
      },
      [0.5],
      folder,
    );
    await served.ask('GET', '/');
    await served.logs.close();
    for (const log of ['access.log', 'execution.log']) {
      const [ofStage, ofCanary] = [[], ['Canary']].map(below =>
        readFileSync(join(folder, API_ID, 'test', ...below, log), 'utf8'),
      );
      expect(ofStage).toMatch(/^\(?[0-9a-f-]{36}/);
      expect(ofCanary).toBe(ofStage);
    }
  });

  test('a folder that cannot be written is told once, and requests are answered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-logs-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, API_ID), '');
    await logged(folder);
    await served.logs.close();
    expect(served.faults).toHaveLength(1);
    expect(served.logs.last(`${API_ID}/test/access`, 10)).toEqual(LINES);
  });
});

test('9.3 and 10.4: what was observed is read by HTTP, not by pages of other origins', async () => {
  served = await serve({ methods: { 'GET /': {} } });
  const read = (target: string, headers = {}) =>
    ask(served.port, 'GET', `/_rehearsal/${target}`, { headers });
  expect((await read(`stages/${API_ID}/test/metrics`)).status).toBe(200);
  expect((await read(`stages/${API_ID}/none/metrics`)).status).toBe(404);
  expect((await read('nothing')).status).toBe(404);
  expect((await ask(served.port, 'POST', `/_rehearsal/stages/${API_ID}/test/metrics`)).status).toBe(405);
  expect((await read(`stages/${API_ID}/test/metrics`, { origin: 'https://page.example' })).status).toBe(403);
});
