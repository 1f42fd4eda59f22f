import { expect, test } from 'vitest';
import { createMask, NO_MASK } from './mask.ts';

const mask = createMask(
  [
    ['Authorization', 'Bearer abc.def/ghi'],
    ['Cookie', 'sid=0123456789; theme=dark-blue'],
    ['X-Short', '1234'],
    ['Accept', 'application/json'],
  ],
  ['alice:correct horse', 'key-98765'],
);

test.each([
  ['a token, alone and behind its scheme', 'token abc.def/ghi, Bearer abc.def/ghi', 'token ***, ***'],
  ['a token in a URL', '/?t=abc.def%2Fghi', '/?t=***'],
  ['the value of a cookie', '{"sid":"0123456789"}', '{"sid":"***"}'],
  ['user and password in Base64', `Basic ${btoa('alice:correct horse')}`, 'Basic ***'],
  ['a password', 'correct horse', '***'],
  ['a key', 'key-98765 twice: key-98765', '*** twice: ***'],
  ['a value too short to look for', '1234', '1234'],
  ['what is no secret', 'application/json', 'application/json'],
])('%s', (_name, text, expected) => {
  expect(mask.text(text)).toBe(expected);
});

test('a header that was given is hidden whole, however short, and a harmless one is not', () => {
  expect(mask.header('x-short', '1234')).toBe('***');
  expect(mask.header('ACCEPT', 'application/json')).toBe('application/json');
  expect(mask.header('X-Made', 'key-98765')).toBe('***');
  expect(mask.header('X-Made', 'sample')).toBe('sample');
});

test('no mask hides nothing', () => {
  expect(NO_MASK.text('abc') + NO_MASK.header('Authorization', 'x')).toBe('abcx');
});
