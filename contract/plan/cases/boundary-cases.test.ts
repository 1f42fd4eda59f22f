import { describe, expect, test } from 'vitest';
import type { Operation } from '../../model.ts';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { Depth } from './options.ts';

function planOf(
  operation: string,
  depth: Depth = 'standard',
): { cases: readonly Case[]; skipped: readonly string[] } {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { post: ${operation} } }\n`,
  );
  const plan = casePlan(contract?.operations[0] as Operation, { depth });
  const cases = [...plan].filter(({ intent, name }) => intent === 'positive' && !name.includes('charset'));
  return { cases, skipped: plan.skipped.map(({ reason }) => reason) };
}

/** The operation with one parameter. */
const withParameter = (parameter: string): string =>
  `{ parameters: [${parameter}], responses: { "200": { description: a } } }`;
const withBody = (mediaTypes: string): string =>
  `{ requestBody: { required: true, content: { ${mediaTypes} } }, responses: { "200": { description: a } } }`;

describe('parameters at their boundaries', () => {
  test.each([
    ['{ name: n, in: query, schema: { type: integer, minimum: 3, maximum: 9 } }', ['n=3', 'n=9']],
    [
      '{ name: n, in: query, schema: { type: array, items: { type: integer }, maxItems: 3 } }',
      ['n=1&n=2&n=3', 'n=1&n=2'],
    ],
    [
      '{ name: n, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { enum: [a, b] } } }',
      ['n=a%7Cb', 'n=a', 'n=b'],
    ],
    [
      '{ name: n, in: query, style: deepObject, schema: { type: object, properties: { a: { type: boolean } } } }',
      ['n%5Ba%5D=true', 'n%5Ba%5D=false'],
    ],
    [
      '{ name: n, in: query, content: { application/json: { schema: { type: [boolean, "null"] } } } }',
      ['n=null'],
    ],
  ])('%s', (parameter, queries) => {
    const sent = planOf(withParameter(parameter)).cases.map(({ request }) => request.query);
    for (const query of queries) expect(sent).toContain(query);
  });

  test('in headers and cookies', () => {
    const { cases } = planOf(
      '{ parameters: [{ name: X-N, in: header, schema: { enum: [a, b] } }, { name: c, in: cookie, schema: { type: integer, maximum: 7 } }], responses: { "200": { description: a } } }',
    );
    const headers = cases.map(({ request }) => request.headers.map(pair => pair.join(': ')).join('; '));
    expect(headers).toEqual(expect.arrayContaining(['X-N: a', 'X-N: b', 'Cookie: c=7']));
  });

  test('nothing else is sent that is not required', () => {
    const { cases } = planOf(
      '{ parameters: [{ name: a, in: query, required: true, schema: { const: 1 } }, { name: b, in: query, schema: { type: integer, minimum: 3 } }, { name: c, in: query, schema: { const: 2 } }], responses: { "200": { description: a } } }',
    );
    const least = cases.find(({ id }) => id === 'POST /pets positive query-b-minimum');
    expect(least?.request.query).toBe('a=1&b=3');
    expect(least?.name).toBe('query parameter "b": the value is 3, the least allowed (minimum)');
    expect(least?.why.pointer).toBe('/paths/~1pets/post/parameters/1/schema/minimum');
  });

  test('a value that reads back as another says nothing, and is counted', () => {
    const { cases, skipped } = planOf(
      withParameter('{ name: n, in: query, schema: { type: [string, "null"] } }'),
      'deep',
    );
    expect(cases.map(({ id }) => id)).not.toContain('POST /pets positive query-n-type-null');
    expect(skipped).toContain('not-writable');
  });

  test('what is too long for a request line is left out, and counted', () => {
    const { cases, skipped } = planOf(
      withParameter('{ name: n, in: query, schema: { type: string, maxLength: 9000 } }'),
      'deep',
    );
    expect(Math.max(...cases.map(({ request }) => request.query.length))).toBeLessThan(7000);
    expect(skipped).toContain('no-boundary');
  });
});

describe('bodies at their boundaries', () => {
  const SCHEMA = '{ type: object, required: [a], properties: { a: { const: 1 }, b: { enum: [x, y] } } }';
  const bodies = (cases: readonly Case[]): readonly string[] =>
    cases.map(({ request }) => new TextDecoder().decode(request.body));

  test('one value at a time', () => {
    const { cases } = planOf(withBody(`application/json: { schema: ${SCHEMA} }`));
    expect(bodies(cases)).toEqual(['{"a":1}', '{"a":1,"b":"x"}', '{"a":1,"b":"y"}']);
    expect(cases.at(-1)?.id).toBe('POST /pets positive body-b-enum-y');
  });

  test('media types with schemas of their own take their turns', () => {
    const both = `application/json: { schema: ${SCHEMA} }, application/x-www-form-urlencoded: { schema: ${SCHEMA} }`;
    const { cases } = planOf(withBody(both));
    expect(bodies(cases)).toEqual(expect.arrayContaining(['{"a":1,"b":"y"}', 'a=1&b=y']));
  });

  test('null characters may be refused, and nothing else of what the document allows', () => {
    const { cases } = planOf(withBody('application/json: { schema: { type: string } }'), 'deep');
    const any = cases.filter(
      ({ expectation, name }) => expectation === 'any' && !name.includes('free texts'),
    );
    expect(bodies(any)).toEqual(['"a\\u0000b"']);
    expect(cases.length).toBeGreaterThan(5);
  });

  test('the examples alone have no boundaries', () => {
    const { cases } = planOf(withBody(`application/json: { schema: ${SCHEMA} }`), 'examples');
    expect(bodies(cases)).toEqual(['{"a":1}']);
  });
});
