import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Parameter } from '../model.ts';
import { contractFromValue } from '../read.ts';
import {
  parseHeader,
  parseParameter,
  type RawParameter,
  type SerializedParameter,
  serializeHeader,
  serializeParameter,
} from './parameter-style.ts';

type Written = Record<string, unknown>;

function parameter(written: Written, openapi = '3.2.0'): Parameter {
  const { contract, problems } = contractFromValue({
    ...(openapi === '2.0' ? { swagger: '2.0' } : { openapi }),
    info: { title: 'T', version: '1' },
    paths: {
      '/{p}': { get: { parameters: [{ name: 'color', required: true, ...written }], responses: {} } },
    },
  });
  const made = contract?.operations[0]?.parameters[0];
  if (made === undefined) throw new Error(JSON.stringify(problems.map(problem => problem.message)));
  return made;
}

/** What a server is handed for what a client sent. */
function received(sent: SerializedParameter): RawParameter {
  switch (sent.where) {
    case 'path':
    case 'header':
    case 'cookie':
    case 'querystring':
      return sent.text;
    case 'query':
      return sent.pairs.map(([name, value]) => `${name}=${value}`).join('&');
    default:
      return undefined;
  }
}

const TEXT = { type: 'string' };
const LIST = { type: 'array', items: TEXT };
const OBJECT = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } },
};
const BLACK = 'blue';
const COLORS = ['blue', 'black', 'brown'];
const RGB = { R: 100, G: 200, B: 150 };

describe('the style examples of the specification (3.1.1, 4.8.12.4)', () => {
  test.each([
    ['path', 'matrix', false, TEXT, BLACK, ';color=blue'],
    ['path', 'matrix', false, TEXT, '', ';color'],
    ['path', 'matrix', false, LIST, COLORS, ';color=blue,black,brown'],
    ['path', 'matrix', false, OBJECT, RGB, ';color=R,100,G,200,B,150'],
    ['path', 'matrix', true, TEXT, BLACK, ';color=blue'],
    ['path', 'matrix', true, LIST, COLORS, ';color=blue;color=black;color=brown'],
    ['path', 'matrix', true, OBJECT, RGB, ';R=100;G=200;B=150'],
    ['path', 'label', false, TEXT, BLACK, '.blue'],
    ['path', 'label', false, LIST, COLORS, '.blue,black,brown'],
    ['path', 'label', false, OBJECT, RGB, '.R,100,G,200,B,150'],
    ['path', 'label', true, LIST, COLORS, '.blue.black.brown'],
    ['path', 'label', true, OBJECT, RGB, '.R=100.G=200.B=150'],
    ['path', 'simple', false, TEXT, BLACK, 'blue'],
    ['path', 'simple', false, LIST, COLORS, 'blue,black,brown'],
    ['path', 'simple', false, OBJECT, RGB, 'R,100,G,200,B,150'],
    ['path', 'simple', true, LIST, COLORS, 'blue,black,brown'],
    ['path', 'simple', true, OBJECT, RGB, 'R=100,G=200,B=150'],
    ['header', 'simple', false, LIST, COLORS, 'blue,black,brown'],
    ['header', 'simple', true, OBJECT, RGB, 'R=100,G=200,B=150'],
    ['query', 'form', false, TEXT, '', 'color='],
    ['query', 'form', false, TEXT, BLACK, 'color=blue'],
    ['query', 'form', false, LIST, COLORS, 'color=blue,black,brown'],
    ['query', 'form', false, OBJECT, RGB, 'color=R,100,G,200,B,150'],
    ['query', 'form', true, TEXT, '', 'color='],
    ['query', 'form', true, LIST, COLORS, 'color=blue&color=black&color=brown'],
    ['query', 'form', true, OBJECT, RGB, 'R=100&G=200&B=150'],
    ['query', 'spaceDelimited', false, LIST, COLORS, 'color=blue%20black%20brown'],
    ['query', 'spaceDelimited', false, OBJECT, RGB, 'color=R%20100%20G%20200%20B%20150'],
    ['query', 'pipeDelimited', false, LIST, COLORS, 'color=blue%7Cblack%7Cbrown'],
    ['query', 'pipeDelimited', false, OBJECT, RGB, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['query', 'deepObject', true, OBJECT, RGB, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    ['cookie', 'form', true, TEXT, BLACK, 'color=blue'],
    ['cookie', 'form', false, LIST, COLORS, 'color=blue,black,brown'],
    ['cookie', 'cookie', false, LIST, COLORS, 'color=blue,black,brown'],
    ['cookie', 'cookie', true, LIST, COLORS, 'color=blue; color=black; color=brown'],
    ['cookie', 'cookie', true, OBJECT, RGB, 'R=100; G=200; B=150'],
  ])('%s %s explode:%s %j', (place, style, explode, schema, value, text) => {
    const made = parameter({ in: place, style, explode, schema });
    const sent = serializeParameter(made, value);
    expect(received(sent)).toBe(text);
    expect(parseParameter(made, text)).toEqual({ value });
  });

  test('Swagger 2.0 formats', () => {
    const tsv = parameter({ in: 'query', type: 'array', items: TEXT, collectionFormat: 'tsv' }, '2.0');
    expect(received(serializeParameter(tsv, COLORS))).toBe('color=blue%09black%09brown');
    expect(parseParameter(tsv, 'color=blue%09black%09brown')).toEqual({ value: COLORS });
    const multi = parameter(
      { in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat: 'multi' },
      '2.0',
    );
    expect(parseParameter(multi, 'color=1&color=2')).toEqual({ value: [1, 2] });
    const pipes = parameter({ in: 'header', type: 'array', items: TEXT, collectionFormat: 'pipes' }, '2.0');
    expect(received(serializeParameter(pipes, COLORS))).toBe('blue|black|brown');
    expect(parseParameter(pipes, 'blue|black|brown')).toEqual({ value: COLORS });
    const path = parameter({ in: 'path', type: 'array', items: TEXT, collectionFormat: 'ssv' }, '2.0');
    expect(received(serializeParameter(path, COLORS))).toBe('blue%20black%20brown');
  });
});

describe('types', () => {
  const read = (schema: Written, text: string): unknown =>
    parseParameter(parameter({ in: 'query', schema }), `color=${text}`);
  test.each([
    [{ type: 'integer' }, '5', 5],
    [{ type: 'integer' }, '-0', -0],
    [{ type: 'integer' }, '1.0', 1],
    [{ type: 'integer' }, '1.5', '1.5'],
    [{ type: 'integer' }, '05', '05'],
    [{ type: 'integer' }, '%2B5', '+5'],
    [{ type: 'integer' }, '', ''],
    [{ type: 'integer' }, '0x10', '0x10'],
    [{ type: 'integer' }, ' 5', ' 5'],
    [{ type: 'integer' }, '9223372036854775807', 9223372036854775807n],
    [{ type: 'integer' }, '1e400', '1e400'],
    [{ type: 'integer' }, '9'.repeat(100_000), '9'.repeat(100_000)],
    [{ type: 'number' }, '1.5', 1.5],
    [{ type: 'number' }, '1e3', 1000],
    [{ type: 'number' }, 'NaN', 'NaN'],
    [{ type: 'number' }, '18446744073709551616', 18446744073709551616n],
    [{ type: 'boolean' }, 'true', true],
    [{ type: 'boolean' }, 'True', 'True'],
    [{ type: 'boolean' }, '1', '1'],
    [{ type: ['integer', 'null'] }, '', null],
    [{ type: ['integer', 'null'] }, 'null', null],
    [{ type: ['string', 'null'] }, 'null', 'null'],
    [{ type: ['string', 'null'] }, '', ''],
    [{ type: 'string' }, '5', '5'],
    [{}, '5', '5'],
    [true, '5', '5'],
    [{ maximum: 3, enum: [1, 2] }, '2', 2],
    [{ enum: ['1', 2] }, '1', '1'],
    [{ enum: ['1', 2] }, '2', 2],
    [{ const: false }, 'false', false],
    [{ type: ['integer', 'string'] }, '5', 5],
    [{ type: ['integer', 'string'], pattern: '^x' }, 'x', 'x'],
    [{ type: ['integer', 'string'], maximum: 3 }, '5', '5'],
    [{ anyOf: [{ type: 'integer' }, { type: 'boolean' }] }, 'true', true],
    [{ oneOf: [{ type: 'string', format: 'date' }, { type: 'integer' }] }, '7', 7],
    [{ allOf: [{ type: ['integer', 'string'] }, { type: ['integer', 'boolean'] }] }, '7', 7],
    [{ anyOf: [{ type: 'array', items: { type: 'integer' } }, { type: 'string' }] }, '7', '7'],
    [{ anyOf: [{ type: 'array', items: { type: 'integer' } }, { type: 'string' }] }, '7&color=8', [7, 8]],
    [
      {
        anyOf: [
          { type: 'array', items: { type: 'integer' } },
          { type: 'string', minLength: 2 },
        ],
      },
      '7',
      [7],
    ],
    [{ type: 'array', items: { type: 'integer' } }, '1&color=x', [1, 'x']],
    [{ type: 'array', prefixItems: [{ type: 'integer' }], items: TEXT }, '1&color=2', [1, '2']],
    [{ type: 'array', items: { type: 'integer' } }, '', []],
    [LIST, '', ['']],
    [TEXT, 'first&color=second', 'first'],
    [{ items: { type: 'integer' } }, '3', [3]],
    // Nothing is valid: the reading that explains most, so that the fault is `maximum` and not `type`.
    [{ anyOf: [{ type: 'integer', maximum: 3 }, { type: 'boolean' }] }, '7', 7],
    [{ anyOf: [{ type: 'boolean' }, { type: 'integer', maximum: 3 }] }, '7', 7],
    [{ anyOf: [{ type: 'boolean' }, { type: 'integer' }] }, 'x', 'x'],
  ])('%j of %s is %s', (schema, text, value) => {
    expect(read(schema as Written, text)).toEqual({ value });
  });

  test('a comma that came encoded divides where nothing else is valid', () => {
    const ids = parameter({
      in: 'query',
      explode: false,
      schema: { type: 'array', items: { type: 'integer' } },
    });
    expect(parseParameter(ids, 'color=1%2C2')).toEqual({ value: [1, 2] });
    const texts = parameter({ in: 'query', explode: false, schema: LIST });
    expect(parseParameter(texts, 'color=1%2C2')).toEqual({ value: ['1,2'] });
  });

  test('a plus is a space in a query and a plus in a path', () => {
    expect(read(TEXT, 'a+b%2B')).toEqual({ value: 'a b+' });
    expect(parseParameter(parameter({ in: 'path', schema: TEXT }), 'a+b')).toEqual({ value: 'a+b' });
  });

  test('recursive schemas and unions of unions end', () => {
    const { contract } = contractFromValue({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths: {
        '/': {
          get: {
            parameters: [
              { name: 'f', in: 'query', style: 'deepObject', schema: { $ref: '#/components/schemas/N' } },
            ],
            responses: {},
          },
        },
      },
      components: {
        schemas: {
          N: {
            anyOf: Array.from({ length: 6 }, (_, index) => ({
              type: 'object',
              required: [`r${index}`],
              additionalProperties: { $ref: '#/components/schemas/N' },
            })),
          },
        },
      },
    });
    const made = contract?.operations[0]?.parameters[0] as Parameter;
    expect(parseParameter(made, `f${'[a]'.repeat(20)}=1`)).toHaveProperty('value');
  });
});

describe('objects', () => {
  test('exploded: declared properties, and the rest only where the schema speaks of it', () => {
    const closed = parameter({ in: 'query', schema: OBJECT });
    expect(parseParameter(closed, 'R=1&x=2')).toEqual({ value: { R: 1 } });
    expect(parseParameter(closed, 'x=2')).toEqual({ value: undefined });
    const open = parameter({
      in: 'query',
      schema: { type: 'object', additionalProperties: { type: 'integer' } },
    });
    expect(parseParameter(open, '&a=1&&page=2&b=3&', new Set(['page']))).toEqual({ value: { a: 1, b: 3 } });
    const strict = parameter({ in: 'query', schema: { ...OBJECT, additionalProperties: false } });
    expect(parseParameter(strict, 'R=1&x=2')).toEqual({ value: { R: 1 } });
  });

  test('a property is typed by its pattern, and by all that allOf says of it', () => {
    const made = parameter({
      in: 'query',
      style: 'deepObject',
      schema: {
        type: 'object',
        patternProperties: { '^n': { type: 'integer' } },
        additionalProperties: { type: 'boolean' },
        allOf: [
          { properties: { both: { type: ['integer', 'string'] } } },
          { properties: { both: { type: ['integer', 'boolean'] } } },
        ],
        properties: { both: true },
      },
    });
    expect(parseParameter(made, 'color[n1]=1&color[x]=true&color[both]=7')).toEqual({
      value: { n1: 1, x: true, both: 7 },
    });
  });

  test('deepObject: lists, levels, order of indices', () => {
    const made = parameter({
      in: 'query',
      style: 'deepObject',
      schema: {
        type: 'object',
        properties: { tags: { type: 'array', items: { type: 'integer' } }, sub: OBJECT, any: {} },
      },
    });
    for (const query of [
      'color[tags][]=1&color[tags][]=2',
      'color[tags]=1&color[tags]=2',
      'color[tags][7]=2&color[tags][3]=1',
      'color%5Btags%5D%5B0%5D=1&color[tags][1]=2',
    ]) {
      expect(parseParameter(made, query)).toEqual({ value: { tags: [1, 2] } });
    }
    expect(parseParameter(made, 'color[tags]=1')).toEqual({ value: { tags: [1] } });
    expect(parseParameter(made, 'color[sub][R]=1&color[any][x][y]=z')).toEqual({
      value: { sub: { R: 1 }, any: { x: { y: 'z' } } },
    });
    expect(parseParameter(made, 'colors[R]=1')).toEqual({ value: undefined });
    expect(parseParameter(made, 'color=1')).toEqual({ value: '1' });
  });

  test('deepObject in a union takes the member that brackets can be', () => {
    const list = parameter({
      in: 'query',
      style: 'deepObject',
      schema: { anyOf: [TEXT, { type: 'array', items: { type: 'integer' } }] },
    });
    expect(parseParameter(list, 'color[0]=1&color[1]=2')).toEqual({ value: [1, 2] });
  });

  test.each([
    ['color[a=1', 'the brackets of "color[a" do not close'],
    ['color[a]b=1', 'the brackets of "color[a]b" do not close'],
    ['color[a]=1&color[a][b]=2', 'color is given both a value and members'],
    [`color${'[a]'.repeat(5000)}=1`, 'color is nested more than 20 levels deep'],
    ['color[a]=%ff', '"%ff" is not percent-encoded UTF-8'],
  ])('deepObject %s is malformed', (query, malformed) => {
    expect(
      parseParameter(
        parameter({ in: 'query', style: 'deepObject', schema: { type: 'object' } }),
        query.slice(0, 20_000),
      ),
    ).toEqual({ malformed });
  });

  test('bombs cost what they weigh', () => {
    const made = parameter({ in: 'query', style: 'deepObject', schema: { type: 'object' } });
    const many = Array.from({ length: 10_000 }, (_, index) => `color[${index}][999999999]=${index}`).join(
      '&',
    );
    const read = parseParameter(made, many) as { value: Json };
    expect(Object.keys(read.value as object)).toHaveLength(10_000);
    expect(parseParameter(made, `color[${'9'.repeat(100_000)}]=1`)).toHaveProperty('value');
  });

  test('__proto__ is a name like any other', () => {
    const schema = { type: 'object', additionalProperties: true };
    const value = Object.fromEntries([['__proto__', 'x']]);
    for (const [place, style, explode] of [
      ['query', 'deepObject', true],
      ['query', 'form', true],
      ['query', 'form', false],
      ['path', 'simple', true],
      ['cookie', 'form', true],
      ['header', 'simple', true],
    ] as const) {
      const made = parameter({ in: place, style, explode, schema });
      const read = parseParameter(made, received(serializeParameter(made, value))) as { value: Json };
      expect(Object.entries(read.value as object)).toEqual([['__proto__', 'x']]);
    }
    const named = parameter({ name: '__proto__', in: 'query', schema: TEXT });
    expect(parseParameter(named, '__proto__=1')).toEqual({ value: '1' });
    expect(parseParameter(named, '')).toEqual({ value: undefined });
  });
});

test.each([
  [{ in: 'path', schema: TEXT }, '%zz'],
  [{ in: 'path', schema: TEXT }, '%c3%28'],
  [{ in: 'path', schema: TEXT }, '%'],
  [{ in: 'query', schema: TEXT }, 'color=%E0%A4%A'],
  [{ in: 'query', schema: LIST }, 'color=a&color=%80'],
  [{ in: 'path', style: 'label', schema: TEXT }, 'blue'],
  [{ in: 'path', style: 'matrix', schema: TEXT }, 'color=blue'],
  [{ in: 'path', style: 'matrix', schema: TEXT }, ';colour=blue'],
  [{ in: 'path', explode: false, schema: OBJECT }, 'R,1,G'],
  [{ in: 'header', explode: true, schema: OBJECT }, 'R,1'],
  [{ in: 'query', content: { 'application/json': { schema: {} } } }, 'color={'],
])('%j with %s is malformed', (written, raw) => {
  expect(parseParameter(parameter(written), raw)).toHaveProperty('malformed');
});

describe('content', () => {
  const value = { at: [51.5, 'é"'], id: 9223372036854775807n };
  test.each(['path', 'query', 'header', 'cookie'])('JSON in %s', place => {
    const made = parameter({ in: place, content: { 'application/json': { schema: { type: 'object' } } } });
    const sent = serializeParameter(made, value);
    expect(parseParameter(made, received(sent))).toEqual({ value });
  });

  test("text/plain is turned into the schema's type", () => {
    const made = parameter({ in: 'query', content: { 'text/plain': { schema: { type: 'integer' } } } });
    expect(parseParameter(made, 'color=5')).toEqual({ value: 5 });
    expect(received(serializeParameter(made, 5))).toBe('color=5');
  });

  test('what is not read says so', () => {
    const made = parameter({
      in: 'query',
      content: { 'application/x-other': { schema: { type: 'object' } } },
    });
    expect(parseParameter(made, 'color=%3Ca/%3E')).toEqual({
      value: '<a/>',
      unchecked: 'application/x-other is not read',
    });
    expect(serializeParameter(made, {})).toEqual({
      where: 'nowhere',
      why: 'application/x-other is not written',
    });
  });

  test('a whole query as a form or as JSON', () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' }, tags: LIST, deep: OBJECT } };
    const form = parameter({
      in: 'querystring',
      content: { 'application/x-www-form-urlencoded': { schema } },
    });
    const query = { a: 1, tags: ['x y', 'z&'], deep: { R: 1 } };
    const sent = serializeParameter(form, query);
    expect(received(sent)).toBe('a=1&tags=x%20y&tags=z%26&deep=%7B%22R%22%3A1%7D');
    expect(parseParameter(form, received(sent))).toEqual({ value: query });
    const json = parameter({ in: 'querystring', content: { 'application/json': { schema } } });
    expect(parseParameter(json, received(serializeParameter(json, query)))).toEqual({ value: query });
  });
});

test('headers are trimmed, joined and not percent-encoded', () => {
  const made = parameter({ in: 'header', schema: LIST });
  expect(parseParameter(made, ['a , b', 'c%20'])).toEqual({ value: ['a', 'b', 'c%20'] });
  expect(serializeParameter(parameter({ in: 'header', schema: TEXT }), '"é"')).toEqual({
    where: 'header',
    name: 'color',
    text: '"é"',
  });
  const header = { schema: made.schema, content: undefined, explode: false };
  expect(serializeHeader('X-List', header, ['a', 'b'])).toEqual({
    where: 'header',
    name: 'X-List',
    text: 'a,b',
  });
  expect(parseHeader(header, 'a,b')).toEqual({ value: ['a', 'b'] });
  expect(parseHeader(header, undefined)).toEqual({ value: undefined });
});

test('allowReserved leaves what a query can bear', () => {
  const made = parameter({ in: 'query', allowReserved: true, schema: TEXT });
  const text = "a/b?c:d@e!$f'(g)*h,i;j&k=l+m#n[o]%41";
  expect(received(serializeParameter(made, text))).toBe(
    "color=a/b?c:d@e!$f'(g)*h,i;j%26k%3Dl%2Bm%23n%5Bo%5D%2541",
  );
  expect(parseParameter(made, received(serializeParameter(made, text)))).toEqual({ value: text });
});

test.each([
  [{ in: 'path', schema: TEXT }, ''],
  [{ in: 'path', schema: TEXT }, '..'],
  [{ in: 'path', style: 'label', schema: TEXT }, '.'],
  [{ in: 'path', schema: LIST }, []],
  [{ in: 'path', schema: LIST }, ['']],
  [{ in: 'path', schema: LIST }, [['a']]],
  [{ in: 'path', schema: TEXT }, '\ud800'],
  [{ in: 'query', schema: LIST }, []],
  [{ in: 'query', schema: { type: 'object' } }, {}],
  [{ in: 'query', explode: false, schema: LIST }, ['']],
  [{ in: 'query', style: 'pipeDelimited', schema: LIST }, ['a|b']],
  [{ in: 'query', style: 'deepObject', schema: {} }, { a: [] }],
  [{ in: 'query', style: 'deepObject', schema: {} }, { 'a]': 1 }],
  [{ in: 'query', schema: { type: 'number' } }, Number.POSITIVE_INFINITY],
  [{ in: 'header', schema: TEXT }, 'a\r\nb'],
  [{ in: 'header', schema: TEXT }, '日本'],
  [{ in: 'header', schema: TEXT }, ' a'],
  [{ in: 'header', schema: LIST }, ['a,b']],
  [{ in: 'cookie', style: 'cookie', schema: TEXT }, 'a;b'],
])('%j cannot carry %j, and says why', (written, value) => {
  const sent = serializeParameter(parameter(written), value as Json);
  expect(sent.where).toBe('nowhere');
  expect((sent as { why: string }).why).toMatch(/\w/);
});

describe('what is sent is what is read', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...',.;=&|[]% +/?#{}"\'\t\u0000') }),
    fc.constantFrom('', 'null', 'true', '5', '__proto__'),
  );
  // Integers beyond the safe range are bigints in this project, however they were made.
  const carriedNumber = (made: number): Json =>
    !Number.isSafeInteger(made) && /^-?\d+$/.test(String(made))
      ? BigInt(made)
      : Object.is(made, -0)
        ? 0
        : made;
  const number = fc
    .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    .map(carriedNumber);
  const integer = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }));
  const item = fc.oneof(
    fc.record({ schema: fc.constant({ type: 'string' }), value: text }),
    fc.record({ schema: fc.constant({ type: 'number' }), value: number }),
    fc.record({ schema: fc.constant({ type: ['integer', 'null'] }), value: fc.option(integer) }),
    fc.record({ schema: fc.constant({ type: 'boolean' }), value: fc.boolean() }),
  );
  const value: fc.Arbitrary<{ schema: Written; value: Json }> = fc.oneof(
    item,
    item.chain(({ schema, value: first }) =>
      fc
        .array(fc.constant(first), { maxLength: 3 })
        .map(list => ({ schema: { type: 'array', items: schema }, value: list })),
    ),
    fc.array(text, { maxLength: 4 }).map(list => ({ schema: LIST, value: list })),
    fc.array(fc.tuple(text, item), { maxLength: 4 }).map(entries => ({
      schema: {
        type: 'object',
        properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
      },
      value: Object.fromEntries(entries.map(([name, member]) => [name, member.value])),
    })),
    fc.dictionary(text, text, { maxKeys: 4, noNullPrototype: true }).map(object => ({
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      value: object,
    })),
  );
  const form: fc.Arbitrary<Written> = fc.oneof(
    fc.record({
      in: fc.constant('path'),
      style: fc.constantFrom('simple', 'label', 'matrix'),
      explode: fc.boolean(),
      allowReserved: fc.boolean(),
    }),
    fc.record({
      in: fc.constant('query'),
      style: fc.constantFrom('form', 'spaceDelimited', 'pipeDelimited'),
      explode: fc.boolean(),
      allowReserved: fc.boolean(),
    }),
    fc.record({ in: fc.constant('query'), style: fc.constant('deepObject'), explode: fc.constant(true) }),
    fc.record({ in: fc.constant('header'), style: fc.constant('simple'), explode: fc.boolean() }),
    fc.record({ in: fc.constant('cookie'), style: fc.constantFrom('form', 'cookie'), explode: fc.boolean() }),
  );
  const name = fc.constantFrom('color', 'a b', 'x[]', 'é;=&', '__proto__');

  test('in every style, for every value that it does not refuse', () => {
    let carried = 0;
    fc.assert(
      fc.property(form, name, value, (place, label, { schema, value: sentValue }) => {
        const made = parameter({ ...place, name: label, schema });
        const sent = serializeParameter(made, sentValue);
        if (sent.where === 'nowhere') return;
        carried += 1;
        expect(parseParameter(made, received(sent))).toEqual({ value: sentValue });
      }),
      { numRuns: 2000 },
    );
    expect(carried).toBeGreaterThan(1000);
  });

  test('deepObject to any depth', () => {
    const nested = fc.letrec(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.record({ schema: fc.constant(TEXT), value: text }),
        fc.array(fc.tuple(text, tie('node')), { minLength: 1, maxLength: 3 }).map(raw => {
          const entries = raw as [string, { schema: Written; value: Json }][];
          return {
            schema: {
              type: 'object',
              properties: Object.fromEntries(entries.map(([key, child]) => [key, child.schema])),
            },
            value: Object.fromEntries(entries.map(([key, child]) => [key, child.value])),
          };
        }),
        fc.array(text, { minLength: 1, maxLength: 3 }).map(list => ({ schema: LIST, value: list })),
      ),
    })).node as fc.Arbitrary<{ schema: Written; value: Json }>;
    fc.assert(
      fc.property(nested, ({ schema, value: sentValue }) => {
        fc.pre(typeof sentValue === 'object' && sentValue !== null);
        const made = parameter({ in: 'query', style: 'deepObject', schema });
        const sent = serializeParameter(made, sentValue);
        if (sent.where === 'nowhere') return;
        expect(parseParameter(made, received(sent))).toEqual({ value: sentValue });
      }),
      { numRuns: 500 },
    );
  });

  test('and nothing received makes it throw', () => {
    fc.assert(
      fc.property(
        form,
        fc.constantFrom(
          TEXT,
          LIST,
          OBJECT,
          { type: 'object' },
          { type: 'array' },
          {},
          { anyOf: [LIST, OBJECT, { type: 'null' }] },
        ),
        fc.oneof(
          text,
          fc.array(text).map(parts => parts.join('&color=')),
        ),
        (place, schema, raw) => {
          const made = parameter({ ...place, schema });
          parseParameter(made, raw);
          parseParameter(made, `color=${raw}&color[${raw}]=${raw}`);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
