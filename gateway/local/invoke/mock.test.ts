import { afterEach, describe, expect, test } from 'vitest';
import { type MethodSketch, type Reply, type Served, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

async function answered(
  method: MethodSketch,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Reply> {
  served = await serve({ methods: { 'ANY /': method } });
  return served.ask(body === '' ? 'GET' : 'POST', '/', { headers, body });
}

const INTERNAL = '{"message": "Internal server error"}';

describe('2.1 and 2.5: what a mock answers', () => {
  test('2.5: no response template is an empty body, with the headers of AWS and no trace', async () => {
    const reply = await answered({}, { 'X-Amzn-Trace-Id': 'Root=1-12345678-123456789012345678901234' });
    expect([reply.status, reply.body]).toEqual([200, '']);
    expect(reply.headers).toEqual({
      'content-type': 'application/json',
      'content-length': '0',
      connection: 'close',
      date: expect.any(String),
      'x-amzn-requestid': expect.any(String),
      'x-amz-apigw-id': expect.any(String),
    });
  });

  test('2.1: the status is that of the integration response, and the mock status only selects it', async () => {
    const reply = await answered({
      integration: { requestTemplates: { 'application/json': '{"statusCode": 999}' } },
      responses: { 200: {}, 404: { selectionPattern: '9\\d{2}' } },
    });
    expect(reply.status).toBe(404);
  });

  test('2.3: an integer that is no status passes, and selects as its digits say', async () => {
    for (const [integer, status] of [
      [-1000, 418],
      [0, 200],
      [99999, 200],
    ]) {
      const reply = await answered({
        integration: { requestTemplates: { 'application/json': `{"statusCode": ${integer}}` } },
        responses: { 200: {}, 418: { selectionPattern: '-1\\d+' } },
      });
      expect([integer, reply.status]).toEqual([integer, status]);
      await served.close();
    }
    served = await serve({ methods: {} });
  });

  test('13.3: a header that a method response calls required need not be there', async () => {
    const methodResponses = {
      200: { statusCode: '200', responseParameters: { 'method.response.header.X-Must': true } },
    };
    const reply = await answered({ methodResponses });
    expect([reply.status, reply.headers['x-must']]).toEqual([200, undefined]);
  });

  test('2.5: the content type is application/json whatever template was rendered, unless a mapping sets it', async () => {
    const templates = { 'text/html': '<p/>' };
    const plain = await answered({ responses: { 200: { responseTemplates: templates } } });
    expect([plain.body, plain.headers['content-type']]).toEqual(['<p/>', 'application/json']);
    await served.close();
    const mapped = await answered({
      responses: {
        200: {
          responseTemplates: templates,
          responseParameters: { 'method.response.header.Content-Type': "'text/html'" },
        },
      },
    });
    expect(mapped.headers['content-type']).toBe('text/html');
  });

  test('2.3: the template of CDK, whose key has no quotes', async () => {
    const reply = await answered({
      integration: { requestTemplates: { 'application/json': '{statusCode: 204}' } },
      responses: { 204: { selectionPattern: '204' } },
    });
    expect([reply.status, reply.headers['content-length']]).toEqual([204, undefined]);
  });
});

test('10.4: a client may name its request with a UUID, and hears the name again; HEAD has no body', async () => {
  served = await serve({
    methods: { 'ANY /': { responses: { 200: { responseTemplates: { 'application/json': 'four' } } } } },
  });
  const id = '11111111-2222-3333-4444-555555555555';
  const named = await served.ask('HEAD', '/', { headers: { 'x-amzn-requestid': id } });
  expect([named.headers['x-amzn-requestid'], named.headers['content-length'], named.body]).toEqual([
    id,
    '4',
    '',
  ]);
  const other = await served.ask('GET', '/', { headers: { 'x-amzn-requestid': 'mine' } });
  expect(other.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
});

describe('2.4: what fails a mock', () => {
  test.each([
    ['text without a status', { requestTemplates: { 'application/json': '{}' } }],
    ['a status in quotes', { requestTemplates: { 'application/json': '{"statusCode": "200"}' } }],
    ['no template and no body', { requestTemplates: {} }],
    ['a template that cannot be read', { requestTemplates: { 'application/json': '#if($x' } }],
  ])('2.4: %s', async (_name, integration) => {
    const reply = await answered({ integration });
    expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([
      500,
      INTERNAL,
      'InternalServerErrorException',
    ]);
  });

  test('2.4: no pattern matches and there is no default response', async () => {
    const reply = await answered({ responses: { 200: { selectionPattern: '2' } } });
    expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual([
      500,
      INTERNAL,
      'InternalServerErrorException',
    ]);
  });

  test('2.4: the output mapping names a status without a method response', async () => {
    const reply = await answered({ methodResponses: {} });
    expect([reply.status, reply.body]).toEqual([500, INTERNAL]);
  });

  test('2.2: what passes through is the client’s own body, and its status counts', async () => {
    const reply = await answered(
      { integration: { requestTemplates: {} }, responses: { 200: {}, 418: { selectionPattern: '418' } } },
      {},
      '{"statusCode": 418}',
    );
    expect(reply.status).toBe(418);
  });
});

describe('2.2: which request template, and what without one', () => {
  const UNSUPPORTED = [415, '{"message": "Unsupported Media Type"}', 'BadRequestException'];
  const some = { 'application/xml': '{"statusCode": 200}' };
  const json = { 'application/json': '{"statusCode": 200}' };
  const body = '{"statusCode": 200}';
  test.each([
    ['WHEN_NO_MATCH', json, 'application/json', 200],
    ['WHEN_NO_MATCH', some, 'application/json', 200],
    ['WHEN_NO_MATCH', {}, 'application/json', 200],
    ['WHEN_NO_TEMPLATES', json, 'application/json; charset=utf-8', 200],
    ['WHEN_NO_TEMPLATES', some, 'application/json', 415],
    ['WHEN_NO_TEMPLATES', {}, 'application/json', 200],
    ['NEVER', json, 'application/json', 200],
    ['NEVER', some, 'application/json', 415],
    ['NEVER', {}, 'application/json', 415],
    ['NEVER', { $default: body }, 'text/plain', 200],
    ['NEVER', json, undefined, 200],
    // The guide's two pages disagree about these; the table counts.
    ['WHEN_NO_TEMPLATES', some, undefined, 415],
    ['NEVER', some, undefined, 415],
    ['WHEN_NO_MATCH', some, undefined, 200],
  ])('2.2: %s with %o for %s', async (passthroughBehavior, requestTemplates, type, status) => {
    const reply = await answered(
      { integration: { passthroughBehavior, requestTemplates } },
      type === undefined ? {} : { 'Content-Type': type },
      body,
    );
    expect(reply.status).toBe(status);
    if (status === 415) {
      expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual(UNSUPPORTED);
    }
  });

  test.each(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'])(
    '2.2: with %s a GET without a Content-Type uses the application/json template, as a POST of JSON does',
    async passthroughBehavior => {
      for (const [headers, sent] of [
        [{}, ''],
        [{ 'Content-Type': 'application/json' }, '{}'],
      ] as const) {
        expect((await answered({ integration: { passthroughBehavior } }, headers, sent)).status).toBe(200);
        await served.close();
      }
      served = await serve({ methods: {} });
    },
  );

  test('2.2: a GET without a body is refused where NEVER finds no template', async () => {
    const reply = await answered({ integration: { passthroughBehavior: 'NEVER', requestTemplates: {} } });
    expect([reply.status, reply.body, reply.headers['x-amzn-errortype']]).toEqual(UNSUPPORTED);
  });

  test('2.2: what was put for UNSUPPORTED_MEDIA_TYPE is what a client is told', async () => {
    served = await serve({
      methods: { 'ANY /': { integration: { passthroughBehavior: 'NEVER', requestTemplates: {} } } },
      gatewayResponses: [{ responseType: 'UNSUPPORTED_MEDIA_TYPE', statusCode: '406' }],
    });
    expect((await served.ask('GET', '/')).status).toBe(406);
  });
});

describe('3.7: which response template', () => {
  const templates = { 'application/xml': '<x/>', 'application/json': '{}', 'text/plain': 'text' };
  test.each([
    [undefined, templates, '{}'],
    ['application/xml', templates, '<x/>'],
    ['text/plain; q=0.1, application/xml', templates, 'text'],
    ['image/png', templates, '{}'],
    ['*/*', templates, '{}'],
    ['image/png', { 'application/xml': '<x/>' }, '<x/>'],
    ['application/json', {}, ''],
    ['application/json', { 'application/json': null }, ''],
  ])('3.7: for %s', async (accept, responseTemplates, body) => {
    const reply = await answered(
      { responses: { 200: { responseTemplates } } },
      accept === undefined ? {} : { Accept: accept },
    );
    expect(reply.body).toBe(body);
  });
});

describe('16.4: selection patterns', () => {
  test.each([
    ['4\\d{2}', 404, 400],
    ['40', 404, 200],
    ['.*', 404, 400],
    ['404|500', 500, 400],
    ['(', 404, 200],
    ['(a+)+$', 404, 200],
    ['', 404, 200],
  ])('16.4: %s against %i', async (selectionPattern, status, expected) => {
    const reply = await answered({
      integration: { requestTemplates: { 'application/json': `{"statusCode": ${status}}` } },
      responses: { 200: {}, 400: { selectionPattern } },
    });
    expect(reply.status).toBe(expected);
  });

  test('16.4: of several that match, the first that was put', async () => {
    const reply = await answered({
      responses: { 405: { selectionPattern: '2.*' }, 502: { selectionPattern: '.+' } },
    });
    expect(reply.status).toBe(405);
  });
});

test('16.1: a response maps literals, stage variables, context and the request; what has no value is left out', async () => {
  served = await serve({
    stage: { variables: { color: 'red' } },
    methods: {
      'GET /pets/{petId}': {
        responses: {
          200: {
            responseParameters: {
              'method.response.header.Literal': "'it''s'",
              'method.response.header.Variable': 'stageVariables.color',
              'method.response.header.Context': 'context.resourcePath',
              'method.response.header.Absent': 'stageVariables.size',
              'method.response.header.Backend': 'integration.response.header.X',
              'method.response.header.Unknown': 'nonsense',
            },
          },
        },
      },
    },
  });
  const { headers } = await served.ask('GET', '/pets/1');
  expect(headers).toMatchObject({ literal: "it''s", variable: 'red', context: '/pets/{petId}' });
  for (const name of ['absent', 'backend', 'unknown']) expect(headers[name]).toBeUndefined();
});

test.each([['Content-Length'], ['transfer-encoding'], ['X-Amzn-Trace-Id'], ['X-Amzn-Apigateway-Api-Id']])(
  '16.2: a mock with a mapping of %s fails too',
  async name => {
    const requestParameters = { [`integration.request.header.${name}`]: "'1'" };
    const reply = await answered({ integration: { requestParameters } });
    expect([reply.status, reply.body]).toEqual([500, INTERNAL]);
  },
);

test('16.2: headers that are the gateway’s own are renamed, Transfer-Encoding is dropped, others stay', async () => {
  const renamed = [
    'Authorization',
    'Connection',
    'Content-Length',
    'Content-MD5',
    'Date',
    'Expect',
    'Host',
    'Max-Forwards',
    'Proxy-Authenticate',
    'Server',
    'Trailer',
    'Upgrade',
    'User-Agent',
    'WWW-Authenticate',
  ];
  const kept = [
    'Accept',
    'Accept-Ranges',
    'Age',
    'Content-Encoding',
    'Pragma',
    'Range',
    'Referer',
    'TE',
    'Via',
    'Warn',
  ];
  const { headers } = await answered({
    responses: {
      200: {
        responseParameters: Object.fromEntries(
          [...renamed, ...kept, 'Transfer-Encoding'].map(name => [`method.response.header.${name}`, "'v'"]),
        ),
      },
    },
  });
  for (const name of renamed)
    expect([name, headers[`x-amzn-remapped-${name.toLowerCase()}`]]).toEqual([name, 'v']);
  for (const name of kept) expect([name, headers[name.toLowerCase()]]).toEqual([name, 'v']);
  expect(headers['transfer-encoding']).toBeUndefined();
  expect(headers['content-length']).toBe('0');
});
