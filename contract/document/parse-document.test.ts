import { describe, expect, it } from 'vitest';
import type { Json } from '../json/value.ts';
import { own } from '../json/value.ts';
import type { SourceDocument } from '../source.ts';
import { documentOf } from './document-of.ts';
import { LIMITS } from './limits.ts';
import { parseDocument } from './parse-document.ts';

const read = (text: string, name = 'api.yaml'): SourceDocument => {
  const parsed = parseDocument(text, { name, uri: `memory:///${name}` });
  if (parsed.document === undefined)
    throw new Error(parsed.problems.map(problem => problem.message).join('\n'));
  return parsed.document;
};

/** `rule line:column` of every fault. */
const faults = (text: string, name = 'api.yaml'): readonly string[] => {
  const parsed = parseDocument(text, { name, uri: `memory:///${name}` });
  if (parsed.document !== undefined) return [];
  return parsed.problems.map(({ rule, source, severity }) => {
    const { line, column } = source.document.locate(source.pointer);
    return `${severity} ${rule} ${line}:${column}`;
  });
};

describe('values', () => {
  it.each<[string, string, Json]>([
    [
      'words that YAML 1.1 took for booleans',
      'a: [yes, no, on, off, y]',
      { a: ['yes', 'no', 'on', 'off', 'y'] },
    ],
    ['booleans and null', 'a: [true, FALSE, null, ~, ]', { a: [true, false, null, null] }],
    ['integers that a double cannot hold', 'a: 9223372036854775807', { a: 9223372036854775807n }],
    ['the largest safe integer', 'a: 9007199254740991', { a: 9007199254740991 }],
    ['floats', 'a: [1.5, 1e3, -0.5]', { a: [1.5, 1000, -0.5] }],
    ['dates stay text', 'a: 2026-11-24', { a: '2026-11-24' }],
    [
      'dates under a 1.1 directive stay text too',
      '%YAML 1.1\n---\na: 2026-11-24\nb: yes',
      { a: '2026-11-24', b: 'yes' },
    ],
    ['a tagged date', 'a: !!timestamp 2026-11-24', { a: '2026-11-24' }],
    ['integer keys', 'a:\n  200: ok\n  404: none', { a: { 200: 'ok', 404: 'none' } }],
    ['a version as written in a key', 'a:\n  1.10: x', { a: { '1.10': 'x' } }],
    ['block text', 'a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['an alias', 'a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['an anchor set again holds from there on', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
    [
      'merge keys, own keys winning on either side',
      'a: &x {b: 1, c: 2}\nd: {b: 3, <<: *x}\ne: {<<: *x, b: 3}',
      {
        a: { b: 1, c: 2 },
        d: { b: 3, c: 2 },
        e: { b: 3, c: 2 },
      },
    ],
    [
      'CloudFormation short tags',
      'a: !Sub "x-${AWS::Region}"\nb: !Ref Pool\nc: !GetAtt Fn.Arn\nd: !Join [":", [a, b]]',
      {
        a: { 'Fn::Sub': 'x-${AWS::Region}' },
        b: { Ref: 'Pool' },
        c: { 'Fn::GetAtt': ['Fn', 'Arn'] },
        d: { 'Fn::Join': [':', ['a', 'b']] },
      },
    ],
    ['an empty text', '', null],
    ['an empty text with comments', '# nothing\n', null],
    ['a byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['CRLF', 'a: 1\r\nb: x\r\n', { a: 1, b: 'x' }],
    ['flow style in a .yaml file', '{a: 1, b: [x]}', { a: 1, b: ['x'] }],
  ])('reads %s', (_what, text, value) => {
    expect(read(text).value).toEqual(value);
  });

  it('reads JSON, by its text and not its name', () => {
    expect(read('\uFEFF {"a": 9223372036854775807}', 'api.json').value).toEqual({ a: 9223372036854775807n });
    expect(read('{"a": [1]}', '<stdin>').value).toEqual({ a: [1] });
    expect(read('a: 1', 'api.json').value).toEqual({ a: 1 });
  });

  it.each(['{"__proto__": {"x": 1}, "constructor": 2}', '__proto__: {x: 1}\nconstructor: 2'])(
    'keeps __proto__ and constructor as keys: %s',
    text => {
      const { value } = read(text, text.startsWith('{') ? 'a.json' : 'a.yaml');
      expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
      expect(own(own(value, '__proto__'), 'x')).toBe(1);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    },
  );
});

describe('faults', () => {
  it.each<[string, string, readonly string[]]>([
    ['broken YAML', 'a: 1\nb: [1, 2\nc: 3\n', ['fatal document-syntax 3:1']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['fatal document-syntax 2:1']],
    ['two keys alike', 'a: 1\nb: 2\na: 3\n', ['fatal document-duplicate-key 3:1']],
    ['two keys alike, one quoted', 'r:\n  200: a\n  "200": b\n', ['fatal document-duplicate-key 3:3']],
    ['two documents in one file', 'a: 1\n---\nb: 2\n', ['fatal document-syntax 2:1']],
    ['an alias without anchor', 'a: *nothing\n', ['fatal document-syntax 1:4']],
    ['an alias inside its own anchor', 'a: &x\n  b: *x\n', ['fatal document-syntax 2:6']],
    ['an alias before its anchor', 'a: *x\nb: &x 1\n', ['fatal document-syntax 1:4']],
  ])('places %s', (_what, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('reports every syntax error at once', () => {
    expect(faults('a: "x\nb: 1\na: 2\nc: [\n').length).toBeGreaterThan(0);
    expect(faults('a: 1\na: 2\nb: 1\nb: 2\n')).toEqual([
      'fatal document-duplicate-key 2:1',
      'fatal document-duplicate-key 4:1',
    ]);
  });

  it('places faults of JSON', () => {
    expect(faults('{\n  "a": 1,\n  "b": }\n', 'a.json')).toEqual(['fatal document-syntax 3:8']);
    expect(faults('{\n  "a": 1,\n  "a": 2\n}\n', 'a.json')).toEqual(['fatal document-duplicate-key 3:3']);
    expect(faults('{"a": "x\\":y", "b": 1}', 'a.json')).toEqual([]);
  });

  it('refuses an alias bomb without writing it out', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 12; index += 1) {
      const before = String.fromCharCode(96 + index);
      const name = String.fromCharCode(97 + index);
      lines.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    expect(faults(`${lines.join('\n')}\n`)[0]).toMatch(/^fatal document-alias-bomb \d+:\d+$/);
  });

  it('takes many keys in one object', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: x`).join('\n');
    expect(Object.keys(read(text).value as object).length).toBe(100_000);
  });

  it('refuses more values than memory is there for', () => {
    expect(faults(`a: [${'a,'.repeat(LIMITS.yamlValues + 1)}b]`)).toEqual(['fatal document-size 1:1']);
  });

  it('takes many aliases of one anchor', () => {
    const text = `base: &base {type: string, maxLength: 10}\nall:\n${'  - *base\n'.repeat(20_000)}`;
    expect((own(read(text).value, 'all') as readonly Json[]).length).toBe(20_000);
  });

  it.each(['api.yaml', 'api.json'])('refuses more levels than the limit, in %s', name => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(faults(nested(LIMITS.depth), name)).toEqual([]);
    expect(faults(nested(200), name)[0]).toMatch(/^fatal document-depth 1:\d+$/);
    expect(faults(nested(100_000), name)[0]).toMatch(/^fatal document-(depth|syntax) \d+:\d+$/);
  });

  it('refuses deep lists as well', () => {
    expect(faults(`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'a.yaml')[0]).toMatch(
      /^fatal document-depth/,
    );
    expect(faults(`${'- '.repeat(50_000)}x`, 'a.yaml')[0]).toMatch(/^fatal document-depth/);
  });

  it('says the level limit in words when JSON is far too deep', () => {
    const parsed = parseDocument(`${'['.repeat(5000)}${']'.repeat(5000)}`, {
      name: 'a.json',
      uri: 'memory:///a',
    });
    expect(parsed.document === undefined && parsed.problems[0]?.message).toMatch(/levels deep/);
  });
});

describe('places', () => {
  const yaml = `openapi: 3.1.1
paths:
  /pets/{id}:
    get: &get
      tags:
        - pets
        - name: x
      "quoted key": [1, {deep: 2}]
    put: *get
    post:
      <<: *get
      own: 3
`;
  it.each([
    ['', '1:1'],
    ['/openapi', '1:10'],
    ['/paths', '2:1'],
    ['/paths/~1pets~1{id}/get', '4:5'],
    ['/paths/~1pets~1{id}/get/tags/0', '6:11'],
    ['/paths/~1pets~1{id}/get/tags/1', '7:11'],
    ['/paths/~1pets~1{id}/get/tags/1/name', '7:17'],
    ['/paths/~1pets~1{id}/get/quoted key/1/deep', '8:32'],
    ['/paths/~1pets~1{id}/put/tags/0', '6:11'],
    ['/paths/~1pets~1{id}/post/tags/0', '6:11'],
    ['/paths/~1pets~1{id}/post/own', '12:12'],
    ['/paths/~1pets~1{id}/nowhere/at/all', '3:3'],
  ])('finds %s of YAML', (pointer, place) => {
    const { line, column } = read(yaml).locate(pointer);
    expect(`${line}:${column}`).toBe(place);
  });

  const json = '\uFEFF{\n  "paths": {\n    "/a": {"get": {"x": [true, {"y": "\\"}"}]}}\n  },\r\n  "z": 12\n}';
  it.each([
    ['', '1:1'],
    ['/paths', '2:3'],
    ['/paths/~1a', '3:5'],
    ['/paths/~1a/get/x/0', '3:26'],
    ['/paths/~1a/get/x/1', '3:32'],
    ['/paths/~1a/get/x/1/y', '3:38'],
    ['/z', '5:8'],
    ['/nothing', '1:1'],
  ])('finds %s of JSON', (pointer, place) => {
    const { line, column } = read(json, 'a.json').locate(pointer);
    expect(`${line}:${column}`).toBe(place);
  });

  it('knows where a value ends', () => {
    expect(read(yaml).locate('/openapi')).toEqual({ line: 1, column: 10, endColumn: 15 });
    expect(read(json, 'a.json').locate('/z')).toEqual({ line: 5, column: 8, endColumn: 10 });
    expect(read(json, 'a.json').locate('/paths')).toEqual({ line: 2, column: 3, endColumn: 10 });
  });

  it('finds places in a document that was never text', () => {
    const document = documentOf({ a: { b: 1n } }, { name: 'value', uri: 'memory:///value' });
    expect(document.locate('/a/b')).toEqual({ line: 3, column: 10, endColumn: 11 });
  });
});

it('what is missing at the end of a text is shown where the text ends', () => {
  const parsed = parseDocument('openapi: 3.1.1\na: [1, 2\n', { name: 'api.yaml', uri: 'file:///api.yaml' });
  const [problem] = parsed.document === undefined ? parsed.problems : [];
  expect(problem?.source.document.locate('')).toMatchObject({ line: 2, column: 8 });
});
