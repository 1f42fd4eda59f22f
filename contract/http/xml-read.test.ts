import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, type Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromValue } from '../read.ts';
import { isValid } from '../schema/validate.ts';
import { parseXml } from './xml-document.ts';
import { readXml } from './xml-read.ts';
import { xmlDocument } from './xml-write.ts';

type Written = Record<string, unknown>;

function schemaOf(Root: Written, others: Written = {}): Schema | undefined {
  const { contract } = contractFromValue({
    openapi: '3.2.0',
    paths: {},
    components: { schemas: { Root, ...others } },
  });
  return contract?.schemas.get('Root');
}

function read(schema: Schema | undefined, text: string): unknown {
  const document = parseXml(text);
  if (!('root' in document)) throw new Error(document.malformed);
  const made = readXml(schema, document.root, 'request');
  return 'value' in made ? made.value : made.misnamed;
}

const TEXT = { type: 'string' };
const COUNT = { type: 'integer' };
const NOTE = { namespace: 'urn:note', prefix: 'n' };

describe('hints', () => {
  test.each<[string, Written, string, unknown]>([
    [
      'types by the schema',
      { properties: { id: COUNT, price: { type: 'number' }, sold: { type: 'boolean' }, name: TEXT } },
      '<Root><id>7</id><price>1.5</price><sold>true</sold><name>7</name></Root>',
      { id: 7, price: 1.5, sold: true, name: '7' },
    ],
    [
      'large integers',
      { properties: { id: COUNT } },
      '<a><id>9007199254740993</id></a>',
      { id: 9007199254740993n },
    ],
    [
      'what is no number stays a text',
      { properties: { id: COUNT } },
      '<a><id> seven </id></a>',
      { id: ' seven ' },
    ],
    [
      'names',
      { xml: { name: 'person' }, properties: { name: { ...TEXT, xml: { name: 'called' } } } },
      '<person><called>Ada</called></person>',
      { name: 'Ada' },
    ],
    [
      'attributes',
      { properties: { id: { ...COUNT, xml: { attribute: true } }, name: TEXT } },
      '<a id="7" xmlns="urn:a" lang="en"><name>Ada</name></a>',
      { id: 7, name: 'Ada' },
    ],
    [
      'namespaces, whatever the prefix',
      { properties: { note: { ...TEXT, xml: NOTE } } },
      '<a xmlns:other="urn:note"><other:note>x</other:note></a>',
      { note: 'x' },
    ],
    [
      'another namespace is another element',
      { properties: { note: { ...TEXT, xml: NOTE } } },
      '<a xmlns:n="urn:else"><n:note>x</n:note></a>',
      { '<n:note>': 'x' },
    ],
    [
      'attributes in a namespace',
      { properties: { id: { ...COUNT, xml: { ...NOTE, attribute: true } } } },
      '<a xmlns:n="urn:note" id="1" n:id="2"/>',
      { id: 2 },
    ],
    [
      'an element where an attribute is meant is none',
      { properties: { id: { ...COUNT, xml: { attribute: true } } } },
      '<a><id>7</id></a>',
      { '<id>': '7' },
    ],
    [
      'text beside attributes',
      {
        properties: {
          id: { ...COUNT, xml: { nodeType: 'attribute' } },
          is: { ...TEXT, xml: { nodeType: 'text' } },
        },
      },
      '<a id="1">x</a>',
      { id: 1, is: 'x' },
    ],
    ['nothing known', {}, '<a x="1"><b>1</b><c>x</c><c>y</c></a>', { b: '1', c: ['x', 'y'] }],
  ])('%s', (_what, schema, text, expected) => {
    expect(read(schemaOf({ type: 'object', ...schema }), text)).toEqual(expected);
  });

  test('are found behind references and in parts of allOf', () => {
    const Root = { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: TEXT } }] };
    const Base = { properties: { a: { $ref: '#/components/schemas/Id' } } };
    const Id = { ...COUNT, xml: { attribute: true } };
    expect(read(schemaOf(Root, { Base, Id }), '<Root a="1"><b>2</b></Root>')).toEqual({ a: 1, b: '2' });
  });

  test('a name or namespace that is given must be there', () => {
    const schema = schemaOf({
      type: 'object',
      xml: { name: 'pet' },
      properties: {
        tags: { type: 'array', xml: { wrapped: true }, items: { ...TEXT, xml: { name: 'tag' } } },
      },
    });
    expect(read(schema, '<dog/>')).toBe('/dog stands where <pet> is documented');
    expect(read(schema, '<p:pet xmlns:p="urn:p"/>')).toEqual({});
    expect(read(schema, '<pet><tags><tag>a</tag><t>b</t></tags></pet>')).toBe(
      '/pet/tags/t stands where <tag> is documented',
    );
    const spaced = schemaOf({ type: 'object', xml: { name: 'pet', namespace: 'urn:pets' } });
    expect(read(spaced, '<pet xmlns="urn:pets"/>')).toEqual({});
    expect(read(spaced, '<pet/>')).toBe('/pet stands where <pet> of the namespace urn:pets is documented');
  });
});

describe('lists', () => {
  const list = (more: Written, items: Written = COUNT): Written => ({ type: 'array', items, ...more });
  test.each<[string, Written, string, unknown]>([
    ['of one', list({}), '<a><n>1</n></a>', { n: [1] }],
    ['of more, with others between', list({}), '<a><n>1</n><b>x</b><n>2</n></a>', { n: [1, 2], b: 'x' }],
    ['whose items have a name', list({}, { ...COUNT, xml: { name: 'i' } }), '<a><i>1</i></a>', { n: [1] }],
    ['wrapped', list({ xml: { wrapped: true } }), '<a><n><n>1</n><x>2</x></n></a>', { n: [1, 2] }],
    ['wrapped and empty', list({ xml: { wrapped: true } }), '<a><n/></a>', { n: [] }],
    ['with a text in the wrapper', list({ xml: { wrapped: true } }), '<a><n>1</n></a>', { n: '1' }],
    ['in lists', list({}, list({})), '<a><n><n>1</n><n>2</n></n><n/></a>', { n: [[1, 2], []] }],
    ['that are absent', list({}), '<a/>', {}],
    [
      'of objects',
      list({}, { type: 'object', properties: { id: COUNT } }),
      '<a><n><id>1</id></n></a>',
      { n: [{ id: 1 }] },
    ],
  ])('%s', (_what, n, text, expected) => {
    expect(read(schemaOf({ type: 'object', properties: { n } }), text)).toEqual(expected);
  });

  test('are empty where they leave no trace and are required', () => {
    const schema = schemaOf({ type: 'object', required: ['n'], properties: { n: list({}) } });
    expect(read(schema, '<a/>')).toEqual({ n: [] });
  });

  test('at the root', () => {
    expect(read(schemaOf(list({})), '<Root><i>1</i><i>2</i></Root>')).toEqual([1, 2]);
  });

  test('are what repeated elements make of a single value', () => {
    const schema = schemaOf({ type: 'object', properties: { n: COUNT } });
    expect(read(schema, '<a><n>1</n><n>2</n></a>')).toEqual({ n: [1, 2] });
  });

  test('are told from single values where either may be', () => {
    const schema = schemaOf({ type: 'object', properties: { n: { oneOf: [COUNT, list({})] } } });
    expect(read(schema, '<a><n>1</n></a>')).toEqual({ n: 1 });
    expect(read(schema, '<a><n>1</n><n>2</n></a>')).toEqual({ n: [1, 2] });
  });
});

describe('nothing', () => {
  test.each<[string, Written, unknown]>([
    ['<n/>', TEXT, ''],
    ['<n/>', { type: ['string', 'null'], minLength: 1 }, null],
    ['<n/>', { type: ['integer', 'null'] }, null],
    ['<n/>', COUNT, ''],
    ['<n/>', { type: ['object', 'null'] }, {}],
    ['<n/>', { type: ['object', 'null'], required: ['a'] }, null],
    [
      '<n xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
      { type: ['string', 'null'] },
      null,
    ],
    ['<n xsi:nil="1"/>', { type: ['string', 'null'] }, null],
    ['<n nil="true"/>', { type: ['string', 'null'] }, ''],
  ])('%s %j', (n, schema, expected) => {
    expect(read(schemaOf({ type: 'object', properties: { n: schema } }), `<a>${n}</a>`)).toEqual({
      n: expected,
    });
  });
});

test('spaces around a value are left out only where they do not fit', () => {
  const schema = schemaOf({
    type: 'object',
    properties: { born: { ...TEXT, format: 'date' }, name: TEXT, id: COUNT },
  });
  expect(read(schema, '<a>\n<born>\n2024-02-29\n</born><name> Ada </name><id> 7 </id></a>')).toEqual({
    born: '2024-02-29',
    name: ' Ada ',
    id: 7,
  });
});

test('of several schemas the first that the whole element fits', () => {
  const schema = schemaOf({
    oneOf: [
      { type: 'object', required: ['id'], properties: { id: COUNT } },
      { type: 'object', required: ['name'], properties: { name: { ...TEXT, xml: { attribute: true } } } },
    ],
  });
  expect(read(schema, '<a><id>1</id></a>')).toEqual({ id: 1 });
  expect(read(schema, '<a name="x"/>')).toEqual({ name: 'x' });
});

test('properties that no schema names are read by those for further ones', () => {
  const schema = schemaOf({ type: 'object', additionalProperties: { type: 'array', items: COUNT } });
  expect(read(schema, '<a><b>1</b><c>1</c><c>2</c></a>')).toEqual({ b: [1], c: [1, 2] });
});

test('names from strangers are names and nothing else', () => {
  const made = read(
    schemaOf({ type: 'object' }),
    '<a><__proto__><x>1</x></__proto__><constructor>2</constructor></a>',
  );
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect(Object.keys(made as object)).toEqual(['__proto__', 'constructor']);
});

/** Values whose parts XML can tell: no empty lists among elements, no null for texts. */
test('what is written is read back', () => {
  const schema = schemaOf({
    type: 'object',
    required: ['tags'],
    xml: { name: 'thing', namespace: 'urn:thing', prefix: 't' },
    properties: {
      id: { ...COUNT, xml: { attribute: true } },
      name: { ...TEXT, xml: { name: 'called', ...NOTE } },
      tags: { type: 'array', items: { ...TEXT, xml: { name: 'tag' } } },
      teeth: { type: 'array', xml: { wrapped: true }, items: { type: 'number' } },
      inner: {
        type: 'object',
        properties: { sure: { type: 'boolean' }, count: { type: ['integer', 'null'] } },
      },
      'odd name': TEXT,
    },
  });
  const text = fc
    .string({ unit: 'binary' })
    .filter(one => one.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(one));
  const value = fc.record(
    {
      id: fc.integer(),
      name: text,
      tags: fc.array(text),
      teeth: fc.array(fc.integer().map(one => one / 8)),
      inner: fc.record({ sure: fc.boolean(), count: fc.option(fc.integer()) }, { requiredKeys: [] }),
      'odd name': text,
    },
    { requiredKeys: ['tags'] },
  );
  fc.assert(
    fc.property(value, made => {
      expect(read(schema, xmlDocument(schema, made as Json))).toEqual(made);
    }),
  );
});

test('a schema within itself ends, and so do its choices', () => {
  const schema = schemaOf({
    anyOf: Array.from({ length: 5 }, (_, index) => ({
      type: 'object',
      required: [`p${index}`],
      properties: { next: { $ref: '#/components/schemas/Root' } },
    })),
  });
  const made = read(schema, `${'<next>'.repeat(100)}${'</next>'.repeat(100)}`);
  expect(isArray(made as Json)).toBe(false);
  expect(schema === undefined || isValid(schema, made as Json, 'request')).toBe(false);
});
