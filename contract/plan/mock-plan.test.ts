import { describe, expect, test } from 'vitest';
import type { Operation } from '../model.ts';
import { contractFromValue } from '../read.ts';
import { type Answer, mockPlan } from './mock-plan.ts';

/** The plan of an operation with these responses. */
function planOf(
  responses: unknown,
  schemas: unknown = {},
  version = '3.1.1',
  method = 'get',
): ReturnType<typeof mockPlan> {
  return mockPlan(operationWith(responses, schemas, version, method));
}

function operationWith(responses: unknown, schemas: unknown, version: string, method: string): Operation {
  const { contract } = contractFromValue({
    openapi: version,
    info: { title: 'T', version: '1' },
    paths: { '/a': { [method]: { responses } } },
    components: { schemas },
  });
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

/** The plan of one 200 response with this content. */
function contentPlan(
  content: unknown,
  schemas: unknown = {},
  version = '3.1.1',
): ReturnType<typeof mockPlan> {
  return planOf({ 200: { description: 'fine', content } }, schemas, version);
}

function text({ body }: Answer): string | undefined {
  return body === undefined ? undefined : new TextDecoder().decode(body);
}

function firstText(content: unknown, schemas: unknown = {}, version = '3.1.1'): string | undefined {
  const [answer] = contentPlan(content, schemas, version).answers;
  return answer && text(answer);
}

const INTEGER = { type: 'integer' };

describe('the order of answers', () => {
  test('the usual response first, then the document order of responses, media types and named examples', () => {
    const { answers, responses } = planOf({
      404: { description: 'no' },
      default: { description: 'else', content: { 'text/plain': { example: 'oh' } } },
      200: {
        description: 'fine',
        content: {
          'application/json': { schema: INTEGER, examples: { one: { value: 1 }, two: { value: 2 } } },
          'text/plain': { example: 'three' },
        },
      },
    });
    expect(
      answers.map(answer => [answer.status, answer.statusKey, answer.mediaType, answer.name, text(answer)]),
    ).toEqual([
      [200, '200', 'application/json', 'one', '1'],
      [200, '200', 'application/json', 'two', '2'],
      [200, '200', 'text/plain', undefined, 'three'],
      [404, '404', undefined, undefined, undefined],
      [500, 'default', 'text/plain', undefined, 'oh'],
    ]);
    // JavaScript puts integer keys first, so only `default` is left to tell document order.
    expect(responses.map(({ statusKey }) => statusKey)).toEqual(['200', '404', 'default']);
  });

  test('the same operation has the same plan', () => {
    const operation = operationWith({ 200: { description: 'fine' } }, {}, '3.1.1', 'get');
    expect(mockPlan(operation)).toBe(mockPlan(operation));
  });

  test('an operation without responses answers 200 with nothing', () => {
    expect(planOf({}).answers).toMatchObject([
      { status: 200, statusKey: undefined, origin: 'empty', body: undefined },
    ]);
  });

  test('1XX is never answered with', () => {
    const plan = planOf({ 101: { description: 'upgrade' }, 200: { description: 'fine' } });
    expect(plan.answers.map(({ status }) => status)).toEqual([200]);
    expect(plan.problems.map(({ rule }) => rule)).toEqual(['response-not-answered']);
  });
});

describe('what a body is made of', () => {
  test('named examples before the single one, before those of the schema, before a sample', () => {
    const schema = { ...INTEGER, examples: [3] };
    expect(firstText({ 'application/json': { schema, example: 2, examples: { one: { value: 1 } } } })).toBe(
      '1',
    );
    expect(firstText({ 'application/json': { schema, example: 2 } })).toBe('2');
    expect(firstText({ 'application/json': { schema } })).toBe('3');
    expect(firstText({ 'application/json': { schema: { ...INTEGER, default: 4 } } })).toBe('4');
    expect(contentPlan({ 'application/json': { schema } }).answers[0]?.origin).toBe('schema');
    expect(contentPlan({ 'application/json': { schema: INTEGER } }).answers[0]?.origin).toBe('sample');
  });

  test('an example that breaks its schema is passed over, and a problem says which and why', () => {
    const plan = contentPlan({
      'application/json': { schema: INTEGER, examples: { wrong: { value: 'one' }, right: { value: 1 } } },
    });
    expect(plan.answers.map(answer => [answer.name, text(answer)])).toEqual([['right', '1']]);
    expect(plan.problems).toMatchObject([
      {
        rule: 'example-invalid',
        source: { pointer: '/paths/~1a/get/responses/200/content/application~1json/examples/wrong' },
      },
    ]);
    expect(plan.problems[0]?.message).toContain('"wrong"');
  });

  test('where every example is wrong, the schema speaks', () => {
    const plan = contentPlan({
      'application/json': {
        schema: { ...INTEGER, minimum: 5 },
        examples: { wrong: { value: 1 } },
        example: 2,
      },
    });
    expect(plan.answers.map(answer => [answer.name, answer.origin, text(answer)])).toEqual([
      [undefined, 'sample', '5'],
    ]);
  });

  test('where nothing can be right, the example is sent and a problem says so', () => {
    const plan = contentPlan({
      'application/json': { schema: { allOf: [INTEGER, { type: 'string' }] }, example: 'best' },
    });
    expect(plan.answers.map(answer => [answer.origin, text(answer)])).toEqual([['example', '"best"']]);
    expect(plan.problems.map(({ rule }) => rule)).toContain('answer-breaks-schema');
  });

  test('a header that no message can carry is a problem too', () => {
    const plan = planOf({
      200: {
        description: 'x',
        headers: { 'X-Lines': { schema: { const: 'a\nb' } }, 'X-Name': { schema: { const: 'Zoë' } } },
      },
    });
    expect(plan.answers[0]?.headers[0]).toEqual(['X-Lines', 'a%0Ab']);
    expect(plan.problems.map(({ rule, source }) => [rule, source.pointer.split('/').at(-1)])).toContainEqual([
      'answer-breaks-schema',
      'X-Lines',
    ]);
  });

  test('JSON written as a text is sent as it stands when it is right then', () => {
    const schema = { type: 'object', required: ['id'], properties: { id: INTEGER } };
    expect(firstText({ 'application/json': { schema, example: '{ "id": 1 }' } })).toBe('{ "id": 1 }');
    expect(firstText({ 'application/json': { schema, example: '{ "id": "x" }' } })).not.toContain('x');
  });

  test('writeOnly properties stay at home, in examples as in samples', () => {
    const schema = {
      type: 'object',
      required: ['id', 'password'],
      properties: { id: INTEGER, password: { type: 'string', writeOnly: true } },
    };
    expect(firstText({ 'application/json': { schema, example: { id: 1, password: 'x' } } })).toBe('{"id":1}');
    expect(firstText({ 'application/json': { schema } })).not.toContain('password');
  });

  test('a writeOnly property that another alternative needs is kept', () => {
    const kind = (name: string, secret: object): object => ({
      required: ['kind', 'secret'],
      properties: { kind: { const: name }, secret },
    });
    const schema = {
      oneOf: [kind('in', { type: 'string', writeOnly: true }), kind('out', { type: 'string' })],
    };
    const example = { kind: 'out', secret: 'x' };
    expect(firstText({ 'application/json': { schema, example } })).toBe('{"kind":"out","secret":"x"}');
    expect(firstText({ 'application/json': { schema, example: { ...example, kind: 'in' } } })).toBe(
      '{"kind":"in"}',
    );
  });

  test('large integers keep their digits', () => {
    expect(
      firstText({ 'application/json': { schema: { type: 'integer', minimum: 9007199254740993n } } }),
    ).toBe('9007199254740993');
  });

  test('keys called __proto__ come through', () => {
    const example = JSON.parse('{"__proto__":{"a":1},"constructor":2}');
    expect(firstText({ 'application/json': { schema: { type: 'object' }, example } })).toBe(
      '{"__proto__":{"a":1},"constructor":2}',
    );
  });

  test('3.2: serializedValue is sent as it stands', () => {
    expect(
      firstText({ 'application/json': { examples: { a: { serializedValue: '{"a": 1 }' } } } }, {}, '3.2.0'),
    ).toBe('{"a": 1 }');
  });
});

describe('how a body is written', () => {
  const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const pet = {
    type: 'object',
    properties: { id: INTEGER, name: { type: 'string' } },
    required: ['id', 'name'],
  };
  const example = { id: 1, name: 'a b' };

  test.each([
    ['application/json', { schema: pet, example }, '{"id":1,"name":"a b"}'],
    ['application/vnd.api+json', { schema: pet, example }, '{"id":1,"name":"a b"}'],
    ['application/problem+json; charset=utf-8', { example }, '{"id":1,"name":"a b"}'],
    ['text/plain', { example: 'hello' }, 'hello'],
    ['text/plain', { schema: INTEGER, example: 7 }, '7'],
    ['text/csv', { example: 'a,b\n1,2\n' }, 'a,b\n1,2\n'],
    ['application/yaml', { schema: pet, example }, '{"id":1,"name":"a b"}'],
    [
      'application/xml',
      { schema: { $ref: '#/components/schemas/Pet' }, example },
      `${XML}<Pet><id>1</id><name>a b</name></Pet>\n`,
    ],
    [
      'application/xml',
      { schema: pet, example: '<pet><id>1</id><name/></pet>' },
      '<pet><id>1</id><name/></pet>',
    ],
    ['application/xml', { schema: { type: 'string' }, example: 'a<b' }, `${XML}<root>a&lt;b</root>\n`],
    ['application/x-www-form-urlencoded', { schema: pet, example }, 'id=1&name=a%20b'],
    ['text/event-stream', { schema: pet, example }, 'data: {"id":1,"name":"a b"}\n\n'],
    ['text/event-stream', { example: 'data: 1\n\ndata: 2\n\n' }, 'data: 1\n\ndata: 2\n\n'],
    ['text/event-stream', { schema: { type: 'string' }, example: 'two\nlines' }, 'two\nlines'],
    [
      'text/event-stream',
      { example: [{ event: 'tick', id: '1', data: 'a\nb' }, { data: { n: 1 } }] },
      'event: tick\nid: 1\ndata: a\ndata: b\n\ndata: {"n":1}\n\n',
    ],
    [
      'application/x-ndjson',
      { schema: pet, example: [example, example] },
      '{"id":1,"name":"a b"}\n{"id":1,"name":"a b"}\n',
    ],
    ['application/jsonl', { schema: pet, example }, '{"id":1,"name":"a b"}\n'],
    ['application/json-seq', { schema: pet, example }, '\u001e{"id":1,"name":"a b"}\n'],
    ['application/octet-stream', { schema: { type: 'string', format: 'binary' }, example: 'bytes' }, 'bytes'],
    [
      'application/octet-stream',
      { schema: { type: 'string', contentEncoding: 'base64' }, example: 'YQ==' },
      'YQ==',
    ],
    ['application/vnd.acme', { schema: pet, example }, '{"id":1,"name":"a b"}'],
    ['application/vnd.acme', { schema: { type: 'string' }, example: 'text' }, 'text'],
  ])('%s %j', (mediaType, content, expected) => {
    const plan = contentPlan({ [mediaType]: content }, { Pet: pet });
    expect(plan.answers.map(text)).toEqual([expected]);
    expect(plan.problems).toEqual([]);
    expect(plan.answers[0]?.headers[0]?.[1]).toBe(mediaType);
  });

  test.each([
    ['<pet><id>x</id><name/></pet>', '/id: must be an integer, is a string'],
    ['<pet>', 'the body is not XML: <pet> that is not closed (line 1, column 6)'],
  ])('an example in XML that breaks its schema is passed over: %s', (example, fault) => {
    const { answers, problems } = contentPlan({ 'application/xml': { schema: pet, example } });
    expect(answers.map(text)).toEqual([expect.stringContaining('<name>')]);
    expect(problems.map(({ message }) => message)).toEqual([
      `This example breaks its own schema, so it is not answered with: ${fault}`,
    ]);
  });

  test('3.2: items of a stream from itemSchema', () => {
    const itemSchema = {
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'string', const: 'x' } },
      additionalProperties: false,
    };
    expect(firstText({ 'text/event-stream': { itemSchema } }, {}, '3.2.0')).toBe('data: x\n\n');
    expect(firstText({ 'application/jsonl': { itemSchema } }, {}, '3.2.0')).toBe('{"data":"x"}\n');
  });

  test('multipart bodies name their boundary', () => {
    const [answer] = contentPlan({ 'multipart/form-data': { schema: pet, example } }).answers;
    const contentType = answer?.headers[0]?.[1] ?? '';
    const boundary = /^multipart\/form-data; ?boundary="?([^"]+)"?$/.exec(contentType)?.[1];
    expect(boundary).toBeDefined();
    expect(answer && text(answer)).toContain(`--${boundary}\r\n`);
  });

  test.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['image/gif', [0x47, 0x49, 0x46, 0x38]],
    ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
    ['application/zip', [0x50, 0x4b, 0x05, 0x06]],
    ['application/gzip', [0x1f, 0x8b]],
  ])('a sample of %s is one', (mediaType, magic) => {
    for (const content of [{}, { schema: { type: 'string', format: 'binary' } }]) {
      const [answer] = contentPlan({ [mediaType]: content }).answers;
      expect([...(answer?.body ?? []).slice(0, magic.length)]).toEqual(magic);
    }
  });

  test.each([
    ['*/*', { schema: { type: 'object' } }, 'application/json'],
    ['*/*', { schema: { type: 'string' } }, 'text/plain'],
    ['*/*', { schema: { type: 'string', format: 'binary' } }, 'application/octet-stream'],
    ['*/*', {}, 'application/json'],
    ['image/*', {}, 'image/png'],
    ['text/*', { schema: { type: 'string' } }, 'text/plain'],
    ['application/*', { schema: { type: 'array' } }, 'application/json'],
    ['default', { schema: { type: 'object' } }, 'application/json'],
    ['text/html; charset=utf-8', {}, 'text/html; charset=utf-8'],
    ['text/x\u00e9', {}, 'application/json'],
  ])('%s %j is sent as %s', (mediaType, content, expected) => {
    const [answer] = contentPlan({ [mediaType]: content }).answers;
    expect(answer).toMatchObject({ declaredType: mediaType, mediaType: expected });
    expect(answer?.headers[0]).toEqual(['Content-Type', expected]);
  });

  test.each([204, 205, 304])('%s has no body', status => {
    const plan = planOf({
      [status]: { description: 'none', content: { 'application/json': { example: 1 } } },
    });
    expect(plan.answers).toMatchObject([{ status, mediaType: undefined, headers: [], body: undefined }]);
    expect(plan.problems.map(({ rule }) => rule)).toEqual(['response-body-forbidden']);
  });

  test('HEAD tells the media type and sends no body', () => {
    const content = { 'application/json': { example: 1 } };
    const [answer] = planOf({ 200: { description: 'fine', content } }, {}, '3.1.1', 'head').answers;
    expect(answer).toMatchObject({ headers: [['Content-Type', 'application/json']], body: undefined });
  });
});

describe('headers', () => {
  function headersOf(headers: unknown, version = '3.1.1'): readonly (readonly [string, string])[] {
    return planOf({ 204: { description: 'none', headers } }, {}, version).answers[0]?.headers ?? [];
  }
  const TEXT = { schema: { type: 'string' } };

  test.each([
    ['an example', { 'X-A': { ...TEXT, example: 'a' } }, [['X-A', 'a']]],
    ['a named example', { 'X-A': { ...TEXT, examples: { one: { value: 'b' } } } }, [['X-A', 'b']]],
    ['a wrong example', { 'X-A': { schema: { type: 'integer', minimum: 3 }, example: 'b' } }, [['X-A', '3']]],
    ['the schema alone', { 'X-A': { schema: { type: 'integer', default: 5 } } }, [['X-A', '5']]],
    ['a list', { 'X-A': { schema: { type: 'array' }, example: ['a', 'b'] } }, [['X-A', 'a,b']]],
    ['an object', { 'X-A': { schema: { type: 'object' }, example: { a: 1, b: 2 } } }, [['X-A', 'a,1,b,2']]],
    [
      'an exploded object',
      { 'X-A': { explode: true, schema: { type: 'object' }, example: { a: 1, b: 2 } } },
      [['X-A', 'a=1,b=2']],
    ],
    ['content', { 'X-A': { content: { 'application/json': { example: { a: 1 } } } } }, [['X-A', '{"a":1}']]],
    ['nothing but a name', { 'X-A': { description: 'who knows' } }, []],
    ['nothing but a name, required', { 'X-A': { required: true } }, [['X-A', 'sample']]],
    [
      'framing',
      {
        'Content-Length': { schema: { type: 'integer' } },
        'transfer-encoding': TEXT,
        Connection: TEXT,
        'Content-Encoding': TEXT,
      },
      [],
    ],
    ['the origin allowed', { 'Access-Control-Allow-Origin': TEXT }, [['Access-Control-Allow-Origin', '*']]],
    ['a name that is none', { 'X A': TEXT, 'X-A:': TEXT }, []],
    ['line breaks', { 'X-A': { ...TEXT, example: 'a\r\nX-B: c' } }, [['X-A', 'a%0D%0AX-B: c']]],
    ['beyond Latin-1', { 'X-A': { ...TEXT, example: '\u2603' } }, [['X-A', '%E2%98%83']]],
  ])('%s', (_title, headers, expected) => {
    expect(headersOf(headers)).toEqual(expected);
  });
});

test.each([
  ['302', {}, [['Location', '/']]],
  ['302', { location: { schema: { type: 'string' }, example: '/there' } }, [['location', '/there']]],
  ['206', {}, [['Content-Range', 'bytes 0-0/1']]],
  ['200', {}, []],
])('the answer of %s with %j has what its status lives by', (status, headers, expected) => {
  const [answer] = planOf({ [status]: { description: 'a', headers } }).answers;
  expect(answer?.headers).toEqual(expected);
});
