import { describe, expect, test } from 'vitest';
import type { MediaType } from '../../model.ts';
import { contractFromValue } from '../../read.ts';
import type { Direction } from '../../schema/validate.ts';
import { decodeXml, encodeXml } from './xml.ts';

function media(schema: unknown): MediaType {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    paths: { '/': { post: { requestBody: { content: { 'application/xml': { schema } } }, responses: {} } } },
  });
  const made = contract?.operations[0]?.requestBody?.content[0];
  if (made === undefined) throw new Error('no body');
  return made;
}

const anything = media({ type: 'object' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function decode(
  of: MediaType,
  text: string | Uint8Array,
  { type = 'application/xml', direction = 'request' as Direction } = {},
): unknown {
  return decodeXml(of, type, typeof text === 'string' ? bytes(text) : text, direction);
}

describe('characters', () => {
  const latin = new Uint8Array([...bytes('<a><b>'), 0xe9, ...bytes('</b></a>')]);
  test('are UTF-8, or what the content type or else the declaration says', () => {
    expect(decode(anything, '\ufeff<a><b>é</b></a>')).toEqual({ value: { b: 'é' } });
    expect(decode(anything, latin)).toEqual({ malformed: 'the body is not UTF-8' });
    expect(decode(anything, latin, { type: 'text/xml; charset=iso-8859-1' })).toEqual({ value: { b: 'é' } });
    const declared = new Uint8Array([...bytes("<?xml version='1.0' encoding='ISO-8859-1'?>"), ...latin]);
    expect(decode(anything, declared)).toEqual({ value: { b: 'é' } });
    expect(decode(anything, declared, { type: 'text/xml; charset=utf-8' })).toEqual({
      malformed: 'the body is not UTF-8',
    });
  });

  test('in a charset that is not read are not judged', () => {
    expect(decode(anything, new Uint8Array([0xff, 0xfe, 0x3c, 0]))).toEqual({
      raw: true,
      why: 'the charset utf-16 is not read',
    });
    expect(decode(anything, '<?xml version="1.0" encoding="EUC-JP"?><a/>')).toHaveProperty('raw', true);
  });
});

test('namespaces without end take no more than their text', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `xmlns:a${at}="urn:a"`).join(' ');
  const text = `<a ${many}>${'<b xmlns:c="urn:c"/>'.repeat(20_000)}</a>`;
  const before = process.memoryUsage().heapUsed;
  expect(decode(anything, text)).toHaveProperty('value.b.length', 20_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(500_000_000);
});

test('a large body is not read', () => {
  expect(decode(anything, new Uint8Array(4_194_305))).toHaveProperty('raw', true);
});

describe('entities', () => {
  const laughs = `<!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 60 }, (_, at) => `<!ENTITY a${at} "${'&a;'.repeat(10)}">`).join('')}]><a><b>&a59;</b></a>`;
  test.each([
    laughs,
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;]><a/>',
  ])('of a request are refused with their document type: %s', text => {
    expect(decode(anything, text)).toHaveProperty('malformed', expect.stringContaining('document type'));
  });

  test('of an answer are left alone', () => {
    expect(decode(anything, laughs, { direction: 'response' })).toEqual({
      raw: true,
      why: 'XML with a document type is not read',
    });
  });
});

describe('a schema of texts', () => {
  const text = media({ type: 'string', minLength: 3 });
  test('means what stands in the one element, or the whole document', () => {
    expect(decode(text, '<root>a&lt;b</root>')).toEqual({ value: 'a<b' });
    expect(decode(text, '<svg><g/></svg>')).toEqual({ value: '<svg><g/></svg>' });
    expect(decode(text, '<!DOCTYPE svg><svg><g/></svg>')).toEqual({ value: '<!DOCTYPE svg><svg><g/></svg>' });
    expect(decode(text, '<svg><g></svg>')).toHaveProperty('malformed');
  });
});

test('without a schema it must be XML all the same', () => {
  const none = media(undefined);
  expect(decode(none, '<a><b>1</b></a>')).toEqual({ value: { b: '1' } });
  expect(decode(none, '{"a":1}')).toEqual({
    malformed: 'the body is not XML: text outside the root (line 1, column 1)',
  });
});

test('values are written by their schema, texts of XML as they stand', () => {
  const pet = media({
    type: 'object',
    xml: { name: 'pet' },
    properties: { id: { xml: { attribute: true } } },
  });
  expect(encodeXml(pet, { id: 7 })).toEqual({
    text: '<?xml version="1.0" encoding="UTF-8"?>\n<pet id="7"/>\n',
  });
  expect(encodeXml(pet, ' <dog/>')).toEqual({ text: ' <dog/>' });
  for (const value of [{ id: '\u0000' }, ['\ud800'], '\uffff'])
    expect(encodeXml(pet, value)).toEqual({ why: 'XML does not have some of its characters' });
  expect(encodeXml(pet, { a: { b: null } })).toEqual({ why: 'nothing in XML is null to every reader' });
  const tags = (wrapped: boolean): MediaType =>
    media({ type: 'object', properties: { tags: { type: 'array', xml: { wrapped } } } });
  expect(encodeXml(tags(false), { tags: [] })).toEqual({ why: 'an empty list leaves nothing to send' });
  expect(encodeXml(tags(true), { tags: [] })).toHaveProperty('text');
  expect(encodeXml(media({ type: 'array' }), [])).toHaveProperty('text');
});
