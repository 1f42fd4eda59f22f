import { afterEach, describe, expect, test } from 'vitest';
import { type Asking, type MethodSketch, type Reply, type Served, serve } from './invoke.fixture.ts';

let served: Served;
afterEach(() => served.close());

const OK = '{"statusCode": 200}';

/** Asks `POST /pets/7` of a mock with these two templates. */
async function rendered(
  request: string,
  response: string,
  asking: Asking & { readonly query?: string } = {},
  more: MethodSketch['responses'] = {},
): Promise<Reply> {
  served = await serve({
    stage: { variables: { color: 'red' } },
    methods: {
      'POST /pets/{petId}': {
        integration: { requestTemplates: { 'application/json': request } },
        responses: { 200: { responseTemplates: { 'application/json': response } }, ...more },
      },
    },
  });
  return served.ask('POST', `/pets/7${asking.query ?? ''}`, asking);
}

describe('2: templates of a mock', () => {
  test('2.1: the request template chooses the status from the request', async () => {
    const request = `#if($input.params('scope') == 'internal'){"statusCode": 404}#else{"statusCode": 200}#end`;
    const responses = { 404: { selectionPattern: '404' } };
    expect((await rendered(request, '', { query: '?scope=internal' }, responses)).status).toBe(404);
    expect((await served.ask('POST', '/pets/7?scope=public')).status).toBe(200);
  });

  test('2.5: the response template sees the parameters, but neither the client’s body nor the mock’s', async () => {
    const { body } = await rendered(
      OK,
      `$input.params('petId')|$input.params('q')|$input.params('X-Me')|$input.body|$input.json('$')|$input.path('$.a')|`,
      { body: '{"a": 1}', query: '?q=a+b', headers: { 'X-Me': 'me' } },
    );
    expect(body).toBe('7|a b|me|{}|{}||');
  });

  test('2.5: what the request template overrides is there for the response template', async () => {
    const { body } = await rendered(
      `#set($context.requestOverride.path.id = $input.path('$.id'))#set($name = 'q')#set($context.requestOverride.querystring[$name] = 'b')#set($context.requestOverride.header.X-Mine = 'c')${OK}`,
      '$context.requestOverride.path.id $context.requestOverride.querystring.q $context.requestOverride.header.X-Mine',
      { body: '{"id": 5}' },
    );
    expect(body).toBe('5 b c');
  });

  test('2.5: status and header overridden by the request template reach the client without a response template', async () => {
    const request = `#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar")#set($context.responseOverride.custom = "c")${OK}`;
    const reply = await rendered(request, '$context.responseOverride.custom');
    expect([reply.status, reply.headers['foo'], reply.body]).toEqual([444, 'bar', 'c']);
    await served.close();
    const bare = await rendered(request, '', {}, { 200: {} });
    expect([bare.status, bare.headers['foo'], bare.body]).toEqual([444, 'bar', '']);
  });

  test('2.4: a template that fails while it renders, or cannot be read, is a configuration error', async () => {
    for (const [request, response] of [
      [OK, '#foreach($x in $y)'],
      ['#if(', ''],
      [OK, '#foreach($i in [1..5000])#foreach($j in [1..5000])$i$j#end#end'],
    ] as const) {
      const reply = await rendered(request, response);
      expect([reply.status, reply.body]).toEqual([500, '{"message": "Internal server error"}']);
      expect(served.faults).toEqual([]);
      await served.close();
    }
    served = await serve({ methods: {} });
  });
});

describe('3: templates', () => {
  test('3.1: an unset reference prints nothing, and maps print as Java prints them', async () => {
    const { body } = await rendered(
      `#set($context.responseOverride.custom = $input.path('$'))${OK}`,
      '[$none][$context.responseOverride.custom]',
      { body: '{"a": {"b": [1, {"c": 2}]}}' },
    );
    expect(body).toBe('[][{a={b=[1,{"c":2}]}}]');
  });

  test('3.2: repeated values count as the last one, and path goes before query before header', async () => {
    const { body } = await rendered(
      OK,
      `$input.params('q') $input.params('X-Two') $input.params('petId') $input.params().querystring.petId`,
      {
        query: '?q=1&q=2&petId=query',
        headers: { petId: 'header', 'X-Two': ['a', 'b'] },
      },
    );
    expect(body).toBe('2 b 7 query');
  });

  test('3.3 and 3.5: stage variables and context', async () => {
    const { body } = await rendered(
      OK,
      `$stageVariables.color \${stageVariables['color']} $stageVariables.none|$context.stage $context.resourcePath $context.path $context.httpMethod $context.identity.sourceIp $context.protocol $context.requestTime $context.requestTimeEpoch $context.isCanaryRequest|`,
    );
    expect(body).toBe(
      'red red |test /pets/{petId} /test/pets/7 POST 127.0.0.1 HTTP/1.1 25/Nov/2026:13:57:15 +0000 1795615035000 |',
    );
  });

  test('3.5: each name has the value of this request, in templates and without its dollar in mappings', async () => {
    const names = {
      accountId: '000000000000',
      apiId: 'abcdefghij',
      deploymentId: 'first1',
      domainName: 'abcdefghij.execute-api.localhost',
      domainPrefix: 'abcdefghij',
      httpMethod: 'POST',
      'identity.sourceIp': '127.0.0.1',
      'identity.userAgent': 'me/1',
      path: '/test/pets/7',
      protocol: 'HTTP/1.1',
      requestId: '11111111-2222-3333-4444-555555555555',
      requestTime: '25/Nov/2026:13:57:15 +0000',
      requestTimeEpoch: '1795615035000',
      resourceId: 'r20000',
      resourcePath: '/pets/{petId}',
      stage: 'test',
    };
    // Those that nobody sets: of authorizers, clients that identify themselves, errors and access logs.
    const unset = [
      'authorizer.principalId',
      'identity.user',
      'identity.apiKey',
      'isCanaryRequest',
      'error.message',
      'error.messageString',
      'error.responseType',
      'status',
      'responseLength',
      'integrationLatency',
      'wafResponseCode',
    ];
    const all = [...Object.keys(names), ...unset];
    const { body, headers } = await rendered(
      OK,
      '',
      { headers: { 'User-Agent': 'me/1', 'X-Amzn-RequestId': names.requestId } },
      {
        200: {
          responseParameters: Object.fromEntries(
            all.map(name => [`method.response.header.X-${name}`, `context.${name}`]),
          ),
          responseTemplates: { 'application/json': all.map(name => `$context.${name}`).join('\n') },
        },
      },
    );
    expect(body.split('\n')).toEqual([...Object.values(names), ...unset.map(() => '')]);
    expect(all.map(name => headers[`x-${name.toLowerCase()}`])).toEqual([
      ...Object.values(names),
      ...unset.map(() => undefined),
    ]);
  });

  test('3.5: the whole context prints in its order, with what a template put there', async () => {
    const { body } = await rendered(
      `#set($context.mine = 1)${OK}`,
      '$context.size() $context.containsKey("stage")#foreach($key in $context.keySet()) $key#end',
    );
    expect(body).toBe(
      '19 true accountId apiId deploymentId domainName domainPrefix extendedRequestId httpMethod identity path protocol requestId requestTime requestTimeEpoch resourceId resourcePath stage requestOverride responseOverride mine',
    );
  });

  test('3.5: what a template takes out of the context stays out', async () => {
    const { body } = await rendered(
      `#set($gone = $context.remove("stage"))${OK}`,
      '$gone $context.stage $context.size() $context.apiId',
    );
    expect(body).toBe('  17 abcdefghij');
  });

  test('3.4: $util', async () => {
    const { body } = await rendered(
      OK,
      `$util.urlEncode('{"some": "value"}') $util.base64Encode('ä') $util.parseJson('{"a": [1]}').a[0]`,
    );
    expect(body).toBe('%7B%22some%22%3A+%22value%22%7D w6Q= 1');
  });

  test('3.6: overrides take the place of mapped headers, lists are joined, and no status is no override', async () => {
    const reply = await rendered(
      OK,
      `#set($context.responseOverride.header.mapped = "over")#set($context.responseOverride.header.list = ["a", "b"])#set($context.responseOverride.status = 999)`,
      {},
      {
        200: {
          responseParameters: { 'method.response.header.Mapped': "'under'" },
          responseTemplates: {
            'application/json': `#set($context.responseOverride.header.mapped = "over")#set($context.responseOverride.header.list = ["a", "b"])#set($context.responseOverride.status = 999)`,
          },
        },
      },
    );
    expect([reply.status, reply.headers['mapped'], reply.headers['list']]).toEqual([200, 'over', 'a,b']);
  });

  test('3.6: overrides are written by dots, by brackets, by both, and by put', async () => {
    const { body } = await rendered(
      `#set($context.requestOverride.querystring.a = 1)#set($context.requestOverride.querystring["b"] = 2)#set($context["requestOverride"].querystring["c"] = 3)#set($v = $context.requestOverride.querystring.put("d", 4))${OK}`,
      '$context.requestOverride.querystring',
    );
    expect(body).toBe('{a=1, b=2, c=3, d=4}');
  });

  test.each([
    ['#set($context.responseOverride.status = 201)#set($context.responseOverride.status = 202)'],
    ['#set($context.responseOverride.header.x = 1)#set($context.responseOverride.header.x = 2)'],
    ['#set($context.requestOverride.path.x = 1)$context.requestOverride.path.put("x", 2)'],
  ])('3.6: one parameter cannot be overridden twice: %s', async template => {
    const reply = await rendered(OK, template);
    expect([reply.status, reply.body]).toEqual([500, '{"message": "Internal server error"}']);
  });

  test('3.6: a status that is no final answer of HTTP is a configuration error', async () => {
    const reply = await rendered(OK, '#set($context.responseOverride.status = 101)');
    expect([reply.status, reply.body]).toEqual([500, '{"message": "Internal server error"}']);
  });

  test('3.6: a header that a template writes cannot end its line', async () => {
    const reply = await rendered(`#set($context.responseOverride.header.x = $input.params('q'))${OK}`, '', {
      query: '?q=a%0D%0AInjected:%20yes%C3%A4',
    });
    expect([reply.status, reply.headers['injected']]).toEqual([200, undefined]);
    expect(Buffer.from(reply.headers['x'] as string, 'latin1').toString()).toBe('a  Injected: yesä');
  });
});
