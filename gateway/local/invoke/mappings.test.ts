/** What mapping expressions find, for each place a value can come from and go to (apigateway.md 16.1, 16.2). */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Asking, type MethodSketch, type Reply, type Served, serve } from './invoke.fixture.ts';

let served: Served;
let backEnd: Server;
let seen: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string };
let answer: { readonly headers: Record<string, string | string[]>; readonly body: string | Buffer };
let uri: string;

beforeEach(async () => {
  answer = { headers: { 'Content-Type': 'application/json' }, body: '{"a": {"b": [1, "x"]}}' };
  backEnd = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      seen = { url: request.url ?? '', headers: request.headers, body };
      response.writeHead(200, answer.headers);
      // In two pieces, so that the answer has no length of its own.
      response.write(answer.body);
      response.end();
    });
  });
  await new Promise<void>(resolve => {
    backEnd.listen(0, '127.0.0.1', resolve);
  });
  uri = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/to/{id}`;
});

afterEach(async () => {
  await served.close();
  await new Promise<void>(resolve => {
    backEnd.close(() => resolve());
    backEnd.closeAllConnections();
  });
});

async function through(
  integration: MethodSketch['integration'],
  responses: MethodSketch['responses'] = { 200: {} },
  asking: Asking & { readonly query?: string } = {},
): Promise<Reply> {
  served = await serve({
    stage: { variables: { color: 'red', unused: 'blue' } },
    restApi: { binaryMediaTypes: ['image/png'] },
    methods: {
      'POST /from/{petId}': {
        integration: { type: 'HTTP', httpMethod: 'POST', uri, requestTemplates: {}, ...integration },
        responses,
      },
    },
  });
  return served.ask('POST', `/from/7${asking.query ?? ''}`, asking);
}

describe('16.1: towards the back end', () => {
  test.each([
    ['method.request.path.petId', '7'],
    ['method.request.querystring.q', '2'],
    ['method.request.multivaluequerystring.q', '1, 2'],
    ['method.request.header.X-Two', 'b'],
    ['method.request.multivalueheader.X-Two', 'a, b'],
    ['method.request.body', '{"a": "text", "n": [1, {"m": true}]}'],
    ['method.request.body.a', 'text'],
    ['method.request.body.n[1].m', 'true'],
    ['method.request.body.n', '[1,{"m":true}]'],
    ['stageVariables.color', 'red'],
    ['context.httpMethod', 'POST'],
    ['context.identity.sourceIp', '127.0.0.1'],
    ["'a literal'", 'a literal'],
    // What leads nowhere leaves its target out.
    ['method.request.path.none', undefined],
    ['method.request.querystring.none', undefined],
    ['method.request.header.none', undefined],
    ['method.request.body.none', undefined],
    ['stageVariables.none', undefined],
    ['context.none', undefined],
  ])('16.1: %s is %s', async (source, value) => {
    await through(
      { requestParameters: { 'integration.request.header.X-Value': source } },
      {},
      {
        query: '?q=1&q=2',
        headers: { 'X-Two': ['a', 'b'], 'Content-Type': 'application/json' },
        body: '{"a": "text", "n": [1, {"m": true}]}',
      },
    );
    expect(seen.headers['x-value']).toBe(value);
  });

  test.each([
    ['just text', undefined],
    ['7', undefined],
    ['"text"', undefined],
    [' [{"length": 1}]', undefined],
    [' {"a": 5}', '5'],
    ['', undefined],
  ])('16.1: a body is read as JSON where it begins like JSON: %j', async (body, value) => {
    await through(
      {
        requestParameters: {
          'integration.request.header.X-Value': 'method.request.body.a',
          'integration.request.header.X-All': 'method.request.body',
        },
      },
      {},
      { body },
    );
    expect([seen.headers['x-value'], seen.headers['x-all']]).toEqual([
      value,
      body === '' ? undefined : body.trim(),
    ]);
  });

  test('16.1: of paths and queries too, what leads nowhere is left as it is', async () => {
    await through(
      {
        requestParameters: {
          'integration.request.path.id': 'method.request.header.none',
          'integration.request.querystring.none': 'stageVariables.none',
          'integration.request.querystring.color': 'stageVariables.color',
        },
      },
      {},
    );
    expect(seen.url).toBe('/to/%7Bid%7D?color=red');
  });
});

test('16.1: towards the client values come from headers, the body, stage variables, context and literals', async () => {
  answer = {
    headers: { 'Content-Type': 'application/json', 'X-Many': ['1', '2'] },
    body: '{"a": {"b": [1, "x"]}}',
  };
  const sources = {
    last: 'integration.response.header.x-many',
    all: 'integration.response.multivalueheader.X-Many',
    body: 'integration.response.body',
    inner: 'integration.response.body.a.b[1]',
    variable: 'stageVariables.color',
    context: 'context.stage',
    literal: "'it'",
    none: 'integration.response.header.none',
    nowhere: 'integration.response.body.none',
    unset: 'stageVariables.none',
  };
  const { headers } = await through(
    {},
    {
      200: {
        responseParameters: Object.fromEntries(
          Object.entries(sources).map(([name, source]) => [`method.response.header.X-${name}`, source]),
        ),
      },
    },
  );
  const found = Object.fromEntries(Object.keys(sources).map(name => [name, headers[`x-${name}`]]));
  expect(found).toEqual({
    last: '2',
    all: '1, 2',
    body: '{"a": {"b": [1, "x"]}}',
    inner: 'x',
    variable: 'red',
    context: 'test',
    literal: 'it',
    none: undefined,
    nowhere: undefined,
    unset: undefined,
  });
});

test('16.2: through HTTP_PROXY the transfer of the back end’s answer is not that of ours', async () => {
  const reply = await through({ type: 'HTTP_PROXY' });
  expect([reply.status, reply.body]).toEqual([200, '{"a": {"b": [1, "x"]}}']);
  expect(reply.headers['transfer-encoding']).toBeUndefined();
  expect(reply.headers['content-length']).toBe('22');
});

test('16.5: a template cannot read bytes that a back end answered', async () => {
  answer = { headers: { 'Content-Type': 'image/png' }, body: Buffer.from([0x89, 0x50, 0xff]) };
  const responseTemplates = { 'application/json': '$input.body', 'image/png': '$input.body' };
  const reply = await through({}, { 200: { responseTemplates } }, { headers: { Accept: 'image/png' } });
  expect([reply.status, reply.body]).toEqual([500, '{"message": "Internal server error"}']);
});

test('3.6: overrides are not for proxies, whose templates nobody reads', async () => {
  const template =
    '#set($context.requestOverride.header.x = "over")#set($context.responseOverride.status = 418)other body';
  const reply = await through(
    { type: 'HTTP_PROXY', requestTemplates: { 'application/json': template } },
    { 200: { responseTemplates: { 'application/json': template } } },
    { body: 'mine', headers: { 'Content-Type': 'application/json' } },
  );
  expect([reply.status, reply.body]).toEqual([200, '{"a": {"b": [1, "x"]}}']);
  expect([seen.body, seen.headers['x']]).toEqual(['mine', undefined]);
});
