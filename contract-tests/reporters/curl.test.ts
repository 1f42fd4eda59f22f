import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import { createMask, NO_MASK } from '../mask.ts';
import { curlLine } from './curl.ts';

const GET: CaseRequest = {
  method: 'GET',
  path: '/pets',
  query: '',
  headers: [],
  contentType: undefined,
  body: undefined,
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = (request: Partial<CaseRequest>): string =>
  curlLine('http://h/v1/', { ...GET, ...request }, NO_MASK);

/** What a POSIX shell makes of the words behind `curl`. */
function words(text: string): readonly string[] {
  const command = text.replace(/^curl /, 'printf "%s\\0" ');
  return execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a plain request', () => {
  expect(line({})).toBe('curl -gi http://h/v1/pets');
});

test('everything a request can have', () => {
  const request = {
    method: 'POST',
    path: "/pets/../it's",
    query: 'q=[1]&r=a;b',
    headers: [
      ['X-Note', 'a "b" $c `d` \'e\''],
      ['X-Empty', ''],
    ] as const,
    contentType: 'application/json',
    body: bytes('{"name":"O\'Neil","x":"$HOME\\n"}'),
  };
  expect(words(line(request))).toEqual([
    '-gi',
    '--path-as-is',
    '-X',
    'POST',
    '-H',
    'X-Note: a "b" $c `d` \'e\'',
    '-H',
    'X-Empty;',
    '-H',
    'Content-Type: application/json',
    '--data-raw',
    '{"name":"O\'Neil","x":"$HOME\\n"}',
    "http://h/v1/pets/../it's?q=[1]&r=a;b",
  ]);
});

describe('special cases', () => {
  test('HEAD is asked for as such', () => {
    expect(line({ method: 'HEAD' })).toBe('curl -gi --head http://h/v1/pets');
  });

  test('a body without a type takes the one away that curl would add', () => {
    expect(words(line({ method: 'PUT', body: bytes('x') }))).toContain('Content-Type:');
  });

  test('bytes that are no text, and long bodies, are named and not printed', () => {
    expect(line({ method: 'PUT', body: new Uint8Array([0xff, 0]) })).toContain('@body-of-2-bytes');
    expect(line({ method: 'PUT', body: bytes('x'.repeat(5000)) })).toContain('@body-of-5000-bytes');
  });

  test('secrets are masked wherever they stand', () => {
    const mask = createMask([['X-Key', 'secret-key']], []);
    const request: CaseRequest = {
      ...GET,
      method: 'POST',
      query: 'k=secret-key',
      headers: [['x-key', 'secret-key']],
      body: bytes('secret-key'),
    };
    expect(curlLine('http://h', request, mask)).not.toContain('secret-key');
  });
});
