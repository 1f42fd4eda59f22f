import { expect, test } from 'vitest';
import type { Json } from '../json/value.ts';
import { contractFromValue } from '../read.ts';
import { describedObjects, memberSchemas } from './described.ts';

/** For each object of the value, its path and which of its keys some schema speaks of. */
function described(schemas: Record<string, unknown>, value: Json): readonly (readonly [string, string])[] {
  const { contract } = contractFromValue({ openapi: '3.1.1', paths: {}, components: { schemas } });
  const root = contract?.schemas.get('Root');
  if (root === undefined) throw new Error('Root');
  return [...describedObjects(root, value, 'response')].map(({ value: object, path, schemas: all }) => [
    path.join('/'),
    Object.keys(object)
      .filter(key => memberSchemas(all, key).length > 0)
      .join(' '),
  ]);
}

/** Written out, it would make the schema look like a promise. */
const THEN = 'then';
const CAT = { properties: { kind: { const: 'cat' }, lives: {} }, required: ['kind', 'lives'] };
const DOG = { properties: { kind: { const: 'dog' }, barks: {} }, required: ['kind', 'barks'] };

test.each<[string, Record<string, unknown>, Json, readonly (readonly [string, string])[]]>([
  ['properties', { Root: { properties: { a: {} } } }, { a: 1, b: 2 }, [['', 'a']]],
  ['patterns', { Root: { patternProperties: { '^x-': {} } } }, { 'x-a': 1, b: 2 }, [['', 'x-a']]],
  ['all others', { Root: { additionalProperties: true } }, { a: 1 }, [['', 'a']]],
  ['what is unevaluated', { Root: { unevaluatedProperties: {} } }, { a: 1 }, [['', 'a']]],
  [
    'all that hold together',
    {
      Root: { allOf: [{ properties: { a: {} } }, { $ref: '#/components/schemas/B' }] },
      B: { properties: { b: {} } },
    },
    { a: 1, b: 2, c: 3 },
    [['', 'a b']],
  ],
  [
    'the alternative that is met',
    { Root: { oneOf: [CAT, DOG] } },
    { kind: 'dog', barks: 1, lives: 9 },
    [['', 'kind barks']],
  ],
  [
    'every alternative where none is met',
    { Root: { oneOf: [CAT, DOG] } },
    { barks: 1, lives: 9 },
    [['', 'barks lives']],
  ],
  [
    'what the discriminator names, though it be no member',
    {
      Root: { properties: { kind: {} }, discriminator: { propertyName: 'kind', mapping: { dog: 'Dog' } } },
      Dog: { allOf: [{ $ref: '#/components/schemas/Root' }, DOG] },
    },
    { kind: 'dog', barks: 1, lives: 9 },
    [['', 'kind barks']],
  ],
  [
    'conditions',
    { Root: { if: { required: ['a'] }, [THEN]: { properties: { a: {} } }, else: { properties: { b: {} } } } },
    { a: 1, b: 2 },
    [['', 'a']],
  ],
  [
    'dependents',
    { Root: { dependentSchemas: { a: { properties: { b: {} } } } } },
    { a: 1, b: 2 },
    [['', 'b']],
  ],
  [
    'objects in lists and properties',
    {
      Root: {
        properties: { a: { prefixItems: [{ properties: { x: {} } }], items: { properties: { y: {} } } } },
      },
    },
    {
      a: [
        { x: 1, y: 2 },
        { x: 1, y: 2 },
      ],
    },
    [
      ['', 'a'],
      ['a/0', 'x'],
      ['a/1', 'y'],
    ],
  ],
  ['nothing of what no schema describes', { Root: { properties: { a: {} } } }, { b: { c: 1 } }, [['', '']]],
  [
    'itself again',
    { Root: { properties: { next: { $ref: '#/components/schemas/Root' } } } },
    { next: { next: {} } },
    [
      ['', 'next'],
      ['next', 'next'],
      ['next/next', ''],
    ],
  ],
])('speaks of %s', (_name, schemas, value, expected) => {
  expect(described(schemas, value)).toEqual(expected);
});
