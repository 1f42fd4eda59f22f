import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, type Sketch, serve } from './invoke.fixture.ts';

let served: Served;
let backEnd: Server;
beforeAll(async () => {
  // Sends back what it gets, as what it is said to be.
  backEnd = createServer((request, response) => {
    response.setHeader('Content-Type', request.headers['content-type'] ?? 'image/png');
    response.setHeader('X-Url', request.url ?? '');
    if (request.headers['accept-encoding'] !== undefined) response.setHeader('Content-Encoding', 'gzip');
    request.pipe(response);
  });
  await new Promise<void>(resolve => {
    backEnd.listen(0, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(backEnd.address() as AddressInfo).port}`;
  served = await serve({ ...SKETCH, stage: { ...SKETCH.stage, variables: { a: 'b', address } } });
});
afterAll(async () => {
  await served.close();
  backEnd.close();
  backEnd.closeAllConnections();
});

const everything = [
  "$input.body $input.json('$') $input.path('$.a[0]') $input.params() $input.params('q')",
  '$context $context.identity.userAgent $stageVariables $util.escapeJavaScript($input.body)',
  "#foreach($key in $input.params().header.keySet())$key: $input.params($key)\n#end$util.urlEncode($input.params('q'))",
].join('\n');

/** Whatever a template can say of a request comes back, in headers too. */
const SKETCH: Sketch = {
  restApi: { binaryMediaTypes: ['image/*'], minimumCompressionSize: 10 },
  stage: {
    accessLogSettings: { format: '$context.requestId $context.path $context.error.messageString' },
    methodSettings: {
      '*/*': {
        metricsEnabled: true,
        loggingLevel: 'INFO',
        dataTraceEnabled: true,
        throttlingBurstLimit: 1,
        throttlingRateLimit: 1,
        cachingEnabled: false,
        cacheTtlInSeconds: 0,
        cacheDataEncrypted: false,
        requireAuthorizationForCacheControl: false,
        unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
      },
    },
  },
  requestValidators: [
    { id: 'both00', name: 'both', validateRequestBody: true, validateRequestParameters: true },
  ],
  models: [{ id: 'model1', name: 'Any', contentType: 'application/json', schema: '{"type": "object"}' }],
  gatewayResponses: [
    {
      responseType: 'DEFAULT_4XX',
      responseParameters: { 'gatewayresponse.header.X-Q': 'method.request.querystring.q' },
      responseTemplates: { 'application/json': '$context.error.messageString method.request.header.q' },
    },
  ],
  methods: {
    'ANY /': {
      integration: { passthroughBehavior: 'NEVER' },
      responses: { 200: { responseTemplates: { 'application/json': everything } } },
    },
    'ANY /{id}': {
      integration: {
        requestTemplates: {
          'application/json': `#set($context.responseOverride.header.x = $input.params('q'))#set($context.responseOverride.status = $input.params('status')){"statusCode": 200}`,
        },
      },
      responses: { 200: { responseTemplates: { 'application/json': everything, 'image/png': 'cGFuZw==' } } },
    },
    'POST /{id}/checked': {
      requestValidatorId: 'both00',
      requestParameters: { 'method.request.querystring.q': true },
      requestModels: { $default: 'Any' },
      integration: { contentHandling: 'CONVERT_TO_TEXT' },
    },
    'ANY /http/{id}': {
      integration: {
        type: 'HTTP',
        httpMethod: 'POST',
        uri: 'http://${stageVariables.address}/{id}?x=1',
        requestParameters: {
          'integration.request.path.id': 'method.request.path.id',
          'integration.request.querystring.q': 'method.request.multivaluequerystring.q',
          'integration.request.header.Mapped': 'method.request.header.User-Agent',
        },
        requestTemplates: {
          'application/json': `#set($context.requestOverride.path.id = $input.params('q'))#set($context.requestOverride.header.x = $input.params('status'))$input.body`,
        },
      },
      responses: {
        200: {
          responseParameters: {
            'method.response.header.X-Url': 'integration.response.header.x-url',
            'method.response.header.X-Body': 'integration.response.body.a',
          },
          responseTemplates: { 'application/json': everything },
        },
      },
    },
    'ANY /proxy/{path+}': {
      integration: {
        type: 'HTTP_PROXY',
        httpMethod: 'ANY',
        uri: 'http://${stageVariables.address}/{path}',
        requestParameters: { 'integration.request.path.path': 'method.request.path.path' },
      },
    },
    'ANY /{proxy+}': { responses: { 200: { selectionPattern: '(2|3)0+' } } },
  },
};

/** Anything that Node's client lets out: it must reach the gateway before that can be asked of it. */
const segment = fc.oneof(
  fc.constantFrom(
    'checked',
    'http',
    'proxy',
    'http',
    'proxy',
    '',
    '..',
    '%',
    '%2F',
    '%zz',
    '%ff',
    '{proxy+}',
    '__proto__',
    '$input',
    ';a=b',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(text => encodeURIComponent(text.toWellFormed())),
);
const pair = fc
  .tuple(fc.constantFrom('q', 'status', '', 'q[]', '%', 'a%20b'), segment)
  .map(both => both.join('='));
const header = fc.tuple(
  fc.constantFrom(
    'Accept',
    'Accept-Encoding',
    'Content-Type',
    'Content-Encoding',
    'X-HTTP-Method-Override',
    'X-Amzn-Trace-Id',
    'x-amzn-requestid',
    'X-Forwarded-For',
    'User-Agent',
    'q',
    '__proto__',
  ),
  fc.oneof(
    fc.constantFrom('application/json', 'image/png', '*/*', ';', ',', 'gzip', 'POST', 'q=1;q=2', ''),
    fc.string({ maxLength: 12 }),
  ),
);
const body = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.json().map(text => Buffer.from(text)),
  fc.uint8Array({ maxLength: 40 }),
);

test('any request gets an answer of API Gateway, and none a fault of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'),
      fc.array(segment, { maxLength: 4 }),
      fc.array(pair, { maxLength: 3 }),
      fc.uniqueArray(header, { maxLength: 4, selector: ([name]) => name.toLowerCase() }),
      body,
      async (verb, segments, pairs, headers, bytes) => {
        const reply = await served.ask(verb, `/${segments.join('/')}?${pairs.join('&')}`, {
          headers: { ...Object.fromEntries(headers), 'Content-Length': String(bytes.length) },
          body: bytes,
        });
        expect(served.faults.map(fault => fault.stack)).toEqual([]);
        expect(reply.status).toBeGreaterThanOrEqual(200);
        expect(reply.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/i);
        if (reply.status >= 400 && verb !== 'HEAD' && reply.headers['x-amzn-errortype'] !== undefined) {
          expect(reply.body.length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 400 },
  );
});
