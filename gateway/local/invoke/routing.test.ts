import { afterEach, expect, test } from 'vitest';
import { API_ID, ask, type Served, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

/** A mock whose answer says which method gave it. */
function named(name: string): { readonly responses: Record<string, object> } {
  return { responses: { 200: { responseParameters: { 'method.response.header.X-Route': `'${name}'` } } } };
}

async function routesOf(...requests: readonly string[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const request of requests) {
    const [verb = '', path = ''] = request.split(' ');
    const { status, headers } = await served.ask(verb, path);
    found.push(status === 200 ? headers['x-route'] : status);
  }
  return found;
}

test('16.3: a literal beside a greedy root takes its own path, and the greedy one all others', async () => {
  served = await serve({
    methods: {
      'GET /part1': named('part1'),
      'GET /part1/hardcoded-value': named('hardcoded'),
      'GET /{param+}': named('greedy'),
    },
  });
  expect(
    await routesOf('GET /part1', 'GET /part1/hardcoded-value', 'GET /part1/random-value', 'GET /'),
  ).toEqual(['part1', 'hardcoded', 'greedy', 403]);
});

test('16.3: where a literal lacks the verb, the greedy resource of another branch answers', async () => {
  served = await serve({
    methods: {
      'POST /test': named('literal'),
      'OPTIONS /{proxy+}': named('greedy'),
      'ANY /test/any': named('any'),
    },
  });
  expect(
    await routesOf('POST /test', 'OPTIONS /test', 'GET /test/any', 'OPTIONS /test/any', 'GET /test'),
  ).toEqual(['literal', 'greedy', 'any', 'any', 403]);
});

test('16.3: literal before parameter before greedy at each level, and an explicit verb before ANY', async () => {
  served = await serve({
    methods: {
      'GET /a/{x}': named('parameter'),
      'GET /a/b': named('literal'),
      'ANY /a/b': named('any'),
      'GET /a/{x}/c': named('below'),
      'GET /{all+}': named('greedy'),
    },
  });
  expect(await routesOf('GET /a/b', 'PUT /a/b', 'GET /a/z', 'GET /a/b/c', 'GET /a/b/d', 'HEAD /a/b')).toEqual(
    ['literal', 'any', 'parameter', 'below', 'greedy', 'any'],
  );
});

test('16.3: a trailing slash matches the same resource, HEAD is not derived from GET', async () => {
  served = await serve({ methods: { 'GET /a': named('a'), 'GET /': named('root') } });
  expect(
    await routesOf('GET /a', 'GET /a/', 'GET //a', 'GET /', 'GET ', 'HEAD /a', 'GET /a//', 'GET /%61'),
  ).toEqual(['a', 'a', 'a', 'root', 'root', 403, 403, 'a']);
});

test('16.2: X-HTTP-Method-Override changes the method that is routed to', async () => {
  served = await serve({ methods: { 'PATCH /a': named('patch') } });
  expect((await served.ask('POST', '/a', { headers: { 'X-HTTP-Method-Override': 'PATCH' } })).status).toBe(
    200,
  );
  expect((await served.ask('POST', '/a', { headers: { 'X-HTTP-Method-Override': 'patch' } })).status).toBe(
    200,
  );
  expect((await served.ask('POST', '/a')).status).toBe(403);
});

test('5.4: no route, no verb and no OPTIONS are all the same 403', async () => {
  served = await serve({ methods: { 'GET /a': {} } });
  for (const [verb, path] of [
    ['GET', '/b'],
    ['POST', '/a'],
    ['OPTIONS', '/a'],
  ] as const) {
    const reply = await served.ask(verb, path);
    expect(reply.status).toBe(403);
    expect(reply.body).toBe('{"message":"Missing Authentication Token"}');
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': 'MissingAuthenticationTokenException',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-amz-apigw-id': expect.stringMatching(/^[A-Za-z0-9+/]{15}=$/),
    });
  }
});

test('5.4: an unknown stage is forbidden; an unknown API, which on AWS has no name, is named', async () => {
  served = await serve({ methods: { 'GET /': {} } });
  const stage = await served.ask('GET', '', { target: `/restapis/${API_ID}/other/_user_request_/` });
  expect([stage.status, stage.body, stage.headers['x-amzn-errortype']]).toEqual([
    403,
    '{"message":"Forbidden"}',
    'ForbiddenException',
  ]);
  const api = await served.ask('GET', '', { target: '/restapis/nobody/test/_user_request_/' });
  expect([api.status, api.body, api.headers['x-rehearsal-refusal']]).toEqual([
    404,
    '{"message":"No API of this gateway has the id nobody"}',
    'unknown-api',
  ]);
});

test('5.4: an API whose default endpoint is disabled forbids all', async () => {
  served = await serve({ methods: { 'GET /': {} }, restApi: { disableExecuteApiEndpoint: true } });
  const { status, body } = await served.ask('GET', '/');
  expect([status, body]).toEqual([403, '{"message":"Forbidden"}']);
});

test('16.3: the host form leads to the same stage, whatever the port, and from pages of any origin', async () => {
  served = await serve({ methods: { 'GET /a': named('a'), 'GET /': named('root') } });
  const host = `${API_ID}.execute-api.localhost:${served.port}`;
  for (const [target, route] of [
    ['/test/a', 'a'],
    ['/test', 'root'],
    ['/test/', 'root'],
    ['/test/a?x=1', 'a'],
  ] as const) {
    const reply = await ask(served.port, 'GET', target, {
      headers: { host, origin: 'https://page.example' },
    });
    expect([target, reply.headers['x-route']]).toEqual([target, route]);
  }
  expect((await ask(served.port, 'GET', '/', { headers: { host } })).status).toBe(403);
  // Whatever is for no stage is for the control plane.
  for (const target of ['/test/a', `/restapis/${API_ID}/test/_user_request_s`, `/restapis/${API_ID}/test`]) {
    const { status, headers } = await ask(served.port, 'GET', target);
    expect([target, status, headers['x-amzn-errortype']]).toEqual([target, 404, 'UnknownOperationException']);
  }
});

test('16.3: a deployment is what was frozen, and moving the stage takes effect at once', async () => {
  served = await serve({ methods: { 'GET /a': named('first') } });
  expect(await routesOf('GET /a')).toEqual(['first']);
  served.deploy('second', { methods: { 'GET /a': named('second') } });
  expect(await routesOf('GET /a')).toEqual(['first']);
  served.updateStage({ deploymentId: 'second' });
  expect(await routesOf('GET /a')).toEqual(['second']);
});
