/** Rules about limits: range, length, form and number. */
import { bothWays, type SchemaChange, schemaChange } from './schema-change.ts';

export const LIMIT_CHANGES: readonly SchemaChange[] = [
  ...bothWays(
    ['range-narrowed', 'range-widened'],
    ['the range of a number is smaller.', 'the range of a number is larger.'],
    ['{ type: integer, maximum: 10 }', '{ type: integer, maximum: 5 }'],
  ),
  ...bothWays(
    ['multiple-narrowed', 'multiple-widened'],
    ['a number must be a multiple of more.', 'a number must be a multiple of less.'],
    ['{ type: integer }', '{ type: integer, multipleOf: 5 }'],
  ),
  schemaChange('multiple-changed', 'changed', 'a number must be a multiple of another one.', [
    '{ type: integer, multipleOf: 2 }',
    '{ type: integer, multipleOf: 3 }',
  ]),
  ...bothWays(
    ['length-narrowed', 'length-widened'],
    ['fewer lengths of a text are allowed.', 'more lengths of a text are allowed.'],
    ['{ type: string, maxLength: 10 }', '{ type: string, maxLength: 5 }'],
  ),
  ...bothWays(
    ['pattern-narrowed', 'pattern-widened'],
    ['a pattern was added.', 'a pattern was removed.'],
    ['{ type: string }', "{ type: string, pattern: '^a' }"],
  ),
  schemaChange('pattern-changed', 'changed', 'the pattern is another one.', [
    "{ type: string, pattern: '^a' }",
    "{ type: string, pattern: '^b' }",
  ]),
  ...bothWays(
    ['format-narrowed', 'format-widened'],
    ['a format was added, or is narrower.', 'a format was removed, or is wider.'],
    ['{ type: string }', '{ type: string, format: uuid }'],
  ),
  schemaChange('format-changed', 'changed', 'the format is another one.', [
    '{ type: string, format: date }',
    '{ type: string, format: uuid }',
  ]),
  ...bothWays(
    ['item-count-narrowed', 'item-count-widened'],
    ['fewer lengths of a list are allowed.', 'more lengths of a list are allowed.'],
    ['{ type: array, items: {} }', '{ type: array, items: {}, minItems: 1 }'],
  ),
  ...bothWays(
    ['unique-narrowed', 'unique-widened'],
    ['the items of a list must differ.', 'the items of a list may be equal.'],
    ['{ type: array, items: {} }', '{ type: array, items: {}, uniqueItems: true }'],
  ),
  ...bothWays(
    ['contains-narrowed', 'contains-widened'],
    ['more items of a kind are prescribed.', 'fewer items of a kind are prescribed.'],
    ['{ type: array }', '{ type: array, contains: { const: cat } }'],
  ),
  schemaChange('contains-changed', 'changed', 'other items are prescribed.', [
    '{ type: array, contains: { const: cat }, minContains: 2, maxContains: 3 }',
    '{ type: array, contains: { const: cat }, minContains: 1, maxContains: 2 }',
  ]),
  ...bothWays(
    ['property-count-narrowed', 'property-count-widened'],
    ['fewer numbers of properties are allowed.', 'more numbers of properties are allowed.'],
    ['{ type: object }', '{ type: object, minProperties: 1 }'],
  ),
];
