import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import { GET } from '../loopback.fixture.ts';
import { type AwsCredentials, signed } from './sigv4.ts';

/** Of the test suite that AWS publishes with the specification of Signature Version 4. */
const SUITE: AwsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: undefined,
  region: 'us-east-1',
  service: 'service',
};
const NOW = new Date('2015-08-30T12:36:00Z');
function signatureOf(request: Partial<CaseRequest>, credentials = SUITE): string {
  const { headers } = signed('https://example.amazonaws.com', { ...GET, ...request }, credentials, NOW);
  return /Signature=(\w+)$/.exec(headers.at(-1)?.[1] ?? '')?.[1] ?? '';
}

describe('the vectors of AWS', () => {
  test.each<[string, Partial<CaseRequest>, string]>([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      { query: 'Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-slashes',
      { path: '//example//' },
      '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
    ],
    [
      'get-relative',
      { path: '/example/..' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        contentType: 'application/x-www-form-urlencoded',
        body: new TextEncoder().encode('Param1=value1'),
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', (_name, request, signature) => {
    expect(signatureOf(request)).toBe(signature);
  });
});

test('what is added to a request', () => {
  const request: CaseRequest = {
    ...GET,
    headers: [
      ['X-Trace', 'a'],
      ['Authorization', 'of before'],
      ['x-amz-meta', ' b  c '],
    ],
    contentType: 'application/json',
    body: new TextEncoder().encode('{}'),
  };
  const credentials = { ...SUITE, sessionToken: 'session', service: 'execute-api' };
  const { headers, ...rest } = signed('https://x.example.com:8443/prod/', request, credentials, NOW);
  expect(rest).toEqual({ ...request, headers: undefined, ...rest });
  expect(headers).toEqual([
    ['X-Trace', 'a'],
    ['x-amz-meta', ' b  c '],
    ['X-Amz-Date', '20150830T123600Z'],
    ['X-Amz-Security-Token', 'session'],
    [
      'Authorization',
      expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/us-east-1\/execute-api\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-meta;x-amz-security-token, Signature=[0-9a-f]{64}$/,
      ),
    ],
  ]);
});

test('everything that counts changes the signature', () => {
  const requests: readonly Partial<CaseRequest>[] = [
    {},
    { method: 'DELETE' },
    { path: '/a' },
    { path: '/a%2Fb' },
    { path: '/a/b' },
    { query: 'a=1' },
    { query: 'a=1&a=2' },
    { query: 'a=%zz' },
    { body: Uint8Array.of(1) },
    { contentType: 'text/plain' },
    { headers: [['Host', 'other.example.com']] },
  ];
  expect(new Set(requests.map(request => signatureOf(request))).size).toBe(requests.length);
});

test('but not how a value is written, nor the order of a query', () => {
  expect(signatureOf({ query: 'b=%5b&a=x%20y' })).toBe(signatureOf({ query: 'a=x+y&b=[' }));
});
