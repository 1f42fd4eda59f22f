import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isEventStream,
  isForm,
  isJson,
  isJsonSequence,
  isMultipart,
  isText,
  isXml,
  matchesMediaType,
  mostSpecific,
  negotiate,
  parseMediaType,
} from './media-type.ts';

describe('parseMediaType', () => {
  test.each([
    ['application/json', 'application', 'json', {}],
    ['  Text/HTML ; Charset="ut\\f-8" ; q=0.5', 'text', 'html', { charset: 'utf-8', q: '0.5' }],
    ['multipart/form-data; boundary="a;b, c"', 'multipart', 'form-data', { boundary: 'a;b, c' }],
    ['a/b;;x=1;', 'a', 'b', { x: '1' }],
    ['a/b;x=1;X=2', 'a', 'b', { x: '1' }],
    ['a/b;__proto__=1', 'a', 'b', Object.fromEntries([['__proto__', '1']])],
    ['*', '*', '*', {}],
    ['image/*', 'image', '*', {}],
    ['application/vnd.api+json', 'application', 'vnd.api+json', {}],
  ])('%s', (text, type, subtype, parameters) => {
    const range = parseMediaType(text);
    expect([range?.type, range?.subtype]).toEqual([type, subtype]);
    expect(Object.fromEntries(range?.parameters ?? [])).toEqual(parameters);
  });

  test.each(['', 'json', 'a/', '/b', 'a b/c', '*/json', 'a/b x', 'a/b;x', 'a/b;x="1', 'a/b\r\n'])(
    'refuses %j',
    text => {
      expect(parseMediaType(text)).toBeUndefined();
    },
  );

  test('takes linear time and never throws', () => {
    expect(parseMediaType(`a/b;${' '.repeat(100_000)}x`)).toBeUndefined();
    expect(parseMediaType(`a/b;x="${'\\'.repeat(100_000)}`)).toBeUndefined();
    expect(parseMediaType(`a/b;${';'.repeat(200_000)}`)).toBeDefined();
    fc.assert(fc.property(fc.string(), text => void parseMediaType(`a/b;${text}`)));
  });
});

test.each([
  ['application/json', 'application/json; charset=utf-8', true],
  ['APPLICATION/JSON', 'application/json', true],
  ['application/*', 'application/json', true],
  ['*/*', 'image/png', true],
  ['text/*', 'application/json', false],
  ['text/html;level=1', 'text/html', false],
  ['text/html;level=1', 'text/html;level=1;x=2', true],
  ['text/html;charset=UTF-8', 'text/html', true],
  ['text/html;charset=latin1', 'text/html', false],
  ['text/html;charset=UTF-8', 'text/html;charset=utf-8', true],
  ['text/html;q=0.1', 'text/html', true],
  ['nonsense', 'text/html', false],
])('%s covers %s: %s', (range, type, covered) => {
  expect(matchesMediaType(range, type)).toBe(covered);
});

test.each([
  [['application/json', 'application/*', '*/*'], 'application/json;charset=utf-8', 0],
  [['*/*', 'application/*', 'application/json'], 'application/json', 2],
  [['*/*', 'application/*'], 'application/xml', 1],
  [['text/plain', 'text/plain;charset=utf-8'], 'text/plain;charset=utf-8', 1],
  [['application/json;version=1'], 'application/json', 0],
  [['application/json;version=1'], 'application/json;version=2', undefined],
  [['application/json'], 'text/plain', undefined],
  [['application/json'], 'rubbish', undefined],
  [[], 'text/plain', undefined],
])('of %j for %s: %s', (ranges, type, index) => {
  expect(mostSpecific(ranges, type)).toBe(index);
});

const FIELD: readonly string[] = [
  'text/html;level=3',
  'text/html;level=1',
  'text/html',
  'image/jpeg',
  'text/plain',
];
test.each([
  [undefined, ['a/b', 'c/d'], 0],
  ['', ['a/b'], 0],
  ['garbage, //', ['a/b'], 0],
  ['*/*', ['a/b', 'c/d'], 0],
  ['c/d', ['a/b', 'c/d'], 1],
  ['x/y', ['a/b'], undefined],
  ['application/json, text/plain, */*', ['application/xml', 'application/json'], 1],
  ['text/*;q=0.5, application/json', ['text/plain', 'application/json'], 1],
  ['a/b;q=0, */*', ['a/b', 'c/d'], 1],
  ['a/b;q=0', ['a/b'], undefined],
  ['application/json;charset=utf-8', ['application/json'], 0],
  ['application/json', ['application/json; charset=utf-8'], 0],
  ['image/png', ['text/plain', 'image/*'], 1],
  ['image/*', ['text/*', 'image/png', 'image/*'], 1],
  ['image/png', ['text/*'], undefined],
  ['a/b', ['no type', 'a/b'], 1],
  ['image/png;q=0.2, text/plain;q=0.1', ['text/plain', '*/*'], 1],
  ['a/b;q=high', ['a/b'], 0],
  ['a/b;x="1,2", c/d', ['c/d', 'a/b;x="1,2"'], 1],
  // RFC 9110, 12.5.1: the values of its example put in order
  ['text/*;q=0.3, text/html;q=0.7, text/html;level=1, text/html;level=2;q=0.4, */*;q=0.5', FIELD, 1],
  [
    'text/*;q=0.3, text/html;q=0.7, text/html;level=2;q=0.4, */*;q=0.5',
    ['image/jpeg', 'text/plain', 'text/html;level=2', 'text/html;level=3'],
    3,
  ],
  ['text/*;q=0.3, text/html;level=2;q=0.4, */*;q=0.5', ['text/plain', 'text/html;level=2', 'image/jpeg'], 2],
])('Accept: %s among %j: %s', (accept, available, index) => {
  expect(negotiate(accept, available)).toBe(index);
});

test('a header made to be slow is not', () => {
  expect(negotiate(`${'a/b;q=0.1,'.repeat(20_000)}c/d`, ['c/d'])).toBe(0);
  expect(negotiate('"'.repeat(50_001), ['c/d'])).toBe(0);
  expect(negotiate(`a/b;x="${'\\"'.repeat(50_000)}`, ['c/d'])).toBe(0);
});

test('kinds of content', () => {
  expect(['application/json', 'application/problem+json; charset=utf-8', 'text/json'].every(isJson)).toBe(
    true,
  );
  expect(['application/jsonl', 'application/json-seq', 'application/x-ndjson'].map(isJson)).toEqual([
    false,
    false,
    false,
  ]);
  expect(['application/jsonl', 'application/json-seq', 'application/x-ndjson'].every(isJsonSequence)).toBe(
    true,
  );
  expect(['application/xml', 'text/xml', 'image/svg+xml'].every(isXml)).toBe(true);
  expect(['text/plain', 'text/csv', 'application/yaml'].every(isText)).toBe(true);
  expect(isText('application/pdf')).toBe(false);
  expect(isForm('application/x-www-form-urlencoded;charset=utf-8')).toBe(true);
  expect(isMultipart('multipart/form-data; boundary=x')).toBe(true);
  expect(isEventStream('text/event-stream')).toBe(true);
});
