import { expect, test } from 'vitest';
import { createMask, NO_MASK } from './mask.ts';

const mask = createMask(
  [
    ['Authorization', 'Bearer abc.def/ghi'],
    ['Cookie', 'sid=0123456789; theme=dark-blue'],
    ['X-Short', '1234'],
    ['Accept', 'application/json'],
  ],
  ['alice:correct horse', 'key-98765', 'q"uo/te<d>+é'],
  [
    { in: 'query', name: 'api_key' },
    { in: 'cookie', name: 'pin' },
    { in: 'header', name: 'X-Pin' },
  ],
);

test.each([
  ['a token, alone and behind its scheme', 'token abc.def/ghi, Bearer abc.def/ghi', 'token ***, ***'],
  ['a token in a URL', '/?t=abc.def%2Fghi', '/?t=***'],
  ['the value of a cookie', '{"sid":"0123456789"}', '{"sid":"***"}'],
  ['user and password in Base64', `Basic ${btoa('alice:correct horse')}`, 'Basic ***'],
  ['a password', 'correct horse', '***'],
  ['a key', 'key-98765 twice: key-98765', '*** twice: ***'],
  ['a secret in JSON', JSON.stringify({ echo: 'q"uo/te<d>+é' }), '{"echo":"***"}'],
  ['a secret in JSON that escapes all it can', '"q\\"uo/te<d>+\\u00e9"', '"***"'],
  ['a secret in HTML', 'q&quot;uo/te&lt;d&gt;+é', '***'],
  ['a secret in a form', new URLSearchParams([['a', 'q"uo/te<d>+é']]).toString(), 'a=***'],
  ['a secret in lower-case percent-encoding', encodeURIComponent('q"uo/te<d>+é').toLowerCase(), '***'],
  ['a secret in Base64', Buffer.from('q"uo/te<d>+é').toString('base64'), '***'],
  ['a short key in a query', '/pets?a=1&api_key=12&b=2', '/pets?a=1&api_key=***&b=2'],
  ['a short key in a cookie', 'Cookie: a=1; pin=12', 'Cookie: a=1; pin=***'],
  ['a value too short to look for', '1234', '1234'],
  ['what is no secret', 'application/json', 'application/json'],
])('%s', (_name, text, expected) => {
  expect(mask.text(text)).toBe(expected);
});

test('a header that was given is hidden whole, however short, and a harmless one is not', () => {
  expect(mask.header('x-short', '1234')).toBe('***');
  expect(mask.header('x-pin', '12')).toBe('***');
  expect(mask.header('ACCEPT', 'application/json')).toBe('application/json');
  expect(mask.header('X-Made', 'key-98765')).toBe('***');
  expect(mask.header('X-Made', 'sample')).toBe('sample');
});

test('a secret inside a longer Base64 text leaves none of itself there', () => {
  for (const before of ['', 'a', 'ab', 'abc']) {
    const hidden = mask.text(Buffer.from(`${before}key-98765, and more`).toString('base64'));
    expect(hidden).toContain('***');
    expect(Buffer.from(hidden.replace('***', ''), 'base64').toString()).not.toContain('98765');
  }
});

test('bytes that are no text', () => {
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0]),
    Buffer.from('key-98765q"uo/te<d>+é'),
    Buffer.from([0xfe]),
  ]);
  expect([...mask.bytes(bytes)]).toEqual([0xff, 0, ...Buffer.from('******'), 0xfe]);
});

test('no mask hides nothing', () => {
  expect(NO_MASK.text('abc') + NO_MASK.header('Authorization', 'x')).toBe('abcx');
});
