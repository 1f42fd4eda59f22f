import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mockStatus } from './mock-status.ts';

test.each([
  ['{"statusCode": 200}', 200],
  ['{statusCode: 200}', 200],
  ["{'statusCode': 200}", 200],
  ['{"statusCode": 200,}', 200],
  ['{"statusCode": 200,, }', 200],
  ['{"a": {"statusCode": 1}, "statusCode": 200, null: null}', 200],
  ['{ junk, "statusCode": 200, more junk }', 200],
  ['{"statusCode": 0}', 0],
  ['{"statusCode": -1000}', -1000],
  ['\n{ "statusCode"\n:\n404 }\n', 404],
  ['{"x": "}", "statusCode": 500}', 500],
])('2.3: %s is accepted', (text, status) => {
  expect(mockStatus(text)).toBe(status);
});

test.each([
  [''],
  ['{}'],
  ['200'],
  ['{"statusCode\': 200}'],
  ['"statusCode": 200'],
  ['{"statusCode": "200"}'],
  ['{"statusCode": 200.5}'],
  ['{"statusCode": 200'],
  ['{"statusCode": null}'],
  ['{"statusCode": {}}'],
  ['{"a": {"statusCode": 200}}'],
  ['{"statusCode": 200} {}'],
  ['["statusCode": 200]'],
  ['{"a": "statusCode: 200}'],
])('2.3: %s is refused', text => {
  expect(mockStatus(text)).toBeUndefined();
});

test('2.3: any JSON object around the status reads as JSON does', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.integer({ min: -999, max: 999 }),
      (other, status) => {
        const { statusCode: _dropped, ...rest } = other;
        expect(mockStatus(JSON.stringify({ ...rest, statusCode: status }))).toBe(status);
      },
    ),
  );
});
