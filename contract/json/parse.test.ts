import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDuplicateKeys, parseJson } from './parse.ts';
import { stringifyJson } from './stringify.ts';
import { findSyntaxError } from './syntax-error.ts';
import type { Json } from './value.ts';

function errorOf(text: string): string {
  const read = parseJson(text);
  if (!('error' in read)) throw new Error(`no error in ${text}`);
  return `${read.error.line}:${read.error.column} ${read.error.message}`;
}

describe('parseJson', () => {
  test('keeps integers that a double cannot hold', () => {
    expect(parseJson('{"a":9223372036854775807,"b":[-9007199254740993],"c":9007199254740991}')).toEqual({
      value: { a: 9223372036854775807n, b: [-9007199254740993n], c: 9007199254740991 },
    });
    expect(parseJson('12345678901234567890')).toEqual({ value: 12345678901234567890n });
    expect(parseJson('[ 12345678901234567890 ]')).toEqual({ value: [12345678901234567890n] });
  });

  test('leaves numbers with fraction or exponent, and strings of digits, alone', () => {
    expect(parseJson('[0.1,1e400,1e20,12345678901234567890.5,"12345678901234567890"]')).toEqual({
      value: [0.1, Number.POSITIVE_INFINITY, 1e20, 12345678901234567000, '12345678901234567890'],
    });
  });

  test('does not turn a million digits into a bigint', () => {
    expect(parseJson('9'.repeat(1_000_000))).toEqual({ value: Number.POSITIVE_INFINITY });
  });

  test('large integers are neither found inside strings nor made out of what is no value', () => {
    expect(
      parseJson('["a 12345678901234567890 b","\\"",12345678901234567890,":12345678901234567890,"]'),
    ).toEqual({
      value: ['a 12345678901234567890 b', '"', 12345678901234567890n, ':12345678901234567890,'],
    });
    for (const text of [
      '{12345678901234567890:1}',
      '[012345678901234567890]',
      '[12345678901234567890',
      '[-]',
      '[1 12345678901234567890]',
    ]) {
      expect(parseJson(text)).toHaveProperty('error');
    }
    const marked = '\u007finteger:5';
    expect(parseJson(JSON.stringify([marked, 1]).replace('1', '12345678901234567890'))).toEqual({
      value: [marked, 12345678901234567890n],
    });
    const escaped = '["\\u007finteger:5",12345678901234567890]';
    expect(parseJson(escaped)).toEqual({ value: [marked, 12345678901234567890n] });
    expect(parseJson('["\\u007finteger:x",12345678901234567890]')).toHaveProperty('value');
  });

  test('keeps __proto__ an own key', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":12345678901234567890}}']) {
      const read = parseJson(text) as { value: Json };
      expect(Object.keys(read.value as object)).toEqual(['__proto__']);
      expect(stringifyJson(read.value)).toBe(text);
    }
  });

  test.each([
    ['', '1:1 the text ends before there is a value'],
    ['{"a":1,}', '1:8 there is a comma before "}"'],
    ['[1,\n2,\n]', '3:1 there is a comma before "]"'],
    ['{\n  "a": tru\n}', '2:8 expected a value, found "tru"'],
    ["{'a':1}", `1:2 expected a key in double quotes, found "'"`],
    ['{"a" 1}', '1:6 expected ":" after the key, found "1"'],
    ['{"a":}', '1:6 expected a value, found "}"'],
    ['[1 2]', '1:4 expected "," or "]", found "2"'],
    ['{"a":1]', '1:7 expected "," or "}", found "]"'],
    ['{} {}', '1:4 expected the end of the text, found "{"'],
    ['[01]', '1:2 expected a value, found "01"'],
    ['[NaN]', '1:2 expected a value, found "NaN"'],
    ['"a\nb"', '1:3 this string has no closing quote on its line'],
    ['["a', '1:2 this string has no closing quote'],
    ['"\\x"', '1:2 "\\\\x" is no escape that JSON knows'],
    ['"\u0001"', '1:2 a string holds the control character U+0001; write it as \\u0001'],
    ['{\n"a":[1', '2:7 the text ends inside the list that begins on line 2'],
    ['{"a"', '1:5 the text ends inside the object that begins on line 1'],
    ['\ufeff{}', '1:1 expected a value, found U+FEFF'],
    ['// no\n{}', '1:1 expected a value, found "/"'],
  ])('names the place of the mistake in %j', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  test('finds a mistake exactly in the texts that JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      ...'{}[],:" \n\\0-1.e+au\u0001'.split(''),
      'true',
      'null',
      '"k"',
      '\\u00e9',
      '1.5e3',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(findSyntaxError(text) === undefined).toBe(valid);
      }),
      { numRuns: 3000 },
    );
  });

  test('refuses what is nested too deep, and only that', () => {
    const deep = (levels: number): string => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
    expect(parseJson(deep(1000))).toHaveProperty('value');
    expect(errorOf(deep(1002))).toMatch(/^1:3001 nested more than 1000 levels deep$/);
    expect(parseJson(`["${'['.repeat(5000)}","\\"[",1]`)).toHaveProperty('value');
    expect(parseJson(`[${'[{}],'.repeat(5000)}1]`)).toHaveProperty('value');
    expect(parseJson(deep(20), { maxDepth: 10 })).toHaveProperty('error');
    expect(errorOf('['.repeat(1_000_000))).toContain('nested more than');
  });
});

describe('findDuplicateKeys', () => {
  test('names key, pointer and both lines', () => {
    const text = '{\n "a": [0, {"x/y": 1,\n  "x\\/y": 2}],\n "b": {"a": 1},\n "a": 3, "a" : "a"\n}';
    expect(findDuplicateKeys(text)).toEqual([
      { key: 'x/y', pointer: '/a/1/x~1y', line: 3, column: 3, firstLine: 2 },
      { key: 'a', pointer: '/a', line: 5, column: 2, firstLine: 2 },
      { key: 'a', pointer: '/a', line: 5, column: 10, firstLine: 2 },
    ]);
  });

  test('finds none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(findDuplicateKeys(JSON.stringify(value, null, 1))).toEqual([]);
      }),
    );
  });

  test('knows __proto__ and survives depth and broken text', () => {
    expect(findDuplicateKeys('{"__proto__":1,"__proto__":2}')).toHaveLength(1);
    expect(findDuplicateKeys('{"constructor":1}')).toHaveLength(0);
    expect(findDuplicateKeys('{"a":'.repeat(200_000))).toEqual([]);
    expect(findDuplicateKeys(`${'['.repeat(50_000)}{${'"a":1,'.repeat(2000)}`)).toHaveLength(1999);
    expect(findDuplicateKeys('}}]]{"a')).toEqual([]);
  });
});

describe('stringifyJson', () => {
  test('writes bigints as digits, indented like JSON.stringify', () => {
    expect(stringifyJson({ b: 9223372036854775807n, a: [1n, {}, []] })).toBe(
      '{"b":9223372036854775807,"a":[1,{},[]]}',
    );
    expect(stringifyJson({ a: [1n, { b: 'x' }] }, 2)).toBe(JSON.stringify({ a: [1, { b: 'x' }] }, null, 2));
  });

  test('is JSON.stringify for values without bigints, and its slow path agrees', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(stringifyJson(value as Json, indent)).toBe(JSON.stringify(value, null, indent));
        expect(stringifyJson([1n, value as Json], indent)).toBe(JSON.stringify([1, value], null, indent));
      }),
    );
  });

  test('comes back from parseJson the same', () => {
    const big = fc.oneof(
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
      fc.bigInt({ min: -(2n ** 80n), max: -(2n ** 53n) }),
    );
    const json = fc.letrec(tie => ({
      value: fc.oneof(
        fc.string({ unit: 'binary' }),
        big,
        fc.maxSafeInteger(),
        fc.constantFrom(null, true, 0.5),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(json, value => {
        expect(parseJson(stringifyJson(value as Json))).toEqual({ value });
      }),
    );
  });
});
