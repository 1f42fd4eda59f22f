import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Asking,
  type MethodSketch,
  type Reply,
  type Served,
  type Sketch,
  serve,
} from './invoke.fixture.ts';

/** A request as the back end saw it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let served: Served;
let backEnd: Server;
let seen: Seen[];
let answer: { status: number; headers: Record<string, string | string[]>; body: string | Buffer };
let address: string;

beforeEach(async () => {
  seen = [];
  answer = {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: '{"name": "Rex", "tags": ["a"]}',
  };
  backEnd = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>(resolve => {
    backEnd.listen(0, '127.0.0.1', resolve);
  });
  address = `127.0.0.1:${(backEnd.address() as AddressInfo).port}`;
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
  {
    verb = 'GET',
    path = '/pets/7',
    asking = {} as Asking,
    sketch = {} as MethodSketch,
    more = {} as Partial<Sketch>,
  } = {},
): Promise<Reply> {
  served = await serve({
    methods: {
      'ANY /pets/{petId}': {
        integration: {
          httpMethod: 'GET',
          uri: `http://${address}/animals`,
          requestTemplates: {},
          ...integration,
        },
        ...sketch,
      },
    },
    ...more,
  });
  return served.ask(verb, path, asking);
}

const INTERNAL = [500, '{"message": "Internal server error"}', 'InternalServerErrorException'];
const told = ({ status, body, headers }: Reply): readonly unknown[] => [
  status,
  body,
  headers['x-amzn-errortype'],
];

describe('16: HTTP', () => {
  test('16.2: the back end gets what is mapped and the gateway’s own headers, and nothing of the client', async () => {
    const reply = await through(
      {
        type: 'HTTP',
        uri: `http://${address}/animals/{id}?fixed=1`,
        requestParameters: {
          'integration.request.path.id': 'method.request.path.petId',
          'integration.request.querystring.page': 'method.request.querystring.p',
          'integration.request.querystring.all': 'method.request.multivaluequerystring.m',
          'integration.request.querystring.none': 'method.request.querystring.none',
          'integration.request.header.X-Mine': "'yes'",
          'integration.request.header.X-Stage': 'context.stage',
        },
      },
      { path: '/pets/a%2Fb?p=1%202&m=1&m=2', asking: { headers: { 'X-Secret': 's', Cookie: 'c' } } },
    );
    expect([reply.status, reply.body]).toEqual([200, '{"name": "Rex", "tags": ["a"]}']);
    const [request] = seen;
    expect(request?.url).toBe('/animals/a%2Fb?fixed=1&page=1%202&all=1&all=2');
    expect(request?.headers).toEqual({
      host: address,
      connection: 'keep-alive',
      accept: 'application/json',
      'user-agent': 'AmazonAPIGateway_abcdefghij',
      'x-amzn-apigateway-api-id': 'abcdefghij',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-mine': 'yes',
      'x-stage': 'test',
    });
    expect(reply.headers['x-amzn-trace-id']).toBe(request?.headers['x-amzn-trace-id']);
  });

  test('16.1: what is mapped into a path cannot end it', async () => {
    await through(
      {
        type: 'HTTP',
        uri: `http://${address}/animals/{id}/x`,
        requestParameters: { 'integration.request.path.id': 'method.request.querystring.q' },
      },
      { path: '/pets/7?q=a%3Fb%23c%20d%22' },
    );
    expect(seen[0]?.url).toBe('/animals/a%3Fb%23c%20d%22/x');
  });

  test('16.1: values come from the body too, by a path without its dollar', async () => {
    await through(
      {
        type: 'HTTP',
        httpMethod: 'POST',
        requestParameters: {
          'integration.request.header.Name': 'method.request.body.pet.name',
          'integration.request.header.None': 'method.request.body.pet.age',
        },
      },
      {
        verb: 'POST',
        asking: { body: '{"pet": {"name": "Rex"}}', headers: { 'Content-Type': 'application/json' } },
      },
    );
    expect(seen[0]).toMatchObject({
      body: '{"pet": {"name": "Rex"}}',
      headers: { name: 'Rex', 'content-type': 'application/json', 'content-length': '24' },
    });
    expect(seen[0]?.headers['none']).toBeUndefined();
  });

  test('3.6: the request template writes the body, and what it overrides goes before mappings', async () => {
    await through(
      {
        type: 'HTTP',
        httpMethod: 'POST',
        uri: `http://${address}/animals/{id}`,
        requestTemplates: {
          'application/json': `#set($context.requestOverride.path.id = "9")#set($context.requestOverride.header.x-a = "over")#set($context.requestOverride.querystring["q"] = "v"){"n": $input.json('$.n')}`,
        },
        requestParameters: {
          'integration.request.path.id': 'method.request.path.petId',
          'integration.request.header.X-A': "'under'",
        },
      },
      { verb: 'PUT', asking: { body: '{"n": [1, 2]}' } },
    );
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/animals/9?q=v', body: '{"n": [1,2]}' });
    expect(seen[0]?.headers['x-a']).toBe('over');
  });

  test('16.4: the status of the back end selects, its headers and body are mapped, its body is templated', async () => {
    answer.status = 404;
    answer.headers = { 'X-A': ['1', '2'], Server: 'theirs', 'Content-Type': 'application/json' };
    const reply = await through(
      { type: 'HTTP' },
      {
        sketch: {
          responses: {
            200: {},
            410: {
              selectionPattern: '4\\d{2}',
              responseParameters: {
                'method.response.header.Last': 'integration.response.header.x-a',
                'method.response.header.All': 'integration.response.multivalueheader.X-A',
                'method.response.header.Name': 'integration.response.body.name',
                'method.response.header.Server': 'integration.response.header.Server',
              },
              responseTemplates: { 'application/json': `{"was": "$input.path('$.name')"}` },
            },
          },
        },
      },
    );
    expect([reply.status, reply.body]).toEqual([410, '{"was": "Rex"}']);
    expect(reply.headers).toMatchObject({
      last: '2',
      all: '1, 2',
      name: 'Rex',
      'x-amzn-remapped-server': 'theirs',
      'content-type': 'application/json',
    });
    expect(reply.headers['x-a']).toBeUndefined();
  });

  test.each([['Content-Length'], ['Transfer-Encoding'], ['X-Amzn-Trace-Id'], ['x-amzn-apigateway-api-id']])(
    '16.2: a mapping of %s fails each request',
    async name => {
      const reply = await through({
        type: 'HTTP',
        requestParameters: { [`integration.request.header.${name}`]: "'1'" },
      });
      expect(told(reply)).toEqual(INTERNAL);
      expect(seen).toEqual([]);
    },
  );

  test('16.2: Authorization and its kin may be mapped towards HTTP', async () => {
    await through({ type: 'HTTP', requestParameters: { 'integration.request.header.Authorization': "'a'" } });
    expect(seen[0]?.headers.authorization).toBe('a');
  });
});

describe('3.1 and 3.2: what templates see of a back end', () => {
  const one = { foo: 'bar' };
  const three = { bigger: 'dict', to: 'test', with: 'separators' };
  test.each([
    ['$result', one, '{foo=bar}'],
    ['$result', three, '{bigger=dict, to=test, with=separators}'],
    ['$result', [one], '[{"foo":"bar"}]'],
    ['$result', { foo: [{ nested: 'bar' }] }, '{foo=[{"nested":"bar"}]}'],
    ['$result[0]', [one], '{foo=bar}'],
    ['$result[0]', [[one]], '[{"foo":"bar"}]'],
    ['$result.nested', { nested: one }, '{foo=bar}'],
    ['$result.nested', { nested: [one] }, '[{"foo":"bar"}]'],
    ['$result.toString()', one, '{foo=bar}'],
    ['$result.toString()', { list: [one] }, '{list=[{"foo":"bar"}]}'],
    ['{"body": $result, "nested": $result.nested}', undefined, '{"body": , "nested": }'],
    ['{"body": $result, "nested": $result.nested}', null, '{"body": , "nested": }'],
    ['{"body": $result, "nested": $result.nested}', [], '{"body": [], "nested": }'],
    ['#if($result == $null)null#end#if($result == "")empty#end', undefined, 'nullempty'],
    ['#if($result == $null)null#end#if($result == "")empty#end', [], ''],
  ])('3.1: %s of %j', async (template, json, expected) => {
    answer.body = JSON.stringify({ json });
    const responseTemplates = { 'application/json': `#set($result = $input.path("$.json"))${template}` };
    const { body } = await through(
      { type: 'HTTP' },
      { sketch: { responses: { 200: { responseTemplates } } } },
    );
    expect(body).toBe(expected);
  });

  test('3.2: an empty body reads as an empty object, and nothing within a body is reached by its name', async () => {
    answer.body = '';
    const responseTemplates = {
      'application/json': '$util.urlEncode($input.body)|$input.body.x|$util.urlEncode($none)|',
    };
    const { body } = await through(
      { type: 'HTTP' },
      { sketch: { responses: { 200: { responseTemplates } } } },
    );
    expect(body).toBe('%7B%7D|||');
  });
});

describe('16: HTTP_PROXY', () => {
  test('16.1 and 16.2: all of the client goes along, mapped values stand behind its own, ANY keeps the verb', async () => {
    await through(
      {
        type: 'HTTP_PROXY',
        httpMethod: 'ANY',
        requestParameters: {
          'integration.request.querystring.q': "'foo'",
          'integration.request.header.X-A': "'mapped'",
        },
      },
      {
        verb: 'PATCH',
        path: '/pets/7?q=bar&r=1&r=2',
        asking: {
          body: 'text',
          headers: { 'X-A': 'a', 'X-B': ['1', '2'], 'Content-Type': 'text/plain', Cookie: 'c=1' },
        },
      },
    );
    expect(seen[0]).toMatchObject({ method: 'PATCH', url: '/animals?q=bar&r=1&r=2&q=foo', body: 'text' });
    expect(seen[0]?.headers).toMatchObject({
      host: address,
      'x-a': 'mapped',
      'x-b': '1, 2',
      'content-type': 'text/plain',
      cookie: 'c=1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': String(served.port),
      'x-forwarded-proto': 'http',
      'x-amzn-apigateway-api-id': 'abcdefghij',
    });
  });

  test('16.2: of the answer all reaches the client, four headers under other names, three not at all', async () => {
    answer = {
      status: 418,
      headers: {
        Server: 'theirs',
        Date: 'then',
        Via: 'v',
        'X-A': 'a',
        'Set-Cookie': ['a=1', 'b=2'],
        'Content-Encoding': 'gzip',
        'Content-Type': 'text/plain',
        'Content-Length': String(gzipSync('hello').length),
        Connection: 'keep-alive',
      },
      body: gzipSync('hello'),
    };
    const reply = await through({ type: 'HTTP_PROXY' });
    expect([reply.status, reply.body]).toEqual([418, 'hello']);
    expect(reply.headers).toMatchObject({
      'x-amzn-remapped-server': 'theirs',
      'x-amzn-remapped-date': 'then',
      'x-amzn-remapped-content-length': String(gzipSync('hello').length),
      'x-amzn-remapped-connection': 'keep-alive',
      'x-a': 'a',
      'set-cookie': ['a=1', 'b=2'],
      'content-type': 'text/plain',
      'content-length': '5',
    });
    for (const name of ['via', 'content-encoding', 'server']) expect(reply.headers[name]).toBeUndefined();
  });

  test('16: a greedy path and bytes that are no text go through untouched', async () => {
    answer.body = Buffer.from([0xff, 0x00, 0xfe]);
    served = await serve({
      methods: {
        'ANY /{proxy+}': {
          integration: {
            type: 'HTTP_PROXY',
            httpMethod: 'ANY',
            uri: `http://${address}/base/{proxy}`,
            requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
          },
        },
      },
    });
    const reply = await served.ask('GET', '/a/b%20c//d/');
    expect(seen[0]?.url).toBe('/base/a/b%20c//d');
    expect([...reply.bytes]).toEqual([0xff, 0x00, 0xfe]);
  });
});

describe('8.4: stage variables in addresses', () => {
  const to = (uri: string, variables: Record<string, string>): Promise<Reply> =>
    through({ type: 'HTTP_PROXY', uri }, { more: { stage: { variables } } });

  test('8.4: they fill any part of an address', async () => {
    expect(
      (await to('http://${stageVariables.host}/${stageVariables.path}', { host: address, path: 'x' })).status,
    ).toBe(200);
    expect(seen[0]?.url).toBe('/x');
  });

  test.each([
    ['http://${stageVariables.none}/path'],
    ['http://${stageVariables.none}'],
    ['${stageVariables.none}'],
    ['http://a b/'],
    ['ftp://127.0.0.1/'],
  ])('8.4: %s is no address', async uri => {
    expect(told(await to(uri, {}))).toEqual(INTERNAL);
  });
});

describe('5.1: back ends that do not answer', () => {
  test('5.1: one that nobody listens on', async () => {
    const reply = await through({ type: 'HTTP_PROXY', uri: 'http://127.0.0.1:1/' });
    expect(told(reply)).toEqual([
      504,
      '{"message": "Network error communicating with endpoint"}',
      'InternalServerErrorException',
    ]);
  });

  test('5.1: one that says nothing, ends too early or speaks no HTTP', async () => {
    const sockets = new Set<Socket>();
    let says = '';
    const tcp = createTcpServer(socket => {
      sockets.add(socket);
      socket.on('error', () => {});
      if (says !== '') socket.end(says);
    });
    await new Promise<void>(resolve => {
      tcp.listen(0, '127.0.0.1', resolve);
    });
    const uri = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`;
    const timedOut = await through({ type: 'HTTP', uri, timeoutInMillis: 50 });
    expect(told(timedOut)).toEqual([
      504,
      '{"message": "Endpoint request timed out"}',
      'InternalServerErrorException',
    ]);
    for (const text of ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort', 'SSH-2.0-hello\r\n']) {
      says = text;
      expect((await served.ask('GET', '/pets/7')).status).toBe(504);
    }
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(resolve => {
      tcp.close(() => resolve());
    });
    expect(served.faults).toEqual([]);
  });

  test('5.1: an answer that begins and then stops is out of time too', async () => {
    const sockets = new Set<Socket>();
    const tcp = createTcpServer(socket => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort');
    });
    await new Promise<void>(resolve => {
      tcp.listen(0, '127.0.0.1', resolve);
    });
    const uri = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`;
    const { status, body } = await through({ type: 'HTTP', uri, timeoutInMillis: 50 });
    expect([status, body]).toEqual([504, '{"message": "Endpoint request timed out"}']);
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(resolve => {
      tcp.close(() => resolve());
    });
  });

  test('a back end that closes a kept connection under the next request is asked again, if that may be repeated', async () => {
    const sockets: Socket[] = [];
    const verbs: string[] = [];
    const tcp = createTcpServer(socket => {
      sockets.push(socket);
      socket.on('error', () => {});
      let asked = 0;
      socket.on('data', chunk => {
        verbs.push(/^\w+/.exec(chunk.toString())?.[0] ?? '');
        asked += 1;
        // The second request on any connection finds it closed.
        if (asked === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    await new Promise<void>(resolve => {
      tcp.listen(0, '127.0.0.1', resolve);
    });
    const uri = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`;
    await through({ type: 'HTTP_PROXY', httpMethod: 'ANY', uri });
    for (const verb of ['GET', 'GET', 'POST', 'POST', 'GET']) {
      expect([verb, (await served.ask(verb, '/pets/7')).body]).toEqual([verb, 'ok']);
    }
    // Two of four GETs were asked twice; no POST was.
    expect(verbs.toSorted()).toEqual(['GET', 'GET', 'GET', 'GET', 'GET', 'GET', 'POST', 'POST']);
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(resolve => {
      tcp.close(() => resolve());
    });
  });

  test('15: an answer of more than 10 MB is a configuration error', async () => {
    answer.body = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    expect(told(await through({ type: 'HTTP_PROXY' }))).toEqual(INTERNAL);
    answer.body = 'small';
    expect((await served.ask('GET', '/pets/7')).body).toBe('small');
  });

  test('a VPC link is not served and says so in the log', async () => {
    expect(told(await through({ type: 'HTTP', connectionType: 'VPC_LINK' }))).toEqual(INTERNAL);
  });
});
