import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Check, Finding, Sample } from './check.ts';
import { CHECKS, DEFAULT_CHECKS } from './index.ts';
import { exchangeOf } from './sample-exchange.fixture.ts';

const findings = (check: Check, sample: Sample): readonly Finding[] =>
  check.check(exchangeOf(sample), sample.options);
const named = (name: string): Check => {
  const check = CHECKS.find(candidate => candidate.name === name);
  if (check === undefined) throw new Error(name);
  return check;
};
const OK = 'responses: { "200": { description: Pets } }';

describe('the list', () => {
  test('holds every check that has a file, under its name', () => {
    const files = readdirSync(import.meta.dirname).filter(file =>
      /: Check = \{/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
    );
    expect(CHECKS.map(({ name }) => `${name}.ts`).toSorted()).toEqual(
      files.filter(file => !file.endsWith('.test.ts')).toSorted(),
    );
  });

  for (const check of CHECKS) {
    test(`${check.name}: the passing sample passes every check`, () => {
      for (const other of new Set([check, ...DEFAULT_CHECKS]))
        expect(findings(other, check.samples.passing), other.name).toEqual([]);
    });

    test(`${check.name}: the failing sample fails this check`, () => {
      const found = findings(check, check.samples.failing);
      expect(found.length).toBeGreaterThan(0);
      for (const { received, documented, source } of found) {
        expect(received).not.toBe('');
        expect(documented).not.toBe('');
        expect(source.document.locate(source.pointer).line).toBeGreaterThan(0);
      }
    });
  }
});

test.each(CHECKS.map(check => [check.name, check] as const))(
  '%s names the rule that obliges',
  (_name, check) => {
    expect(check.specification).toMatch(
      /^https:\/\/(?:www\.rfc-editor\.org|spec\.openapis\.org|json-schema\.org|fetch\.spec\.whatwg\.org|html\.spec\.whatwg\.org|www\.w3\.org|owasp\.org|cheatsheetseries\.owasp\.org)\/.+/,
    );
    expect(check.title).not.toMatch(/\.$/);
    expect(check.description).toMatch(/\.$/);
  },
);

describe('server-error', () => {
  test('takes 501 for the refusal of a method', () => {
    const sample = { operation: OK, status: 501, expectation: 'refused' } as const;
    expect(findings(named('server-error'), { ...sample, breaks: 'method' })).toEqual([]);
    expect(findings(named('server-error'), { ...sample, breaks: 'body' })).toHaveLength(1);
  });

  test('counts a documented 500 and leaves alone an operation that documents nothing else', () => {
    const check = named('server-error');
    expect(
      findings(check, {
        operation: 'responses: { "200": {description: a}, "500": {description: b} }',
        status: 500,
      }),
    ).toHaveLength(1);
    expect(findings(check, { operation: 'responses: { "500": {description: b} }', status: 500 })).toEqual([]);
  });
});

describe('undocumented-status', () => {
  const check = named('undocumented-status');
  test.each([
    ['default covers all', 'responses: { default: { description: a } }', 418, 'accepted', 0],
    ['a success under default alone', 'responses: { default: { description: a } }', 202, 'accepted', 0],
    [
      'a success beside those that are named',
      'responses: { "200": { description: a }, default: { description: b } }',
      202,
      'accepted',
      1,
    ],
    [
      'an error beside them',
      'responses: { "200": { description: a }, default: { description: b } }',
      404,
      'accepted',
      0,
    ],
    ['a range covers its class', 'responses: { "4XX": { description: a } }', 418, 'accepted', 0],
    ['a valid request', OK, 404, 'accepted', 1],
    ['a refusal of a wrong request', OK, 422, 'refused', 0],
    ['a success is never a refusal', OK, 201, 'refused', 1],
    ['too many requests', OK, 429, 'accepted', 0],
    ['401 where nothing asks for credentials', OK, 401, 'accepted', 1],
    ['401 where something does', `${OK}\nsecurity: [{ key: [] }]`, 401, 'accepted', 0],
    ['a failure of the server is another check', OK, 500, 'accepted', 0],
    ['nothing is documented', 'responses: {}', 418, 'accepted', 0],
  ] as const)('%s', (_name, operation, status, expectation, count) => {
    expect(findings(check, { operation, status, expectation })).toHaveLength(count);
  });
});

describe('undocumented-media-type', () => {
  const check = named('undocumented-media-type');
  const typed = (type: string): string =>
    `responses: { "200": { description: a, content: { "${type}": {} } } }`;
  test.each([
    ['image/*', 'image/png', 0],
    ['*/*', 'text/html', 0],
    ['application/json', 'application/problem+json', 1],
    ['application/json', undefined, 1],
  ] as const)('%s documented, %s received', (documented, received, count) => {
    const headers = received === undefined ? {} : { 'content-type': received };
    expect(findings(check, { operation: typed(documented), status: 200, headers, body: 'x' })).toHaveLength(
      count,
    );
  });

  test('where no content is documented, any will do', () => {
    expect(
      findings(check, { operation: OK, status: 200, headers: { 'Content-Type': 'a/b' }, body: 'x' }),
    ).toEqual([]);
  });
});

describe('response-body', () => {
  const check = named('response-body');
  const operation = `responses:
  "200":
    description: Pets
    content:
      application/json: { schema: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string }, secret: { type: string, writeOnly: true } } } }
      text/plain: { schema: { type: string, maxLength: 3 } }
      application/xml: { schema: { type: object } }`;
  const json = { 'Content-Type': 'application/json' };

  test('tells every violation with its place in the body and in the document', () => {
    const found = findings(check, { operation, status: 200, headers: json, body: '{"id":"seven"}' });
    expect(
      found.map(({ instance, received, source }) => [instance, received, source.pointer.split('/schema')[1]]),
    ).toEqual([
      ['', '{"id":"seven"}', '/required'],
      ['/id', '"seven"', '/properties/id/type'],
    ]);
  });

  test('keeps large integers', () => {
    const body = '{"id":1,"name":9223372036854775807}';
    expect(findings(check, { operation, status: 200, headers: json, body })[0]?.received).toBe(
      '9223372036854775807',
    );
  });

  test.each([
    ['not JSON', json, '{"id":', 1],
    ['no body where JSON or XML or text may be', json, '', 0],
    ['a text that fits', { 'Content-Type': 'text/plain' }, 'abc', 0],
    ['a text that does not', { 'Content-Type': 'text/plain' }, 'abcd', 1],
    ['XML is a check of its own', { 'Content-Type': 'application/xml' }, '<a', 0],
    [
      'JSON without any documented schema must still be JSON',
      { 'Content-Type': 'application/problem+json' },
      '{',
      1,
    ],
    ['a text of no documented type is another check', { 'Content-Type': 'text/html' }, '{', 0],
  ] as const)('%s', (_name, headers, body, count) => {
    expect(findings(check, { operation, status: 200, headers, body })).toHaveLength(count);
  });

  test('a body that is missing where only JSON with a schema is documented', () => {
    const only =
      'responses: { "200": { description: a, content: { application/json: { schema: { type: object } } } } }';
    expect(findings(check, { operation: only, status: 200 })[0]?.received).toBe('no body');
    expect(findings(check, { operation: only, request: 'HEAD /pets', status: 200 })).toEqual([]);
  });

  test('the same media type with another body is read anew', () => {
    const built = exchangeOf({ operation, status: 200, headers: json, body: '{"id":1,"name":"Rex"}' });
    const other = {
      ...built,
      response: { ...built.response, body: new TextEncoder().encode('{"id":1,"name":null}') },
    };
    expect([built, other, built].map(exchange => check.check(exchange).length)).toEqual([0, 1, 0]);
  });
});

describe('response-headers', () => {
  const check = named('response-headers');
  const operation = `responses:
  "200":
    description: Pets
    headers:
      X-Total: { required: true, schema: { type: integer } }
      X-Tags: { schema: { type: array, items: { type: string, enum: [a, b] } } }
      Content-Length: { required: true, schema: { type: integer } }
      Set-Cookie: { schema: { type: string, pattern: "^session=" } }`;

  test.each([
    ['missing', {}, 1],
    ['names have no case', { 'x-TOTAL': '3' }, 0],
    ['an optional one must fit when it is there', { 'X-Total': '3', 'X-Tags': 'a,c' }, 1],
    ['a list', { 'X-Total': '3', 'X-Tags': 'a, b' }, 0],
    ['a cookie', { 'X-Total': '3', 'Set-Cookie': 'id=1' }, 1],
  ] as const)('%s', (_name, headers, count) => {
    expect(findings(check, { operation, status: 200, headers })).toHaveLength(count);
  });

  test('every cookie is looked at', () => {
    const built = exchangeOf({ operation, status: 200, headers: { 'X-Total': '3' } });
    const cookies = ['session=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'other=2'].map(
      value => ['Set-Cookie', value] as const,
    );
    const response = { ...built.response, headers: [...built.response.headers, ...cookies] };
    expect(check.check({ ...built, response })).toHaveLength(1);
  });
});

describe('body-not-allowed', () => {
  const check = named('body-not-allowed');
  test.each([
    ['a length of 0 on a 204 harms nobody', 'DELETE /pets', 204, { 'Content-Length': '0' }, undefined, 0],
    ['chunks on a 204', 'DELETE /pets', 204, { 'Transfer-Encoding': 'chunked' }, undefined, 1],
    [
      'a 304 may tell the length of what it does not send',
      'GET /pets',
      304,
      { 'Content-Length': '12' },
      undefined,
      0,
    ],
    ['HEAD may too', 'HEAD /pets', 200, { 'Content-Length': '12' }, undefined, 0],
    ['HEAD with a body', 'HEAD /pets', 200, {}, 'x', 1],
    ['205 with a body', 'POST /pets', 205, {}, 'x', 1],
  ] as const)('%s', (_name, request, status, headers, body, count) => {
    expect(
      findings(check, { operation: OK, request, status, headers, ...(body === undefined ? {} : { body }) }),
    ).toHaveLength(count);
  });
});

describe('what was asked against what came', () => {
  test.each([
    ['invalid-accepted', 'refused', 201, 1],
    ['invalid-accepted', 'refused', 302, 0],
    ['invalid-accepted', 'refused', 500, 0],
    ['invalid-accepted', 'accepted', 200, 0],
    ['valid-refused', 'accepted', 422, 1],
    ['valid-refused', 'accepted', 404, 0],
    ['valid-refused', 'accepted', 403, 1],
    ['valid-refused', 'any', 400, 0],
    ['valid-refused', 'refused', 400, 0],
    ['auth-not-enforced', 'unauthenticated', 404, 0],
    ['auth-not-enforced', 'unauthenticated', 204, 1],
    ['auth-not-enforced', 'accepted', 200, 0],
  ] as const)('%s: expected %s, status %i', (name, expectation, status, count) => {
    expect(findings(named(name), { operation: OK, expectation, status })).toHaveLength(count);
  });

  test('a documented redirection is a success', () => {
    const operation = 'responses: { "302": { description: There } }';
    expect(
      findings(named('invalid-accepted'), { operation, expectation: 'refused', status: 302 }),
    ).toHaveLength(1);
  });

  test('a 403 where credentials are asked for is not a refusal of the request', () => {
    expect(
      findings(named('valid-refused'), { operation: `${OK}\nsecurity: [{ key: [] }]`, status: 403 }),
    ).toEqual([]);
    expect(
      findings(named('valid-refused'), { operation: `${OK}\nsecurity: [{ key: [] }, {}]`, status: 403 }),
    ).toHaveLength(1);
  });
});

describe('methods and media types that are not documented', () => {
  test.each([
    ['method-not-refused', 'method', 'PUT', 204, 1],
    ['method-not-refused', 'method', 'PUT', 501, 0],
    ['method-not-refused', 'method', 'OPTIONS', 204, 0],
    ['method-not-refused', 'body', 'PUT', 204, 0],
    ['content-type-not-refused', 'content-type', 'PUT', 202, 1],
    ['content-type-not-refused', 'content-type', 'PUT', 400, 0],
    ['content-type-not-refused', 'body', 'PUT', 202, 0],
    ['invalid-accepted', 'method', 'PUT', 200, 0],
    ['invalid-accepted', 'accept', 'GET', 200, 0],
    ['invalid-accepted', 'content-type', 'PUT', 200, 0],
    ['auth-not-enforced', 'credentials', 'GET', 200, 1],
  ] as const)('%s: wrong %s, %s, status %i', (name, breaks, method, status, count) => {
    const sample = {
      operation: OK,
      method: 'POST',
      request: `${method} /pets`,
      expectation: 'refused',
    } as const;
    expect(findings(named(name), { ...sample, breaks, status })).toHaveLength(count);
  });
});

describe('statuses and their headers', () => {
  test.each<[string, number, Readonly<Record<string, string>>, number]>([
    ['status-out-of-range', 99, {}, 1],
    ['status-out-of-range', 600, {}, 1],
    ['status-out-of-range', 599, {}, 0],
    ['status-out-of-place', 416, {}, 1],
    ['status-out-of-place', 412, {}, 0],
    ['missing-status-header', 206, {}, 1],
    ['missing-status-header', 206, { 'Content-Range': 'bytes 0-1/2' }, 0],
    ['missing-status-header', 206, { 'Content-Type': 'multipart/byteranges; boundary=x' }, 0],
    ['missing-status-header', 300, {}, 0],
    ['missing-status-header', 426, {}, 1],
    ['allow', 405, { Allow: '' }, 0],
    ['allow', 405, { Allow: 'GET POST' }, 1],
    ['allow', 405, { Allow: 'GET, PUT' }, 1],
    ['allow', 200, { Allow: 'GET, PUT' }, 0],
    ['allow', 200, {}, 0],
    ['allow-incomplete', 405, {}, 0],
    ['allow-incomplete', 200, { Allow: 'POST' }, 0],
    ['allow-incomplete', 405, { Allow: 'POST' }, 1],
  ])('%s: status %i with %j', (name, status, headers, count) => {
    const sample = { operation: OK, method: 'GET', request: 'PUT /pets', expectation: 'refused' } as const;
    expect(findings(named(name), { ...sample, status, headers })).toHaveLength(count);
  });
});

test('a 304 is in its place where nothing else is documented', () => {
  const operation = 'responses: { "304": { description: a }, "404": { description: b } }';
  expect(findings(named('status-out-of-place'), { operation, status: 304 })).toEqual([]);
});

describe('accept-ignored', () => {
  const operation =
    'responses: { "200": { description: a, content: { application/json: {}, image/*: {} } } }';
  test.each([
    ['image/png', 'application/json', 200, 1],
    ['image/png', 'image/jpeg', 200, 1],
    ['image/*', 'image/jpeg', 200, 0],
    ['text/csv', 'application/json', 200, 0],
    ['text/csv, application/json;q=0.1', 'application/json; charset=utf-8', 200, 0],
    ['application/json;q=0, */*', 'application/json', 200, 1],
    ['image/png', 'application/json', 404, 0],
    ['*/*', 'application/json', 200, 0],
  ])('Accept: %s, Content-Type: %s, status %i', (accept, type, status, count) => {
    expect(
      findings(named('accept-ignored'), {
        operation,
        requestHeaders: { accept },
        status,
        headers: { 'Content-Type': type },
        body: 'x',
      }),
    ).toHaveLength(count);
  });
});

test('a 406 that is documented is used', () => {
  const documented =
    'responses: { "200": { description: a, content: { application/json: {} } }, "406": { description: b } }';
  const sample = { operation: documented, requestHeaders: { Accept: 'text/csv' }, status: 200 } as const;
  const headers = { 'Content-Type': 'application/json' };
  expect(findings(named('accept-ignored'), { ...sample, headers, body: '[]' })).toHaveLength(1);
  expect(findings(named('accept-ignored'), { ...sample, status: 406, headers, body: '[]' })).toEqual([]);
});

test('Allow in the answer to OPTIONS holds what the document has', () => {
  const sample = { operation: OK, method: 'GET', request: 'OPTIONS /pets', status: 204 } as const;
  const check = named('allow-incomplete');
  expect(findings(check, { ...sample, headers: { Allow: 'OPTIONS' } })).toHaveLength(1);
  expect(findings(check, { ...sample, headers: { Allow: 'GET, OPTIONS' } })).toEqual([]);
});

describe('problem-json', () => {
  const check = named('problem-json');
  const told = (body: string, type = 'application/problem+json'): readonly (string | undefined)[] =>
    findings(check, { operation: OK, status: 404, headers: { 'Content-Type': type }, body }).map(
      ({ instance }) => instance,
    );

  test.each([
    ['{}', []],
    ['{"type":"","title":null,"more":[]}', []],
    ['{"type":"no such pet"}', ['/type']],
    [
      '{"type":7,"title":7,"status":"404","detail":{},"instance":[]}',
      ['/type', '/title', '/status', '/detail', '/instance'],
    ],
    ['[]', ['']],
    ['{', []],
  ])('%s', (body, instances) => {
    expect(told(body)).toEqual(instances);
  });

  test('looks at no other JSON', () => {
    expect(told('{"status":400}', 'application/json')).toEqual([]);
    expect(told('{"status":400}', 'application/vnd.problem+json')).toEqual([]);
    expect(told('{"status":400}', 'Application/Problem+JSON; charset=utf-8')).toEqual(['/status']);
  });
});

describe('what a body holds beyond its schema', () => {
  test('a key that stands twice, at any depth, documented or not', () => {
    const check = named('duplicate-keys');
    const sample = { operation: OK, status: 200, headers: { 'Content-Type': 'application/json' } } as const;
    expect(findings(check, { ...sample, body: '[{"a":1,"\\u0061":2}]' })).toMatchObject([
      { instance: '/0/a' },
    ]);
    expect(findings(check, { ...sample, body: '[{"a":1},{"a":2}]' })).toEqual([]);
    expect(findings(check, { ...sample, headers: {}, body: '{"a":1,"a":2}' })).toEqual([]);
  });

  test('properties that nobody declared, item by item', () => {
    const operation = `responses:
  "200":
    description: a
    content:
      application/json:
        schema: { type: array, items: { properties: { name: {}, free: { type: object }, open: { properties: { a: {} }, additionalProperties: true } } } }`;
    const found = findings(named('undeclared-properties'), {
      operation,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '[{"name":"Rex","free":{"any":1},"open":{"b":1}},{"nick":"R"}]',
    });
    expect(found).toMatchObject([{ instance: '/1/nick', received: '"R"' }]);
  });

  test('headers that nobody declared', () => {
    const operation = 'responses: { "200": { description: a, headers: { X-A: {} } } }';
    const headers = { 'x-a': '1', 'X-B': '2', Server: 'x', 'Access-Control-Allow-Origin': '*' };
    expect(findings(named('undeclared-headers'), { operation, status: 200, headers })).toMatchObject([
      { received: 'x-b: 2' },
    ]);
    expect(findings(named('undeclared-headers'), { operation, status: 404, headers })).toEqual([]);
  });
});

describe('created-not-equal', () => {
  const check = named('created-not-equal');
  const { failing } = check.samples;
  const anybodys = (operation: string): string => operation.replaceAll(', readOnly: true', '');
  const reading = (sent: string, read: string): number =>
    findings(check, {
      ...failing,
      operation: anybodys(failing.operation),
      body: read,
      earlier: (failing.earlier ?? []).map(earlier => ({
        ...earlier,
        operation: anybodys(earlier.operation),
        requestBody: sent,
      })),
    }).length;

  test('leaves the id to the server', () => {
    expect(reading('{"id":3,"name":"Rex"}', '{"id":7,"name":"Rex"}')).toBe(0);
    expect(reading('{"id":3,"name":"Rex"}', '{"id":7,"name":"Max"}')).toBe(1);
  });
});

describe('use-after-delete', () => {
  const check = named('use-after-delete');
  test.each([
    ['{"id":7,"status":"cancelled"}', 0],
    ['{"id":7,"deletedAt":"2026-01-01T00:00:00Z"}', 0],
    ['{"id":7,"deletedAt":null,"status":"active"}', 1],
    ['{"id":7,"deleted":false,"name":"cancelled"}', 1],
  ])('%s', (body, count) => {
    expect(findings(check, { ...check.samples.failing, body })).toHaveLength(count);
  });
});

describe('deleted-still-listed', () => {
  const check = named('deleted-still-listed');
  test('leaves alone what is marked as deleted', () => {
    const { failing } = check.samples;
    const body = '[{"id":3},{"id":7,"deleted_at":"2026-01-01"}]';
    expect(findings(check, { ...failing, body })).toEqual([]);
  });
});
