/** Headers, values that stand for each side of what the header checks let pass. */
import { expect, test } from 'vitest';
import type { Finding, Sample } from './check.ts';
import { CHECKS } from './index.ts';
import { exchangeOf } from './sample-exchange.fixture.ts';

const OK = 'responses: { "200": { description: Pets } }';

function found(name: string, sample: Partial<Sample>): readonly Finding[] {
  const check = CHECKS.find(candidate => candidate.name === name);
  if (check === undefined) throw new Error(name);
  return check.check(exchangeOf({ operation: OK, status: 200, ...sample }), sample.options);
}

test.each<[string, Readonly<Record<string, string | readonly string[]>>, number]>([
  ['cache-headers', { ETag: '"a"' }, 0],
  ['cache-headers', { ETag: '""' }, 0],
  ['cache-headers', { ETag: 'W/"a b"' }, 1],
  ['cache-headers', { ETag: 'w/"a"' }, 1],
  ['cache-headers', { ETag: 'a' }, 1],
  ['cache-headers', { 'Last-Modified': 'Tue, 29 Feb 2028 09:30:00 GMT' }, 0],
  ['cache-headers', { 'Last-Modified': '2028-02-29T09:30:00Z' }, 1],
  ['cache-headers', { Expires: '0' }, 0],
  ['cache-headers', { Expires: '-1' }, 0],
  ['cache-headers', { Expires: 'never' }, 1],
  ['cache-headers', { Age: '5' }, 0],
  ['cache-headers', { Age: '5s' }, 1],
  ['cache-headers', { Vary: '*' }, 0],
  ['cache-headers', { Vary: 'Accept; Origin' }, 1],
  ['cache-headers', { 'Cache-Control': 'no-cache, private="a, b", max-age="5", community=UCI' }, 0],
  ['cache-headers', { 'Cache-Control': ['no-store', 'no-cache'] }, 0],
  ['cache-headers', { 'Cache-Control': '' }, 0],
  ['cache-headers', { 'Cache-Control': 'max-age' }, 1],
  ['cache-headers', { 'Cache-Control': 'max-age=1.5' }, 1],
  ['cache-headers', { 'Cache-Control': 'no-cache; private' }, 1],
  ['cors', { 'Access-Control-Allow-Origin': '*' }, 0],
  ['cors', { 'Access-Control-Allow-Origin': 'null' }, 0],
  ['cors', { 'Access-Control-Allow-Origin': 'http://localhost:3000' }, 0],
  ['cors', { 'Access-Control-Allow-Origin': 'chrome-extension://abc' }, 0],
  ['cors', { 'Access-Control-Allow-Origin': 'https://a.example/' }, 1],
  ['cors', { 'Access-Control-Allow-Origin': 'a.example' }, 1],
  ['cors', { 'Access-Control-Allow-Methods': 'GET, POST' }, 0],
  ['cors', { 'Access-Control-Allow-Headers': 'X-A X-B' }, 1],
  ['cors', { 'Access-Control-Max-Age': '600' }, 0],
  ['cors', { 'Access-Control-Max-Age': 'long' }, 1],
  [
    'cors-credentials',
    { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'false' },
    0,
  ],
  ['content-type-syntax', { 'Content-Type': 'application/*' }, 1],
  ['content-type-syntax', { 'Content-Type': 'text/html; charset' }, 1],
  ['http-dates', { Date: 'yesterday' }, 1],
  ['http-dates', { Sunset: 'Wed, 31 Dec 2036 23:59:59 GMT', Date: 'Wed, 31 Dec 2036 23:59:59 GMT' }, 0],
  ['rate-limit', { 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '-1' }, 1],
  ['rate-limit', { 'RateLimit-Limit': '60', 'RateLimit-Remaining': '60' }, 0],
  ['rate-limit', { 'RateLimit-Limit': '100, 100;w=60', 'RateLimit-Remaining': '200' }, 0],
  ['rate-limit', { 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': 'many' }, 0],
  ['repeated-header', { ETag: ['"a"', '"a"'] }, 1],
  ['repeated-header', { 'Set-Cookie': ['a=1', 'b=2'], Date: ['x', 'x'] }, 0],
  ['retry-after', { 'Retry-After': 'Wed, 31 Dec 2036 23:59:59 GMT' }, 0],
  ['retry-after', { 'Retry-After': '-1' }, 1],
  ['server-version', { 'X-Powered-By': 'PHP/8.1.2' }, 1],
  ['server-version', { 'X-Powered-By': 'Express' }, 0],
  ['set-cookie', { 'Set-Cookie': 'a=1; Path=/; Max-Age=5' }, 0],
  ['set-cookie', { 'Set-Cookie': ['a=', '__Host-a=1; Secure; Path=/'] }, 0],
  ['set-cookie', { 'Set-Cookie': 'a' }, 1],
  ['set-cookie', { 'Set-Cookie': '=1' }, 1],
  ['set-cookie', { 'Set-Cookie': 'a=1, 2' }, 1],
  ['set-cookie', { 'Set-Cookie': '__Secure-a=1' }, 1],
  ['set-cookie', { 'Set-Cookie': '__Host-a=1; Secure; Path=/; Domain=a.example' }, 1],
  ['uri-headers', { Location: 'https://a.example/pets/7?x=[1]' }, 0],
  ['uri-headers', { Location: '' }, 1],
  ['uri-headers', { 'Content-Location': 'a b' }, 1],
  ['uri-headers', { Link: '</a,b>; rel="next"; title="a, b", <c>; rel=last' }, 0],
  ['uri-headers', { Link: '<>; rel = self' }, 0],
  ['uri-headers', { Link: '</a>' }, 1],
  ['uri-headers', { Link: '</a>; title="x"' }, 1],
  ['uri-headers', { Link: '/a; rel=next' }, 1],
  ['uri-headers', { Link: '</a b>; rel=next' }, 1],
])('%s: %j', (name, headers, count) => {
  expect(found(name, { headers })).toHaveLength(count);
});

test('credentials beside every origin are let pass where the document describes them', () => {
  const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' };
  const operation =
    'responses: { "200": { description: a, headers: { access-control-allow-credentials: {} } } }';
  expect(found('cors-credentials', { operation, headers })).toEqual([]);
});

test('the value of a cookie is not shown', () => {
  const [finding] = found('set-cookie', { headers: { 'Set-Cookie': 'sid=secret; SameSite=None' } });
  expect(JSON.stringify(finding?.received)).not.toContain('secret');
});

test('a challenge that a gateway has renamed is not missed', () => {
  const sample = { operation: OK, status: 401 } as const;
  const check = CHECKS.find(({ name }) => name === 'missing-challenge');
  expect(check?.check(exchangeOf(sample))).toHaveLength(1);
  expect(check?.check({ ...exchangeOf(sample), stage: 'apigateway' })).toEqual([]);
});

test('a challenge that the document names is asked for as what it is', () => {
  const named = (required: boolean): Partial<Sample> => ({
    operation: `responses: { "401": { description: a, headers: { www-authenticate: { required: ${required}, schema: { type: string } } } } }`,
    status: 401,
  });
  expect(found('missing-status-header', named(false))).toHaveLength(1);
  expect(found('missing-status-header', named(true))).toEqual([]);
  expect(found('missing-challenge', named(false))).toEqual([]);
  expect(found('missing-status-header', { operation: OK, status: 401 })).toEqual([]);
  const challenged = { ...named(false), headers: { 'WWW-Authenticate': 'Bearer' } };
  expect(found('missing-status-header', challenged)).toEqual([]);
});

test.each<[string, Partial<Sample>, number]>([
  ['the operation names a budget', { operation: `${OK}\nx-max-response-time: 10`, ms: 11 }, 1],
  [
    'the operation stands over the option',
    { operation: `${OK}\nx-max-response-time: 10`, ms: 9, options: { maxResponseMs: 5 } },
    0,
  ],
  ['the option names one', { ms: 6, options: { maxResponseMs: 5 } }, 1],
  ['nobody names one', { ms: 60_000 }, 0],
])('response-time: %s', (_name, sample, count) => {
  expect(found('response-time', sample)).toHaveLength(count);
});

test('a Location that must be there is the matter of response-headers', () => {
  const made = (required: boolean): string =>
    `responses: { "201": { description: a, headers: { location: { required: ${required}, schema: { type: string } } } } }`;
  const sample = { request: 'POST /pets', status: 201 };
  expect(found('created-without-location', { ...sample, operation: made(false) })).toHaveLength(1);
  expect(found('created-without-location', { ...sample, operation: made(true) })).toEqual([]);
  expect(found('created-without-location', { status: 201, operation: made(false) })).toEqual([]);
  const several = `requestBody: { content: { application/json: {} } }\n${made(false)}`;
  const list = { ...sample, operation: several, requestBody: '[{}]' };
  expect(found('created-without-location', list)).toEqual([]);
});
