import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml, type XmlElement } from './xml-document.ts';
import { xmlDocument } from './xml-write.ts';

function rootOf(source: string): XmlElement {
  const read = parseXml(source);
  if ('malformed' in read) throw new Error(`${read.malformed} at ${read.line}:${read.column}`);
  return read.root;
}

test('elements, attributes and text, with everything that may stand between', () => {
  const source = `\ufeff<?xml version="1.0" encoding="UTF-8"?>
<!-- pets --><?style none?><!DOCTYPE pet [ <!ENTITY rex "Rex"> ]>
<v:pet xmlns:v='urn:pets' id = "7">a&#66;&#x43;<name>T&amp;J</name><![CDATA[<&]]><!-- - --><gone/>&rex;</v:pet >
`;
  const root = rootOf(source);
  expect(root.name).toBe('v:pet');
  expect([...root.attributes]).toEqual([
    ['xmlns:v', 'urn:pets'],
    ['id', '7'],
  ]);
  expect(root.text).toBe('aBC<&&rex;');
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['name', 'T&J'],
    ['gone', ''],
  ]);
});

describe('what is not well-formed is told with its place', () => {
  test.each([
    ['', 'no element', 1, 1],
    ['pets', 'text outside the root', 1, 1],
    ['<a>\n<b>\n</a>', '<b> that is closed as </a>', 3, 1],
    ['<a>', '<a> that is not closed', 1, 4],
    ['<a', '<a> that does not end', 1, 3],
    ['<a><1/></a>', 'a < that begins no element', 1, 5],
    ['<a>War & peace</a>', 'a & that begins no reference', 1, 8],
    ['<a>&nbsp;</a>', '&nbsp;, which nothing declares', 1, 10],
    ['<a>&constructor;</a>', '&constructor;, which nothing declares', 1, 17],
    ['<a>&#0;</a>', '&#0;, which is no character of XML', 1, 8],
    ['<a>\u0001</a>', 'a character that XML does not have', 1, 4],
    ['<a b=1/>', 'the attribute b without a value in quotes', 1, 5],
    ['<a b="1" b="2"/>', 'the attribute b twice', 1, 15],
    ['<a b="1"c="2"/>', '<a> that does not end', 1, 10],
    ['<a/><b/>', 'a second root element', 1, 5],
    ['<a/>b', 'text behind the root element', 1, 5],
    ['<a><!-- </a>', 'a comment that does not end', 1, 8],
    ['<a><![CDATA[ </a>', 'a CDATA section that does not end', 1, 13],
    [' <?xml version="1.0"?><a/>', 'an XML declaration that does not come first', 1, 2],
    ['{"a":1}', 'text outside the root', 1, 1],
  ])('%j', (source, malformed, line, column) => {
    expect(parseXml(source)).toEqual({ malformed, line, column });
  });

  test('a tower of elements does not fell the reader', () => {
    expect(parseXml('<a>'.repeat(100_000))).toHaveProperty('malformed', 'elements more than 512 deep');
  });
});

test('whatever the mock writes is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
      const root = rootOf(xmlDocument(undefined, { [key]: text }));
      const [child] = root.children;
      // What XML has no way to write was replaced.
      expect(child?.text).toBe(
        text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd'),
      );
    }),
  );
});

test('no text takes the reader by surprise', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    ' ',
    '=',
    '"',
    '&',
    ';',
    '#',
    '!',
    '[',
    ']',
    '-',
    '?',
    'CDATA',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      const read = parseXml(pieces.join(''));
      expect('root' in read || read.malformed.length > 0).toBe(true);
    }),
  );
});
