import { expect, test } from 'vitest';
import { keyForStatus, statusFor, usualKey } from './answer-status.ts';

test.each([
  ['200', ['200'], 200],
  ['2XX', ['2XX'], 200],
  ['2XX', ['2XX', '200', '201'], 202],
  ['3XX', ['3XX'], 300],
  ['4XX', ['200', '4XX'], 400],
  ['4XX', ['400', '4XX'], 409],
  ['5XX', ['200', '5XX'], 500],
  ['default', ['default'], 200],
  ['default', ['200', 'default'], 500],
  ['default', ['302', 'default'], 500],
  ['default', ['404', 'default'], 200],
  ['default', ['200', '500', 'default'], 503],
  ['default', ['200', '5XX', 'default'], 400],
  ['default', ['2XX', '3XX', '4XX', '5XX', 'default'], undefined],
  ['101', ['101'], undefined],
  ['1XX', ['1XX'], undefined],
])('%s among %j is answered with %s', (key, keys, status) => {
  expect(statusFor(key, keys)).toBe(status);
});

test('a range borrows the status of no other response', () => {
  const all = Array.from({ length: 100 }, (_, index) => String(400 + index));
  expect(statusFor('4XX', [...all.slice(0, 99), '4XX'])).toBe(499);
  expect(statusFor('4XX', [...all, '4XX'])).toBeUndefined();
});

test.each([
  [['404', '201', '200'], '200'],
  [['404', '2XX'], '2XX'],
  [['2XX', '204'], '204'],
  [['404', '302', 'default'], '302'],
  [['404', 'default'], 'default'],
  [['404', '500'], '404'],
  [[], undefined],
])('of %j the usual one is %s', (keys, usual) => {
  expect(usualKey(keys)).toBe(usual);
});

test.each([
  [404, ['404', '4XX', 'default'], '404'],
  [404, ['4XX', 'default'], '4XX'],
  [404, ['200', 'default'], 'default'],
  [404, ['200'], undefined],
])('%s is documented by %j under %s', (status, keys, key) => {
  expect(keyForStatus(status, keys)).toBe(key);
});
