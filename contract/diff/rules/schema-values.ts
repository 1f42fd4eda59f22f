/** Rules about kinds of values, listed values, and what is said of a value beside. */
import { bothWays, type SchemaChange, schemaChange } from './schema-change.ts';

const HARMLESS = {
  request: 'Nothing changes for clients yet.',
  response: 'Nothing changes for clients yet.',
};
const MEANING = {
  request: 'What clients send is valid as before, and may be taken for something else.',
  response: 'What clients get is valid as before, and may mean something else.',
};

export const VALUE_CHANGES: readonly SchemaChange[] = [
  ...bothWays(
    ['type-narrowed', 'type-widened'],
    ['fewer types are allowed.', 'more types are allowed.'],
    ['{ type: number }', '{ type: integer }'],
  ),
  schemaChange('type-changed', 'changed', 'another type is allowed.', [
    '{ type: integer }',
    '{ type: string }',
  ]),
  ...bothWays(
    ['null-removed', 'null-added'],
    ['null is not allowed any more.', 'null is allowed.'],
    ["{ type: [string, 'null'] }", '{ type: string }'],
  ),
  ...bothWays(
    ['enum-value-removed', 'enum-value-added'],
    ['a listed value is gone.', 'a listed value is new.'],
    ['{ enum: [cat, dog] }', '{ enum: [cat] }'],
  ),
  ...bothWays(
    ['enum-added', 'enum-removed'],
    ['values are listed now, and no others allowed.', 'values are not listed any more.'],
    ['{ type: string }', '{ type: string, enum: [cat] }'],
  ),
  schemaChange(
    'default-changed',
    'changed',
    'the default is another one.',
    ['{ type: integer, default: 10 }', '{ type: integer, default: 20 }'],
    { request: 'risky', response: 'risky', why: MEANING },
  ),
  schemaChange(
    'encoding-changed',
    'changed',
    'the encoding or the encoded media type is another one.',
    ['{ type: string, contentEncoding: base64 }', '{ type: string, contentEncoding: base32 }'],
    { request: 'risky', response: 'risky', why: MEANING },
  ),
  schemaChange(
    'xml-changed',
    'changed',
    'the form in XML is another one.',
    ['{ type: object, xml: { name: pet } }', '{ type: object, xml: { name: animal } }'],
    { request: 'risky', response: 'risky', why: MEANING },
  ),
  schemaChange(
    'value-deprecated',
    'changed',
    'a value is deprecated.',
    [
      '{ type: object, properties: { a: { type: string } } }',
      '{ type: object, properties: { a: { type: string, deprecated: true } } }',
    ],
    { request: 'safe', response: 'safe', why: HARMLESS },
  ),
  schemaChange(
    'value-no-longer-deprecated',
    'changed',
    'a value is not deprecated any more.',
    ['{ type: string, deprecated: true }', '{ type: string }'],
    { request: 'safe', response: 'safe', why: HARMLESS },
  ),
];
