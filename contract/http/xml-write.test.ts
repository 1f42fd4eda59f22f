import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { contractFromValue } from '../read.ts';
import { xmlDocument } from './xml-write.ts';

/** The document without its declaration, for the schema called Root among some. */
function xml(schemas: Record<string, unknown>, value: Json): string {
  return xmlDocument(schemaOf(schemas), value)
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
    .trimEnd();
}

function schemaOf(schemas: Record<string, unknown>): Schema | undefined {
  const { contract } = contractFromValue({ openapi: '3.1.1', paths: {}, components: { schemas } });
  return contract?.schemas.get('Root');
}

const TEXT = { type: 'string' };

test('begins with a declaration', () => {
  expect(xmlDocument(undefined, 'a')).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<root>a</root>\n');
});

// The examples of https://spec.openapis.org/oas/v3.1.1#xml-object-examples
test.each<[string, unknown, Json, string]>([
  [
    'no hints',
    { properties: { id: { type: 'integer' }, name: TEXT } },
    { id: 0, name: 'a' },
    '<Root><id>0</id><name>a</name></Root>',
  ],
  [
    'a name',
    { xml: { name: 'Person' }, properties: { name: { ...TEXT, xml: { name: 'called' } } } },
    { name: 'a' },
    '<Person><called>a</called></Person>',
  ],
  [
    'attribute, prefix and namespace',
    {
      xml: { name: 'Person' },
      properties: {
        id: { type: 'integer', xml: { attribute: true } },
        name: { ...TEXT, xml: { namespace: 'https://example.com/schema/sample', prefix: 'sample' } },
      },
    },
    { id: 123, name: 'example' },
    '<Person id="123"><sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name></Person>',
  ],
  [
    'an unwrapped list',
    { properties: { animals: { type: 'array', items: TEXT } } },
    { animals: ['a', 'b'] },
    '<Root><animals>a</animals><animals>b</animals></Root>',
  ],
  [
    'an unwrapped list whose items have a name',
    {
      properties: {
        animals: { type: 'array', xml: { name: 'aliens' }, items: { ...TEXT, xml: { name: 'animal' } } },
      },
    },
    { animals: ['a', 'b'] },
    '<Root><animal>a</animal><animal>b</animal></Root>',
  ],
  [
    'a wrapped list',
    { properties: { animals: { type: 'array', xml: { wrapped: true }, items: TEXT } } },
    { animals: ['a', 'b'] },
    '<Root><animals><animals>a</animals><animals>b</animals></animals></Root>',
  ],
  [
    'a wrapped list whose items have a name',
    {
      properties: {
        animals: {
          type: 'array',
          xml: { name: 'aliens', wrapped: true },
          items: { ...TEXT, xml: { name: 'animal' } },
        },
      },
    },
    { animals: ['a', 'b'] },
    '<Root><aliens><animal>a</animal><animal>b</animal></aliens></Root>',
  ],
  [
    'an empty wrapped list',
    { properties: { animals: { type: 'array', xml: { wrapped: true } } } },
    { animals: [] },
    '<Root><animals/></Root>',
  ],
  [
    'a list at the root',
    { type: 'array', items: { ...TEXT, xml: { name: 'pet' } } },
    ['a'],
    '<Root><pet>a</pet></Root>',
  ],
  ['null', { properties: { a: { type: ['string', 'null'] } } }, { a: null }, '<Root><a/></Root>'],
  [
    'an object as attribute stays an element',
    { properties: { a: { xml: { attribute: true } } } },
    { a: { b: 1 } },
    '<Root><a><b>1</b></a></Root>',
  ],
  ['large integers', {}, { a: 9007199254740993n }, '<Root><a>9007199254740993</a></Root>'],
  [
    'what must be escaped',
    { properties: { a: { xml: { attribute: true } } } },
    { a: '"<&>\n', b: '<&>"' },
    '<Root a="&quot;&lt;&amp;&gt;&#10;"><b>&lt;&amp;&gt;"</b></Root>',
  ],
  [
    'names that XML does not have',
    {},
    { '1 a': 1, '': 2, __proto__: 3 },
    '<Root><_1_a>1</_1_a><_>2</_></Root>',
  ],
  [
    'text beside attributes (3.2)',
    { properties: { id: { xml: { nodeType: 'attribute' } }, text: { xml: { nodeType: 'text' } } } },
    { id: 1, text: 'a<b' },
    '<Root id="1">a&lt;b</Root>',
  ],
  [
    'cdata (3.2)',
    { properties: { text: { xml: { nodeType: 'cdata' } } } },
    { text: 'a]]>b' },
    '<Root><![CDATA[a]]]]><![CDATA[>b]]></Root>',
  ],
])('%s', (_title, schema, value, expected) => {
  expect(xml({ Root: schema }, value)).toBe(expected);
});

test('hints are found behind references and in parts of allOf; the part lends no name', () => {
  const Root = { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: TEXT } }] };
  const Base = { xml: { name: 'base' }, properties: { a: { $ref: '#/components/schemas/Id' } } };
  const Id = { type: 'integer', xml: { attribute: true } };
  expect(xml({ Root, Base, Id }, { a: 1, b: 'x' })).toBe('<Root a="1"><b>x</b></Root>');
});

test('a schema within itself ends', () => {
  const Root = {
    allOf: [{ $ref: '#/components/schemas/Root' }],
    properties: { next: { $ref: '#/components/schemas/Root' } },
  };
  expect(xml({ Root }, { next: { next: {} } })).toBe('<Root><next><next/></next></Root>');
});

test('any value gives balanced elements and only legal characters', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
      const text = xmlDocument(undefined, value as Json);
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
      const open: string[] = [];
      for (const [, close, name, empty] of text.matchAll(/<(\/?)([^\s<>/?]+)[^<>]*?(\/?)>/g)) {
        if (close === '/') expect(open.pop()).toBe(name);
        else if (empty !== '/') open.push(name ?? '');
      }
      expect(open).toEqual([]);
    }),
  );
});
