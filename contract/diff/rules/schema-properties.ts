/** Rules about properties: which there are, which must be there, and in which direction they travel. */
import { bothWays, type SchemaChange, schemaChange } from './schema-change.ts';

const NAME = 'name: { type: string }';
const WITHOUT = '{ type: object }';
const WITH = `{ type: object, properties: { ${NAME} } }`;
const CLOSED = '{ type: object, additionalProperties: false }';
const REQUIRED = `{ type: object, properties: { ${NAME} }, required: [name] }`;
const CLOSED_WITH = `{ type: object, properties: { ${NAME} }, additionalProperties: false }`;
const CLOSED_REQUIRED = `{ type: object, properties: { ${NAME} }, required: [name], additionalProperties: false }`;

const LOST = {
  request: 'Clients that send it are not heard any more.',
  response: 'Clients that read it find nothing.',
};
const NEW = {
  request: 'Clients that do not send it are taken as before.',
  response: 'Clients ignore what they do not know.',
};
const TRAVELS = {
  request: 'Clients that send it may be refused, or not be heard.',
  response: 'Clients may find it missing, or there.',
};

export const PROPERTY_CHANGES: readonly SchemaChange[] = [
  schemaChange('property-added', 'changed', 'an optional property is new.', [WITHOUT, WITH], {
    request: 'safe',
    response: 'safe',
    why: NEW,
  }),
  schemaChange('required-property-added', 'narrowed', 'a required property is new.', [WITHOUT, REQUIRED]),
  schemaChange(
    'property-removed',
    'widened',
    'an optional property is gone, and allowed as any other.',
    [WITH, WITHOUT],
    { request: 'risky', response: 'risky', why: LOST },
  ),
  schemaChange(
    'required-property-removed',
    'widened',
    'a required property is gone, and allowed as any other.',
    [REQUIRED, WITHOUT],
    { request: 'risky', response: 'breaking', why: LOST },
  ),
  schemaChange(
    'property-refused',
    'narrowed',
    'an optional property is gone and refused.',
    [CLOSED_WITH, CLOSED],
    {
      response: 'risky',
      why: { request: 'Clients that send it are refused.', response: LOST.response },
    },
  ),
  schemaChange(
    'required-property-refused',
    'changed',
    'a required property is gone and refused.',
    [CLOSED_REQUIRED, CLOSED],
    {
      why: {
        request: 'Clients have to send it by the first document and are refused by the second.',
        response: LOST.response,
      },
    },
  ),
  ...bothWays(
    ['property-became-required', 'property-became-optional'],
    ['a property must be there.', 'a property may be missing.'],
    [WITH, REQUIRED],
  ),
  ...bothWays(
    ['additional-properties-closed', 'additional-properties-opened'],
    ['properties that are not named are refused.', 'properties that are not named are allowed.'],
    [WITH, CLOSED_WITH],
  ).map(change =>
    change.what === 'additional-properties-opened' ? { ...change, response: 'risky' as const } : change,
  ),
  schemaChange(
    'pattern-properties-changed',
    'changed',
    'what is said of properties by a pattern of their names changed.',
    [WITHOUT, "{ type: object, patternProperties: { '^x-': { type: string } } }"],
  ),
  ...bothWays(
    ['property-names-narrowed', 'property-names-widened'],
    ['names of properties are restricted.', 'names of properties are not restricted any more.'],
    [WITHOUT, '{ type: object, propertyNames: { maxLength: 5 } }'],
  ),
  ...bothWays(
    ['dependency-narrowed', 'dependency-widened'],
    ['more is prescribed where a property is there.', 'less is prescribed where a property is there.'],
    [WITHOUT, '{ type: object, dependentRequired: { card: [name] } }'],
  ),
  ...(['read-only', 'write-only'] as const).flatMap((word): readonly SchemaChange[] => {
    const keyword = word === 'read-only' ? 'readOnly' : 'writeOnly';
    const marked = `{ type: object, properties: { name: { type: string, ${keyword}: true } } }`;
    const weight = { request: 'risky', response: 'risky', why: TRAVELS } as const;
    return [
      schemaChange(
        `property-became-${word}`,
        'changed',
        `a property became ${word}.`,
        [WITH, marked],
        weight,
      ),
      schemaChange(
        `property-no-longer-${word}`,
        'changed',
        `a property is not ${word} any more.`,
        [marked, WITH],
        weight,
      ),
    ];
  }),
];
