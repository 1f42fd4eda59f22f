import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, LimitReached, Meter } from './meter.ts';
import { fromJson } from './value-json.ts';
import { doubleText, javaEquals, textOf, toJson } from './value-text.ts';
import { Double, isInteger, JsonList, toValue, type Value } from './values.ts';

const meter = (): Meter => new Meter(DEFAULT_LIMITS);

function read(text: string): Value {
  const result = fromJson(text);
  if ('error' in result) throw new Error(result.error.message);
  return result.value;
}

describe('text of what came from JSON, as recorded on AWS (apigateway.md 3.1)', () => {
  test.each([
    ['{"foo":"bar"}', '{foo=bar}'],
    ['{"bigger":"dict","to":"test","with":"separators"}', '{bigger=dict, to=test, with=separators}'],
    ['[{"foo":"bar"}]', '[{"foo":"bar"}]'],
    ['{"foo":[{"nested":"bar"}]}', '{foo=[{"nested":"bar"}]}'],
    ['[]', '[]'],
    ['{"b":null,"1":true,"a":{}}', '{b=null, 1=true, a={}}'],
    ['9223372036854775808', '9223372036854775808'],
    ['[1.0, 1e3, 10000000.0, 1E-5, -0]', '[1.0,1000.0,1.0E7,1.0E-5,0]'],
  ])('%s is %s', (json, text) => {
    expect(textOf(read(json), meter())).toBe(text);
  });

  test('a list made in a template prints as Java does', () => {
    expect(textOf([1, 'b', new Double(1.5), null, [read('["x"]')]], meter())).toBe(
      '[1, b, 1.5, null, [["x"]]]',
    );
  });
});

test.each([
  [1, '1.0'],
  [-0, '-0.0'],
  [0.001, '0.001'],
  [0.0009, '9.0E-4'],
  [9_999_999, '9999999.0'],
  [12_345_678.5, '1.23456785E7'],
  [1e23, '1.0E23'],
  [Number.MIN_VALUE, '4.9E-324'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [Number.NaN, 'NaN'],
])('the double %d prints as %s', (value, text) => {
  expect(doubleText(value)).toBe(text);
});

test('numbers become the Java type that Jackson gives them', () => {
  expect(read('[2147483647, 2147483648, -2147483648, -2147483649, 1.0]')).toEqual(
    JsonList.from<Value>([2147483647, 2147483648n, -2147483648, -2147483649n, new Double(1)]),
  );
  expect(isInteger(1.5)).toBe(false);
});

test.each([
  ['{"a" 1}', 1, 6],
  ['[1,\n 2,]', 2, 4],
  ['"\\x"', 1, 2],
  ['', 1, 1],
  [`${'['.repeat(1001)}${']'.repeat(1001)}`, 1, 1001],
])('%s is refused with its place', (text, line, column) => {
  expect(fromJson(text)).toMatchObject({ error: { line, column } });
});

test('every JSON text is read as JSON.parse reads it, and written back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = JSON.stringify(value);
      expect(JSON.parse(toJson(read(text), meter()))).toEqual(JSON.parse(text));
    }),
  );
});

test('what JSON.parse refuses is refused, and nothing else', () => {
  const near = fc.array(fc.constantFrom(...'{}[]",:0123456789.eE+-\\ntrufalsex \u0001'), { maxLength: 12 });
  fc.assert(
    fc.property(near, parts => {
      const text = parts.join('');
      let fits = true;
      try {
        JSON.parse(text);
      } catch {
        fits = false;
      }
      expect('value' in fromJson(text)).toBe(fits);
    }),
    { numRuns: 2000 },
  );
});

test('names of a prototype are keys like any other', () => {
  expect(textOf(read('{"__proto__":1,"constructor":2}'), meter())).toBe('{__proto__=1, constructor=2}');
  expect(textOf(toValue(JSON.parse('{"__proto__":{"a":1}}')), meter())).toBe('{__proto__={a=1}}');
});

test('equal values are equal by type and by what they hold', () => {
  const same = (a: string, b: string): boolean => javaEquals(read(a), read(b), meter());
  expect(same('{"a":[1,2.0]}', '{"a":[1,2.0]}')).toBe(true);
  expect(same('{"a":1,"b":2}', '{"b":2,"a":1}')).toBe(true);
  expect(same('1', '1.0')).toBe(false);
  expect(same('{"a":null}', '{"b":null}')).toBe(false);
  expect(same('[1]', '[1,2]')).toBe(false);
});

test('values within themselves and texts without end are stopped', () => {
  const within: Value[] = [];
  within.push([within]);
  expect(() => textOf(within, meter())).toThrow(LimitReached);
  within.length = 0;
  within.push(within);
  expect(textOf(within, meter())).toBe('[(this Collection)]');
  let doubled: Value[] = ['some text'];
  for (let turn = 0; turn < 60; turn += 1) doubled = [doubled, doubled];
  expect(() => textOf(doubled, meter())).toThrow(LimitReached);
  expect(() => toJson(doubled, meter())).toThrow(LimitReached);
});
