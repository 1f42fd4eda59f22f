import { describe, expect, test } from 'vitest';
import type { Operation } from '../../model.ts';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { Depth } from './options.ts';

function casesOf(members: string, depth: Depth = 'standard', path = '/pets'): readonly Case[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { "${path}": { post: { ${members}, responses: { "200": { description: a } } } } }\n`,
  );
  return [...casePlan(contract?.operations[0] as Operation, { depth })].filter(({ name }) =>
    name.includes('free texts'),
  );
}

const sent = ({ request: { body } }: Case): unknown => JSON.parse(new TextDecoder().decode(body));
const withBody = (schema: string): string =>
  `requestBody: { content: { application/json: { schema: ${schema} } } }`;

describe('free texts of a body', () => {
  test('are unusual all at once, and may be refused', () => {
    const cases = casesOf(
      withBody(
        '{ type: object, properties: { name: { type: string }, note: { type: string, maxLength: 2 }, of: { type: array, maxItems: 1, items: { type: object, properties: { a: { type: string } } } } } }',
      ),
    );
    expect(cases.map(({ name, expectation }) => `${name}: ${expectation}`)).toEqual([
      'body: free texts of several scripts: any',
      'body: long free texts: any',
    ]);
    expect(cases.map(sent)).toEqual([
      {
        name: expect.stringMatching(/\u{1f9ea}$/u),
        note: '\u00e9\u{1f9ea}',
        of: [{ a: expect.stringMatching(/\u{1f9ea}$/u) }],
      },
      {
        name: expect.stringMatching(/^[a-h]{4096}$/),
        note: expect.stringMatching(/^.{1,2}$/),
        of: [{ a: expect.stringMatching(/^[a-h]{4096}$/) }],
      },
    ]);
  });

  test.each([
    '{ type: object, properties: { petId: { type: string }, currencyCode: { type: string } } }',
    '{ type: object, properties: { a: { type: string, enum: [b] }, c: { type: string, format: phone } } }',
    '{ type: object, properties: { a: { type: string, pattern: "^[a-z]{3}$" }, b: { type: integer } } }',
    '{ type: string, contentMediaType: image/png }',
  ])('are none of %s', schema => expect(casesOf(withBody(schema))).toEqual([]));

  test('are not asked for among the examples', () => {
    expect(casesOf(withBody('{ type: object, properties: { a: { type: string } } }'), 'examples')).toEqual(
      [],
    );
  });
});

test('free texts of the query and the path, and of no header', () => {
  const [found, ...more] = casesOf(
    'parameters: [{ name: name, in: path, required: true, schema: { type: string } }, { name: q, in: query, schema: { type: string } }, { name: X-N, in: header, schema: { type: string } }, { name: n, in: query, schema: { type: integer } }]',
    'standard',
    '/pets/{name}',
  );
  expect(more).toEqual([]);
  const scripts = /^z%C3%A9.*%F0%9F%A7%AA$/;
  expect(found).toMatchObject({ expectation: 'any', intent: 'positive' });
  expect(found?.request).toMatchObject({
    path: expect.stringMatching(/^\/pets\/z%C3%A9.*%F0%9F%A7%AA$/),
    query: expect.stringMatching(/^q=z%C3%A9/),
    headers: [],
  });
  expect(found?.request.query.slice(2)).toMatch(scripts);
});
