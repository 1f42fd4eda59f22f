import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../model.ts';
import { contractFromText } from '../read.ts';
import { matchPath, parsePathTemplate } from './path-template.ts';
import { describeFault, type RequestCheck, validateRequest, type WireRequest } from './request.ts';

function operation(yaml: string, components = ''): Operation {
  const { contract, problems } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: '1' }\n${components}\npaths:\n  ${yaml.trim()}`,
  );
  const first = contract?.operations[0];
  if (first === undefined) throw new Error(JSON.stringify(problems.map(problem => problem.message)));
  return first;
}

function send(
  to: Operation,
  target: string,
  rest: Partial<WireRequest> & { readonly text?: string } = {},
): RequestCheck {
  const [path = '', query = ''] = target.split('?');
  const body = rest.text === undefined ? undefined : new TextEncoder().encode(rest.text);
  const request: WireRequest = { method: to.method, path, query, headers: {}, body, ...rest };
  return validateRequest(to, request, matchPath(parsePathTemplate(to.path), path) ?? new Map());
}

function told(check: RequestCheck): readonly string[] {
  return check.faults.map(describeFault);
}

const JSON_TYPE = { 'content-type': 'application/json' };

const PETS = operation(`
  /pets/{id}:
    post:
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
        - { name: limit, in: query, required: true, schema: { type: integer, maximum: 10 } }
        - { name: tags, in: query, schema: { type: array, items: { enum: [a, b] } } }
        - { name: empty, in: query, allowEmptyValue: true, schema: { type: integer } }
        - { name: X-Trace, in: header, schema: { type: string, minLength: 3 } }
        - { name: constructor, in: header, schema: { type: string } }
        - { name: session, in: cookie, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                id: { type: integer, readOnly: true }
                name: { type: string }
                age: { type: integer }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { name: { type: string }, age: { type: integer } } }
      responses: {}
`);

describe('parameters and bodies', () => {
  test('a good request has values and no faults', () => {
    const check = send(PETS, '/pets/7?limit=3&tags=a&tags=b&empty=&x=1', {
      headers: { ...JSON_TYPE, 'x-trace': 'abc', cookie: 'a=b; session=s%20t' },
      text: '{"name":"Rex","age":9007199254740993}',
    });
    expect(check.faults).toEqual([]);
    expect(Object.fromEntries(check.values)).toEqual({
      'path.id': 7,
      'query.limit': 3,
      'query.tags': ['a', 'b'],
      'query.empty': '',
      'header.X-Trace': 'abc',
      'cookie.session': 's t',
    });
    expect(check.body).toEqual({ name: 'Rex', age: 9007199254740993n });
    expect(check.unchecked).toEqual([]);
  });

  test('all faults at once, each with its place in the document', () => {
    const check = send(PETS, '/pets/0?limit=x&tags=a&tags=c&empty=x', {
      headers: { ...JSON_TYPE, 'x-trace': 'a' },
      text: '{"age":"old"}',
    });
    expect(check.faults.map(({ where, name, pointer, keyword }) => [where, name, pointer, keyword])).toEqual([
      ['path', 'id', '', 'minimum'],
      ['query', 'limit', '', 'type'],
      ['query', 'tags', '/1', 'enum'],
      ['query', 'empty', '', 'type'],
      ['header', 'X-Trace', '', 'minLength'],
      ['body', undefined, '', 'required'],
      ['body', undefined, '/age', 'type'],
    ]);
    expect(check.faults[0]?.schema?.pointer).toBe('/paths/~1pets~1{id}/post/parameters/0/schema/minimum');
    expect(told(check)[0]).toBe('path parameter "id": must be at least 1, is 0');
  });

  test('what is required and was not sent', () => {
    expect(told(send(PETS, '/pets/1', { headers: JSON_TYPE }))).toEqual([
      'query parameter "limit": is required, and was not sent',
      'body: is required, and was not sent',
    ]);
  });

  test('what cannot be read', () => {
    const check = send(PETS, '/pets/%zz?limit=%ff', { headers: JSON_TYPE, text: '{"name":' });
    expect(told(check)).toEqual([
      'path parameter "id": "%zz" is not percent-encoded UTF-8',
      'query parameter "limit": "%ff" is not percent-encoded UTF-8',
      'body: the body is not JSON: the text ends inside the object that begins on line 1 (line 1, column 9)',
    ]);
    expect(check.faults.every(fault => fault.keyword === 'malformed')).toBe(true);
  });

  test.each([
    [
      { 'content-type': 'text/plain' },
      'Content-Type: must be application/json or application/x-www-form-urlencoded, is "text/plain"',
    ],
    [{}, 'Content-Type: must be application/json or application/x-www-form-urlencoded, and was not sent'],
    [
      { 'content-type': 'application/json; charset=utf-16' },
      'body: JSON is UTF-8, and this body says it is utf-16',
    ],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, undefined],
  ])('content type %j: %s', (headers, message) => {
    const check = send(PETS, '/pets/1?limit=1', { headers, text: '{"name":"x"}' });
    expect(told(check)).toEqual(message === undefined ? [] : [message]);
  });

  test('a form body has the types of its schema', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(send(PETS, '/pets/1?limit=1', { headers, text: 'name=5&age=5' }).body).toEqual({
      name: '5',
      age: 5,
    });
    expect(told(send(PETS, '/pets/1?limit=1', { headers, text: 'age=x' }))).toEqual([
      'body at /age: must be an integer, is a string',
    ]);
  });

  test('an operation without a body ignores one; an optional one may be missing or empty', () => {
    const open = operation('/: { get: { responses: {} } }');
    expect(send(open, '/?a=1', { headers: JSON_TYPE, text: '{' })).toEqual({
      faults: [],
      values: new Map(),
      body: undefined,
      unchecked: [],
    });
    const optional = operation(
      '/: { post: { requestBody: { content: { application/json: { schema: { type: object } } } }, responses: {} } }',
    );
    expect(told(send(optional, '/', { headers: JSON_TYPE, text: '' }))).toEqual([]);
    expect(told(send(optional, '/', { text: '[]' }))).toEqual(['body: must be an object, is an array']);
    const text = operation(
      '/: { post: { requestBody: { required: true, content: { text/plain: { schema: { type: string } } } }, responses: {} } }',
    );
    expect(send(text, '/', { headers: { 'content-type': 'text/plain' }, text: '' }).body).toBe('');
  });

  test('a body that is not read is not passed as checked', () => {
    const mixed = operation(
      '/: { post: { requestBody: { content: { multipart/mixed: { schema: { type: object } }, application/pdf: {} } }, responses: {} } }',
    );
    const parts = { 'content-type': 'multipart/mixed; boundary=b' };
    expect(send(mixed, '/', { headers: parts, text: '--b--' }).unchecked).toEqual([
      'body: only multipart/form-data is read, no other multipart type',
    ]);
    expect(
      send(mixed, '/', { headers: { 'content-type': 'application/pdf' }, text: '%PDF' }).unchecked,
    ).toEqual([]);
  });

  describe('XML', () => {
    const id = '{ type: integer, xml: { attribute: true } }';
    const tags = '{ type: array, minItems: 1, items: { type: string, maxLength: 3, xml: { name: tag } } }';
    const schema = `{ type: object, required: [id, tags], xml: { name: pet }, properties: { id: ${id}, tags: ${tags} } }`;
    const xml = operation(
      `/: { post: { requestBody: { required: true, content: { application/xml: { schema: ${schema} } } }, responses: {} } }`,
    );
    test.each([
      ['<pet id="7"><tag>a</tag></pet>', []],
      ['<pet id="x"><tag>a</tag></pet>', ['body at /id: must be an integer, is a string']],
      [
        '<pet id="7"><tag>a</tag><tag>long</tag></pet>',
        ['body at /tags/1: must have at most 3 characters, has 4'],
      ],
      ['<pet/>', ['body: must have property "id"', 'body at /tags: must have at least 1 item, has 0']],
      ['<dog id="7"/>', ['body: the element /dog stands where <pet> is documented']],
      ['<pet id="7">', ['body: the body is not XML: <pet> that is not closed (line 1, column 13)']],
      ['', ['body: is required, and was not sent']],
      [
        '<!DOCTYPE pet [<!ENTITY a "a">]><pet id="7"><tag>&a;</tag></pet>',
        ['body: the body declares a document type, which is refused because it may declare entities'],
      ],
    ])('%s', (text, expected) => {
      const headers = { 'content-type': 'application/xml' };
      expect(told(send(xml, '/', { headers, text })).toSorted()).toEqual(expected.toSorted());
    });
  });

  test('a body in a content coding is not held against anything', () => {
    const json = operation(
      '/: { post: { requestBody: { content: { application/json: { schema: { type: object } } } }, responses: {} } }',
    );
    const coded = (coding: string): RequestCheck =>
      send(json, '/', { headers: { ...JSON_TYPE, 'content-encoding': coding }, text: '[]' });
    expect([told(coded('gzip')), coded('gzip').unchecked]).toEqual([
      [],
      ['body: the content coding gzip is not taken off'],
    ]);
    expect(told(coded('identity'))).toEqual(['body: must be an object, is an array']);
  });

  test('items of a sequence are held against itemSchema, each with its index', () => {
    const { contract } = contractFromText(`openapi: 3.2.0
info: { title: T, version: '1' }
paths: { /: { post: { requestBody: { content: { application/jsonl: { itemSchema: { type: object, properties: { a: { type: integer } } } } } }, responses: {} } } }`);
    const lines = contract?.operations[0] as Operation;
    const headers = { 'content-type': 'application/jsonl' };
    expect(told(send(lines, '/', { headers, text: '{"a":1}\n{"a":"x"}\n3' }))).toEqual([
      'body at /1/a: must be an integer, is a string',
      'body at /2: must be an object, is an integer',
    ]);
  });

  test('a readOnly property is no fault to leave out', () => {
    const create = operation(
      '/: { post: { requestBody: { content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer, readOnly: true } } } } } }, responses: {} } }',
    );
    expect(told(send(create, '/', { headers: JSON_TYPE, text: '{}' }))).toEqual([]);
  });

  test('a parameter that the path has no variable for is told, not refused', () => {
    const odd = operation(
      '/a: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: integer } }], responses: {} } }',
    );
    expect(send(odd, '/a')).toMatchObject({
      faults: [],
      unchecked: ['the path has no variable for the parameter "id"'],
    });
    const proxy = operation(
      "'/{proxy+}': { get: { parameters: [{ name: proxy, in: path, required: true, schema: { type: string } }], responses: {} } }",
    );
    expect(send(proxy, '/a/b').values.get('path.proxy')).toBe('a/b');
  });

  test('an exploded object leaves the neighbours and the API key alone', () => {
    const search = operation(
      `/:
    get:
      security: [{ key: [] }]
      parameters:
        - { name: filter, in: query, schema: { type: object, additionalProperties: { type: integer } } }
        - { name: page, in: query, schema: { type: string } }
      responses: {}`,
      'components: { securitySchemes: { key: { type: apiKey, in: query, name: api_key } } }',
    );
    const check = send(search, '/?page=x&a=1&api_key=k');
    expect(told(check)).toEqual([]);
    expect(check.values.get('query.filter')).toEqual({ a: 1 });
  });
});

describe('credentials', () => {
  const SCHEMES = `components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    basic: { type: http, scheme: Basic }
    digest: { type: http, scheme: digest }
    header: { type: apiKey, in: header, name: X-Key }
    query: { type: apiKey, in: query, name: key }
    cookie: { type: apiKey, in: cookie, name: sid }
    oauth: { type: oauth2, flows: {} }
    oidc: { type: openIdConnect, openIdConnectUrl: 'https://example.com' }
    tls: { type: mutualTLS }`;
  const secured = (security: string): Operation =>
    operation(`/: { get: { security: ${security}, responses: {} } }`, SCHEMES);
  const faults = (security: string, headers: WireRequest['headers'], query = ''): readonly string[] =>
    told(send(secured(security), `/?${query}`, { headers }));

  test.each([
    ['[{ bearer: [] }]', { authorization: 'bearer abc.def-_~+/==' }],
    ['[{ bearer: [] }]', { authorization: 'Bearer   1|abc' }],
    ['[{ basic: [] }]', { authorization: `Basic ${btoa('a:b')}` }],
    ['[{ basic: [] }]', { authorization: `Basic ${btoa(':')}` }],
    ['[{ digest: [] }]', { authorization: 'Digest username="x"' }],
    ['[{ oauth: [read] }]', { authorization: 'Bearer x' }],
    ['[{ oidc: [] }]', { authorization: ['Bearer x'] }],
    ['[{ header: [] }]', { 'x-key': 'k' }],
    ['[{ cookie: [] }]', { cookie: 'a=1; sid=2' }],
    ['[{ bearer: [] }, { header: [] }]', { 'x-key': 'k' }],
    ['[{ bearer: [], header: [] }]', { 'x-key': 'k', authorization: 'Bearer x' }],
    ['[{ bearer: [] }, {}]', {}],
    ['[{}]', {}],
    ['[]', {}],
  ])('%s with %j', (security, headers) => {
    expect(faults(security, headers)).toEqual([]);
  });

  test.each([
    ['[{ bearer: [] }]', {}, 'credentials: needs "Authorization: Bearer …"'],
    [
      '[{ bearer: [] }]',
      { authorization: 'Bearer' },
      'credentials: needs "Authorization: Bearer …", and something else was sent',
    ],
    [
      '[{ bearer: [] }]',
      { authorization: 'Bearer a b' },
      'credentials: needs "Authorization: Bearer …", and the one sent is malformed',
    ],
    [
      '[{ bearer: [] }]',
      { authorization: 'Basic YTpi' },
      'credentials: needs "Authorization: Bearer …", and something else was sent',
    ],
    [
      '[{ basic: [] }]',
      { authorization: 'Basic YWI=' },
      'credentials: needs "Authorization: Basic …", and the one sent is malformed',
    ],
    [
      '[{ basic: [] }]',
      { authorization: 'Basic é' },
      'credentials: needs "Authorization: Basic …", and the one sent is malformed',
    ],
    ['[{ header: [] }]', { 'x-key': ' ' }, 'credentials: needs a key in the header "X-Key"'],
    ['[{ cookie: [] }]', { cookie: 'sid=' }, 'credentials: needs a key in the cookie "sid"'],
    ['[{ query: [] }]', {}, 'credentials: needs a key in the query parameter "key"'],
    [
      '[{ bearer: [], header: [] }]',
      {},
      'credentials: needs "Authorization: Bearer …" and a key in the header "X-Key"',
    ],
    [
      '[{ oauth: [] }, { header: [] }]',
      {},
      'credentials: needs "Authorization: Bearer …", or a key in the header "X-Key"',
    ],
  ])('%s with %j: %s', (security, headers, message) => {
    expect(faults(security, headers)).toEqual([message]);
  });

  test('the fault names the schemes when only one alternative asks', () => {
    expect(send(secured('[{ bearer: [], header: [] }]'), '/').faults[0]?.name).toBe('bearer and header');
    expect(send(secured('[{ bearer: [] }, { header: [] }]'), '/').faults[0]?.name).toBeUndefined();
  });

  test('a key in the query', () => {
    expect(faults('[{ query: [] }]', {}, 'key=%20x')).toEqual([]);
  });

  test('what cannot be seen is said, and refuses nobody', () => {
    expect(send(secured('[{ tls: [] }]'), '/')).toMatchObject({
      faults: [],
      unchecked: ['the client certificate of "tls" cannot be seen in a request'],
    });
    expect(send(secured('[{ nobody: [] }]'), '/')).toMatchObject({
      faults: [],
      unchecked: ['the security scheme "nobody" is not defined'],
    });
    expect(
      send(secured('[{ tls: [] }, { header: [] }]'), '/', { headers: { 'x-key': 'k' } }).unchecked,
    ).toEqual([]);
  });
});

describe('what strangers send', () => {
  const open = operation(`
  /a/{x}:
    post:
      parameters:
        - { name: x, in: path, required: true, schema: { type: string } }
        - { name: __proto__, in: query, schema: { type: string } }
        - { name: f, in: query, style: deepObject, schema: { type: object, additionalProperties: { type: array, items: { type: integer } } } }
        - { name: o, in: query, schema: { type: object, properties: { z: { type: integer } }, additionalProperties: { type: string } } }
        - { name: __proto__, in: header, schema: { type: integer } }
        - { name: constructor, in: cookie, schema: { type: integer } }
      requestBody: { content: { application/json: { schema: {} }, multipart/form-data: { schema: {} }, application/x-www-form-urlencoded: { schema: {} }, '*/*': { schema: {} } } }
      responses: {}
`);

  test('ten thousand query parameters', () => {
    const query = Array.from(
      { length: 10_000 },
      (_, index) => `f[${index}]=${index}&p${index}=${index}`,
    ).join('&');
    const check = send(open, `/a/b?${query}`);
    expect(check.faults).toEqual([]);
    expect(Object.keys(check.values.get('query.f') as object)).toHaveLength(10_000);
  });

  test('__proto__ in every place', () => {
    const check = send(open, '/a/__proto__?__proto__=1&f[__proto__]=2', {
      headers: {
        ...JSON_TYPE,
        ...Object.fromEntries([['__proto__', '3']]),
        cookie: '__proto__=4; constructor=5',
      },
      text: '{"__proto__":{"polluted":true}}',
    });
    expect(check.faults).toEqual([]);
    expect(check.values.get('query.__proto__')).toBe('1');
    expect(check.values.get('cookie.constructor')).toBe(5);
    expect(Object.keys(check.values.get('query.f') as object)).toEqual(['__proto__']);
    expect(Object.keys(check.body as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(send(open, '/a/b', { headers: {} }).values.has('header.__proto__')).toBe(false);
  });

  test('NUL bytes and lone surrogates', () => {
    const check = send(open, '/a/%00?__proto__=%00\ud800', { headers: JSON_TYPE, text: '"\\u0000\\ud800"' });
    expect(check.faults).toEqual([]);
    expect(check.values.get('path.x')).toBe('\0');
    expect(check.body).toBe('\0\ud800');
    expect(
      told(send(open, '/a/b', { headers: JSON_TYPE, body: new Uint8Array([0x22, 0xff, 0x22]) })),
    ).toEqual(['body: the body is not UTF-8']);
  });

  test('a body nested without end is refused, not followed', () => {
    expect(told(send(open, '/a/b', { headers: JSON_TYPE, text: '['.repeat(1_000_000) }))).toEqual([
      'body: the body is not JSON: nested more than 1000 levels deep (line 1, column 1001)',
    ]);
  });

  test('nothing makes it throw', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'f[',
        'f[a]',
        '%',
        '%ff',
        '=',
        '&',
        '__proto__',
        'o=',
        'z=1',
        '--b',
        '\r\n',
        ';',
        '{',
        '"',
      ),
    );
    const text = fc.array(piece, { maxLength: 8 }).map(parts => parts.join(''));
    const type = fc.oneof(
      fc.constantFrom(
        'application/json',
        'multipart/form-data; boundary=b',
        'application/x-www-form-urlencoded',
        'text/plain',
        'a/b',
      ),
      text,
    );
    fc.assert(
      fc.property(
        text,
        text,
        text,
        type,
        fc.oneof(
          fc.uint8Array(),
          text.map(body => new TextEncoder().encode(body)),
        ),
        (x, query, header, contentType, body) => {
          validateRequest(
            open,
            {
              method: 'POST',
              path: `/a/${x}`,
              query,
              headers: { cookie: header, authorization: header, 'content-type': contentType },
              body,
            },
            new Map([['x', x]]),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
