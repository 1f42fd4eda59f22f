import { expect, test } from 'vitest';
import type { Json } from '../../json/value.ts';
import { contractFromText } from '../../read.ts';
import { sample } from '../sample.ts';

function sampled(schema: string, parts: 'required' | 'all'): Json {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: a, version: '1' }\npaths:\n  /stays:\n    post:\n      requestBody: { content: { application/json: { schema: ${schema} } } }\n      responses: { '201': { description: b } }\n`,
  );
  const found = contract?.operations[0]?.requestBody?.content[0]?.schema;
  const made = found === undefined ? undefined : sample(found, { direction: 'request', parts });
  if (made === undefined || !('value' in made)) throw new Error(JSON.stringify(made));
  return made.value;
}

test('the end of a range lies behind its beginning', () => {
  const date = '{ type: string, format: date }';
  expect(sampled(`{ properties: { checkIn: ${date}, checkOut: ${date} } }`, 'all')).toEqual({
    checkIn: '2024-01-15',
    checkOut: '2024-03-15',
  });
  const number = '{ type: integer, minimum: 3, maximum: 9 }';
  expect(sampled(`{ properties: { minAge: ${number}, maxAge: ${number} } }`, 'all')).toEqual({
    minAge: 3,
    maxAge: 4,
  });
});

test('a range that its schemas close stays as it is', () => {
  const only = '{ const: 3 }';
  expect(sampled(`{ properties: { minAge: ${only}, maxAge: ${only} } }`, 'all')).toEqual({
    minAge: 3,
    maxAge: 3,
  });
});

test('what is required in words is sent, unless a rule forbids it', () => {
  const said = '{ type: string, description: Required if it is for an event. }';
  const schema = `{ type: object, required: [kind], properties: { kind: { const: event }, event: ${said} } }`;
  expect(Object.keys(sampled(schema, 'required') as object)).toEqual(['kind', 'event']);
  expect(
    sampled(schema.replace('required: [kind]', 'maxProperties: 1, required: [kind]'), 'required'),
  ).toEqual({
    kind: 'event',
  });
});
