import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../json/parse.ts';
import type { Json } from '../../json/value.ts';
import type { MediaType } from '../../model.ts';
import { contractFromValue } from '../../read.ts';
import { type DecodedBody, decodeBody, encodeBody } from './body.ts';
import { joinParts, splitParts } from './multipart.ts';

type Written = Record<string, unknown>;

function mediaType(name: string, written: Written, openapi = '3.2.0'): MediaType {
  const { contract, problems } = contractFromValue({
    openapi,
    info: { title: 'T', version: '1' },
    paths: { '/': { post: { requestBody: { content: { [name]: written } }, responses: {} } } },
  });
  const made = contract?.operations[0]?.requestBody?.content[0];
  if (made === undefined) throw new Error(JSON.stringify(problems.map(problem => problem.message)));
  return made;
}

function formOf(parameters: readonly Written[], consumes: string): MediaType {
  const { contract } = contractFromValue({
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    paths: { '/': { post: { consumes: [consumes], parameters, responses: {} } } },
  });
  const made = contract?.operations[0]?.requestBody?.content[0];
  if (made === undefined) throw new Error('no body');
  return made;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (media: MediaType, text: string, contentType = media.mediaType): DecodedBody =>
  decodeBody(media, contentType, bytes(text));

function written(media: MediaType, value: Json): string {
  const body = encodeBody(media, value);
  if ('unsupported' in body) throw new Error(body.unsupported);
  return new TextDecoder().decode(body.bytes);
}

describe('JSON', () => {
  const json = mediaType('application/json', { schema: {} });
  test('is UTF-8, with or without a byte order mark', () => {
    expect(decode(json, '\ufeff{"a":9007199254740993}')).toEqual({ value: { a: 9007199254740993n } });
    expect(decode(json, '{}', 'application/problem+json; charset="UTF-8"')).toEqual({ value: {} });
    expect(decode(json, '{}', 'application/json; charset=utf-16')).toEqual({
      malformed: 'JSON is UTF-8, and this body says it is utf-16',
    });
    expect(decodeBody(json, 'application/json', new Uint8Array([0xff]))).toEqual({
      malformed: 'the body is not UTF-8',
    });
  });

  test('a key that stands twice is told when asked', () => {
    expect(decode(json, '{"a":1,"a":2}')).toEqual({ value: { a: 2 } });
    expect(
      decodeBody(json, 'application/json', bytes('{"a":1,"a":2}'), { duplicateKeys: true }),
    ).toMatchObject({
      value: { a: 2 },
      duplicateKeys: [{ key: 'a', pointer: '/a' }],
    });
    expect(decodeBody(json, 'application/json', bytes('{"a":1}'), { duplicateKeys: true })).toEqual({
      value: { a: 1 },
    });
  });

  test('lines and sequences are lists', () => {
    const lines = mediaType('application/jsonl', { itemSchema: {} });
    expect(decode(lines, '{"a":1}\r\n\n[2]\n')).toEqual({ value: [{ a: 1 }, [2]] });
    expect(written(lines, [{ a: 1 }, [2]])).toBe('{"a":1}\n[2]\n');
    expect(decode(lines, '1\n{')).toHaveProperty('malformed', expect.stringContaining('item 2: '));
    const sequence = mediaType('application/json-seq', { itemSchema: {} });
    expect(decode(sequence, written(sequence, [{ a: '\n' }, 2]))).toEqual({ value: [{ a: '\n' }, 2] });
  });

  test('what is written is what is read', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
        const { value: clean } = parseJson(JSON.stringify(value)) as { value: Json };
        const body = encodeBody(json, clean) as { bytes: Uint8Array };
        expect(decodeBody(json, 'application/json', body.bytes)).toEqual({ value: clean });
      }),
    );
  });
});

describe('text and files', () => {
  test('text takes the type of its schema', () => {
    const text = mediaType('text/plain', { schema: { type: 'integer' } });
    expect(decode(text, '5')).toEqual({ value: 5 });
    expect(written(text, 5)).toBe('5');
  });

  test('charsets', () => {
    const text = mediaType('text/plain; charset=iso-8859-1', { schema: { type: 'string' } });
    const body = encodeBody(text, 'é') as { bytes: Uint8Array; contentType: string };
    expect([...body.bytes]).toEqual([0xe9]);
    expect(decodeBody(text, body.contentType, body.bytes)).toEqual({ value: 'é' });
    expect(encodeBody(text, '日')).toHaveProperty('unsupported');
    expect(decode(text, 'x', 'text/plain; charset=shift_jis')).toEqual({
      raw: true,
      why: 'the charset shift_jis is not read',
    });
  });

  test('files are byte strings', () => {
    const file = mediaType(
      'application/octet-stream',
      { schema: { type: 'string', format: 'binary' } },
      '3.0.3',
    );
    fc.assert(
      fc.property(fc.uint8Array(), content => {
        const read = decodeBody(file, 'application/octet-stream', content) as { value: string };
        expect(read.value).toHaveLength(content.length);
        expect(encodeBody(file, read.value)).toEqual({
          bytes: content,
          contentType: 'application/octet-stream',
        });
      }),
    );
    expect(decodeBody(mediaType('image/*', {}), 'image/png', new Uint8Array([1]))).toEqual({
      raw: true,
      why: 'image/png has no schema',
    });
    expect(encodeBody(mediaType('image/*', {}), 'x')).toMatchObject({ contentType: 'image/png' });
    expect(decodeBody(file, 'application/octet-stream', new Uint8Array(5_000_000))).toHaveProperty(
      'raw',
      true,
    );
  });

  test('event streams are lists of events where an item schema says so', () => {
    const stream = mediaType('text/event-stream', { itemSchema: { type: 'object' } });
    const events = [{ event: 'a', id: '1', retry: 5, data: 'x\ny' }, { data: '' }];
    expect(decode(stream, written(stream, events))).toEqual({ value: events });
    expect(decode(stream, ': comment\nother: y\ndata:x\n\n\n\ndata: lost')).toEqual({
      value: [{ data: 'x' }],
    });
    expect(decode(mediaType('text/event-stream', { schema: { type: 'string' } }), 'data: x\n\n')).toEqual({
      value: 'data: x\n\n',
    });
  });

  test('a sequence is a text where the document says text, and unread where it describes one item', () => {
    const text = mediaType('application/x-ndjson', { schema: { type: 'string' } });
    expect(decode(text, written(text, '{"a":1}\n'))).toEqual({ value: '{"a":1}\n' });
    const item = mediaType('text/event-stream', { schema: { type: 'object' } });
    expect(written(item, { token: 'x' })).toBe('data: {"token":"x"}\n\n');
    expect(decode(item, 'data: {"token":"x"}\n\n')).toHaveProperty('raw', true);
    const lines = mediaType('application/x-ndjson', { schema: { type: 'object' } });
    expect(written(lines, { a: 1 })).toBe('{"a":1}\n');
  });

  test('an object under text/plain or an unknown type is JSON', () => {
    for (const name of ['text/plain', 'application/vnd.github.v3.object']) {
      const media = mediaType(name, { schema: { type: 'object' } });
      expect(decode(media, written(media, { a: 1 }))).toEqual({ value: { a: 1 } });
      expect(decode(media, 'hello')).toHaveProperty('raw', true);
    }
    const csv = mediaType('text/csv', { schema: { type: 'array' } });
    expect(encodeBody(csv, [1])).toHaveProperty('unsupported');
    expect(decode(csv, '1,2')).toHaveProperty('raw', true);
    const pdf = mediaType('application/pdf', { schema: { type: 'object' } });
    expect(encodeBody(pdf, {})).toHaveProperty('unsupported');
  });

  test('a range becomes a type', () => {
    expect(encodeBody(mediaType('*/*', {}), { a: 1 })).toMatchObject({ contentType: 'application/json' });
    expect(encodeBody(mediaType('*/*', {}), 'a')).toMatchObject({ contentType: 'text/plain' });
    expect(encodeBody(mediaType('text/*', {}), '\ud800')).toHaveProperty('unsupported');
  });
});

describe('urlencoded forms', () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      address: { type: 'object', properties: { zip: { type: 'string' } } },
      lines: { type: 'array', items: { type: 'object' } },
      deep: { type: 'object', additionalProperties: { type: 'integer' } },
      list: { type: 'array', items: { type: 'integer' } },
    },
  };
  const form = mediaType('application/x-www-form-urlencoded', {
    schema,
    encoding: {
      deep: { style: 'deepObject', explode: true },
      list: { style: 'pipeDelimited', explode: false },
    },
  });
  const value = {
    id: 5,
    tags: ['a b', 'c&'],
    address: { zip: '0815' },
    lines: [{ n: 1 }, { n: 2 }],
    deep: { x: 1 },
    list: [1, 2],
  };

  test('objects are JSON, arrays the same name again, styles where written (3.1.1, 4.8.14.4)', () => {
    const text =
      'id=5&tags=a%20b&tags=c%26&address=%7B%22zip%22%3A%220815%22%7D&lines=%7B%22n%22%3A1%7D&lines=%7B%22n%22%3A2%7D&deep%5Bx%5D=1&list=1%7C2';
    expect(written(form, value)).toBe(text);
    expect(decode(form, text)).toEqual({ value });
  });

  test('what browsers send', () => {
    expect(decode(form, 'tags=a+b&tags=&unknown=1&unknown=2&__proto__=x')).toEqual({
      value: Object.fromEntries<Json>([
        ['tags', ['a b', '']],
        ['unknown', ['1', '2']],
        ['__proto__', 'x'],
      ]),
    });
    expect(decode(form, 'address=nonsense')).toEqual({ value: { address: 'nonsense' } });
    expect(decode(form, 'id=%ff')).toEqual({ malformed: 'field "id" is not percent-encoded UTF-8' });
    expect(decode(form, '')).toEqual({ value: {} });
  });

  test('an undeclared field with further properties allowed takes their type', () => {
    const open = mediaType('application/x-www-form-urlencoded', {
      schema: { type: 'object', additionalProperties: { type: 'integer' } },
    });
    expect(decode(open, 'a=1&b=x')).toEqual({ value: { a: 1, b: 'x' } });
  });

  test('unions of forms: the one that is valid', () => {
    const union = mediaType('application/x-www-form-urlencoded', {
      schema: {
        oneOf: [
          { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
          { type: 'object', required: ['b'], properties: { b: { type: 'boolean' } } },
        ],
      },
    });
    expect(decode(union, 'b=true')).toEqual({ value: { b: true } });
  });

  test('Swagger 2.0 collection formats', () => {
    const media = formOf(
      [
        { name: 'ids', in: 'formData', type: 'array', items: { type: 'integer' } },
        { name: 'all', in: 'formData', type: 'array', collectionFormat: 'multi', items: { type: 'string' } },
      ],
      'application/x-www-form-urlencoded',
    );
    expect(decode(media, 'ids=1,2&all=x&all=y')).toEqual({ value: { ids: [1, 2], all: ['x', 'y'] } });
    expect(written(media, { ids: [1, 2], all: ['x', 'y'] })).toBe('ids=1,2&all=x&all=y');
  });

  test('what cannot be written says which field', () => {
    expect(encodeBody(form, { tags: [] })).toEqual({
      unsupported: 'field "tags": an empty list leaves nothing to send',
    });
    expect(encodeBody(form, [1])).toEqual({ unsupported: 'a form carries objects only' });
  });

  test('any object of texts and numbers comes back', () => {
    const field = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), field, { noNullPrototype: true }),
        object => {
          const types = Object.fromEntries(
            Object.entries(object).map(([name, item]) => [
              name,
              typeof item === 'string' ? { type: 'string' } : { type: 'array', items: { type: 'string' } },
            ]),
          );
          const media = mediaType('application/x-www-form-urlencoded', {
            schema: { type: 'object', properties: types },
          });
          expect(decode(media, written(media, object))).toEqual({ value: object });
        },
      ),
    );
  });
});

describe('multipart forms', () => {
  const media = mediaType('multipart/form-data', {
    schema: {
      type: 'object',
      properties: {
        file: { contentMediaType: 'application/pdf' },
        photos: { type: 'array', items: { contentMediaType: 'image/jpeg' } },
        details: { type: 'object', properties: { n: { type: 'integer' } } },
        count: { type: 'integer' },
        tags: { type: 'array', items: { type: 'integer' } },
        note: { type: 'string' },
      },
    },
    encoding: {
      photos: { contentType: 'image/png, image/jpeg' },
      details: { contentType: 'application/json' },
    },
  });
  const value = {
    file: '%PDF\u00ff\r\n--x',
    photos: ['\u0001', '\u0002'],
    details: { n: 1 },
    count: 7,
    tags: [1, 2],
    note: 'é',
  };

  test('files, JSON and texts come back; the same value gives the same bytes', () => {
    const body = encodeBody(media, value) as { bytes: Uint8Array; contentType: string };
    expect(decodeBody(media, body.contentType, body.bytes)).toEqual({ value });
    expect(encodeBody(media, value)).toEqual(body);
    const text = new TextDecoder('latin1').decode(body.bytes);
    expect(text).toContain(
      'Content-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: application/pdf\r\n',
    );
    expect(text).toContain('name="photos"; filename="photos"\r\nContent-Type: image/png\r\n');
    expect(text).toContain('name="count"\r\n\r\n7\r\n');
  });

  const part = (name: string, body: string, headers = ''): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n${headers}\r\n${body}\r\n`;
  const read = (text: string, contentType = 'multipart/form-data; boundary=b'): DecodedBody =>
    decodeBody(media, contentType, bytes(text));

  test('what browsers and curl send', () => {
    expect(read(`preamble\r\n${part('count', '5')}${part('note', '')}--b--\r\nepilogue`)).toEqual({
      value: { count: 5, note: '' },
    });
    expect(read(`${part('details', '{"n":2}')}${part('tags', '1')}--b--`)).toEqual({
      value: { details: { n: 2 }, tags: [1] },
    });
    expect(read(`${part('__proto__', 'x')}--b--`)).toEqual({
      value: Object.fromEntries([['__proto__', 'x']]),
    });
    expect(read('--b--')).toEqual({ value: {} });
    expect(
      read(
        `--b \t\r\ncontent-disposition: form-data; name=count\r\n\r\n6\r\n--b--`,
        'multipart/form-data; boundary="b"',
      ),
    ).toEqual({ value: { count: 6 } });
  });

  test.each([
    ['', 'the boundary "b" does not stand in the body'],
    [part('count', '5'), 'the body breaks off before its last boundary'],
    [`${part('count', '5')}--b`, 'the body breaks off before its last boundary'],
    [`${part('count', '5')}--bx`, 'a boundary is followed by something else on its line'],
    ['--b\r\nname\r\n\r\nx\r\n--b--', 'part 1: "name" is no header'],
    ['--b\r\nA: b\r\nx\r\n--b--', 'part 1: no empty line ends its headers'],
    ['--b\r\n\r\nx\r\n--b--', 'part 1 has no name'],
    [
      `${part('details', '{', 'Content-Type:application/json\r\n')}--b--`,
      'part "details": it is not JSON: the text ends inside the object that begins on line 1',
    ],
    [`${part('a', 'x').repeat(1001)}--b--`, 'the body has more than 1000 parts'],
    [`--b\r\nA: ${'x'.repeat(20_000)}\r\n\r\n\r\n--b--`, 'part 1: its headers have more than 16384 bytes'],
  ])('%.60j is malformed', (text, malformed) => {
    expect(read(text)).toEqual({ malformed });
  });

  test('unions, and objects without a content type', () => {
    const union = mediaType('multipart/form-data', {
      schema: {
        oneOf: [
          { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
          { type: 'object', required: ['b'], properties: { b: { type: 'boolean' }, o: { type: 'object' } } },
        ],
      },
    });
    const from = (text: string): DecodedBody =>
      decodeBody(union, 'multipart/form-data; boundary=b', bytes(text));
    expect(from(`${part('b', 'true')}${part('o', '{"x":1}')}--b--`)).toEqual({
      value: { b: true, o: { x: 1 } },
    });
    expect(from(`${part('b', 'maybe')}--b--`)).toEqual({ value: { b: 'maybe' } });
    expect(from(`${part('b', 'true')}${part('o', '5')}--b--`)).toEqual({ value: { b: 'true', o: '5' } });
  });

  test('no boundary, another kind', () => {
    expect(read('', 'multipart/form-data')).toHaveProperty('malformed');
    expect(read('', 'multipart/mixed; boundary=b')).toHaveProperty('raw', true);
  });

  test('every cut of a body is refused', () => {
    const body = encodeBody(media, value) as { bytes: Uint8Array; contentType: string };
    for (let length = 0; length < body.bytes.length - 4; length += 1) {
      expect(decodeBody(media, body.contentType, body.bytes.subarray(0, length))).toHaveProperty('malformed');
    }
  });

  test('parts of any bytes come back', () => {
    const piece = fc.oneof(
      fc.uint8Array(),
      fc.array(fc.constantFrom(13, 10, 45), { maxLength: 12 }).map(list => Uint8Array.from(list)),
    );
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map(text => text.toWellFormed().replaceAll('\\', '').replaceAll('%', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, piece), { maxLength: 4 }), list => {
        const parts = list.map(([label, content]) => ({
          name: label,
          filename: label,
          contentType: undefined,
          headers: [],
          bytes: content,
        }));
        const { bytes: body, boundary } = joinParts(parts);
        const split = splitParts(`multipart/form-data; boundary=${boundary}`, body);
        expect('parts' in split && split.parts.map(one => [one.name, one.filename, one.bytes])).toEqual(
          list.map(([label, content]) => [label, label, content]),
        );
      }),
    );
  });

  test('parts of XML are written and read by their schema', () => {
    const media = mediaType('multipart/form-data', {
      schema: {
        type: 'object',
        properties: {
          pet: { type: 'object', properties: { id: { type: 'integer', xml: { attribute: true } } } },
          note: { type: 'string' },
        },
      },
      encoding: { pet: { contentType: 'application/xml' }, note: { contentType: 'text/xml' } },
    });
    const value = { pet: { id: 7 }, note: '<a/>' };
    expect(written(media, value)).toContain('<pet id="7"/>'.replace('pet', 'root'));
    const body = encodeBody(media, value) as { bytes: Uint8Array; contentType: string };
    expect(decodeBody(media, body.contentType, body.bytes)).toEqual({ value });
  });

  test('Swagger 2.0 files and lists', () => {
    const old = formOf(
      [
        { name: 'f', in: 'formData', type: 'file' },
        { name: 'ids', in: 'formData', type: 'array', items: { type: 'integer' } },
        { name: 'n', in: 'formData', type: 'integer' },
      ],
      'multipart/form-data',
    );
    const body = encodeBody(old, { f: '\u0000\u00ff', ids: [1, 2], n: 3 }) as {
      bytes: Uint8Array;
      contentType: string;
    };
    expect(decodeBody(old, body.contentType, body.bytes)).toEqual({
      value: { f: '\u0000\u00ff', ids: [1, 2], n: 3 },
    });
  });
});
