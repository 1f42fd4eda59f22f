/** Rules about alternatives, conditions, exclusions and discriminators. */
import { bothWays, type SchemaChange, schemaChange } from './schema-change.ts';

const UNTOLD = {
  request: 'Nobody can tell whether what clients send is still taken.',
  response: 'Nobody can tell whether clients get what the first document ruled out.',
};
const RISKY = { request: 'risky', response: 'risky', why: UNTOLD } as const;

const tagged = (mapping: string): string =>
  `{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: {${mapping}} } }`;
const UNTAGGED = "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }";

export const COMBINATION_CHANGES: readonly SchemaChange[] = [
  ...bothWays(
    ['alternative-removed', 'alternative-added'],
    ['an alternative is gone.', 'an alternative is new.'],
    [
      '{ anyOf: [{ type: string }, { type: integer }, { type: boolean }] }',
      '{ anyOf: [{ type: string }, { type: integer }] }',
    ],
  ),
  ...bothWays(
    ['alternatives-narrowed', 'alternatives-widened'],
    ['one of several alternatives must hold besides.', 'no alternatives are prescribed any more.'],
    ['{ type: object }', '{ type: object, anyOf: [{ required: [a] }, { required: [b] }] }'],
  ),
  schemaChange(
    'alternatives-changed',
    'changed',
    'anyOf became oneOf, or the other way round.',
    ['{ anyOf: [{ minLength: 2 }, { maxLength: 4 }] }', '{ oneOf: [{ minLength: 2 }, { maxLength: 4 }] }'],
    RISKY,
  ),
  schemaChange(
    'alternatives-overlap',
    'changed',
    'alternatives of oneOf that changed may hold at once.',
    [
      '{ oneOf: [{ type: integer }, { type: string }] }',
      '{ oneOf: [{ type: integer }, { type: string }, { minLength: 3 }] }',
    ],
    RISKY,
  ),
  ...bothWays(
    ['exclusion-narrowed', 'exclusion-widened'],
    ['values are excluded by "not".', 'values are not excluded by "not" any more.'],
    ['{ type: string }', '{ type: string, not: { const: root } }'],
  ),
  ...bothWays(
    ['condition-narrowed', 'condition-widened'],
    ['a condition ("if") is prescribed.', 'a condition ("if") is gone.'],
    ['{ type: object }', '{ type: object, if: { required: [a] }, then: { required: [b] } }'],
  ),
  schemaChange(
    'discriminator-changed',
    'changed',
    'the discriminator is another property, or came or went.',
    [UNTAGGED, tagged('')],
    RISKY,
  ),
  ...bothWays(
    ['discriminator-value-removed', 'discriminator-value-added'],
    ['a value of the discriminator is gone.', 'a value of the discriminator is new.'],
    [tagged(" feline: '#/components/schemas/Cat' "), tagged('')],
  ),
  schemaChange(
    'unevaluated-changed',
    'changed',
    'what alternatives leave unevaluated may be something else.',
    [
      '{ type: object, anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }], unevaluatedProperties: false }',
      '{ type: object, anyOf: [{ properties: { a: {} } }, { properties: { c: {} } }], unevaluatedProperties: false }',
    ],
    RISKY,
  ),
];

/** Whatever changes below `not` and `if`. */
export const twistedChange: SchemaChange = schemaChange(
  'excluded-values-changed',
  'changed',
  'something changed below "not" or "if", where less is more.',
  ['{ type: string, not: { maxLength: 2 } }', '{ type: string, not: { maxLength: 3 } }'],
  RISKY,
);
